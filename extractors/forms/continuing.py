"""The sheets of a form in their order: what goes on from one to the next, what each of them repeats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extractors.forms.aligning import find_printed
from extractors.forms.building import headings_between
from extractors.forms.pages import FormPage
from extractors.forms.printed import Hit, Printed, PrintedKind
from extractors.forms.tokens import Token, rows_of
from models import azerbaijani as az
from models.catalogue import FormDescription, Question

_BETTER = 0.3  # share of a question's best score on any sheet below which it stands there, not here
_TAIL = 0.4  # share of a question's rest that is enough at the head of the next sheet


def continued(pages: Sequence[FormPage], form: FormDescription) -> list[FormPage]:
    """Pages in order, each knowing what it goes on with: the rest of a question, the headings of a table."""
    questions = {question.number: question for question in form.questions}
    shown = {number for page in pages for number in (*page.questions, *page.headings)}
    lost = [question for question in form.questions if question.columns and question.number not in shown]
    out = list(pages)
    for i in range(len(out) - 1):
        out[i] = page = _torn(out[i], out[i + 1])
        last = page.stops[-1] if page.stops else None
        if last is not None and last.kind is PrintedKind.QUESTION:
            out[i + 1] = _going_on(out[i + 1], last, questions[last.key], lost)
    return out


def _torn(page: FormPage, after: FormPage) -> FormPage:
    """A page that knows which of its words answer the first question of the next one, where that has no answer."""
    head = after.stops[0] if after.stops else None
    area = after.area(head.key) if head is not None and head.kind is PrintedKind.QUESTION else None
    if head is None or area is None or area.is_answered or after.orphans:
        return page
    below = page.below_last_row or ([] if head.numbered else page.row_numbered(head.printed.number))
    rows = [[t for t in row if t.index != row[0].index or t.folded != head.printed.number] for row in rows_of(below)]
    numbers = {t.index for t in below} - {t.index for row in rows for t in row}
    torn = frozenset(t.index for row in rows for t in row)
    cells = page.cells_below_last_row or tuple(page.beside_number(page.text.tokens[t]) for t in numbers if not torn)
    return replace(page, torn=torn, torn_cells=cells, ignored=page.ignored | numbers)


def _going_on(page: FormPage, head: Hit, question: Question, lost: Sequence[Question]) -> FormPage:
    """A page after one that ended with ``head``; headings at its top may be those of a table whose question is lost."""
    begun = head.wording[: head.ends_at]
    rests = [
        w[head.ends_at :] for w in head.printed.wordings if w[: head.ends_at] == begun and len(w) > head.ends_at + 1
    ]
    if question.number not in page.questions and rests:
        text = Printed(PrintedKind.QUESTION, question.number, tuple(rests), least=_TAIL)
        bottom = page.head_ends(head)
        outside = {t.index for t in page.text.tokens if t.box.centre[1] > bottom} | page.printed
        found = [replace(hit, begins_at=head.ends_at) for hit in find_printed(page.text, [text], outside)]
        page = replace(page, hits=(*page.hits, *found))
    if question.columns and question.number not in page.headings:
        used = {t for hit in page.hits if not page.may_be_heading(hit, head) for t in hit.tokens}
        ways = [(headings_between(page, table, 0.0, page.head_ends(head), used), table) for table in (question, *lost)]
        page, _ = max(ways, key=lambda way: sum(hit.score for hit in way[0].headings.get(way[1].number, ())))
    return page


def in_order(pages: Sequence[FormPage], form: FormDescription) -> list[FormPage]:
    """Sheets in the order of the questions they show; a sheet without any follows its neighbour in the file."""
    place = {question.number: i for i, question in enumerate(form.questions)}
    best = {n: max(page.questions[n].score for page in pages if n in page.questions) for n in place
            if any(n in page.questions for page in pages)}  # fmt: skip

    def rank(page: FormPage) -> float | None:
        numbered = {n: hit for n, hit in page.questions.items() if hit.numbered}
        own = {n: hit for n, hit in (numbered or page.questions).items() if hit.score >= max(1.0, _BETTER * best[n])}
        shown = sorted([*(place[n] for n in own),
                        *(place[n] for n in page.headings if n not in page.questions)])  # fmt: skip
        if shown:
            return shown[len(shown) // 2]
        if any(hit.kind in (PrintedKind.DECLARATION, PrintedKind.SIGNATURE) for hit in page.hits):
            return len(place)
        if any(hit.kind is PrintedKind.REQUEST for hit in page.hits):
            return -1.0
        return len(place) + 1 if page.office_from <= 1 else None

    ranks: list[float] = []
    for i, page in enumerate(pages):
        own = rank(page)
        follows = i > 0 and pages[i - 1].read.sheet.file == page.read.sheet.file
        ranks.append(own if own is not None else ranks[-1] + 0.25 if follows else len(place) + 2)
    return [pages[i] for i in sorted(range(len(pages)), key=lambda i: ranks[i])]


def without_running_text(pages: Sequence[FormPage]) -> list[FormPage]:
    """Pages without the running heads and feet that several of them repeat at the same height."""
    seen = Counter(key for page in pages for key in _edge_rows(page))
    out = []
    for page in pages:
        repeated = {t.index for key, row in _edge_rows(page).items() if seen[key] > 1 for t in row}
        hits = tuple(h for h in page.hits if h.kind is not PrintedKind.HEADER or not repeated.issuperset(h.tokens))
        out.append(replace(page, hits=hits, ignored=page.ignored | repeated) if repeated else page)
    return out


def _edge_rows(page: FormPage) -> dict[tuple[int, str], list[Token]]:
    """The first and the last row of a sheet that is no question, where they stand in its margins, by height and
    letters; a browser prints a form's title there on every page."""
    titles = [page.text.tokens[t] for hit in page.hits if hit.kind is PrintedKind.HEADER for t in hit.tokens]
    rows = rows_of([*page.free, *titles])
    margins = [row for row in rows[:1] + rows[-1:] if not 0.09 < row[0].box.centre[1] < 0.92]
    keyed = {(round(row[0].box.centre[1] * 60), _letters(row)): row for row in margins}
    return {key: row for key, row in keyed.items() if len(key[1]) >= 6}


def _letters(row: Sequence[Token]) -> str:
    return "".join(c for c in az.fold(" ".join(t.text for t in row)) if c.isalpha())
