"""Rows of print that an engine lost: read again where a question must stand that nobody found.

Engines drop whole rows beside dotted lines or shading. Read alone, such a stretch of a sheet comes out well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.forms.building import form_page
from extractors.forms.labels import is_labelled
from extractors.forms.pages import FormPage
from extractors.forms.sequence import Gap, gaps
from extractors.shapes import ReadSheet, RegionReader
from models.catalogue import FormDescription
from models.geometry import Box
from models.sheet import Line, MarkKind, Source

_LEFT, _RIGHT = 0.02, 0.985
_TALLEST = 0.35  # of a sheet: what is lost in more is no row
_MOST = 3  # stretches of one sheet that are read again


def reread(page: FormPage, form: FormDescription, reader: RegionReader) -> FormPage:
    """A sheet read again where questions are missing between others, as far as that shows the questions."""
    if page.read.grey is None or page.read.sheet.source is not Source.OCR or is_labelled(form):
        return page
    for box in _stretches(page, form)[:_MOST]:
        again = _with_lines(page.read, box, reader.read(page.read, box))
        better = form_page(again, form, closely=True)
        if len(better.questions) > len(page.questions) and set(page.questions) <= set(better.questions):
            page = better
    return page


def _stretches(page: FormPage, form: FormDescription) -> list[Box]:
    """Where questions are missing between two that are there, from the first row of the one to that of the other."""
    found = [gap for gap in gaps(page.text, page.hits, form) if _is_between(gap, page)]
    height = page.text.height
    heights = dict.fromkeys((gap.top, gap.bottom) for gap in found)
    boxes = [Box(_LEFT, top - 0.8 * height, _RIGHT, bottom - 0.7 * height) for top, bottom in heights]
    stamps = [mark.box for mark in page.read.sheet.marked(MarkKind.STAMP)]  # their words would come back with the row
    clear = [box for box in boxes if not any(box.intersection(stamp) for stamp in stamps)]
    return [box for box in clear if 2 * height < box.height < _TALLEST]


def _is_between(gap: Gap, page: FormPage) -> bool:
    """Whether a gap has questions on both sides and no table in it."""
    tops = [page.top(hit) for hit in page.questions.values()]
    heads = [hit.box.y0 for hits in page.headings.values() for hit in hits]
    bounded = any(abs(top - gap.top) < 1e-6 for top in tops) and any(abs(top - gap.bottom) < 1e-6 for top in tops)
    return bounded and not any(gap.top < head < gap.bottom for head in heads)


def _with_lines(read: ReadSheet, box: Box, lines: Sequence[Line]) -> ReadSheet:
    """A sheet with other lines inside a box."""
    kept = [line for line in read.sheet.lines if not box.contains(*line.box.centre)]
    every = sorted([*kept, *lines], key=lambda line: (line.box.y0, line.box.x0))
    return replace(read, sheet=replace(read.sheet, lines=tuple(every)))
