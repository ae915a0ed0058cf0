"""From the mailbox to the notice, each step also twice and with crashes between."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from intake.casework.check import check
from intake.casework.desk import case_file
from intake.casework.progress import Progress, progress
from intake.casework.read import read
from intake.casework.receive import receive
from intake.casework.send import send
from intake.casework.supervision import report
from intake.casework.sweep import sweep
from intake.ports import Rejected, Unavailable, Unconfirmed, Work
from models.case import DecisionValue, ReviewReason, Severity
from models.office import CaseState, MailPlace, MessageState, NoticeState
from tests.fakes import World, mail, make_world


def deliver(world: World, *mails: bytes) -> list[Progress]:
    """Put mails into the mailbox, let everything run, and tell how far they came."""
    for raw in mails:
        world.mailbox.mails[str(len(world.mailbox.mails) + 1)] = raw
    receive(world.service, world.mailbox)
    world.work()
    return list(progress(world.service))


@pytest.mark.parametrize(
    ("decision", "state", "letters"),
    [
        ("accepted", CaseState.REGISTERED, 1),
        ("refused", CaseState.REFUSED, 1),
        ("deficiency", CaseState.AWAITING_CORRECTION, 1),
        ("redirected", CaseState.REDIRECTED, 1),
        ("review", CaseState.REVIEW, 0),
        ("ignored", CaseState.IGNORED, 0),
    ],
)
def test_each_decision_ends_in_its_state(world: World, decision: str, state: CaseState, letters: int) -> None:
    """A message of each decision is decided so, answered at most once, and its case stands where it should."""
    (done,) = deliver(world, mail(decision))
    assert done.settled and done.decision is DecisionValue(decision)
    assert len(world.postman.letters) == letters
    assert case_file(world.service, str(done.reference)).case.state is state


def test_every_action_twice_changes_nothing(world: World) -> None:
    """Receiving, reading, checking and sending again leave one reading, one decision and one letter."""
    (done,) = deliver(world, mail("accepted"))
    world.mailbox.taken.clear()
    assert receive(world.service, world.mailbox) == 0
    for action in (read, check, send):
        action(world.service, 1)
    found = case_file(world.service, str(done.reference))
    assert (len(found.readings), len(found.decisions), len(found.notices)) == (1, 1, 1)
    assert len(world.postman.letters) == 1


def test_mail_is_acknowledged_only_after_its_row_is_committed(world: World) -> None:
    """When the store does not answer, the mail stays unseen and nothing is recorded."""

    class Broken:
        def put(self, content: bytes) -> str:
            raise Unavailable("full")

    service = replace(world.service, store=Broken())  # type: ignore[arg-type]
    world.mailbox.mails["1"] = mail("accepted")
    with pytest.raises(Unavailable):
        receive(service, world.mailbox)
    assert not world.mailbox.taken and not progress(world.service)


def test_one_message_that_cannot_be_fetched_stops_no_other(world: World) -> None:
    """The mail server fails on the oldest message each time; the newer ones are taken over and answered."""
    fetch = world.mailbox.fetch

    def broken(place: MailPlace, limit: int) -> bytes:
        if place.uid == "1":
            raise Unavailable("the server cannot read it")
        return fetch(place, limit)

    world.mailbox.fetch = broken  # type: ignore[method-assign]
    world.mailbox.mails = {"1": mail("accepted"), "2": mail("refused")}
    with pytest.raises(Unavailable):
        receive(world.service, world.mailbox)
    world.work()
    assert [each.uid for each in progress(world.service)] == ["2"] and world.mailbox.taken == ["2"]


def test_a_lost_queue_loses_nothing(world: World) -> None:
    """With a queue that forgets everything, the sweep alone brings a message to its notice."""
    world.queue.lossy = True
    world.mailbox.mails["1"] = mail("refused")
    receive(world.service, world.mailbox)
    world.queue.lossy = False
    for _ in range(3):
        world.clock.forward(minutes=2)
        sweep(world.service)
        world.work()
    assert len(world.postman.letters) == 1


def test_a_reader_that_breaks_ends_with_a_person(world: World) -> None:
    """After the last attempt the message is failed, its case is in review and shows why, and nothing is sent."""
    deliver(world, mail("accepted", X_Crash="yes"))
    for _ in range(4):
        world.clock.forward(minutes=10)
        sweep(world.service)
        world.work()
    (done,) = progress(world.service)
    found = case_file(world.service, str(done.reference))
    assert done.decision is DecisionValue.REVIEW
    assert found.messages[0].state is MessageState.FAILED
    assert "RuntimeError" in (found.case.attention or "") and not world.postman.letters


def test_a_reader_that_dies_each_time_is_given_up_too(world: World) -> None:
    """A message that kills its worker never reports a failure; the attempts are counted all the same."""

    def die(raw: bytes, file: str) -> None:
        raise KeyboardInterrupt

    service = replace(world.service, reader=die)  # type: ignore[arg-type]
    world.mailbox.mails["1"] = mail("accepted")
    receive(service, world.mailbox)
    for _ in range(service.practice.attempts):
        with pytest.raises(KeyboardInterrupt):
            read(service, 1)
    read(service, 1)
    world.work()
    assert progress(world.service)[0].decision is DecisionValue.REVIEW


def test_parts_that_do_not_answer_cost_no_attempt(world: World) -> None:
    """A store that is away for long does not send every message to a person."""
    from intake.casework.read import reading_failed

    world.mailbox.mails["1"] = mail("accepted")
    receive(world.service, world.mailbox)
    for _ in range(20):
        reading_failed(world.service, 1, "object store: away", temporary=True)
    with world.service.registry.read() as records:
        assert records.message(1).state is MessageState.RECEIVED
    world.clock.forward(hours=2)
    assert report(world.service, date(2026, 11, 22), date(2026, 11, 22)).stuck == 1


def test_bytes_that_were_damaged_in_the_store_end_with_a_person(world: World, tmp_path: Path) -> None:
    """No repeat mends them, so the attempts are counted and the case says what happened."""
    world.mailbox.mails["1"] = mail("accepted")
    receive(world.service, world.mailbox)
    (kept,) = (path for path in (tmp_path / "objects").rglob("*") if path.is_file())
    kept.write_bytes(b"damaged")
    for _ in range(4):
        world.clock.forward(minutes=10)
        sweep(world.service)
        world.work()
    (done,) = progress(world.service)
    assert done.decision is DecisionValue.REVIEW


def test_a_check_that_breaks_ends_with_a_person(world: World) -> None:
    """Rules that raise lead to review by a clerk, never to silence."""

    def broken(submission: object, day: object) -> None:
        raise ValueError("rules")

    world.service = replace(world.service, assess=broken)  # type: ignore[arg-type]
    deliver(world, mail("accepted"))
    for _ in range(4):
        world.clock.forward(minutes=10)
        sweep(world.service)
        world.work()
    (done,) = progress(world.service)
    found = case_file(world.service, str(done.reference))
    assert done.decision is DecisionValue.REVIEW and "check failed" in (found.case.attention or "")


def test_the_safety_switch_holds_a_notice_back(tmp_path: Path) -> None:
    """A decision that is not named automatic is prepared and waits; no registration number is used up."""
    world = make_world(tmp_path, automatic=frozenset({DecisionValue.REFUSED}))
    (done,) = deliver(world, mail("accepted"))
    found = case_file(world.service, str(done.reference))
    assert found.case.state is CaseState.PREPARED and found.case.registration is None
    assert found.notice is not None and found.notice.state is NoticeState.WAITING_CLERK
    assert not world.postman.letters


def test_one_address_gets_no_flood(tmp_path: Path) -> None:
    """Beyond the cap notices to one address wait for a clerk; after the hour they leave again."""
    world = make_world(tmp_path, notice_cap=2)
    deliver(world, *(mail("refused", body=str(number)) for number in range(4)))
    assert len(world.postman.letters) == 2
    world.clock.forward(hours=2)
    deliver(world, mail("refused", body="later"))
    assert len(world.postman.letters) == 3


def test_the_same_bytes_again_share_the_first_decision(world: World) -> None:
    """A mailbox that was rebuilt hands everything over again: no second case, no second notice."""
    raw = mail("accepted")
    deliver(world, raw)
    world.mailbox.validity = "2"
    world.mailbox.taken.clear()
    done = deliver(world)
    assert len(done) == 2 and len({each.reference for each in done}) == 1
    assert all(each.settled for each in done) and len(world.postman.letters) == 1


def test_the_same_content_again_joins_its_case(world: World) -> None:
    """The same message sent twice by one person is answered once; another person's is a case of its own."""
    deliver(world, mail("refused"))
    world.clock.forward(hours=3)
    done = deliver(world, mail("refused", message_id="<second@example.az>"), mail("refused", sender="other@example.az"))
    # the fake reader's attachments differ with the bytes, so only an equal content hash can join them
    assert len({each.reference for each in done}) == 3
    same = mail("refused", message_id="<third@example.az>", papers="")
    deliver(world, same)
    letters = len(world.postman.letters)
    again = deliver(world, same.replace(b"third@", b"fourth@"))
    assert again[-1].reference == again[-2].reference and again[-1].settled
    assert len(world.postman.letters) == letters, "no second notice"
    found = case_file(world.service, str(again[-1].reference))
    assert [message.state for message in found.messages] == [MessageState.READ, MessageState.DUPLICATE]
    (note,) = found.notes
    assert (note.code, note.severity, note.case) == ("duplicate", Severity.NOTE, found.case.reference)
    assert report(world.service, date(2026, 11, 22), date(2026, 11, 22)).duplicates == 1


def test_sending_survives_a_crash_before_the_handover(world: World) -> None:
    """A mail server that is away delays the notice; it leaves later, once, under the same Message-ID."""
    world.postman.trouble = Unavailable("away")
    (done,) = deliver(world, mail("accepted"))
    assert not done.settled
    world.postman.trouble = None
    world.clock.forward(minutes=5)
    sweep(world.service)
    world.work()
    (letter,) = world.postman.letters
    assert letter.message_id.startswith("<qbl-") and progress(world.service)[0].settled


def test_an_unconfirmed_notice_is_never_sent_again_by_itself(world: World) -> None:
    """A connection lost after the handover leaves doubt: a person decides, however often the sweep comes by."""
    world.postman.trouble, world.postman.late = Unconfirmed("lost"), True
    (done,) = deliver(world, mail("accepted"))
    for _ in range(3):
        world.clock.forward(hours=1)
        sweep(world.service)
        world.work()
    found = case_file(world.service, str(done.reference))
    assert found.notices[0].state is NoticeState.UNCONFIRMED and found.case.attention
    assert len(world.postman.letters) == 1


def assert_sent_once_and_unconfirmed(world: World) -> None:
    """One letter left, and a person is asked whether it arrived."""
    with world.service.registry.read() as records:
        assert records.notice(1).state is NoticeState.UNCONFIRMED
    assert len(world.postman.letters) == 1


def test_a_sender_that_died_after_the_handover_is_not_repeated(world: World) -> None:
    """A worker killed between the server's answer and our row leaves the notice unconfirmed, not sent twice."""
    world.postman.trouble, world.postman.late = KeyboardInterrupt(), True
    world.mailbox.mails["1"] = mail("accepted")
    receive(world.service, world.mailbox)
    with pytest.raises(KeyboardInterrupt):
        world.work()
    world.postman.trouble = None
    world.clock.forward(minutes=30)
    sweep(world.service)
    world.work()
    assert_sent_once_and_unconfirmed(world)


def test_a_failure_after_the_handover_is_not_repeated_either(world: World) -> None:
    """A database that is away when the sent notice is to be noted must not let it go out a second time."""
    world.postman.trouble, world.postman.late = RuntimeError("the row could not be written"), True
    deliver(world, mail("accepted"))
    world.postman.trouble = None
    for _ in range(3):
        world.clock.forward(minutes=30)
        sweep(world.service)
        world.work()
    assert_sent_once_and_unconfirmed(world)


def test_a_refused_recipient_becomes_a_named_state(world: World) -> None:
    """A permanent refusal by the mail server is shown to a person and not tried again."""
    world.postman.trouble = Rejected("550")
    (done,) = deliver(world, mail("accepted"))
    found = case_file(world.service, str(done.reference))
    assert found.notices[0].state is NoticeState.FAILED and found.case.attention


def test_mails_within_the_grace_time_are_one_submission(tmp_path: Path) -> None:
    """Two mails of a sender within ten minutes are decided together, after the time is over."""
    world = make_world(tmp_path, grace=timedelta(minutes=10))
    deliver(world, mail("deficiency", papers="form"))
    world.clock.forward(minutes=4)
    done = deliver(world, mail("accepted", papers="passport"))
    assert not any(each.settled for each in done)
    world.clock.forward(minutes=7)
    sweep(world.service)
    world.work()
    done = list(progress(world.service))
    assert len({each.reference for each in done}) == 1 and len(world.postman.letters) == 1
    found = case_file(world.service, str(done[0].reference))
    assert [document.pages[0].file for document in found.submission.documents][1].startswith("məktub-2/")


def test_two_applicants_of_one_sender_stay_two_cases(tmp_path: Path) -> None:
    """A lawyer who sends two people's applications within the grace time gets two decisions."""
    world = make_world(tmp_path, grace=timedelta(minutes=10))
    deliver(world, mail("accepted"), mail("refused", name="Murad Həsənov"))
    world.clock.forward(minutes=11)
    sweep(world.service)
    world.work()
    assert len(world.postman.letters) == 2


def test_an_unread_neighbour_delays_the_decision(tmp_path: Path) -> None:
    """Nothing is decided while a mail that arrived within the grace time waits to be read."""
    world = make_world(tmp_path, grace=timedelta(minutes=10))
    deliver(world, mail("deficiency", papers="form"))
    world.clock.forward(minutes=5)
    world.mailbox.mails["late"] = mail("accepted", papers="passport")
    receive(world.service, world.mailbox)
    world.queue.asked.clear()
    world.clock.forward(minutes=6)
    check(world.service, 1)
    assert not world.postman.letters
    world.queue.put(Work.READ, 2)
    world.work()
    sweep(world.service)
    world.work()
    assert len(world.postman.letters) == 1


def test_doubt_of_a_case_makes_the_decision_a_review(world: World) -> None:
    """A reply that names no case of ours is never decided by the program."""
    (done,) = deliver(world, mail("refused", X_Kind="reply", In_Reply_To="<nobody@knows>"))
    found = case_file(world.service, str(done.reference))
    assert done.decision is DecisionValue.REVIEW and found.decision is not None
    assert ReviewReason.CASE_UNKNOWN in found.decision.assessment.decision.review_reasons
