"""The commands of the service as a person runs them: exit codes, advice, no traceback."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extractors import office
from extractors.engines import EngineUnavailable
from intake.cli import main
from intake.settings import Settings, WrongSettings, load_settings
from models.case import DecisionValue

PASSWORD = "uzun parol 1"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in list(os.environ):
        if name.startswith("INTAKE_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("INTAKE_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """The exit code of a command line."""
    monkeypatch.setattr(sys, "argv", ["intake", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


@pytest.mark.parametrize(
    "line",
    ["nonsense", "--wrong", "report", "report --from soon --to 2026-01-01", "report --from 2026-02-01 --to 2026-01-01",
     "user add leyla"],
)  # fmt: skip
def test_wrong_usage_is_2(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    """A command line that cannot be understood is told so."""
    assert run(monkeypatch, *line.split()) == 2


@pytest.mark.parametrize(
    ("setting", "value"),
    [("WORKERS", "many"), ("DESK", "8400"), ("TEMPLATES", "/no/such"), ("CONFIG", "/no/such.toml"),
     ("MAILBOX", "imaps://office:hid/den@mail.example.az/INBOX")],
)  # fmt: skip
def test_wrong_settings_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], setting: str, value: str
) -> None:
    """A setting that cannot be used ends with its name, not with a traceback or a piece of a password."""
    monkeypatch.setenv(f"INTAKE_{setting}", value)
    assert run(monkeypatch, "user", "list") == 2
    told = capsys.readouterr().err
    assert setting.lower() in told.lower() and "Traceback" not in told and "hid" not in told


@pytest.mark.parametrize("line", ["form citizenship_acquisition --out", "notice --preview refusal --out"])
def test_a_file_that_cannot_be_written_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    """What a command cannot write is told with its path."""
    assert run(monkeypatch, *line.split(), "/no/such/file.pdf") == 1
    assert "/no/such/file.pdf: No such file" in capsys.readouterr().err


def test_a_part_that_fails_is_1_with_advice(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A database that cannot be reached is one line on standard error."""
    monkeypatch.setenv("INTAKE_DATABASE", "postgresql://nobody:hidden@127.0.0.1:1/x")
    assert run(monkeypatch, "user", "list") == 1
    told = capsys.readouterr().err
    assert "database" in told and "Traceback" not in told and "hidden" not in told


def test_users_are_added_listed_and_disabled(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The whole life of a user on the command line."""
    given = tmp_path / "password"
    given.write_text(PASSWORD + "\n")
    with given.open() as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        assert run(monkeypatch, "user", "add", "leyla", "--role", "examiner", "--password-stdin") == 0
    assert run(monkeypatch, "user", "list") == 0
    assert "leyla" in capsys.readouterr().out
    assert run(monkeypatch, "user", "disable", "leyla") == 0
    assert run(monkeypatch, "user", "disable", "nobody") == 1


def test_the_report_is_written_as_csv_and_xlsx(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An office without cases gets its zeros."""
    day = datetime.now(UTC).date().isoformat()
    files = [tmp_path / "r.csv", tmp_path / "r.xlsx"]
    arguments = ["report", "--from", day, "--to", day, "--csv", str(files[0]), "--xlsx", str(files[1])]
    assert run(monkeypatch, *arguments) == 0
    with files[0].open(encoding="utf-8") as file:
        assert ["cases", "", "0"] in list(csv.reader(file))
    assert files[1].read_bytes().startswith(b"PK")


def test_the_demo_without_samples_says_where_it_works(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """An installed package has no samples."""
    assert run(monkeypatch, "demo", "--messages", str(tmp_path)) == 1
    assert "checkout" in capsys.readouterr().err


def test_check_tells_what_works_and_hides_secrets(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Embedded parts work out of the box; a mailbox that does not answer makes it 1; passwords are not shown."""
    assert run(monkeypatch, "check") == 0
    monkeypatch.setenv("INTAKE_MAILBOX", "imaps://office:hid@den@127.0.0.1:1/INBOX")
    assert run(monkeypatch, "check") == 1
    told = capsys.readouterr().out
    assert "hid@" not in told and "den@" not in told and "INTAKE_AUTOMATIC=none" in told


def test_a_program_that_is_not_installed_is_named_and_damages_no_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A .doc file without antiword is no unreadable file: the check says what is missing, and reading fails."""
    monkeypatch.setenv("PATH", "/nonexistent")
    assert run(monkeypatch, "check") == 1
    assert "antiword" in capsys.readouterr().out
    with pytest.raises(EngineUnavailable, match="antiword"):
        office._antiword(b"")


@pytest.mark.parametrize(
    ("setting", "value", "part"),
    [
        ("DATABASE", "mysql://clerk:hidden@127.0.0.1/x", "database"),
        ("OBJECTS", "s3+http://key:hidden@127.0.0.1:1/x", "object store"),  # a name too short for a bucket
        ("AUTHORITY", "nobody", "notices"),
        ("TEMPLATES", ".", "notices"),
    ],
)
def test_check_blames_the_part_that_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], setting: str, value: str, part: str
) -> None:
    """A wrong address, authority or template is the trouble of one part and of no other."""
    Path("refusal").mkdir()
    Path("refusal/wording.txt").write_text("{{ unfinished(")
    monkeypatch.setenv(f"INTAKE_{setting}", value)
    assert run(monkeypatch, "check") == 1
    told = capsys.readouterr().out
    (failed,) = [line for line in told.splitlines() if "  NO  " in line]
    assert failed.strip().startswith(part) and "hidden" not in told


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """intake.toml in the working directory is read; a variable of the same setting comes first."""
    (tmp_path / "intake.toml").write_text('automatic = "accepted, refused"\nworkers = 5\n')
    monkeypatch.setenv("INTAKE_WORKERS", "3")
    settings = load_settings()
    assert settings.automatic == {DecisionValue.ACCEPTED, DecisionValue.REFUSED} and settings.workers == 3
    for wrong, named in (("wrokers = 5", "wrokers"), ("workers = = 5", "intake.toml")):
        (tmp_path / "intake.toml").write_text(wrong)
        with pytest.raises(WrongSettings, match=named):
            load_settings()


def test_settings_pass_to_children_unchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment made for a child process gives the same settings there."""
    settings = Settings(
        automatic=frozenset({DecisionValue.REFUSED}), notice_cap=0, mailbox="maildir:///x", treaty_states=("Türkiyə",)
    )
    for name, value in settings.as_environment().items():
        monkeypatch.setenv(name, value)
    assert load_settings() == settings


def test_nothing_is_read_at_import() -> None:
    """Importing the settings with a wrong environment is no error."""
    wrong = {**os.environ, "INTAKE_WORKERS": "many"}
    subprocess.run([sys.executable, "-c", "import intake.settings"], env=wrong, check=True)
