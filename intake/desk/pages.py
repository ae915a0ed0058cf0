"""The pages: each translates a request, calls one case action and answers."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from extractors.values import Precision, parse_date
from intake.casework import amend, desk, examination, issue
from intake.casework.users import sign_in
from intake.desk.case_view import case_view
from intake.desk.sessions import COOKIE
from intake.desk.texts import LANGUAGES
from intake.desk.values import WrongValue, editors, parsed
from intake.desk.views import Desk, Visitor, language_cookie
from intake.ports import NotFound, Rejected
from models.case import DecisionValue
from models.document import Document
from models.office import CaseState
from rules.examination import load_examination

router = APIRouter()
_SEE_OTHER = 303
_LISTS: dict[str, tuple[CaseState, ...]] = {state.value: (state,) for state in CaseState}
_LISTS |= {"attention": (), "all": ()}


def _desk(request: Request) -> Desk:
    found: Desk = request.app.state.desk
    return found


def _signed_in(request: Request) -> Visitor:
    return _desk(request).visitor(request)


def _visitor(request: Request) -> Visitor:
    visitor = _signed_in(request)
    visitor.must("see")
    return visitor


Signed = Annotated[Visitor, Depends(_visitor)]  # the office's own people
Guest = Annotated[Visitor, Depends(_signed_in)]  # agencies too: whoever takes one looks at what an agency may see


# --- signing in ------------------------------------------------------------------------------------------------------


@router.get("/sign-in")
def sign_in_page(request: Request) -> HTMLResponse:
    return _desk(request).page(request, "sign_in.html", failed=False)


@router.post("/sign-in")
async def do_sign_in(request: Request) -> Response:
    given = await request.form()
    name, password = str(given.get("name", "")), str(given.get("password", ""))
    user = sign_in(_desk(request).service, name.strip().lower()[:80], password[:500])
    if user is None:
        return _desk(request).page(request, "sign_in.html", failed=True, status=403)
    answer = RedirectResponse("/", _SEE_OTHER)
    sessions = _desk(request).sessions
    secure = request.url.scheme == "https"
    answer.set_cookie(
        COOKIE, sessions.cookie(user.name), max_age=sessions.seconds, httponly=True, samesite="strict", secure=secure
    )
    return answer


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    visitor = _desk(request).visitor(request)
    await _desk(request).form(request, visitor)
    answer = RedirectResponse("/sign-in", _SEE_OTHER)
    answer.delete_cookie(COOKIE)
    return answer


@router.post("/language")
async def language(request: Request) -> Response:
    now = _desk(request).words(request).language
    answer = RedirectResponse(_page_before(request), _SEE_OTHER)
    language_cookie(answer, next(each for each in LANGUAGES if each != now))
    return answer


def _page_before(request: Request) -> str:
    """The path of our own page that a form was sent from."""
    before = urlsplit(request.headers.get("referer", ""))
    ours = before.netloc == request.url.netloc and before.path.startswith("/") and not before.path.startswith("//")
    return (f"{before.path}?{before.query}" if before.query else before.path) if ours else "/"


# --- looking ---------------------------------------------------------------------------------------------------------


@router.get("/")
def work_list(request: Request, visitor: Guest, show: str = "review") -> HTMLResponse:
    service = _desk(request).service
    if visitor.agency is not None:
        asked = desk.agency_list(service, visitor.agency)
        return _desk(request).page(request, "agency.html", visitor, cases=asked)
    visitor.must("see")
    chosen = show if show in _LISTS else "review"
    cases = desk.attention_list(service) if chosen == "attention" else desk.work_list(service, _LISTS[chosen])
    assessments = desk.assessments(service, cases)
    counts = desk.counts(service)
    attention = len(desk.attention_list(service))
    return _desk(request).page(
        request,
        "list.html",
        visitor,
        cases=cases,
        assessments=assessments,
        counts=counts,
        attention=attention,
        show=chosen,
        states=CaseState,
    )


@router.get("/cases/{reference}")
def case(request: Request, visitor: Guest, reference: str) -> HTMLResponse:
    service = _desk(request).service
    found = _shown_to(visitor, desk.case_file(service, reference))
    return _desk(request).page(
        request,
        "case.html",
        visitor,
        view=case_view(found, _desk(request).words(request), service.practice.certain),
        file=found,
        preview=desk.preview(service, found) if visitor.may("see") else None,
        decisions=_choices(),
        steps=examination.open_steps(service, found.case),
        terms=examination.terms_of(service, found.case, found.registered_at, found.opinions),
        examined=(examined := found.case.state in load_examination().states),
        amendable=visitor.may("amend") and not examined,
        decidable=visitor.may("decide") and found.case.state in amend.OPEN_TO_CLERKS,
        failed="",
    )


@router.get("/cases/{reference}/page.png")
def page_picture(request: Request, visitor: Guest, reference: str, file: str, page: int) -> Response:
    service = _desk(request).service
    picture = desk.page_png(service, _shown_to(visitor, desk.case_file(service, reference)), file, page)
    return Response(picture, media_type="image/png", headers={"Cache-Control": "private, max-age=3600"})


@router.get("/cases/{reference}/letters/{notice}.pdf")
def letter_pdf(request: Request, visitor: Signed, reference: str, notice: int) -> Response:  # noqa: ARG001
    service = _desk(request).service
    letter = desk.letter(service, desk.case_file(service, reference), notice)
    return Response(letter.pdf, media_type="application/pdf", headers={"Content-Disposition": "inline"})


@router.get("/cases/{reference}/notice.pdf")
def notice_pdf(request: Request, visitor: Signed, reference: str) -> Response:  # noqa: ARG001
    service = _desk(request).service
    notice = desk.preview(service, desk.case_file(service, reference))
    if notice is None:
        raise NotFound("the decision has no notice")
    return Response(notice.pdf, media_type="application/pdf", headers={"Content-Disposition": "inline"})


# --- acting ----------------------------------------------------------------------------------------------------------


@router.post("/cases/{reference}/field")
async def set_field(request: Request, visitor: Signed, reference: str) -> Response:
    visitor.must("amend")
    form = await _desk(request).form(request, visitor)
    found = desk.case_file(_desk(request).service, reference)
    index = _number(form, "document")
    document = _item(found.submission.documents, index)
    editor = next((e for e in editors(document, _desk(request).catalogue) if e.key == form.get("key")), None)
    if editor is None:
        raise Rejected("there is no such field")
    correction: amend.Correction
    if form.get("as_read"):
        correction = amend.ConfirmFields(index, (editor.key,))
    else:
        try:
            correction = amend.SetField(index, editor.key, parsed(editor, form))
        except WrongValue:
            raise Rejected("the value does not fit the field") from None
    return _amended(request, visitor, reference, correction, _number(form, "version"))


@router.post("/cases/{reference}/type")
async def set_type(request: Request, visitor: Signed, reference: str) -> Response:
    visitor.must("amend")
    form = await _desk(request).form(request, visitor)
    type_, _, subtype = form.get("type", "").partition("/")
    if type_ not in _desk(request).catalogue.document_types:
        raise Rejected("there is no such document type")
    correction = amend.SetType(_number(form, "document"), type_, subtype or None)
    return _amended(request, visitor, reference, correction, _number(form, "version"))


@router.post("/cases/{reference}/confirm")
async def confirm(request: Request, visitor: Signed, reference: str) -> Response:
    visitor.must("amend")
    form = await _desk(request).form(request, visitor)
    correction = amend.ConfirmFields(_number(form, "document"))
    return _amended(request, visitor, reference, correction, _number(form, "version"))


@router.post("/cases/{reference}/issue")
async def issue_notice(request: Request, visitor: Signed, reference: str) -> Response:
    visitor.must("issue")
    form = await _desk(request).form(request, visitor)
    case_id, seen = _case_id(request, reference), _seen_decision(form)
    issue.issue(_desk(request).service, case_id, visitor.user.name, seen_decision=seen)
    return _back(reference, "notice")


@router.post("/cases/{reference}/decide")
async def decide(request: Request, visitor: Signed, reference: str) -> Response:
    visitor.must("decide")
    form = await _desk(request).form(request, visitor)
    if form.get("value") not in _choices():
        raise Rejected("there is no such decision")
    value, reason = DecisionValue(form["value"]), form.get("reason", "")
    case_id, seen = _case_id(request, reference), _seen_decision(form)
    amend.decide(_desk(request).service, case_id, value, visitor.user.name, reason, seen_decision=seen)
    return _back(reference, "notice")


@router.post("/cases/{reference}/step")
async def take_step(request: Request, visitor: Signed, reference: str) -> Response:
    visitor.must("decide")
    form = await _desk(request).form(request, visitor)
    if form.get("state") not in {state.value for state in load_examination().states}:
        raise Rejected("there is no such step")
    order = None
    if given := form.get("order_date", "").strip():
        day, precision = parse_date(given)
        if day is None or precision is not Precision.DAY:
            raise Rejected("the value does not fit the field")
        order = examination.Order(date.fromisoformat(day), form.get("order_number", "").strip()[:100] or None)
    state, service = CaseState(form["state"]), _desk(request).service
    examination.advance(service, _case_id(request, reference), state, visitor.user.name, order=order)
    return _back(reference, "examination")


@router.post("/cases/{reference}/opinion")
async def give_opinion(request: Request, visitor: Guest, reference: str) -> Response:
    visitor.must("opine")
    form = await _desk(request).form(request, visitor)
    found = _shown_to(visitor, desk.case_file(_desk(request).service, reference))
    if form.get("favourable") not in ("true", "false"):
        raise Rejected("the value does not fit the field")
    examination.give_opinion(
        _desk(request).service,
        found.case.id,
        visitor.agency or form.get("agency", ""),
        visitor.user.name,
        favourable=form["favourable"] == "true",
        text=form.get("text", "")[:5000],
    )
    return _back(reference, "examination")


@router.post("/cases/{reference}/close")
async def close(request: Request, visitor: Signed, reference: str) -> Response:
    visitor.must("decide")
    form = await _desk(request).form(request, visitor)
    amend.close(_desk(request).service, _case_id(request, reference), visitor.user.name, form.get("reason", ""))
    return _back(reference, "history")


@router.post("/cases/{reference}/note")
async def note(request: Request, visitor: Signed, reference: str) -> Response:
    form = await _desk(request).form(request, visitor)
    if text := form.get("text", "").strip():
        amend.note(_desk(request).service, _case_id(request, reference), visitor.user.name, text[:2000])
    return _back(reference, "history")


@router.post("/cases/{reference}/seen")
async def seen(request: Request, visitor: Signed, reference: str) -> Response:
    await _desk(request).form(request, visitor)
    amend.seen(_desk(request).service, _case_id(request, reference), visitor.user.name)
    return _back(reference, "history")


@router.post("/cases/{reference}/send-again")
async def send_again(request: Request, visitor: Signed, reference: str) -> Response:
    visitor.must("issue")
    form = await _desk(request).form(request, visitor)
    found = desk.case_file(_desk(request).service, reference)
    chosen = _number(form, "notice")
    if chosen not in {notice.id for notice in found.notices}:
        raise Rejected("the case has no such notice")
    issue.send_again(_desk(request).service, chosen, visitor.user.name)
    return _back(reference, "notice")


def _amended(
    request: Request, visitor: Visitor, reference: str, correction: amend.Correction, version: int
) -> Response:
    service, case_id = _desk(request).service, _case_id(request, reference)
    amend.amend(service, case_id, [correction], visitor.user.name, seen_version=version)
    return _back(reference, f"document-{correction.document}" if hasattr(correction, "document") else "")


def _shown_to(visitor: Visitor, found: desk.CaseFile) -> desk.CaseFile:
    """The case file if its visitor may look at it; for an agency, cases that were not sent to it do not exist."""
    if visitor.agency is not None and visitor.agency not in {each.agency for each in found.opinions}:
        raise NotFound("there is no such case")
    return found


def _case_id(request: Request, reference: str) -> int:
    return desk.case_file(_desk(request).service, reference).case.id


def _choices() -> list[str]:
    return [each.value for each in DecisionValue if each not in (DecisionValue.REVIEW, DecisionValue.IGNORED)]


def _seen_decision(form: dict[str, str]) -> int | None:
    """The decision that the page showed from which a form came."""
    return _number(form, "decision") if "decision" in form else None


def _number(form: dict[str, str], key: str) -> int:
    try:
        return int(form.get(key, ""))
    except ValueError:
        raise Rejected("the form is not whole") from None


def _item(items: tuple[Document, ...], index: int) -> Document:
    if not 0 <= index < len(items):
        raise Rejected("there is no such document")
    return items[index]


def _back(reference: str, anchor: str) -> RedirectResponse:
    return RedirectResponse(f"/cases/{reference}#{anchor}", _SEE_OTHER)
