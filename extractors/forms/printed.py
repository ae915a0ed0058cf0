"""The printed texts of a form, each in all its wordings, and what it is when it was found on a sheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from extractors.values import squeeze
from models import azerbaijani as az
from models.catalogue import AnswerLayout, FormDescription, Question
from models.geometry import Box

_ALIKE_ANYWHERE = 0.75  # words less alike than this are not the same where their order does not help
_FULL_LENGTH = 7  # letters from which a word counts fully

Floats = NDArray[np.float64]


class PrintedKind(StrEnum):
    """What a printed text is."""

    QUESTION = "question"
    HEADING = "heading"  # of a table's column
    SECTION = "section"
    ENTRY = "entry"  # label of a list's record, where its records are no rows of a table
    HEADER = "header"  # title, addressee, photo label, column titles
    REQUEST = "request"
    DECLARATION = "declaration"
    SIGNATURE = "signature"
    DATE = "date"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Printed:
    """A text to be looked for: all its wordings."""

    kind: PrintedKind
    key: str
    wordings: tuple[tuple[str, ...], ...]  # words as printed
    number: str = ""
    least: float = 0.0  # share that must be found, where it is not the usual one


@dataclass(frozen=True, slots=True)
class Hit:
    """A printed text found on a sheet. ``coverage`` is the share of its best wording that was found."""

    printed: Printed
    tokens: tuple[int, ...]  # in reading order
    score: float
    coverage: float
    box: Box
    numbered: bool = False
    wording: tuple[str, ...] = ()
    begins_at: int = 0  # words of ``wording`` before the first one found
    ends_at: int = 0  # and up to the last one found

    @property
    def key(self) -> str:
        return self.printed.key

    @property
    def kind(self) -> PrintedKind:
        return self.printed.kind


@lru_cache(maxsize=64)
def printed_texts(form: FormKey) -> tuple[Printed, ...]:
    """Every text that is printed on a form, column headings left out (they are looked for under their question)."""
    described = form.form
    kinds: tuple[tuple[PrintedKind, Iterable[str]], ...] = (
        (PrintedKind.HEADER, (*described.titles, *described.addressees, *described.photo_labels)),
        (PrintedKind.HEADER, described.column_titles),
        (PrintedKind.SIGNATURE, described.signature_labels),
        (PrintedKind.DATE, described.date_labels),
        (PrintedKind.OFFICE, described.office_headings),
        (PrintedKind.DECLARATION, described.declarations),
    )
    texts = [Printed(kind, text, spellings([text])) for kind, group in kinds for text in group]
    texts += [
        Printed(PrintedKind.DECLARATION, q.wordings[0], tuple(map(words_of, q.wordings)), q.number)
        for q in described.questions
        if q.layout is AnswerLayout.PRINTED and not set(q.wordings) & set(described.declarations)
    ]
    texts.append(Printed(PrintedKind.REQUEST, "request", tuple(words_of(text) for text in described.requests)))
    asked = (question_text(q) for q in described.questions if q.layout is not AnswerLayout.PRINTED)
    return (*asked, *texts)


def question_text(question: Question) -> Printed:
    """A question as a text to be looked for."""
    return Printed(PrintedKind.QUESTION, question.number, spellings(question.wordings), question.number)


@dataclass(frozen=True)
class FormKey:
    """A form description that can be a cache's key: it is told apart by its identity."""

    form: FormDescription

    def __hash__(self) -> int:
        return id(self.form)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FormKey) and self.form is other.form


@lru_cache(maxsize=8192)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a printed text, those without letters or digits left out."""
    return tuple(word for word in squeeze(text).split() if az.fold(word))


def spellings(texts: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The words of each wording; short ones also as one word, since engines lose the blank between two words, and with
    a blank behind a stroke, where a row may end ("Rayon/ Mikrorayon")."""
    told = list(texts)
    worded = [words_of(text) for text in (*told, *(text.replace("/", "/ ") for text in told if "/" in text))]
    joined = [("".join(words),) for words in worded if 2 <= len(words) <= 3 and len("".join(words)) >= 6]
    return (*worded, *joined)


def share_of_words(text: str, folded: Iterable[str]) -> float:
    """The share of a printed text whose words are among others, whatever their order."""
    wording, others = words_of(text), list(folded)
    if not others:
        return 0.0
    weights = weights_of(wording)
    alike = cdist([letters_of(word) for word in wording], others, scorer=Indel.normalized_similarity).max(axis=1)
    return float((weights * (alike >= _ALIKE_ANYWHERE)).sum() / weights.sum())


@lru_cache(maxsize=8192)
def weights_of(wording: tuple[str, ...]) -> Floats:
    """How much each word of a wording says: long ones more."""
    return np.array([min(1.0, max(0.15, len(letters_of(word)) / _FULL_LENGTH)) for word in wording])


@lru_cache(maxsize=8192)
def letters_of(word: str) -> str:
    """A printed word folded, without blanks."""
    return "".join(az.fold(word).split())
