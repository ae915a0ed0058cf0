"""The share of automatic answers that must be right is a setting, and decisions keep to it."""

from __future__ import annotations

import pytest

from intake.bootstrap import policy, practice
from intake.settings import Settings, load_settings
from models.catalogue import Authority
from models.document import Document
from tests.rules.build import CATALOGUE, assessed, field, form, outcome, paper, swapped, without


def aiming_at(target: float) -> Settings:
    return load_settings(target_accuracy=target)


@pytest.mark.parametrize(
    ("documents", "taken"),
    [
        (swapped(form(convictions=field(None, 0.9))), "refused: form_incomplete convictions (REG28 2.6.1)"),
        ([*without("photo_3x4"), paper("photo_3x4", 0.85, faces=1, frontal=True, conforming=True)], "accepted"),
    ],
)
def test_a_stricter_target_leaves_more_to_a_clerk(documents: list[Document], taken: str) -> None:
    """What decides at 99.7 % right does not where 99.9 % must be; a laxer target never lets more decide."""
    assert outcome(assessed(documents, policy=policy(aiming_at(0.997)))) == taken
    assert outcome(assessed(documents, policy=policy(aiming_at(0.9)))) == taken
    assert outcome(assessed(documents, policy=policy(aiming_at(0.999)))).startswith("review")


def test_what_the_desk_calls_certain_follows_the_target() -> None:
    """Both ways: the threshold is what the measured answers give for that share."""
    ours: Authority = CATALOGUE.authorities["dmx"]
    certain = [practice(aiming_at(target), ours).certain for target in (0.98, 0.997, 0.999)]
    assert certain == sorted(set(certain))
