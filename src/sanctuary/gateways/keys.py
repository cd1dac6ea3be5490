"""Which secrets does this installation hold? The master key and the keys beside it, never kept in the database.

What is encrypted with them is `records.crypto`. A lost master key cannot be made again: back it up apart from the data.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from pathlib import Path

from sanctuary.gateways.home import home

SIZE = 32


class BadKey(Exception):
    """A key that was given from outside is not 32 bytes in base64."""


def master_key() -> bytes:
    """The 32 bytes that wrap every data key: SANCTUARY_MASTER_KEY (base64), otherwise a file made once."""
    return _given("SANCTUARY_MASTER_KEY") or kept("master.key")


def signing_key() -> str:
    """What signs cookies: SANCTUARY_SIGNING_KEY (base64), otherwise a file made once. A new one signs everyone out."""
    return base64.b64encode(_given("SANCTUARY_SIGNING_KEY") or kept("signing.key")).decode()


def kept(name: str) -> bytes:
    """The 32 random bytes kept under `name`, for the eyes of this user alone. The first caller makes them."""
    path = folder() / name
    if not path.exists():
        _keep_new(path)
    return base64.b64decode(path.read_bytes())


def folder() -> Path:
    """Where secrets lie, readable by nobody else."""
    path = home() / "secrets"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def _given(variable: str) -> bytes | None:
    text = os.environ.get(variable)
    if not text:
        return None
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise BadKey(f"{variable} is not base64") from error
    if len(key) != SIZE:
        raise BadKey(f"{variable} holds {len(key)} bytes, and {SIZE} are needed")
    return key


def _keep_new(path: Path) -> None:
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(base64.b64encode(secrets.token_bytes(SIZE)))
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(draft)  # fails where another process was first, whose key then stands
    except FileExistsError:
        pass
    finally:
        draft.unlink()
