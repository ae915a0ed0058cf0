"""``intake demo``: the main job on the bundled samples, through the real path, on embedded parts."""

from __future__ import annotations

import fcntl
import logging
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from intake import bootstrap, logs
from intake.casework.progress import Progress, progress
from intake.casework.service import Service
from intake.casework.users import add_user
from intake.commands.parts import running
from intake.ports import Unavailable
from intake.settings import Settings, load_settings
from intake.supervisor import Stopping, until_stopped
from models.office import Role

_SAMPLES = Path(__file__).parents[2] / "samples" / "messages"
_LOOK_SECONDS = 0.5
_STALLED_SECONDS = 900.0
_STALLED = 1


def demo(
    desk: Annotated[bool, typer.Option(help="Leave the desk running afterwards.")] = True,
    fresh: Annotated[bool, typer.Option(help="Forget what an earlier demo left.")] = True,
    messages: Annotated[Path, typer.Option(help="Folder of .eml files to use.")] = _SAMPLES,
) -> None:
    """Run every sample message from a mailbox to its decision and notice; print each case as it finishes."""
    logs.configure(logging.WARNING)
    samples = sorted(messages.glob("*.eml"))
    if not samples:
        raise Unavailable("there are no sample messages here", "intake demo works from a checkout of the project")
    folder = load_settings().data / "demo"
    with _alone(folder):
        if fresh:
            _forget(folder)
        settings = _settings(folder)
        stopping = Stopping()
        with running(settings, desk=desk) as tend:
            if desk:
                _invite(bootstrap.service(settings))
            bootstrap.mailbox(settings).close()  # its folder is there now
            _deliver(samples, folder / "mailbox")
            left = _follow(bootstrap.service(settings), tend, {path.name for path in samples}, stopping)
            if desk and not left and not stopping:
                until_stopped(stopping, tend)
    raise typer.Exit(_STALLED if left and not stopping else 0)


def _settings(folder: Path) -> Settings:
    """Embedded parts below the folder; every decision may leave; nobody waits for a second mail."""
    return load_settings(
        data=folder,
        database="",
        objects="",
        queue="",
        mailbox="",
        outgoing="",
        automatic="all",
        grace_minutes=0,
        notice_cap=0,
        sweep_seconds=2,
        log_level="WARNING",
    )


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unavailable("a demo is running in this data folder", "end it, or set INTAKE_DATA") from None
        yield


def _forget(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _invite(service: Service) -> None:
    """A clerk for the desk, with a password of this run."""
    name, password = f"demo-{secrets.token_hex(2)}", secrets.token_urlsafe(9)
    add_user(service, name, password, Role.SUPERVISOR, full_name="Nümunə əməkdaş")
    print(f"sign in at the desk as {name}, password {password}", flush=True)


def _deliver(samples: Sequence[Path], mailbox: Path) -> None:
    """Into the Maildir as a mail server does it: written aside, then moved in."""
    for path in samples:
        aside = mailbox / "tmp" / path.name
        aside.write_bytes(path.read_bytes())
        aside.replace(mailbox / "new" / path.name)


def _follow(service: Service, tend: Callable[[], None], expected: set[str], stopping: Stopping) -> set[str]:
    """Print each message once it is settled; the names of those that never were."""
    left, moved = set(expected), time.monotonic()
    while left and not stopping:
        tend()
        for each in progress(service):
            if each.uid in left and each.settled:
                print(_line(each), flush=True)
                left.discard(each.uid)
                moved = time.monotonic()
        if time.monotonic() - moved > _STALLED_SECONDS:
            print(f"no progress; still waiting for: {', '.join(sorted(left))}", flush=True)
            break
        time.sleep(_LOOK_SECONDS)
    return left


def _line(each: Progress) -> str:
    decision = each.decision.value if each.decision else "-"
    return f"{each.uid:<44} {each.reference or '-':<15} {decision:<11} {_near(each.place) or each.waits or 'no notice'}"


def _near(place: str | None) -> str | None:
    """A path as a person at this folder would write it."""
    path = Path(place) if place else None
    return str(path.relative_to(Path.cwd())) if path and path.is_relative_to(Path.cwd()) else place
