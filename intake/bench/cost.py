"""What reading costs, side by side with a bare ``tesseract`` run on the same rasterised pages, in the same run."""

from __future__ import annotations

import resource
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from extractors.shapes import RawPage
from extractors.sheets import SheetReader
from intake.casework.pictures import as_png
from intake.oneshot import OneShot, Outcome

BARE = ("tesseract", "PAGE", "-", "-l", "aze", "tsv")


@dataclass(frozen=True, slots=True)
class Spent:
    """CPU and wall seconds of one piece of work, children included."""

    cpu: float
    wall: float


@dataclass
class Costs:
    """Seconds per page of each way of reading, page by page."""

    bare: list[Spent] = field(default_factory=list)
    sheets: list[Spent] = field(default_factory=list)
    pipeline: list[Spent] = field(default_factory=list)

    def add_page(self, page: RawPage, reader: SheetReader) -> None:
        """Read one page both ways, one after the other."""
        if page.pixels is None:
            return
        with tempfile.TemporaryDirectory() as folder:
            picture = Path(folder) / "page.png"
            picture.write_bytes(as_png(page.pixels))
            command = [str(picture) if word == "PAGE" else word for word in BARE]
            self.bare.append(spent(lambda: subprocess.run(command, capture_output=True, check=False)))
        self.sheets.append(spent(lambda: reader.read(page)))

    def add_message(self, raw: bytes, whole: OneShot) -> None:
        """The whole pipeline over one message, shared out over its pages that an engine read."""
        outcomes: list[Outcome] = []
        cost = spent(lambda: outcomes.append(whole.run(raw, "message.eml")))
        if pages := outcomes[0].reading.cost.pages_ocr:
            self.pipeline.append(Spent(cost.cpu / pages, cost.wall / pages))

    def ratio(self, of: Iterable[Spent]) -> float:
        """Median CPU of a way over the median CPU of the bare command."""
        base = median([each.cpu for each in self.bare] or [0.0])
        return median([each.cpu for each in of] or [0.0]) / base if base else 0.0


def spent(work: Callable[[], object]) -> Spent:
    """Run ``work`` and say what it took."""
    before, begun = _cpu(), time.perf_counter()
    work()
    return Spent(_cpu() - before, time.perf_counter() - begun)


def peak_memory_mb() -> float:
    """The largest resident size this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
