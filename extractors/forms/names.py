"""A person's name as applicants write it into one cell: surname, given name, patronymic and former names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.values import is_dash, is_denial, squeeze
from models import azerbaijani as az
from models.document import NONE

_PARTICLE = re.compile(r"(?:o[gğ]lu|q[ıi]z[ıi]|k[ıi]z[ıi]|o[gğ]lı|оглы|кызы|гызы)[.,;:)]*", re.IGNORECASE)
_SURNAME_ENDING = re.compile(
    r"(?:ov|ova|yev|yeva|ev|eva|zade|li|lu|skiy|skaya|ski|enko|yan|dze|svili|oglu|beyli|bəyli|uk|in|ina)$"
)
_PATRONYMIC_ENDING = re.compile(r"(?:ovic|evic|yevic|ovna|evna|yevna|ovich|evich|ович|евич|овна|евна)$")
_FORMER = re.compile(
    r"\b(?:evvel\w*|kecmis\w*|qizliq|deyis\w*|olub|olmus\w*|evlen\w*|nikah\w*|bosan\w*|soyad\w*|adim\w*|adini|"
    r"dasi\w*|redakte\w*|tehrif\w*|doguldu\w*|до|бывш\w*|девич\w*|ранее|formerly|nee|previous\w*|\d{4})\b"
)
_FORMER_LABEL = (
    r"(?:əvvəlki|keçmiş|qızlıq|dəyişdirilmiş)\s+(?:soyad|ad)[^\W\d_]*"
    r"(?:\s*,\s*(?:ad|ata)[^\W\d_]*(?:\s+ad[^\W\d_]*)?)*"
)
_LABELS = (
    ("former_names", _FORMER_LABEL),
    ("patronymic", r"(?:ata(?:sının|nızın|mın|nın)?\s+ad(?:ı|ım|ınız)?|atasının)"),
    ("surname", r"soyad(?:ı|ım|ınız)?"),
    ("given_name", r"ad(?:ı|ım|ınız)?"),
)
_LABEL = re.compile(
    r"(?<![^\W_])(?:" + "|".join(f"(?P<{key}>{words})" for key, words in _LABELS) + r")(?P<mark>\s*[:=–—\-]+|(?=\s))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PersonName:
    """The parts of a name; None for what is not written. ``certainty`` is how sure the division is."""

    surname: str | None = None
    given_name: str | None = None
    patronymic: str | None = None
    former_names: str | None = None
    certainty: float = 1.0


def split_name(rows: Sequence[str]) -> PersonName:
    """The name that the rows of an answer hold, in the order surname, given name, patronymic unless words say else."""
    text = squeeze(re.sub(r"(?<=[^\W\d_]{2})\.(?=[^\W\d_]{3})", ". ", " ".join(rows)))
    if not text or is_dash(text):
        return PersonName()
    if labelled := _by_labels(text):
        return labelled
    main, rest = _without_former(text)
    words = [word for word in (w.strip(" ,.;:()/\"'«»“”") for w in main.split()) if word and not is_dash(word)]
    person = _by_rows(rows, words, rest) or _by_words(words)
    former = _former(rest)
    return PersonName(person.surname, person.given_name, person.patronymic, former, person.certainty)


def _by_labels(text: str) -> PersonName | None:
    """ "Soyadı: Əliyev Adı: Rəşad Atasının adı: Kamil" in any order; at least two labels are needed."""
    found = [m for m in _LABEL.finditer(text) if m.lastgroup]
    keys = [next(key for key, _ in _LABELS if m.group(key)) for m in found]
    marked = [m for m in found if m.group("mark").strip()]
    told = bool(found) and az.fold(text).startswith(("soyadim ", "adim "))  # "Soyadım Əliyev, adım Rəşad"
    if len(set(keys)) < 2 or found[0].start() > 3 or (len(marked) < 2 and len(set(keys)) < 3 and not told):
        return None
    parts: dict[str, str] = {}
    for i, match in enumerate(found):
        end = found[i + 1].start() if i + 1 < len(found) else len(text)
        begin = match.end() if match.group("mark").strip() or keys[i] != "former_names" else match.start()
        words = text[begin:end].strip(" ,.;:–—-/")
        parts.setdefault(keys[i], words)
    last = keys[-1]
    former = parts.get("former_names")
    if last != "former_names" and former is None:
        main, rest = _without_former(parts[last])
        parts[last], former = main, rest
    surname, given, patronymic = (_clean(parts.get(key)) for key in ("surname", "given_name", "patronymic"))
    return PersonName(surname, given, patronymic, _former(former), 0.99)


def _clean(words: str | None) -> str | None:
    cleaned = squeeze(words or "").strip(" ,.;:()\"'«»“”")
    return None if not cleaned or is_denial(cleaned) else cleaned


def _without_former(text: str) -> tuple[str, str]:
    """The name itself and what is written after it about earlier names."""
    words = text.split()
    for i, word in enumerate(words[:7]):
        if _PARTICLE.fullmatch(word) and i:
            after = words[i + 1 :]
            if len(after) == 1 and _is_name(after[0]) and not word.endswith((".", ",", ";", ":", ")")):
                return text, ""  # given name, patronymic, surname
            return " ".join(words[: i + 1]), " ".join(after)
    cut = re.search(r"[(;\[]|\.\s|\s[-–—]\s|\n", text)
    main, rest = (
        (text[: cut.start()], text[cut.start() :]) if cut and len(text[: cut.start()].split()) >= 2 else (text, "")
    )
    if not rest:
        main, rest = _before_keyword(text)
    return main, rest


def _before_keyword(text: str) -> tuple[str, str]:
    """Cut before a word that speaks of former names, at the comma before it where there is one."""
    words = text.split()
    for i, word in enumerate(words):
        if i >= 2 and _FORMER.search(az.fold(word)):
            while i > 2 and not words[i - 1].endswith((",", ";", ".")) and not _is_name(words[i - 1]):
                i -= 1
            return " ".join(words[:i]), " ".join(words[i:])
    return text, ""


def _is_name(word: str) -> bool:
    return word[:1].isupper() and not _FORMER.search(az.fold(word)) and not any(c.isdigit() for c in word)


def _former(rest: str | None) -> str | None:
    text = squeeze(rest or "").strip(" ,;:–—-")
    text = text.removeprefix(".").strip()
    if re.fullmatch(r"[(\[].*[)\]]\.?", text) and text.count("(") <= 1:
        text = text.rstrip(".")[1:-1].strip()
    if not re.search(r"\w", text):
        return None
    denied = is_denial(text, ("soyadımı adımı atamın adını dəyişmək soyad ad əvvəlki əvvəllər başqa soyadı adı",))
    return NONE if denied else text


def _by_rows(rows: Sequence[str], words: Sequence[str], rest: str) -> PersonName | None:
    """One part per row, where the words alone would leave it open."""
    filled = [r for r in (squeeze(row).strip(" ,.;") for row in rows) if r]
    if len(filled) != 3 or rest or len(words) < 4 or any(len(row.split()) > 3 for row in filled):
        return None
    if any(_PARTICLE.fullmatch(w) for w in words) and not _PARTICLE.fullmatch(filled[2].split()[-1]):
        return None
    return PersonName(filled[0], filled[1], filled[2], certainty=0.9)


def _by_words(words: Sequence[str]) -> PersonName:
    particle = next((i for i, word in enumerate(words) if i and _PARTICLE.fullmatch(word)), None)
    if particle is not None:
        return _with_particle(words, particle)
    if len(words) <= 1:
        return PersonName(surname=words[0] if words else None, certainty=0.6)
    words = _surname_first(words)
    if len(words) == 2:
        return PersonName(words[0], words[1], certainty=0.97)
    if len(words) == 3:
        sure = bool(_PATRONYMIC_ENDING.search(az.fold(words[2]))) or _ends_as_surname(words[0])
        return PersonName(words[0], words[1], words[2], certainty=0.98 if sure else 0.85)
    return PersonName(words[0], " ".join(words[1:]), certainty=0.5)


def _with_particle(words: Sequence[str], particle: int) -> PersonName:
    """Words around "oğlu" or "qızı": the father's name stands right before it."""
    father = " ".join(words[particle - 1 : particle + 1])
    before, after = list(words[: particle - 1]), list(words[particle + 1 :])
    if after and len(before) == 1:
        return PersonName(" ".join(after), before[0], father, certainty=0.9)
    if len(before) == 2:
        before = list(_surname_first(before))
        return PersonName(before[0], before[1], father, certainty=0.99)
    if len(before) == 1:
        return PersonName(given_name=before[0], patronymic=father, certainty=0.5)
    return PersonName(before[0] if before else None, " ".join(before[1:]) or None, father, certainty=0.7)


def _surname_first(words: Sequence[str]) -> Sequence[str]:
    """The words with the surname first: the convention, unless capitals or endings clearly speak against it."""
    capitals = [i for i, w in enumerate(words) if len(w) > 2 and w == az.upper(w)]
    if len(capitals) == 1 and len(words) > 1:
        i = capitals[0]
        return [words[i], *words[:i], *words[i + 1 :]]
    endings = [_ends_as_surname(word) for word in words]
    strong = [bool(re.search(r"(?:ov|ova|yev|yeva|zade|dze|svili|skiy|enko)$", az.fold(w))) for w in words]
    if len(words) == 2 and strong[1] and not endings[0]:
        return [words[1], words[0]]
    return words


def _ends_as_surname(word: str) -> bool:
    return bool(_SURNAME_ENDING.search(az.fold(word))) and len(word) > 4
