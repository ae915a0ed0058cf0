"""What holds for every submission, not only for those somebody thought of."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from models.case import Assessment, DecisionValue, Severity
from models.document import UNKNOWN, Document, Field
from models.mail import MessageKind, PartStatus
from rules import Policy, assess
from tests.rules.build import (
    CARD_NUMBER,
    CATALOGUE,
    ENCRYPTED,
    UNKNOWN_PAGE,
    assessed,
    card,
    certificate,
    complete,
    field,
    form,
    illegible,
    passport,
    photo,
    receipt,
    submission,
    unsure,
)

ORDER = [DecisionValue.REFUSED, DecisionValue.REVIEW, DecisionValue.DEFICIENCY, DecisionValue.ACCEPTED]
GOOD = complete()
FORM, *PAPERS = GOOD

#: Papers of acquisition with every kind of fault.
FAULTY = [
    passport(surname="GULIYEV"), passport(expiry_date="2001-01-01"), unsure(passport()), illegible(passport()),
    photo(conforming=False), unsure(photo()), receipt(amount=1), receipt(voen="1403006271"), illegible(receipt()),
    certificate("language_certificate", "Quliyev Samir"), certificate("language_certificate", None),
    certificate("income_proof", subtype="other"), card("id_card", issuing_state="TUR"), card("refugee_card"),
    certificate("court_decision_statelessness"), certificate("state_body_motion"), UNKNOWN_PAGE,
]  # fmt: skip
FORMS = [
    form(), form(purpose=None), form(signature_present=False), form(signed_on=None), form(arrival_date="1900"),
    form(purpose=field(None, 0.3)), form(citizenship="stateless"), form(about="qaçqın"), unsure(form()),
]  # fmt: skip

answers = st.builds(
    Field,
    st.one_of(st.none(), st.booleans(), st.integers(-5, 500), st.text(max_size=12), st.dates().map(date.isoformat)),
    st.text(max_size=12),
    st.floats(0, 1),
)
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
            "arrival_date", "entry_date", "employment", "residence_card_number", "issuing_state",
        ]),
        answers,
        max_size=6,
    ),
)  # fmt: skip


def rank(result: Assessment) -> int:
    return ORDER.index(result.decision.value)


@settings(max_examples=150, deadline=None)
@given(
    documents=st.lists(any_document, max_size=7),
    day=st.dates(date(2014, 1, 1), date(2030, 1, 1)),
    kind=st.sampled_from(MessageKind),
    subject=st.sampled_from(
        ["", "Vətəndaşlığa qəbul", "Vətəndaşlığın bərpası 1/2", "VÖEN açılması", "Olduğu yer üzrə qeydiyyat"]
    ),
    statuses=st.lists(st.sampled_from(PartStatus), max_size=2),
)
def test_every_submission_gets_a_decision(
    documents: list[Document], day: date, kind: MessageKind, subject: str, statuses: list[PartStatus]
) -> None:
    """Total, and the same twice; a finding that may refuse names its clause and says something."""
    files = [ENCRYPTED.with_outcome(status, "") for status in statuses]
    given_submission = submission(documents, subject=subject, kind=kind, files=files, number=None)
    result = assess(given_submission, CATALOGUE, day)
    assert result == assess(given_submission, CATALOGUE, day)
    assert result.decision.value in DecisionValue
    assert bool(result.decision.review_reasons) is (result.decision.value is DecisionValue.REVIEW)
    for finding in result.findings:
        assert finding.text
        assert finding.clause or finding.severity is Severity.REVIEW


@settings(max_examples=150, deadline=None)
@given(
    first=st.sampled_from(FORMS),
    papers=st.lists(st.sampled_from([*PAPERS, *FAULTY]), max_size=8, unique_by=id),
    added=st.sampled_from(PAPERS),
    number=st.sampled_from([None, CARD_NUMBER]),
)
def test_a_valid_required_paper_never_moves_a_decision_down(
    first: Document, papers: list[Document], added: Document, number: Field | None
) -> None:
    """accepted > deficiency > review > refused: a certain paper that is asked for can only help."""
    before = assessed([first, *papers], number=number)
    after = assessed([first, *papers, added], number=number)
    assert rank(after) >= rank(before)


@settings(max_examples=150, deadline=None)
@given(
    first=st.sampled_from(FORMS),
    papers=st.lists(st.sampled_from([*PAPERS, *FAULTY]), max_size=8, unique_by=id),
    number=st.sampled_from([None, CARD_NUMBER]),
    day=st.integers(0, 4000).map(lambda days: date(2015, 11, 19) + timedelta(days=days)),
)
def test_an_unknown_page_never_lets_anything_be_refused(
    first: Document, papers: list[Document], number: Field | None, day: date
) -> None:
    """What was not recognised may be what is missing."""
    result = assessed([first, *papers, UNKNOWN_PAGE], day, number=number)
    assert result.decision.value is not DecisionValue.REFUSED


@settings(max_examples=50, deadline=None)
@given(papers=st.permutations(GOOD))
def test_the_order_of_papers_does_not_matter(papers: list[Document]) -> None:
    """A stack of papers in any order is the same application."""
    assert assessed(papers).decision == assessed(GOOD).decision


@settings(max_examples=50, deadline=None)
@given(
    missing=st.sets(st.sampled_from([document.type for document in PAPERS]), min_size=1),
    confidence=st.floats(0, Policy().type_certainty - 0.01),
)
def test_a_guess_never_completes_and_never_condemns(missing: set[str], confidence: float) -> None:
    """Papers whose type is uncertain lead to a clerk, neither to acceptance nor to refusal."""
    documents = [unsure(item, confidence) if item.type in missing else item for item in GOOD]
    assert assessed(documents).decision.value is DecisionValue.REVIEW
