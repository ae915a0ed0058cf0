"""Who is signed in: a signed cookie with the user's name and a token that every form must repeat."""

from __future__ import annotations

import hmac
import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from itsdangerous import BadSignature, URLSafeTimedSerializer

COOKIE = "intake_session"
_HOURS = 10


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in user and the token of his forms (against requests forged by other sites)."""

    user: str
    token: str


class Sessions:
    """Makes and reads session cookies with the desk's secret key."""

    seconds = _HOURS * 3600

    def __init__(self, secret: str) -> None:
        self._signer = URLSafeTimedSerializer(secret, salt="desk-session")

    def cookie(self, user: str) -> str:
        """The cookie of a new session."""
        return self._signer.dumps([user, secrets.token_urlsafe(24)])

    def read(self, cookie: str | None) -> Session | None:
        """The session of a cookie; None when it is missing, forged or too old."""
        try:
            user, token = self._signer.loads(cookie or "", max_age=self.seconds)
        except (BadSignature, ValueError, TypeError):
            return None
        return Session(user, token)


def same_token(given: str, session: Session) -> bool:
    """Whether a form came from a page of this session."""
    return hmac.compare_digest(given.encode(), session.token.encode())


def secret_of(folder: Path) -> str:
    """The desk's secret key, made once per data folder and readable by its owner only."""
    path = folder / "desk.key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=folder, encoding="ascii") as new:  # for its owner only
            new.write(secrets.token_urlsafe(48))
            new.flush()
            with suppress(FileExistsError):  # another desk was quicker
                os.link(new.name, path)
    return path.read_text(encoding="ascii")
