"""Notices over SMTP with TLS."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import parse_qs, unquote, urlsplit

from intake.ports import Outgoing, Rejected, Unavailable, Unconfirmed

_ADVICE = "see that the SMTP address, user and password are right, the server runs and its certificate is trusted"
_PERMANENT = 500
_LINE_END = re.compile(rb"\r?\n")


class SmtpPostman:
    """``intake.ports.Postman`` on ``smtp+starttls://USER:PASSWORD@HOST[:587]`` or ``smtps://...[:465]``.

    ``?ca=FILE`` names a certificate to trust; there is no way to send without TLS. The moment of doubt is kept short:
    it begins when the server has accepted sender and recipient and ends with its answer to the message.
    """

    def __init__(self, url: str, timeout: float = 60.0) -> None:
        self._parts = urlsplit(url)
        if self._parts.scheme not in ("smtp+starttls", "smtps") or self._parts.hostname is None:
            raise Unavailable("the outgoing mail URL cannot be understood", "write smtp+starttls://USER:PASSWORD@HOST")
        self._ca = parse_qs(self._parts.query).get("ca", [None])[0]
        self._timeout = timeout

    def deliver(self, letter: Outgoing, handing_over: Callable[[], None]) -> str:
        with _certain_errors():
            client = self._connected()
        with _leaving(client):
            with _certain_errors():
                _accept(client.mail(letter.envelope_from))
                _accept(client.rcpt(letter.recipient))
                handing_over()
            try:
                code, _ = client.data(_LINE_END.sub(b"\r\n", letter.raw))
            except smtplib.SMTPDataError as error:
                raise _refusal(error.smtp_code) from error
            except (smtplib.SMTPException, OSError) as error:
                raise Unconfirmed(f"outgoing mail: {type(error).__name__} after the message was handed over") from error
            if code >= 400:
                raise _refusal(code)
        return f"smtp:{self._parts.hostname}"

    def probe(self) -> str:
        with _certain_errors(), _leaving(self._connected()) as client:
            client.noop()
        return f"SMTP {self._parts.hostname}"

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context(cafile=self._ca)
        host = self._parts.hostname or ""
        client: smtplib.SMTP
        if self._parts.scheme == "smtps":
            client = smtplib.SMTP_SSL(host, self._parts.port or 465, timeout=self._timeout, context=context)
        else:
            client = smtplib.SMTP(host, self._parts.port or 587, timeout=self._timeout)
            client.starttls(context=context)
        client.ehlo()
        if self._parts.username:
            client.login(unquote(self._parts.username), unquote(self._parts.password or ""))
        return client


def _accept(answer: tuple[int, bytes]) -> None:
    if answer[0] >= 400:
        raise _refusal(answer[0])


def _refusal(code: int) -> Rejected | Unavailable:
    """4xx asks to come again; 5xx will never change."""
    kind = Rejected if code >= _PERMANENT else Unavailable
    return kind(f"outgoing mail: refused with {code}", _ADVICE)


@contextmanager
def _leaving(client: smtplib.SMTP) -> Iterator[smtplib.SMTP]:
    """Says goodbye; whether the server hears it changes nothing about what was delivered."""
    try:
        yield client
    finally:
        with suppress(smtplib.SMTPException, OSError):
            client.quit()
        client.close()


@contextmanager
def _certain_errors() -> Iterator[None]:
    """Errors before anything was handed over: certainly not delivered."""
    try:
        yield
    except (smtplib.SMTPException, OSError) as error:
        raise Unavailable(f"outgoing mail: {type(error).__name__}", _ADVICE) from error
