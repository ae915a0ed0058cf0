"""Documents found in a submission, their types and the fields read from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from models.geometry import Box
from models.sheet import Language, Source

UNKNOWN = "unknown"
BLANK = "blank"
NONE = "none"  # the value of an answer that wholly denies (yox, yoxdur, xeyr, -, ...)

Value = str | bool | int | float | list[Any] | dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Field:
    """One value and where it stands (fields.md). ``box`` is in fractions of the page that a viewer shows.

    ``value`` is normalised: ISO dates, E.164 phones, ``"none"`` for a denial, None for an empty answer.
    ``probability`` is calibrated: of the fields given 0.9, nine in ten are right; None where nobody measured the like.
    ``confidence`` is what decisions rest on: the reader's own score, less where the probability is low.
    """

    value: Value
    raw: str = ""
    confidence: float = 0.0
    file: str | None = None
    page: int | None = None
    box: Box | None = None
    source: Source = Source.OCR
    probability: float | None = None

    @property
    def chance(self) -> float:
        """How likely the value is right, as people and programs are told."""
        return self.confidence if self.probability is None else self.probability

    @property
    def answered(self) -> bool:
        return self.value is not None and self.value != "" and self.value != []

    @property
    def text(self) -> str:
        return self.value if isinstance(self.value, str) else ""


@dataclass(frozen=True, slots=True)
class Classification:
    """A document type with its calibrated confidence; ``unknown`` is an honest answer.

    ``evidence`` says in a few words each what spoke for it; ``rivals`` are other types with their confidences.
    """

    type: str = UNKNOWN
    subtype: str | None = None
    confidence: float = 0.0
    evidence: tuple[str, ...] = ()
    rivals: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class PagePlace:
    """A page of a file; ``box`` when the document fills only part of it. ``copy_of`` is the file and page of an earlier
    page that shows the same."""

    file: str
    page: int
    box: Box | None = None
    copy_of: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a submission, in the order its pages belong.

    ``rivals`` are types that a page of it may be, ``unknown`` among them when it may be anything.
    """

    type: str
    pages: tuple[PagePlace, ...]
    subtype: str | None = None
    confidence: float = 0.0
    language: Language = Language.AZ
    legibility: float = 1.0
    quality: str = ""
    fields: Mapping[str, Field] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()

    @property
    def is_blank(self) -> bool:
        return self.type == UNKNOWN and self.subtype == BLANK

    def get(self, key: str) -> Field | None:
        return self.fields.get(key)

    def value(self, key: str) -> Value:
        found = self.fields.get(key)
        return found.value if found else None

    def with_field(self, key: str, value: Field) -> Document:
        """This document with one field replaced, as when a clerk corrects it."""
        return replace(self, fields={**self.fields, key: value})
