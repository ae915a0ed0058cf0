"""What a clerk does: correct, decide, issue, close, sign in."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.casework.amend import Add, ConfirmFields, Join, SetField, SetType, Split, amend, close, decide, seen
from intake.casework.desk import attention_list, case_file, counts, preview, work_list
from intake.casework.issue import issue, send_again
from intake.casework.sweep import sweep
from intake.casework.users import add_user, list_users, set_active, sign_in
from intake.ports import NotFound, Rejected, Unavailable
from models.case import DecisionValue
from models.document import PagePlace
from models.office import CaseState, NoticeState, Role
from models.sheet import Source
from tests.casework.test_path import deliver
from tests.fakes import World, mail, make_world


def reviewed(world: World) -> str:
    (done,) = deliver(world, mail("review"))
    return str(done.reference)


def test_a_correction_is_a_new_reading_and_waits_for_the_key(world: World) -> None:
    """Correcting a field decides anew; the notice leaves only when the clerk issues it, once."""
    reference = reviewed(world)
    found = case_file(world.service, reference)
    amend(world.service, found.case.id, [SetField(1, "wish", "accepted")], "leyla", seen_version=found.version)
    world.work()
    found = case_file(world.service, reference)
    assert found.case.state is CaseState.PREPARED and not world.postman.letters
    assert found.submission.documents[1].fields["wish"].source is Source.CLERK
    assert preview(world.service, found) is not None
    issue(world.service, found.case.id, "leyla")
    issue(world.service, found.case.id, "leyla")
    world.work()
    found = case_file(world.service, reference)
    assert len(world.postman.letters) == 1 and found.case.state is CaseState.REGISTERED
    assert [event.actor for event in found.events if event.action in ("amended", "issued")] == ["leyla", "leyla"]
    assert not found.decisions[-1].automatic


def test_a_correction_of_an_old_view_changes_nothing(world: World) -> None:
    """Two clerks cannot overwrite one another unseen."""
    found = case_file(world.service, reviewed(world))
    amend(world.service, found.case.id, [ConfirmFields(0)], "leyla", seen_version=found.version)
    with pytest.raises(Rejected):
        amend(world.service, found.case.id, [ConfirmFields(1)], "kamal", seen_version=found.version)


def test_documents_are_retyped_split_joined_and_added(world: World) -> None:
    """Each correction does what it says and nothing else."""
    found = case_file(world.service, reviewed(world))
    place = PagePlace("passport.pdf", 2)
    steps = [
        SetType(1, "id_card"),
        Add("visa", (place, PagePlace("passport.pdf", 3))),
        Split(2, 2),
        Join(1, 3),
    ]
    amend(world.service, found.case.id, steps, "leyla")
    documents = case_file(world.service, found.case.reference).submission.documents
    assert [document.type for document in documents] == ["application_form_acquisition", "id_card", "visa"]
    assert [p.page for p in documents[1].pages] == [1, 3] and documents[2].pages == (place,)


@pytest.mark.parametrize("wrong", [SetField(9, "wish", "x"), Split(0, 5), Join(0, 0), Join(0, 7)])
def test_an_impossible_correction_is_refused(world: World, wrong: SetField | Split | Join) -> None:
    """Nothing is appended when a correction names what is not there."""
    found = case_file(world.service, reviewed(world))
    with pytest.raises(Rejected):
        amend(world.service, found.case.id, [wrong], "leyla")
    assert case_file(world.service, found.case.reference).version == found.version


def test_a_clerk_decides_with_a_reason(world: World) -> None:
    """A decision by hand is issued at once; one that no finding carries, or without a reason, is refused."""
    found = case_file(world.service, reviewed(world))
    for value, reason in ((DecisionValue.REFUSED, "no ground"), (DecisionValue.ACCEPTED, " ")):
        with pytest.raises(Rejected):
            decide(world.service, found.case.id, value, "leyla", reason)
    case = decide(world.service, found.case.id, DecisionValue.ACCEPTED, "leyla", "əslini gördüm")
    world.work()
    assert case.state is CaseState.REGISTERED and len(world.postman.letters) == 1


def test_a_newer_decision_withdraws_the_waiting_notice(tmp_path: Path) -> None:
    """Of two decisions only the newest one's notice can leave, and no registration number is lost."""
    world = make_world(tmp_path, automatic=frozenset())
    (done,) = deliver(world, mail("accepted"))
    found = case_file(world.service, str(done.reference))
    amend(world.service, found.case.id, [SetField(1, "wish", "refused")], "leyla")
    found = case_file(world.service, str(done.reference))
    assert [notice.state for notice in found.notices] == [NoticeState.WITHDRAWN, NoticeState.WAITING_CLERK]
    issue(world.service, found.case.id, "leyla")
    (done2,) = deliver(world, mail("accepted", "b@example.az"))[1:]
    second = case_file(world.service, str(done2.reference))
    issue(world.service, second.case.id, "leyla")
    assert case_file(world.service, str(done2.reference)).case.registration == "VƏ-2026/00001"


def test_closing_settles_a_case_without_a_notice(world: World) -> None:
    """A closed case leaves the work list; nothing is sent."""
    found = case_file(world.service, reviewed(world))
    close(world.service, found.case.id, "leyla", "answered by telephone")
    assert not work_list(world.service, [CaseState.REVIEW]) and counts(world.service)[CaseState.CLOSED] == 1
    with pytest.raises(Rejected):
        issue(world.service, found.case.id, "leyla")


def test_a_failed_notice_is_sent_again_by_a_person(world: World) -> None:
    """The repeat keeps its Message-ID and clears the attention."""
    world.postman.trouble = Rejected("550")
    (done,) = deliver(world, mail("refused"))
    assert len(attention_list(world.service)) == 1
    world.postman.trouble = None
    notice = case_file(world.service, str(done.reference)).notices[0]
    send_again(world.service, notice.id, "leyla")
    world.work()
    assert world.postman.letters[0].message_id == notice.message_id and not attention_list(world.service)
    with pytest.raises(Rejected):
        send_again(world.service, notice.id, "leyla")


def test_an_old_notice_that_is_sent_again_has_its_attempts(world: World) -> None:
    """A mail server that is busy for a moment does not end what a person sends again after days."""
    world.postman.trouble = Rejected("550")
    (done,) = deliver(world, mail("refused"))
    world.clock.forward(days=3)
    world.postman.trouble = Unavailable("busy")
    send_again(world.service, case_file(world.service, str(done.reference)).notices[0].id, "leyla")
    world.work()
    world.postman.trouble = None
    world.clock.forward(minutes=1)
    sweep(world.service)
    world.work()
    assert len(world.postman.letters) == 1


def test_attention_is_taken_away_by_looking(world: World) -> None:
    """A clerk's look is an event and clears the mark."""
    world.postman.trouble = Rejected("550")
    (done,) = deliver(world, mail("refused"))
    found = case_file(world.service, str(done.reference))
    seen(world.service, found.case.id, "leyla")
    assert not attention_list(world.service)


def test_users_sign_in_and_are_kept_out(world: World) -> None:
    """Only the right password of an active user opens the desk; names are unique; strangers learn nothing."""
    add_user(world.service, "leyla", "uzun parol 1", Role.EXAMINER, full_name="Leyla M.")
    assert sign_in(world.service, "leyla", "uzun parol 1") is not None
    assert sign_in(world.service, "leyla", "səhv") is None and sign_in(world.service, "nobody", "x") is None
    with pytest.raises(Rejected):
        add_user(world.service, "leyla", "uzun parol 2", Role.ADMIN)
    with pytest.raises(Rejected):
        add_user(world.service, "kamal", "qısa", Role.ADMIN)
    set_active(world.service, "leyla", False)
    assert sign_in(world.service, "leyla", "uzun parol 1") is None
    with pytest.raises(NotFound):
        set_active(world.service, "nobody", True)
    assert [user.name for user in list_users(world.service)] == ["leyla"]


def test_guessing_locks_a_name_for_a_while(world: World) -> None:
    """After eight failures even the right password waits a quarter of an hour."""
    add_user(world.service, "leyla", "uzun parol 1", Role.EXAMINER)
    for _ in range(8):
        sign_in(world.service, "leyla", "səhv parol")
    assert sign_in(world.service, "leyla", "uzun parol 1") is None
    world.clock.forward(minutes=16)
    assert sign_in(world.service, "leyla", "uzun parol 1") is not None
