"""An IMAP folder as mailbox, through IMAPClient: IDLE, real MOVE, TLS enforced by the URL."""

from __future__ import annotations

import imaplib
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError, LoginError

from intake.ports import NotFound, Unavailable
from models.office import MailPlace

_LONGEST_IDLE = 300.0  # seconds; servers and routers cut longer silences
_SPELL = 1.0  # seconds of listening between two looks whether we shall end
_PIECE = 4 << 20  # bytes fetched at a time
_SIZES_AT_ONCE = 500
_ADVICE = "see that the IMAP address, user and password are right, the server runs and its certificate is trusted"


class ImapMailbox:
    """``intake.ports.Mailbox`` on ``imaps://USER:PASSWORD@HOST[:PORT]/FOLDER`` or ``imap+starttls://...``.

    Taken messages are moved to a folder (``?processed=Processed``). ``?ca=FILE`` names a certificate to trust. There
    is no way to log in without TLS.
    """

    def __init__(self, url: str, timeout: float = 30.0) -> None:
        self._parts = urlsplit(url)
        if self._parts.scheme not in ("imaps", "imap+starttls") or self._parts.hostname is None:
            raise Unavailable("the mailbox URL cannot be understood", "write imaps://USER:PASSWORD@HOST/FOLDER")
        options = parse_qs(self._parts.query)
        self._processed = options.get("processed", ["Processed"])[0]
        self._ca = Path(options["ca"][0]) if "ca" in options else None
        self._folder = unquote(self._parts.path.strip("/")) or "INBOX"
        self._user = unquote(self._parts.username or "")
        self._name = f"imap:{self._user}@{self._parts.hostname}/{self._folder}"[:200]
        self._timeout = timeout
        self._client: IMAPClient | None = None
        self._validity = ""

    def waiting(self) -> Sequence[MailPlace]:
        """Everything in the folder: what was taken has been moved away, so no ``UID n:*`` is asked for."""
        with self._named_errors():
            client = self._connected()
            self._select(client)
            uids = sorted(client.search(["ALL"]))
            places = []
            for start in range(0, len(uids), _SIZES_AT_ONCE):
                sizes = client.fetch(uids[start : start + _SIZES_AT_ONCE], ["RFC822.SIZE"])
                places += [
                    MailPlace(self._name, self._validity, str(uid), int(sizes[uid][b"RFC822.SIZE"]))
                    for uid in sorted(sizes)
                    if b"RFC822.SIZE" in sizes[uid]  # what another client does to a message is told in between
                ]
            return places

    def fetch(self, place: MailPlace, limit: int) -> bytes:
        with self._named_errors():
            client = self._for(place)
            uid, content = int(place.uid), b""
            while len(content) < limit:
                wanted = min(_PIECE, limit - len(content))
                answer = client.fetch([uid], [f"BODY.PEEK[]<{len(content)}.{wanted}>"]).get(uid)
                if answer is None:
                    raise NotFound("the message is no longer in the mailbox")
                piece = next((value for key, value in answer.items() if key.startswith(b"BODY[]")), b"") or b""
                content += piece
                if len(piece) < wanted:
                    break
            return content

    def acknowledge(self, place: MailPlace) -> None:
        with self._named_errors():
            try:
                client = self._for(place)
            except NotFound:
                return
            uid = int(place.uid)
            if client.has_capability("MOVE"):
                client.move([uid], self._processed)
            else:
                client.copy([uid], self._processed)
                client.add_flags([uid], [b"\\Deleted"])
                client.uid_expunge([uid])

    def wait(self, seconds: float, ended: Callable[[], bool]) -> None:
        until = time.monotonic() + min(seconds, _LONGEST_IDLE)
        with self._named_errors():
            client = self._connected()
            _, news = client.noop()
            if any(b"EXISTS" in each for each in news):
                return  # it came since the last look, before we listen
            if not client.has_capability("IDLE"):
                _listen(time.sleep, until, ended)
                return
            client.idle()
            try:
                _listen(lambda spell: client.idle_check(timeout=spell), until, ended)
            finally:
                client.idle_done()
            client.noop()

    def close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            with suppress(IMAPClientError, imaplib.IMAP4.error, OSError):
                client.logout()

    def probe(self) -> str:
        with self._named_errors():
            self._select(self._connected())
            return f"IMAP {self._parts.hostname}, folder {self._folder}"

    def _for(self, place: MailPlace) -> IMAPClient:
        """A client that has the folder open, if it still is the folder that the UID belongs to."""
        client = self._connected()
        if place.uid_validity != self._validity:
            raise NotFound("the mailbox was rebuilt; its messages have new numbers")
        return client

    def _connected(self) -> IMAPClient:
        if self._client is None:
            context = ssl.create_default_context(cafile=str(self._ca) if self._ca else None)
            secure = self._parts.scheme == "imaps"
            client = IMAPClient(
                self._parts.hostname,
                port=self._parts.port,
                ssl=secure,
                ssl_context=context,
                timeout=SocketTimeout(connect=10, read=self._timeout),
            )
            if not secure:
                client.starttls(context)
            client.login(self._user, unquote(self._parts.password or ""))
            if not (client.has_capability("MOVE") or client.has_capability("UIDPLUS")):
                raise Unavailable("the mail server can move no message", "use one that knows MOVE or UIDPLUS")
            self._client = client
            if not client.folder_exists(self._processed):
                client.create_folder(self._processed)
            self._select(client)
        return self._client

    def _select(self, client: IMAPClient) -> None:
        self._validity = str(int(client.select_folder(self._folder)[b"UIDVALIDITY"]))

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        """A connection that failed once is not trusted again."""
        try:
            yield
        except LoginError as error:
            self._client = None
            raise Unavailable("the mailbox refuses the user or password", _ADVICE) from error
        except (IMAPClientError, imaplib.IMAP4.error, OSError) as error:
            self._client = None
            raise Unavailable(f"mailbox: {type(error).__name__}", _ADVICE) from error


def _listen(listen: Callable[[float], object], until: float, ended: Callable[[], bool]) -> None:
    """Spells of listening until one brings news, the time is up or we shall end."""
    while not ended() and (left := until - time.monotonic()) > 0 and not listen(min(left, _SPELL)):
        pass
