"""What reading costs beside other ways of reading, on the same rasterised pages, interleaved in the same run.

The measure of all is the bare command ``tesseract PAGE - -l aze tsv`` with its default threads. A way is asked message
by message, one way after the other, so that a busy machine falls on all of them alike.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from extractors.engines.paddle import line_reader
from extractors.files import open_pages
from extractors.mail import open_message
from extractors.shapes import RawPage
from intake.bench.scoring import text_holds
from intake.casework.pictures import as_png


@dataclass(frozen=True, slots=True)
class Spent:
    """CPU and wall seconds of one piece of work, children included."""

    cpu: float
    wall: float


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of one message that are pictures: the message itself, the pages, a PNG file of each."""

    raw: bytes
    pages: tuple[RawPage, ...]
    pictures: tuple[Path, ...]


#: A way of reading: pages in, the text that it found out.
Way = Callable[[Pages], str]


@dataclass
class Costs:
    """Seconds per page of each way, message by message, and which of the true answers stood in its text."""

    spent: dict[str, list[Spent]] = field(default_factory=dict)
    found: dict[str, list[bool]] = field(default_factory=dict)
    qualities: list[str] = field(default_factory=list)  # of the messages, in order
    pages: int = 0

    def add(self, message: Path, quality: str, answers: Sequence[str], ways: Mapping[str, Way], most: int) -> bool:
        """Read one message each way; one without pages or with more than ``most`` is left out (False)."""
        with TemporaryDirectory(prefix="intake-bench-") as folder:
            pages = rasterised(message.read_bytes(), message.name, Path(folder))
            if not 0 < len(pages.pages) <= most:
                return False
            for name, way in ways.items():
                texts: list[str] = []
                if engine := line_reader():
                    engine.forget()
                cost = spent(lambda way=way, texts=texts: texts.append(way(pages)))  # type: ignore[misc]
                count = len(pages.pages)
                self.spent.setdefault(name, []).append(Spent(cost.cpu / count, cost.wall / count))
                self.found.setdefault(name, []).extend(text_holds(texts[0], answer) for answer in answers)
            self.pages += len(pages.pages)
            self.qualities.append(quality)
            return True

    def ratios(self, name: str, base: str, quality: str | None = None) -> list[float]:
        """CPU of a way over that of ``base`` on the same pages, by message; of those of one ``quality`` or of all.

        A way that was not asked for the last messages has no ratios for them.
        """
        both = zip(self.spent[name], self.spent[base], self.qualities, strict=False)
        return [mine.cpu / theirs.cpu for mine, theirs, of in both if theirs.cpu and quality in (None, of)]

    def typical(self, name: str) -> Spent:
        """The median cost of a page."""
        return Spent(median(each.cpu for each in self.spent[name]), median(each.wall for each in self.spent[name]))


def rasterised(raw: bytes, name: str, folder: Path) -> Pages:
    """The pages of a message that have to be recognised, each also as a PNG file in ``folder``."""
    pages: list[RawPage] = []
    pictures: list[Path] = []
    for page in (page for part in open_message(raw, name).parts for page in open_pages(part).pages):
        if page.pixels is None or (page.lines and page.text_is_honest):
            continue
        pictures.append(folder / f"{len(pages)}.png")
        pictures[-1].write_bytes(as_png(page.pixels))
        pages.append(page)
    return Pages(raw, tuple(pages), tuple(pictures))


def spent(work: Callable[[], object]) -> Spent:
    """Run ``work`` and say what it took."""
    before, begun = _cpu(), time.perf_counter()
    work()
    return Spent(_cpu() - before, time.perf_counter() - begun)


def peak_memory_mb() -> float:
    """The largest resident size this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def default_threads() -> dict[str, str]:
    """The environment of a command that nobody told how many threads to use."""
    return {key: value for key, value in os.environ.items() if key != "OMP_THREAD_LIMIT"}


def _cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
