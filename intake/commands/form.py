"""``intake form``: the blank form of a procedure."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from intake.forms import write_form
from models.catalogue import Catalogue
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
        raise typer.BadParameter(_why_none(key, law), param_hint="KEY")
    try:
        write_form(description, out)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--out") from None


def _why_none(key: str, law: Catalogue) -> str:
    """Why there is no form to write, and for which keys there is one."""
    known = ", ".join(each.key for each in law.procedures.values() if each.form in law.forms)
    if key in _asked_by_name(law):
        return f"the sources name the form of {key!r} but not its questions; there is a form for {known}"
    if key in law.procedures:
        return f"the sources ask for no form of {key!r}; there is a form for {known}"
    return f"no procedure or form {key!r}; there is a form for {known}"


def _asked_by_name(law: Catalogue) -> set[str]:
    """Forms that procedures ask for and no source prints, and the procedures that ask for them."""
    asked = {
        procedure.key: document
        for procedure in law.procedures.values()
        for need in procedure.requirements
        for document in need.documents
        if document.startswith("application_form") and document not in law.forms
    }
    return {*asked, *asked.values()}
