"""How many people apply in one message, and whether the one who applies is whom the procedure is for."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

from models.azerbaijani import fold
from models.document import Document, Field
from rules.dossier import Dossier
from rules.identity import Likeness, names_alike, persons_alike

_CARRIED = ("passport", "id_card", "permanent_residence_card", "refugee_card", "registration_card")
#: A paper that nobody encloses for a relative who does not apply too.
_OWN_PAPER = "language_certificate"
_PEOPLE_OF_FORMS = ("", "host_", "guest_")


class Name(NamedTuple):
    surname: str
    given: str


def several_persons(dossier: Dossier) -> bool:
    """Whether the message holds two people's applications (casework.md: review).

    Two forms of different people; or a second person's passport with the paper that only an applicant needs, a
    language certificate. A relative's passport alone says nothing, nor does who paid.
    """
    forms = [form for form in dossier.submission.documents if form.type in dossier.catalogue.forms]
    people = [[name for form in forms if (name := _named(form, prefix))] for prefix in _PEOPLE_OF_FORMS]
    applying = [holder for holder in _holders(dossier) if _applies_too(holder, dossier)]
    return any(_several(group) for group in (*people, [*people[0][:1], *applying]))


def _several(people: list[Name]) -> bool:
    return any(_different(one, other) for one, other in combinations(people, 2))


def _named(form: Document, prefix: str = "") -> Name | None:
    return _name(form.get(f"{prefix}surname"), form.get(f"{prefix}given_name"))


def _holders(dossier: Dossier) -> list[Name]:
    """The people whose passports and cards came, read with certainty."""
    papers = [paper for paper in dossier.of_types(_CARRIED) if dossier.sure(paper)]
    names = [_name(paper.get("surname"), paper.get("given_names"), dossier.policy.value_certainty) for paper in papers]
    return [name for name in names if name]


def _name(surname: Field | None, given: Field | None, least: float = 0.0) -> Name | None:
    if not (surname and given and surname.text and given.text):
        return None
    return Name(surname.text, given.text) if min(surname.confidence, given.confidence) >= least else None


def _different(one: Name, other: Name) -> bool:
    """Different people, neither by spelling nor by the order of the names the same."""
    apart = min(names_alike(one.surname, other.surname), names_alike(one.given, other.given)) is Likeness.DIFFERENT
    return apart and persons_alike(*one, f"{other.surname} {other.given}") is Likeness.DIFFERENT


def _applies_too(person: Name, dossier: Dossier) -> bool:
    named = [paper.get("person") for paper in dossier.of_types([_OWN_PAPER]) if dossier.sure(paper)]
    return any(persons_alike(*person, field.text) is Likeness.SAME for field in named if field and field.text)


def lives_abroad(dossier: Dossier) -> bool:
    """Whether the form's address is in another state, as far as it names one."""
    address = f" {dossier.answers.get('address', '')} "
    places = dossier.catalogue.places
    begun = any(f" {fold(start)}" in address for start in places.abroad)
    named = any(f" {fold(word)} " in address for word in places.abroad_words)
    return (begun or named) and not any(f" {fold(start)}" in address for start in places.home)
