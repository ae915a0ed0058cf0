"""``intake form``: the blank form of a procedure."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from intake.forms import write_form
from rules.catalogue import load_catalogue


def form(
    key: Annotated[str, typer.Argument(help="A procedure, or the key of a form.")],
    out: Annotated[Path, typer.Option(help="The file to write: .pdf (fillable) or .docx.")],
) -> None:
    """Write the blank form of a procedure, as a fillable PDF or a Word document."""
    law = load_catalogue()
    procedure = law.procedures.get(key)
    description = law.forms.get((procedure.form or "") if procedure else key)
    if description is None:
        with_form = [each.key for each in law.procedures.values() if each.form in law.forms]
        raise typer.BadParameter(f"no form for {key!r}; there is one for {', '.join(with_form)}", param_hint="KEY")
    try:
        write_form(description, out)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--out") from None
    except OSError as error:
        typer.echo(f"intake: {out} cannot be written: {error.strerror}", err=True)
        raise typer.Exit(1) from None
