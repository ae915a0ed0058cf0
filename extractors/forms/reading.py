"""One form, from its sheets in any order to its fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extractors import values
from extractors.forms import signing
from extractors.forms.answers import absent, answer_fields, ticked_field
from extractors.forms.blocks import has_blocks, read_blocks
from extractors.forms.building import form_pages
from extractors.forms.confidence import CALIBRATION, of_print
from extractors.forms.continuing import continued, in_order, without_running_text
from extractors.forms.doubts import is_doubtful
from extractors.forms.entered import entered_fields, labelled_fields
from extractors.forms.gutters import parts
from extractors.forms.labels import is_labelled
from extractors.forms.listing import read_list
from extractors.forms.lost import reread
from extractors.forms.pages import Area, FormPage
from extractors.forms.printed import PrintedKind, share_of_words
from extractors.forms.scribe import Scribe
from extractors.forms.ticks import lone_box, offers_options, ticked
from extractors.forms.tokens import rows_of
from extractors.forms.written import Written
from extractors.shapes import ReadSheet, RegionReader
from models import azerbaijani as az
from models.catalogue import AnswerKind, FormDescription, Part, Question
from models.document import Field
from models.geometry import box_of
from models.sheet import Source

_SEVERAL = 2  # answers with print in them that make a whole sheet doubtful
_MANY, _MOST = 5, 0.7  # unanswered questions of a sheet, and their share, that nobody leaves
_NEAR = 3.0  # word heights within which options stand in one answer
_TOLD = 0.75  # share of a declaration's words that show that it is printed
_KNOWN = 0.67  # share of a question's print below which its words are its own, and may hold its answer
_MARGIN = 2.0  # word heights below a sheet's last print; paper has more
_WHOLE = 0.99  # share of a question's print that leaves none of it in the answer


@dataclass(frozen=True, slots=True)
class FormReading:
    """What a form says. ``fields`` holds every key of the form."""

    fields: Mapping[str, Field]
    found_questions: tuple[str, ...] = ()
    declarations_found: bool = False
    cannot_sign: bool = False


def read_form(sheets: Sequence[ReadSheet], form: FormDescription, reader: RegionReader) -> FormReading:
    """The answers of one form from its sheets, in any order and of any source (fields.md).

    A question that is unanswered, or was not found, has value None; its confidence says how sure that is.
    """
    scribe = Scribe(reader)
    given = [reread(page, form, reader) for page in _sheets_in_columns(sheets, form)]
    sheets = [page.read for page in given]
    pages = continued(in_order(without_running_text(given), form), form)
    lost = frozenset(question.number for question in form.questions if question.parts and not _holders(question, pages))
    fields: dict[str, Field] = {}
    for question in form.questions:
        fields.update(_question(question, form, pages, scribe, lost))
    fields = _less_sure(fields, _disordered(form, fields, lost))
    fields = _unseen(fields, form)
    if form.signature_labels:
        fields["signed_on"] = signing.signed_on(pages, scribe)
        fields["signature_present"] = signing.signature_present(pages)
    if form.photo_labels:
        fields["photo_present"] = signing.photo_present(pages)
    fields.update(entered_fields(sheets, form))
    fields.update(labelled_fields(sheets, form, fields))
    ends = [
        t
        for page in pages
        for t in page.written_under((PrintedKind.DECLARATION, PrintedKind.SIGNATURE, PrintedKind.DATE))
    ]
    return FormReading(
        fields=fields,
        found_questions=tuple(q.number for q in form.questions if _holders(q, pages)),
        declarations_found=_declared(form, pages),
        cannot_sign=signing.explains_missing_signature(ends),
    )


def _sheets_in_columns(sheets: Sequence[ReadSheet], form: FormDescription) -> list[FormPage]:
    """The sheets, those set in two columns of text as several."""
    pages = form_pages(sheets, form)
    parted = [part for page in pages for part in parts(page)]
    return form_pages(parted, form) if len(parted) > len(pages) else pages


def _question(
    question: Question, form: FormDescription, pages: Sequence[FormPage], scribe: Scribe, lost: Collection[str]
) -> dict[str, Field]:
    """The answer to one question; ``lost`` are the numbers of those that were not found."""
    if not question.parts:
        return {}
    beside_lost = _lost_neighbour(question, form, pages, lost)
    guessed = any(page.coverage(question.number) < _KNOWN for page in _holders(question, pages)[:1])
    if question.columns and has_blocks(question, pages):
        return {question.parts[0].key: read_blocks(question, pages, scribe)}
    areas = [replace(area, doubtful=area.doubtful or guessed or _may_stand_elsewhere(question, pages, beside_lost))
             for area in _areas(question, pages)]  # fmt: skip
    if not areas:
        return {part.key: _told_in_title(part, pages) or absent() for part in question.parts}
    if question.columns:
        return {question.parts[0].key: read_list(question, areas, scribe)}
    before = [] if any(area.is_answered for area in areas) else _begun_before(areas[0].page, question, pages)
    areas = [replace(area, tokens=()) for area in areas] if before else areas
    told = areas[0].page.coverage(question.number)
    trust = of_print(told)
    if any(not area.certain for area in before):
        trust *= CALIBRATION.folded
    written = scribe.area([*areas, *before])
    if beside_lost and written.rows and not areas[0].certain:
        trust *= CALIBRATION.beside_lost
    if is_doubtful(written.rows, question, form, lost, whole=told >= _WHOLE):
        trust = min(trust, CALIBRATION.with_print)
    part = question.parts[0]
    if part.kind is AnswerKind.CHOICE and _is_offered_beside(areas[0], part):
        trust = min(trust, CALIBRATION.with_print)
    worded = len(written.text) > 2 and values.boolean(written.text) is not None
    if part.kind is AnswerKind.BOOLEAN and not worded and (on := lone_box(areas[0])) is not None:
        return {part.key: ticked_field(on, written, trust)}
    if part.kind is AnswerKind.CHOICE and offers_options(areas[0], part.choices):
        return {part.key: ticked_field(ticked(areas[0], part.choices), written, trust)}
    return answer_fields(question, written, trust)


def _is_offered_beside(area: Area, part: Part) -> bool:
    """Whether words of a choice stand right above or under an answer: its options were torn apart."""
    names = {az.fold(name) for spoken in part.choices.values() for name in spoken}
    height = area.page.text.height
    rows = [box_of(area.tokens)] if area.tokens else []
    near = [t for t in area.page.free for row in rows if -_NEAR * height < t.box.centre[1] - row.y1 < 0
            or 0 < t.box.centre[1] - row.y0 < _NEAR * height]  # fmt: skip
    return any(t.folded in names for t in near if t not in area.tokens)


def _told_in_title(part: Part, pages: Sequence[FormPage]) -> Field | None:
    """The choice that a form does not ask for but names at the end of its title ("... alınma – Fiziki şəxs")."""
    names = {az.fold(name): choice for choice, spoken in part.choices.items() for name in spoken}
    for page in pages:
        for row in rows_of(t for t in page.free if t.box.y1 < min((hit.box.y0 for hit in page.asked), default=0.0)):
            said = " ".join(t.folded for t in row)
            told = {choice for name, choice in names.items() if said == name or said.endswith(f" {name}")}
            if len(told) == 1:
                sheet = page.read.sheet
                written = Written(file=sheet.file, page=sheet.page, source=sheet.source)
                return ticked_field(told.pop(), written, min(t.confidence for t in row))
    return None


def _disordered(
    form: FormDescription, fields: Mapping[str, Field], lost: Collection[str]
) -> set[tuple[str | None, int | None]]:
    """The sheets on which several answers hold print of the form: their columns were read across."""
    astray = Counter(
        (field.file, field.page)
        for question in form.questions
        if question.parts and not question.columns
        and (field := fields[question.parts[0].key]).source is Source.OCR
        and is_doubtful([field.raw], question, form, lost)
    )  # fmt: skip
    return {sheet for sheet, count in astray.items() if count >= _SEVERAL}


def _less_sure(fields: Mapping[str, Field], sheets: set[tuple[str | None, int | None]]) -> dict[str, Field]:
    return {
        key: replace(field, confidence=round(field.confidence * CALIBRATION.disordered, 4))
        if (field.file, field.page) in sheets
        else field
        for key, field in fields.items()
    }


def _unseen(fields: Mapping[str, Field], form: FormDescription) -> dict[str, Field]:
    """The fields, those without an answer less sure on a sheet where hardly any question has one: its answers were
    cut off, or lie on another sheet."""
    asked = [fields[q.parts[0].key] for q in form.questions if q.parts and not q.columns]
    every = Counter((field.file, field.page) for field in asked)
    empty = Counter((field.file, field.page) for field in asked if field.value is None)
    bare = {sheet for sheet, count in every.items() if empty[sheet] >= max(_MANY, _MOST * count)}
    return {
        key: replace(field, confidence=min(field.confidence, CALIBRATION.empty_unplaced))
        if field.value is None and (field.file, field.page) in bare
        else field
        for key, field in fields.items()
    }


def _may_stand_elsewhere(question: Question, pages: Sequence[FormPage], lost: bool) -> bool:
    """Whether the answer of a question may stand where nobody looked.

    So it is when the print after it was not found, or when it ends its sheet and the next one is not the one in hand,
    or so low that the sheet seems to be cut off under it.
    """
    holders = _holders(question, pages)
    if not holders:
        return True
    holder = holders[0]
    after = holder.stops[holder.stops.index(holder.questions[question.number]) + 1 :]
    if after:
        return lost and after[0].kind not in (PrintedKind.SIGNATURE, PrintedKind.DATE)
    at = pages.index(holder)
    cut_off = 1 - holder.questions[question.number].box.y1 < _MARGIN * holder.text.height
    if lost or cut_off or at + 1 == len(pages):
        return True
    if question.columns and question.number not in holder.headings:
        return question.number not in pages[at + 1].headings
    return not _follows(holder, pages[at + 1], question)


def _follows(page: FormPage, after: FormPage, question: Question) -> bool:
    """Whether a sheet goes on where another ended with ``question``."""
    here, there = page.read.sheet, after.read.sheet
    next_one = min((page.places[number] for number in after.questions), default=page.places[question.number] + 1)
    in_turn = next_one <= page.places[question.number] + 1
    return in_turn and (here.file != there.file or there.page in (here.page, here.page + 1))


def _lost_neighbour(
    question: Question, form: FormDescription, pages: Sequence[FormPage], lost: Collection[str]
) -> bool:
    """Whether the print after a question was not found, so that it may stand unrecognised in the answer, or the
    question before it, for whose print this one's may have been taken."""
    asked = [q for q in form.questions if q.parts]
    at = asked.index(question) if question in asked else len(asked)
    if not is_labelled(form) and 0 < at < len(asked) and asked[at - 1].number in lost:
        return True
    if at + 1 < len(asked):
        return asked[at + 1].number in lost
    return bool(form.declarations) and not _declared(form, pages)


def _holders(question: Question, pages: Sequence[FormPage]) -> list[FormPage]:
    """The sheet that shows a question best, and the one after it that shows the rest of its text."""
    showing = [page for page in pages if question.number in page.questions]
    if not showing:
        return []
    best = max(showing, key=lambda page: (page.questions[question.number].begins_at == 0,
                                          page.questions[question.number].score))  # fmt: skip
    end = best.questions[question.number].ends_at
    rest = [
        page for page in showing if page is not best and page.questions[question.number].begins_at >= max(end - 1, 1)
    ]
    return [best, *rest[:1]]


def _areas(question: Question, pages: Sequence[FormPage]) -> Iterator[Area]:
    """Where a question is answered: on its own sheet, and at the head of the next ones when it ends its sheet."""
    holders = _holders(question, pages)
    for holder in holders:
        if area := holder.area(question.number):
            yield area
    if not holders:
        yield from (area for page in pages if (area := page.under_headings(question.number)))
    if not holders or not holders[-1].stops:
        return
    at, last = pages.index(holders[-1]), holders[-1].stops[-1]
    while last.kind is PrintedKind.QUESTION and last.key == question.number and at + 1 < len(pages):
        at += 1
        following = pages[at]
        if area := following.rest_of(question.number):
            yield area
        if following.stops:
            return


def _begun_before(holder: FormPage, question: Question, pages: Sequence[FormPage]) -> list[Area]:
    """The answer in a row that a page break parted: the answer on the sheet before, its question on this one."""
    at = pages.index(holder)
    before = pages[at - 1].left_over if at and holder.stops[0].key == question.number else None
    return [before] if before else []


def _declared(form: FormDescription, pages: Sequence[FormPage]) -> bool:
    """Whether all printed declarations and the warning are there."""
    found: set[str] = {hit.key for page in pages for hit in page.hits if hit.kind is PrintedKind.DECLARATION}
    return all(text in found or _told(text, pages) for text in form.declarations)


def _told(text: str, pages: Sequence[FormPage]) -> bool:
    """Whether the words of a printed text are there in no order: a stamp over them tears their rows apart."""
    return any(
        share_of_words(text, (t.folded for t in page.free)) >= _TOLD
        for page in pages
        if any(hit.kind in (PrintedKind.DECLARATION, PrintedKind.SIGNATURE) for hit in page.hits)
    )
