"""The same facts about both ways out: a Maildir and SMTP with TLS."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from intake.mail import MaildirPostman, SmtpPostman
from intake.ports import Outgoing, Postman, Rejected, Unavailable, Unconfirmed
from tests.contracts.servers import free_port, smtp_server

LETTER = Outgoing("<n1@office.az>", "a@example.az", "bounces@office.az", "Subject: x\n\n.nöqtə\n".encode())


@dataclass
class Way:
    """A postman and what arrived through him, line ends as one newline."""

    postman: Postman
    arrived: Callable[[], list[bytes]]


@pytest.fixture(params=["maildir", pytest.param("smtp", marks=pytest.mark.story)])
def way(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Way]:
    if request.param == "maildir":
        yield Way(MaildirPostman(tmp_path), lambda: [path.read_bytes() for path in (tmp_path / "new").iterdir()])
        return
    with smtp_server() as (url, sink):
        yield Way(SmtpPostman(url), lambda: [bytes(e.content or b"").replace(b"\r\n", b"\n") for e in sink.got])


def test_a_letter_arrives_as_it_was_written(way: Way) -> None:
    """Every byte, a leading dot included; the postman says where it lies."""
    assert way.postman.deliver(LETTER, lambda: None)
    assert way.arrived() == [LETTER.raw]


def test_the_probe_sends_nothing(way: Way) -> None:
    """Trying the way out leaves no letter."""
    assert way.postman.probe()
    assert way.arrived() == [] if isinstance(way.postman, SmtpPostman) else True


def test_a_repeat_is_either_recognised_or_announced(way: Way) -> None:
    """A Maildir finds the letter it holds; over SMTP the caller hears before the point of no return."""
    marks: list[int] = []
    for _ in range(2):
        way.postman.deliver(LETTER, lambda: marks.append(1))
    assert len(way.arrived()) == 1 or len(marks) == 2


def test_a_letter_that_a_person_has_read_is_still_recognised(tmp_path: Path) -> None:
    """A mail program moves the file to cur and adds flags; a repeat still finds it."""
    postman = MaildirPostman(tmp_path)
    lies = Path(postman.deliver(LETTER, lambda: None))
    lies.rename(tmp_path / "cur" / f"{lies.name}:2,S")
    assert postman.deliver(LETTER, lambda: None).endswith(":2,S") and not list((tmp_path / "new").iterdir())


@pytest.mark.story
def test_what_a_mail_server_answers_becomes_a_named_outcome() -> None:
    """4xx is later, 5xx is never, a lost connection after the message is unknown; the envelope is ours."""
    with smtp_server() as (url, sink):
        postman = SmtpPostman(url)
        for where in ("answer", "recipient_answer"):
            for answer, outcome in (("451 later", Unavailable), ("550 never", Rejected)):
                setattr(sink, where, answer)
                with pytest.raises(outcome):
                    postman.deliver(LETTER, lambda: None)
            setattr(sink, where, "250 OK")
        sink.hang_up = True
        with pytest.raises(Unconfirmed):
            postman.deliver(LETTER, lambda: None)
        sink.hang_up = False
        postman.deliver(LETTER, lambda: None)
        assert sink.got[-1].mail_from == LETTER.envelope_from and sink.got[-1].rcpt_tos == [LETTER.recipient]


@pytest.mark.story
def test_there_is_no_way_out_without_tls_and_password() -> None:
    """A plain URL, an untrusted certificate, a wrong password and a dead server are all refused by us."""
    with pytest.raises(Unavailable):
        SmtpPostman("smtp://localhost")
    with smtp_server() as (url, sink):
        for wrong in (url.partition("?")[0], url.replace("s3cret", "wrong"), f"smtps://localhost:{free_port()}"):
            with pytest.raises(Unavailable):
                SmtpPostman(wrong, timeout=3).deliver(LETTER, lambda: None)
        assert not sink.got
