"""The same facts about both mailboxes: a Maildir and an IMAP folder on Dovecot."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Timer

import pytest

from intake.mail import ImapMailbox, MaildirMailbox, maildir
from intake.ports import Mailbox, NotFound, Unavailable
from tests.contracts.servers import dovecot, free_port, wait_for

Deliver = Callable[[bytes], None]


@pytest.fixture(params=["maildir", pytest.param("imap", marks=pytest.mark.story)], scope="module")
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Deliver]]:
    if request.param == "imap":
        with dovecot() as found:
            yield found
        return
    folder = tmp_path_factory.mktemp("mail")
    MaildirMailbox(folder).prepare()

    def deliver(raw: bytes) -> None:
        name = f"{time.time_ns()}.test"
        (folder / "tmp" / name).write_bytes(raw)
        (folder / "tmp" / name).rename(folder / "new" / name)

    yield str(folder), deliver


@pytest.fixture
def box(server: tuple[str, Deliver]) -> Iterator[Mailbox]:
    url, _ = server
    found: Mailbox = ImapMailbox(url) if url.startswith("imap") else MaildirMailbox(Path(url))
    yield found
    for place in found.waiting():
        found.acknowledge(place)
    found.close()


@pytest.fixture
def deliver(server: tuple[str, Deliver]) -> Deliver:
    return server[1]


def waiting(box: Mailbox, count: int) -> list[bytes]:
    wait_for(lambda: len(box.waiting()) == count, 10)
    return [box.fetch(place, 1 << 24).replace(b"\r\n", b"\n") for place in box.waiting()]


def test_mail_waits_until_it_is_acknowledged(box: Mailbox, deliver: Deliver) -> None:
    """Fetching marks nothing; acknowledging, also twice, takes the message out."""
    deliver(b"Subject: one\n\nSalam\n")
    assert waiting(box, 1) == [b"Subject: one\n\nSalam\n"] == waiting(box, 1)
    (place,) = box.waiting()
    box.acknowledge(place)
    box.acknowledge(place)
    assert not box.waiting()


def test_each_message_has_an_identity_of_its_own(box: Mailbox, deliver: Deliver) -> None:
    """Equal mails have different places, and a place keeps its name."""
    deliver(b"Subject: same\n\n")
    deliver(b"Subject: same\n\n")
    waiting(box, 2)
    first, second = box.waiting()
    assert (first.uid_validity, first.uid) != (second.uid_validity, second.uid)
    assert box.waiting() == [first, second] and first.mailbox == second.mailbox


def test_large_mail_comes_whole_or_cut_at_the_limit(box: Mailbox, deliver: Deliver) -> None:
    """A message of many pieces is put together again; no more than the limit is ever held."""
    raw = b"Subject: large\n\n" + b"0123456789abcde\n" * 400_000
    deliver(raw)
    assert waiting(box, 1) == [raw]
    (place,) = box.waiting()
    assert place.size >= len(raw) and len(box.fetch(place, 1000)) == 1000


def test_bytes_stay_as_they_are(box: Mailbox, deliver: Deliver) -> None:
    """Odd bytes in a message are nobody's business here."""
    deliver(b"Subject: \xff\xfe\n\n\x80\x81 no charset\n")
    assert waiting(box, 1) == [b"Subject: \xff\xfe\n\n\x80\x81 no charset\n"]


def test_a_message_that_is_gone_is_not_found(box: Mailbox, deliver: Deliver) -> None:
    """Somebody may clean up by hand, or rebuild the mailbox."""
    deliver(b"Subject: x\n\n")
    waiting(box, 1)
    (place,) = box.waiting()
    for wrong in (replace(place, uid="999999"), replace(place, uid="999999", uid_validity="1")):
        with pytest.raises(NotFound):
            box.fetch(wrong, 10)


@pytest.mark.parametrize("delay", [0.0, 1.0])
def test_waiting_ends_when_mail_comes(box: Mailbox, deliver: Deliver, delay: float) -> None:
    """A watcher hears of mail that comes while it listens, or just before, long before its next look is due."""
    assert not box.waiting()
    begun = time.monotonic()
    bell = Timer(delay, deliver, [b"Subject: bell\n\n"])
    bell.start()
    if not delay:
        bell.join()
    box.wait(20, lambda: False)
    assert time.monotonic() - begun < 10 and waiting(box, 1)
    assert box.probe()


def test_waiting_ends_when_the_watcher_shall_end(box: Mailbox) -> None:
    """Nobody waits for the next look when the service is told to end."""
    begun = time.monotonic()
    box.wait(20, lambda: time.monotonic() - begun > 0.5)
    assert time.monotonic() - begun < 5


def test_a_message_that_is_gone_needs_no_mark(box: Mailbox, deliver: Deliver) -> None:
    """Another reader took it, or the mailbox was rebuilt: what is there stays."""
    deliver(b"Subject: x\n\n")
    waiting(box, 1)
    (place,) = box.waiting()
    for wrong in (replace(place, uid="999999"), replace(place, uid_validity="1")):
        box.acknowledge(wrong)
    assert box.waiting() == [place]


def test_another_message_under_an_old_name_is_new(tmp_path: Path) -> None:
    """Somebody who drops files into the Maildir by hand may use a name twice; nothing is taken for known."""
    box = MaildirMailbox(tmp_path)
    box.prepare()
    places = []
    for text in (b"Subject: 1\n\n", b"Subject: 2\n\n"):
        (tmp_path / "new" / "a.eml").write_bytes(text)
        wait_for(box.waiting)
        (place,) = box.waiting()
        box.acknowledge(place)
        places.append(place)
    assert places[0] != places[1]


def test_what_took_the_name_of_a_message_meanwhile_still_waits(tmp_path: Path) -> None:
    """Neither handing over nor acknowledging the old message touches the new one; nothing is taken unread."""
    box = MaildirMailbox(tmp_path)
    box.prepare()
    (tmp_path / "new" / "a.eml:2,S").write_bytes(b"Subject: 1\n\n")
    wait_for(box.waiting)
    (place,) = box.waiting()
    (tmp_path / "new" / "a.eml:2,S").write_bytes(b"Subject: 2\n\n")
    with pytest.raises(NotFound):
        box.fetch(place, 100)
    box.acknowledge(place)
    assert waiting(box, 1) == [b"Subject: 2\n\n"]


def test_a_file_that_is_still_being_written_is_left_alone(tmp_path: Path) -> None:
    """A copy without tmp/ is taken only once it has settled."""
    box = MaildirMailbox(tmp_path)
    box.prepare()
    (tmp_path / "new" / "a.eml").write_bytes(b"half")
    assert not box.waiting()
    wait_for(box.waiting)


@pytest.mark.story
def test_a_mailbox_that_is_away_is_unavailable() -> None:
    """No server, wrong password, no TLS: a named error, and the next look connects anew."""
    with pytest.raises(Unavailable):
        ImapMailbox(f"imaps://a:b@localhost:{free_port()}/INBOX").waiting()
    with pytest.raises(Unavailable):
        ImapMailbox("imap://a:b@localhost/INBOX")
    with dovecot() as (url, _), pytest.raises(Unavailable, match="password"):
        ImapMailbox(url.replace("s3cret", "wrong")).waiting()


def test_what_another_reader_takes_meanwhile_is_no_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that goes between two looks of ours is not waiting; the others are."""
    box = MaildirMailbox(tmp_path)
    box.prepare()
    for name in ("a.eml", "b.eml"):
        (tmp_path / "new" / name).write_bytes(name.encode())
    wait_for(lambda: len(box.waiting()) == 2)
    settled = maildir._settled

    def taken(path: Path) -> bool:
        if path.name == "a.eml":
            path.unlink()
        return settled(path)

    monkeypatch.setattr(maildir, "_settled", taken)
    assert [place.uid for place in box.waiting()] == ["b.eml"]
