"""The catalogue as plain text, line by line, for a person who checks it against the source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models.catalogue import ALWAYS, Catalogue, Fee, InForce, Procedure, Requirement, Term
from rules.catalogue.conditions import in_words

_UNITS = {"days": "gün", "working_days": "iş günü", "months": "ay"}
_CHANNELS = {"email": "e-poçt", "paper": "kağız", "portal": "portal"}


def listing(catalogue: Catalogue) -> str:
    """Every procedure in one line: key, authority, name."""
    width = max((len(key) for key in catalogue.procedures), default=0)
    wide = max((len(procedure.authority) for procedure in catalogue.procedures.values()), default=0)
    rows = (
        f"{procedure.key:<{width}}  {procedure.authority:<{wide}}  {procedure.name}"
        for procedure in catalogue.procedures.values()
    )
    return "\n".join(rows)


def describe(procedure: str, catalogue: Catalogue, day: date, channel: str = "email") -> str:
    """What a procedure requires on a day: document keys, clauses, dates, sums and requisites in plain digits.

    Nothing that is not in force that day is printed. ``channel`` "paper" prints what is asked of who applies on paper.
    Raises KeyError for an unknown procedure.
    """
    found = catalogue.procedures[procedure]
    items = [item for item in found.requirements if item.channel == channel and item.in_force.on(day)]
    lines = list(_head(found, catalogue, day))
    if items:
        lines += _decisions(found)
        lines += _requirements(items, catalogue, channel)
        lines += _payment(found, day)
        lines += _closing(found)
    else:
        lines.append("Bu tarixdə qüvvədə olan tələb yoxdur.")
    return "\n".join(lines)


def _head(procedure: Procedure, catalogue: Catalogue, day: date) -> Iterator[str]:
    authority = catalogue.authorities[procedure.authority]
    yield f"{procedure.key}: {procedure.name} ({procedure.name_en})"
    yield f"  orqan: {authority.name if procedure.authority_named else 'mənbədə göstərilməyib'} ({authority.key})"
    yield f"  əsas: {procedure.clause}; {'; '.join(procedure.legal_basis)}"
    yield f"  kanal: {', '.join(_CHANNELS[channel] for channel in procedure.channels)}"
    yield f"  kataloq: {procedure.version_on(day)}, {day.isoformat()} tarixinə"
    if procedure.form:
        yield f"  forma: {procedure.form}"
    if procedure.series:
        yield f"  qeydiyyat nömrələrinin seriyası: {procedure.series}"
    if procedure.categories:
        yield f"  kateqoriyalar: {', '.join(procedure.categories)}"


def _decisions(procedure: Procedure) -> Iterator[str]:
    for decision, clause in procedure.automatic.items():
        yield f"  avtomatik qərar: {decision} ({clause})"
    if procedure.abroad:
        yield f"  xaricdə yaşayanlar: diplomatik nümayəndəlik və ya konsulluq ({procedure.abroad})"


def _requirements(items: list[Requirement], catalogue: Catalogue, channel: str) -> Iterator[str]:
    yield "Tələb olunur:" if channel == "email" else f"Tələb olunur ({_CHANNELS[channel]}):"
    width = max(len(item.clause) for item in items)
    for item in items:
        yield f"  {item.clause:<{width}}  {_requirement(item, catalogue)}"
        for line in _details(item):
            yield f"  {'':<{width}}    {line}"


def _requirement(item: Requirement, catalogue: Catalogue) -> str:
    name = item.name or " / ".join(catalogue.document_types[key].name for key in item.documents)
    count = f"{item.count} x " if item.count > 1 else ""
    conditions = "" if item.when == ALWAYS else f" [{in_words(item.when)}]"
    return f"{count}{item.asked.replace('|', ' | ')}: {name}{conditions}"


def _details(item: Requirement) -> Iterator[str]:
    """What else is known of a requirement, a line each."""
    if item.shown_on:
        yield f"vəsiqənin özündən də oxunur: {' | '.join(item.shown_on)}"
    if item.originals:
        yield f"təqdim olunma: {item.originals}"
    if item.excused_by:
        yield f"əvəz edir: ərizə-anketdəki bəyanat ({item.excused_by})"
    if item.guidance:
        yield item.guidance
    yield f"olmadıqda: {item.severity}{_validity(item.in_force)}"


def _validity(dates: InForce) -> str:
    if dates.since is None and dates.until is None:
        return ""
    return f"; qüvvədə: {dates.since or '...'} – {dates.until or '...'}"


def _payment(procedure: Procedure, day: date) -> Iterator[str]:
    for fee in (fee for fee in procedure.fees if fee.in_force.on(day)):
        yield f"Dövlət rüsumu: {_sum(fee)}, {fee.clause}"
    for requisite in (item for item in procedure.requisites if item.in_force.on(day)):
        yield f"  {requisite.clause}  {requisite.name}: {requisite.value}{_validity(requisite.in_force)}"


def _sum(fee: Fee) -> str:
    amount = f"{fee.amount} AZN" if fee.amount is not None else "məbləğ mənbədə göstərilməyib"
    service = f" + xidmət haqqı {fee.service} AZN" if fee.service else ""
    condition = "" if fee.when == ALWAYS else f" [{in_words(fee.when)}]"
    return f"{amount}{service}{f' ({fee.note})' if fee.note else ''}{condition}"


def _closing(procedure: Procedure) -> Iterator[str]:
    for term in procedure.terms:
        yield f"Müddət: {_term(term)}"
    for line in procedure.guidance:
        yield f"Qeyd: {line}"


def _term(term: Term) -> str:
    condition = "" if term.when == ALWAYS else f" [{in_words(term.when)}]"
    return f"{term.amount} {_UNITS[term.unit]}: {term.name}{condition}, {term.clause}"
