"""What the words of a message ask for, in whatever language and spelling.

A sentence, the subject being one, asks for one thing: the most particular of those that it can mean. "My son" and
"citizenship" in one sentence are no wish to become a citizen oneself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from models.azerbaijani import fold, latin
from models.catalogue import Catalogue, Phrase

#: Weight of phrases from which a wish is plain.
CLEAR = 2.5
_LONG = 7  # letters of the beginning of a word in which one may be wrong
_MISTYPED = 0.86
_AZERBAIJANI_CYRILLIC = re.compile("[әғҝөүһҹ]", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?:;](?=\s|$)|\n\s*\n")


def wishes(subject: str, text: str, catalogue: Catalogue) -> dict[str, float]:
    """Procedure to the weight of what asks for it, 0 where nothing does.

    Only where no sentence says it plainly are the words of several taken together.
    """
    sentences = [words for words in map(_words, (subject, *_SENTENCE_END.split(text))) if words]
    found = _strongest(sentences, catalogue)
    return found if max(found.values(), default=0.0) >= CLEAR else _strongest([sum(sentences, ())], catalogue)


def speaks_of(phrases: Iterable[str], *texts: str) -> bool:
    """Whether any phrase stands in one of the texts."""
    return any(_says(words, phrase) for words in map(_words, texts) for phrase in phrases)


def _strongest(sentences: Iterable[tuple[str, ...]], catalogue: Catalogue) -> dict[str, float]:
    found = dict.fromkeys(catalogue.procedures, 0.0)
    for words in sentences:
        weights = {key: _weight(words, item.phrases, item.against) for key, item in catalogue.procedures.items()}
        most = max(weights.values(), default=0.0)
        for key, weight in weights.items():
            if weight == most > 0:
                found[key] = max(found[key], weight)
    return found


def _weight(words: tuple[str, ...], phrases: Iterable[Phrase], against: Iterable[Phrase]) -> float:
    """The weight of the strongest phrase less that of what speaks against it."""
    told = max((phrase.weight for phrase in phrases if _says(words, phrase.text)), default=0.0)
    return told - max((phrase.weight for phrase in against if _says(words, phrase.text)), default=0.0) if told else 0.0


@lru_cache(maxsize=16384)
def _says(words: tuple[str, ...], phrase: str) -> bool:
    """Whether each part of a phrase is there in one of its ways ("uşağ | övlad + vətəndaşlığ")."""
    return all(any(_stands(words, way) for way in part) for part in _parts(phrase))


@lru_cache(maxsize=4096)
def _parts(phrase: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    return tuple(tuple(_words(way) for way in part.split(" | ")) for part in phrase.split(" + "))


def _stands(words: Sequence[str], way: Sequence[str]) -> bool:
    """Whether words that begin like those of ``way`` follow one another."""
    last = len(words) - len(way)
    return any(all(_begins(words[at + i], way[i]) for i in range(len(way))) for at in range(last + 1))


@lru_cache(maxsize=65536)
def _begins(word: str, beginning: str) -> bool:
    if word.startswith(beginning):
        return True
    if len(beginning) < _LONG or word[0] != beginning[0]:
        return False
    return any(_mistyped(word[: len(beginning) + more], beginning) for more in (-1, 0, 1))


def _mistyped(written: str, meant: str) -> bool:
    """Whether a letter is wrong, lacks or is too many; the last one tells "vətəndaşlıq" from "vətəndaşlığı"."""
    return written[-1] == meant[-1] and SequenceMatcher(None, written, meant, autojunk=False).ratio() >= _MISTYPED


def _words(text: str) -> tuple[str, ...]:
    return tuple(fold(latin(text) if _AZERBAIJANI_CYRILLIC.search(text) else text).split())
