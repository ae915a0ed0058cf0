"""The closed vocabulary of conditions: what a requirement or a fee may depend on, and nothing else.

In a file: ``{category: refugee}``, ``{age: {at_least: 60}}``, ``{not: ...}``, ``{all: [...]}``, ``{any: [...]}``.
Facts may be unknown; then a condition may be unknown too, and the office must look.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.case import Category
from models.catalogue import Condition


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact in plain Azerbaijani and what it may be: yes or no, a whole number, or one of ``values``."""

    name: str
    kind: type[bool] | type[int] | type[str] = bool
    values: tuple[str, ...] = ()


_SPEEDS = ("10 gün", "3 iş günü", "1 iş günü")
_REASONS = ("expired", "name_changed", "wrong_entry", "damaged", "lost", "new_pattern")

#: Every fact a condition may be about.
FACTS: dict[str, Fact] = {
    "category": Fact("müraciət edənin kateqoriyası", str, tuple(category.value for category in Category)),
    "encloses_passport": Fact("pasport və ya digər sərhədkeçmə sənədi əlavə olunub"),
    "left_republic": Fact("respublikanı tərk edib"),
    "ground": Fact("müraciətin əsası", str, ("parent", "adoption", "guardianship")),
    "age": Fact("yaş", int),
    "child_age": Fact("uşağın yaşı", int),
    "married": Fact("nikahdadır"),
    "divorced": Fact("nikah pozulub"),
    "has_id_card": Fact("şəxsiyyət vəsiqəsi var"),
    "conscript": Fact("çağırışçı və ya hərbi vəzifəlidir"),
    "signed_by_representative": Fact("sənədləri nümayəndə imzalayır və ya təqdim edir"),
    "board_elected": Fact("müşahidə şurası seçilib"),
    "founder": Fact("təsisçi", str, ("foreigner", "stateless", "foreign_company")),
    "family_status_changed": Fact("ailə vəziyyəti dəyişib"),
    "surname_changed_with_status": Fact("soyad ailə vəziyyətinin dəyişməsi ilə əlaqədar dəyişib"),
    "reason": Fact("müraciətin səbəbi", str, _REASONS),
    "listed_illness": Fact("siyahısı müəyyən edilmiş xəstəlik var"),
    "relatives": Fact("tərəflər yaxın qohumdur"),
    "farming": Fact("kənd təsərrüfatı sahəsidir"),
    "city": Fact("yer", str),
    "speed": Fact("icra müddəti", str, _SPEEDS),
    "household_registered": Fact("yaşayış yerində qeydiyyatda olan yetkin ailə üzvləri var"),
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
        if op != "is_not" and FACTS[fact].kind is not int:
            raise ValueError(f"{fact} is no number; {op} is for numbers")
        return Condition(op, fact, _value(fact, value))
    if isinstance(body, list):
        if not body:
            raise ValueError(f"{fact} needs at least one value")
        return Condition("any", of=tuple(Condition("is", fact, _value(fact, item)) for item in body))
    return Condition("is", fact, _value(fact, body))


def _value(fact: str, value: object) -> object:
    """A value that the fact may have; a misspelt one would silently never hold."""
    known = FACTS[fact]
    wanted = {bool: "true or false", int: "a whole number", str: f"one of {', '.join(known.values)}"}[known.kind]
    if type(value) is not known.kind or (known.values and value not in known.values):
        raise ValueError(f"{fact} is {wanted if known.values or known.kind is not str else 'a text'}, not {value!r}")
    return value


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
    fact = FACTS[condition.fact].name
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
