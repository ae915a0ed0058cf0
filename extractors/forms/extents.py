"""How far the print of a question reaches: words between and behind those that were recognised are print too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from extractors.forms.printed import Hit, PrintedKind
from extractors.forms.sequence import EVERYWHERE, asks
from extractors.forms.tokens import PageText, Token, number_of, rows_of
from models.geometry import box_of

_BIG_GAP = 2.5  # blank between two words, in word heights, at which a text may end
_WORD = 7.0  # place for one word and its blanks, in word heights
_LED, _ENDING = 3, 2  # unrecognised words that begin a row of print, that end one
_COUNTING = frozenset({"sual", "bend", "n", "no", "punkt", "вопрос"})
_WHOLE = 0.9  # coverage of a question whose own end is known
_ENDS = frozenset({"nedir", "nedirse", "hansidir", "varmi", "olubmu", "haradadir", "kimdir", "necedir",
                   "yazin", "bildirin", "edin"})  # fmt: skip
_LEAD = 10  # words that may stand before the first one of a question that was recognised
_HINT = 16  # words of a hint in parentheses
_AND = "ve"  # "və", parted from the word before it or not
_MARGIN = 0.02  # share of the sheet's width by which rows of one text begin apart
_TOUCHING, _NO_BORDER = 0.2, 0.55  # word heights between words that no printed border parts


def completed(text: PageText, hits: Sequence[Hit]) -> list[Hit]:
    """The hits, questions among them with every word that stands inside their print or in a hint right behind it."""
    taken = {t for hit in hits for t in hit.tokens}
    out: list[Hit] = []
    for hit in hits:
        if hit.kind is PrintedKind.QUESTION:
            hit = with_words(text, hit, [t for t in _before_number(text, hit) if t not in taken])
            hit = with_words(text, hit, _lead(text, hit, taken))
            hit = with_words(text, hit, [t for t in _between(text, hit) if t not in taken])
            for more in (_hint, _end, _hint, _request, _sentence, _over_rule):
                hit = with_words(text, hit, more(text, hit, taken))
            taken |= set(hit.tokens)
        out.append(hit)
    return out


def with_words(text: PageText, hit: Hit, more: Sequence[int]) -> Hit:
    """A printed text with more words of its sheet."""
    if not more:
        return hit
    tokens = sorted({*hit.tokens, *more}, key=lambda t: (text.unit_of[t], text.place_in_unit[t]))
    return replace(hit, tokens=tuple(tokens), box=box_of([text.tokens[t] for t in tokens]))


def _before_number(text: PageText, hit: Hit) -> list[int]:
    """The word that says that a number counts questions ("Sual 1.")."""
    first = text.tokens[hit.tokens[0]]
    word = text.previous(first.index) if hit.numbered else None
    counts = word is not None and word.folded in _COUNTING and text.same_row(word, first)
    return [word.index] if word is not None and counts else []


def _lead(text: PageText, hit: Hit, taken: set[int]) -> list[int]:
    """The words that begin the row of a question's first recognised one, where that goes on a sentence."""
    first = text.tokens[hit.tokens[0]]
    out: list[Token] = []
    left = text.previous(first.index) if first.text[:1].islower() else None
    while left is not None and text.same_row(left, first) and text.gap(left, out[0] if out else first) <= _BIG_GAP:
        if left.index in taken or len(out) == _LEAD:
            return []
        out.insert(0, left)
        left = text.previous(left.index)
    if out and number_of(out[0]) == hit.key:
        return [t.index for t in out]
    return [t.index for t in out] if out and out[0].text[:1].isupper() and not any(map(_is_name, out[1:])) else []


def _is_name(token: Token) -> bool:
    """Whether a word inside a sentence begins with a capital."""
    return token.text[:1].isupper() and not token.folded.startswith(EVERYWHERE)


def _between(text: PageText, hit: Hit) -> Iterator[int]:
    """Words close between two recognised ones of a row, and the few that end a row of the print or begin the next."""
    words = [text.tokens[t] for t in hit.tokens]
    for left, right in pairwise(words):
        if text.unit_of[left.index] != text.unit_of[right.index]:
            continue
        if text.same_row(left, right):
            inside = _level(text, left, right)
            if _is_close(text, [left, *inside, right]) or text.gap(left, right) < _WORD:
                yield from (t.index for t in inside)
            continue
        end = [t for t in _run(text, left, right) if text.same_row(left, t) and not text.same_row(t, right)]
        before = [word for word in words if text.same_row(word, left) and word.box.x0 <= left.box.x0]
        if (
            len(end) <= _ENDING
            and _is_close(text, before)
            and all(text.gap(a, b) < _NO_BORDER for a, b in pairwise([left, *end]))
        ):
            yield from (t.index for t in end)
        row = [t for t in _run(text, left, right) if text.same_row(t, right)]
        known = sum(text.same_row(word, right) for word in words)
        if len(row) <= min(_LED, known) and _is_close(text, [*row, right]):
            yield from (t.index for t in row)


def _level(text: PageText, left: Token, right: Token) -> list[Token]:
    """The words between two of a row; a damaged one may reach below its row."""
    near = (t for t in text.tokens if t.box.y0 < left.box.y1 and left.box.y0 < t.box.y1 and t.cell == left.cell)
    between = [t for t in near if left.box.x1 <= t.box.centre[0] <= right.box.x0 and text.same_row(left, t)]
    return sorted(between, key=lambda t: t.box.x0)


def _run(text: PageText, left: Token, right: Token) -> list[Token]:
    unit = text.units[text.unit_of[left.index]]
    return [text.tokens[t] for t in unit[text.place_in_unit[left.index] + 1 : text.place_in_unit[right.index]]]


def _is_close(text: PageText, words: Sequence[Token]) -> bool:
    return all(text.gap(a, b) <= _BIG_GAP for a, b in pairwise(words) if text.same_row(a, b))


def _end(text: PageText, hit: Hit, taken: set[int]) -> list[int]:
    """The words that end a question told in other words: up to its colon or question mark, or those that only ask."""
    last = text.tokens[hit.tokens[-1]]
    if last.text.endswith((":", "?")):
        return []
    unit = text.units[text.unit_of[last.index]]
    rest: list[Token] = []
    for index in unit[text.place_in_unit[last.index] + 1 :][:_HINT]:
        token = text.tokens[index]
        if index in taken or not _is_close(text, [rest[-1] if rest else last, token]):
            break
        rest.append(token)
    known = hit.coverage >= _WHOLE and hit.begins_at == 0
    marks = [] if known else [i for i, t in enumerate(rest) if t.text.endswith((":", "?"))]
    small = list(takewhile(_goes_on, rest))
    asked = [i for i, t in enumerate(small) if asks(t.folded) or (i < _LED and t.folded in _ENDS)]
    near = [i for i in marks if all(_goes_on(t) for t in rest[: i + 1])]
    end = max([*near[:1], *asked], default=-1)
    return [t.index for t in rest[: end + 1]]


def _goes_on(token: Token) -> bool:
    """Whether a word may stand inside a question: no name, no number."""
    own = token.folded.startswith(EVERYWHERE)
    return not any(c.isdigit() for c in token.text) and (own or not token.text[:1].isupper())


def _hint(text: PageText, hit: Hit, taken: set[int]) -> list[int]:
    """The rest of a parenthesis that the print opens, or one right behind it that is no answer."""
    last = text.tokens[hit.tokens[-1]]
    said = " ".join(text.tokens[t].text for t in hit.tokens)
    opened = said.count("(") - said.count(")") > 0
    unit = text.units[text.unit_of[last.index]]
    after = [text.tokens[t] for t in unit[text.place_in_unit[last.index] + 1 :][:_HINT]]
    closing = next((i for i, t in enumerate(after) if ")" in t.text), None)
    if closing is None or (not opened and not re.match(r"\W?\(\W?[^\W\d_A-ZƏÇĞİÖŞÜ]", after[0].text)):
        return []
    hint = after[: closing + 1]
    again = opened and any("(" in t.text for t in hint)  # of the answer, behind print that lost its end
    if again or any(t.index in taken for t in hint) or not _is_close(text, [last, *hint]):
        return []
    followed = closing + 1 < len(after) and after[closing + 1].index not in taken
    alone = closing + 1 == len(after) and last.cell is not None and unit[0] in hit.tokens
    listed = sum(t.text.rstrip(")").endswith((",", "/")) or t.text == "/" for t in hint) > 1
    printed = opened or followed or alone or listed or any(asks(t.folded) for t in hint)
    return [t.index for t in hint] if printed else []


def _request(text: PageText, hit: Hit, taken: set[int]) -> list[int]:
    """A second sentence that asks, in small letters to its end ("... adı. Dəyişmisinizsə, əvvəlkilər və səbəb")."""
    last = text.tokens[hit.tokens[-1]]
    unit = text.units[text.unit_of[last.index]]
    after = [text.tokens[t] for t in unit[text.place_in_unit[last.index] + 1 :][:_HINT]]
    if not after or not last.text.endswith(".") or not (after[0].text[:1].isupper() and asks(after[0].folded)):
        return []
    said = list(takewhile(lambda t: t.index not in taken and (t is after[0] or _goes_on(t)), after))
    return [t.index for t in said] if _is_close(text, [last, *said]) else []


def _sentence(text: PageText, hit: Hit, taken: set[int]) -> list[int]:
    """The small words that end a sentence which the print breaks off: right behind it, where the answer has rows of its
    own, or at the beginning of the next row, the answer standing beside ("... Dəyişmisinizsə,", "əvvəlkilər və səbəb").
    """
    last = text.tokens[hit.tokens[-1]]
    if not last.text.endswith(",") and not last.folded.endswith(_AND):
        return []
    unit = text.units[text.unit_of[last.index]]
    after = takewhile(lambda t: t not in taken, unit[text.place_in_unit[last.index] + 1 :][:_HINT])
    rows = rows_of(text.tokens[t] for t in after)
    said_before = " ".join(text.tokens[t].text for t in hit.tokens)
    if not rows or said_before.count("(") > said_before.count(")"):
        return []
    behind = text.same_row(last, rows[0][0]) and text.gap(last, rows[0][0]) < _BIG_GAP
    said = rows[0] if behind else next((row for row in rows[:2] if not text.same_row(last, row[0])), [])
    begins = said and abs(said[0].box.x0 - hit.box.x0) < _MARGIN and said[0].box.y0 - last.box.y1 < text.height
    rest = [t for i, t in enumerate(said) if _is_close(text, said[: i + 1])]
    printed = (len(rows) > 1 if behind else begins) and rest and all(map(_goes_on, rest))
    return [t.index for t in rest] if printed else []


def _over_rule(text: PageText, hit: Hit, taken: set[int]) -> list[int]:
    """The ends of rows that a streak of the scanner parts from a question that goes on in the next row."""
    ends = [row[-1] for row in rows_of(text.tokens[t] for t in hit.tokens)[:-1]]
    beyond = (t for t in text.tokens if t.index not in taken and t.index not in hit.tokens and _goes_on(t))
    return [t.index for t in beyond if any(_is_parted(text, end, t) for end in ends)]


def _is_parted(text: PageText, left: Token, right: Token) -> bool:
    """Whether two words stand in one row and in two cells, closer than any printed border allows."""
    return left.cell != right.cell and text.same_row(left, right) and -_TOUCHING < text.gap(left, right) < _NO_BORDER
