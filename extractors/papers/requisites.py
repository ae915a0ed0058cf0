"""Where the money of a receipt went: account, VÖEN and budget code, each by whose part of the paper it stands in.

Check digits are evidence about the reading, never about the payment (procedures.md 1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from stdnum import iban
from stdnum.az import voen

from extractors.papers.labels import ALIKE, DISPUTED, Hit, Said, confirmed, find_labels, read_again, said, values
from extractors.papers.receipt_labels import LABELS
from extractors.shapes import ReadSheet, RegionReader
from models.azerbaijani import fold, plain
from models.document import Field
from models.geometry import Box, box_of
from models.sheet import Line, Source, Word

_CODE_NAMED = re.compile(r"(?:tesnifat\w*|budce) kod\w*$|\bbtk$")  # folded
_TREASURY = "CTRE"  # where state money goes; three of four letters settle a bank code that is read badly
_ROLES = ("payer", "recipient", "bank", "correspondent", "payer_voen")


def recipients_account(sheets: Sequence[ReadSheet], hits: Sequence[Hit], reader: RegionReader) -> Field | None:
    """The recipient's account. Accounts at the National Bank (NABZ) are banks' own unless nothing else is shown."""
    found = [(each, _role(each, hits)) for on in sheets for each in _ibans(on)]
    wanted = [
        (each, role)
        for each, role in found
        if role in ("recipient", "") or _TREASURY in each.text
        if "NABZ" not in each.text or _alone_and_labelled(each, hits, found)
    ]
    wanted.sort(key=lambda pair: (_TREASURY not in pair[0].text, pair[1] != "recipient"))
    if not wanted:
        return _labelled_account(hits, reader)
    each, role = wanted[0]
    best = each if iban.is_valid(each.text) else _account_again(each, reader)
    rivals = {other.text for other, _ in wanted if (_TREASURY in other.text) == (_TREASURY in best.text)}
    return best.field(best.text, sure=1.0 if len(rivals) == 1 or role == "recipient" else 0.6)


def _alone_and_labelled(account: Said, hits: Sequence[Hit], found: Sequence[tuple[Said, str]]) -> bool:
    """Whether an account is the only one of the paper, called so on its line, and no bank's correspondent account."""
    labelled = any(hit.key == "account" and hit.line is account.line for hit in hits)
    return labelled and len(found) == 1 and not any(hit.key == "correspondent" for hit in hits)


def _labelled_account(hits: Sequence[Hit], reader: RegionReader) -> Field | None:
    """An account that only a second look at the place beside its label can read; its check digits must fit."""
    for value in values(hits, "account"):
        if len(re.sub(r"\W", "", value.text)) >= 18 and _role(value, hits) not in ("payer", "correspondent"):
            seen = _account_again(value, reader)
            if iban.is_valid(seen.text) and "NABZ" not in seen.text:
                return seen.field(seen.text, raw=value.text)
    return None


_IBAN_LENGTH = 28
_NEXT_LINE = 2.5  # line heights
_IBAN_BEGUN = re.compile(r"[A4][Z27][0-9OILSBZT]{2}[A-Z0-9]{4}[A-Z0-9]{2,}$")
_IBAN = re.compile(r"[A4][Z27][0-9OILSBZT]{2}[A-Z0-9]{4}[A-Z0-9]{18,22}")
_ODD = ("A7", "47")  # check digits alone can show that such a beginning is one
_LATIN = str.maketrans("АВЕКМНОРСТХЗ", "ABEKMHOPCTX3")  # the Russian model writes what looks alike


def _ibans(on: ReadSheet) -> Iterator[Said]:
    """Azerbaijani account numbers on a sheet, blanks removed, letters and digits put where only they can stand."""
    for line in on.sheet.lines:
        compact, owners = _with_rest_below(on, line)
        for match in _accounts_in(compact):
            words = tuple(dict.fromkeys(owners[match.start() : match.end()]))
            text, sure = _account_text(match.group())
            where = said(on, line, words)
            yield replace(where, text=text, confidence=sure if iban.is_valid(text) else _unproved(where, match, text))


def _accounts_in(compact: str) -> list[re.Match[str]]:
    """The accounts in a line without blanks: those that fit their check digits from wherever they may begin, else what
    looks like one."""
    begun = (_IBAN.match(compact, at) for at in range(len(compact)))
    fitting = [match for match in begun if match and iban.is_valid(_account_text(match.group())[0])]
    return fitting or [match for match in _IBAN.finditer(compact) if not match.group().startswith(_ODD)]


def _with_rest_below(on: ReadSheet, line: Line) -> tuple[str, list[Word]]:
    """A line without blanks, and with what an account number that breaks at its end lacks, from the line below."""
    compact, owners = _compact(line)
    begun = _IBAN_BEGUN.search(compact)
    lacking = _IBAN_LENGTH - len(begun.group()) if begun else 0
    if lacking > 0:
        near = (each for each in on.sheet.lines if 0 < each.box.y0 - line.box.y0 < _NEXT_LINE * line.box.height)
        for rest, words in map(_compact, near):
            if len(rest) == lacking and iban.is_valid(_account_text(begun.group() + rest)[0] if begun else ""):
                return compact + rest, owners + words
    return compact, owners


def _unproved(where: Said, match: re.Match[str], text: str) -> float:
    """How sure an account is whose check digits fail: a reader's error, unless a whole one stands so in a text."""
    as_printed = where.on.sheet.source is not Source.OCR and text == match.group() and len(text) == _IBAN_LENGTH
    return where.confidence if as_printed else min(where.confidence, 0.5)


def _compact(line: Line) -> tuple[str, list[Word]]:
    """A line without blanks in plain capitals, and the word that each character came from."""
    text, owners = "", []
    for word in line.words:
        bare = re.sub(r"[^A-Z0-9]", "", plain(word.text).upper().translate(_LATIN))
        text += bare
        owners += [word] * len(bare)
    return text, owners


_DIGITS = str.maketrans("OQDILSBZGT", "0001158267")
_LETTERS = str.maketrans("01582", "OISBZ")


def _account_text(raw: str) -> tuple[str, float]:
    """An account number of 28 characters and how sure its repair is; the number as read where none fits."""
    head = "AZ" + raw[2:4].translate(_DIGITS) + _bank_code(raw[4:8].translate(_LETTERS))
    for tail, sure in ((raw[8:28], 0.99), (raw[8:28].translate(_DIGITS), 0.97)):
        if iban.is_valid(head + tail):
            return head + tail, sure
    digits = raw[8:].translate(_DIGITS)
    zeros = max(re.findall(r"0+", digits), key=len, default="")
    if len(zeros) >= 4:  # engines miscount long runs of zeros
        mended = digits.replace(zeros, "0" * (len(zeros) + 20 - len(digits)), 1)
        if iban.is_valid(head + mended):
            return head + mended, 0.9
    return head + raw[8:28], DISPUTED


def _bank_code(code: str) -> str:
    return _TREASURY if sum(a == b for a, b in zip(code, _TREASURY, strict=False)) >= 3 else code


def _account_again(value: Said, reader: RegionReader) -> Said:
    """A second look at an account number whose check digits do not fit; one that every engine reads so stands so."""
    if value.on.grey is None:
        return value
    pad = 0.4 * value.box.height
    box = Box(value.box.x0 - pad, value.box.y0 - pad, value.box.x1 + pad, value.box.y1 + pad).clipped()
    lines = reader.read(value.on, box, single_line=True)
    texts = [re.sub(r"[^A-Z0-9]", "", plain(text).upper()) for line in lines for text in (line.text, line.second or "")]
    for match in filter(None, map(_IBAN.search, texts)):
        account, sure = _account_text(match.group())
        if iban.is_valid(account):
            return replace(value, text=account, confidence=sure)
    agreed = len(value.text) == _IBAN_LENGTH and len(texts) > 1 and all(value.text in text for text in texts)
    return replace(value, confidence=ALIKE) if agreed else value


def _role(value: Said, hits: Sequence[Hit]) -> str:
    """Whose number it is: by the last such label before it on its line, else by the nearest above in its column."""
    roles = [hit for hit in hits if hit.key in _ROLES and hit.on is value.on]
    same_line = [hit for hit in roles if hit.line is value.line and hit.box.x0 < value.box.x0]
    if same_line:
        return same_line[-1].key
    middle = (value.box.y0 + value.box.y1) / 2
    row = [hit for hit in roles if hit.box.y0 < middle < hit.box.y1 and hit.box.x1 <= value.box.x0]
    if row:
        return max(row, key=lambda hit: hit.box.x1).key
    heads = [hit for hit in roles if hit.key != "correspondent"]  # that one names a row, not a part of the paper
    begins = _beginning(value, hits)
    above = [hit for hit in heads if hit.box.y1 <= middle and hit.box.x0 <= begins + 0.05]
    columns = [hit for hit in above if begins - hit.box.x0 < 0.45]
    nearest = max(columns, key=lambda hit: (round(hit.box.y0, 2), hit.box.x0), default=None)
    return nearest.key if nearest else ""


def _beginning(value: Said, hits: Sequence[Hit]) -> float:
    """Where a number begins with its label: set to the right edge, it stands far from the part that it belongs to."""
    labels = [hit for hit in hits if hit.line is value.line and hit.key in ("voen", "account")]
    return max((hit.box.x0 for hit in labels if hit.box.x0 < value.box.x0), default=value.box.x0)


def recipients_voen(sheets: Sequence[ReadSheet], hits: Sequence[Hit], reader: RegionReader) -> Field | None:
    """The recipient's VÖEN, never the payer's nor the bank's."""
    treasury = [each for on in sheets for each in _ibans(on) if _TREASURY in each.text]
    found = [(each, _voen_role(each, hits, treasury)) for on in sheets for each in _voens(on)]
    wanted = [each for each, _ in found if _with_account(each, treasury)]
    wanted = (
        wanted or [each for each, role in found if role == "recipient"] or [each for each, role in found if not role]
    )
    if not wanted:
        return None
    first = wanted[0] if voen.is_valid(wanted[0].text) else _voen_again(wanted[0], reader)
    return first.field(first.text, sure=1.0 if len({each.text for each in wanted}) == 1 else 0.6)


def _voen_again(value: Said, reader: RegionReader) -> Said:
    """A second look at a VÖEN whose check digit does not fit: the reading of an engine that does, if there is one."""
    for text in read_again(value, reader):
        for digits in re.findall(r"(?<!\d)\d{10}(?!\d)", text):
            if voen.is_valid(digits):
                return replace(value, text=digits, confidence=ALIKE)
    return confirmed(value, reader)


def _voen_role(value: Said, hits: Sequence[Hit], treasury: Sequence[Said]) -> str:
    """Whose VÖEN it is; one that stands below the treasury's account, or beside the budget code, is the recipient's."""
    role = _role(value, hits)
    beside = any(hit.key == "budget_code" and hit.line is value.line for hit in hits)
    below = any(each.on is value.on and 0 <= value.box.y0 - each.box.y0 < 0.12 for each in treasury)
    if role == "payer" and any(_role(each, hits) == role for each in treasury) and not _right_under_payer(value, hits):
        role = ""  # what names the payer heads no part of the paper
    return "recipient" if role in ("payer", "") and (beside or below) else role


def _right_under_payer(value: Said, hits: Sequence[Hit]) -> bool:
    near = _NEXT_LINE * value.line.box.height
    return any(hit.key == "payer" and hit.on is value.on and 0 <= value.box.y0 - hit.box.y0 < near for hit in hits)


def _with_account(value: Said, treasury: Sequence[Said]) -> bool:
    """Whether a VÖEN stands right under the treasury's account in its column, or behind it on its line."""
    down = [value.box.y0 - each.box.y0 for each in treasury if abs(value.box.x0 - each.box.x0) < 0.1]
    behind = any(value.line is each.line and value.box.x0 >= each.box.x1 for each in treasury)
    return behind or any(0 <= each < 0.05 for each in down)


def _voens(on: ReadSheet) -> Iterator[Said]:
    labels = {hit.line.box: hit.key for hit in find_labels([on], {"voen": LABELS["voen"], "bank": ("Bankın VÖEN-i",)})}
    for line in on.sheet.lines:
        for word in line.words:
            digits = re.sub(r"\D", "", word.text.translate(str.maketrans("OoIlSB", "001158")))
            if len(digits) != 10 or sum(c.isdigit() for c in word.text) < 8:
                continue
            valid = voen.is_valid(digits)
            if valid or line.box in labels or re.search(r"v[oö][eəi]n|инн", line.text.lower()):
                where = said(on, line, [word])
                yield replace(where, text=digits, confidence=max(where.confidence, 0.97) if valid else where.confidence)


def budget_code(sheets: Sequence[ReadSheet], hits: Sequence[Hit], reader: RegionReader) -> Field | None:
    for value in values(hits, "budget_code"):
        match = re.search(r"(?<!\d)\d{6}(?!\d)", re.sub(r"(?<=\d)[ .](?=\d)", "", value.text))
        if match:
            words = [word for word in value.line.words if re.search(r"\d", word.text)]
            where = replace(value, text=match.group(), box=box_of(words) if words else value.box)
            return confirmed(where, reader).field(match.group())
    beside = _code_beside_broken_label(sheets, reader)
    return beside or _code_in_running_text(sheets, reader) or _lonely_code(sheets, reader)


def _code_beside_broken_label(sheets: Sequence[ReadSheet], reader: RegionReader) -> Field | None:
    """Six digits right of a label that wraps over two lines ("Büdcə / təsnifatının kodu")."""
    for on in sheets:
        labels = [line for line in on.sheet.lines if re.search(r"budce|tesnifat", fold(line.text))]
        labels = [line for line in labels if "seviyye" not in fold(line.text)]
        for line in on.sheet.lines:
            for word in line.words:
                near = any(
                    abs(word.box.centre[1] - label.box.centre[1]) < 0.03 and word.box.x0 > label.box.x0
                    for label in labels
                )
                if near and re.fullmatch(r"\d{6}", word.text):
                    return confirmed(said(on, line, [word]), reader).field(word.text, sure=0.95)
    return None


def _code_in_running_text(sheets: Sequence[ReadSheet], reader: RegionReader) -> Field | None:
    """Six digits at the head of a line whose sentence names them in the line before ("... təsnifatının / kodu: ")."""
    for on in sheets:
        for before, line in pairwise(on.sheet.lines):
            for word in line.words[:2]:
                named = _CODE_NAMED.search(fold(f"{before.text} {line.text.partition(word.text)[0]}"))
                if named and re.fullmatch(r"\d{6}[.,;]?", word.text):
                    return confirmed(said(on, line, [word]), reader).field(word.text.rstrip(".,;"), sure=0.95)
    return None


def _lonely_code(sheets: Sequence[ReadSheet], reader: RegionReader) -> Field | None:
    """The only number of six digits that stands alone on its line and begins as the codes of state income do: its
    label was not read."""
    alone = [(on, line) for on in sheets for line in on.sheet.lines if re.fullmatch(r"14\d{4}", line.text)]
    return confirmed(said(*alone[0]), reader).field(alone[0][1].text, sure=0.8) if len(alone) == 1 else None
