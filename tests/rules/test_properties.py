"""What holds for every submission, not only for those somebody thought of.

Submissions are drawn over procedures, days, applicant categories, certainty of types and values, legibility, copies,
omissions and open parts; most papers are faultless, so that every kind of decision comes up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest
from hypothesis import Phase, event, find, given, settings
from hypothesis import strategies as st

from models.case import Assessment, DecisionValue, RequirementStatus, Severity, Submission
from models.catalogue import Procedure
from models.document import UNKNOWN, Document, Field, PagePlace
from models.mail import MessageKind, PartStatus
from models.sheet import Source
from rules import Policy, assess
from tests.rules import build
from tests.rules.build import CARD_NUMBER, CATALOGUE, ENCRYPTED, UNKNOWN_PAGE, field, illegible, unsure

#: The worst first; adding what is asked for must never lead down.
ORDER = [DecisionValue.REFUSED, DecisionValue.REVIEW, DecisionValue.DEFICIENCY, DecisionValue.ACCEPTED]
OURS = [key for key, item in CATALOGUE.procedures.items() if item.authority == "dmx"]
MOSTLY_ACQUISITION = ["citizenship_acquisition"] * 9 + OURS  # only there may anything be refused
SUBJECTS = {
    "citizenship_acquisition": "Vətəndaşlığa qəbul", "citizenship_restoration": "Vətəndaşlığın bərpası",
    "child_citizenship": "Uşağımın vətəndaşlığı", "citizenship_renunciation": "Vətəndaşlıqdan çıxma",
    "child_renunciation": "Uşağımın vətəndaşlığına xitam", "place_of_stay_registration": "Olduğu yer üzrə qeydiyyat",
}  # fmt: skip
CHANGES = [
    date(2015, 11, 19), date(2017, 7, 20), date(2018, 1, 31), date(2018, 5, 29), date(2019, 3, 7), date(2026, 11, 22),
]  # fmt: skip
COURT = {"citizenship": "stateless", "about": "Məhkəmə qətnaməsi ilə vətəndaşlığımın olmaması müəyyən edilib"}

days = st.one_of(
    st.builds(lambda day, shift: day + timedelta(days=shift), st.sampled_from(CHANGES), st.integers(-1, 1)),
    st.dates(date(2015, 11, 1), date(2030, 1, 1)),
)
doubts = st.sampled_from([0.99, 0.99, 0.99, 0.9, 0.82, 0.7, 0.4])


class Drawn(NamedTuple):
    """A drawn application: its documents, the day and what else the office knows."""

    procedure: str
    documents: list[Document]
    day: date
    about: dict[str, Any]
    policy: Policy

    def assessed(self, *more: Document, without: Document | None = None) -> Assessment:
        papers = [paper for paper in self.documents if paper is not without]
        return assess(self.submission([*papers, *more]), CATALOGUE, self.day, self.policy)

    def submission(self, papers: Sequence[Document]) -> Submission:
        return build.submission(papers, subject=SUBJECTS.get(self.procedure, ""), text="", **self.about)


def good(kind: str) -> Document:
    """A faultless paper of a type, certainly read."""
    makers: dict[str, Callable[[], Document]] = {
        "passport": build.passport, "photo_3x4": build.photo, "state_duty_receipt": lambda: build.receipt(date=None),
    }  # fmt: skip
    if kind in makers:
        return makers[kind]()
    if kind.endswith("_card"):
        return build.card(kind)
    return build.form(kind) if kind in CATALOGUE.forms else build.certificate(kind)


#: What may be wrong with a paper; ``sure`` is how certain its reader is of it.
FAULTS: list[Callable[[Document, float], Document]] = [
    lambda paper, sure: unsure(paper, sure),
    lambda paper, _: illegible(paper),
    lambda paper, sure: _reading(paper, surname=field("GULIYEV", sure)),
    lambda paper, sure: _reading(paper, person=field("Quliyev Samir", sure)),
    lambda paper, sure: _reading(paper, birth_date=field("1985-03-13", sure)),
    lambda paper, sure: _reading(paper, expiry_date=field("2001-01-01", sure)),
    lambda paper, sure: _reading(paper, amount=field(10, sure)),
    lambda paper, sure: _reading(paper, voen=field("1403006271", sure)),
    lambda paper, sure: _reading(paper, conforming=field(False, sure)),
    lambda paper, sure: _reading(paper, purpose=field(None, sure)),
    lambda paper, sure: _reading(paper, signature_present=field(False, sure)),
    lambda paper, _: replace(paper, fields={}),
]


def _reading(paper: Document, **fields: Field) -> Document:
    return replace(paper, fields={**paper.fields, **fields})


@st.composite
def applications(draw: st.DrawFn, procedures: Sequence[str] = MOSTLY_ACQUISITION) -> Drawn:
    """An application for one of the procedures: what it asks for on a day, copied, damaged or left out."""
    key, day = draw(st.sampled_from(list(procedures))), draw(days)
    law = CATALOGUE.procedures[key]
    category = draw(st.sampled_from(law.categories or ("foreigner",)))
    documents = [_form(law, category), *map(good, _kinds(law, day, category))]
    for change in draw(st.lists(st.sampled_from(["drop", "fault", "fault", "copy", "stray"]), max_size=3)):
        documents = _changed(draw, documents, change)
    about = {
        "number": draw(st.sampled_from([CARD_NUMBER, CARD_NUMBER, CARD_NUMBER, None])),
        "files": draw(st.sampled_from([[], [], [], [ENCRYPTED]])),
    }
    states = ("Rusiya Federasiyası",) if category == "treaty_citizen" else ()
    return Drawn(key, documents, day, about, Policy(treaty_states=states))


def _kinds(law: Procedure, day: date, category: str) -> list[str]:
    """One type for each thing that may be asked that day, and the paper that proves the category."""
    asked = [item for item in law.requirements if item.channel == "email" and item.in_force.on(day) and item.documents]
    kinds = [kind for item in asked if item.documents[0] != law.form for kind in [item.documents[0]] * item.count]
    proofs = {"refugee": "refugee_card", "stateless_by_court": "court_decision_statelessness"}
    evidence = ("refugee_card", "court_decision_statelessness", "state_body_motion", "foreign_authority_attitude")
    own = [proofs[category]] if category in proofs else []
    own += ["state_body_motion"] if category == "high_achiever" else []
    own += ["foreign_authority_attitude"] if category == "treaty_citizen" else []
    return [kind for kind in kinds if kind not in evidence] + own


def _form(law: Procedure, category: str) -> Document:
    answers: dict[str, Any] = {"signed_on": "2015-10-01", **(COURT if category == "stateless_by_court" else {})}
    if law.key == "place_of_stay_registration":
        return build.paper(str(law.form), **{part.key: "x" for part in CATALOGUE.forms[str(law.form)].parts})
    return build.form(str(law.form), **answers)


def _changed(draw: st.DrawFn, documents: list[Document], change: str) -> list[Document]:
    """The stack with one paper left out, damaged, doubled (perhaps damaged) or put beside."""
    if change == "stray":
        return [*documents, draw(st.sampled_from(STRAY))]
    if not documents:
        return documents
    place = draw(st.integers(0, len(documents) - 1))
    if change == "drop":
        return documents[:place] + documents[place + 1 :]
    damaged = draw(st.sampled_from(FAULTS))(documents[place], draw(doubts))
    return [*documents, damaged] if change == "copy" else [*documents[:place], damaged, *documents[place + 1 :]]


#: Papers nobody asked for.
STRAY = [
    good("marriage_certificate"), good("cover_letter"), unsure(good("cover_letter")), unsure(good("birth_certificate")),
    build.passport(surname="GULIYEV", given_names="SAMIR"), build.card("id_card", issuing_state="TUR"),
    good("family_composition_certificate"), UNKNOWN_PAGE,
]  # fmt: skip


def rank(result: Assessment) -> int:
    return ORDER.index(result.decision.value)


def required(result: Assessment) -> list[str]:
    """The types of the papers that were required, whether they came or not."""
    kept = (RequirementStatus.MET, RequirementStatus.MISSING)
    keys = [item.key for item in result.requirements if item.status in kept]
    return [{"id_document": "passport"}.get(key, key) for key in keys if key != "residence_card_number"]


@settings(max_examples=100, deadline=None)
@given(drawn=applications(), data=st.data())
def test_a_valid_required_paper_never_moves_a_decision_down(drawn: Drawn, data: st.DataObject) -> None:
    """accepted, deficiency, review, refused: a certainly read paper that is asked for can only help. Where it takes the
    last doubt away, what was to be refused all along is."""
    before = drawn.assessed()
    wanted = [kind for kind in required(before) if kind not in CATALOGUE.forms]
    if not wanted:
        return
    added = good(data.draw(st.sampled_from(wanted)))
    added = replace(added, pages=(PagePlace(f"second {added.type}.jpg", 1),))
    after = drawn.assessed(added)
    event(f"{before.decision.value} -> {after.decision.value}")
    certain = after.decision.value is DecisionValue.REFUSED and _grounds(after) <= _grounds(before)
    assert certain or rank(after) >= rank(before), (added.type, after.decision.review_reasons, after.findings)


def _grounds(result: Assessment) -> set[tuple[str, str | None]]:
    """What an application is refused for."""
    return {(item.code, item.document) for item in result.findings if item.severity is Severity.REFUSAL}


@settings(max_examples=100, deadline=None)
@given(drawn=applications())
def test_an_unknown_page_never_lets_anything_be_refused(drawn: Drawn) -> None:
    """What was not recognised may be what is missing; nor does a deficiency go out beside it."""
    result = drawn.assessed(UNKNOWN_PAGE)
    assert result.decision.value in (DecisionValue.REVIEW, DecisionValue.ACCEPTED)


@settings(max_examples=100, deadline=None)
@given(drawn=applications(), data=st.data())
def test_less_certainty_never_condemns(drawn: Drawn, data: st.DataObject) -> None:
    """A paper whose type is doubted leads to no refusal that its certain reading would not have led to."""
    if not drawn.documents:
        return
    doubted = data.draw(st.sampled_from(drawn.documents))
    before, after = drawn.assessed(), drawn.assessed(unsure(doubted), without=doubted)
    if before.decision.value is not DecisionValue.REFUSED:
        assert after.decision.value is not DecisionValue.REFUSED


@settings(max_examples=100, deadline=None)
@given(drawn=applications())
def test_a_notice_rests_on_certain_facts_only(drawn: Drawn) -> None:
    """A refusal or deficiency that leaves alone: every finding certain, named and nothing open that could cure it."""
    result = drawn.assessed()
    if result.decision.value not in (DecisionValue.REFUSED, DecisionValue.DEFICIENCY):
        return
    assert result.procedure == "citizenship_acquisition"  # no source lets another one be refused
    assert min(finding.confidence for finding in result.findings) >= 0.85
    assert all(finding.clause and finding.text for finding in result.findings)
    assert not any(paper.confidence < 0.8 for paper in drawn.documents if paper.type != UNKNOWN)
    if result.decision.value is DecisionValue.REFUSED:
        assert not drawn.about["files"]
        assert any(finding.severity is Severity.REFUSAL for finding in result.findings)


@settings(max_examples=100, deadline=None)
@given(drawn=applications(), data=st.data())
def test_two_runs_agree_whatever_the_order_of_the_papers(drawn: Drawn, data: st.DataObject) -> None:
    """The same stack, shuffled, is the same application."""
    shuffled = drawn._replace(documents=data.draw(st.permutations(drawn.documents)))
    one, other = drawn.assessed(), shuffled.assessed()
    assert one == drawn.assessed()
    assert one.decision.value == other.decision.value
    assert Counter(_told(one)) == Counter(_told(other))


def _told(result: Assessment) -> list[tuple[str, str | None, str | None]]:
    return [(finding.code, finding.document, finding.field) for finding in result.findings]


@settings(max_examples=100, deadline=None)
@given(drawn=applications())
def test_every_requirement_of_the_day_is_explained(drawn: Drawn) -> None:
    """Each has its clause, how it was met, by which pages and with what certainty."""
    result = drawn.assessed()
    if result.procedure is None or not result.requirements:
        return
    law = CATALOGUE.procedures[result.procedure]
    asked = [item for item in law.requirements if item.channel == "email" and item.in_force.on(drawn.day)]
    explained = {(item.key, item.clause): item for item in result.requirements}
    papers = [item for item in asked if item.documents]
    assert {(item.asked, item.clause) for item in papers} <= set(explained)
    for outcome in explained.values():
        assert 0 <= outcome.confidence <= 1
        assert outcome.reason
        if outcome.status is RequirementStatus.MET and outcome.reason.startswith("enclosed"):
            assert outcome.pages


@pytest.mark.parametrize("value", ORDER)
def test_the_drawn_applications_reach_every_decision(value: DecisionValue) -> None:
    """The properties above are not about reviews alone."""
    patient = settings(deadline=None, max_examples=3000, phases=[Phase.generate])
    find(
        applications(["citizenship_acquisition"]),
        lambda drawn: drawn.assessed().decision.value is value,
        settings=patient,
    )


answers = st.builds(
    Field,
    st.one_of(
        st.none(), st.booleans(), st.integers(-5, 500), st.floats(allow_nan=False), st.text(max_size=12),
        st.dates().map(date.isoformat), st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=5)), max_size=2),
        st.dictionaries(st.sampled_from(["series_number", "x"]), st.text(max_size=5), max_size=2),
    ),
    st.text(max_size=12),
    st.floats(0, 1),
    source=st.sampled_from(Source),
)  # fmt: skip
any_document = st.builds(
    lambda kind, confidence, legibility, fields: Document(
        kind, (), None, confidence, legibility=legibility, fields=fields
    ),
    st.sampled_from([UNKNOWN, *CATALOGUE.document_types]),
    st.floats(0, 1),
    st.floats(0, 1),
    st.dictionaries(
        st.sampled_from([
            "surname", "given_name", "given_names", "birth_date", "expiry_date", "person", "amount", "account", "voen",
            "date", "signed_on", "signature_present", "conforming", "faces", "citizenship", "about", "document_number",
            "arrival_date", "entry_date", "employment", "relatives", "residence_card_number", "issuing_state", "payer",
            "passport", "guest_document_number", "guest_surname", "host_surname", "former_names", "statement",
            "currency", "address", "cannot_sign",
        ]),
        answers,
        max_size=7,
    ),
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(
    documents=st.lists(any_document, max_size=7),
    day=st.dates(date(2014, 1, 1), date(2030, 1, 1)),
    kind=st.sampled_from(MessageKind),
    subject=st.sampled_from(["", "Vətəndaşlıq 1/2", "VÖEN açılması", "Viza almaq", *SUBJECTS.values()]),
    statuses=st.lists(st.sampled_from(PartStatus), max_size=2),
    authority=st.sampled_from(list(CATALOGUE.authorities)),
)
def test_every_submission_gets_a_decision(
    documents: list[Document], day: date, kind: MessageKind, subject: str, statuses: list[PartStatus], authority: str
) -> None:
    """Total: whatever was read, at whatever office; a finding names its clause and says something."""
    files = [ENCRYPTED.with_outcome(status, "") for status in statuses]
    given_submission = build.submission(documents, subject=subject, kind=kind, files=files, number=None)
    result = assess(given_submission, CATALOGUE, day, Policy(authority=authority))
    assert result == assess(given_submission, CATALOGUE, day, Policy(authority=authority))
    assert result.decision.value in DecisionValue
    assert bool(result.decision.review_reasons) is (result.decision.value is DecisionValue.REVIEW)
    for finding in result.findings:
        assert finding.text
        assert "{" not in finding.text
        assert finding.clause or finding.code in ("file_unsafe", "duplicate")
