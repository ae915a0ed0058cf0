"""From the bytes of a message to everything that can be read from it.

The order of work: open the mail, open each file, read each page, classify it, group pages into documents, read the
fields of each document. No law, no database, no queue.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from classifiers.documents import classify
from classifiers.forms import as_one_form
from classifiers.message import message_kind
from classifiers.stream import Group, group
from extractors.calibration import calibrated, doubted_after, field_calibration
from extractors.files import open_pages
from extractors.forms import FormReading, form_score, questions_on, read_form
from extractors.limits import Limits
from extractors.mail import OpenedMessage, open_message
from extractors.papers import FoundZone, beside, marks_of, parted, read_paper, zone_on
from extractors.papers.letter import residence_card_number
from extractors.shapes import OpenedPart, Pixels, ReadSheet
from extractors.sheets import SheetReader
from intake.casework.copies import copies
from models.calibration import Calibration
from models.case import Submission
from models.catalogue import AnswerLayout, Catalogue, FormDescription
from models.document import UNKNOWN, Classification, Document, Field, PagePlace
from models.mail import Attachment, Message, PartStatus
from models.office import BAKU
from models.sheet import MarkKind, ReadingCost, Sheet, Source

#: Fewer different labels than these are no sign of a form that consists of labels.
_LABELS_OF_A_FORM = 7
#: And fewer than these on the page after one that certainly is such a form.
_LABELS_OF_A_PAGE = 3
_CERTAINLY = 0.5
#: How sure a paper beside a passport or card is to be one of its own.
_SURELY_ANOTHER = 0.8
#: Chance that a sheet of another type is a passport or card, too, whose zone was read on it.
_OVERLOOKED = 0.2
#: Certainty of what is printed on a form, or not.
_PRINTED = 0.95


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from a message and what it cost."""

    submission: Submission
    cost: ReadingCost


class Reader:
    """Reads whole messages; keeps its engines alive between them. Not for several threads at once."""

    def __init__(
        self, catalogue: Catalogue, limits: Limits | None = None, calibration: Calibration | None = None
    ) -> None:
        self._catalogue = catalogue
        self._limits = limits or Limits()
        self._calibration = calibration if calibration is not None else field_calibration()
        self._sheets = SheetReader()

    def read_message(self, raw: bytes, file: str) -> Reading:
        """Everything that ``raw`` holds. Bad input is an outcome in the reading, never an exception."""
        clock = Stopwatch()
        opened = open_message(raw, file, self._limits)
        with tempfile.TemporaryDirectory(prefix="intake-") as folder:
            attachments, sheets = self._read_parts(opened, Path(folder), clock)
            documents = _received(self._documents(sheets, clock), opened.message)
        message = message_kind(opened.message, attachments)
        submission = Submission(message, attachments, documents, _stated(message))
        return Reading(submission, clock.cost(attachments, sheets))

    def _read_parts(
        self, opened: OpenedMessage, folder: Path, clock: Stopwatch
    ) -> tuple[tuple[Attachment, ...], list[ReadSheet]]:
        attachments: list[Attachment] = []
        sheets: list[ReadSheet] = []
        for part in opened.parts:
            attachment, read = self._read_part(part, folder, clock)
            attachments.append(attachment)
            sheets.extend(read)
        return tuple(attachments), sheets

    def _read_part(self, part: OpenedPart, folder: Path, clock: Stopwatch) -> tuple[Attachment, list[ReadSheet]]:
        if part.attachment.status is not PartStatus.OK:
            return part.attachment, []
        with clock.step("open"):
            outcome = open_pages(part, self._limits)
        sheets: list[ReadSheet] = []
        for raw_page in outcome.pages:
            with clock.step("ocr"):
                shown = (each for sheet in self._sheets.read(raw_page) for each in parted(sheet, self._sheets))
                sheets.extend(_spilled(sheet, folder) for sheet in shown)
        return outcome.attachment, sheets

    def _documents(self, read: Sequence[ReadSheet], clock: Stopwatch) -> tuple[Document, ...]:
        with clock.step("classify"):
            zones = [zone_on(each, self._sheets) for each in read]
            classes = self._classes(read, zones)
            shown = [part for at in zip(read, zones, classes, strict=True) for part in self._with_neighbour(*at)]
            read, classes = [each for each, _ in shown], [found for _, found in shown]
            sheets = [sheet.sheet for sheet in read]
            groups = group(sheets, classes, self._catalogue.document_types)
        with clock.step("ocr"):
            documents = self._read_documents(groups, read)
        return _with_copies(documents, groups, sheets)

    def _classes(self, read: Sequence[ReadSheet], zones: Sequence[FoundZone | None]) -> list[Classification]:
        sheets, kinds = [each.sheet for each in read], [zone.kind if zone else None for zone in zones]
        return [
            classify(sheet, self._catalogue.document_types, scores, kind)
            for sheet, scores, kind in zip(sheets, self._form_scores(sheets, kinds), kinds, strict=True)
        ]

    def _with_neighbour(
        self, on: ReadSheet, zone: FoundZone | None, found: Classification
    ) -> list[tuple[ReadSheet, Classification]]:
        """A sheet and what it is; parted where another paper, one without a zone, lies beside a passport or card."""
        if zone is None:
            return [(on, found)]
        parts = beside(on, zone)
        if parts:
            carrier, other = self._classes(parts, [zone, None])
            another = other.type != UNKNOWN and not self._has_zone(other) and other.confidence >= _SURELY_ANOTHER
            if self._has_zone(carrier) and another:
                return [(parts[0], carrier), (parts[1], other)]
        if found.type != UNKNOWN and not self._has_zone(found):
            found = replace(found, rivals=(*found.rivals, *((key, _OVERLOOKED) for key in self._carriers(zone))))
        return [(on, found)]

    def _has_zone(self, found: Classification) -> bool:
        paper = self._catalogue.document_types.get(found.type)
        return bool(paper and paper.mrz)

    def _carriers(self, zone: FoundZone) -> list[str]:
        return [key for key, paper in self._catalogue.document_types.items() if zone.zone.format in paper.mrz]

    def _read_documents(self, groups: Sequence[Group], read: Sequence[ReadSheet]) -> tuple[Document, ...]:
        """The documents in the order of their groups; forms and cards are read first, for they say who the others are
        about."""
        known: list[str] = []
        documents: dict[int, Document] = {}
        for at in sorted(range(len(groups)), key=lambda at: self._rank(groups[at].type)):
            documents[at] = self._document(groups[at], read, known)
            known += _named(documents[at].fields)
        return tuple(documents[at] for at in range(len(groups)))

    def _rank(self, type_: str) -> int:
        if type_ in self._catalogue.forms:
            return 0
        paper = self._catalogue.document_types.get(type_)
        return 1 if paper and paper.reads in ("mrz", "card") else 2

    def _form_scores(
        self, sheets: Sequence[Sheet], zones: Sequence[tuple[str, ...] | None]
    ) -> list[Mapping[str, float]]:
        forms = self._catalogue.forms.items()
        scores = [
            {
                key: 0.0 if zone and _consists_of_labels(form) else _form_score(sheet, form, _LABELS_OF_A_FORM)
                for key, form in forms
            }
            for sheet, zone in zip(sheets, zones, strict=True)
        ]
        for at, (before, sheet) in enumerate(pairwise(sheets), start=1):
            for key, form in forms:
                if scores[at - 1][key] >= _CERTAINLY and not any(scores[at].values()) and _may_follow(before, sheet):
                    scores[at][key] = _form_score(sheet, form, _LABELS_OF_A_PAGE)
        return as_one_form(sheets, scores, {key: form.requests for key, form in forms})

    def _document(self, found: Group, read: Sequence[ReadSheet], known: Sequence[str] = ()) -> Document:
        members = [read[index] for index in found.members]
        first = members[0].sheet
        worst = min(self._telling(found.type, members), key=lambda member: member.sheet.legibility).sheet
        text = self._is_text(found.type)
        fields = calibrated(found.type, self._fields(found.type, members, known), self._calibration)
        return Document(
            type=found.type,
            subtype=found.subtype,
            confidence=_confirmed(found, fields),
            pages=tuple(_place(member.sheet) for member in members),
            language=first.language,
            legibility=worst.legibility if text else 1.0,
            quality=worst.quality if text else "",
            fields=fields,
            evidence=found.evidence,
            rivals=found.rivals,
        )

    def _telling(self, type_: str, members: Sequence[ReadSheet]) -> Sequence[ReadSheet]:
        """The pages whose legibility is the document's: of a passport the one with the zone, not those with stamps."""
        paper = self._catalogue.document_types.get(type_)
        if paper is None or not paper.mrz or paper.sides > 1:
            return members
        return [member for member in members if any(True for _ in member.sheet.marked(MarkKind.MRZ))] or members

    def _is_text(self, type_: str) -> bool:
        """Whether legibility says anything of a type; a photograph is judged by its own checks."""
        paper = self._catalogue.document_types.get(type_)
        return paper is None or paper.reads != "photo"

    def _fields(self, type_: str, members: Sequence[ReadSheet], known: Sequence[str]) -> Mapping[str, Field]:
        if form := self._catalogue.forms.get(type_):
            return _form_fields(read_form(members, form, self._sheets), members)
        if paper := self._catalogue.document_types.get(type_):
            return read_paper(paper, members, self._sheets, known)
        return marks_of(members)


def _received(documents: Sequence[Document], message: Message) -> tuple[Document, ...]:
    """The documents, no date of them certain that lies after the day on which they came."""
    if message.received_at is None:
        return tuple(documents)
    day = message.received_at.astimezone(BAKU).date()
    return tuple(replace(each, fields=doubted_after(each.fields, day)) for each in documents)


def _named(fields: Mapping[str, Field]) -> list[str]:
    """The person that a form or card is about, surname first: with the father's name, and without."""
    surname, given, father = (
        next((fields[key].text for key in keys if key in fields), "")
        for keys in (
            ("surname", "guest_surname"),
            ("given_name", "given_names", "guest_given_name"),
            ("patronymic", "guest_patronymic"),
        )
    )
    if not (surname and given):
        return []
    return [f"{surname} {given} {father}", f"{surname} {given}"] if father else [f"{surname} {given}"]


def _confirmed(found: Group, fields: Mapping[str, Field]) -> float:
    """The certainty of a type after its reading: a portrait found on a closer look makes a photograph certain."""
    faces = fields.get("faces")
    if "no face confirmed" in found.evidence and faces and isinstance(faces.value, int) and faces.value > 0:
        return max(found.confidence, faces.confidence)
    return found.confidence


def _form_fields(form: FormReading, members: Sequence[ReadSheet]) -> Mapping[str, Field]:
    """The answers of a form and what else the rules ask of it: printed declarations, the note of DEC189 28, the
    number of the residence card wherever the applicant wrote it (Annex 1 has no question for it)."""
    first = members[0].sheet
    fields = dict(form.fields)
    for key, value in (("declarations_present", form.declarations_found), ("cannot_sign", form.cannot_sign)):
        fields[key] = Field(value, confidence=_PRINTED, file=first.file, page=first.page, source=first.source)
    answers = "\n".join(f"{field.raw or field.text}" for field in form.fields.values() if field.raw or field.text)
    if number := residence_card_number(answers, source=first.source):
        fields["residence_card_number"] = replace(number, file=first.file, page=first.page)
    return fields


def _may_follow(before: Sheet, sheet: Sheet) -> bool:
    """Whether a sheet may be the next page of a form: in the same file, and no passport or card."""
    carried = any(mark.kind in (MarkKind.MRZ, MarkKind.FACE) for mark in sheet.marks)
    return before.file == sheet.file and not carried


def _form_score(sheet: Sheet, form: FormDescription, labels: int) -> float:
    """How much of a form is on a sheet; labels ("Soyadı", "Doğum tarixi") stand on many papers: fewer are no sign."""
    score = form_score(sheet, form)
    if score and _consists_of_labels(form) and len(questions_on(sheet, form)) < labels:
        return 0.0
    return score


def _consists_of_labels(form: FormDescription) -> bool:
    """Whether a form asks by labels that stand on cards and passports too; where a zone is, they are those."""
    return 2 * sum(question.layout is AnswerLayout.LABEL for question in form.questions) > len(form.questions)


def _stated(message: Message) -> dict[str, Field]:
    number = residence_card_number(message.text, source=Source.BODY)
    return {"residence_card_number": replace(number, file="body", page=None)} if number else {}


def _with_copies(
    documents: Sequence[Document], groups: Sequence[Group], sheets: Sequence[Sheet]
) -> tuple[Document, ...]:
    """The documents, saying of each page that shows what an earlier one shows."""
    firsts = {index: (sheets[first].file, sheets[first].page) for index, first in copies(sheets).items()}
    told = []
    for document, found in zip(documents, groups, strict=True):
        pages = zip(found.members, document.pages, strict=True)
        told.append(replace(document, pages=tuple(replace(at, copy_of=firsts.get(index)) for index, at in pages)))
    return tuple(told)


def _place(sheet: Sheet) -> PagePlace:
    return PagePlace(sheet.file, sheet.page, sheet.outline if sheet.shares_page else None)


def _spilled(read: ReadSheet, folder: Path) -> ReadSheet:
    """The same sheet with its pictures in files, so that a message of many pages fits into a worker's memory."""

    def spill(pixels: Pixels | None, name: str) -> Pixels | None:
        if pixels is None:
            return None
        path = folder / f"{len(list(folder.iterdir()))}-{name}.npy"
        np.save(path, pixels)
        mapped: Pixels = np.load(path, mmap_mode="r")
        return mapped

    return replace(read, colour=spill(read.colour, "colour"), grey=spill(read.grey, "grey"))


@dataclass
class Stopwatch:
    """Wall seconds by step."""

    started: float = field(default_factory=time.monotonic)
    steps: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        begun = time.monotonic()
        try:
            yield
        finally:
            self.steps[name] = self.steps.get(name, 0.0) + time.monotonic() - begun

    def cost(self, attachments: Sequence[Attachment], sheets: Sequence[ReadSheet]) -> ReadingCost:
        by_engine = {(read.sheet.file, read.sheet.page) for read in sheets if read.sheet.source is Source.OCR}
        return ReadingCost(
            total_s=time.monotonic() - self.started,
            ocr_s=self.steps.get("ocr", 0.0),
            pages=sum(attachment.pages for attachment in attachments),
            pages_ocr=len(by_engine),
            by_step=dict(self.steps),
        )
