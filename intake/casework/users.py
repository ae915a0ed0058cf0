"""Desk users: sign-in and administration."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from intake.casework.service import Service
from intake.ports import NotFound, Rejected
from models.office import PROGRAM, Role, User
from rules.examination import load_examination

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
_SHORTEST_PASSWORD = 10
_MOST_FAILURES = 8
_LOCKED = timedelta(minutes=15)
_hasher = PasswordHasher()
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$Zm9yIGEgdXNlciB3aG8gaXMgbm90IHRoZXJlIHdlIGw"


def add_user(
    service: Service,
    name: str,
    password: str,
    role: Role,
    *,
    full_name: str = "",
    agency: str | None = None,
    actor: str = PROGRAM,
) -> User:
    """A new desk user. Raises Rejected for a name that is taken or not plain, a password that is too short, or a user
    of an agency that is never asked for an opinion."""
    if not _NAME.fullmatch(name) or name == PROGRAM:
        raise Rejected("a user name has 2 to 40 letters a-z, digits, dots or dashes", "choose another name")
    if len(password) < _SHORTEST_PASSWORD:
        raise Rejected(f"a password has at least {_SHORTEST_PASSWORD} characters", "choose a longer one")
    known = load_examination().agencies
    if role is Role.AGENCY and agency not in known:
        raise Rejected("an agency's user belongs to an agency that gives opinions", f"--agency {', '.join(known)}")
    hashed = _hasher.hash(password)
    with service.registry.write() as records:
        user = records.add_user(name, full_name=full_name or name, role=role, password_hash=hashed, agency=agency)
        records.add_event(service.clock(), actor, "user_added", user=name, role=role.value)
    return user


def set_active(service: Service, name: str, active: bool, *, actor: str = PROGRAM) -> User:
    """Let a user in or keep him out. Raises NotFound."""
    with service.registry.write() as records:
        user = records.user(name, lock=True)
        if user is None:
            raise NotFound(f"there is no user {name!r}", "intake user list shows them")
        user = replace(user, active=active, failures=0, locked_until=None)
        records.save_user(user)
        records.add_event(service.clock(), actor, "user_enabled" if active else "user_disabled", user=name)
    return user


def sign_in(service: Service, name: str, password: str) -> User | None:
    """The user whose name and password these are; None for strangers, disabled and locked users, without saying why.

    After several failures in a row the name is locked for a quarter of an hour.
    """
    with service.registry.read() as records:
        user = records.user(name)
    right = _verified(user.password_hash if user else _NOBODY, password)
    now = service.clock()
    with service.registry.write() as records:
        user = records.user(name, lock=True)  # as it is now: checking the password took a while
        if user is None or not user.active or (user.locked_until is not None and user.locked_until > now):
            return None
        failures = 0 if right else user.failures + 1
        locked = now + _LOCKED if failures >= _MOST_FAILURES else None
        records.save_user(replace(user, failures=0 if locked else failures, locked_until=locked))
        records.add_event(now, user.name, "signed_in" if right else "sign_in_failed")
    return user if right else None


def active_user(service: Service, name: str) -> User | None:
    """The user of a session, if he may still come in."""
    with service.registry.read() as records:
        user = records.user(name)
    return user if user is not None and user.active else None


def list_users(service: Service) -> list[User]:
    with service.registry.read() as records:
        return list(records.users())


def _verified(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False
