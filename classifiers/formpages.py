"""What pages show of a form: its questions, its beginning, its end."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from classifiers.phrases import bare
from models.sheet import Sheet

_MOST_QUESTIONS = 22
_LITTLE = 90  # words
_WORDS_BY_A_SIGNATURE = 25  # "«07» aprel 2025 (gün, ay, il) (şəxsi imza)" and what a stamp adds
_SIGNATURE_LABELS = ("sexsi imza", "imzasi", "gun ay il")
_OFFICE_NOTES = tuple(map(bare, ("orada göstərilmiş sənədləri qəbul etdi", "doldurmanın düzgünlüyünü yoxladı")))
_HEAD = 0.1
_PRINTED_ON = re.compile(r"\W*\d{1,2}[./]\d{1,2}[./]\d{2,4},? \d{1,2}:\d{2}\b")


def form_begins(sheet: Sheet) -> bool:
    """Whether a sheet is the first of a form: a line at its top is the title or addresses the President."""
    title, addressee = "ərizəanket", "azərbaycanrespublikasınınprezidentinə"
    running = [line.box.y1 for line in sheet.lines if line.box.y0 < _HEAD and _PRINTED_ON.match(line.text)]
    for line in sheet.lines:
        if line.box.y0 < max(running, default=0.0):
            continue  # "28.05.2025, 11:47 Ərizə-anket", as browsers print above each page
        text = bare(line.text).replace(" ", "")
        if line.box.y0 < 0.5 and max(fuzz.ratio(text, bare(title)), fuzz.ratio(text, bare(addressee))) >= 85:
            return True
    return False


def question_numbers(sheet: Sheet) -> set[int]:
    """Numbers that begin lines as questions do ("14. Əmək ...")."""
    found = (re.match(r"\s*(\d{1,2})\s?[.)]\s?[^\W\d_]", line.text) for line in sheet.lines)
    return {int(match.group(1)) for match in found if match and 1 <= int(match.group(1)) <= _MOST_QUESTIONS}


def count_down(first: Sheet, second: Sheet) -> bool:
    """Whether the questions of two pages say that a form was scanned last page first."""
    later, sooner = question_numbers(first), question_numbers(second)
    return bool(later and sooner) and min(later) >= max(sooner)


def has_little_of_a_form(sheet: Sheet) -> bool:
    """Whether a page has neither questions nor a title, and not much else."""
    return not (question_numbers(sheet) or form_begins(sheet) or word_count(sheet) >= _LITTLE)


def ends_a_form(sheet: Sheet) -> bool:
    """Whether a page has little more than a place for the signature, or the office's notes."""
    count, words = word_count(sheet), bare(" ".join(line.text for line in sheet.lines))
    if count < _WORDS_BY_A_SIGNATURE and _to_be_signed(words):
        return True
    return count < _LITTLE and any(fuzz.partial_ratio(note, words) >= 90 for note in _OFFICE_NOTES)


def word_count(sheet: Sheet) -> int:
    """The words of all lines."""
    return sum(len(line.words) for line in sheet.lines)


def _to_be_signed(words: str) -> bool:
    labelled = any(fuzz.partial_ratio(label, words) >= 90 for label in _SIGNATURE_LABELS)
    return labelled or {"tarix", "imza"} <= set(re.findall(r"[^\W\d_]+", words))
