"""What the command line loads before its first message."""

from __future__ import annotations

import subprocess
import sys


def test_processing_loads_no_client_of_a_server() -> None:
    """``intake process`` starts without the database, the queue, the object store and the parser of .msg files."""
    needless = {"sqlalchemy", "alembic", "redis", "rq", "minio", "imapclient", "extract_msg"}
    code = "import sys, intake.commands.process; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "intake.oneshot" in loaded
    assert not needless & set(loaded)
