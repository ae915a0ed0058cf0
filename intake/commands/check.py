"""``intake check``: says of each part whether it works, and what to do where it does not."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator

import typer
from jinja2 import TemplateError
from rich.console import Console
from rich.table import Table

from extractors.engines import EngineUnavailable
from extractors.engines.tesseract import installed_languages, tesseract
from intake import bootstrap
from intake.notices import preview
from intake.ports import PortError, Unavailable
from intake.queue import EmbeddedValkey
from intake.settings import Settings, load_settings
from models.case import NoticeKind

_LANGUAGES = {"aze", "eng", "rus", "tur"}


def check() -> None:
    """Try every part; exit 1 if a needed one does not work. Then show the effective settings, without secrets."""
    settings = load_settings()
    results = list(_results(settings))
    table = Table(box=None)
    for heading in ("part", "works", "", "what to do"):
        table.add_column(heading, overflow="fold")
    for name, works, about, advice in results:
        table.add_row(name, "yes" if works else "NO", about, advice)
    console = Console()
    console.print(table)
    console.print()
    for name, value in settings.shown().items():
        console.print(f"INTAKE_{name.upper()}={value}", markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(0 if all(works for _, works, _, _ in results) else 1)


def _results(settings: Settings) -> Iterator[tuple[str, bool, str, str]]:
    parts: dict[str, Callable[[], str]] = {
        "tesseract": _tesseract,
        "antiword": _antiword,
        "catalogue": lambda: f"{len(bootstrap.catalogue().procedures)} procedures",
        "database": lambda: _database(settings),
        "queue": lambda: _queue(settings),
        "object store": lambda: _store(settings),
        "mailbox": lambda: bootstrap.mailbox(settings).probe(),
        "outgoing mail": lambda: bootstrap.postman(settings).probe(),
        "malware scanner": lambda: bootstrap.scanner(settings).probe(),
        "notices": lambda: _notices(settings),
    }
    for name, probe in parts.items():
        try:
            yield name, True, probe(), ""
        except PortError as error:
            yield name, False, str(error), error.advice
        except OSError as error:
            yield name, False, error.strerror or type(error).__name__, "see that INTAKE_DATA can be written"


def _tesseract() -> str:
    missing = sorted(_LANGUAGES - installed_languages())
    if missing:
        packages = " ".join(f"tesseract-ocr-{language}" for language in missing)
        raise Unavailable(f"languages are missing: {', '.join(missing)}", f"apt-get install {packages}")
    try:
        engine = tesseract()
    except EngineUnavailable as error:
        raise Unavailable(str(error), "apt-get install tesseract-ocr") from None
    return f"{engine.name}, {', '.join(sorted(_LANGUAGES))}"


def _antiword() -> str:
    found = shutil.which("antiword")
    if found is None:
        raise Unavailable("no .doc file can be read", "apt-get install antiword")
    return found


def _database(settings: Settings) -> str:
    bootstrap.prepare_database(settings)
    return bootstrap.registry(settings).probe()


def _queue(settings: Settings) -> str:
    valkey: EmbeddedValkey | None = bootstrap.start_queue(settings)
    try:
        return bootstrap.queue(settings).probe()
    finally:
        if valkey is not None:
            valkey.stop()


def _store(settings: Settings) -> str:
    bootstrap.prepare_store(settings)
    return bootstrap.store(settings).probe()


def _notices(settings: Settings) -> str:
    office = bootstrap.office(settings)
    try:
        for kind in NoticeKind:
            preview(kind, bootstrap.catalogue(), office)
    except TemplateError as error:
        raise Unavailable(f"a template is broken: {error}", "mend it in INTAKE_TEMPLATES") from None
    return f"{len(NoticeKind)} kinds, {office.authority.key}"
