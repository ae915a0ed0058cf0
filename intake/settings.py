"""The settings of a deployment: environment variables ``INTAKE_*`` and ``intake.toml``; the environment wins.

Nothing is read at import: whoever starts a program builds ``Settings()`` and hands it on.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from models.case import DecisionValue

_SECRET = re.compile(r"(?<=://)([^:/@]*):(.*)@")  # up to the last @, which a password may hold unescaped


class WrongSettings(Exception):
    """The settings cannot be used; the text names each wrong one."""


class Settings(BaseSettings):
    """Every setting with its default. An empty URL means the embedded part under the data folder."""

    model_config = SettingsConfigDict(env_prefix="INTAKE_", extra="forbid", frozen=True)

    data: Path = Field(default=Path("data"), description="folder of everything embedded")
    database: str = Field(default="", description="sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME")
    objects: str = Field(
        default="", description="folder:///PATH or s3://KEY:SECRET@HOST/BUCKET (s3+http:// without TLS)"
    )
    queue: str = Field(default="", description="redis://HOST, rediss://HOST or unix:///SOCKET")
    mailbox: str = Field(
        default="", description="maildir:///PATH or imaps://USER:PASSWORD@HOST/FOLDER (imap+starttls://)"
    )
    outgoing: str = Field(default="", description="maildir:///PATH or smtp+starttls://USER:PASSWORD@HOST (smtps://)")
    scanner: str = Field(default="none", description="none, clamd:///SOCKET or clamd://HOST:PORT")

    address: str = Field(default="", description="the office's own address: From of notices; empty: the authority's")
    bounces: str = Field(
        default="", description="envelope sender of notices, where bounces come back; empty: the address"
    )
    authority: str = Field(default="dmx", description="key of the authority this office is")
    treaty_states: tuple[str, ...] = Field(
        default=(), description="states with a treaty against dual citizenship, as applicants write them (JSON list)"
    )
    templates: Path | None = Field(default=None, description="folder of notice templates that replace the shipped ones")

    target_accuracy: float = Field(
        default=0.997, gt=0.5, lt=1.0, description="share of automatic answers that must be right"
    )
    automatic: Annotated[frozenset[DecisionValue], NoDecode] = Field(
        default=frozenset(), description="decisions that may leave without a clerk: a list, all or none"
    )
    grace_minutes: float = Field(
        default=10.0, ge=0, description="mails of one sender within this time are one submission"
    )
    receipts: bool = Field(default=False, description="answer what goes to a clerk with a receipt")
    notice_cap: int = Field(default=5, ge=0, description="notices to one address within an hour; 0: no cap")
    duplicate_days: int = Field(default=30, ge=0, description="the same message again within this time joins its case")

    workers: int = Field(default=2, ge=1, description="worker processes of intake up")
    attempts: int = Field(default=3, ge=1, description="attempts before a person is asked")
    job_minutes: float = Field(default=15.0, gt=0, description="longest time for reading one message")
    sweep_seconds: float = Field(default=15.0, gt=0, description="time between two looks for late work")
    poll_seconds: float = Field(default=30.0, gt=0, description="longest time between two looks into the mailbox")
    desk: str = Field(
        "127.0.0.1:8400",
        pattern=r"^\S+:\d{1,5}$",
        description="HOST:PORT that the desk listens on; port 0: any free one",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="least level that is logged"
    )
    message_limit_mb: int = Field(default=150, ge=1, description="larger messages go to a person unread")

    @field_validator("automatic", mode="before")
    @classmethod
    def _names(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        names = {name for name in re.split(r"[,\s]+", value.strip().lower()) if name}
        if "all" in names:
            return frozenset(DecisionValue) - {DecisionValue.REVIEW}
        return frozenset(names - {"none"})

    @field_validator("templates", mode="before")
    @classmethod
    def _none(cls, value: Any) -> Any:
        return value or None

    @field_validator("data", "templates", mode="after")
    @classmethod
    def _absolute(cls, value: Path | None) -> Path | None:
        return value.expanduser().absolute() if value else None

    @field_validator("templates", mode="after")
    @classmethod
    def _there(cls, value: Path | None) -> Path | None:
        if value and not value.is_dir():
            raise ValueError("there is no such folder")
        return value

    @field_validator("database", "objects", "queue", "mailbox", "outgoing", "scanner", mode="after")
    @classmethod
    def _with_port(cls, value: str) -> str:
        try:
            urlsplit(value).port  # noqa: B018  (looking is what raises)
        except ValueError:  # its words would quote a password that was not escaped
            raise ValueError("no such URL can be; write /, ?, #, [ and ] of a password as %2F, %3F ...") from None
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  (the library's signature)
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        path = Path(os.environ.get("INTAKE_CONFIG", "intake.toml"))
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, path)

    def shown(self) -> dict[str, str]:
        """The effective settings as text, without passwords."""
        return {name: _plain(getattr(self, name)) for name in type(self).model_fields}

    def as_environment(self) -> dict[str, str]:
        """The settings as environment variables for a child process."""
        return {f"INTAKE_{name.upper()}": _value(getattr(self, name)) for name in type(self).model_fields}


def load_settings(**overrides: Any) -> Settings:
    """The settings of this process; ``overrides`` win over everything. Raises WrongSettings."""
    named = os.environ.get("INTAKE_CONFIG")
    if named and not Path(named).is_file():
        raise WrongSettings(f"INTAKE_CONFIG names a file that is not there: {named}")
    try:
        return Settings(**overrides)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_input=False))
        raise WrongSettings(wrong) from None
    except SettingsError as error:
        raise WrongSettings(f"{error}; write a JSON list") from None
    except TOMLDecodeError as error:
        raise WrongSettings(f"intake.toml: {error}") from None


def _plain(value: Any) -> str:
    return _SECRET.sub(r"\1:***@", _value(value))


def _value(value: Any) -> str:
    if isinstance(value, frozenset):
        return ",".join(sorted(value)) or "none"
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)
