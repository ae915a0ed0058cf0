"""Days on the command line."""

from __future__ import annotations

from datetime import date

import typer


def day_of(text: str | None, option: str) -> date | None:
    """The day an option names, None when it was not given. Wrong usage for anything but YYYY-MM-DD."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day; write YYYY-MM-DD", param_hint=option) from None
