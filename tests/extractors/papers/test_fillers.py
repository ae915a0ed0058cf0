"""A letter of a zone's document code stays what the picture shows: no check digit sees it."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from extractors.papers.card import _zone_fields
from extractors.papers.fillers import is_filler
from extractors.papers.zone import FoundZone, _read_band
from extractors.shapes import Pixels, ReadSheet
from models.geometry import Box
from tests.classifiers.pages import sheet
from tests.extractors.papers.engines import Echo

PITCH, ROW = 24, 60
LOWER = "24BA348257GEO6404116M2312259<<<<<<<<"


def drawn(text: str) -> Pixels:
    """A line of signs at an even pitch."""
    picture = np.full((ROW, PITCH * (len(text) + 2)), 255, np.uint8)
    for at, sign in enumerate(text, 1):
        cv2.putText(picture, sign, (at * PITCH, 43), cv2.FONT_HERSHEY_DUPLEX, 0.9, 0, 2, cv2.LINE_AA)
    return picture


class Misreader(Echo):
    """Reads a zone's upper line with a C in its second column, whatever stands there."""

    def read_mrz_line(self, on: ReadSheet, box: Box) -> tuple[str, float]:
        return (LOWER if box.centre[1] > 0.5 else "VCAZEMCHEDLISHVILI<<GIORGI<<<<<<<<<<"), 0.98


def found_on(upper: str, reader: Echo | None = None, *, joined: bool = False) -> FoundZone:
    """The zone that is found where ``upper`` stands over ``LOWER``."""
    above = drawn(upper)
    if joined:
        cv2.line(above, (PITCH, 30), (3 * PITCH, 30), 0, 3)
    page = sheet("VISA")
    picture = np.vstack([np.full((10, above.shape[1]), 255, np.uint8), above, drawn(LOWER)])
    on = ReadSheet(replace(page, width_px=picture.shape[1], height_px=picture.shape[0]), grey=picture)
    rows = [Box(0.01, 31 / 130, 0.99, 55 / 130), Box(0.01, 91 / 130, 0.99, 115 / 130)]
    found = _read_band(on, rows, reader or Misreader())
    assert found is not None
    return found


@pytest.mark.parametrize(("line", "filler"), [("V<AZEMEHDIYEV<<ANAR<<<<<<", True), ("VCAZEMEHDIYEV<<ANAR<<<<<<", False),
                                              ("PKAZEMEHDIYEV<<ANAR<<<<<<", False)])  # fmt: skip
def test_a_filler_looks_as_the_lines_other_fillers_do(line: str, filler: bool) -> None:
    """The second sign of a code, against the fillers that end the line."""
    assert is_filler(drawn(line), 1, len(line), drawn(line)) is filler


def test_signs_that_touch_or_no_fillers_to_look_at_decide_nothing() -> None:
    """A stroke through the code, and a line that has no fillers of its own."""
    line = "VCAZEMEHDIYEV<<ANAR<<<<<<"
    struck = drawn(line)
    cv2.line(struck, (PITCH, 30), (3 * PITCH, 30), 0, 3)
    assert is_filler(struck, 1, len(line), drawn(line)) is None
    assert is_filler(drawn(line), 1, len(line), drawn("VCAZE")) is None
    assert is_filler(np.full((40, 600), 255, np.uint8), 1, 30, drawn(line)) is None


@pytest.mark.parametrize("code", ["VC", "V<"])
def test_a_code_is_what_the_picture_shows(code: str) -> None:
    """The same reading over a printed C stays, over a printed filler it is put right; both are accepted."""
    found = found_on(f"{code}AZEMCHEDLISHVILI<<GIORGI<<<<<<<<<<")
    assert found.zone.lines[0][:5] == f"{code}AZE"
    assert found.zone.valid and not found.open_code
    assert found.zone.repaired == (code == "V<")


def test_a_code_of_which_the_picture_does_not_tell_is_left_to_a_person() -> None:
    """The zone is read, but called neither valid nor sure."""
    found = found_on("V<AZEMCHEDLISHVILI<<GIORGI<<<<<<<<<<", joined=True)
    assert found.open_code
    fields = _zone_fields(ReadSheet(sheet("VISA")), found)
    assert fields["mrz_valid"].value is None
    assert fields["mrz"].confidence <= 0.85


class Initialled(Echo):
    """Reads a lone K behind the given names, whatever stands there."""

    def read_mrz_line(self, on: ReadSheet, box: Box) -> tuple[str, float]:
        return (LOWER if box.centre[1] > 0.5 else "I<GEOJOHNSON<<LINDA<K<<<<<<<<<<<<<<<"), 0.98


@pytest.mark.parametrize(("sign", "names"), [("K", "LINDA K"), ("<", "LINDA")])
def test_a_lone_letter_behind_names_is_what_the_picture_shows(sign: str, names: str) -> None:
    """Engines read fillers as K; a given name may be a K."""
    found = found_on(f"I<GEOJOHNSON<<LINDA<{sign}<<<<<<<<<<<<<<<", Initialled())
    assert found.zone.given_names == names
    assert found.zone.lines[0] == f"I<GEOJOHNSON<<LINDA<{sign}".ljust(36, "<")
    assert found.zone.repaired == (sign == "<")
