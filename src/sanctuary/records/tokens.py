"""What does a browser hold to be known again? A random token; the record keeps only its hash."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """256 random bits, as they stand in a cookie."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> bytes:
    """What the record keeps of a token."""
    return hashlib.sha256(token.encode()).digest()
