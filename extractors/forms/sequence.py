"""Questions in the order of the form: which hits cannot stand where they were found, where a lost question must stand.

People print a form anew in their own words. A question whose words are not those of any known edition still stands
between its neighbours, begins a row, bears its number as the others do and speaks of the same things.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from extractors import values
from extractors.forms.aligning import find_printed
from extractors.forms.printed import Hit, Printed, PrintedKind, question_text, words_of
from extractors.forms.tokens import PageText, Token, number_of, rows_of
from models import azerbaijani as az
from models.catalogue import AnswerLayout, FormDescription, Question
from models.geometry import box_of

_STRONG, _SURE = 1.3, 4.0  # score of a numbered hit, of any hit, that stands wherever it is
_COLUMN = 4  # numbers one under another that show that questions are numbered
_WHOLE = 0.9  # coverage of a question that is all there
_CLEARLY = 0.7  # and its coverage
_NEAR = 3  # questions past the outermost one found that may stand on the same sheet
_LESS, _LESS_UNNUMBERED = 0.34, 0.5  # share of a text that is enough where only it can stand
_FITTING = 0.66  # no hit of a closer look is more certain than this
_TOLD, _TOLD_UNNUMBERED = 0.2, 0.6  # share of telling words of what is printed in words of its own
EVERYWHERE = ("azerb", "respub")  # what words begin with that say nothing
_STEM = 5  # letters by which words are the same word
_ALIGNED = 0.03  # how far the numbers of questions differ from each other, as a share of the sheet's width
_BIG_GAP = 2.5  # blank between two words, in word heights, at which a text may end
_LONGEST = 45  # words of a question
_STRAY = 6  # words of a question that no known edition uses, one after another

#: What a form says to the person who fills it in ("gəlmisiniz", "olmusunuzmu", "ünvanınız", "göstərin") or asks of
#: him ("çıxarılmışdırmı", "olubmu").
_ASKING = re.compile(
    r"\w{2,}(?:s[iu]n[iu]z(?:m[iu]|s[ae])?|[^\W\d_]n[iu]z(?:m[iu]|[iu]|da|de|in|un)?|(?:goster|sadala[yg]|bildir)"
    r"\w{0,2}in|d[iu]rm[iu]|[iu]bm[iu])"
)


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a question must stand that was not found: between two heights of a sheet.

    ``closed`` when both its neighbours in the form are the neighbours of the place.
    """

    question: Question
    top: float
    bottom: float
    closed: bool


def asks(folded: str) -> bool:
    """Whether a word is one that a form says to its reader, never the reader to the office."""
    return bool(_ASKING.fullmatch(folded))


def places_of(form: FormDescription) -> dict[str, int]:
    """The order of a form's questions by number."""
    return {question.number: place for place, question in enumerate(form.questions)}


def top_of(text: PageText, hit: Hit) -> float:
    """Middle of a hit's first row."""
    return rows_of(text.tokens[t] for t in hit.tokens)[0][0].box.centre[1]


def in_sequence(text: PageText, hits: Sequence[Hit], form: FormDescription) -> list[Hit]:
    """The hits without doubtful questions that stand where the order of the others leaves no place for them, or behind
    the number of another question."""
    numbers = frame(text, hits, form)
    hits = [hit for hit in hits if not _is_contradicted(text, hit, numbers)]
    ranks = _ranks(hits, form)
    ordered = _in_reading_order(text, [hit for hit in hits if id(hit) in ranks])
    kept = {id(hit) for hit in _heaviest(ordered, ranks)}
    return [hit for hit in hits if id(hit) not in ranks or id(hit) in kept or _stands_anywhere(hit)]


def frame(text: PageText, hits: Sequence[Hit], form: FormDescription) -> dict[int, str]:
    """The words that number the questions of a sheet, one under another and ever higher, with the numbers; nothing on a
    sheet without such a column."""
    known = {q.number for q in form.questions if q.number.isdigit()}
    column = [t for t in text.tokens if number_of(t) in known and _begins_row(text, t) and _under_others(text, t, hits)]
    best: list[list[Token]] = []
    for i, token in enumerate(column):
        lower = [j for j in range(i) if int(number_of(column[j])) < int(number_of(token))]
        before = [best[j] for j in lower if column[j].box.y1 < token.box.centre[1]]
        best.append([*max(before, key=len, default=[]), token])
    chain = max(best, key=len, default=[])
    numbers = [int(number_of(t)) for t in chain]
    dense = len(chain) >= _COLUMN and 2 * len(chain) > numbers[-1] - numbers[0]
    return {t.index: number_of(t) for t in chain} if dense else {}


def _is_contradicted(text: PageText, hit: Hit, numbers: Mapping[int, str]) -> bool:
    """Whether the number before a question that is not all there is that of another one."""
    if hit.kind is not PrintedKind.QUESTION or hit.coverage >= _WHOLE:
        return False
    first = text.tokens[hit.tokens[0]]
    row = [t for t in text.tokens if t.index in numbers and text.same_row(t, first) and t.box.x0 <= first.box.x0]
    return any(numbers[t.index] != hit.key for t in row)


def _ranks(hits: Iterable[Hit], form: FormDescription) -> dict[int, int]:
    """The place in the form of each hit that has one: before all questions, one of them, after them."""
    places = places_of(form)
    out: dict[int, int] = {}
    for hit in hits:
        if hit.kind is PrintedKind.QUESTION:
            out[id(hit)] = places[hit.key]
        elif hit.kind is PrintedKind.REQUEST or (hit.kind is PrintedKind.HEADER and hit.key in form.addressees):
            out[id(hit)] = -1
        elif hit.kind is PrintedKind.DECLARATION:
            out[id(hit)] = places.get(hit.printed.number, len(places))
    return out


def _in_reading_order(text: PageText, hits: Sequence[Hit]) -> list[Hit]:
    firsts = {hit.tokens[0]: hit for hit in hits}
    return [firsts[t.index] for row in rows_of(text.tokens[t] for t in firsts) for t in row]


def _heaviest(ordered: Sequence[Hit], ranks: Mapping[int, int]) -> list[Hit]:
    """The heaviest chain of hits whose ranks never fall."""
    best: list[tuple[float, list[Hit]]] = []
    for i, hit in enumerate(ordered):
        before = [best[j] for j in range(i) if ranks[id(ordered[j])] <= ranks[id(hit)]]
        weight, chain = max(before, key=lambda found: found[0], default=(0.0, []))
        best.append((weight + hit.score, [*chain, hit]))
    return max(best, key=lambda found: found[0], default=(0.0, []))[1]


def _stands_anywhere(hit: Hit) -> bool:
    if hit.kind is not PrintedKind.QUESTION:
        return True
    return hit.coverage >= _CLEARLY and (hit.score >= _SURE or (hit.numbered and hit.score >= _STRONG))


# --- where a lost question must stand --------------------------------------------------------------------------------


def gaps(text: PageText, hits: Sequence[Hit], form: FormDescription) -> list[Gap]:
    """The places of the questions that a sheet should show and that were not found; none on a sheet without order."""
    ranks = _ranks(hits, form)
    ordered = _in_reading_order(text, [hit for hit in hits if id(hit) in ranks])
    if any(ranks[id(one)] > ranks[id(other)] for one, other in pairwise(ordered)):
        return []
    known = {ranks[id(hit)]: hit for hit in ordered}
    asked = [rank for rank in known if 0 <= rank < len(form.questions)]
    if not asked:
        return []
    lost = [p for p, q in enumerate(form.questions) if q.layout is not AnswerLayout.PRINTED and p not in known]
    near = [p for p in lost if min(asked) - _NEAR <= p <= max(asked) + _NEAR]
    return [_gap(text, form.questions[place], place, known) for place in near]


def _gap(text: PageText, question: Question, place: int, known: Mapping[int, Hit]) -> Gap:
    before = max((p for p in known if p < place), default=None)
    after = min((p for p in known if p > place), default=None)
    top = top_of(text, known[before]) if before is not None else 0.0
    bottom = top_of(text, known[after]) if after is not None else 1.0
    return Gap(question, top, bottom, before == place - 1 and after == place + 1)


def closer_look(text: PageText, hits: Sequence[Hit], form: FormDescription, used: Iterable[int] = ()) -> list[Hit]:
    """The hits with those of questions that are recognised only where nothing but they can stand.

    On a form that numbers its questions nothing without a number is one of them; on others none is in words ``used``.
    """
    numbered = any(hit.numbered and hit.kind is PrintedKind.QUESTION for hit in hits)
    out, taken = list(hits), {*(() if numbered else used), *(t for hit in hits for t in hit.tokens)}
    for look in (_with_less_print, _in_other_words, _with_less_print, _in_other_words):
        for gap in gaps(text, out, form):
            inside = _inside(text, gap, taken)
            if (hit := look(text, gap, inside, out)) and (hit.numbered or (gap.closed and not numbered)):
                out.append(hit)
                taken |= set(hit.tokens)
    return out


def _with_less_print(text: PageText, gap: Gap, inside: set[int], _: Sequence[Hit]) -> Hit | None:
    """A question of a known edition of which less than usual is recognised."""
    outside = {t.index for t in text.tokens} - inside
    found = find_printed(text, [replace(question_text(gap.question), least=_LESS)], outside)
    hit = found[0] if found else None
    return hit if hit and hit.coverage >= (_LESS if hit.numbered else _LESS_UNNUMBERED) else None


def _inside(text: PageText, gap: Gap, taken: set[int]) -> set[int]:
    """The words of a gap that are no print yet."""
    margin = 0.3 * text.height
    return {t.index for t in text.tokens
            if gap.top - margin < t.box.centre[1] < gap.bottom + margin and t.index not in taken}  # fmt: skip


# --- questions in words of their own ---------------------------------------------------------------------------------


def _in_other_words(text: PageText, gap: Gap, inside: set[int], hits: Sequence[Hit]) -> Hit | None:
    """The question that begins a row of a gap with its own number and speaks of what the known editions speak of.

    Without a number its words must say more; with one, in its place and under the others, they need say nothing.
    """
    stems = _stems(gap.question)
    starts = [t for t in text.tokens if t.index in inside and _begins_row(text, t)]
    own = [t for t in starts if number_of(t) == gap.question.number and _under_others(text, t, hits)]
    best: tuple[float, Hit] | None = None
    for start in own or starts:
        words = _extent(text, start, inside, stems)
        told = _told(words, stems)
        enough = 0.0 if own and gap.closed and len(own) == 1 else _TOLD if own else _TOLD_UNNUMBERED
        asking = sum(asks(t.folded) for t in words)
        if len(words) > 1 and told >= enough and (told or asking) and (best is None or told > best[0]):
            best = told, _hit(gap.question, words, told, bool(own))
    return best[1] if best else None


def _hit(question: Question, words: Sequence[Token], told: float, numbered: bool) -> Hit:
    wording = question_text(question).wordings[0]
    tokens = tuple(t.index for t in words)
    score = _STRONG + told
    text = Printed(PrintedKind.QUESTION, question.number, (wording,), question.number)
    return Hit(text, tokens, score, min(told, _FITTING), box_of(words), numbered, wording, 0, len(wording))


def _begins_row(text: PageText, token: Token) -> bool:
    before = text.previous(token.index)
    return before is None or not text.same_row(before, token) or text.gap(before, token) > _BIG_GAP


def _under_others(text: PageText, token: Token, hits: Sequence[Hit]) -> bool:
    """Whether a number stands where the numbers of other questions do."""
    others = [text.tokens[hit.tokens[0]].box.x0 for hit in hits if hit.kind is PrintedKind.QUESTION and hit.numbered]
    return bool(others) and abs(median(others) - token.box.x0) < _ALIGNED


def _stems(question: Question) -> frozenset[str]:
    """What the words of a question begin with, those left out that stand everywhere."""
    words = {az.fold(word).replace(" ", "") for wording in question.wordings for word in words_of(wording)}
    return frozenset(word[:_STEM] for word in words if len(word) > 3 and not word.startswith(EVERYWHERE))


def _told(words: Sequence[Token], stems: frozenset[str]) -> float:
    """The share of the longer words that the known editions use too."""
    longer = [t.folded[:_STEM] for t in words if len(t.folded) > 3 and not t.folded.startswith(EVERYWHERE)]
    return sum(stem in stems for stem in longer) / len(longer) if longer else 0.0


def _extent(text: PageText, start: Token, inside: set[int], stems: frozenset[str]) -> list[Token]:
    """The words of a question from its first one: all of its cell where answers have cells of their own, else up to
    the last word that asks, or closes a parenthesis, or ends with a colon; what denies is the answer."""
    chain = _chain(text, start, inside)
    if start.cell is not None and (beside := text.cells_beside(start.cell)):
        return (
            chain if len(chain) > 1 else [start, *(t for t in text.tokens if t.cell == beside[0] and t.index in inside)]
        )
    end, opened = 0, -1
    for i, token in enumerate(chain):
        if "(" in token.text and i == end + 1:
            opened = i
        near = i - end <= _STRAY or opened > end
        stem = token.folded[:_STEM] in stems and len(token.folded) > 3
        said = asks(token.folded) or (stem and not values.is_denial(token.text))
        if (said and near) or (")" in token.text and opened > 0):
            end, opened = i, -1 if ")" in token.text else opened
        if i and opened < 0 and near and token.text.endswith((":", "?")):
            return chain[: i + 1]
    return chain[: end + 1]


def _chain(text: PageText, start: Token, inside: set[int]) -> list[Token]:
    """The words that may go on a question: row by row, up to a wide blank, print of another kind or another number."""
    unit = text.units[text.unit_of[start.index]]
    out = [start]
    for index in unit[text.place_in_unit[start.index] + 1 :][:_LONGEST]:
        token = text.tokens[index]
        wide = text.same_row(out[-1], token) and text.gap(out[-1], token) > _BIG_GAP and len(out) > 1
        if index not in inside or wide or (number_of(token) and _begins_row(text, token)):
            break
        out.append(token)
    return out
