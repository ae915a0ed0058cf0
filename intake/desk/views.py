"""What every page of the desk shares: who asks, in which language, with which rights, and how a page is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from fastapi import HTTPException, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from intake.casework.service import Service
from intake.casework.users import active_user
from intake.desk.sessions import COOKIE, Session, Sessions, same_token
from intake.desk.texts import LANGUAGES, Words
from models.catalogue import Catalogue
from models.office import BAKU, Role, User

#: What each role may do at the desk (casework.md, Roles). Everybody but an agency sees every case; an agency sees the
#: papers of those that were sent to it, and nothing else.
RIGHTS: Mapping[str, frozenset[Role]] = {
    "see": frozenset({Role.REGISTRAR, Role.EXAMINER, Role.SUPERVISOR, Role.ADMIN}),
    "amend": frozenset({Role.REGISTRAR, Role.EXAMINER, Role.SUPERVISOR}),
    "issue": frozenset({Role.REGISTRAR, Role.EXAMINER, Role.SUPERVISOR}),
    "decide": frozenset({Role.EXAMINER, Role.SUPERVISOR}),
    "opine": frozenset({Role.EXAMINER, Role.SUPERVISOR, Role.AGENCY}),
}
_LANGUAGE_COOKIE = "intake_language"


class SignedOut(Exception):
    """Nobody is signed in; the answer is the sign-in page."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in user on one request."""

    user: User
    session: Session

    def may(self, right: str) -> bool:
        return self.user.role in RIGHTS[right]

    @property
    def agency(self) -> str | None:
        """The authority whose cases alone this visitor sees; None for the office's own people."""
        return (self.user.agency or "-") if self.user.role is Role.AGENCY else None

    def must(self, right: str) -> None:
        """Raises 403 where the role does not allow it."""
        if not self.may(right):
            raise HTTPException(403, "not_allowed")


@dataclass
class Desk:
    """The application's parts as the pages use them."""

    service: Service
    catalogue: Catalogue
    sessions: Sessions
    _templates: Environment = field(init=False)

    def __post_init__(self) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["moment"] = _moment
        self._templates.filters["day"] = _day

    def visitor(self, request: Request) -> Visitor:
        """Who asks. Raises SignedOut for strangers and disabled users."""
        session = self.sessions.read(request.cookies.get(COOKIE))
        user = active_user(self.service, session.user) if session else None
        if session is None or user is None:
            raise SignedOut
        return Visitor(user, session)

    async def form(self, request: Request, visitor: Visitor) -> dict[str, str]:
        """The fields of a submitted form that came from a page of ours. Raises 403 for any other."""
        given = {key: value for key, value in (await request.form()).items() if isinstance(value, str)}
        if not same_token(given.pop("token", ""), visitor.session):
            raise HTTPException(403, "stale_form")
        return given

    def words(self, request: Request) -> Words:
        """The vocabulary in the visitor's language."""
        asked = request.cookies.get(_LANGUAGE_COOKIE, LANGUAGES[0])
        return Words(asked if asked in LANGUAGES else LANGUAGES[0], self.catalogue)

    def page(self, request: Request, template: str, visitor: Visitor | None = None, **values: Any) -> HTMLResponse:
        """A page drawn from a template."""
        words = self.words(request)
        status: int = values.pop("status", 200)
        text = self._templates.get_template(template).render(t=words, visitor=visitor, path=request.url.path, **values)
        return HTMLResponse(text, status_code=status)

    def error(self, request: Request, status: int, key: str, detail: str = "") -> HTMLResponse:
        """A page that says what went wrong, without a word about how the program is made."""
        return self.page(request, "error.html", key=key, detail=detail, status=status)


def language_cookie(response: HTMLResponse | Any, language: str) -> None:
    """Remember the language."""
    response.set_cookie(_LANGUAGE_COOKIE, language, max_age=31536000, samesite="strict", httponly=True)


def _moment(value: datetime | None) -> str:
    return value.astimezone(BAKU).strftime("%d.%m.%Y %H:%M") if value else ""


def _day(value: date | None) -> str:
    return value.strftime("%d.%m.%Y") if value else ""
