"""Column headings that no description words: told by their place among those that are known.

People head the tables of retyped forms in their own words ("Dövr", "İş yerinin ünvanı"). What stands in the first row
of a table, speaks of what its columns hold and has no number in it is its headings; the columns keep their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from rapidfuzz.distance import Indel

from extractors.forms.printed import Hit, Printed, PrintedKind, words_of
from extractors.forms.tokens import PageText, Token, rows_of
from models import azerbaijani as az
from models.catalogue import AnswerKind, Column, Question
from models.geometry import box_of

_FIRST, _LATER = 0.3, 0.5  # share of known words in the first row of headings, and in one under it
_STEM = 4  # letters that words of one stem share
_ALIKE = 0.75
_LEVEL = 0.006  # share of the sheet's height within which cells of one row begin
_APART = 1.1  # blank between headings without rules, in heights of a word
_MOST_ROWS = 5  # of headings without rules
_LEFT_OVER = 3  # rows in which they begin: what is left of the question may stand above
_OTHER, _LEFT_OUT, _MISSING = -0.15, -0.5, -0.2  # worth of a heading in other words, of one more, of one too few
_PERIOD = ("from", "to")
_DATED = (AnswerKind.DATE, AnswerKind.PARTIAL_DATE)
_TIMES = "tarix gün ay il dövr müddət"
_RUNNING = frozenset({"no", "n", "ss", "sira", "nomre", "say", "sn"})  # what heads a column of running numbers

_BODY = 16  # rows of answers that show where columns are
_STRIPES = 500  # of a sheet's width, which are free of words or not
_STRAY, _SPANNED = 0.12, 0.3  # share of rows whose words may stand in the blank between columns, or run over it
_SPACE, _WIDER = 0.5, 1.3  # blank between two headings, in heights of a word and in the narrowest of their row

Leaf = tuple[Token, ...]
Gutter = tuple[float, float]


def completed(
    text: PageText, question: Question, found: Sequence[Hit], top: float, bottom: float, outside: set[int]
) -> list[Hit]:
    """The headings of a table between two heights: those ``found`` by their wording, and the others of their row.

    One heading for both ends of a period is given as that of its beginning; ``outside`` are words of other print.
    """
    columns = question.columns
    own = {hit.key: set(hit.tokens) for hit in found}
    words = [t for t in text.tokens if top < t.box.centre[1] < bottom and t.index not in outside]
    known = _vocabulary(question)
    heads = _ruled_heads(text, words, known, top, bottom)
    heads = heads if len(heads) > 1 else _free_heads(text, words, known, own)
    leaves = _leaves(heads)
    joint = any({*_PERIOD} <= {key for key in own if own[key] & {t.index for t in leaf}} for leaf in leaves)
    if len(leaves) < 2 or (all(column.key in own for column in columns) and not joint):
        return list(found)
    placed = _placed(leaves, columns, own)
    if len(placed) < max(2, len(own.keys() & {column.key for column in columns}) - joint):
        return list(found)
    hits = [_hit(key, leaf, worth) for key, leaf, worth in placed]
    rest = tuple(t for head in heads for t in head if not any(t.index in hit.tokens for hit in hits))
    return [*hits, _hit("()", rest, 0.0)] if rest else hits


def _hit(key: str, leaf: Leaf, worth: float) -> Hit:
    printed = Printed(PrintedKind.HEADER, key, ())
    return Hit(printed, tuple(t.index for t in leaf), 1.0, min(max(worth, 0.0), 1.0), box_of(leaf))


# --- the rows of headings --------------------------------------------------------------------------------------------


def _ruled_heads(
    text: PageText, words: Sequence[Token], known: frozenset[str], top: float, bottom: float
) -> list[Leaf]:
    """The words of each cell in the first rows of a ruled table, as far as these are headings."""
    cells = text.sheet.cells
    inside = [i for i, cell in enumerate(cells) if top - 0.004 <= cell.box.y0 and cell.box.centre[1] < bottom]
    inside.sort(key=lambda i: cells[i].box.y0)
    own = [i for i in inside if cells[i].table == cells[inside[0]].table]
    starts = [n for n, i in enumerate(own) if not n or cells[i].box.y0 - cells[own[n - 1]].box.y0 > _LEVEL]
    out: list[Leaf] = []
    for a, b in pairwise([*starts, len(own)]):
        level = _without_answers([t for t in words if t.cell in own[a:b]], known)
        filled = [leaf for i in own[a:b] if (leaf := tuple(t for t in level if t.cell == i))]
        if not _heads([t for leaf in filled for t in leaf], known, _LATER if out else _FIRST):
            return out
        out += filled
    return []  # where no row of answers ends the headings they are none


def _without_answers(words: Sequence[Token], known: frozenset[str]) -> list[Token]:
    """The words of a row of cells down to the first line that answers in several of them: the rule above it is lost."""
    rows = rows_of(words)
    answers = (i for i, row in enumerate(rows[1:], 1)
               if len({t.cell for t in row}) > 1 and not _heads(row, known, _FIRST))  # fmt: skip
    return [t for row in rows[: next(answers, len(rows))] for t in row]


def _free_heads(text: PageText, words: Sequence[Token], known: frozenset[str], own: dict[str, set[int]]) -> list[Leaf]:
    """The words above a table without rules, as far as they are headings, parted at wide blanks and between those found
    by their wording."""
    rows = rows_of(words)
    begin = next((i for i, row in enumerate(rows[:_LEFT_OVER]) if _heads(row, known, _FIRST)), 0)
    most = rows[begin : begin + _MOST_ROWS]
    count = next((i for i, row in enumerate(most) if not _heads(row, known, _LATER if i else _FIRST)), None)
    if count is None:
        return []
    gutters = _gutters(text, rows[begin + count :][:_BODY])
    return [leaf for row in most[:count] for leaf in _parted(text, row, own, gutters)]


def _parted(text: PageText, row: list[Token], own: dict[str, set[int]], gutters: Sequence[Gutter]) -> list[Leaf]:
    """The headings of a row: parted at wide blanks, between those found by their wording, and over the blanks between
    columns."""
    owner = {token: key for key, tokens in own.items() for token in tokens}
    cuts = {i for i, (a, b) in enumerate(pairwise(row), 1) if text.gap(a, b) > _APART
            or ({a.index, b.index} <= owner.keys() and owner[a.index] != owner[b.index])}  # fmt: skip
    for gutter in gutters:
        left = sum(t.box.x0 < gutter[0] for t in row)
        right = next((i for i, t in enumerate(row) if t.box.x1 > gutter[1]), len(row))
        blanks = {i: text.gap(row[i - 1], row[i]) for i in range(max(left, 1), right + 1) if i < len(row)}
        widest = max(blanks, key=blanks.__getitem__, default=0)
        if widest and blanks[widest] > max(_SPACE, _WIDER * min(text.gap(a, b) for a, b in pairwise(row))):
            cuts.add(widest)
    return [tuple(row[a:b]) for a, b in pairwise([0, *sorted(cuts), len(row)])]


def _gutters(text: PageText, rows: Sequence[Sequence[Token]]) -> list[Gutter]:
    """The upright stripes between the columns of rows: no word stands in them, and hardly any run of words spans
    them."""
    worded, spanned = np.zeros(_STRIPES), np.zeros(_STRIPES)
    for row in rows:
        for token in row:
            worded[_stripes(token.box.x0, token.box.x1)] += 1
        cuts = [i for i, (a, b) in enumerate(pairwise(row), 1) if text.gap(a, b) > _APART]
        for a, b in pairwise([0, *cuts, len(row)]):
            spanned[_stripes(row[a].box.x0, row[b - 1].box.x1)] += 1
    free = (worded <= _STRAY * len(rows)) & (spanned <= _SPANNED * len(rows))
    edges = np.flatnonzero(np.diff(free.astype(np.int8)))  # pairs: a stripe of words ends, the next one begins
    between = edges[1:-1] if free[0] and free[-1] else edges[:0]
    return [((a + 1) / _STRIPES, (b + 1) / _STRIPES) for a, b in between.reshape(-1, 2)]


def _stripes(x0: float, x1: float) -> slice:
    return slice(int(x0 * _STRIPES), int(x1 * _STRIPES) + 1)


def _heads(row: Sequence[Token], known: frozenset[str], share: float) -> bool:
    """Whether a row of words is one of headings."""
    worded = [t.folded for t in row if any(map(str.isalpha, t.folded))]
    digits = any(c.isdigit() for t in row for c in t.text)
    return bool(worded) and not digits and sum(any(_alike(w, k) for k in known) for w in worded) >= share * len(worded)


def _leaves(heads: Sequence[Leaf]) -> list[Leaf]:
    """Headings that stand over one column each, with what stands under them joined, from left to right."""
    out: list[Leaf] = []
    for head in heads:
        if not _is_over_several(head, heads):
            above = next((leaf for leaf in out if _over(leaf, head)), ())
            out = [*(leaf for leaf in out if leaf is not above), (*above, *head)]
    return sorted(out, key=lambda leaf: box_of(leaf).x0)


def _over(upper: Leaf, lower: Leaf) -> bool:
    a, b = box_of(upper), box_of(lower)
    shared = min(a.x1, b.x1) - max(a.x0, b.x0)
    return a.centre[1] < b.centre[1] and shared > 0.3 * min(a.width, b.width)


def _is_over_several(head: Leaf, heads: Sequence[Leaf]) -> bool:
    """Whether other headings stand side by side under one."""
    under = sorted((box_of(other) for other in heads if _over(head, other)), key=lambda box: box.x0)
    return any(left.x1 <= right.x0 and right.y0 < left.y1 and left.y0 < right.y1 for left, right in pairwise(under))


# --- which column each one heads -------------------------------------------------------------------------------------


def _placed(
    leaves: Sequence[Leaf], columns: Sequence[Column], own: dict[str, set[int]]
) -> list[tuple[str, Leaf, float]]:
    """The columns of a table with their headings, in order, by what the headings say and how many there are."""
    ways = [_in_order(leaves, columns, own)]
    if tuple(column.key for column in columns[:2]) == _PERIOD:
        ways.append(_in_order(leaves, (columns[0], *columns[2:]), own))
    worth, placed = max(ways, key=lambda way: way[0])
    return placed if worth > 0 else []


def _in_order(
    leaves: Sequence[Leaf], columns: Sequence[Column], own: dict[str, set[int]]
) -> tuple[float, list[tuple[str, Leaf, float]]]:
    """The best way to give headings to columns without changing the order of either, and what it is worth."""
    best: dict[tuple[int, int], tuple[float, list[tuple[str, Leaf, float]]]] = {(0, 0): (0.0, [])}
    for i in range(len(leaves) + 1):
        for j in range(len(columns) + 1):
            ways = []
            if i and j:
                worth = _worth(leaves[i - 1], columns[j - 1], own)
                before, placed = best[i - 1, j - 1]
                ways.append((before + worth, [*placed, (columns[j - 1].key, leaves[i - 1], worth)]))
            if i:
                before, placed = best[i - 1, j]
                ways.append((before + (0.0 if _counts(leaves[i - 1]) else _LEFT_OUT), placed))
            if j:
                before, placed = best[i, j - 1]
                ways.append((before + _MISSING, placed))
            best[i, j] = max(ways, key=lambda way: way[0]) if ways else best[i, j]
    return best[len(leaves), len(columns)]


def _worth(leaf: Leaf, column: Column, own: dict[str, set[int]]) -> float:
    """How well a heading names a column: 1 where it was found by its wording."""
    if own.get(column.key, set()) & {t.index for t in leaf}:
        return 1.0
    if _counts(leaf):
        return _LEFT_OUT
    said = [t.folded for t in leaf if len(t.folded) > 2]
    names = [_folded_words(name) for name in (*column.headings, column.name, _TIMES if column.kind in _DATED else "")]
    share = max(sum(any(_alike(w, k) for k in name) for w in said) for name in names) / max(1, len(said))
    return share + _OTHER


def _counts(leaf: Leaf) -> bool:
    """Whether a heading is that of running numbers."""
    return "".join(t.folded for t in leaf) in {"", *_RUNNING}


@lru_cache(maxsize=256)
def _folded_words(text: str) -> tuple[str, ...]:
    return tuple(az.fold(word).replace(" ", "") for word in words_of(text))


def _vocabulary(question: Question) -> frozenset[str]:
    """The words in which a table's columns are headed, folded."""
    texts = [t for c in question.columns for t in (*c.headings, *c.group, c.name, _TIMES if c.kind in _DATED else "")]
    return frozenset(word for text in texts for word in _folded_words(text))


@lru_cache(maxsize=8192)
def _alike(word: str, other: str) -> bool:
    """Whether two folded words are forms of one."""
    if len(word) < 3 or len(other) < 3:
        return word == other
    stem = min(_STEM, len(word), len(other))
    return word[:stem] == other[:stem] or Indel.normalized_similarity(word, other) >= _ALIKE
