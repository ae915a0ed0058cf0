"""What every entry of a catalogue file is: checked, without unknown keys, and able to become its noun."""

from __future__ import annotations

import datetime
from dataclasses import fields as noun_fields
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from models.catalogue import ALWAYS, Condition, InForce, Phrase
from rules.catalogue.conditions import parse_condition
from rules.catalogue.source import CLAUSE_PATTERN, KEY_PATTERN

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Key = Annotated[str, StringConstraints(pattern=KEY_PATTERN)]
Clause = Annotated[str, StringConstraints(pattern=CLAUSE_PATTERN)]


class Entry(BaseModel):
    """A part of a catalogue file; unknown keys are mistakes. ``noun`` is the dataclass it becomes."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
    noun: ClassVar[type[Any]]

    @classmethod
    def keyed_from_outside(cls) -> bool:
        """Whether the noun's key is the name of the file or entry, and does not stand in the entry itself."""
        return "key" not in cls.model_fields and any(field.name == "key" for field in noun_fields(cls.noun))

    def build(self, **more: Any) -> Any:
        """The noun made of this entry; ``more`` gives or replaces its fields."""
        names = {field.name for field in noun_fields(self.noun)}
        values = {name: _built(getattr(self, name)) for name in names & set(type(self).model_fields)}
        return self.noun(**{**values, **more})


def _built(value: Any) -> Any:
    if isinstance(value, Entry):
        return value.build()
    if isinstance(value, list | tuple):
        return tuple(_built(item) for item in value)
    return value


def _phrase(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


def _condition(value: object) -> Condition:
    return ALWAYS if value is None else parse_condition(value)


When = Annotated[Condition, BeforeValidator(_condition)]


class PhraseEntry(Entry):
    """A phrase; in a file a plain sentence is an Azerbaijani phrase of weight 1."""

    noun: ClassVar[type[Any]] = Phrase
    text: Text
    language: Literal["az", "az-Cyrl", "ru", "tr", "en"] = "az"
    weight: float = Field(1.0, gt=0, le=5)


Phrases = tuple[Annotated[PhraseEntry, BeforeValidator(_phrase)], ...]


class Dated(Entry):
    """An entry with inclusive dates ``since`` and ``until``; none is open."""

    since: datetime.date | None = None
    until: datetime.date | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Dated:
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"since {self.since} is after until {self.until}")
        return self

    def build(self, **more: Any) -> Any:
        return super().build(in_force=InForce(self.since, self.until), **more)
