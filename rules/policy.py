"""What an office may set: certainty thresholds, treaty states, severities. Nothing here is law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from models.case import Severity

_TARGET = 0.997  # share of automatic answers right at which the certainties below were measured


@dataclass(frozen=True, slots=True)
class Policy:
    """Settings of the deciding engine. Certainties are calibrated probabilities from 0 to 1.

    ``type_certainty``: a document's type counts as known. ``other_certainty``: a paper that nobody asked for is
    certainly none of those that are missing. ``value_certainty``: a value may carry a finding.
    ``empty_certainty``: an answer, a signature or a date counts as certainly not given. ``answered_certainty``: ink in
    the place of an answer counts as an answer although its words may be misread. ``procedure_certainty``: it is clear
    what is asked for. ``legible``: legibility below which a person's eye cannot read a page either.

    ``treaty_states`` are the states with a treaty against dual citizenship, as applicants write them in Azerbaijani; no
    source names any. ``severities`` lets an office turn a finding to review (``{"document_expired": REVIEW}``).
    ``person_must_be_read``: a certificate counts only when the person it names was read.
    """

    authority: str = "dmx"
    treaty_states: tuple[str, ...] = ()
    type_certainty: float = 0.8
    other_certainty: float = 0.9
    value_certainty: float = 0.85
    empty_certainty: float = 0.85
    answered_certainty: float = 0.3
    procedure_certainty: float = 0.75
    legible: float = 0.35
    person_must_be_read: bool = True
    severities: Mapping[str, Severity] = field(default_factory=dict)

    def aiming_at(self, target: float) -> Policy:
        """The policy where a share ``target`` (0-1) of what passes without a clerk must be right.

        The doubt that a type, a value or an empty answer may be under shrinks with the share that may be wrong. A
        target below the measured one loosens nothing: no share of wrong notices is acceptable.

        >>> round(Policy().aiming_at(0.999).value_certainty, 3)
        0.95
        """
        if target <= _TARGET:
            return self
        share = (1 - target) / (1 - _TARGET)
        return replace(
            self,
            type_certainty=1 - share * (1 - self.type_certainty),
            other_certainty=1 - share * (1 - self.other_certainty),
            value_certainty=1 - share * (1 - self.value_certainty),
            empty_certainty=1 - share * (1 - self.empty_certainty),
        )
