"""Is a sheet part of a form, and of which one? Evidence for classification and page order."""

from __future__ import annotations

import math
from dataclasses import dataclass

from extractors.forms.building import form_page
from extractors.forms.pages import FormPage
from extractors.forms.printed import PrintedKind
from extractors.shapes import ReadSheet
from models import azerbaijani as az
from models.catalogue import FormDescription
from models.geometry import Box
from models.sheet import Sheet

_ASKING = (PrintedKind.QUESTION, PrintedKind.ENTRY)
_COUNTED = (*_ASKING, PrintedKind.DECLARATION, PrintedKind.OFFICE)
_LONG = 7.0  # the score of a text that no sentence of another paper holds by chance
_LABEL = 0.6  # the score of a signature's label of one word
_WHOLE = 0.9  # coverage of a question that is all there
_FEWEST_SHORT = 5  # short questions without numbers that only a form shows together


@dataclass(frozen=True, slots=True)
class QuestionHit:
    """A question of a form found on a sheet; ``score`` is the share of its text that was found."""

    number: str
    score: float
    box: Box


def questions_on(sheet: Sheet, form: FormDescription) -> tuple[QuestionHit, ...]:
    """The questions of a form that a sheet shows, and the labels of a list's records, from the top down."""
    stops = form_page(ReadSheet(sheet), form).stops
    return tuple(QuestionHit(hit.key, hit.coverage, hit.box) for hit in stops if hit.kind in _ASKING)


def form_score(sheet: Sheet, form: FormDescription) -> float:
    """How well a form explains what is printed on a sheet (0-1), for telling forms and other papers apart.

    The share of the letters that the form's print explains (answers count little against it), scaled by how much of
    the form was seen. A request for something else ("bərpa" instead of "qəbul") or a foreign title lowers it.
    """
    page = form_page(ReadSheet(sheet), form)
    weight = sum(hit.score for hit in page.hits if hit.kind in _COUNTED)
    weight += sum(hit.score for heads in page.headings.values() for hit in heads)
    if weight < 0.5 or _only_a_mention(page):
        return 0.0
    explained = sum(len(page.text.tokens[t].folded) for t in page.printed)
    every = sum(len(t.folded) for t in page.text.tokens)
    share = explained / (explained + 0.5 * max(every - explained, 0) or 1)
    return round((1 - math.exp(-weight / 2.5)) * (0.4 + 0.6 * share) * _request_fit(page, form), 4)


def _only_a_mention(page: FormPage) -> bool:
    """Whether all that a sheet shows are a few short or partial questions without numbers: a certificate "for admission
    to the citizenship of the Republic" speaks in such words, one of obligations in those of the question about them,
    and names, birth date and address are labels of every paper; so is "İmza" alone."""
    told = [hit for hit in page.hits if hit.kind is not PrintedKind.SIGNATURE or hit.score > _LABEL]
    short = all(hit.kind is PrintedKind.QUESTION and not hit.numbered
                and (hit.score < _LONG or hit.coverage < _WHOLE) for hit in told)  # fmt: skip
    return short and not page.headings and len(told) < _FEWEST_SHORT


def _request_fit(page: FormPage, form: FormDescription) -> float:
    """1 where a sheet states the form's own request or none, less where it asks for something else."""
    text = page.text
    begins = [
        i for i, t in enumerate(text.tokens) if t.folded in ("xahis", "xahi") and t.index not in _questions_of(page)
    ]
    if not begins or not form.requests:
        return 1.0
    wanted = [set(az.fold(request).split()) for request in form.requests]
    said = [{t.folded for t in text.tokens[i : i + 14]} for i in begins]
    fit = max(len(words & around) / len(words) for words in wanted for around in said)
    return 0.5 + 0.5 * min(1.0, fit / 0.95) ** 4


def _questions_of(page: FormPage) -> set[int]:
    return {t for hit in page.hits if hit.kind is PrintedKind.QUESTION for t in hit.tokens}
