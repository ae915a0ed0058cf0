"""Answers to notices: which case they find and what becomes of it."""

from __future__ import annotations

from datetime import UTC, datetime

from intake.casework.amend import seen
from intake.casework.desk import case_file
from intake.casework.overdue import ANSWER_OVERDUE
from intake.casework.sweep import sweep
from models.case import DecisionValue
from models.office import CaseState
from tests.casework.test_path import deliver
from tests.fakes import World, mail


def test_an_answer_by_message_id_joins_its_case_and_is_decided_anew(world: World) -> None:
    """The corrected passport replaces the one at fault; the case keeps its registration number."""
    (first,) = deliver(world, mail("deficiency"))
    number = case_file(world.service, str(first.reference)).case.registration
    world.clock.forward(days=2)
    notice = world.postman.letters[0].message_id
    done = deliver(world, mail("accepted", papers="passport", X_Kind="reply", In_Reply_To=notice))
    found = case_file(world.service, str(first.reference))
    assert done[1].reference == first.reference and done[1].decision is DecisionValue.ACCEPTED
    assert [document.type for document in found.submission.documents].count("passport") == 1
    assert found.case.state is CaseState.REGISTERED and found.case.registration == number
    assert len({letter.message_id for letter in world.postman.letters}) == 2


def test_an_answer_by_reference_number_in_the_subject(world: World) -> None:
    """The number in the subject is enough."""
    (first,) = deliver(world, mail("deficiency"))
    done = deliver(
        world, mail("accepted", papers="passport", X_Kind="reply", subject=f"Re: {first.reference} bildiriş")
    )
    assert done[1].reference == first.reference


def test_an_answer_without_any_mark_is_found_by_sender_and_name(world: World) -> None:
    """A new mail of the same sender about the same applicant answers the deficiency."""
    (first,) = deliver(world, mail("deficiency"))
    done = deliver(world, mail("accepted", papers="passport", subject="Sənəd"))
    assert done[1].reference == first.reference and done[1].decision is DecisionValue.ACCEPTED


def test_papers_of_somebody_else_are_not_joined_by_guess(world: World) -> None:
    """The same sender, another name, no form: a clerk decides where it belongs; nothing is refused."""
    deliver(world, mail("deficiency"))
    done = deliver(world, mail("refused", papers="passport", name="Murad Həsənov", subject="Sənəd"))
    assert done[1].reference != done[0].reference and done[1].decision is DecisionValue.REVIEW


def test_a_late_answer_goes_to_a_clerk(world: World) -> None:
    """After the five days the answer joins its case, but the program no longer decides."""
    (first,) = deliver(world, mail("deficiency"))
    world.clock.forward(days=7)
    sweep(world.service)
    assert case_file(world.service, str(first.reference)).case.attention == ANSWER_OVERDUE
    notice = world.postman.letters[0].message_id
    done = deliver(world, mail("accepted", papers="passport", X_Kind="reply", In_Reply_To=notice))
    assert done[1].decision is DecisionValue.REVIEW and len(world.postman.letters) == 1


def test_an_unanswered_case_asks_a_clerk_once(world: World) -> None:
    """Friday 27 November's last day for an answer in Baku is over at Baku's midnight, which is 20:00 UTC; what a clerk
    has seen does not come back."""
    (first,) = deliver(world, mail("deficiency"))
    for at, marked in ((datetime(2026, 11, 27, 19, 59, tzinfo=UTC), 0), (datetime(2026, 11, 27, 20, 1, tzinfo=UTC), 1)):
        world.clock.at = at
        assert sweep(world.service).overdue == marked
    found = case_file(world.service, str(first.reference)).case
    seen(world.service, found.id, "leyla")
    assert sweep(world.service).overdue == 0
    assert case_file(world.service, str(first.reference)).case.attention is None


def test_a_term_that_ends_on_a_sunday_is_kept_till_monday(world: World) -> None:
    """Before the next working day is over neither the answer is late nor the case overdue."""
    world.clock.at = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # the fifth day is Sunday, 29 November
    deliver(world, mail("deficiency"))
    world.clock.at = datetime(2026, 11, 30, 19, 0, tzinfo=UTC)
    assert sweep(world.service).overdue == 0
    world.clock.forward(hours=2)
    assert sweep(world.service).overdue == 1


def test_a_strangers_answer_goes_to_a_clerk(world: World) -> None:
    """Whoever knows the number but writes from another address does not change a case by himself."""
    (first,) = deliver(world, mail("deficiency"))
    raw = mail("accepted", "thief@example.org", papers="passport", X_Kind="reply", subject=f"Re: {first.reference}")
    assert deliver(world, raw)[1].decision is DecisionValue.REVIEW


def test_an_answer_with_nothing_attached_goes_to_a_clerk(world: World) -> None:
    """Words alone correct nothing: the same notice is not sent a second time, and no new days begin by themselves."""
    (first,) = deliver(world, mail("deficiency"))
    until = case_file(world.service, str(first.reference)).case.answer_until
    notice = world.postman.letters[0].message_id
    done = deliver(world, mail("x", papers="", body="Hansı pasport?", X_Kind="reply", In_Reply_To=notice))
    found = case_file(world.service, str(first.reference))
    assert done[1].reference == first.reference and done[1].decision is DecisionValue.REVIEW
    assert len(world.postman.letters) == 1 and until is not None
    doubts = [event.details for event in found.events if event.action == "answer_doubtful"]
    assert doubts == [{"late": False, "stranger": False, "empty": True}]


def test_an_answer_by_references_alone_joins_its_case(world: World) -> None:
    """Some mail programs name the notice only among the references of a thread."""
    (first,) = deliver(world, mail("deficiency"))
    thread = f"<older@example.az> {world.postman.letters[0].message_id}"
    done = deliver(world, mail("accepted", papers="passport", X_Kind="reply", References=thread, subject="Re: sənəd"))
    assert done[1].reference == first.reference and done[1].decision is DecisionValue.ACCEPTED


def test_a_refused_applicant_may_send_what_was_lacking(world: World) -> None:
    """An answer to a refusal within the days joins the case and is decided anew; a late one goes to a clerk."""
    (first,) = deliver(world, mail("refused"))
    notice = world.postman.letters[0].message_id
    world.clock.forward(days=3)
    done = deliver(world, mail("accepted", papers="passport", X_Kind="reply", In_Reply_To=notice))
    assert done[1].reference == first.reference and done[1].decision is DecisionValue.ACCEPTED
    assert case_file(world.service, str(first.reference)).case.registration


def test_a_refused_applicants_new_application_links_to_the_old_case(world: World) -> None:
    """It is a case of its own with a decision of its own, and it knows the old one."""
    (first,) = deliver(world, mail("refused"))
    done = deliver(world, mail("accepted", body="yenidən"))
    found = case_file(world.service, str(done[1].reference))
    assert done[1].decision is DecisionValue.ACCEPTED and done[1].reference != first.reference
    assert found.case.linked_case_id == case_file(world.service, str(first.reference)).case.id


def test_a_message_after_the_decision_changes_nothing_but_is_shown(world: World) -> None:
    """Mail about a registered case shares its decision, sends nothing and asks for attention."""
    (first,) = deliver(world, mail("accepted"))
    done = deliver(world, mail("refused", papers="", X_Kind="reply", subject=f"Re: {first.reference}"))
    found = case_file(world.service, str(first.reference))
    assert done[1].decision is DecisionValue.ACCEPTED and found.case.attention
    assert found.case.state is CaseState.REGISTERED and len(world.postman.letters) == 1


def test_a_bounce_marks_the_case_it_speaks_of(world: World) -> None:
    """A notice that came back is shown at its case; the bounce itself is ignored."""
    (first,) = deliver(world, mail("refused"))
    notice = world.postman.letters[0].message_id
    done = deliver(world, mail("ignored", "mailer-daemon@example.org", papers="x", X_Kind="bounce", In_Reply_To=notice))
    assert done[1].decision is DecisionValue.IGNORED
    assert "undelivered" in (case_file(world.service, str(first.reference)).case.attention or "")
