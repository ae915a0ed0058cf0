"""Two at the same thing at the same moment: nothing is lost, nothing leaves twice, nobody overwrites another unseen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from intake.casework import overdue, users
from intake.casework.amend import SetField, amend, close, decide
from intake.casework.desk import case_file
from intake.casework.issue import issue
from intake.casework.sweep import sweep
from intake.casework.users import add_user, set_active, sign_in
from intake.ports import Records, Rejected, Unavailable
from models.case import DecisionValue
from models.office import Case, CaseState, NoticeState, Role
from tests.casework.test_path import deliver
from tests.fakes import World, mail


def later(world: World, **span: float) -> None:
    world.clock.forward(**span)
    sweep(world.service)
    world.work()


def test_a_notice_that_waits_for_the_mail_server_is_withdrawn_by_a_newer_decision(world: World) -> None:
    """A decision that was corrected while the mail server was away is never told."""
    world.postman.trouble = Unavailable("away")
    (done,) = deliver(world, mail("refused"))
    found = case_file(world.service, str(done.reference))
    amend(world.service, found.case.id, [SetField(1, "wish", "deficiency")], "leyla")
    issue(world.service, found.case.id, "leyla")
    world.postman.trouble = None
    later(world, hours=1)
    assert [b"deficiency" in letter.raw for letter in world.postman.letters] == [True]
    states = [notice.state for notice in case_file(world.service, str(done.reference)).notices]
    assert states == [NoticeState.WITHDRAWN, NoticeState.SENT]


def test_a_closed_case_sends_no_notice_that_still_waits(world: World) -> None:
    """Closing settles a case without a notice, also one whose notice the mail server did not take yet."""
    world.postman.trouble = Unavailable("away")
    (done,) = deliver(world, mail("refused"))
    close(world.service, case_file(world.service, str(done.reference)).case.id, "leyla", "told by telephone")
    world.postman.trouble = None
    later(world, hours=1)
    assert not world.postman.letters


def test_a_decision_submitted_twice_is_taken_once(world: World) -> None:
    """A double click on a decision by hand leaves one decision and one notice."""
    (done,) = deliver(world, mail("review"))
    found = case_file(world.service, str(done.reference))
    decide(world.service, found.case.id, DecisionValue.ACCEPTED, "leyla", "original seen")
    world.work()
    with pytest.raises(Rejected):
        decide(world.service, found.case.id, DecisionValue.ACCEPTED, "leyla", "original seen")
    world.work()
    assert len(world.postman.letters) == 1


def test_a_key_for_a_decision_that_was_replaced_issues_nothing(world: World) -> None:
    """What leaves is what the clerk looked at: neither an issue nor a decision by hand applies to a newer decision."""
    (done,) = deliver(world, mail("review"))
    seen = case_file(world.service, str(done.reference))
    amend(world.service, seen.case.id, [SetField(1, "wish", "accepted")], "kamal")
    with pytest.raises(Rejected, match="meanwhile"):
        issue(world.service, seen.case.id, "leyla", seen_decision=seen.case.decision_id)
    with pytest.raises(Rejected, match="meanwhile"):
        decide(world.service, seen.case.id, DecisionValue.ACCEPTED, "leyla", "why", seen_decision=seen.case.decision_id)
    world.work()
    assert not world.postman.letters


def test_a_user_who_is_disabled_while_signing_in_stays_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Checking a password takes a while; what an administrator did meanwhile is not written over."""
    add_user(world.service, "leyla", "uzun parol 1", Role.EXAMINER)
    verified = users._verified

    def slowly(hashed: str, password: str) -> bool:
        set_active(world.service, "leyla", False)
        return verified(hashed, password)

    monkeypatch.setattr(users, "_verified", slowly)
    assert sign_in(world.service, "leyla", "uzun parol 1") is None
    with world.service.registry.read() as records:
        user = records.user("leyla")
    assert user is not None and not user.active


def test_an_answer_that_comes_while_late_cases_are_marked_is_not_late(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A case that was answered between the look and the mark asks for nobody's attention."""
    (done,) = deliver(world, mail("deficiency"))
    world.clock.at += timedelta(days=30)
    look = overdue.late_answers

    def meanwhile(records: Records, today: date) -> Sequence[Case]:
        found = look(records, today)
        monkeypatch.setattr(overdue, "late_answers", look)
        close(world.service, found[0].id, "leyla", "answered at the counter")
        return found

    monkeypatch.setattr(overdue, "late_answers", meanwhile)
    sweep(world.service)
    case = case_file(world.service, str(done.reference)).case
    assert case.state is CaseState.CLOSED and case.attention is None
