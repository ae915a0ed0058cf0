"""``intake form``: which forms there are, and why there is none for the rest."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from intake.cli import app


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("application_form_id_card", "but not its questions"),
        ("id_card_lost", "but not its questions"),
        ("stateless_pre1992", "ask for no form"),
        ("nonsense", "no procedure or form"),
    ],
)
def test_a_form_that_no_source_prints_says_so(key: str, why: str, tmp_path: Path) -> None:
    """A wrong key is told apart from a form whose questions nobody knows; nothing is written."""
    out = tmp_path / "form.pdf"
    done = CliRunner().invoke(app, ["form", key, "--out", str(out)], env={"COLUMNS": "400"})
    assert done.exit_code == 2 and why in " ".join(done.output.split())
    assert "citizenship_renunciation" in done.output and not out.exists()
