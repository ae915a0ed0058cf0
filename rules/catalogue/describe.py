"""The catalogue as plain text, line by line, for a person who checks it against the source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models.catalogue import ALWAYS, Catalogue, Procedure, Requirement, Term
from rules.catalogue.conditions import in_words

_UNITS = {"days": "gün", "working_days": "iş günü", "months": "ay"}


def listing(catalogue: Catalogue) -> str:
    """Every procedure in one line: key, authority, name."""
    width = max((len(key) for key in catalogue.procedures), default=0)
    wide = max((len(procedure.authority) for procedure in catalogue.procedures.values()), default=0)
    rows = (
        f"{procedure.key:<{width}}  {procedure.authority:<{wide}}  {procedure.name}"
        for procedure in catalogue.procedures.values()
    )
    return "\n".join(rows)


def describe(procedure: str, catalogue: Catalogue, day: date) -> str:
    """What a procedure requires by e-mail on a day: document keys, clauses, sums and requisites in plain digits.

    Nothing that is not in force that day is printed. Raises KeyError for an unknown procedure.
    """
    found = catalogue.procedures[procedure]
    return "\n".join(
        line
        for section in (_head(found, catalogue, day), _requirements(found, catalogue, day), _payment(found, day))
        for line in section
    ) + "".join(f"\n{line}" for line in _closing(found))


def _head(procedure: Procedure, catalogue: Catalogue, day: date) -> Iterator[str]:
    authority = catalogue.authorities[procedure.authority]
    yield f"{procedure.key}: {procedure.name} ({procedure.name_en})"
    yield f"  orqan: {authority.name if procedure.authority_named else 'mənbədə göstərilməyib'} ({authority.key})"
    yield f"  əsas: {procedure.clause}"
    yield f"  kataloq: {procedure.version_on(day)}, {day.isoformat()} tarixinə"
    if procedure.form:
        yield f"  forma: {procedure.form}"
    for decision, clause in procedure.automatic.items():
        yield f"  avtomatik qərar: {decision} ({clause})"


def _requirements(procedure: Procedure, catalogue: Catalogue, day: date) -> Iterator[str]:
    in_force = [item for item in procedure.requirements if item.channel == "email" and item.in_force.on(day)]
    yield "Tələb olunur:" if in_force else "Bu tarixdə qüvvədə olan tələb yoxdur."
    width = max((len(item.clause) for item in in_force), default=0)
    for item in in_force:
        yield f"  {item.clause:<{width}}  {_requirement(item, catalogue)}"


def _requirement(item: Requirement, catalogue: Catalogue) -> str:
    what = item.datum or " | ".join(item.documents)
    name = item.name or " / ".join(catalogue.document_types[key].name for key in item.documents)
    count = f"{item.count} x " if item.count > 1 else ""
    conditions = "" if item.when == ALWAYS else f" [{in_words(item.when)}]"
    originals = f" ({item.originals})" if item.originals else ""
    return f"{count}{what}: {name}{originals}{conditions}"


def _payment(procedure: Procedure, day: date) -> Iterator[str]:
    for fee in (fee for fee in procedure.fees if fee.in_force.on(day)):
        amount = f"{fee.amount} AZN" if fee.amount is not None else "məbləğ mənbədə göstərilməyib"
        condition = "" if fee.when == ALWAYS else f" [{in_words(fee.when)}]"
        note = f" ({fee.note})" if fee.note else ""
        yield f"Dövlət rüsumu: {amount}{note}{condition}, {fee.clause}"
    for requisite in (item for item in procedure.requisites if item.in_force.on(day)):
        yield f"  {requisite.clause}  {requisite.name}: {requisite.value}"


def _closing(procedure: Procedure) -> Iterator[str]:
    for term in procedure.terms:
        yield f"Müddət: {_term(term)}"
    for line in procedure.guidance:
        yield f"Qeyd: {line}"


def _term(term: Term) -> str:
    condition = "" if term.when == ALWAYS else f" [{in_words(term.when)}]"
    return f"{term.amount} {_UNITS[term.unit]}: {term.name}{condition}, {term.clause}"
