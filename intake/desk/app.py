"""The desk as a web application: sign-in, headers, errors; the pages themselves are in ``pages``."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from intake.casework.service import Service
from intake.desk.pages import router
from intake.desk.sessions import Sessions
from intake.desk.texts import all_keys
from intake.desk.views import Desk, SignedOut
from intake.logs import where
from intake.ports import NotFound, Rejected, Unavailable
from models.catalogue import Catalogue

log = logging.getLogger("intake.desk")

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_STATIC = Path(__file__).parent / "static"
Handler = Callable[[Request], Awaitable[Response]]


def create_app(service: Service, catalogue: Catalogue, secret: str) -> FastAPI:
    """The application; ``secret`` signs the session cookies."""
    app = FastAPI(title="Qəbul", docs_url=None, redoc_url=None, openapi_url=None)
    desk = Desk(service, catalogue, Sessions(secret))
    app.state.desk = desk
    app.include_router(router)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")

    @app.middleware("http")
    async def _with_headers(request: Request, proceed: Handler) -> Response:
        try:
            response = await proceed(request)
        except Exception as error:  # noqa: BLE001  (the boundary of a request: neither page nor log shows a traceback)
            log.error("request failed", extra={"method": request.method, "error": where(error)})
            response = desk.error(request, 500, "failed")
        for name, value in _HEADERS.items():
            response.headers[name] = value
        if not request.url.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    @app.exception_handler(SignedOut)
    async def _signed_out(request: Request, error: SignedOut) -> Response:  # noqa: ARG001
        return RedirectResponse("/sign-in", status_code=303)

    for error, status, text in (
        (NotFound, 404, "not_found"),
        (RequestValidationError, 404, "not_found"),
        (Rejected, 409, "rejected"),
        (Unavailable, 503, "unavailable"),
    ):
        app.add_exception_handler(error, _answer(desk, status, text))

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:
        text = str(error.detail)
        return desk.error(request, error.status_code, text if text in all_keys() else "not_found")

    return app


def _answer(desk: Desk, status: int, text: str) -> Callable[[Request, Exception], HTMLResponse]:
    def answer(request: Request, error: Exception) -> HTMLResponse:
        return desk.error(request, status, text, desk.words(request).rejected(str(error)) if status == 409 else "")

    return answer
