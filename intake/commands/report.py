"""``intake report``: the supervision report."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from openpyxl import Workbook
from rich.console import Console
from rich.table import Table

from intake import bootstrap
from intake.casework.supervision import report as figures_of
from intake.casework.supervision import rows
from intake.settings import load_settings

_HEADINGS = ("figure", "of", "value")


def report(
    since: Annotated[str, typer.Option("--from", help="First day of arrival, YYYY-MM-DD.")],
    until: Annotated[str, typer.Option("--to", help="Last day of arrival, YYYY-MM-DD.")],
    csv_file: Annotated[Path | None, typer.Option("--csv", help="Also write the figures as CSV.")] = None,
    xlsx_file: Annotated[Path | None, typer.Option("--xlsx", help="Also write the figures as XLSX.")] = None,
) -> None:
    """Print the figures of a span of days: volumes, times, shares, what is late."""
    first, last = _day(since, "--from"), _day(until, "--to")
    if last < first:
        raise typer.BadParameter("the last day is before the first", param_hint="--to")
    settings = load_settings()
    bootstrap.prepare_database(settings)
    lines = rows(figures_of(bootstrap.service(settings), first, last))
    _print(lines)
    if csv_file:
        with csv_file.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([_HEADINGS, *lines])
    if xlsx_file:
        _write_xlsx(xlsx_file, lines)


def _day(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day; write YYYY-MM-DD", param_hint=option) from None


def _print(lines: list[tuple[str, str, str]]) -> None:
    table = Table(box=None)
    for heading in _HEADINGS:
        table.add_column(heading, overflow="fold")
    for line in lines:
        table.add_row(*line)
    Console().print(table)


def _write_xlsx(path: Path, lines: list[tuple[str, str, str]]) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(_HEADINGS)
    for figure, of, value in lines:
        sheet.append((figure, of, float(value) if value.replace(".", "", 1).isdigit() else value))
    book.save(path)
