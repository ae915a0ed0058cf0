"""What the application form itself lacks: unanswered questions, impossible answers, signature, date (REG28 2.6.1)."""

from __future__ import annotations

import re
from datetime import date

from models.azerbaijani import fold
from models.case import Finding, Remark, ReviewReason, Severity
from models.catalogue import AnswerKind, Part
from models.document import NONE, Document, Field
from models.sheet import Language
from rules.dossier import Conclusions, Dossier, mentions

_DATES = (AnswerKind.DATE, AnswerKind.PARTIAL_DATE)
_CANNOT_SIGN = (
    "imza ede bilm",
    "imzalaya bilm",
    "imza ata bilm",
    "imzalamag mumkun",
    "imzalamagi bacarm",
    "imzalamaq mumkun",
    "imzalamaq iqtidar",
    "imza atmaq iqtidar",
    "imzalanmasi mumkun",
    "savadsiz",
    "yazib oxumag",
    "fiziki qusur",
    "fiziki mehdud",
)
_EARLIEST_BIRTH = 1900
_MOSTLY = 0.5
_CELLS_OF_AN_ENTRY = 2
_EVERY_DIGIT = 0.95  # certainty of a date that two engines read alike
_READ_AT_ALL = 0.1  # a reading less certain than this may be of no letters at all
_LETTERS_OF_A_PHRASE = 20
_DOUBT = 0.5  # certainty of what may as well be a failure of reading


def check_form(dossier: Dossier, conclusions: Conclusions) -> None:
    """Adds what the form lacks; nothing where there is no form or it cannot be read at all.

    Of several copies (the typed form beside its signed scan) the best counts; what one copy lacks and another has is a
    clerk's to put together.
    """
    if dossier.form is None or not dossier.legible(dossier.form):
        return
    copies = [form for form in dossier.forms if dossier.legible(form) and dossier.sure(form)] or [dossier.form]
    judged = [_judge(dossier, form) for form in copies]
    best = min(judged, key=lambda found: (len(found.findings), len(found.doubts), found.told))
    conclusions.findings.extend(best.findings)
    for reason in best.doubts:
        conclusions.doubt(reason)
    if any(_lacks(found) != _lacks(best) for found in judged) and best.findings:
        conclusions.doubt(ReviewReason.CONTRADICTION)


def _judge(dossier: Dossier, form: Document) -> Conclusions:
    """What one copy of the form lacks."""
    found = Conclusions()
    for part in dossier.description.parts if dossier.description else ():
        if finding := _answer_finding(dossier, form, part):
            found.find(finding)
    _check_dates(dossier, form, found)
    _check_rows(dossier, form, found)
    if dossier.description and dossier.description.signature_labels:
        _check_signature(dossier, form, found)
        _check_signing_day(dossier, form, found)
    _check_print(form, found)
    return found


def _lacks(found: Conclusions) -> set[tuple[str, str | None]]:
    return {(finding.code, finding.field) for finding in found.findings}


def _finding(dossier: Dossier, form: Document, code: str, field: str, confidence: float) -> Finding:
    clause = dossier.description.clause if dossier.description else ""
    certainty = min(confidence, 1.0 if dossier.sure(form) else form.confidence)
    return Finding(code, Severity.REFUSAL, clause or "REG28 2.6.1", field=field, confidence=certainty)


def _answer_finding(dossier: Dossier, form: Document, part: Part) -> Finding | None:
    answer = form.get(part.key)
    if answer is None:
        return _finding(dossier, form, "form_incomplete", part.key, _DOUBT) if part.required else None
    if not answer.answered:
        if part.kind in _DATES and answer.raw.strip():
            return _finding(dossier, form, "form_invalid", part.key, _impossible(answer))
        return _finding(dossier, form, "form_incomplete", part.key, _emptiness(answer)) if part.required else None
    if part.required and answer.confidence < dossier.policy.answered_certainty and not _is_surely_something(answer):
        return _finding(dossier, form, "form_incomplete", part.key, _DOUBT)
    if part.kind is AnswerKind.DATE and answer.value == NONE:
        return _finding(dossier, form, "form_invalid", part.key, _DOUBT)
    return None


def _is_surely_something(answer: Field) -> bool:
    """Whether an answer that may be misread was given all the same: its confidence says that every letter is right."""
    words = re.findall(r"[^\W\d_]{3,}", answer.raw)
    return _has_rows(answer) or (answer.confidence >= _READ_AT_ALL and sum(map(len, words)) >= _LETTERS_OF_A_PHRASE)


def _has_rows(answer: Field) -> bool:
    """Whether a table holds at least one entry; its confidence says that every cell is right, not that it is filled."""
    rows = answer.value if isinstance(answer.value, list) else []
    return any(isinstance(row, dict) and sum(bool(cell) for cell in row.values()) >= _CELLS_OF_AN_ENTRY for row in rows)


def _emptiness(answer: Field) -> float:
    """How sure it is that nothing was answered: ink that could not be turned into a value is an answer unread."""
    return min(answer.confidence, _DOUBT) if answer.raw.strip() else answer.confidence


def _impossible(answer: Field) -> float:
    """How sure it is that a date without a value is impossible, rather than unread: its three numbers must be there."""
    numbers = re.findall(r"\d+", answer.raw)
    complete = len(numbers) == 3 or (len(numbers) == 2 and re.search(r"[^\W\d_]{3,}", answer.raw))
    return answer.confidence if complete else min(answer.confidence, _DOUBT)


def _check_dates(dossier: Dossier, form: Document, conclusions: Conclusions) -> None:
    """Birth and arrival in the future, arrival before birth (field ``arrival_date``)."""
    today = dossier.received_on.isoformat()
    birth, arrival = form.get("birth_date"), form.get("arrival_date")
    born = _earliest(birth) if birth else None
    if birth and born and born > today:
        conclusions.find(_finding(dossier, form, "form_invalid", "birth_date", _to_the_digit(birth)))
        born = None
    elif birth and born and int(born[:4]) < _EARLIEST_BIRTH:
        conclusions.find(_finding(dossier, form, "form_invalid", "birth_date", min(birth.confidence, _DOUBT)))
    came = _earliest(arrival) if arrival else None
    if arrival and came and came > today:
        conclusions.find(_finding(dossier, form, "form_invalid", "arrival_date", _to_the_digit(arrival)))
    elif arrival and came and birth and born and arrival.text < born[: len(arrival.text)]:
        sure = min(_to_the_digit(arrival), _to_the_digit(birth))
        conclusions.find(_finding(dossier, form, "form_invalid", "arrival_date", sure))


def _check_rows(dossier: Dossier, form: Document, conclusions: Conclusions) -> None:
    """Rows that begin in the future: a child born or a job taken up after the day of receipt. When a job ends may."""
    for question in dossier.description.questions if dossier.description else ():
        begins = next((column.key for column in question.columns if column.kind in _DATES), None)
        answer = form.get(question.parts[0].key) if begins else None
        rows = answer.value if answer and isinstance(answer.value, list) else []
        if answer and any(_begins_after(row.get(begins), dossier.received_on) for row in rows if isinstance(row, dict)):
            key = question.parts[0].key
            conclusions.find(_finding(dossier, form, "form_invalid", key, _to_the_digit(answer)))


def _to_the_digit(answer: Field) -> float:
    """How sure a date is that cannot be right: one digit that was misread is likelier than such an answer."""
    return answer.confidence if answer.confidence >= _EVERY_DIGIT else min(answer.confidence, _DOUBT)


def _begins_after(cell: object, day: date) -> bool:
    earliest = _first_day(cell) if isinstance(cell, str) else None
    return earliest is not None and earliest > day.isoformat()


def _earliest(answer: Field) -> str | None:
    return _first_day(answer.text)


def _first_day(text: str) -> str | None:
    """The first day that a full or partial ISO date may mean; None when the text is no date."""
    match = re.fullmatch(r"(\d{4})(-\d{2})?(-\d{2})?", text)
    return f"{match[1]}{match[2] or '-01'}{match[3] or '-01'}" if match else None


def _check_signature(dossier: Dossier, form: Document, conclusions: Conclusions) -> None:
    """Unsigned, unless the note of DEC189 28 replaces the signature; then a clerk confirms it."""
    signature = form.get("signature_present")
    if signature is not None and signature.value is True:
        if signature.confidence < dossier.policy.answered_certainty:
            conclusions.find(_finding(dossier, form, "form_unsigned", "signature_present", _DOUBT))
        return
    if _says_cannot_sign(dossier):
        conclusions.doubt(ReviewReason.CANNOT_SIGN)
        return
    known = signature is not None and signature.value is False
    certainty = signature.confidence if signature is not None and known else _DOUBT
    conclusions.find(_finding(dossier, form, "form_unsigned", "signature_present", certainty))


def _says_cannot_sign(dossier: Dossier) -> bool:
    texts = [dossier.letter, *dossier.answers.values()]
    if dossier.form and dossier.form.value("cannot_sign") is True:
        return True
    if dossier.form:
        texts += [fold(answer.raw) for key, answer in dossier.form.fields.items() if key.startswith("sign")]
    return any(True for text in texts for stem in _CANNOT_SIGN for _ in mentions(text, stem))


def _check_signing_day(dossier: Dossier, form: Document, conclusions: Conclusions) -> None:
    """Undated, or signed on an impossible day or in the future."""
    signed = form.get("signed_on")
    if signed is None:
        conclusions.find(_finding(dossier, form, "form_undated", "signed_on", _DOUBT))
    elif not signed.answered:
        code = "form_invalid" if signed.raw.strip() else "form_undated"
        certainty = _impossible(signed) if signed.raw.strip() else signed.confidence
        conclusions.find(_finding(dossier, form, code, "signed_on", certainty))
    elif _after(signed, dossier.received_on):
        conclusions.find(_finding(dossier, form, "form_invalid", "signed_on", _to_the_digit(signed)))
    elif signed.confidence < dossier.policy.answered_certainty:
        conclusions.find(_finding(dossier, form, "form_undated", "signed_on", _DOUBT))


def _after(answer: Field, day: date) -> bool:
    earliest = _earliest(answer)
    return earliest is not None and earliest > day.isoformat()


def _check_print(form: Document, conclusions: Conclusions) -> None:
    """A form without the printed declarations, or not in Azerbaijani, goes to a clerk.

    Where the declarations were found the print is Azerbaijani, whatever the language of the answers looks like.
    """
    printed = form.value("declarations_present")
    foreign = printed is not True and form.language not in (Language.AZ, Language.AZ_CYRL)
    if printed is False:
        conclusions.doubt_because(Remark.NO_DECLARATIONS)
    if foreign or _answers_are_russian(form):
        conclusions.doubt_because(Remark.FOREIGN_FORM)


def _answers_are_russian(form: Document) -> bool:
    """Whether most letters of the answers are Cyrillic and none is of the Azerbaijani Cyrillic alphabet."""
    text = "".join(answer.text for answer in form.fields.values())
    letters = [c for c in text.lower() if c.isalpha()]
    cyrillic = [c for c in letters if "\u0400" <= c <= "\u04ff"]
    return len(cyrillic) > _MOSTLY * len(letters) and not set(cyrillic) & set("әҝҹөүһғј")
