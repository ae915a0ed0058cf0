"""The console command ``intake``: finds the command asked for and answers with an exit code.

0 done, 1 a check or part failed, 2 wrong usage, 3 some input could not be read at all. Never a traceback.
"""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from io import TextIOWrapper
from typing import Any, NoReturn

import typer
from typer.core import TyperGroup

from intake.logs import where
from intake.ports import PortError
from intake.settings import WrongSettings

#: Each command and the module that holds it, as a function of the same name or, for a group, a Typer named ``app``.
#: Modules are imported when their command is asked for: most need neither engines nor servers.
COMMANDS = {
    "process": "intake.commands.process",
    "demo": "intake.commands.demo",
    "up": "intake.commands.up",
    "mailbox": "intake.commands.mailbox",
    "worker": "intake.commands.worker",
    "outbox": "intake.commands.outbox",
    "schedule": "intake.commands.schedule",
    "desk": "intake.commands.desk",
    "check": "intake.commands.check",
    "catalogue": "intake.commands.catalogue",
    "form": "intake.commands.form",
    "notice": "intake.commands.notice",
    "bench": "intake.commands.bench",
    "report": "intake.commands.report",
    "user": "intake.commands.user",
}
FAILED, WRONG_USAGE = 1, 2


class _Commands(TyperGroup):
    """The commands of ``COMMANDS``, imported one by one."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  (the library's signature)
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name])
        group = getattr(module, "app", None)
        if group is None:
            group = typer.Typer(add_completion=False)
            group.command(cmd_name)(getattr(module, cmd_name))
        command = typer.main.get_command(group)
        command.name = cmd_name
        return command


app = typer.Typer(cls=_Commands, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def _intake() -> None:
    """Qəbul: e-mail intake of citizenship applications, from the inbox to the notice."""


def main() -> None:
    """Run the command line of this process; the one place where any error becomes an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # whatever the locale is, and whatever names files have
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app(prog_name="intake")  # answers wrong usage itself and exits
    except WrongSettings as error:
        _fail(WRONG_USAGE, f"wrong settings: {error}")
    except PortError as error:
        _fail(FAILED, str(error), error.advice)
    except OSError as error:
        _fail(FAILED, f"{error.filename or 'a file'}: {error.strerror or type(error).__name__}")
    except Exception as error:  # noqa: BLE001  (the last boundary: no user sees a traceback)
        if os.environ.get("INTAKE_DEBUG"):
            traceback.print_exc()
        _fail(FAILED, f"something went wrong: {where(error)}", "INTAKE_DEBUG=1 shows more")


def _fail(code: int, message: str, advice: str = "") -> NoReturn:
    print(f"intake: {message}" + (f" ({advice})" if advice else ""), file=sys.stderr)
    sys.exit(code)
