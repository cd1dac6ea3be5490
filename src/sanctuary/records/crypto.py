"""How is what people told us kept from whoever takes the disks? Data keys, their wrapping, sealing, and blind indexes.

Which compartment a thing belongs to is the scheme's business; where the master key comes from, `gateways.keys`.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_SIZE = 32
NONCE_SIZE = 12
# 262,144 values of a token: a register of a million people has about four under each.
TOKEN_BITS = 18
# A million marks of people and a hundred thousand of staff: one wrong match in some forty million such registers.
MARK_BITS = 62


class Damaged(Exception):
    """Something encrypted does not open: it was changed, or stands where it was not put. Nothing of it is shown."""


def new_key() -> bytes:
    """A fresh data key of 32 bytes."""
    return AESGCM.generate_key(KEY_SIZE * 8)


def wrap(key: bytes, case_id: UUID, compartment: int) -> bytes:
    """The data key encrypted for the case and compartment that it serves: 60 bytes."""
    nonce = os.urandom(NONCE_SIZE)
    return nonce + _wrapping(settings.MASTER_KEY).encrypt(nonce, key, _place(case_id, compartment))


def unwrap(wrapped: bytes, case_id: UUID, compartment: int) -> AESGCM:
    """The cipher that opens what the compartment holds. Raises Damaged where the wrapped key is not this one's."""
    nonce, sealed = bytes(wrapped[:NONCE_SIZE]), bytes(wrapped[NONCE_SIZE:])
    try:
        return AESGCM(unseal(_wrapping(settings.MASTER_KEY), nonce, sealed, _place(case_id, compartment)))
    except Damaged as error:
        raise Damaged(f"a key of case {case_id}") from error


def seal(cipher: AESGCM, text: bytes, about: bytes) -> tuple[bytes, bytes]:
    """Nonce and ciphertext of `text`, which opens only beside the same `about`."""
    nonce = os.urandom(NONCE_SIZE)
    return nonce, cipher.encrypt(nonce, text, about)


def unseal(cipher: AESGCM, nonce: bytes, ciphertext: bytes, about: bytes) -> bytes:
    """What was sealed. Raises Damaged where anything differs."""
    if len(nonce) != NONCE_SIZE:  # cut off so short that the cipher would call it a mistake of ours
        raise Damaged("a sealed text")
    try:
        return cipher.decrypt(bytes(nonce), bytes(ciphertext), about)
    except InvalidTag as error:
        raise Damaged("a sealed text") from error


def event_about(case_id: UUID, seq: int, compartment: int, kind: str, happened_at: datetime) -> bytes:
    """What an event's ciphertext is bound to, so that no row can be moved, dated or renamed unnoticed."""
    moment = int(happened_at.timestamp() * 1_000_000)
    return b"event|%b|%d|%d|%b|%d" % (case_id.bytes, seq, compartment, kind.encode(), moment)


def summary_about(case_id: UUID) -> bytes:
    """What a summary's ciphertext is bound to."""
    return b"summary|" + case_id.bytes


def alarm_about(alarm: UUID) -> bytes:
    """What the closing words of an alarm are bound to."""
    return b"alarm|" + alarm.bytes


def token(purpose: str, value: str) -> int:
    """The blind-index token of a value already brought to one spelling, under a key for that purpose alone."""
    digest = hmac.digest(_index_key(settings.MASTER_KEY, purpose), value.encode(), hashlib.sha256)
    return int.from_bytes(digest[:4], "big") >> (32 - TOKEN_BITS)


def mark(purpose: str, value: str) -> int:
    """The mark by which two records of one thing are found to be the same: long, so that others are not."""
    digest = hmac.digest(_index_key(settings.MASTER_KEY, purpose), value.encode(), hashlib.sha256)
    return int.from_bytes(digest[:8], "big") >> (64 - MARK_BITS)


def seal_for(purpose: str, text: bytes, about: bytes) -> bytes:
    """What belongs to no case, such as the secret of an app, sealed under a key for that purpose alone."""
    nonce, sealed = seal(_purpose_key(settings.MASTER_KEY, purpose), text, about)
    return nonce + sealed


def unseal_for(purpose: str, sealed: bytes, about: bytes) -> bytes:
    """What was sealed for the purpose. Raises Damaged where anything differs."""
    nonce, text = sealed[:NONCE_SIZE], sealed[NONCE_SIZE:]
    return unseal(_purpose_key(settings.MASTER_KEY, purpose), nonce, text, about)


def blinded(purpose: str, value: str) -> bytes:
    """32 bytes that stand for the value: the same for the same value, and nothing to anybody without the master key."""
    return hmac.digest(_index_key(settings.MASTER_KEY, purpose), value.encode(), hashlib.sha256)


def _place(case_id: UUID, compartment: int) -> bytes:
    return b"key|%b|%d" % (case_id.bytes, compartment)


@lru_cache(maxsize=4)
def _wrapping(master: bytes) -> AESGCM:
    return AESGCM(derived(master, b"sanctuary/wrap/1"))


@lru_cache(maxsize=32)
def _purpose_key(master: bytes, purpose: str) -> AESGCM:
    return AESGCM(derived(master, b"sanctuary/seal/1/" + purpose.encode()))


@lru_cache(maxsize=32)
def _index_key(master: bytes, purpose: str) -> bytes:
    return derived(master, b"sanctuary/index/1/" + purpose.encode())


def derived(master: bytes, purpose: bytes) -> bytes:
    """A key of 32 bytes for one purpose alone."""
    return HKDF(algorithm=SHA256(), length=KEY_SIZE, salt=None, info=purpose).derive(master)
