"""Which form the pages of a message show.

Restoration and child forms print the questions of Annex 1, and a page of tables might be of any form: the sentence
with the request, on one page of them, tells for all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from classifiers.phrases import bare
from models.sheet import Sheet

_REACH = 12  # words on either side of "xahiş" that its sentence may have
_STEM = 5
_LIKE = 80.0
_ASKED = 0.6  # share of a request's words that make it that request
_FAMILY = 0.3  # share of the best form's score from which a page may be of another form that asks alike
_TIE = 0.1  # scores of two forms on one page that differ by less say nothing
_PARTLY = 0.12  # the score of a page that shows some of a form
_CERTAINLY = 0.5  # and of one that says which form it is
#: Words of a request for others beside the applicant: "mənimlə eyni zamanda ... uşaqlarımı qəbul etməyi xahiş edirəm".
_BESIDE = tuple(map(bare, ("birlikdə", "eyni", "uşaqlarım")))


def as_one_form(
    sheets: Sequence[Sheet], scores: Sequence[Mapping[str, float]], requests: Mapping[str, Sequence[str]]
) -> list[Mapping[str, float]]:
    """Scores by form where pages that may be of several forms count for the one that the message asks by.

    ``requests`` are the sentences in which each form asks.
    """
    asked = [
        _request(sheet, requests) if max(page.values(), default=0.0) >= _PARTLY else None
        for sheet, page in zip(sheets, scores, strict=True)
    ]
    told = next((key for key in asked if key), None)
    if told is None:
        return _by_the_whole(scores)
    out = []
    for own, page in zip(asked, scores, strict=True):
        told = own or told
        best = max((*page.values(), *([_CERTAINLY] if own else ())), default=0.0)
        of_it = best > 0 and page.get(told, 0.0) >= _FAMILY * best
        out.append({key: best * (key == told) for key in page} if of_it else page)
    return out


def _request(sheet: Sheet, requests: Mapping[str, Sequence[str]]) -> str | None:
    """The form in whose words the page asks for the applicant, if it asks at all."""
    words = [word for line in sheet.lines for word in bare(line.text).split()]
    around = [
        words[max(0, at - _REACH) : at + _REACH + 1]
        for at, word in enumerate(words)
        if fuzz.ratio(word, "xahis") >= _LIKE
    ]
    shares = {
        key: max((_share(said, sentence) for said in around for sentence in sentences), default=0.0)
        for key, sentences in requests.items()
        if sentences
    }
    best = max(shares, key=lambda key: shares[key], default=None)
    return best if best and shares[best] >= _ASKED else None


def _share(said: Sequence[str], sentence: str) -> float:
    """How many words of a request were said; none in a sentence about others."""
    if any(word.startswith(_BESIDE) for word in said):
        return 0.0
    stems = {word[:_STEM] for word in said}
    wanted = {word[:_STEM] for word in bare(sentence).split()}
    return sum(any(_alike(stem, word) for stem in stems) for word in wanted) / len(wanted)


def _alike(stem: str, word: str) -> bool:
    return stem[0] == word[0] and fuzz.ratio(stem, word) >= _LIKE


def _by_the_whole(scores: Sequence[Mapping[str, float]]) -> list[Mapping[str, float]]:
    """A page that fits several forms equally counts for the one that the pages together show."""
    total = {key: sum(page[key] for page in scores) for key in (scores[0] if scores else ())}
    shown = max(total, key=lambda key: total[key], default=None)
    return [
        {key: score if key == shown or score > page[shown] + _TIE else 0.0 for key, score in page.items()}
        if shown and page[shown] >= max(page.values()) - _TIE
        else page
        for page in scores
    ]
