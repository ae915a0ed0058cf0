"""What fields are worth, from their own scores and from what stands round them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from importlib import resources

import pytest

from extractors.calibration import calibrated, doubted_after, evidence_of, field_calibration
from models.calibration import Calibration, Scale
from models.document import Field
from models.sheet import Source

_FORM = "application_form_acquisition"
_KEYS = ("surname", "given_name", "birth_place", "address", "education", "phones")
_FLAT = Scale(((0.5, 3.0), (1.0, 3.0)), doubt=2.0, offsets=dict.fromkeys((f"form.{key}" for key in _KEYS), 0.0))
_TABLE = Calibration({"form": _FLAT})


def _form(**scores: float) -> dict[str, Field]:
    return {key: Field("Bakı", confidence=scores.get(key, 0.97)) for key in _KEYS}


def test_doubt_is_that_of_the_other_answers() -> None:
    """An answer's own score does not count twice, and whether there is a photograph says nothing of the reading."""
    fields = {**_form(surname=0.4), "photo_present": Field(False, confidence=0.3)}
    known = evidence_of(_FORM, fields)
    assert known["surname"].doubt == 0
    assert known["address"].doubt > 0
    assert known["address"].traits == ("form.address", "text", "ocr")


def test_a_decision_never_rests_on_more_than_the_reader_was_sure_of() -> None:
    """A probability above the score is told, but decisions keep to the score; one below it lowers both."""
    ordinary, odd = _form(address=0.7), _form(**dict.fromkeys(_KEYS[:4], 0.3))
    raised = calibrated(_FORM, ordinary, _TABLE)["address"]
    assert raised.chance > 0.9
    assert raised.confidence == 0.7
    lowered = calibrated(_FORM, odd, _TABLE)["phones"]
    assert lowered.chance == lowered.confidence < 0.97


@pytest.mark.parametrize("source", [Source.OCR, Source.TEXT_LAYER])
def test_what_ships_tells_an_answer_of_a_doubtful_form_less_sure(source: Source) -> None:
    """The same clear answer passes on a form that was understood, and not where half of the others are doubtful."""
    table = field_calibration()
    shown = [
        calibrated(_FORM, {key: replace(each, source=source) for key, each in form.items()}, table)["education"].chance
        for form in (_form(), _form(**dict.fromkeys(_KEYS[:3], 0.4)))
    ]
    assert shown[0] >= table.threshold(0.997) > shown[1]


def test_what_ships_was_measured() -> None:
    """Calibration error 0.02 and less, and 99.7 % of the automatic answers right, three in four of all."""
    stored = json.loads(resources.files("extractors").joinpath("calibration.json").read_text(encoding="utf-8"))
    forms = stored["measured"]["strata"]["forms"]
    assert forms["error_after"] <= 0.02
    assert forms["automatic_right"] >= 0.997 * forms["automatic"]
    assert forms["automatic"] >= 0.74 * forms["answers"]


def test_no_day_after_the_day_of_receipt_is_certain() -> None:
    """A birth certificate of 2017 whose old-style 1 read as 7; what ends may end later."""
    read = {
        "date": Field("2077-04-21", confidence=0.99, probability=0.99),
        "signed_on": Field("2026-04-08", confidence=0.99),
        "expiry_date": Field("2030-01-01", confidence=0.99),
        "issue_date": Field("2030-01-01", confidence=0.99, source=Source.TEXT_LAYER),
    }
    after = doubted_after(read, date(2026, 4, 8))
    assert {key: found.chance for key, found in after.items()} == {
        "date": 0.5,
        "signed_on": 0.99,
        "expiry_date": 0.99,
        "issue_date": 0.99,
    }
