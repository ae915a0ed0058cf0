"""One message through the whole pipeline with no server and no state: what ``intake process`` and the bench run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from intake.casework.reading import Reader, Reading
from intake.notices import Office, compose, to_message
from intake.processes import give_memory_back
from models.calibration import Calibration
from models.case import Assessment, Notice
from models.catalogue import Catalogue
from models.mail import Message
from models.office import BAKU
from models.reference import notice_message_id, reference_of
from rules import Policy, assess
from rules.terms import Deadline, deadline


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the service would do with a message without a clerk."""

    reading: Reading
    assessment: Assessment
    notice: Notice | None
    letter: bytes = b""


class OneShot:
    """Reads, assesses and answers single messages; sends and stores nothing."""

    def __init__(
        self, catalogue: Catalogue, policy: Policy, office: Office, calibration: Calibration | None = None
    ) -> None:
        self._catalogue, self._policy, self._office = catalogue, policy, office
        self._reader = Reader(catalogue, calibration=calibration)

    def run(self, raw: bytes, file: str, received_on: date | None = None) -> Outcome:
        """The outcome for a message; ``received_on`` overrides the day of receipt (Asia/Baku)."""
        reading = self._reader.read_message(raw, file)
        give_memory_back()
        submission = reading.submission
        now = datetime.now(BAKU)
        arrived = submission.message.received_at
        day = received_on or (arrived.astimezone(BAKU) if arrived else now).date()
        assessment = assess(submission, self._catalogue, day, self._policy)
        answer = self._answer_until(assessment, now.date())
        notice = compose(
            assessment,
            submission,
            self._catalogue,
            reference=reference_of(raw),
            registration=None,
            issued_at=now,
            office=self._office,
            due=answer.day if answer else None,
            next_working_day=answer.shown if answer else None,
        )
        letter = self._letter(notice, submission.message, now) if notice else b""
        return Outcome(reading, assessment, notice, letter)

    def _answer_until(self, assessment: Assessment, today: date) -> Deadline | None:
        procedure = self._catalogue.procedures.get(assessment.procedure or "")
        term = next((term for term in procedure.terms if term.key == "correction"), None) if procedure else None
        return deadline(today, term) if term else None

    def _letter(self, notice: Notice, answers: Message, date: datetime) -> bytes:
        authority = self._office.authority
        mail = to_message(
            notice,
            in_reply_to=answers.message_id,
            references=answers.references,
            message_id=notice_message_id(notice.reference, notice.kind, authority.email.rpartition("@")[2]),
            office=authority,
            date=date,
        )
        return bytes(mail)
