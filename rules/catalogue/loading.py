"""From the files of a catalogue folder to one checked catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from models.catalogue import Catalogue, DocumentType, FormDescription, Places, Procedure, Requirement, Requisite
from models.document import UNKNOWN
from models.examination import Examination
from models.office import CaseState
from rules.catalogue.entry import Entry
from rules.catalogue.schema import (
    AuthorityEntry,
    DocumentTypeEntry,
    ExaminationEntry,
    FieldNameEntry,
    FormEntry,
    PlacesEntry,
    ProcedureEntry,
)
from rules.catalogue.source import CatalogueError, Problem, SourceFile, read_source

Made = TypeVar("Made")


def read_catalogue(folder: Path) -> Catalogue:
    """The catalogue of a folder. Raises CatalogueError listing every mistake."""
    reading = _Reading(folder)
    return reading.proved(reading.read())


def read_examination(folder: Path) -> Examination:
    """What follows acceptance, by the ``examination.yaml`` of a folder. Raises CatalogueError listing every mistake."""
    reading = _Reading(folder)
    return reading.proved(reading.examination())


def check(folder: Path) -> list[Problem]:
    """Every mistake in the catalogue of a folder; empty when it can be used."""
    reading = _Reading(folder)
    reading.read()
    reading.examination()
    return reading.problems


@dataclass(slots=True)
class _Reading:
    """One pass over a folder that collects nouns and problems; ``places`` remembers where each noun stands."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    places: dict[tuple[str, str], tuple[SourceFile, tuple[str, ...]]] = field(default_factory=dict)

    def proved(self, made: Made) -> Made:
        """What was made of the folder. Raises CatalogueError when there was any mistake."""
        if self.problems:
            raise CatalogueError(self.problems)
        return made

    def read(self) -> Catalogue:
        types = self._mappings("document_types", DocumentTypeEntry)
        catalogue = Catalogue(
            procedures=self._files("procedures", ProcedureEntry, self._with_requisites),
            forms=self._files("forms", FormEntry, self._inherited),
            document_types=types,
            authorities=self._mapping("authorities", AuthorityEntry),
            field_names=self._mapping("field_names", FieldNameEntry),
            places=self._single("places", PlacesEntry, Places()),
        )
        if not catalogue.procedures and not self.problems:
            self.problems.append(
                Problem(self.folder.as_posix(), 1, "", "no catalogue: there is no procedures/KEY.yaml")
            )
        if not self.problems:  # a part that failed would only echo here
            self.problems.extend(self._broken_references(catalogue))
        return catalogue

    def examination(self) -> Examination:
        """What ``examination.yaml`` holds; nothing where the folder has none."""
        found: Examination = self._single("examination", ExaminationEntry, Examination((), {}))
        if ("examination", "examination") in self.places:
            self.problems.extend(self._broken_steps(found))
        return found

    def _sources(self, pattern: str) -> Iterator[SourceFile]:
        for path in sorted(self.folder.glob(pattern)):
            try:
                yield read_source(path, path.relative_to(self.folder).as_posix())
            except CatalogueError as error:
                self.problems.extend(error.problems)

    def _files(
        self, kind: str, entry: type[Entry], prepare: Callable[[SourceFile], dict[str, Any]] | None = None
    ) -> dict[str, Any]:
        """One noun per file, keyed by the file's name."""
        found: dict[str, Any] = {}
        for source in self._sources(f"{kind}/*.yaml"):
            key = Path(source.name).stem
            self._add(found, kind, key, entry, source, (), prepare(source) if prepare else source.data)
        return found

    def _mappings(self, kind: str, entry: type[Entry]) -> dict[str, Any]:
        """Several nouns per file, keyed as written; files of one kind are read as one."""
        found: dict[str, Any] = {}
        for source in self._sources(f"{kind}/*.yaml"):
            for key, data in source.data.items():
                self._add(found, kind, str(key), entry, source, (str(key),), data)
        return found

    def _mapping(self, name: str, entry: type[Entry]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for source in self._sources(f"{name}.yaml"):
            for key, data in source.data.items():
                self._add(found, name, str(key), entry, source, (str(key),), data)
        return found

    def _single(self, name: str, entry: type[Entry], nothing: Any) -> Any:
        """The one noun of a file that a folder may leave out."""
        found: dict[str, Any] = {}
        for source in self._sources(f"{name}.yaml"):
            self._add(found, name, name, entry, source, (), source.data)
        return found.get(name, nothing)

    def _add(
        self,
        found: dict[str, Any],
        kind: str,
        key: str,
        entry: type[Entry],
        source: SourceFile,
        path: tuple[str, ...],
        data: Any,
    ) -> None:
        if key in found:
            self.problems.append(source.problem(path, f"{key} is described twice"))
            return
        try:
            made = entry.model_validate(data)
        except ValidationError as error:
            self.problems.extend(_own(source.problems_of(error, path), source))
            return
        found[key] = made.build(**({"key": key} if entry.keyed_from_outside() else {}))
        self.places[kind, key] = (source, path)

    def _inherited(self, source: SourceFile) -> dict[str, Any]:
        """A form's data with what it takes over from the form it is based on.

        ``wordings`` gives single questions, by number, further wordings that go before those taken over.
        """
        data: dict[str, Any] = dict(source.data)
        base = data.pop("based_on", None)
        if not base:
            return data
        further = data.pop("wordings", {})
        merged = {**self._other(source, "based_on", "forms", base), **data}
        for question in merged.get("questions", []):
            question["wordings"] = [*further.pop(question["number"], []), *question["wordings"]]
        for number in further:
            self.problems.append(source.problem(("wordings", number), f"form {base} has no question {number}"))
        return merged

    def _with_requisites(self, source: SourceFile) -> dict[str, Any]:
        """A procedure's data with the payment details, and their clause, of the procedure it shares them with."""
        data: dict[str, Any] = dict(source.data)
        other = data.pop("requisites_of", None)
        shared = self._other(source, "requisites_of", "procedures", other) if other else {}
        if "requisites" not in shared:
            return data
        clause = {role: text for role, text in shared.get("clauses", {}).items() if role == "requisites"}
        return {**data, "requisites": shared["requisites"], "clauses": {**data.get("clauses", {}), **clause}}

    def _other(self, source: SourceFile, key: str, kind: str, name: str) -> dict[str, Any]:
        path = self.folder / kind / f"{name}.yaml"
        if not path.is_file():
            self.problems.append(source.problem((key,), f"there is no file {kind}/{name}.yaml"))
            return {}
        try:
            data: dict[str, Any] = read_source(path, f"{kind}/{path.name}").data
        except CatalogueError:  # that file's own reading names the mistake
            return {}
        return data

    def _broken_references(self, catalogue: Catalogue) -> Iterator[Problem]:
        for form in catalogue.forms.values():
            yield from self._form_references(form, catalogue)
        for procedure in catalogue.procedures.values():
            yield from self._procedure_references(procedure, catalogue)

    def _form_references(self, form: FormDescription, catalogue: Catalogue) -> Iterator[Problem]:
        if form.key not in catalogue.document_types:
            yield self._problem("forms", form.key, (), f"there is no document type {form.key}")

    def _procedure_references(self, procedure: Procedure, catalogue: Catalogue) -> Iterator[Problem]:
        if procedure.authority not in catalogue.authorities:
            yield self._problem(
                "procedures", procedure.key, ("authority",), f"there is no authority {procedure.authority}"
            )
        if procedure.form and procedure.form not in catalogue.document_types:
            yield self._problem("procedures", procedure.key, ("form",), f"there is no document type {procedure.form}")
        for index, requirement in enumerate(procedure.requirements):
            for key, named in (("documents", requirement.documents), ("shown_on", requirement.shown_on)):
                for missing in _missing(named, catalogue.document_types):
                    single = "document" if len(requirement.documents) == 1 else "any_of"
                    path = ("requirements", index, single if key == "documents" else key)
                    yield self._problem("procedures", procedure.key, path, f"there is no document type {missing}")
        yield from self._clashing_versions(procedure)

    def _clashing_versions(self, procedure: Procedure) -> Iterator[Problem]:
        """Two versions of one thing in force on one day, and days of change that ``versions`` does not tell."""
        own = self.places["procedures", procedure.key][0].data
        for section in ("requirements", "requisites"):
            if section not in own:
                continue
            items: Sequence[Requirement | Requisite] = getattr(procedure, section)
            for (first, one), (second, other) in combinations(enumerate(items), 2):
                if one.key == other.key and one.in_force.meets(other.in_force):
                    message = f"{other.key} is in force on the same days as entry {first} of {section}"
                    yield self._problem("procedures", procedure.key, (section, second), message)
            untold = {day: index for index, day in _changes(items) if day not in procedure.versions}
            for day, index in untold.items():
                message = f"something changes on {day}: add that day to versions"
                yield self._problem("procedures", procedure.key, (section, index), message)

    def _broken_steps(self, examination: Examination) -> Iterator[Problem]:
        """Steps that no case can come to, and opinions that are waited for and never asked."""
        reached = {CaseState.REGISTERED}
        for _ in examination.steps:
            reached |= {step.state for step in examination.steps if reached.intersection(step.after)}
        asked = any(step.asks_opinions for step in examination.steps)
        for step in examination.steps:
            if step.state not in reached:
                message = f"no case comes to {step.state}: none of its after follows {CaseState.REGISTERED}"
                yield self._problem("examination", "examination", ("steps", step.state, "after"), message)
            if step.needs_opinions and not asked:
                message = "opinions are waited for, but no step has asks_opinions: true"
                yield self._problem("examination", "examination", ("steps", step.state, "needs_opinions"), message)

    def _problem(self, kind: str, key: str, path: tuple[str | int, ...], message: str) -> Problem:
        source, prefix = self.places[kind, key]
        return source.problem((*prefix, *path), message)


def _own(problems: Iterable[Problem], source: SourceFile) -> list[Problem]:
    """Without the mistakes of another file that this one takes a part from: that file's own reading names them."""
    if "based_on" not in source.data and "requisites_of" not in source.data:
        return list(problems)
    return [item for item in problems if item.key.split(".")[0] in source.data or item.message.endswith("is missing")]


def _changes(items: Sequence[Requirement | Requisite]) -> Iterator[tuple[int, date]]:
    """The days on which one of the items begins to be in force, or no longer is."""
    for index, item in enumerate(items):
        if item.in_force.since:
            yield index, item.in_force.since
        if item.in_force.until:
            yield index, item.in_force.until + timedelta(days=1)


def _missing(keys: tuple[str, ...], types: Mapping[str, DocumentType]) -> list[str]:
    return [key for key in keys if key not in types and key != UNKNOWN]
