"""How sure an answer is. All numbers stand in one table, so that they can be fitted anew to measured readings.

They come from the share of right answers per kind of agreement (docs/recogniser.md: lines of unseen typefaces that both
engines read the same are right in 99.7 %, those that one engine reads surely in 98 to 100 %).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.values import squeeze
from models.sheet import Line, Source

_ODD_WORD = re.compile(r"[a-zəğıöüçş]{2}[0-9]|[a-zəğıöüçş]{2}[0-9]?\.[a-zəğıöüçş]{3}(?!@)")


@dataclass(frozen=True, slots=True)
class Calibration:
    """Shares of right answers by what is known about a reading."""

    stated: float = 0.995  # text layer, form field, DOCX: the letters themselves
    identical: float = 0.99  # two engines read the same
    #: by the least sure word of a fused line
    fused: tuple[tuple[float, float], ...] = (
        (0.985, 1.0), (0.97, 0.97), (0.92, 0.93), (0.84, 0.9), (0.75, 0.7), (0.0, 0.4),
    )  # fmt: skip
    proven: float = 0.97  # from where a word is sure by itself, whatever the other engine makes of it
    value_identical: float = 0.985  # they differ, but mean the same value
    differing: float = 0.93  # they differ; how sure the one that is followed is, the words say
    no_number: float = 0.6  # words less sure than this may hold a number that nobody recognised
    folded: float = 0.93  # equal but for diacritics, case and signs
    close: float = 0.75  # values that differ a little
    odd_word: float = 0.6  # a digit inside a word, a full stop without a blank after it
    alone: tuple[tuple[float, float], ...] = ((0.95, 0.9), (0.9, 0.85), (0.8, 0.7), (0.6, 0.5), (0.0, 0.3))
    vague_print: float = 0.9  # the question itself was hard to recognise
    hazy_print: float = 0.97
    beside_lost: float = 0.6  # the next question was not found: it may stand in the answer
    disordered: float = 0.9  # other answers of the sheet went astray
    with_print: float = 0.5  # words of the form itself seem to stand in the answer
    beside_ink: float = 0.9  # there is more ink in the answer's row than was read
    stamped: float = 0.6  # a stamp stands where the answer may go on
    unbounded: float = 0.99  # no cell says where the answer ends
    unfit: float = 0.35  # the words are no value of the kind asked for
    empty_cell: float = 0.985
    empty_place: float = 0.96
    empty_unseen: float = 0.55  # no picture to look for ink in
    empty_faint: float = 0.7  # there is something smaller or paler than letters
    empty_unplaced: float = 0.6  # the answer may stand elsewhere
    empty_inked: float = 0.25  # something is written that nobody could read
    dash_in_cell: float = 0.93  # a stroke that no engine reads, alone in its place
    dash_in_place: float = 0.8
    absent: float = 0.4  # the question itself was not found


CALIBRATION = Calibration()


def of_lines(lines: Sequence[Line], source: Source, table: Calibration = CALIBRATION) -> float:
    """The chance that every line is read exactly."""
    if source is not Source.OCR:
        return table.stated * min((line.confidence for line in lines), default=1.0)
    chance = 1.0
    for line in lines:
        chance *= _of_line(line, table) * (table.odd_word if is_odd(line.text) else 1.0)
    return chance


def is_odd(text: str) -> bool:
    """Whether a text holds what people do not write but engines read."""
    return bool(_ODD_WORD.search(text))


def _of_line(line: Line, table: Calibration) -> float:
    if line.second is None:
        return next(share for least, share in table.alone if line.confidence >= least)
    agreed = line.confidence >= table.proven or _letters(line.text) == _letters(line.second)
    by_text = table.identical if agreed else table.differing
    return min(by_text, next(share for least, share in table.fused if line.confidence >= least))


def _letters(text: str) -> str:
    """A reading without blanks, quotes and kinds of dashes, in which engines differ without meaning."""
    return squeeze(text).translate(str.maketrans("–—−“”„«»’‘`", '---"""""\'\'\'')).replace(" ", "")


def of_print(coverage: float, table: Calibration = CALIBRATION) -> float:
    """The chance that a question recognised to this share is the right one."""
    if coverage >= 0.85:
        return 1.0
    return table.hazy_print if coverage >= 0.7 else table.vague_print


def of_empty(source: Source, certain: bool, inked: bool | None, table: Calibration = CALIBRATION) -> float:
    """The chance that a place without words was left empty. ``inked`` is None where no picture could be searched."""
    if inked:
        return table.empty_inked
    if inked is None and source is Source.OCR:
        return table.empty_unseen
    return table.empty_cell if certain else table.empty_place
