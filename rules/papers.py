"""What the papers themselves tell: whose they are, whether they are still valid, whether the photograph will do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

from models.azerbaijani import fold
from models.case import Finding, Remark, ReviewReason, Severity
from models.catalogue import Requirement
from models.document import Document, Field
from models.sheet import Source
from rules.catalogue.conditions import holds
from rules.dossier import Conclusions, Dossier
from rules.identity import (
    Likeness,
    dates_alike,
    heard_alike,
    may_be_cut,
    named_in,
    names_alike,
    persons_alike,
    same_consonants,
    tells_both_names,
    tells_no_surname,
)
from rules.requirements import faces_on, in_force

_PHOTO = "photo_3x4"
_OF_THE_SUPPORTER = "guardian_income_certificate"
_CHANGES_OF_NAME = ("name_change_certificate", "marriage_certificate", "divorce_certificate")
_SHORTEST_NAME = 3
_DOUBT = 0.5


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What one paper gives away: findings against it and whether something could not be read."""

    findings: tuple[Finding, ...] = ()
    unread: bool = False

    def doubtful(self, dossier: Dossier) -> bool:
        """Whether the paper, alone, would leave something open."""
        return self.unread or not all(dossier.certain(finding) for finding in self.findings)

    @property
    def rank(self) -> tuple[int, bool, float, list[str]]:
        """The smaller the better: a faultless paper first; of equally bad ones always the same."""
        sure = sum(finding.confidence for finding in self.findings)
        return len(self.findings), self.unread, sure, [f"{finding.code} {finding.field}" for finding in self.findings]


def check_persons_and_terms(dossier: Dossier, facts: Mapping[str, Any], conclusions: Conclusions) -> None:
    """Adds ``identity_mismatch`` and ``document_expired`` of the papers that requirements rest on.

    Where several papers would do, the best one counts; papers that are not needed never count against anyone.
    """
    for item in in_force(dossier):
        if holds(item.when, facts) is False:
            continue
        papers = [paper for paper in _resting_on(item, dossier) if dossier.sure(paper) and dossier.legible(paper)]
        if not papers or _is_form_or_photo(papers[0], dossier):
            continue
        verdicts = {id(paper): _verdict(paper, item, dossier) for paper in papers}
        conclusions.keep_open(*(paper for paper in papers if verdicts[id(paper)].doubtful(dossier)))
        asked = item.shown_on if item.datum else item.documents
        ordered = sorted(papers, key=lambda paper: asked.index(paper.type))
        best = min((verdicts[id(paper)] for paper in ordered), key=lambda verdict: verdict.rank)
        if best.unread:
            conclusions.doubt(ReviewReason.LOW_CONFIDENCE)
        for finding in best.findings:
            conclusions.find(finding)
        if all(_says_too_little(paper, dossier) for paper in papers):
            conclusions.doubt(ReviewReason.LOW_CONFIDENCE)


def check_numbers(dossier: Dossier, conclusions: Conclusions) -> None:
    """The passport number that the form gives and that of the passport enclosed (Annex 2, place of stay)."""
    given = dossier.answer("guest_document_number" if dossier.procedure.applicant == "host" else "passport")
    papers = (paper.get("document_number") for paper in dossier.of_types(["passport"]))
    shown = [number for number in papers if number is not None and number.answered]
    if given is None or not shown:
        return
    told = _digits(given.value.get("series_number") if isinstance(given.value, dict) else given.value)
    certain = min(number.confidence for number in (given, *shown)) >= dossier.policy.value_certainty
    if told and certain and not any(_digits(number.value) in told for number in shown):
        conclusions.doubt(ReviewReason.CONTRADICTION)


def _digits(number: object) -> str:
    """The digits of a document number: its letters are written in either alphabet."""
    return re.sub(r"\D", "", str(number))


def _says_too_little(paper: Document, dossier: Dossier) -> bool:
    """Whether a paper that was read is silent on something that its kind must state."""
    described, said = dossier.type_of(paper), paper.get("statement")
    if described is None or said is None or not said.text:
        return False
    words = fold(said.text)
    return any(not any(fold(wording) in words for wording in group) for group in described.must_state)


def check_photo(dossier: Dossier, conclusions: Conclusions) -> None:
    """Adds ``photo_nonconforming``; a photograph only in the form's box goes to a clerk."""
    item = next((item for item in in_force(dossier) if _PHOTO in item.documents), None)
    if item is None:
        return
    photos = [photo for photo in dossier.of_types([_PHOTO]) if dossier.sure(photo) and dossier.legible(photo)]
    if photos:
        conclusions.keep_open(*(photo for photo in photos if not _judged(photo, dossier)))
        _check_conformity(photos, item, conclusions)
    elif not dossier.of_types([_PHOTO]):
        _check_box(dossier, conclusions)


def _is_form_or_photo(paper: Document, dossier: Dossier) -> bool:
    described = dossier.type_of(paper)
    return paper.type == dossier.procedure.form or (described is not None and described.reads in ("photo", "form"))


def _resting_on(item: Requirement, dossier: Dossier) -> list[Document]:
    return dossier.of_types(item.shown_on if item.datum else item.documents)


def _verdict(paper: Document, item: Requirement, dossier: Dossier) -> _Verdict:
    mismatch, unread = _identity(paper, item, dossier)
    expired = _expiry(paper, item, dossier)
    return _Verdict(tuple(finding for finding in (mismatch, expired) if finding), unread)


def _expiry(paper: Document, item: Requirement, dossier: Dossier) -> Finding | None:
    described = dossier.type_of(paper)
    until = paper.get("expiry_date")
    if described is None or not described.expires or until is None or not until.text:
        return None
    if until.text >= dossier.received_on.isoformat():
        return None
    return Finding("document_expired", Severity.DEFICIENCY, item.clause, paper.type, confidence=until.confidence)


def _identity(paper: Document, item: Requirement, dossier: Dossier) -> tuple[Finding | None, bool]:
    """The first field in which a paper differs from the form, and whether its person could not be read."""
    described = dossier.type_of(paper)
    if described is None or not described.subject_is_applicant or paper.subtype == _OF_THE_SUPPORTER:
        return None, False
    if dossier.form is None or _own(dossier, "surname") is None:
        return None, False
    comparisons = _comparisons(paper, dossier)
    if not comparisons:
        return None, dossier.policy.person_must_be_read
    for field, likeness, confidence in comparisons:
        if likeness is not Likeness.SAME and not _former_name(field, paper, dossier):
            explained = _of_a_relative(paper, dossier) or _name_may_have_changed(field, dossier)
            if explained or (field != "birth_date" and _may_be_ours(field, paper, dossier)):
                confidence = min(confidence, _DOUBT)
            finding = Finding(
                "identity_mismatch", Severity.DEFICIENCY, item.clause, paper.type, field, confidence=confidence
            )
            return finding, False
    return None, False


def _comparisons(paper: Document, dossier: Dossier) -> list[tuple[str, Likeness, float]]:
    """Field, likeness and how sure the comparison is, in the order of casework.md."""
    surname, given = _own(dossier, "surname"), _own(dossier, "given_name")
    named = paper.get("person")
    if named is not None and named.text and not paper.value("surname"):
        compared_person = _compared_person(surname, given, named)
        if all(likeness is Likeness.SAME for _, likeness, _ in compared_person):
            return compared_person
        # the reader may have taken another name on the page, as that of whoever signed it
        in_text = _named_in_text(surname, given, paper.get("statement"))
        return [("surname", Likeness.SAME, 1.0)] if in_text else compared_person
    compared = [
        _compared_name("surname", surname, paper.get("surname")),
        _compared_name("given_name", given, paper.get("given_names") or paper.get("given_name")),
        _compared_date(_own(dossier, "birth_date"), paper),
    ]
    found = _heard_alike([item for item in compared if item is not None], paper, dossier)
    if not found and _named_in_text(surname, given, paper.get("statement")):
        return [("surname", Likeness.SAME, 1.0)]
    return _swapped(found, paper, surname, given)


def _heard_alike(
    found: list[tuple[str, Likeness, float]], paper: Document, dossier: Dossier
) -> list[tuple[str, Likeness, float]]:
    """Names that two languages spell by ear are no difference where the birth date is certainly the same."""
    born = [likeness is Likeness.SAME for key, likeness, sure in found if key == "birth_date" and _sure(sure, dossier)]
    differing = [key for key, likeness, _ in found if likeness is not Likeness.SAME]
    heard = {key: partial(heard_alike, surname=key == "surname") for key in differing}
    if born != [True] or not all(_by_ear(heard[key], key, paper, dossier) for key in differing):
        return found
    return [(key, Likeness.SAME, sure) for key, _, sure in found]


def _sure(confidence: float, dossier: Dossier) -> bool:
    return confidence >= dossier.policy.value_certainty


def _by_ear(alike: Callable[[str, str], bool], key: str, paper: Document, dossier: Dossier) -> bool:
    ours = _own(dossier, key)
    keys = ("surname", "person") if key == "surname" else ("given_names", "given_name", "person")
    theirs = next((found for name in keys if (found := paper.value(name))), "")
    return ours is not None and alike(ours.text, str(theirs))


def _may_be_ours(key: str, paper: Document, dossier: Dossier) -> bool:
    """Whether a name that differs may still be the form's: in other vowels, cut short, or told without a surname."""
    if _by_ear(same_consonants, key, paper, dossier):
        return True
    named = paper.get("person")
    if named is None or paper.value("surname"):
        return False
    if _by_eye(named) and _by_ear(may_be_cut, key, paper, dossier):
        return True
    own = [field.text for each in ("given_name", "patronymic") if (field := _own(dossier, each))]
    return key == "surname" and tells_no_surname(own, named.text)


def _named_in_text(surname: Field | None, given: Field | None, statement: Field | None) -> bool:
    """Whether a paper whose person was not found has the applicant's surname and given name side by side."""
    if not (surname and given and statement and surname.text and given.text):
        return False
    words = statement.text.split()
    return any(
        min(named_in(surname.text, pair), named_in(given.text, pair)) is Likeness.SAME
        for pair in (f"{one} {other}" for one, other in pairwise(words))
    )


def _own(dossier: Dossier, key: str) -> Field | None:
    """The form's field about the person whose papers are enclosed: the guest where a host applies."""
    return dossier.answer(f"guest_{key}" if dossier.procedure.applicant == "host" else key)


def _compared_person(surname: Field | None, given: Field | None, named: Field) -> list[tuple[str, Likeness, float]]:
    found = []
    for key, field in (("surname", surname), ("given_name", given)):
        if field is not None and field.text and (key == "surname" or tells_both_names(named.text)):
            by_initial = key == "given_name"
            likeness = max(named_in(field.text, written, by_initial=by_initial) for written in (named.text, named.raw))
            found.append((key, likeness, _certainty(likeness, field, named)))
    return found


def _compared_name(key: str, ours: Field | None, theirs: Field | None) -> tuple[str, Likeness, float] | None:
    if ours is None or theirs is None or not ours.text or not theirs.text:
        return None
    likeness = names_alike(ours.text, theirs.text)
    return key, likeness, _certainty(likeness, ours, theirs)


def _compared_date(ours: Field | None, paper: Document) -> tuple[str, Likeness, float] | None:
    theirs = paper.get("birth_date")
    if ours is None or theirs is None or not ours.text or not theirs.text:
        return None
    likeness = dates_alike(ours.text, theirs.text)
    proved = theirs.source is Source.MRZ and paper.value("mrz_valid") is True
    return "birth_date", likeness, _certainty(likeness, ours, theirs, proved=proved)


def _certainty(likeness: Likeness, ours: Field, theirs: Field, *, proved: bool = False) -> float:
    """How sure a difference is: one letter that a reader may have mistaken is a doubt. ``proved``: by check digits."""
    sure = min(ours.confidence, theirs.confidence)
    by_eye = any(_by_eye(field) for field in ((ours,) if proved else (ours, theirs)))
    return min(sure, _DOUBT) if likeness is Likeness.DOUBTFUL and by_eye else sure


def _by_eye(field: Field) -> bool:
    return field.source in (Source.OCR, Source.MRZ)


def _swapped(
    found: list[tuple[str, Likeness, float]], paper: Document, surname: Field | None, given: Field | None
) -> list[tuple[str, Likeness, float]]:
    """Surname and given name in the other order are no difference."""
    whole = " ".join(str(paper.value(key) or "") for key in ("surname", "given_names", "given_name", "patronymic"))
    if not (surname and given and surname.text and given.text):
        return found
    if persons_alike(surname.text, given.text, whole, inflected=False) is not Likeness.SAME:
        return found
    return [item for item in found if item[0] == "birth_date"] or [("surname", Likeness.SAME, 1.0)]


def _former_name(field: str, paper: Document, dossier: Dossier) -> bool:
    """Whether the paper carries a name that the form gives as a former one."""
    former = dossier.answer("former_names")
    named = paper.value("surname" if field == "surname" else "given_names") or paper.value("person")
    if field == "birth_date" or former is None or not former.text or not isinstance(named, str):
        return False
    if names_alike(former.text, named) is Likeness.SAME:
        return True
    kept = " ".join(dossier.answers.get(key, "") for key in ("surname", "given_name", "patronymic"))
    words = [word for word in re.findall(r"\w+", former.text) if len(word) >= _SHORTEST_NAME]
    return any(named_in(word, named) is Likeness.SAME and named_in(word, kept) is not Likeness.SAME for word in words)


def _name_may_have_changed(field: str, dossier: Dossier) -> bool:
    """Whether a paper came from which another name follows: a clerk sees what it changed."""
    return field != "birth_date" and any(dossier.of_types(_CHANGES_OF_NAME))


def _of_a_relative(paper: Document, dossier: Dossier) -> bool:
    """Whether the paper names a relative or child of the form: then it may not be meant as the applicant's."""
    named = paper.value("person") or " ".join(str(paper.value(key) or "") for key in ("surname", "given_names"))
    rows = [row for key in ("relatives", "children") for row in _rows(dossier.answer(key))]
    for row in rows:
        words = str(row.get("full_name") or "").split()
        if len(words) > 1 and persons_alike(words[0], words[1], str(named)) is Likeness.SAME:
            return True
    return False


def _rows(answer: Field | None) -> Sequence[Mapping[str, Any]]:
    if answer is None or not isinstance(answer.value, list):
        return ()
    return [row for row in answer.value if isinstance(row, Mapping)]


def _check_conformity(photos: list[Document], item: Requirement, conclusions: Conclusions) -> None:
    """As many photographs as are asked must do; one that will not beside them is a second paper.

    Portraits that lie apart in one picture where one is asked may be of two persons: whether they are, a clerk sees.
    """
    good = [photo for photo in photos if photo.value("conforming") is True]
    if item.count == 1:
        good = [photo for photo in good if not _shares_a_page(photo, photos)]
    if faces_on(good) >= min(item.count, faces_on(photos)):
        return
    judged = [field for photo in photos if (field := photo.get("conforming")) and field.value is False]
    if not judged:
        conclusions.doubt(ReviewReason.LOW_CONFIDENCE)
        return
    confidence = max(field.confidence for field in judged)
    conclusions.find(
        Finding("photo_nonconforming", Severity.DEFICIENCY, item.clause, document=_PHOTO, confidence=confidence)
    )


def _shares_a_page(photo: Document, photos: list[Document]) -> bool:
    pages = [(place.file, place.page) for each in photos for place in each.pages]
    return any(pages.count((place.file, place.page)) > 1 for place in photo.pages)


def _judged(photo: Document, dossier: Dossier) -> bool:
    """Whether it is certain that a photograph will do or will not."""
    conforming = photo.get("conforming")
    if conforming is None or conforming.value is None:
        return False
    return conforming.value is True or conforming.confidence >= dossier.policy.value_certainty


def _check_box(dossier: Dossier, conclusions: Conclusions) -> None:
    """No photograph came; one in the form's box is a clerk's to judge, and so is a box that was not read."""
    box = dossier.answer("photo_present")
    if dossier.form is None or (box and box.value is False and box.confidence >= dossier.policy.empty_certainty):
        return
    if box and box.value is True:
        conclusions.doubt_because(Remark.PHOTO_IN_BOX)
    else:
        conclusions.doubt(ReviewReason.LOW_CONFIDENCE)
