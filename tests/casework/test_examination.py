"""After acceptance: steps in their order, opinions in their month, letters about what happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from intake import bootstrap
from intake.casework.amend import ConfirmFields, amend
from intake.casework.desk import case_file, letter
from intake.casework.examination import Order, advance, give_opinion, open_steps, terms_of
from intake.casework.overdue import OPINION_OVERDUE
from intake.casework.sweep import sweep
from intake.casework.users import add_user
from intake.ports import NotFound, Rejected
from intake.settings import Settings
from models.case import DecisionValue, NoticeKind, Submission
from models.mail import Message
from models.office import Case, CaseState, NoticeRecord, NoticeState, Role
from rules.catalogue import load_catalogue
from rules.examination import examined, load_examination
from tests.casework.test_path import deliver
from tests.fakes import World, mail, make_world

NOW = datetime(2026, 11, 22, 10, 5, tzinfo=UTC)
AGENCIES = ("internal_affairs", "state_security", "foreign_intelligence")


def accepted(world: World) -> int:
    (done,) = deliver(world, mail("accepted"))
    return case_file(world.service, str(done.reference)).case.id


def at(world: World, state: CaseState) -> int:
    """A case that was led to a state, every opinion in favour."""
    id_ = accepted(world)
    for step in load_examination().steps:
        if step.state is CaseState.OPINIONS_RECEIVED:
            for agency in AGENCIES:
                give_opinion(world.service, id_, agency, "leyla", favourable=True)
        else:
            advance(world.service, id_, step.state, "leyla")
        if step.state is state:
            return id_
    raise AssertionError(state)


def reference(world: World, id_: int) -> str:
    with world.service.registry.read() as records:
        return records.case(id_).reference


def test_a_case_is_led_from_registration_to_its_result(world: World) -> None:
    """The applicant is told when it goes to the Commission and how it ended, once each; every step is an event with its
    clause."""
    id_ = at(world, CaseState.SENT_TO_COMMISSION)
    advance(world.service, id_, CaseState.GRANTED, "leyla", order=Order(date(2026, 11, 20), "123"))
    world.work()
    found = case_file(world.service, reference(world, id_))
    assert found.case.state is CaseState.GRANTED and not open_steps(world.service, found.case)
    kinds = [notice.kind for notice in found.notices if notice.state is NoticeState.SENT]
    assert kinds == [NoticeKind.ACCEPTANCE, NoticeKind.FORWARDED, NoticeKind.RESULT]
    assert len({sent.message_id for sent in world.postman.letters}) == 3
    assert letter(world.service, found, found.letters[1].id).text == f"{found.case.registration} 2026-11-20 123"
    taken = [(event.details["value"], event.details["clause"]) for event in found.events if event.action == "stage"]
    assert taken[1] == ("sent_for_opinions", "REG28 3.3.1.3") and taken[-1] == ("granted", "REG28 3.3.2.6")
    assert found.notice is not None and found.notice.kind is NoticeKind.ACCEPTANCE


def test_steps_cannot_be_skipped_repeated_or_reversed(world: World) -> None:
    """A step that does not follow, a second time of the same one and a grant without its order change nothing."""
    id_ = accepted(world)
    for wrong in (CaseState.SENT_FOR_OPINIONS, CaseState.GRANTED, CaseState.REGISTERED, CaseState.CLOSED):
        with pytest.raises(Rejected):
            advance(world.service, id_, wrong, "leyla")
    advance(world.service, id_, CaseState.UNDER_EXAMINATION, "leyla")
    with pytest.raises(Rejected):
        advance(world.service, id_, CaseState.UNDER_EXAMINATION, "leyla")
    with pytest.raises(Rejected, match="examination"):
        amend(world.service, id_, [ConfirmFields(0)], "leyla")


def test_a_grant_needs_its_order_and_a_rejection_none(world: World) -> None:
    """The day of the order stands in the letter, so that a grant without it is refused."""
    id_ = at(world, CaseState.SENT_TO_COMMISSION)
    with pytest.raises(Rejected):
        advance(world.service, id_, CaseState.GRANTED, "leyla")
    assert advance(world.service, id_, CaseState.REJECTED, "leyla").state is CaseState.REJECTED


def test_every_agency_has_its_month_and_the_last_opinion_moves_the_case_on(world: World) -> None:
    """Terms are shown with the next working day; the case waits for the last of the opinions and for none twice."""
    id_ = at(world, CaseState.SENT_FOR_OPINIONS)
    found = case_file(world.service, reference(world, id_))
    terms = terms_of(world.service, found.case, found.registered_at, found.opinions)
    assert [term.agency for term in terms] == ["", *AGENCIES]
    assert all(term.until.day == date(2026, 12, 22) and term.until.shown is None for term in terms)
    for agency in AGENCIES[:2]:
        give_opinion(world.service, id_, agency, "dim", favourable=True, text="etiraz yoxdur")
    with pytest.raises(Rejected):
        advance(world.service, id_, CaseState.OPINIONS_RECEIVED, "leyla")
    with pytest.raises(Rejected):
        give_opinion(world.service, id_, AGENCIES[0], "dim", favourable=False)
    with pytest.raises(NotFound):
        give_opinion(world.service, id_, "national_security", "mtn", favourable=True)
    give_opinion(world.service, id_, AGENCIES[2], "xkx", favourable=False)
    assert case_file(world.service, found.case.reference).case.state is CaseState.OPINIONS_RECEIVED


def test_a_late_opinion_is_a_clerks_task_once(world: World) -> None:
    """After the month the case asks for attention; having been seen it does not ask again."""
    id_ = at(world, CaseState.SENT_FOR_OPINIONS)
    world.clock.forward(days=32)
    assert sweep(world.service).overdue == 1
    assert case_file(world.service, reference(world, id_)).case.attention == OPINION_OVERDUE
    assert sweep(world.service).overdue == 0


def test_agencies_are_those_of_the_day() -> None:
    """Until 2016-08-24 the Ministry of National Security stands in the place of the two services."""
    agencies = load_examination().agencies.values()
    assert [a.key for a in agencies if a.in_force.on(date(2016, 8, 24))] == ["internal_affairs", "national_security"]
    assert [a.key for a in agencies if a.in_force.on(date(2016, 8, 25))] == list(AGENCIES)


def test_only_citizenship_is_examined() -> None:
    """Place of stay ends with its registration; each citizenship matter has the law's month."""
    law = load_catalogue()
    assert examined("place_of_stay_registration", law) is None and examined(None, law) is None
    for key in ("citizenship_acquisition", "citizenship_restoration", "citizenship_renunciation", "child_citizenship"):
        how = examined(key, law)
        assert how is not None and (how.term.amount, how.term.unit) == (1, "months")


def test_a_receipt_leaves_only_where_the_office_wants_it(tmp_path: Path) -> None:
    """A message that goes to a clerk is answered by one receipt, whatever happens after; decided ones get none."""
    (tmp_path / "with").mkdir()
    (tmp_path / "without").mkdir()
    for folder, receipts in (("with", True), ("without", False)):
        world = make_world(tmp_path / folder, receipts=receipts)
        done = deliver(world, mail("review"), mail("refused", "b@example.az"), mail("ignored", "c@example.az"))
        found = case_file(world.service, str(done[0].reference))
        amend(world.service, found.case.id, [ConfirmFields(0)], "leyla")
        world.work()
        kinds = [notice.kind for notice in case_file(world.service, found.case.reference).notices]
        assert kinds == ([NoticeKind.RECEIPT] if receipts else [])
        assert len(world.postman.letters) == 1 + receipts
        assert done[0].decision is DecisionValue.REVIEW and done[0].settled


def test_the_letters_are_worded(tmp_path: Path) -> None:
    """The service that the settings build words each kind: who, under which number, what happened, nothing else."""
    service = bootstrap.service(Settings(data=tmp_path))
    message = Message("m.eml", sender="ad@example.az", received_at=NOW)
    case = Case(1, "QBL-7K3M9-X2P4A", NOW, procedure="citizenship_acquisition", applicant_name="Quliyeva Aysel")
    row = NoticeRecord(1, 1, 1, NoticeKind.RESULT, NoticeState.QUEUED, "ad@example.az", "<x@y>", NOW, "VƏ-2026/00001")
    wanted = {
        NoticeKind.RECEIPT: "Məktubunuz alınmışdır",
        NoticeKind.FORWARDED: "Komissiyasında baxılmaq üçün",
        NoticeKind.RESULT: "20 noyabr 2026-cı il tarixli, 123 nömrəli müvafiq sərəncam verilmişdir",
    }
    for kind, words in wanted.items():
        told = replace(row, kind=kind, order_date=date(2026, 11, 20), order_number="123")
        notice = service.tell(told, case, Submission(message), issued_at=NOW)
        assert notice is not None and notice.kind is kind and notice.to == "ad@example.az"
        assert words in notice.text and ("VƏ-2026/00001" in notice.text) is (kind is not NoticeKind.RECEIPT)
    rejected = service.tell(row, case, Submission(message), issued_at=NOW)
    assert rejected is not None and "rədd edilmişdir" in rejected.text and "sərəncam" not in rejected.text


def test_an_agencys_user_belongs_to_an_agency(world: World) -> None:
    """Somebody who would see nothing, or be shown cases by mistake, is not let in."""
    for agency in (None, "tax"):
        with pytest.raises(Rejected):
            add_user(world.service, "dim", "correct horse battery", Role.AGENCY, agency=agency)
    assert add_user(world.service, "dim", "correct horse battery", Role.AGENCY, agency="internal_affairs").agency
