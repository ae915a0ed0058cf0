"""From a read sheet to a page of a form: which printed texts stand on it, and which headings its tables have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.forms.aligning import find_printed
from extractors.forms.extents import completed
from extractors.forms.headings import completed as completed_headings
from extractors.forms.labels import is_labelled, label_ends, labels_on
from extractors.forms.pages import FormPage
from extractors.forms.printed import FormKey, Hit, Printed, PrintedKind, printed_texts, spellings
from extractors.forms.sequence import closer_look, in_sequence
from extractors.forms.tokens import Token, page_text, rows_of
from extractors.forms.translations import translated
from extractors.shapes import ReadSheet
from models import azerbaijani as az
from models.catalogue import FormDescription, Question
from models.sheet import Source

_ALIGNED = 0.008  # how far the beginnings of answers in one column differ, as a share of the sheet's width
_PLAIN = 0.9  # coverage of a text that cannot be mistaken
_CLOSE = 2.0  # word heights between the words of one sentence
_REPEATED = 3  # answers that begin with the same word, so that it is print
_STROKE = re.compile(r"[IİılL|!\[\]]")  # what engines make of a rule
_STEM = 4  # letters by which "Sual" and "SUALLAR" are one title
_NUMBER_SIGN = frozenset({"", "n", "no"})  # what heads a column of numbers
_DAMAGED = 3  # letters of a damaged number
_TABLE = 3  # headings side by side that show a table whose question is not on the sheet
_HEAD_ROW = 6.0  # word heights within which the headings of one table begin
_STRONG, _SURE = 1.3, 4.0  # hits of less score yield to the column headings of a table, out of order or anywhere


def form_pages(sheets: Sequence[ReadSheet], form: FormDescription) -> list[FormPage]:
    """Every sheet with its printed texts, in the order given; a section goes on from one sheet to the next."""
    pages: list[FormPage] = []
    section = ""
    for sheet in sheets:
        pages.append(form_page(sheet, form, section, closely=True))
        section = pages[-1].last_section(form) or section
    return translated(pages)


def form_page(read: ReadSheet, form: FormDescription, section: str = "", *, closely: bool = False) -> FormPage:
    """The printed texts of a form on a sheet, those that stand where they can not belong left out.

    ``section`` is the one that the sheet begins in, for forms that have sections. A sheet known to be one of the form
    is looked at ``closely``: lost questions are sought where they must stand.
    """
    text = page_text(read.sheet, label_ends(form))
    places = {question.number: i for i, question in enumerate(form.questions)}
    texts = printed_texts(FormKey(form))
    if is_labelled(form):
        found = find_printed(text, [t for t in texts if t.kind is not PrintedKind.QUESTION])
        found += labels_on(text, form, section, (t for hit in found for t in hit.tokens))
    else:
        found = find_printed(text, texts)
    page = FormPage(read, text, tuple(found), places=places)
    page = replace(page, hits=tuple(hit for hit in page.hits if _in_place(hit, page)))
    if not is_labelled(form):
        ordered = in_sequence(text, page.hits, form)
        found = closer_look(text, ordered, form, _heads(page, form)) if closely else ordered
        page = replace(page, hits=tuple(found))
    for question in form.questions:
        if question.columns:
            page = _with_headings(page, question) if question.number in page.questions else _with_table(page, question)
    page = _without_column_titles(page, form)
    return page if is_labelled(form) else _without_lead_ins(replace(page, hits=tuple(completed(text, page.hits))))


def _without_lead_ins(page: FormPage) -> FormPage:
    """The page without what stands before each of its answers: a word with a colon ("Cavab:"), a rule between the
    columns that an engine took for a letter, a question's damaged number."""
    areas = [page.area_of(hit) for hit in page.questions.values()]
    rows = [rows_of(area.tokens)[0] for area in areas if area.tokens]
    words = [row[0] for row in rows if row[0].text.endswith(":")]
    strokes = [
        row[0] for row in rows if len(row) > 1 and _STROKE.fullmatch(row[0].text) and row[0].source is Source.OCR
    ]
    seen = Counter(token.folded for token in words)
    lead_ins = {token.index for token in words if seen[token.folded] >= _REPEATED}
    lead_ins |= {token.index for token in strokes} if len(strokes) >= _REPEATED else set()
    lead_ins |= {token.index for hit in page.questions.values() for token in _beside_number(page, hit)}
    return replace(page, ignored=page.ignored | lead_ins) if lead_ins else page


def _beside_number(page: FormPage, hit: Hit) -> list[Token]:
    """A few letters of a picture that begin the row of a question without a number."""
    first = page.first_row(hit)[0]
    if hit.numbered or not hit.printed.number.isdigit():
        return []
    before = [t for t in page.free if t.box.x1 <= first.box.x0 and page.text.same_row(t, first)]
    return before if sum(len(t.folded) for t in before) <= _DAMAGED and _is_read(before) else []


def _is_read(tokens: Sequence[Token]) -> bool:
    return all(token.source is Source.OCR for token in tokens)


def _without_column_titles(page: FormPage, form: FormDescription) -> FormPage:
    """The page without the rows that tell its columns anew ("SUALLAR", "CAVABLAR")."""
    titles = {az.fold(title)[:_STEM] for title in form.column_titles}
    told = [(row, [t.folded[:_STEM] for t in row if t.folded not in _NUMBER_SIGN]) for row in rows_of(page.free)]
    rows = [row for row, words in told if len(words) > 1 and titles.issuperset(words)]
    return replace(page, ignored=page.ignored | {t.index for row in rows for t in row})


def _heads(page: FormPage, form: FormDescription) -> set[int]:
    """The words of what may be column headings of any table."""
    tables = [question for question in form.questions if question.columns]
    return {t for question in tables for hit in _headings_outside(page, question, set()) for t in hit.tokens}


def _in_place(hit: Hit, page: FormPage) -> bool:
    tops = [page.top(question) for question in page.questions.values() if question.score >= _STRONG]
    top = page.top(hit)
    if hit.kind is PrintedKind.HEADER:
        return _alone(hit, page) and (not tops or top < min(tops))
    if hit.kind in (PrintedKind.SIGNATURE, PrintedKind.DATE, PrintedKind.OFFICE):
        return (not tops or top > max(tops)) and not _is_in_sentence(hit, page)
    if hit.kind is PrintedKind.QUESTION and not hit.numbered and _below_declarations(hit, page):
        return False
    return top < page.office_from


def _below_declarations(hit: Hit, page: FormPage) -> bool:
    """Whether a question stands where only damaged print of the form's end can look like it."""
    return any(
        other.kind is PrintedKind.DECLARATION and other.coverage >= _PLAIN and page.top(other) < page.top(hit)
        for other in page.hits
    )


def _alone(hit: Hit, page: FormPage) -> bool:
    """Whether no other word stands close beside a printed text in its rows."""
    own = set(hit.tokens)
    after, last = page.text.following(hit.tokens[-1]), page.text.tokens[hit.tokens[-1]]
    close_after = (
        after and after.index not in own and page.text.same_row(last, after) and page.text.gap(last, after) < _CLOSE
    )
    return not _goes_on(hit, page) and not close_after


def _goes_on(hit: Hit, page: FormPage) -> bool:
    """Whether another word stands close before a printed text in its row."""
    before, first = page.text.previous(hit.tokens[0]), page.text.tokens[hit.tokens[0]]
    return before is not None and page.text.same_row(before, first) and page.text.gap(before, first) < _CLOSE


def _is_in_sentence(hit: Hit, page: FormPage) -> bool:
    """Whether a label of one word stands among others ("ixtisasım: tarix müəllimi")."""
    return len(hit.tokens) == 1 and _goes_on(hit, page)


def _with_headings(page: FormPage, question: Question) -> FormPage:
    """The page with the column headings under a table question that it shows."""
    hit = page.questions[question.number]
    strong = {t for other in page.hits if other is hit or not page.may_be_heading(other, hit) for t in other.tokens}
    return headings_between(page, question, *page.window(hit), strong)


def _with_table(page: FormPage, question: Question) -> FormPage:
    """The page with the headings of a table whose question stands on another sheet: several, side by side in order."""
    known = {t for hits in page.headings.values() for h in hits for t in h.tokens}
    sure = {t for hit in page.hits if hit.score >= _SURE for t in hit.tokens}
    found = _headings_outside(page, question, sure | known)
    order = {column.key: i for i, column in enumerate(question.columns)}
    columns = sorted((hit for hit in found if hit.key in order), key=lambda hit: hit.box.x0)
    if len(columns) < max(_TABLE, len(order) - 2) or [c.key for c in columns] != sorted(
        (c.key for c in columns), key=order.__getitem__
    ):
        return page
    tops = [page.top(hit) for hit in columns]
    level = max(tops) - min(tops) < _HEAD_ROW * page.text.height
    beside = all(left.box.x1 <= right.box.x0 + _ALIGNED for left, right in pairwise(columns))
    return _headed(page, question, found) if level and beside else page


def _headings_outside(page: FormPage, question: Question, outside: set[int]) -> list[Hit]:
    """The headings of a table's columns and groups of columns, wherever they stand but in some words."""
    texts = [Printed(PrintedKind.HEADING, c.key, spellings(c.headings)) for c in question.columns]
    groups = dict.fromkeys(name for column in question.columns for name in column.group)
    texts += [Printed(PrintedKind.HEADING, f"({name})", spellings([name])) for name in groups]
    return find_printed(page.text, texts, outside)


def headings_between(page: FormPage, question: Question, top: float, bottom: float, used: set[int]) -> FormPage:
    """The page with a table's headings found between two heights."""
    known = {t for hits in page.headings.values() for h in hits for t in h.tokens}
    outside = {t.index for t in page.text.tokens if not top < t.box.centre[1] < bottom} | used | known
    found = completed_headings(page.text, question, _headings_outside(page, question, outside), top, bottom, outside)
    alone = {t.index for t in page.free if t.index not in outside} <= {t for h in found for t in h.tokens}
    if not found or (not alone and (sum(h.score for h in found) < 1.5 or len(found) < 2)):
        return page
    return _headed(page, question, found)


def _headed(page: FormPage, question: Question, found: Sequence[Hit]) -> FormPage:
    """The page with the headings of a table; short questions that are such headings yield."""
    taken = {t for hits in (*page.headings.values(), found) for h in hits for t in h.tokens}
    clashing = [h for h in page.hits if not taken.isdisjoint(h.tokens)]
    kept = [h for h in page.hits if h not in clashing]
    again = find_printed(page.text, [h.printed for h in clashing], taken | {t for h in kept for t in h.tokens})
    return replace(page, hits=(*kept, *again), headings={**page.headings, question.number: tuple(found)})
