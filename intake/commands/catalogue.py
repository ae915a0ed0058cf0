"""``intake catalogue``: what the law asks for, as the program has it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from intake.commands.days import day_of
from models.office import BAKU
from rules.catalogue import FOLDER, Problem, check, describe, listing, load_catalogue
from rules.terms import problem_of_changes


def catalogue(
    key: Annotated[str | None, typer.Argument(help="A procedure; without it all are listed.")] = None,
    on: Annotated[str | None, typer.Option(help="The day (YYYY-MM-DD); default: today.")] = None,
    verify: Annotated[bool, typer.Option("--check", help="Only say whether the catalogue's files are right.")] = False,
    paper: Annotated[bool, typer.Option("--paper", help="What is asked of who applies on paper.")] = False,
    folder: Annotated[Path | None, typer.Option(help="Another catalogue folder.")] = None,
) -> None:
    """List the procedures, or print what one requires on a day, with clauses."""
    problems = check(folder or FOLDER) if verify or folder else []
    if verify and folder is None and (wrong := problem_of_changes()):
        problems.append(Problem("holidays.yaml", 1, "", wrong))
    for problem in problems:
        typer.echo(str(problem), err=True)
    if verify or problems:
        typer.echo("catalogue: " + (f"{len(problems)} problems" if problems else "no problems"))
        raise typer.Exit(1 if problems else 0)
    law = load_catalogue(folder)
    if key is None:
        typer.echo(listing(law))
        return
    if key not in law.procedures:
        raise typer.BadParameter(f"no procedure {key!r}; known: {', '.join(law.procedures)}", param_hint="KEY")
    typer.echo(describe(key, law, day_of(on, "--on") or _today(), "paper" if paper else "email"))


def _today() -> date:
    return datetime.now(BAKU).date()
