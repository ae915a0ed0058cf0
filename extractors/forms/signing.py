"""The end and the beginning of a form: date, signature and photograph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors import values
from extractors.forms import ink
from extractors.forms.answers import absent, flag
from extractors.forms.confidence import CALIBRATION, of_empty
from extractors.forms.pages import Area, FormPage
from extractors.forms.printed import Hit, PrintedKind
from extractors.forms.scribe import Scribe
from extractors.forms.tokens import Token, rows_of, text_of
from extractors.forms.written import Written
from extractors.values import Precision
from models import azerbaijani as az
from models.document import Field
from models.geometry import Box, box_of
from models.sheet import FormValue, Mark, MarkKind, Source

_END = (PrintedKind.DECLARATION, PrintedKind.SIGNATURE, PrintedKind.DATE)
_GUILLEMET_MM = 2.1  # the printed signs of an empty date are smaller
_BROKEN_MM = 7.0  # ink of this width in all is a signature in pieces
_ABOVE_HINT = 0.1  # share of the sheet above the hint under the date in which its signature stands
_APART = 3.0  # heights between a date and what else stands in its row
_PALE_STROKE_MM = 2.5  # a stroke of this size is a pen's, however pale
_TALLEST_MM = 4.5  # of typed letters; a signature's strokes are larger
_WIDE_MM, _WAVE_MM = 6.0, 1.5  # of a flat signature; a ruled line is lower
_WIDEST_MM = 80.0  # of a signature


def signed_on(pages: Sequence[FormPage], scribe: Scribe) -> Field:
    """The date at the end of a form, left, right or above of the signature."""
    best: Field | None = None
    for page in pages:
        tokens = page.written_under(_END)
        if (_label(page) and not page.questions) or _is_tail(page, pages):
            tokens = [*page.orphans, *tokens]
        for rows in _dated_rows(tokens):
            found = _date_field(page, rows, scribe)
            if best is None or (best.value is None and found.value is not None):
                best = found
    if best is not None:
        return best
    signing = next((page for page in reversed(pages) if _label(page)), None)
    if signing is None:
        ended = any(hit.kind in _END for page in pages for hit in page.hits)
        return absent(0.6 if ended else 0.4)
    return _no_date(signing, scribe)


def _is_tail(page: FormPage, pages: Sequence[FormPage]) -> bool:
    """Whether a sheet without any print that was recognised follows the end of the form: its date and signature."""
    before = pages[: pages.index(page)]
    return not page.stops and any(hit.kind is PrintedKind.DECLARATION for other in before for hit in other.hits)


def _dated_rows(tokens: Sequence[Token]) -> list[list[Token]]:
    """Rows that hold enough digits for a date, or digits beside the name of a month."""
    rows = [_dated_part(row) for row in rows_of(tokens)]
    texts = [" ".join(t.text for t in row) for row in rows]
    return [
        row
        for row, text in zip(rows, texts, strict=True)
        if sum(c.isdigit() for c in text) >= 4 or values.parse_date(text)[1]
    ]


def _dated_part(row: Sequence[Token]) -> list[Token]:
    """The words of a row that make a whole date by themselves, without the signature or name that stands far beside
    them; else the row."""
    parts: list[list[Token]] = [[]]
    for token in row:
        if parts[-1] and token.box.x0 - parts[-1][-1].box.x1 > _APART * token.box.height:
            parts.append([])
        parts[-1].append(token)
    dated = (part for part in parts if values.parse_date(text_of(part))[1] is Precision.DAY)
    return next(dated, list(row))


def _date_field(page: FormPage, row: Sequence[Token], scribe: Scribe) -> Field:
    box = box_of(row)
    height = page.text.height
    place = Box(box.x0 - height, box.y0 - 0.4 * height, box.x1 + height, box.y1 + 0.4 * height).clipped()
    written = scribe.area([Area(page, tuple(row), (place,), False)])
    value, precision = values.parse_date(written.text)
    again = values.parse_date(written.second or "")[0]
    chance = max(written.chance, 0.985) if value is not None and value == again else written.chance
    if precision is Precision.DAY:
        return _of(value, written, chance)
    return _of(None, written, chance if precision is Precision.IMPOSSIBLE else min(chance, 0.4))


def _of(value: str | None, written: Written, chance: float) -> Field:
    return Field(value, written.text, round(chance, 4), written.file, written.page, written.box, written.source)


def _no_date(page: FormPage, scribe: Scribe) -> Field:
    """No date was read: certain only where the place for it holds nothing larger than its printed guillemets."""
    label = _label(page)
    assert label is not None
    place = _date_place(page, label)
    printed = [page.text.tokens[t].box for t in page.printed]
    inked = ink.is_inked(page.read, [place], printed, tall_mm=_GUILLEMET_MM)
    if inked:
        return replace(_of(None, scribe.area([Area(page, (), (place,), False)]), CALIBRATION.empty_inked), raw="")
    chance = of_empty(page.read.sheet.source, certain=False, inked=inked)
    if _dated_rows([t for t in page.free if t.box.y0 > place.y0 - 8 * page.text.height]):
        chance = min(chance, CALIBRATION.empty_unplaced)
    return _of(None, _place(page, place), chance)


def _date_place(page: FormPage, label: Hit) -> Box:
    """Above the hint "(gün, ay, il)", or else left of the signature's label."""
    height = page.text.height
    if hints := _hints(page):
        hint = hints[0]
        top = max([hit.box.y1 for hit in page.hits if hit.box.y1 < hint.y0 and hit is not label], default=0.0)
        top = min(max(top, hint.y0 - 6 * height), hint.y0 - 3 * height)
        return Box(hint.x0 - 0.12, top, hint.x1 + 0.12, hint.y0 - 0.2 * height).clipped()
    row = page.first_row(label)[0].box
    return Box(0.03, row.y0 - 0.9 * height, max(label.box.x0 - 0.3 * height, 0.04), row.y1 + 0.5 * height).clipped()


def _label(page: FormPage) -> Hit | None:
    """The place where the applicant signs."""
    labels = [hit for hit in page.hits if hit.kind is PrintedKind.SIGNATURE and hit.box.y0 < page.office_from]
    return min(labels, key=lambda hit: hit.box.y0, default=None)


def signature_present(pages: Sequence[FormPage]) -> Field:
    """Whether somebody signed: a mark or ink at the label. Typed words, the label's or a name's, are no signature."""
    for page in pages:
        if any(_is_signature(value) for value in page.read.sheet.form_values):
            return flag(True, 0.97, _place(page, None))
    labelled = [(page, hit) for page in pages if (hit := _label(page))]
    for page, hit in labelled:
        if mark := _mark_near(page, _signing_zone(page, hit)):
            return flag(True, max(0.5, min(0.99, mark.confidence)), _place(page, mark.box))
    for page, hit in labelled:
        ink_there = _loose_ink(page, hit)
        strokes = [b for b in ink_there if b.height > _TALLEST_MM or (b.width > _WIDE_MM and b.height > _WAVE_MM)]
        if strokes:
            return flag(True, 0.95 if len(strokes) > 1 else 0.88, _place(page, strokes[0].box))
        if len(ink_there) > 1 and sum(b.width for b in ink_there) >= _BROKEN_MM:
            return flag(True, 0.85, _place(page, ink_there[0].box))
        if ink_there:
            return flag(False, 0.5, _place(page, hit.box))
    if labelled:
        page, hit = labelled[0]
        return flag(False, _unsigned_chance(page, hit), _place(page, hit.box))
    return _unlabelled_signature(pages)


def _unlabelled_signature(pages: Sequence[FormPage]) -> Field:
    """A form whose signature label was not found: only a mark under its end counts, or pen strokes right of the hint
    under its date, larger than the label that they made unreadable."""
    for page in reversed(pages):
        if strokes := [b for hint in _hints(page) for b in _strokes_beside(page, hint)]:
            return flag(True, 0.85, _place(page, strokes[0].box))
        ends = [hit.box.y1 for hit in page.hits if hit.kind in _END and hit.kind is not PrintedKind.DATE]
        ends = ends or [hit.box.y0 - _ABOVE_HINT for hit in page.hits if hit.kind is PrintedKind.DATE]
        ends = ends or [0.02] * _is_tail(page, pages)
        if ends and (mark := _mark_near(page, Box(0, max(ends) - 0.02, 1, min(1.0, max(ends) + 0.3)))):
            return flag(True, 0.9 * mark.confidence, _place(page, mark.box))
    return flag(False, 0.4, Written())


def _hints(page: FormPage) -> list[Box]:
    """Where the hints under the date of signing stand."""
    return [hit.box for hit in page.hits if hit.kind is PrintedKind.DATE and hit.box.y0 < page.office_from]


def _strokes_beside(page: FormPage, hint: Box) -> list[ink.Blob]:
    """Ink in the row over a hint, right of it, wider and taller than type."""
    if page.read.grey is None:
        return []
    height = page.text.height
    zone = Box(hint.x1 + 0.1, hint.y0 - 4 * height, 0.97, min(hint.y1 + height, page.office_from)).clipped()
    printed = [_widened(page.text.tokens[t].box, height) for t in page.printed]
    blobs = ink.blobs_in(page.read, zone, printed)
    return [b for b in blobs if b.height > _TALLEST_MM and _WIDE_MM < b.width < _WIDEST_MM]


def _unsigned_chance(page: FormPage, label: Hit) -> float:
    """How sure it is that nobody signed: a pale pen's strokes are looked for too, wider around the label."""
    if page.read.grey is None:
        return 0.9 if page.read.sheet.source is not Source.OCR else 0.5
    typed = [_widened(box, page.text.height) for box in _typed(page)]
    clear = ink.is_clear(page.read, [_signing_zone(page, label)], typed, _PALE_STROKE_MM)
    return 0.97 if clear else CALIBRATION.empty_faint


def _is_signature(value: FormValue) -> bool:
    words = az.fold(f"{value.name} {value.tooltip}")
    return bool(value.value.strip()) and ("imza" in words or "signature" in words or "sign " in words + " ")


def _signing_zone(page: FormPage, hit: Hit) -> Box:
    height = page.text.height
    top = min(t.box.y0 for t in page.first_row(hit))
    return Box(
        max(0.0, hit.box.x0 - 0.1), top - 5 * height, 1.0, min(hit.box.y1 + 4 * height, page.office_from)
    ).clipped()


def _mark_near(page: FormPage, zone: Box) -> Mark | None:
    kinds = (
        (MarkKind.SIGNATURE, MarkKind.PICTURE) if page.read.sheet.source is not Source.OCR else (MarkKind.SIGNATURE,)
    )
    marks = [m for kind in kinds for m in page.read.sheet.marked(kind) if m.box.intersection(zone) and m.box.area < 0.2]
    return max(marks, key=lambda mark: mark.confidence, default=None)


def _loose_ink(page: FormPage, hit: Hit) -> list[ink.Blob]:
    """Ink beside, above or under the label that belongs to no typed word."""
    if page.read.grey is None:
        return []
    height = page.text.height
    label = box_of(page.first_row(hit))
    top, bottom = label.y0 - 3 * height, min(label.y1 + 3 * height, page.office_from)
    zone = Box(max(label.x0 - 0.02, 0.0), top, 0.97, bottom).clipped()
    blobs = ink.blobs_in(page.read, zone, [_widened(box, height) for box in _typed(page)])
    return [b for b in blobs if max(b.width, b.height) >= 1.2 and b.height >= 0.6]


def _typed(page: FormPage) -> list[Box]:
    return [t.box for t in page.text.tokens if t.index in page.printed or _is_typed(t, page)]


def _is_typed(token: Token, page: FormPage) -> bool:
    """Whether a word is type rather than strokes that an engine took for letters."""
    if token.source is not Source.OCR:
        return True
    wordlike = len(token.folded) >= 3 or any(c.isdigit() for c in token.folded)
    return token.confidence >= 0.8 and wordlike and token.box.height < 1.6 * page.text.height


def _widened(box: Box, height: float) -> Box:
    return Box(box.x0 - 0.1 * height, box.y0 - 0.15 * height, box.x1 + 0.1 * height, box.y1 + 0.15 * height)


def photo_present(pages: Sequence[FormPage]) -> Field:
    """Whether a photograph is in the place for it: above the first question, on the sheet that begins the form."""
    first = next((page for page in pages if _begins_form(page)), None)
    if first is None:
        return flag(False, 0.4, Written())
    bottom = min((hit.box.y0 for hit in first.hits if hit.kind is PrintedKind.QUESTION), default=0.45)
    for mark in (*first.read.sheet.marked(MarkKind.FACE), *first.read.sheet.marked(MarkKind.PICTURE)):
        if mark.box.centre[1] < max(bottom, 0.3) and (mark.kind is MarkKind.FACE or _like_photo(mark, first)):
            return flag(True, max(0.6, mark.confidence), _place(first, mark.box))
    return flag(False, 0.9, _place(first, None))


def _begins_form(page: FormPage) -> bool:
    return "1" in page.questions or any(hit.kind is PrintedKind.REQUEST for hit in page.hits)


def _like_photo(mark: Mark, page: FormPage) -> bool:
    """Upright and of a photograph's size: an emblem or a logo is neither."""
    width, height = mark.box.width * page.text.aspect, mark.box.height
    return 0.55 < width / max(height, 1e-6) < 1.0 and height > 0.07


def _place(page: FormPage, box: Box | None) -> Written:
    sheet = page.read.sheet
    return Written(file=sheet.file, page=sheet.page, box=sheet.on_page(box) if box else None, source=sheet.source)


def explains_missing_signature(tokens: Sequence[Token]) -> bool:
    """Whether words at the end say that the person cannot sign (DEC189 28)."""
    words = az.fold(text_of(tokens))
    return "savadsiz" in words or "fiziki qusur" in words or "imzalaya bilm" in words or "imza ata bilm" in words
