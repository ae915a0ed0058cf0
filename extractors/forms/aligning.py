"""Finding the printed texts of a form on a sheet by their words, wherever and however they stand.

Each text is aligned word by word with the words of a sheet (Smith-Waterman over whole words, weighted by their length),
so that lines broken elsewhere, damaged letters, missing words and answers standing in between do no harm. What no
printed text explains was written by the applicant.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from extractors.forms.printed import Floats, Hit, Printed, PrintedKind, letters_of, weights_of
from extractors.forms.tokens import PageText, Token, number_of
from models.geometry import box_of

_ALIKE = 0.62  # words less alike than this never match
_SLIP = 1e-9  # of floating point
_SKIP_OPEN, _SKIP_EACH = 0.35, 0.3  # words of the print that the sheet lacks
_GAP_OPEN, _GAP_EACH = 0.2, 0.04  # words of the sheet standing inside the print
_ACCEPT, _ACCEPT_UNNUMBERED = 0.5, 0.64  # share of a text that must be found
_WHOLE, _STRONG = 0.9, 1.3  # coverage and score of a question that is all there
_WEAK = 1.6  # texts of less weight than this need more evidence: a number or the beginning of a line
_NUMBER_BONUS = 0.3
_TWICE = 1.6  # times as many letters as printed are more than damage
_FAR, _FEW = 2.5, 0.3  # word heights that rows of one text are never apart, share of its words that may be lost there
_LABEL = 4  # words of a label at most
_BIG_GAP = 2.5  # blank between two words, in word heights, at which a text may end
_TOUCHING = 0.25  # blank between two letters of a word

_WORDED = re.compile(r"[^\W\d_]")


def find_printed(page: PageText, texts: Sequence[Printed], outside: Iterable[int] = ()) -> list[Hit]:
    """The best place of every text on a sheet, not in the words ``outside``; no word belongs to two.

    The best come first; a numbered question that is all there comes before longer texts that are not, and whose damaged
    print may look for its words.
    """
    aligner = _aligner(page)
    taken = set(outside)
    found: list[Hit] = []
    queue = [(*_rank(hit), i, hit) for i, text in enumerate(texts) if (hit := aligner.best(text, frozenset(taken)))]
    heapq.heapify(queue)
    while queue:
        *_, i, hit = heapq.heappop(queue)
        if taken.isdisjoint(hit.tokens):
            taken.update(hit.tokens)
            found.append(hit)
        elif again := aligner.best(texts[i], frozenset(taken)):
            heapq.heappush(queue, (*_rank(again), i, again))
    return found


def _rank(hit: Hit) -> tuple[bool, float]:
    """The smaller, the earlier a hit takes its words."""
    whole = hit.numbered and hit.kind is PrintedKind.QUESTION and hit.coverage >= _WHOLE and hit.begins_at == 0
    return not (whole and hit.score >= _STRONG), -hit.score


class Aligner:
    """Aligns printed texts with the words of one sheet."""

    def __init__(self, page: PageText) -> None:
        self._page = page
        order = [token for unit in page.units for token in unit]
        self._order = np.array(order, dtype=np.int64)
        self._folded = [page.tokens[token].folded for token in order]
        self._unit = np.array([n for n, unit in enumerate(page.units) for _ in unit], dtype=np.float64)
        self._column: dict[str, Floats] = {}
        self._most: dict[str, float] = {}

    def best(self, text: Printed, taken: frozenset[int] = frozenset()) -> Hit | None:
        """The best place of a text outside ``taken`` words, or None when it is not there."""
        if not self._folded:
            return None
        hits = [hit for wording in text.wordings if (hit := self._place(text, wording, taken))]
        sure = [hit for hit in hits if self._is_sure(hit)]
        if not sure:
            return None
        begun = [hit for hit in hits if hit.begins_at == 0 and hit.tokens[0] == sure[0].tokens[0]]
        strongest = max([*sure, *begun], key=lambda hit: hit.score)
        return replace(strongest, coverage=max(hit.coverage for hit in sure))

    def _is_sure(self, hit: Hit) -> bool:
        """Whether enough of a wording was found where a printed text may stand."""
        weak = weights_of(hit.wording).sum() < _WEAK and hit.kind is not PrintedKind.HEADING
        enough = hit.coverage >= (hit.printed.least or (_ACCEPT if hit.numbered else _ACCEPT_UNNUMBERED))
        return enough and not (weak and not self._weak_is_sure(list(hit.tokens), hit.coverage, hit.numbered))

    def _place(self, text: Printed, wording: tuple[str, ...], taken: frozenset[int]) -> Hit | None:
        weights = weights_of(wording)
        gains = self._gains(text, wording, weights, taken)
        if gains is None:
            return None
        label = len(wording) <= _LABEL and text.kind is PrintedKind.QUESTION
        path = self._from_own_number(self._path(gains, weights), text)
        path = self._together(path, weights, label)
        path = self._without_answer(path, wording, weights)
        if not path:
            return None
        matched = sum(gains[i, j] for i, j in path)
        tokens = [int(self._order[j]) for _, j in path]
        number = self._number_before(tokens[0], text)
        coverage = matched / weights.sum()
        tokens = [
            *([] if number is None else [number]),
            *(self._damaged_begin(tokens[0], text, path[0][0]) if number is None else []),
            *self._inside(path, wording),
            *self._damaged_end(path, wording),
        ]
        tokens = [token for token in tokens if token not in taken]  # or find_printed would ask for ever
        score = float(matched + (_NUMBER_BONUS if number is not None else 0.0))
        box = box_of([self._page.tokens[t] for t in tokens])
        return Hit(
            text, tuple(tokens), score, float(coverage), box, number is not None, wording, path[0][0], path[-1][0] + 1
        )

    def _gains(self, text: Printed, wording: tuple[str, ...], weights: Floats, taken: frozenset[int]) -> Floats | None:
        """What each word of the wording gains from each word of the sheet; None where too little fits at all."""
        folded = [letters_of(word) for word in wording]
        alike = [self._similarity(word) for word in folded]
        most = np.array([self._most[word] for word in folded])
        least = (text.least or _ACCEPT) * weights.sum()
        if (weights * (2 * most - 1))[most >= _ALIKE].sum() < least - _SLIP:
            return None  # as nearly always, and much sooner known
        similar = np.stack(alike)
        gains = np.where(similar >= _ALIKE, weights[:, None] * (2 * similar - 1), -9.0)
        if taken:
            gains[:, np.isin(self._order, list(taken))] = -9.0
        reachable = np.clip(gains.max(axis=1), 0.0, None).sum()
        return gains if reachable >= least else None

    def _similarity(self, folded: str) -> Floats:
        if folded not in self._column:
            if len(folded) <= 2 or folded.isdigit():
                alike = np.array([float(other == folded) for other in self._folded])
            else:
                alike = cdist([folded], self._folded, scorer=Indel.normalized_similarity)[0].astype(np.float64)
            self._column[folded] = alike
            self._most[folded] = float(alike.max())
        return self._column[folded]

    def _path(self, gains: Floats, weights: Floats) -> list[tuple[int, int]]:
        """The best local alignment as (word of the wording, position on the sheet) pairs."""
        rows, columns = gains.shape
        at = np.arange(columns, dtype=np.float64)
        wall = self._unit * 1e4 + _GAP_EACH * at  # a later unit outweighs any score before it: no gap spans units
        ended = np.full((rows, columns), -9.0)  # best score with word i matched at j
        best = np.full((rows, columns), -9.0)  # the same or with words up to i skipped after it
        opened = np.full(columns, -9.0)
        reach = np.zeros(columns)
        for i in range(rows):
            before = np.concatenate(([0.0], reach[:-1]))
            before[1:][self._unit[1:] != self._unit[:-1]] = 0.0
            ended[i] = gains[i] + np.maximum(before, 0.0)
            skip = _SKIP_EACH * weights[i]
            if i:
                skipped = np.maximum(ended[i - 1] - _SKIP_OPEN, opened) - skip
                opened = skipped
                best[i] = np.maximum(ended[i], skipped)
            else:
                best[i] = ended[i]
            carried = np.maximum.accumulate(best[i] + wall) - wall
            reach = np.maximum(best[i], carried - _GAP_OPEN)
        return self._trace(gains, weights, ended)

    def _trace(self, gains: Floats, weights: Floats, ended: Floats) -> list[tuple[int, int]]:
        i, j = (int(k) for k in np.unravel_index(int(ended.argmax()), ended.shape))
        path = [(i, j)]
        while ended[i, j] - gains[i, j] > 1e-6:
            wanted = ended[i, j] - gains[i, j]
            i, j = self._before(i, j, wanted, weights, ended)
            path.append((i, j))
        return path[::-1]

    def _before(self, i: int, j: int, wanted: float, weights: Floats, ended: Floats) -> tuple[int, int]:
        """The pair from which ``wanted`` was reached: the one that explains it best."""
        start = int(np.searchsorted(self._unit, self._unit[j]))
        js = np.arange(start, j)
        distance = j - 1 - js
        page_cost = np.where(distance > 0, _GAP_OPEN + _GAP_EACH * distance, 0.0)
        skips = np.concatenate(([0.0], np.cumsum(weights[:i][::-1] * _SKIP_EACH)))[:i]
        skip_cost = np.where(np.arange(i) > 0, _SKIP_OPEN + skips, 0.0)
        totals = ended[:i][::-1][:, start:j] - skip_cost[:, None] - page_cost[None, :]
        k, m = np.unravel_index(int(np.abs(totals - wanted).argmin()), totals.shape)
        return i - 1 - int(k), int(js[int(m)])

    def _from_own_number(self, path: list[tuple[int, int]], text: Printed) -> list[tuple[int, int]]:
        """The alignment without words of another question above the row that the text's own number begins."""
        words = [self._page.tokens[self._order[j]] for _, j in path]
        begun = (n for n, (a, b) in enumerate(pairwise(words), 1)
                 if text.kind is PrintedKind.QUESTION and not self._page.same_row(a, b)
                 and number_of(self._row_begin(b)) == text.number != "")  # fmt: skip
        return path[next(begun, 0) :]

    def _row_begin(self, token: Token) -> Token:
        """The first word of the row that a word stands in."""
        while (left := self._page.previous(token.index)) and self._page.same_row(left, token):
            token = left
        return token

    def _together(self, path: list[tuple[int, int]], weights: Floats, label: bool) -> list[tuple[int, int]]:
        """The alignment without a few words at its end that stand rows further down, in another text.

        A label goes on in the next row only where its column ends; else the part of it that says more is the label.
        """
        words = [self._page.tokens[self._order[j]] for _, j in path]
        far = _FAR * self._page.height
        parted = (n for n, (a, b) in enumerate(pairwise(words), 1)
                  if b.box.y0 - a.box.y1 > far or (label and not self._wraps(words[0], a, b)))  # fmt: skip
        cut = next(parted, len(path))
        every, rest = (sum(weights[i] for i, _ in part) for part in (path, path[cut:]))
        if label and 2 * rest > every:
            return self._together(path[cut:], weights, label)
        return path[:cut] if label or rest < _FEW * every else path

    def _wraps(self, first: Token, left: Token, right: Token) -> bool:
        """Whether two words of a label stand in one row, or one ends the row that the label begins, the other begins
        the next one."""
        if self._page.same_row(left, right):
            return True
        after = self._page.following(left.index)
        ends = after is None or not self._page.same_row(left, after) or self._page.gap(left, after) > _BIG_GAP
        return ends and self._begins(first) and self._begins(right)

    def _without_answer(
        self, path: list[tuple[int, int]], wording: tuple[str, ...], weights: Floats
    ) -> list[tuple[int, int]]:
        """The alignment without an answer that happens to use words of the print ("5. Ailə vəziyyətiniz: subay").

        Where a text may have ended - at a colon, before a wide blank, before a parenthesis that the sheet lacks - the
        rest must be most of the remaining print, word for word; behind a parenthesis closed with a colon there is none.
        Nor is a longer word that closes no parenthesis the one before its end ("(nikahda, dul, ... subayam").
        """
        if self._runs_on(path, wording):
            path = path[:-1]
        for cut in range(1, len(path)):
            (i, j), (i2, j2) = path[cut - 1], path[cut]
            left, right = self._page.tokens[self._order[j]], self._page.tokens[self._order[j2]]
            no_parenthesis = wording[i2].startswith("(") and not re.match(r"[^\w\s]", right.text)
            wide = self._page.same_row(left, right) and self._widest_gap(j, j2) > _BIG_GAP
            colon = left.text.endswith((":", "?")) and not wording[i].endswith((":", "?"))
            if colon and ")" in left.text and ")" not in wording[i]:
                return path[:cut]
            if not (no_parenthesis or wide or colon):
                continue
            rest = path[cut:]
            alike = sum(self._similarity(letters_of(wording[a]))[b] for a, b in rest) / len(rest)
            share = sum(weights[a] for a, _ in rest) / weights[i + 1 :].sum()
            inserted = j2 - j > 1 and self._page.same_row(left, right) and no_parenthesis
            if alike < 0.88 or share < 0.6 or (no_parenthesis and (share < 0.75 or inserted)):
                return path[:cut]
        return path

    def _runs_on(self, path: list[tuple[int, int]], wording: tuple[str, ...]) -> bool:
        """Whether the last aligned word goes on where the print has a parenthesis closed."""
        i, token = path[-1][0], self._page.tokens[self._order[path[-1][1]]]
        longer = len(token.folded) - len(letters_of(wording[i])) >= 2
        return len(path) > 1 and longer and wording[i].endswith(")") and ")" not in token.text

    def _widest_gap(self, j: int, j2: int) -> float:
        """The widest blank between neighbours of a row, from one position to another."""
        chain = [self._page.tokens[self._order[k]] for k in range(j, j2 + 1)]
        return max((self._page.gap(a, b) for a, b in pairwise(chain) if self._page.same_row(a, b)), default=0.0)

    def _number_before(self, token: int, text: Printed) -> int | None:
        """The number printed before a text's first word, in its row: of a question its own, else any."""
        if not text.number and text.kind is not PrintedKind.DECLARATION:
            return None
        first = self._page.tokens[token]
        numbers = [t for t in self._page.tokens if t.index != token and t.box.x1 <= first.box.x0 + 0.01
                   and (text.number in (t.folded, number_of(t)) if text.number else re.fullmatch(r"\d\d?", t.folded))
                   and self._page.same_row(t, first) and self._page.gap(t, first) < 6]  # fmt: skip
        return max(numbers, key=lambda t: t.box.x0).index if numbers else None

    def _damaged_begin(self, token: int, text: Printed, skipped: int) -> list[int]:
        """What begins the row before a text's first recognised word: its number, misread, and ``skipped`` words."""
        if not text.number and text.kind is not PrintedKind.DECLARATION:
            return []
        out: list[int] = []
        right = self._page.tokens[token]
        while (left := self._page.previous(right.index)) and self._page.same_row(left, right):
            if self._page.gap(left, right) > 2 or len(out) > skipped:
                return []
            out.insert(0, left.index)
            right = left
        begins = out and len(self._page.tokens[out[0]].text) <= 4
        return out if begins or 0 < len(out) <= skipped else []

    def _weak_is_sure(self, tokens: list[int], coverage: float, numbered: bool) -> bool:
        """Whether few words are a text of their own and not words of a sentence: numbered or at a row's beginning."""
        if self._page.tokens[tokens[-1]].text.endswith((":", "*")) and coverage >= 0.95:
            return True
        return coverage >= (0.5 if numbered else 0.82) and (numbered or self._begins(self._page.tokens[tokens[0]]))

    def _begins(self, first: Token) -> bool:
        """Whether a text may begin with a word: at a row's beginning, behind a wide blank, a sign or a number; a letter
        that touches the word is its own, parted by an engine."""
        before = self._page.previous(first.index)
        if before and len(before.folded) == 1 and abs(self._page.gap(before, first)) < _TOUCHING:
            return self._begins(before)
        if before is None or not self._page.same_row(before, first) or self._page.gap(before, first) > _BIG_GAP:
            return True
        return not _WORDED.search(before.text) or before.text.endswith((".", ")", ":"))

    def _inside(self, path: list[tuple[int, int]], wording: tuple[str, ...]) -> list[int]:
        """The aligned words and the unaligned ones printed between them: damaged or split words."""
        out = [int(self._order[path[0][1]])]
        for (i, j), (i2, j2) in pairwise(path):
            between = [self._page.tokens[self._order[k]] for k in range(j + 1, j2)]
            if between and self._is_damage(between, wording[i + 1 : i2], int(self._order[j])):
                out += [t.index for t in between]
            out.append(int(self._order[j2]))
        return out

    def _is_damage(self, between: Sequence[Token], skipped: tuple[str, ...], left: int) -> bool:
        """Whether words stand for the ``skipped`` ones of the print (or are a splinter of one), not for an answer."""
        if not self._close_behind(left, between):
            return False
        text = "".join(t.folded for t in between)
        if not skipped:
            return len(text) <= 4 and len(between) == 1 and self._page.gap(self._page.tokens[left], between[0]) < 0.8
        return Indel.normalized_similarity(text, "".join(map(letters_of, skipped))) >= 0.45

    def _damaged_end(self, path: list[tuple[int, int]], wording: tuple[str, ...]) -> list[int]:
        """The words after the alignment that are the rest of the print, too damaged to align."""
        i, j = path[-1]
        rest = wording[i + 1 :]
        unit = self._unit[j]
        best: list[int] = []
        least = 0.6
        if self._page.tokens[self._order[j]].text.endswith((":", "?")):
            return best
        for count in range(1, len(rest) + 2):
            after = [k for k in range(j + 1, j + 1 + count) if k < len(self._order) and self._unit[k] == unit]
            tokens = [self._page.tokens[self._order[k]] for k in after]
            if not rest or len(tokens) < count or not self._close_behind(int(self._order[j]), tokens):
                break
            said, printed = "".join(t.folded for t in tokens), "".join(map(letters_of, rest))
            alike = Indel.normalized_similarity(said, printed) if len(said) < _TWICE * len(printed) else 0.0
            closes = len(rest) == count == 1 and rest[0].endswith(")") and tokens[0].text.endswith(")")
            if alike > least or closes:
                best, least = [t.index for t in tokens], max(alike, least)
        return best

    def _close_behind(self, left: int, tokens: Sequence[Token]) -> bool:
        """Whether words follow each other without a wide blank."""
        chain = [self._page.tokens[left], *tokens]
        return all(not self._page.same_row(a, b) or self._page.gap(a, b) <= _BIG_GAP for a, b in pairwise(chain))


@lru_cache(maxsize=4)
def _aligner(page: PageText) -> Aligner:
    """The aligner of a sheet: forms share many words, which are compared with the sheet's once."""
    return Aligner(page)
