"""``intake up`` as one process tree: mail in, decision out, and nothing left behind however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from intake.registry import SqlRegistry
from models.case import DecisionValue
from models.office import MessageState
from tests.contracts.servers import private_folder, wait_for

_QUESTION = (
    b"From: a@example.az\nTo: office@example.gov.az\nSubject: Sual\nMessage-ID: <q@example.az>\n\nSalam, necesiniz?\n"
)


@pytest.mark.story
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL])
def test_up_takes_mail_to_its_decision_and_leaves_no_process(ending: signal.Signals) -> None:
    """A message dropped into the Maildir is decided, though the queue server was killed before it came; after SIGTERM,
    and even after SIGKILL, every child has ended."""
    with private_folder() as folder:
        environment = {**os.environ, "INTAKE_DATA": str(folder), "INTAKE_GRACE_MINUTES": "0", "INTAKE_WORKERS": "1"}
        process = subprocess.Popen([sys.executable, "-m", "intake", "up"], env=environment)
        try:
            wait_for((folder / "mailbox" / "new").is_dir, 120)
            for child in psutil.Process(process.pid).children():
                if child.name() == "valkey-server":
                    child.kill()
            (folder / "mailbox" / "tmp" / "q").write_bytes(_QUESTION)
            (folder / "mailbox" / "tmp" / "q").rename(folder / "mailbox" / "new" / "q")
            wait_for(lambda: _decision(folder) is not None, 120)
            assert _decision(folder) is DecisionValue.REVIEW
            children = psutil.Process(process.pid).children(recursive=True)
            assert len(children) >= 5 and "valkey-server" in {child.name() for child in children}
        finally:
            process.send_signal(ending)
            assert process.wait(60) in (0, -signal.SIGKILL)
        _, alive = psutil.wait_procs(children, timeout=30)
        # an orphan that ended may wait as a zombie for whatever process 1 is here
        assert not [child for child in alive if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]


def _decision(folder: Path) -> DecisionValue | None:
    with SqlRegistry(f"sqlite:///{folder / 'intake.db'}").read() as records:
        (message,) = records.all_messages() or (None,)
        if message is None or message.decision_id is None:
            return None
        assert message.state is MessageState.READ
        return records.decision(message.decision_id).value
