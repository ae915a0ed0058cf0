"""Several readings of a case as one submission."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from models.azerbaijani import fold
from models.case import Submission
from models.document import Document, Field, PagePlace
from models.mail import Attachment, Message, MessageKind
from models.office import ReadingRecord

FORM_PREFIX = "application_form"


def joined(readings: Sequence[ReadingRecord]) -> Submission:
    """The submission that a case's readings amount to, in the order of their versions.

    A clerk's reading replaces what was before. Files of a second message are found under ``məktub-2/``.
    """
    whole: Submission | None = None
    for reading in readings:
        if whole is None or reading.message_id is None:
            whole = reading.submission
        else:
            whole = _with(whole, reading.submission, message_folder(readings, reading.message_id), reading.supersedes)
    if whole is None:
        raise ValueError("a case has at least one reading")
    return whole


def message_folder(readings: Sequence[ReadingRecord], message_id: int) -> str:
    """The folder under which a message's files stand in its case; "" for the first message."""
    order = [reading.message_id for reading in readings if reading.message_id is not None]
    number = order.index(message_id) + 1
    return "" if number == 1 else f"məktub-{number}/"


def content_hash(submission: Submission) -> str | None:
    """A hash of what a person would call the same message: sender, subject, text and files; None when nothing is."""
    message = submission.message
    if not message.parsed or not message.sender:
        return None
    files = sorted(attachment.sha256 for attachment in submission.attachments)
    told = [message.sender.lower(), message.subject, " ".join(message.text.split()), *files]
    return hashlib.sha256("\0".join(told).encode("utf-8", "surrogatepass")).hexdigest()


def applicants_in(submission: Submission) -> frozenset[str]:
    """The folded names of the people whom the forms of a submission speak of; of all its papers when it has no form."""
    forms = [document for document in submission.documents if is_form(document)]
    return frozenset(_names(forms or submission.documents))


def has_form(submission: Submission) -> bool:
    return any(is_form(document) for document in submission.documents)


def is_form(document: Document) -> bool:
    return document.type.startswith(FORM_PREFIX)


def _names(documents: Iterable[Document]) -> Iterable[str]:
    for document in documents:
        surname = document.value("surname")
        given = document.value("given_name") or document.value("given_names")
        if isinstance(surname, str) and isinstance(given, str):
            yield " ".join(sorted({fold(surname), fold(given)}))


def _with(whole: Submission, more: Submission, folder: str, supersedes: Sequence[str]) -> Submission:
    kept = tuple(document for document in whole.documents if document.type not in supersedes)
    return replace(
        whole,
        message=_one_message(whole.message, more.message),
        attachments=whole.attachments + tuple(_moved(each, folder) for each in more.attachments),
        documents=kept + tuple(_moved_document(each, folder) for each in more.documents),
        stated={**_moved_fields(more.stated, folder), **whole.stated},
    )


def _one_message(first: Message, second: Message) -> Message:
    """The first message with the second's words: an announcement that only the second holds must not be lost."""
    kinds = {first.kind, second.kind}
    return replace(
        first,
        kind=MessageKind.APPLICATION if MessageKind.APPLICATION in kinds else first.kind,
        text=f"{first.text}\n\n{second.text}",
        links=first.links + second.links,
        parsed=first.parsed and second.parsed,
    )


def _moved(attachment: Attachment, folder: str) -> Attachment:
    return replace(attachment, file=folder + attachment.file)


def _moved_document(document: Document, folder: str) -> Document:
    pages = tuple(_moved_place(place, folder) for place in document.pages)
    return replace(document, pages=pages, fields=_moved_fields(document.fields, folder))


def _moved_place(place: PagePlace, folder: str) -> PagePlace:
    first = place.copy_of and (folder + place.copy_of[0], place.copy_of[1])
    return replace(place, file=folder + place.file, copy_of=first)


def _moved_fields(fields: Mapping[str, Field], folder: str) -> dict[str, Field]:
    return {
        key: replace(value, file=folder + value.file) if value.file is not None else value
        for key, value in fields.items()
    }
