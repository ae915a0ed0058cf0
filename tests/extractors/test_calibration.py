"""What fields are worth, from their own scores and from what stands round them."""

from __future__ import annotations

from extractors.calibration import calibrated, evidence_of
from models.calibration import Calibration, Scale
from models.document import Field

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
