"""``intake desk``: the clerks' desk, a web application on this machine."""

from __future__ import annotations

import socket
import sys

import uvicorn

from intake import bootstrap, logs
from intake.casework.users import list_users
from intake.desk import create_app
from intake.desk.sessions import secret_of
from intake.ports import Unavailable
from intake.settings import Settings, load_settings


def desk() -> None:
    """Serve the desk until told to end; prints its address as soon as it answers."""
    settings = load_settings()
    logs.configure(settings.log_level)
    bootstrap.prepare(settings)
    service = bootstrap.service(settings)
    app = create_app(service, bootstrap.catalogue(), secret_of(settings.data))
    listener = _listener(settings)
    host, port = listener.getsockname()[:2]
    if not list_users(service):
        print("intake: nobody can sign in yet (intake user add NAME --role examiner)", file=sys.stderr, flush=True)
    listener.listen(64)
    print(f"http://{host}:{port}/", flush=True)
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, proxy_headers=False)
    uvicorn.Server(config).run(sockets=[listener])


def _listener(settings: Settings) -> socket.socket:
    host, _, port = settings.desk.rpartition(":")
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host.strip("[]"), int(port)))
    except (OSError, ValueError) as error:
        raise Unavailable(f"the desk cannot listen on {settings.desk}", "set INTAKE_DESK to HOST:PORT") from error
    return listener
