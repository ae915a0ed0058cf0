"""From classified sheets to documents: page streams split, pages of one document joined whatever file holds them.

Every sheet ends in exactly one group. Equal copies are never merged; a sheet that belongs nowhere stays ``unknown``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from classifiers.continuing import continuation, is_annex, is_announced, near, page_number_points
from classifiers.documents import BY_VOTE_ALONE, STRANGER
from classifiers.formpages import (
    count_down,
    ends_a_form,
    form_begins,
    has_little_of_a_form,
    question_numbers,
    word_count,
)
from classifiers.phrases import bare
from models.azerbaijani import fold
from models.catalogue import DocumentType
from models.document import BLANK, UNKNOWN, Classification
from models.sheet import MarkKind, Sheet

_CONFUSABLE = 0.1  # a rival with this chance may turn out to be the type of a page's neighbour
_PERHAPS = 0.05  # chance from which a page may be of a rival type
_WORDS_OF_A_SIDE = 60  # of a card
_WORDS_OF_A_ZONE = 12
_WORDS_OF_STAMPS = 50  # on two pages of a passport
_STAMPED = re.compile(  # what passports print and borders stamp on further pages, folded
    r"\b(?:visas?|vizaiar|vize(?:ier)?|визы?|entry|exit|arrivai|departure|giris|cixis|въезд|выезд|отметки)\b"
)
_OF_ONE_SIDE = 3  # wordings that one side of a card has
_COPY = 4  # questions that a page repeats when it is of another copy; fewer may be a numbered list in an answer
_CONTINUES = 1.0  # points of continuation evidence that join an untitled page to the document before it
_SURELY_CONTINUES = 1.3  # and to a paper that is not known itself
_PLAINLY_CONTINUES = 2.2  # and of a page that speaks of contracts, bills or other papers that nobody asks for
_HARDLY_NUMBERED = 0.5  # of them, for a number alone that may be of another count
_ANNOUNCED = 1.0  # of them, for the list or table that the page before says comes behind it
_LISTS_OTHERS = ("cover_letter", UNKNOWN)  # what these say comes behind them are other papers
_ALIKE = 0.6  # of them, for its type, and for a type that it may be
_PERHAPS_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Group:
    """One document: its type, the indices of its sheets in the order they belong, other types one of them may be;
    ``unknown`` among those when a page may be anything."""

    type: str
    subtype: str | None
    confidence: float
    members: tuple[int, ...]
    evidence: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()


@dataclass
class _Open:
    """A document that pages may still join; ``open`` when nothing but its place joined one of them."""

    type: str
    members: list[int]
    classes: list[Classification] = field(default_factory=list)
    open: bool = False

    def take(self, index: int, found: Classification) -> None:
        self.members.append(index)
        self.classes.append(found)


def group(
    sheets: Sequence[Sheet], classes: Sequence[Classification], types: Mapping[str, DocumentType] | None = None
) -> list[Group]:
    """The documents that the sheets make, in the order of their first sheets.

    Blank sheets are documents of their own; the others are joined as if no blank one lay between them, as the empty
    backs do that a scanner of both sides brings.
    """
    written = [index for index, found in enumerate(classes) if found.subtype != BLANK]
    stream = _Stream(_moved_up(sheets, classes), [classes[index] for index in written], types or {})
    for index in range(len(written)):
        stream.place(index)
    found = [_closed(document, stream.sheets) for document in stream.documents]
    groups = [replace(each, members=tuple(written[member] for member in each.members)) for each in found]
    groups += [
        Group(each.type, BLANK, each.confidence, (index,), each.evidence)
        for index, each in enumerate(classes)
        if each.subtype == BLANK
    ]
    return sorted(groups, key=lambda each: min(each.members))


def _moved_up(sheets: Sequence[Sheet], classes: Sequence[Classification]) -> list[Sheet]:
    """The written sheets, numbered as if their files had no blank pages."""
    blanks: Counter[str] = Counter()
    moved = []
    for sheet, found in zip(sheets, classes, strict=True):
        if found.subtype == BLANK:
            blanks[sheet.file] += not sheet.shares_page
        else:
            moved.append(replace(sheet, page=sheet.page - blanks[sheet.file]))
    return moved


class _Stream:
    def __init__(
        self, sheets: Sequence[Sheet], classes: Sequence[Classification], types: Mapping[str, DocumentType]
    ) -> None:
        self.sheets, self.classes, self.types = sheets, classes, types
        self.documents: list[_Open] = []

    def place(self, index: int) -> None:
        found = self.classes[index]
        home = self._home(index, found)
        if home is None:
            self.documents.append(_Open(found.type, [index], [found]))
        else:
            home.take(index, found)

    def _home(self, index: int, found: Classification) -> _Open | None:
        """The open document that this sheet belongs to, None when it begins one."""
        if found.type == "photo_3x4":
            return None
        if self._is_form(found.type):
            return self._form_home(index)
        if self._sides(found.type) == 2 or found.type == UNKNOWN:
            other_side = self._other_side(index, found)
            if other_side:
                return other_side
        return self._booklet(index, found) or self._continued(index, found)

    # --- forms -------------------------------------------------------------------------------------------------------

    def _is_form(self, key: str) -> bool:
        kind = self.types.get(key)
        return kind.reads == "form" if kind else key.startswith("application_form_")

    def _form_home(self, index: int) -> _Open | None:
        """The last form (same file first) that lacks this page's questions; its pages may come in any order."""
        if before := self._notes_of(index):
            return before
        file = self.sheets[index].file
        forms = [each for each in self.documents if self._is_form(each.type)]
        forms.sort(key=lambda each: self.sheets[each.members[-1]].file == file)
        for form in reversed(forms):
            if self._same_family(form, self.classes[index]) and not self._repeats(form, index):
                if _more_certain(self.classes[index], form):
                    form.type = self.classes[index].type
                return form
        return None

    def _notes_of(self, index: int) -> _Open | None:
        """The form that the sheet before shows, where this one has little but what all forms print at their end: the
        office's notes, the places for date and signature."""
        before = next((each for each in self.documents if self._is_form(each.type) and index - 1 in each.members), None)
        return before if before and has_little_of_a_form(self.sheets[index]) else None

    def _same_family(self, form: _Open, found: Classification) -> bool:
        if found.type == form.type or dict(found.rivals).get(form.type, 0.0) >= _CONFUSABLE:
            return True
        return any(dict(each.rivals).get(found.type, 0.0) >= _CONFUSABLE for each in form.classes)

    def _repeats(self, form: _Open, index: int) -> bool:
        """Whether the page brings questions that the form has already: then it is of another copy."""
        have = set().union(*(question_numbers(self.sheets[member]) for member in form.members))
        bring = question_numbers(self.sheets[index])
        if form_begins(self.sheets[index]) and any(form_begins(self.sheets[member]) for member in form.members):
            return True
        return len(have & bring) >= max(_COPY, 0.7 * len(bring))

    # --- cards and booklets ------------------------------------------------------------------------------------------

    def _sides(self, key: str) -> int:
        kind = self.types.get(key)
        return kind.sides if kind else 1

    def _other_side(self, index: int, found: Classification) -> _Open | None:
        """The one-sided card before this sheet whose other side it is."""
        if not self.documents:
            return None
        card = self.documents[-1]
        first = card.members[0]
        if len(card.members) > 1 or not self._may_be_one_card(card, found, index):
            return None
        if _titled(card.classes[0]) and _titled(found) and not _has_zone(self.sheets[index]):
            return None  # fronts both
        if len(_phrases(card.classes[0]) & _phrases(found)) >= _OF_ONE_SIDE:
            return None  # one side of two cards
        if _has_face(self.sheets[first]) and _has_face(self.sheets[index]):
            return None
        if _has_zone(self.sheets[first]) and _has_zone(self.sheets[index]):
            return None
        if card.type == UNKNOWN or _more_certain(found, card):
            card.type = found.type
        return card

    def _may_be_one_card(self, card: _Open, found: Classification, index: int) -> bool:
        known = [key for key in (card.type, found.type) if key != UNKNOWN]
        if not known or any(self._sides(key) != 2 for key in known):
            return False
        back, front = self.sheets[index], self.sheets[card.members[0]]
        if not (near(front, back) or _named_alike(front, back)):
            return False
        if _has_face(front) and _has_zone(front):
            return False  # both sides on one sheet already
        if len(known) == 2:
            return known[0] == known[1] or known[0] in dict(found.rivals) or known[1] in dict(card.classes[0].rivals)
        unknown, told = (back, found) if found.type == UNKNOWN else (front, card.classes[0])
        if _has_zone(unknown):
            return True
        return known[0] in dict(told.rivals) and word_count(unknown) < _WORDS_OF_A_SIDE and not _of_another_kind(told)

    def _booklet(self, index: int, found: Classification) -> _Open | None:
        """The passport before this sheet where the sheet shows its further pages: little but visas and stamps; or the
        zone that a fold or a white strip parted from its page."""
        if not self.documents or _of_another_kind(found):
            return None
        book, page = self.documents[-1], self.sheets[index]
        if found.type == book.type and self._is_its_zone(book, index):
            return book
        if found.type != UNKNOWN:
            return None
        kind = self.types.get(book.type)
        if kind is None or "TD3" not in kind.mrz or _has_face(page) or _has_zone(page):
            return None
        last = self.sheets[book.members[-1]]
        stamped = _STAMPED.search(bare(page.text)) and word_count(page) < _WORDS_OF_STAMPS
        return book if stamped and (near(last, page) or _named_alike(last, page)) else None

    def _is_its_zone(self, book: _Open, index: int) -> bool:
        page, last = self.sheets[index], self.sheets[book.members[-1]]
        return (
            (last.file, last.page) == (page.file, page.page)
            and _has_zone(page)
            and word_count(page) < _WORDS_OF_A_ZONE
            and not (_has_zone(last) or _has_face(page))
        )

    # --- continuations -----------------------------------------------------------------------------------------------

    def _continued(self, index: int, found: Classification) -> _Open | None:
        """The document before this untitled page, when the page goes on with it."""
        if not self.documents or _titled(found):
            return None
        before = self.documents[-1]
        last = next((each for each in reversed(before.members) if self.sheets[each].lines), before.members[-1])
        if self._is_form(before.type):
            if self._within(before, index, found):
                before.open = True
                return before
            return before if self._signs(before, index, found) else None
        page = self.sheets[index]
        numbered = page_number_points(self.sheets[last], page) > _HARDLY_NUMBERED
        if not self._goes_on(before.type, numbered) or _has_face(page) or _has_zone(page):
            return None
        told = found.type != UNKNOWN and not _by_vote_alone(found)
        likeness = _likeness(before.type, found)
        points = continuation(self.sheets[last], page) + likeness
        if before.type not in _LISTS_OTHERS and is_announced(self.sheets[last], page):
            points += _ANNOUNCED
        if before.type == UNKNOWN:
            other = told and any(map(_of_another_kind, before.classes))
            if other or points < _SURELY_CONTINUES:
                return None
            before.type = found.type if told else UNKNOWN  # letters may say last what they are
        elif (told and not likeness and not is_annex(page)) or points < (
            _PLAINLY_CONTINUES if _of_another_kind(found) else _CONTINUES
        ):
            return None
        before.open |= not likeness and not numbered
        return before

    def _goes_on(self, key: str, numbered: bool) -> bool:
        """Whether papers of a type have further pages: prose does, cards, booklets and portraits do not, receipts only
        by the number on the page."""
        kind = self.types.get(key)
        if kind is None:
            return True
        if kind.reads == "receipt":
            return numbered
        return not kind.mrz and kind.sides == 1 and kind.reads not in ("photo", "mrz", "card")

    def _within(self, form: _Open, index: int, found: Classification) -> bool:
        """Whether an unknown page stands between two pages of one form in a file, as one does that holds only rows."""
        after = index + 1
        return (
            found.type == UNKNOWN
            and index - 1 in form.members
            and after < len(self.sheets)
            and self._is_form(self.classes[after].type)
            and self._same_family(form, self.classes[after])
            and (not form_begins(self.sheets[after]) or count_down(self.sheets[index - 1], self.sheets[after]))
            and self.sheets[index - 1].file == self.sheets[index].file == self.sheets[after].file
            and not (_of_another_kind(found) or _has_face(self.sheets[index]) or _has_zone(self.sheets[index]))
        )

    def _signs(self, form: _Open, index: int, found: Classification) -> bool:
        """Whether an unknown page is the end of the form before it: little more than a place for the signature,
        or the office's notes."""
        page = self.sheets[index]
        beside = index - 1 in form.members or near(self.sheets[form.members[-1]], page)
        return found.type == UNKNOWN and beside and ends_a_form(page)


def _closed(document: _Open, sheets: Sequence[Sheet]) -> Group:
    own = [each for each in document.classes if each.type == document.type] or document.classes
    best = max(own, key=lambda each: each.confidence)
    members = document.members
    if len(members) > 1 and all(question_numbers(sheets[member]) for member in members):
        members = sorted(members, key=lambda member: max(question_numbers(sheets[member])))
    elif document.type.startswith("application_form_"):
        members = sorted(members, key=lambda member: not form_begins(sheets[member]))
    evidence = tuple(dict.fromkeys(why for each in own for why in each.evidence))
    rivals = {key for each in document.classes for key, chance in each.rivals if chance >= _PERHAPS}
    rivals |= {each.type for each in document.classes}
    others = tuple(sorted(rivals - {document.type, UNKNOWN})) + (UNKNOWN,) * document.open
    return Group(document.type, best.subtype, best.confidence, tuple(members), evidence, others)


def _more_certain(found: Classification, document: _Open) -> bool:
    return found.type != UNKNOWN and all(
        each.type != document.type or found.confidence > each.confidence for each in document.classes
    )


def _phrases(found: Classification) -> set[str]:
    return {why for why in found.evidence if why.startswith(("phrase", "heading"))}


def _of_another_kind(found: Classification) -> bool:
    return any(why.startswith(STRANGER) for why in found.evidence)


def _by_vote_alone(found: Classification) -> bool:
    """Whether no wording, zone or question speaks for a type: a page of sums or signatures sounds like many papers."""
    return any(why.startswith(BY_VOTE_ALONE) for why in found.evidence)


def _likeness(key: str, found: Classification) -> float:
    """Points of an untitled page for being of the type of the page before it."""
    if key == UNKNOWN:
        return 0.0
    if found.type == key:
        return _ALIKE
    return _PERHAPS_ALIKE if key in dict(found.rivals) else 0.0


def _titled(found: Classification) -> bool:
    return any(why.startswith("heading") for why in found.evidence)


def _has_face(sheet: Sheet) -> bool:
    return any(True for _ in sheet.marked(MarkKind.FACE))


def _has_zone(sheet: Sheet) -> bool:
    return any(True for _ in sheet.marked(MarkKind.MRZ)) or _fillers(sheet) >= 2


def _fillers(sheet: Sheet) -> int:
    """Lines with the fillers of a zone, or what engines take them for."""
    return sum(len(re.findall("[<€£«‹]", line.text)) >= 4 for line in sheet.lines)


def _named_alike(a: Sheet, b: Sheet) -> bool:
    """Files that differ in a number or a word for a side ("card1.jpg", "card2.jpg"; "vesiqe_on", "vesiqe_arxa")."""
    return _stem(a.file) == _stem(b.file) or _side_words(a.file) != _side_words(b.file)


def _stem(file: str) -> str:
    name = fold(file.rsplit("/", 1)[-1].rsplit(".", 1)[0].replace("_", " ").replace("-", " "))
    return re.sub(r"\d+|\b(on|arxa|uz|front|back|side|teref|i|ii|a|b|обе|лицо|оборот)\b|\W", "", name)


def _side_words(file: str) -> set[str]:
    return set(re.findall(r"front|back|arxa|ön|on\b|oborot|reverse", file.lower()))
