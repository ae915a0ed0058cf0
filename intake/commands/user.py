"""``intake user``: desk users and their roles."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from intake import bootstrap
from intake.casework.service import Service
from intake.casework.users import add_user, list_users, set_active
from intake.settings import load_settings
from models.office import Role

app = typer.Typer(no_args_is_help=True, help="Desk users and their roles.", add_completion=False)


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="Name for signing in: a-z, digits, dots, dashes.")],
    role: Annotated[Role, typer.Option(help="What the user may do.")],
    full_name: Annotated[str, typer.Option(help="Name shown in the history.")] = "",
    agency: Annotated[str | None, typer.Option(help="For the role agency: the authority's key.")] = None,
    password_stdin: Annotated[bool, typer.Option(help="Read the password from standard input.")] = False,
) -> None:
    """Add a user; asks for the password."""
    password = (
        sys.stdin.readline().rstrip("\n")
        if password_stdin
        else typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    )
    add_user(_service(), name, password, role, full_name=full_name, agency=agency)
    print(f"{name}: {role.value}")


@app.command("list")
def list_() -> None:
    """List the users."""
    table = Table(box=None)
    for heading in ("name", "full name", "role", "agency", "active"):
        table.add_column(heading)
    for user in list_users(_service()):
        table.add_row(user.name, user.full_name, user.role.value, user.agency or "", "yes" if user.active else "no")
    Console().print(table)


@app.command()
def disable(name: Annotated[str, typer.Argument(help="Whom to keep out.")]) -> None:
    """Keep a user out."""
    set_active(_service(), name, False)
    print(f"{name}: disabled")


@app.command()
def enable(name: Annotated[str, typer.Argument(help="Whom to let in again.")]) -> None:
    """Let a user in again."""
    set_active(_service(), name, True)
    print(f"{name}: enabled")


def _service() -> Service:
    settings = load_settings()
    bootstrap.prepare_database(settings)
    return bootstrap.service(settings)
