"""A case as its page shows it: pages with boxes, documents with editable fields, findings in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from intake.casework.desk import CaseFile
from intake.desk.texts import Words
from intake.desk.values import Editor, editors
from models.document import NONE, Document, Field
from models.geometry import Box

#: Pages of other people's messages given a type so surely were all of that type (docs/benchmarks.md).
_SURE_OF_TYPE = 0.95


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field with its name, its editor and where it stands; ``place`` is the id of its box on a page.

    ``doubtful``: the clerk should look at it.
    """

    editor: Editor
    name: str
    field: Field
    place: str
    doubtful: bool
    columns: tuple[tuple[str, str], ...] = ()

    @property
    def denied(self) -> bool:
        return self.field.value == NONE

    @property
    def shown(self) -> str:
        """The value as text for an input."""
        value = self.field.value
        if value is None or value == NONE:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, list):
            return ", ".join(str(each) for each in value)
        return str(value)

    @property
    def rows(self) -> list[dict[str, Any]]:
        value = self.field.value
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        return [*rows, {}]


@dataclass(frozen=True, slots=True)
class DocumentView:
    index: int
    document: Document
    name: str
    fields: tuple[FieldView, ...]
    doubtful: bool


@dataclass(frozen=True, slots=True)
class PageView:
    """A page's picture and the boxes drawn over it, in thousandths of its width and height."""

    file: str
    page: int
    url: str
    boxes: tuple[tuple[str, float, float, float, float, bool], ...]


@dataclass(frozen=True, slots=True)
class CaseView:
    documents: tuple[DocumentView, ...]
    pages: tuple[PageView, ...]
    types: tuple[tuple[str, str], ...]


def case_view(found: CaseFile, words: Words, certain: float) -> CaseView:
    """The view of a case in one language; a value less likely right than ``certain`` is doubtful."""
    documents = tuple(_document(index, each, words, certain) for index, each in enumerate(found.submission.documents))
    places = dict.fromkeys((place.file, place.page) for each in documents for place in each.document.pages)
    pages = tuple(_page(found.case.reference, file, page, documents) for file, page in places)
    return CaseView(documents, pages, _types(words))


def _document(index: int, document: Document, words: Words, certain: float) -> DocumentView:
    fields = tuple(
        FieldView(
            editor,
            words.field(editor.key, document.type),
            field,
            f"box-{index}-{editor.key}",
            field.chance < certain,
            tuple((column, words.field(column, document.type, editor.key)) for column in editor.columns),
        )
        for editor in editors(document, words.catalogue)
        for field in (document.fields.get(editor.key, Field(None)),)
    )
    name = words.document(document.type, document.subtype)
    return DocumentView(index, document, name, fields, document.confidence < _SURE_OF_TYPE)


def _page(reference: str, file: str, page: int, documents: tuple[DocumentView, ...]) -> PageView:
    here = [
        (view.place, *_thousandths(view.field.box), view.doubtful)
        for document in documents
        for view in document.fields
        if view.field.box and (view.field.file, view.field.page) == (file, page)
    ]
    url = f"/cases/{reference}/page.png?" + urlencode({"file": file, "page": page})
    return PageView(file, page, url, tuple(here))


def _thousandths(box: Box) -> tuple[float, float, float, float]:
    return tuple(round(1000 * edge, 1) for edge in (box.x0, box.y0, box.width, box.height))  # type: ignore[return-value]


def _types(words: Words) -> tuple[tuple[str, str], ...]:
    """Every document type and subtype with its name, for choosing."""
    found = []
    for key, kind in words.catalogue.document_types.items():
        found.append((key, words.document(key)))
        found += [(f"{key}/{each.key}", words.document(key, each.key)) for each in kind.subtypes]
    return tuple(sorted(found, key=lambda each: each[1]))
