"""What ``intake process`` does when reading one message goes wrong for good."""

from __future__ import annotations

import os
import signal
import time
from datetime import date
from typing import Any

import pytest

from intake.commands import process
from intake.commands.process import Job


class Reader:
    """A reader that is lost in a parser without ever coming back, that kills its process, or that fails."""

    def run(self, raw: bytes, file: str, received_on: date | None) -> Any:
        if raw == b"hangs":
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
            time.sleep(60)
        if raw == b"dies":
            os.kill(os.getpid(), signal.SIGKILL)
        raise ValueError


@pytest.mark.parametrize("workers", [1, 2])
def test_a_parser_that_hangs_or_dies_costs_its_own_message_only(monkeypatch: pytest.MonkeyPatch, workers: int) -> None:
    """Every message has a result, in the order in which they came, and says what became of it."""
    monkeypatch.setattr(process, "_one_shot", Reader())
    monkeypatch.setattr(process, "_GRACE_SECONDS", 0.3)
    monkeypatch.setenv("INTAKE_JOB_MINUTES", "0.005")
    jobs = [Job(i, f"{i}.eml", raw, None, None) for i, raw in enumerate((b"fails", b"hangs", b"dies", b"fails"))]
    found = list(process._run_all(iter(jobs), workers))
    assert [each.result["message"]["file"] for each in found] == ["0.eml", "1.eml", "2.eml", "3.eml"]
    assert {each.result["decision"]["value"] for each in found} == {"review"}
    abnormal = "processing ended abnormally"
    assert [each.failure == abnormal for each in found] == [False, True, True, False]


class Parsing:
    """A reader inside a parser whose adapter calls whatever goes wrong there a damaged file."""

    def run(self, raw: bytes, file: str, received_on: date | None) -> Any:
        try:
            time.sleep(60)
        except Exception:  # noqa: BLE001
            return None


def test_a_message_that_takes_too_long_is_never_called_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    """The end of a job's time passes every adapter round a parser, or an applicant would be told to send a good file
    again."""
    monkeypatch.setattr(process, "_one_shot", Parsing())
    monkeypatch.setenv("INTAKE_JOB_MINUTES", "0.005")
    found = process.run_job(Job(0, "0.eml", b"", None, None))
    assert "OutOfTime" in found.failure and found.result["decision"]["value"] == "review"
