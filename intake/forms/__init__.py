"""Blank forms made from their description alone: fillable PDF and Word, laid out like the official print."""

from __future__ import annotations

from pathlib import Path

from intake.forms.acroform import fillable
from intake.forms.paper import draw
from intake.forms.word import word_document
from models.catalogue import FormDescription

__all__ = ["SUFFIXES", "write_form"]

SUFFIXES = (".pdf", ".docx")


def write_form(form: FormDescription, out: Path) -> None:
    """Write the blank form to ``out``; the file's ending chooses PDF or DOCX. ValueError for any other ending."""
    match out.suffix.lower():
        case ".pdf":
            out.write_bytes(fillable(*draw(form), title=form.name or form.titles[0]))
        case ".docx":
            out.write_bytes(word_document(form))
        case other:
            raise ValueError(f"a form is written as {' or '.join(SUFFIXES)}, not {other or 'without an ending'}")
