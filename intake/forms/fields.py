"""What both kinds of blank forms share: where answers go, what they are called and how much room they get."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from models.azerbaijani import upper
from models.catalogue import AnswerKind, AnswerLayout, Column, FormDescription, Part, Question
from models.grammar import ordinal

SIGNED_ON = "signed_on"
YES_NO = ("Bəli", "Xeyr")

_BLANK_ROWS = 5
_NARROW = (AnswerKind.DATE, AnswerKind.PARTIAL_DATE, AnswerKind.CHOICE, AnswerKind.INTEGER)


@dataclass(frozen=True, slots=True)
class Block:
    """Questions that stand together: one table of questions and answers, or one question of another layout."""

    layout: AnswerLayout
    questions: tuple[Question, ...]
    section: str = ""


def blocks(form: FormDescription) -> Iterator[Block]:
    """The questions of a form in order; neighbours answered in cells form one block, as do labelled ones."""

    def together(question: Question) -> tuple[str, AnswerLayout, str]:
        alone = question.layout in (AnswerLayout.TABLE, AnswerLayout.LINES)
        return question.section, question.layout, question.number + question.parts[0].key if alone else ""

    for (section, layout, _), group in groupby(form.questions, key=together):
        yield Block(layout, tuple(group), section)


def question_text(question: Question) -> str:
    """The wording of a question with its number; "14-1" and the like are ours and stand on no print."""
    return f"{question.number}. {question.wordings[0]}" if question.number.isdigit() else question.wordings[0]


def heading(question: Question) -> str:
    """What stands above a table or ruled lines; "" where the section's title says the same."""
    return "" if question.section == question.wordings[0] else question_text(question)


def request(form: FormDescription) -> str:
    """The sentence that says what is asked; "" where the title says the same."""
    return next((each for each in form.requests[:1] if each not in form.titles), "")


def caption(question: Question, part: Part) -> str:
    """The short words before one of several answers to a question; "" where the question needs none."""
    if len(question.parts) < 2:
        return ""
    text = part.labels[0] if part.labels else part.name
    return f"{upper(text[:1])}{text[1:]}:"


def tooltip(question: Question, part: Part) -> str:
    """What a reader program says of a field."""
    return " – ".join(filter(None, (question_text(question), caption(question, part).rstrip(":"))))


def row_key(part: Part, row: int, column: Column) -> str:
    """The name of a field in a table, its rows counted from 1: "employment.1.from"."""
    return f"{part.key}.{row}.{column.key}"


def row_tooltip(column: Column, row: int) -> str:
    return f"{column.headings[0]}, {ordinal(row)} sətir"


def options(part: Part) -> tuple[str, ...]:
    """The usual answers to a question that has some; another one may still be written."""
    if part.kind is AnswerKind.BOOLEAN:
        return YES_NO
    return tuple(words[0] for words in part.choices.values())


def line_count(question: Question, part: Part) -> int:
    """How many writing lines an answer gets; a short label asks for a short answer."""
    return 2 if part.kind is AnswerKind.TEXT and question.layout is not AnswerLayout.LABEL else 1


def blank_rows(question: Question) -> int:
    return question.rows or _BLANK_ROWS


def column_shares(question: Question) -> list[float]:
    """The width of each column of a table answer, as fractions of the whole."""
    weights = [1.0 if c.kind in _NARROW else 2.0 if len(c.headings[0]) > 14 else 1.4 for c in question.columns]
    return [weight / sum(weights) for weight in weights]


def column_groups(question: Question) -> list[tuple[str, int]]:
    """The headings above neighbouring columns with how many columns each spans; "" where there is none."""
    return [(name, len(list(group))) for name, group in groupby(question.columns, key=lambda c: (c.group or ("",))[0])]
