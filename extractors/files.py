"""A file of a message in, its pages out: the one door to every document format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from extractors import office, pdf, pictures, sniff
from extractors.limits import Limits
from extractors.refusals import Unreadable, Unsafe
from extractors.shapes import OpenedPart, Pixels, RawPage
from models.mail import Attachment, PartStatus


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of a file. ``pages`` are decoded while they are walked, one in memory at a time; walk them once."""

    attachment: Attachment
    pages: Iterable[RawPage] = ()


def open_pages(part: OpenedPart, limits: Limits = Limits()) -> FileOutcome:  # noqa: B008
    """Opens one file. Containers, refused and unsupported files come back without pages; only a program that is not
    installed raises (``EngineUnavailable``)."""
    attachment = part.attachment
    if attachment.status is not PartStatus.OK or attachment.media_type in sniff.CONTAINERS:
        return FileOutcome(attachment)
    try:
        count, pages = _opened(part, limits)
    except Unsafe as problem:
        return FileOutcome(attachment.with_outcome(PartStatus.UNSAFE, str(problem)))
    except Unreadable as problem:
        return FileOutcome(attachment.with_outcome(PartStatus.UNREADABLE, str(problem)))
    return FileOutcome(replace(attachment, pages=count), pages)


def _opened(part: OpenedPart, limits: Limits) -> tuple[int, Iterable[RawPage]]:
    kind, file, content = part.attachment.media_type, part.attachment.file, part.content
    if kind == sniff.PDF:
        document = pdf.open_pdf(content, limits)
        return document.page_count, document.pages(file, limits)
    if kind in sniff.PICTURES:
        return _frames(content, file, limits)
    if kind in sniff.OFFICE:
        return 1, office.open_office(content, kind, file, limits)
    raise Unreadable(f"not a supported format: {kind}")


def _frames(content: bytes, file: str, limits: Limits) -> tuple[int, Iterator[RawPage]]:
    """The pages of a picture file. Its first frame is decoded at once, so that a broken file is known as one."""
    count = pictures.count_frames(content, limits)
    if count > limits.pages:
        raise Unsafe(f"{count} pages: over the limit")
    return count, _walk(content, file, count, pictures.decode(content, 0, limits), limits)


def _walk(content: bytes, file: str, count: int, first: Pixels, limits: Limits) -> Iterator[RawPage]:
    yield RawPage(file, 1, first)
    del first
    for frame in range(1, count):
        try:
            yield RawPage(file, frame + 1, pictures.decode(content, frame, limits))
        except (Unreadable, Unsafe) as problem:
            yield RawPage(file, frame + 1, defect=str(problem))
