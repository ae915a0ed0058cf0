"""Forms in two languages: the Russian half of each question is print too, whatever it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from extractors.forms.extents import with_words
from extractors.forms.pages import FormPage
from extractors.forms.printed import Hit
from extractors.forms.tokens import rows_of

_FEWEST = 3  # answered questions with a translation that make a form one in two languages
_CYRILLIC, _LATIN = re.compile("[А-Яа-яЁё]"), re.compile("[A-Za-zƏəĞğİıÖöÜüÇçŞş]")

Runs = dict[str, list[int]]


def translated(pages: Sequence[FormPage]) -> list[FormPage]:
    """The pages, questions with their translation where one stands right behind several of them.

    Answers in Cyrillic letters are none: nothing in other letters follows them.
    """
    runs = [_translations(page) for page in pages]
    answered = sum(_is_answered(page, run[-1]) for page, own in zip(pages, runs, strict=True) for run in own.values())
    if answered < max(_FEWEST, sum(map(len, runs)) / 2):
        return list(pages)
    return [_with(page, own) for page, own in zip(pages, runs, strict=True)]


def _translations(page: FormPage) -> Runs:
    """By question the words right behind it up to the last one of Cyrillic letters before any of others."""
    found = {number: _run(page, hit) for number, hit in page.questions.items()}
    return {number: run for number, run in found.items() if run}


def _run(page: FormPage, hit: Hit) -> list[int]:
    text, last = page.text, hit.tokens[-1]
    behind = [text.tokens[t] for t in text.units[text.unit_of[last]][text.place_in_unit[last] + 1 :]]
    run = list(takewhile(lambda t: t.index not in page.printed and not _LATIN.search(t.text), behind))
    end = max((i for i, t in enumerate(run) if _CYRILLIC.search(t.text)), default=-1)
    return [t.index for t in run[: end + 1]]


def _is_answered(page: FormPage, word: int) -> bool:
    """Whether an answer in other letters stands behind a word, in the cell beside it or in the row below."""
    text, last = page.text, page.text.tokens[word]
    beside = text.cells_beside(last.cell)[:1] if last.cell is not None else []
    below = next((row for row in rows_of(text.tokens) if row[0].box.y0 > last.box.centre[1]), [])
    near = [t for t in text.tokens if t.cell in beside] + [text.following(word) or last, *below]
    return any(t.index not in page.printed and _LATIN.search(t.text) for t in near)


def _with(page: FormPage, runs: Runs) -> FormPage:
    """The page whose questions reach as far as their translations."""
    own = {id(hit): runs[number] for number, hit in page.questions.items() if number in runs}
    return replace(page, hits=tuple(with_words(page.text, hit, own.get(id(hit), [])) for hit in page.hits))
