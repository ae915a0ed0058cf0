"""``intake notice``: what a notice looks like."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from intake.bootstrap import catalogue, office
from intake.notices import preview
from intake.settings import load_settings
from models.case import NoticeKind


def notice(
    kind: Annotated[NoticeKind, typer.Option("--preview", help="The kind of notice to show with example data.")],
    out: Annotated[Path | None, typer.Option(help="Write it here instead: .pdf, .html or .txt.")] = None,
) -> None:
    """Show a notice of a kind with example data, with the office's own templates."""
    shown = preview(kind, catalogue(), office(load_settings()))
    if out is None:
        typer.echo(f"{shown.subject}\n\n{shown.text}")
        return
    contents = {".pdf": shown.pdf, ".html": shown.html.encode(), ".txt": shown.text.encode()}
    if out.suffix.lower() not in contents:
        raise typer.BadParameter(f"a notice is written as {', '.join(contents)}", param_hint="--out")
    out.write_bytes(contents[out.suffix.lower()])
