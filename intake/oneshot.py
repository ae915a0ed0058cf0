"""One message through the whole pipeline with no server and no state: what ``intake process`` and the bench run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from intake.casework.reading import Reader, Reading
from intake.notices import Office, compose
from models.case import Assessment, Notice
from models.catalogue import Catalogue
from models.reference import reference_of
from rules import Policy, assess

BAKU = ZoneInfo("Asia/Baku")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the service would do with a message without a clerk."""

    reading: Reading
    assessment: Assessment
    notice: Notice | None


class OneShot:
    """Reads, assesses and answers single messages; sends and stores nothing."""

    def __init__(self, catalogue: Catalogue, policy: Policy, office: Office) -> None:
        self._catalogue, self._policy, self._office = catalogue, policy, office
        self._reader = Reader(catalogue)

    def run(self, raw: bytes, file: str, received_on: date | None = None) -> Outcome:
        """The outcome for a message; ``received_on`` overrides the day of receipt (Asia/Baku)."""
        reading = self._reader.read_message(raw, file)
        now = datetime.now(BAKU)
        arrived = reading.submission.message.received_at
        day = received_on or (arrived.astimezone(BAKU) if arrived else now).date()
        assessment = assess(reading.submission, self._catalogue, day, self._policy)
        notice = compose(
            assessment,
            reading.submission,
            self._catalogue,
            reference=reference_of(raw),
            registration=None,
            issued_at=now,
            office=self._office,
        )
        return Outcome(reading, assessment, notice)
