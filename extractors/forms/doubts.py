"""Signs that an answer is not only what the applicant wrote: print of the form in it, or words of no such answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from extractors.forms.printed import FormKey, share_of_words, words_of
from extractors.forms.sequence import asks
from extractors.values import is_denial
from models import azerbaijani as az
from models.catalogue import AnswerKind, FormDescription, Question

_TOLD = 0.75  # share of another question's words that shows that it stands in an answer
_LONG = 3  # words of a text that can be told by its words
_LONGEST_CITIZENSHIP = 8  # words
_NUMBERED = re.compile(r"\W?(?:[Ss]ual\w{0,2}\W{0,2})?(\d{1,2}|[IVX]{1,5})\s?[.)]{1,2}\s*(?=[^\W\d_])")
#: What a form prints before each part of a name.
_PART = re.compile(r"^\W?(?:Soyad|Ad|Ata|Əvvəlki)[^:?()\d]{0,40}:\s*")
_SINCE_BIRTH = re.compile(r"\b(?:dogul|anadan|usaqli|hemise)")
_STROKE = re.compile(r"[-–—]+\s*\w|\(\s?[^\W\d_A-ZƏÇĞİÖŞÜ]|[Ss]ual\b")
_INTERROGATIVE = frozenset({"hansi", "harada", "nece", "niye", "ne", "kim", "melumat", "elave", "sebebi", "sebebden"})
_ONLY_ASKED = frozenset({"nedir", "olubmu", "varmi", "yazin", "gosterin", "qeyd"})
_INQUIRING = re.compile(r"\w{3,}(?:d[iu]r|[iu]b|s[iu]n[iu]z)m[iu]")  # a question in anybody's words
_STEM = 5  # letters by which words are the same word


def is_doubtful(
    rows: Collection[str], question: Question, form: FormDescription, lost: Collection[str], *, whole: bool = False
) -> bool:
    """Whether the rows of an answer hold what nobody answers. ``lost`` are numbers of questions that were not found.

    Where the question's print was found ``whole``, none of it is left to begin the answer.
    """
    if len(question.parts) > 1:
        rows = [_PART.sub("", row) for row in rows]
    text = " ".join(rows)
    words = az.fold(text).split()
    return bool(words) and (
        "?" in text
        or _is_torn(text)
        or bool(_STROKE.match(text))
        or _is_numbered(rows, question, lost)
        or any(asks(word) for word in words if word in _asking_words(FormKey(form)) or _INQUIRING.fullmatch(word))
        or (not whole and _begins_as_print(text, words, question))
        or _is_end_of_print(text, words, question)
        or _holds_own_hint(text, question)
        or _holds_another(words, question, form)
        or _holds_label(words, question, form)
        or _is_no_citizenship(text, words, question)
        or _is_no_name(text, question)
        or _is_no_date(text, question)
    )


def _is_torn(text: str) -> bool:
    """Whether an answer holds the end of a parenthesis that it does not begin, or of a sentence that asks."""
    plain = re.sub(r"(?<!\w)\w{1,2}\)", "", text)  # "a) şəkil b) qəbz"
    words = az.fold(text).split()
    goes_on = words[0] in _INTERROGATIVE and text[:1].islower() and len(words) > 1
    return plain.count(")") > plain.count("(") or goes_on or words[0] in _ONLY_ASKED


def _is_numbered(rows: Iterable[str], question: Question, lost: Collection[str]) -> bool:
    """Whether a number of the form begins the answer, or one of a lost question begins any row of it."""
    numbers = [found[1] for row in rows if (found := _NUMBERED.match(row))]
    own = bool(numbers) and (numbers[0] == question.number or (len(numbers) == 1 and not _lists(rows)))
    return own or any(number in lost for number in numbers)


def _lists(rows: Iterable[str]) -> bool:
    """Whether an answer numbers its own parts ("1. şəkil 2. qəbz")."""
    return len(re.findall(r"(?<![\w.,-])\d{1,2}\s?[.)]\s", " ".join(rows))) > 1


@lru_cache(maxsize=64)
def _asking_words(form: FormKey) -> frozenset[str]:
    """The words with which a form speaks to its reader."""
    texts = (wording for question in form.form.questions for wording in question.wordings)
    return frozenset(word for text in texts for word in az.fold(text).split() if asks(word))


def _begins_as_print(text: str, words: list[str], question: Question) -> bool:
    """Whether the answer begins in the middle of a sentence with a word of its own question."""
    own = {word for wording in question.wordings for word in az.fold(wording).split() if len(word) > 3}
    part = next((part for part in question.parts), None)
    free = part is not None and part.kind in (AnswerKind.TEXT, AnswerKind.NAME, AnswerKind.CITIZENSHIP)
    label = len(words) > 1 and any(az.fold(" ".join(words)).startswith(f"{az.fold(w)} ") for w in question.wordings)
    small = text[:1].islower() or not text[:1].isalpha()
    denies = is_denial(text, question.wordings)
    return label or (free and small and not denies and len(words) > 1 and words[0] in own)


def _is_end_of_print(text: str, words: list[str], question: Question) -> bool:
    """Whether a free answer consists of the question's own words: a form that words it otherwise left its end over."""
    free = question.parts[0].kind is AnswerKind.TEXT if question.parts else False
    own = {word[:_STEM] for wording in question.wordings for word in az.fold(wording).split()}
    left = all(len(word) >= _STEM and word[:_STEM] in own for word in words)
    return free and text[:1].islower() and left and not is_denial(text, question.wordings)


def _holds_own_hint(text: str, question: Question) -> bool:
    """Whether a parenthesis speaks in the words of the question ("(gəliş və gediş tarixləri)")."""
    stems = {word[:_STEM] for wording in question.wordings for word in az.fold(wording).split() if len(word) > 3}
    hints = [[w for w in az.fold(hint).split() if len(w) > 3] for hint in re.findall(r"\(([^)]*)\)?", text)]
    return any(sum(word[:_STEM] in stems for word in hint) >= 2 for hint in hints)


def _holds_another(words: list[str], question: Question, form: FormDescription) -> bool:
    """Whether another question, a section's name or a printed sentence stands in the answer."""
    if len(words) < _LONG:
        return False
    others = (wording for other in form.questions if other is not question for wording in other.wordings)
    sections = (other.section for other in form.questions)
    printed = (*others, *sections, *form.declarations, *form.requests, *form.addressees)
    own = set(az.fold(" ".join(question.wordings)).split())
    texts = {text for text in printed if len(words_of(text)) >= _LONG and not set(az.fold(text).split()) <= own}
    return any(share_of_words(text, words) >= _TOLD for text in texts)


def _holds_label(words: list[str], question: Question, form: FormDescription) -> bool:
    """Whether a label of several words stands in the answer, on a form that consists of labels."""
    near = [other.wordings for other in form.questions if other.section and other.section == question.section]
    labels = {az.fold(label) for labels in near for label in labels if len(words_of(label)) > 1}
    text = f" {' '.join(words)} "
    return any(f" {label} " in text for label in labels)


def _is_no_citizenship(text: str, words: list[str], question: Question) -> bool:
    asked = any(part.kind is AnswerKind.CITIZENSHIP for part in question.parts)
    return asked and (len(words) > _LONGEST_CITIZENSHIP or bool(re.search(r"[\"“”«»]|\d{1,2}[.)]", text)))


def _is_no_name(text: str, question: Question) -> bool:
    """Whether a name begins with a small letter."""
    named = question.parts and question.parts[0].kind is AnswerKind.NAME
    return bool(named) and text[:1].islower() and not is_denial(text)


def _is_no_date(text: str, question: Question) -> bool:
    """Whether words without any number answer a question for a date."""
    asked = question.parts and question.parts[0].kind in (AnswerKind.DATE, AnswerKind.PARTIAL_DATE)
    return (
        bool(asked)
        and not any(c.isdigit() for c in text)
        and not _SINCE_BIRTH.search(az.fold(text))
        and not is_denial(text)
    )
