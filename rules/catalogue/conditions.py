"""The closed vocabulary of conditions: what a requirement or a fee may depend on, and nothing else.

In a file: ``{category: refugee}``, ``{age: {at_least: 60}}``, ``{not: ...}``, ``{all: [...]}``, ``{any: [...]}``.
Facts may be unknown; then a condition may be unknown too, and the office must look.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.catalogue import Condition

#: fact -> what it means in plain Azerbaijani (printed by ``intake catalogue``).
FACTS: dict[str, str] = {
    "category": "müraciət edənin kateqoriyası",
    "encloses_passport": "pasport və ya digər sərhədkeçmə sənədi əlavə olunub",
    "left_republic": "respublikanı tərk edib",
    "ground": "müraciətin əsası",
    "age": "yaş",
    "child_age": "uşağın yaşı",
    "married": "nikahdadır",
    "divorced": "nikah pozulub",
    "has_id_card": "şəxsiyyət vəsiqəsi var",
    "conscript": "çağırışçı və ya hərbi vəzifəlidir",
    "signed_by_representative": "sənədləri nümayəndə imzalayır və ya təqdim edir",
    "board_elected": "müşahidə şurası seçilib",
    "founder": "təsisçi",
    "family_status_changed": "ailə vəziyyəti dəyişib",
    "surname_changed_with_status": "soyad ailə vəziyyətinin dəyişməsi ilə əlaqədar dəyişib",
    "reason": "müraciətin səbəbi",
    "listed_illness": "siyahısı müəyyən edilmiş xəstəlik var",
    "relatives": "tərəflər yaxın qohumdur",
    "farming": "kənd təsərrüfatı sahəsidir",
    "city": "yer",
    "speed": "icra müddəti",
    "household_registered": "yaşayış yerində qeydiyyatda olan yetkin ailə üzvləri var",
}

_COMPARISONS = ("at_least", "at_most", "is_not")
_SIGNS = {"is": "=", "is_not": "≠", "at_least": "≥", "at_most": "≤"}


def parse_condition(value: object) -> Condition:
    """A condition as written in a file. Raises ValueError naming what is not of the vocabulary."""
    if not isinstance(value, Mapping) or len(value) != 1:
        raise ValueError("a condition has exactly one key: a fact, or all, any, not")
    ((name, body),) = value.items()
    if name in ("all", "any"):
        if not isinstance(body, list) or not body:
            raise ValueError(f"{name} needs a list of conditions")
        return Condition(name, of=tuple(parse_condition(item) for item in body))
    if name == "not":
        return Condition("not", of=(parse_condition(body),))
    if name not in FACTS:
        raise ValueError(f"unknown fact {name!r}; known are {', '.join(FACTS)}")
    return _comparison(name, body)


def _comparison(fact: str, body: object) -> Condition:
    if isinstance(body, Mapping):
        if len(body) != 1 or next(iter(body)) not in _COMPARISONS:
            raise ValueError(f"{fact} is compared with a value or one of {', '.join(_COMPARISONS)}")
        ((op, value),) = body.items()
        return Condition(op, fact, value)
    if isinstance(body, list):
        return Condition("any", of=tuple(Condition("is", fact, item) for item in body))
    return Condition("is", fact, body)


def holds(condition: Condition, facts: Mapping[str, Any]) -> bool | None:
    """Whether a condition holds; None where a fact it needs is unknown (absent or None)."""
    if condition.op == "always":
        return True
    if condition.op in ("all", "any", "not"):
        return _combined(condition, facts)
    known = facts.get(condition.fact)
    if known is None:
        return None
    match condition.op:
        case "is":
            return bool(known == condition.value)
        case "is_not":
            return bool(known != condition.value)
        case "at_least":
            return bool(known >= condition.value)
        case _:
            return bool(known <= condition.value)


def _combined(condition: Condition, facts: Mapping[str, Any]) -> bool | None:
    results = [holds(part, facts) for part in condition.of]
    if condition.op == "not":
        return None if results[0] is None else not results[0]
    deciding = condition.op == "any"
    if deciding in results:
        return deciding
    return None if None in results else not deciding


def in_words(condition: Condition) -> str:
    """A condition as one plain line for a person who checks it against the source."""
    match condition.op:
        case "always":
            return "həmişə"
        case "all":
            return " və ".join(_bracketed(part) for part in condition.of)
        case "any":
            return " və ya ".join(_bracketed(part) for part in condition.of)
        case "not":
            return _denied(condition.of[0])
    fact = FACTS.get(condition.fact, condition.fact)
    if isinstance(condition.value, bool):
        return fact if condition.value is (condition.op == "is") else f"{fact}: xeyr"
    return f"{fact} {_SIGNS[condition.op]} {condition.value}"


def _denied(condition: Condition) -> str:
    """The opposite in words, without a "not" before brackets where the signs can say it."""
    if condition.op == "any":
        return " və ".join(in_words(Condition("not", of=(part,))) for part in condition.of)
    if condition.op == "is" and isinstance(condition.value, bool):
        return in_words(Condition("is", condition.fact, not condition.value))
    if condition.op == "is":
        return in_words(Condition("is_not", condition.fact, condition.value))
    return f"belə deyil: ({in_words(condition)})"


def _bracketed(condition: Condition) -> str:
    return f"({in_words(condition)})" if condition.op in ("all", "any") else in_words(condition)
