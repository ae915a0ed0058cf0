"""A message in, its headers, its text and every file in it out.

Whatever arrives ends as a ``Message`` and a status for each part: nothing raises, nothing is dropped in silence.
"""

from __future__ import annotations

import hashlib
import mimetypes
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import getaddresses, parseaddr, parsedate_to_datetime
from pathlib import PurePosixPath

from extractors import sniff
from extractors.acroform import embedded_files
from extractors.archives import open_tnef, open_zip
from extractors.letters import Leaf, Letter, base_name, decode_text, header_text, storable
from extractors.limits import Limits
from extractors.mailboxes import iter_messages
from extractors.mime import read_letter
from extractors.outlook import read_msg
from extractors.pictures import is_ornament
from extractors.refusals import Unreadable, Unsafe
from extractors.shapes import OpenedPart
from models.mail import Attachment, Message, PartStatus
from models.office import BAKU

__all__ = ["OpenedMessage", "iter_messages", "open_message"]

NESTED_MARK = "-" * 20


@dataclass(frozen=True, slots=True)
class OpenedMessage:
    """A message and all its files in order; a container stands before what it holds."""

    message: Message
    parts: tuple[OpenedPart, ...] = ()


def open_message(raw: bytes, file: str, limits: Limits = Limits()) -> OpenedMessage:  # noqa: B008
    """Opens the bytes of an .eml or .msg. ``file`` is only carried along.

    Never raises: bytes that are no message give ``Message.parsed`` False with the reason in ``defects``.
    """
    opener = _Opener(limits)
    try:
        letter = _outermost(raw, limits)
    except (Unsafe, Unreadable) as problem:
        letter = Letter(defects=(str(problem),), parsed=False)
        if isinstance(problem, Unsafe):
            opener.add(Leaf("message.eml", raw), _Place(), PartStatus.UNSAFE, str(problem), sniff.MESSAGE)
    opener.leaves(letter.leaves, _Place())
    return OpenedMessage(_message(letter, file, opener.texts), tuple(opener.parts))


def _outermost(raw: bytes, limits: Limits) -> Letter:
    if len(raw) > limits.message_bytes:
        raise Unsafe("the message is larger than is allowed")
    if sniff.media_type(raw) == sniff.MSG:
        return read_msg(raw)
    letter = read_letter(raw, limits)
    if letter.parsed:
        return letter
    return Letter(defects=("these bytes are no e-mail message",), text=letter.text, parsed=False)


# --- headers ---------------------------------------------------------------------------------------------------------


def _message(letter: Letter, file: str, nested_texts: list[str]) -> Message:
    letter = replace(letter, headers=tuple((key, storable(value)) for key, value in letter.headers))
    name, sender = _address(letter.header("from"))
    if not sender:
        sender = _address(letter.header("sender"))[1]
    return Message(
        file=file,
        message_id=letter.header("message-id").strip() or None,
        sender=sender,
        sender_name=name,
        reply_to=_address(letter.header("reply-to"))[1],
        to=tuple(address for _, address in getaddresses(letter.all("to")) if "@" in address),
        subject=letter.header("subject"),
        sent_at=_date(letter.header("date")),
        received_at=_received_at(letter),
        in_reply_to=next(iter(_ids(letter.header("in-reply-to"))), None),
        references=_ids(letter.header("references")),
        text=storable(f"\n\n{NESTED_MARK}\n\n".join(text for text in (letter.text, *nested_texts) if text.strip())),
        links=letter.links,
        headers=letter.headers,
        defects=letter.defects,
        parsed=letter.parsed,
    )


_LONGEST_ADDRESS = 320  # letters (RFC 5321); a longer one reaches nobody
_ADDRESS = re.compile(r"[^\s<>\"',;:()\[\]]+@[^\s<>\"',;:()\[\]]+")


def _address(value: str) -> tuple[str | None, str | None]:
    """Display name and address of the first mailbox in a header; None for what is not there."""
    name, address = parseaddr(value)
    if not _ADDRESS.fullmatch(address):
        found = _ADDRESS.search(value)
        address = found[0] if found else ""
        name = value[: found.start()].strip("<\"' ") if found else value
    return name.strip() or None, address if 0 < len(address) <= _LONGEST_ADDRESS else None


def _ids(value: str) -> tuple[str, ...]:
    return tuple(re.findall(r"<[^<>\s]+>", value))


def _received_at(letter: Letter) -> datetime | None:
    """The day of receipt (contract): the topmost Received that can be read, else Date, in Asia/Baku."""
    for received in letter.all("received"):
        if moment := _date(received.rsplit(";", 1)[-1]):
            return moment
    return _date(letter.header("date"))


_LEAP_SECOND = re.compile(r"(\d\d:\d\d):60\b")  # RFC 5322 allows it, Python has none


def _date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(_LEAP_SECOND.sub(r"\1:59", header_text(value)))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(BAKU)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None


# --- files -----------------------------------------------------------------------------------------------------------

_SIGNATURE = "a signature of the mail, no document"
_REPORT = "a report of a mail server, no document"
_CALENDAR = "a calendar entry, no document"
_CARD = "a business card, no document"
_NOT_DOCUMENTS = {
    "application/pkcs7-signature": _SIGNATURE,
    "application/x-pkcs7-signature": _SIGNATURE,
    "application/pgp-signature": _SIGNATURE,
    "application/pgp-encrypted": _SIGNATURE,
    "application/pgp-keys": "a key of the sender, no document",
    "application/applefile": "a file of the sender's system, no document",
    "message/delivery-status": _REPORT,
    "message/global-delivery-status": _REPORT,
    "message/disposition-notification": _REPORT,
    "message/feedback-report": _REPORT,
    "text/rfc822-headers": _REPORT,
    "text/calendar": _CALENDAR,
    "application/ics": _CALENDAR,
    "text/vcard": _CARD,
    "text/x-vcard": _CARD,
    "text/directory": _CARD,
    "text/css": "a style sheet of the mail, no document",
}
_BODY_PIECE = re.compile(r"ATT\d{3,}\.(txt|htm|html)|", re.IGNORECASE)
_ENCRYPTED_TEXT = (b"-----BEGIN PGP MESSAGE", b"-----BEGIN PKCS7")
_EXTENSIONS = {
    "image/jpeg": "jpg", "image/tiff": "tif", "text/plain": "txt", "text/html": "html", "image/heic": "heic",
    sniff.PDF: "pdf", sniff.ZIP: "zip", sniff.DOCX: "docx", sniff.DOC: "doc", sniff.ODT: "odt", sniff.RTF: "rtf",
    sniff.MSG: "msg", sniff.MESSAGE: "eml", sniff.TNEF: "dat", "text/calendar": "ics", "text/vcard": "vcf",
}  # fmt: skip
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the message a file is: the path of its container and how deep that lies."""

    folder: str = ""
    messages: int = 0
    zips: int = 0

    def inside(self, container: str, *, zipped: bool = False) -> _Place:
        return _Place(container, self.messages + (not zipped), self.zips + zipped)


@dataclass
class _Opener:
    """Turns leaves into parts, opening containers on the way, within one budget for the whole message."""

    limits: Limits
    parts: list[OpenedPart] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    unpacked: int = 0

    def leaves(self, leaves: tuple[Leaf, ...], place: _Place) -> None:
        for number, leaf in enumerate(leaves, start=1):
            if len(self.parts) >= self.limits.parts:
                detail = f"{len(leaves) - number + 1} more files: over the limit of {self.limits.parts}"
                self.add(Leaf("more"), place, PartStatus.UNSAFE, detail, sniff.UNKNOWN)
                return
            self.leaf(leaf, place, number)

    def leaf(self, leaf: Leaf, place: _Place, number: int) -> None:
        kind = sniff.MESSAGE if leaf.letter else sniff.media_type(leaf.content)
        status, detail = _verdict(leaf, kind)
        if kind == sniff.TEXT and status is not PartStatus.UNSAFE and leaf.declared not in _NOT_DOCUMENTS:
            self.texts.append(decode_text(leaf.content, leaf.charset))
        named = replace(leaf, name=_name(leaf, kind, number))
        if status is PartStatus.OK and kind in sniff.CONTAINERS:
            self.container(named, kind, place)
            return
        file = self.add(named, place, status, detail, kind)
        if status is PartStatus.OK and kind == sniff.PDF and place.messages < self.limits.message_depth:
            self.embedded(leaf.content, place.inside(file))

    def embedded(self, content: bytes, place: _Place) -> None:
        """The files inside a PDF. Data that programs put there beside the pages is no document."""
        for number, (name, inner) in enumerate(embedded_files(content), start=1):
            leaf = Leaf(base_name(name), inner)
            kind = sniff.media_type(inner)
            if kind in sniff.PAGED | sniff.CONTAINERS | sniff.EXECUTABLES:
                self.leaf(leaf, place, number)
            else:
                named = replace(leaf, name=_name(leaf, kind, number))
                self.add(named, place, PartStatus.SKIPPED, "data inside a PDF, no document", kind)

    def container(self, leaf: Leaf, kind: str, place: _Place) -> None:
        try:
            if kind == sniff.ZIP:
                self.archive(leaf, place)
            else:
                self.message(leaf, kind, place)
        except Unsafe as problem:
            self.add(leaf, place, PartStatus.UNSAFE, str(problem), kind)
        except Unreadable as problem:
            self.add(leaf, place, PartStatus.UNREADABLE, str(problem), kind)

    def archive(self, leaf: Leaf, place: _Place) -> None:
        if place.zips >= self.limits.zip_depth:
            raise Unsafe(f"archives more than {self.limits.zip_depth} deep")
        members = open_zip(leaf.content, self.limits, self.limits.unpacked_bytes - self.unpacked)
        if members and all(member.refusal.startswith("encrypted") for member in members):
            raise Unreadable(members[0].refusal)
        self.spend(member.content for member in members)
        container = self.add(leaf, place, PartStatus.OK, "", sniff.ZIP)
        self.leaves(members, place.inside(container, zipped=True))

    def message(self, leaf: Leaf, kind: str, place: _Place) -> None:
        if place.messages >= self.limits.message_depth:
            raise Unsafe(f"messages more than {self.limits.message_depth} deep")
        letter = leaf.letter or _nested_letter(leaf.content, kind, self.limits)
        self.spend(inner.content for inner in letter.leaves)
        self.texts.append(letter.text)
        container = self.add(leaf, place, PartStatus.OK, "; ".join(letter.defects), kind)
        self.leaves(letter.leaves, place.inside(container))

    def spend(self, contents: Iterable[bytes]) -> None:
        self.unpacked += sum(map(len, contents))
        if self.unpacked > self.limits.unpacked_bytes:
            raise Unsafe("the message unpacks to more than is allowed")

    def add(self, leaf: Leaf, place: _Place, status: PartStatus, detail: str, kind: str) -> str:
        """Records a part under a name of its own and returns that name."""
        file = self.unique(f"{place.folder}/{leaf.name}" if place.folder else leaf.name)
        digest = hashlib.sha256(leaf.content).hexdigest()
        attachment = Attachment(file, digest, len(leaf.content), kind, status, detail)
        readable = status is PartStatus.OK and kind not in sniff.CONTAINERS
        self.parts.append(OpenedPart(attachment, leaf.content if readable else b""))
        return file

    def unique(self, file: str) -> str:
        """``scan.pdf``, then ``scan (2).pdf`` (contract)."""
        suffix = PurePosixPath(file).suffix
        stem = file[: len(file) - len(suffix)]
        candidate, copy = file, 1
        while candidate in self.names:
            copy += 1
            candidate = f"{stem} ({copy}){suffix}"
        self.names.add(candidate)
        return candidate


def _nested_letter(content: bytes, kind: str, limits: Limits) -> Letter:
    if kind == sniff.TNEF:
        return open_tnef(content)
    return read_msg(content) if kind == sniff.MSG else read_letter(content, limits)


def _verdict(leaf: Leaf, kind: str) -> tuple[PartStatus, str]:
    """What becomes of a file before anybody looks at its pages, and why."""
    if leaf.refusal:
        return PartStatus.UNREADABLE, leaf.refusal
    if leaf.letter:
        return PartStatus.OK, ""
    if reason := _not_a_document(leaf, kind):
        return PartStatus.SKIPPED, reason
    if kind in sniff.EXECUTABLES or (sniff.is_script_name(leaf.name) and kind not in sniff.PAGED | {sniff.EMPTY}):
        return PartStatus.UNSAFE, "a program"
    if kind == sniff.DOCM:
        return PartStatus.UNSAFE, "macros in a Word document"
    if reason := _unreadable(leaf, kind):
        return PartStatus.UNREADABLE, reason
    return PartStatus.OK, ""


def _not_a_document(leaf: Leaf, kind: str) -> str:
    if reason := _NOT_DOCUMENTS.get(leaf.declared) or _NOT_DOCUMENTS.get(kind):
        return reason
    if leaf.name.lower() == "smime.p7s":
        return _SIGNATURE
    if kind in (sniff.TEXT, sniff.HTML, sniff.EMPTY) and leaf.declared.startswith("text/"):
        return "a piece of the mail's text" if _BODY_PIECE.fullmatch(leaf.name) else ""
    if kind in sniff.PICTURES and is_ornament(leaf.content, cited=leaf.cited, inline=leaf.inline):
        return "a logo or ornament of the mail, no document"
    return ""


def _unreadable(leaf: Leaf, kind: str) -> str:
    if kind == sniff.EMPTY:
        return "an empty file"
    if kind == sniff.ENCRYPTED_OFFICE or leaf.content.startswith(_ENCRYPTED_TEXT):
        return "encrypted: needs a password or a key"
    if leaf.declared in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
        return "encrypted or sealed as a whole (S/MIME)"
    return "" if kind in sniff.PAGED | sniff.CONTAINERS else f"not a supported format: {kind}"


_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def _name(leaf: Leaf, kind: str, number: int) -> str:
    """A name that is safe to show and to store: no path outside, no control characters, no endless length."""
    steps = [_clean_step(step) for step in leaf.name.split("/")]
    if name := "/".join(step for step in steps if step.strip(". ")):
        return name
    if kind == sniff.MESSAGE and leaf.declared not in _NOT_DOCUMENTS:
        return "message.eml"
    return f"part-{number}.{_EXTENSIONS.get(kind) or _extension(leaf.declared if kind == sniff.EMPTY else kind)}"


def _extension(kind: str) -> str:
    return (mimetypes.guess_extension(kind) or ".bin").lstrip(".")


def _clean_step(step: str) -> str:
    """One step of a path; letters cut in the middle at its end are dropped."""
    step = re.sub(r"\s+", " ", _UNPRINTABLE.sub("", step.replace("\t", " "))).strip().rstrip("\ufffd")
    if len(step) <= _LONGEST_NAME:
        return step
    suffix = PurePosixPath(step).suffix[:10]
    return step[: _LONGEST_NAME - len(suffix)] + suffix
