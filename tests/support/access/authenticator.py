"""What does a passkey do? A device in software makes them and signs with them, and can be told to do it wrongly."""

from __future__ import annotations

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import encode_cbor

ORIGIN, HOST = "http://localhost:8000", "localhost"
_PRESENT, _VERIFIED, _ATTESTED = 0x01, 0x04, 0x40


@dataclass(slots=True)
class Device:
    """A phone or a key. What it says of itself may be changed, to see it refused."""

    origin: str = ORIGIN
    host: str = HOST
    verifies: bool = True
    count: int = 0
    counts: bool = True
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()), repr=False)
    user: bytes = b""
    frame: bool = False

    def make(self, options: str) -> str:
        """The answer to "make a passkey"."""
        asked = json.loads(options)
        self.user = decoded(asked["user"]["id"])
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + encode_cbor(public)
        data = self._data(_ATTESTED) + attested
        statement = encode_cbor({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", asked["challenge"])
        return self._answer({"clientDataJSON": encoded(client), "attestationObject": encoded(statement)})

    def use(self, options: str, **words: Any) -> str:
        """The answer to "use a passkey"; `words` take the place of what it would say."""
        challenge = words.get("challenge", json.loads(options)["challenge"])
        data, client = self._data(0), self._client("webauthn.get", challenge)
        signature = self.key.sign(data + sha256(client).digest(), ECDSA(SHA256()))
        said = {"clientDataJSON": client, "authenticatorData": data, "signature": signature, "userHandle": self.user}
        return self._answer({name: encoded(value) for name, value in {**said, **words.get("said", {})}.items()})

    def _data(self, flags: int) -> bytes:
        self.count += 1 if self.counts else 0
        flags |= _PRESENT | (_VERIFIED if self.verifies else 0)
        return sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": self.frame}
        return json.dumps(said).encode()

    def _answer(self, response: dict[str, str]) -> str:
        named = {"id": encoded(self.id), "rawId": encoded(self.id), "type": "public-key"}
        return json.dumps({**named, "response": response, "clientExtensionResults": {}})


def encoded(value: bytes) -> str:
    """Base64 as web addresses have it, without its filling."""
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """What was encoded."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
