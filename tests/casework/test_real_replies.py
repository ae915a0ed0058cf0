"""Answers to notices with the real reader, law and letters; only mailbox, postman, queue and clock are ours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from intake import bootstrap
from intake.casework.desk import CaseFile, case_file
from intake.casework.progress import Progress, progress
from intake.casework.receive import receive
from intake.settings import Settings
from models.case import DecisionValue
from models.office import CaseState
from samples.cases import CASES
from samples.scenarios import Case, build
from tests.fakes import FakeClock, FakePostman, FakeQueue, World

pytestmark = pytest.mark.story

COMPLETE = Case(quality="clean", container="text", paper_container="text", receipt="bank_slip")
#: Everything that these stories deliver was paid for and dated about the middle of May 2024.
NOON = datetime(2024, 5, 15, 8, 0, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> World:
    """The configured service in a folder of its own; every decision may leave by itself, at once."""
    settings = Settings(data=tmp_path, automatic=frozenset(DecisionValue), grace_minutes=0.0)
    bootstrap.prepare(settings)
    queue, postman, clock = FakeQueue(), FakePostman(), FakeClock(NOON)
    service = replace(bootstrap.service(settings), queue=queue, postman=postman, clock=clock)
    return World(service, queue, postman, clock)


def deliver(world: World, raw: bytes) -> Progress:
    """Let a message arrive and everything run; how far the newest message came."""
    world.mailbox.mails[str(len(world.mailbox.mails) + 1)] = raw
    receive(world.service, world.mailbox)
    world.work()
    return list(progress(world.service))[-1]


def application(key: str, seed: int = 5, **differences: Any) -> bytes:
    """An application of the person that a key and a seed stand for."""
    return build(replace(COMPLETE, **differences), key, seed).raw


def files(raw: bytes, *words: str) -> list[tuple[str, bytes]]:
    """The attachments of a message whose names have one of the words in them."""
    parts = message_from_bytes(raw, policy=default).iter_attachments()
    named = [(str(part.get_filename()), bytes(part.get_content())) for part in parts]
    return [(name, content) for name, content in named if any(word in name for word in words)]


def answer(world: World, first: bytes, enclosed: list[tuple[str, bytes]], at: datetime, **headers: str) -> bytes:
    """What a mail program makes of «Reply» to the newest letter: its subject, its ids, its text quoted."""
    notice = message_from_bytes(world.postman.letters[-1].raw, policy=default)
    plain = notice.get_body(("plain",))
    assert plain is not None
    quoted = plain.get_content()
    mail = EmailMessage()
    mail["From"] = str(message_from_bytes(first, policy=default)["From"])
    mail["To"], mail["Date"] = str(notice["From"]), at
    mail["Subject"] = headers.get("subject", f"Re: {notice['Subject']}")
    mail["Message-ID"] = f"<{at.timestamp()}@mail.example>"
    if "subject" not in headers:
        mail["In-Reply-To"] = mail["References"] = str(notice["Message-ID"])
    mail.set_content(
        "Salam, sənədi göndərirəm.\n\n" + "".join(f"> {line}\n" for line in quoted.splitlines())
        if "subject" not in headers
        else "Sənədi göndərirəm.\n"
    )
    for name, content in enclosed:
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return bytes(mail)


def file_of(world: World, found: Progress) -> CaseFile:
    return case_file(world.service, str(found.reference))


def codes(found: CaseFile) -> list[str]:
    """The findings of the newest decision."""
    assert found.decision is not None
    return [finding.code for finding in found.decision.assessment.findings]


def test_a_valid_passport_after_the_deficiency_notice(office: World) -> None:
    """The expired passport is replaced by the one that the reply brings: same case, accepted, two letters in all."""
    first = application("story-passport", passport=CASES["deficiency-passport-expired"].passport)
    done = deliver(office, first)
    assert done.decision is DecisionValue.DEFICIENCY
    office.clock.forward(days=2)
    valid = files(application("story-passport"), "pasport")
    again = deliver(office, answer(office, first, valid, office.clock.at))
    found = file_of(office, again)
    assert (again.reference, again.decision) == (done.reference, DecisionValue.ACCEPTED)
    assert found.case.state is CaseState.REGISTERED and not codes(found)
    assert [d.type for d in found.submission.documents].count("passport") == 1
    assert len(office.postman.letters) == 2


def test_half_of_what_was_asked_for_is_not_enough(office: World) -> None:
    """Two papers at fault, one mended: the second notice names only what is still wrong."""
    first = application("story-two", passport=CASES["deficiency-passport-expired"].passport, duty={"amount": 30.0})
    done = deliver(office, first)
    assert sorted(codes(file_of(office, done))) == ["document_expired", "duty_insufficient"]
    office.clock.forward(days=1)
    again = deliver(office, answer(office, first, files(application("story-two"), "pasport"), office.clock.at))
    found = file_of(office, again)
    assert (again.reference, again.decision) == (done.reference, DecisionValue.DEFICIENCY)
    assert codes(found) == ["duty_insufficient"]
    office.clock.forward(days=1)
    last = deliver(office, answer(office, first, files(application("story-two"), "rüsum", "qəbz"), office.clock.at))
    assert (last.reference, last.decision) == (done.reference, DecisionValue.ACCEPTED)


def test_a_locked_file_sent_again_open(office: World) -> None:
    """The certificate that nobody could open is asked for, and the open one completes the application."""
    first = application("story-locked", spoil={"language_certificate": "encrypted"}, container="text")
    done = deliver(office, first)
    assert done.decision is DecisionValue.DEFICIENCY
    office.clock.forward(days=1)
    enclosed = files(application("story-locked"), "dil")
    again = deliver(office, answer(office, first, enclosed, office.clock.at, subject=f"{done.reference} sənəd"))
    assert (again.reference, again.decision) == (done.reference, DecisionValue.ACCEPTED)


def test_an_answer_after_five_days_is_a_clerks(office: World) -> None:
    """REG28 3.3.2.2 gives five days; what comes later joins the case and is not decided by itself."""
    first = application("story-late", passport=CASES["deficiency-passport-expired"].passport)
    done = deliver(office, first)
    office.clock.forward(days=8)
    late = answer(office, first, files(application("story-late"), "pasport"), office.clock.at)
    again = deliver(office, late)
    assert (again.reference, again.decision) == (done.reference, DecisionValue.REVIEW)
    assert len(office.postman.letters) == 1


def test_applying_again_after_a_refusal(office: World) -> None:
    """A refused person's complete application is a new case, decided for itself and linked to the old one."""
    refused = deliver(office, application("story-again", drop=("language_certificate",)))
    assert refused.decision is DecisionValue.REFUSED
    office.clock.forward(days=3)
    again = deliver(office, application("story-again"))
    assert again.reference != refused.reference and again.decision is DecisionValue.ACCEPTED
    linked = file_of(office, again).linked
    assert linked is not None and linked.reference == refused.reference


def test_the_missing_paper_in_answer_to_a_refusal(office: World) -> None:
    """What the refusal named arrives within the days: it joins the papers of the refused case, and that is accepted."""
    first = application("story-alone", drop=("language_certificate",))
    refused = deliver(office, first)
    office.clock.forward(days=1)
    enclosed = files(application("story-alone"), "dil")
    again = deliver(office, answer(office, first, enclosed, office.clock.at))
    assert refused.decision is DecisionValue.REFUSED
    assert (again.reference, again.decision) == (refused.reference, DecisionValue.ACCEPTED)


def test_a_thank_you_changes_nothing(office: World) -> None:
    """Words alone answer no deficiency: no second notice, and a clerk sees them."""
    first = application("story-thanks", passport=CASES["deficiency-passport-expired"].passport)
    done = deliver(office, first)
    again = deliver(office, answer(office, first, [], office.clock.at + timedelta(hours=3)))
    assert (again.reference, again.decision) == (done.reference, DecisionValue.REVIEW)
    assert len(office.postman.letters) == 1
