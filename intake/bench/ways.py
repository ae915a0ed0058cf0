"""The ways of reading that are held side by side: the bare command, ours in three depths, and peers from PyPI."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

from extractors.sheets import SheetReader
from intake.bench.cost import Pages, Way, default_threads
from intake.casework.reading import Reader
from intake.oneshot import OneShot
from models.catalogue import Catalogue
from models.document import Document

_A4_INCHES = 8.27
BARE = "bare tesseract PAGE - -l aze tsv"
ONE_ENGINE, ALL_ENGINES = "one engine: the sheet", "all engines: every field"
WHOLE_PIPELINE = "whole pipeline with notice"


def ours(catalogue: Catalogue, whole: OneShot) -> dict[str, Way]:
    """Our own ways: a flat, cleaned sheet read with one engine; everything read; the decision and notice besides."""
    sheets, reader = SheetReader(), Reader(catalogue)

    def one_engine(pages: Pages) -> str:
        read = (sheet.sheet for page in pages.pages for sheet in sheets.read(page))
        return "\n".join(line.text for sheet in read for line in sheet.lines)

    return {
        ONE_ENGINE: one_engine,
        ALL_ENGINES: lambda pages: _written(reader.read_message(pages.raw, "message.eml").submission.documents),
        WHOLE_PIPELINE: lambda pages: _written(whole.run(pages.raw, "message.eml").reading.submission.documents),
    }


def bare(pages: Pages) -> str:
    """What anyone would run first."""
    rows = (
        row.split("\t")
        for picture in pages.pictures
        for row in _output(["tesseract", str(picture), "-", "-l", "aze", "tsv"]).splitlines()[1:]
    )
    return " ".join(row[11] for row in rows if len(row) > 11)


def peers() -> dict[str, Way]:
    """The peers that are installed here (the development environment has both)."""
    found: dict[str, Way] = {}
    if find_spec("ocrmypdf"):
        found["OCRmyPDF -l aze"] = _ocrmypdf
    if find_spec("rapidocr"):
        found["rapidocr, whole page"] = _rapidocr
    return found


def programs() -> list[str]:
    """What stands beside us, by name and version."""
    packages = [f"{name} {version(name)}" for name in ("ocrmypdf", "rapidocr") if find_spec(name)]
    bare_one = [_output(["tesseract", "--version"]).partition("\n")[0]] if shutil.which("tesseract") else []
    return bare_one + packages


def _ocrmypdf(pages: Pages) -> str:
    texts = []
    for page, picture in zip(pages.pages, pages.pictures, strict=True):
        text, out = picture.with_suffix(".txt"), picture.with_suffix(".pdf")
        width = page.pixels.shape[1] if page.pixels is not None else 0
        options = f"-q -l aze -j 1 --output-type pdf --image-dpi {round(width / _A4_INCHES)}".split()
        _output([sys.executable, "-m", "ocrmypdf", *options, "--sidecar", str(text), str(picture), str(out)])
        texts.append(text.read_text(encoding="utf-8") if text.exists() else "")
    return "\n".join(texts)


def _rapidocr(pages: Pages) -> str:
    engine = _rapidocr_engine()
    return "\n".join(text for picture in pages.pictures for text in engine(str(picture)).txts or ())


@cache
def _rapidocr_engine() -> Any:
    from rapidocr import RapidOCR

    one_thread = {
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        "Global.log_level": "critical",
    }
    return RapidOCR(params=one_thread)


def _written(documents: Iterable[Document]) -> str:
    return "\n".join(_plain(field.value) for document in documents for field in document.fields.values())


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(_plain(each) for each in value.values())
    if isinstance(value, list | tuple):
        return "\n".join(_plain(each) for each in value)
    return str(value)


def _output(command: list[str]) -> str:
    """What a command prints. It and its children end with us, however we are interrupted."""
    program = shutil.which(command[0]) or command[0]
    with subprocess.Popen(
        [program, *command[1:]],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=default_threads(),
        start_new_session=True,
    ) as running:
        try:
            printed, _ = running.communicate()
        except BaseException:
            os.killpg(running.pid, signal.SIGKILL)
            raise
    return printed.decode("utf-8", "replace")
