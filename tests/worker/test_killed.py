"""A worker killed again and again: whatever it held is done exactly once in the end."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from intake.casework.desk import CaseFile, case_file
from intake.casework.progress import Progress, progress
from intake.casework.receive import receive
from intake.casework.service import Service
from intake.casework.sweep import sweep
from intake.queue import EmbeddedValkey
from models.case import DecisionValue
from models.office import NoticeState
from tests.contracts.servers import private_folder, wait_for
from tests.fakes import FakeMailbox, mail
from tests.worker.slow import service

_ANSWERED = {DecisionValue.ACCEPTED, DecisionValue.REFUSED, DecisionValue.DEFICIENCY, DecisionValue.REDIRECTED}


@pytest.mark.story
def test_kill_9_in_the_middle_leaves_one_decision_and_one_notice_each() -> None:
    """Three times the worker dies by SIGKILL at a random moment; the sweep and a new worker finish everything."""
    values = [value.value for value in DecisionValue] * 3
    box = FakeMailbox({f"{n}": mail(v, f"{n}@example.az", body=str(n)) for n, v in enumerate(values)})
    chance = random.Random(7)
    with private_folder() as folder:
        valkey = EmbeddedValkey(folder / "valkey")
        url = valkey.ensure()
        try:
            here = service(folder, url)
            assert receive(here, box) == len(values)
            for _ in range(3):
                worker = _worker(folder, url)
                done = _settled(here)
                wait_for(lambda done=done: _settled(here) > done, 60)  # it has begun to work
                time.sleep(chance.uniform(0.0, 0.6))
                worker.kill()
                worker.wait()
                sweep(here)
            worker = _worker(folder, url)
            wait_for(lambda: sweep(here) and all(each.settled for each in progress(here)), 120)
            worker.terminate()
            worker.wait(30)
            _check(list(progress(here)), [case_file(here, str(e.reference)) for e in progress(here)], values, folder)
        finally:
            valkey.stop()


def _check(found: list[Progress], files: list[CaseFile], values: list[str], folder: Path) -> None:
    assert Counter(str(each.decision) for each in found) == Counter(values)
    for file in files:
        assert len(file.decisions) == 1 and len(file.readings) == 1
        assert len(file.notices) == (1 if file.case.value in _ANSWERED else 0)
        assert all(notice.state is NoticeState.SENT for notice in file.notices)
    numbers = sorted(str(file.case.registration) for file in files if file.case.registration)
    assert [int(number.rpartition("/")[2]) for number in numbers] == list(range(1, len(numbers) + 1))
    assert len(list((folder / "outbox" / "new").iterdir())) == sum(value in set(_ANSWERED) for value in values)


def _settled(here: Service) -> int:
    return sum(each.settled for each in progress(here))


def _worker(folder: Path, url: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.worker.slow", str(folder), url], cwd=Path(__file__).parents[2]
    )
