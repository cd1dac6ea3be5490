"""What is an agency's own sign-in, in a test? A small OpenID Connect provider on this machine that can also lie."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from sanctuary.gateways import single_sign_on

CLIENT, SECRET = "sanctuary", "a secret of this installation"


@dataclass(slots=True)
class FakeProvider:
    """The provider. `claims` overrides what its token says; `who` has signed in there."""

    issuer: str
    who: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    described_as: str = ""
    signs_with: ECKey | None = None
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "one"}))
    given: dict[str, Mapping[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def comes_back(self, address: str) -> str:
        """What a browser does that follows `address` and signs in: the address to which it is sent back."""
        sent = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert sent["client_id"] == CLIENT
        assert sent["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.given[code] = sent
        return f"{sent['redirect_uri']}?{urlencode({'code': code, 'state': sent['state']})}"

    def description(self) -> dict[str, Any]:
        """What it says of itself."""
        return {
            "issuer": self.described_as or self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }

    def token(self, form: Mapping[str, str], authorization: str) -> dict[str, Any] | None:
        """What it gives for a code: once, to the installation that proves that it asked."""
        sent = self.given.pop(form.get("code", ""), None)
        expected = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".replace(" ", "+").encode()).decode()
        plain = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if sent is None or authorization not in (expected, plain):
            return None
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != sent["code_challenge"]:
            return None
        said = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": int(time.time()),
            "exp": int(time.time()) + 300,
            "nonce": sent["nonce"],
            **self.who,
            **self.claims,
        }
        claims = {name: value for name, value in said.items() if value is not None}
        signed = jwt.encode({"alg": "ES256", "kid": "one"}, claims, self.signs_with or self.key)
        return {"access_token": "unused", "token_type": "Bearer", "id_token": signed}


@contextmanager
def provider() -> Iterator[FakeProvider]:
    """A provider at a port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.fake = FakeProvider(issuer=f"http://127.0.0.1:{server.server_address[1]}")  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    single_sign_on.forget(server.fake.issuer)  # type: ignore[attr-defined] - another test's had the same port
    try:
        with patch.object(single_sign_on, "SECONDS", 60):  # a loaded machine is slow, not away
            yield server.fake  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        fake = self.server.fake  # type: ignore[attr-defined]
        fake.asked.append(self.path)
        found = {
            "/.well-known/openid-configuration": fake.description,
            "/keys": lambda: KeySet([fake.key]).as_dict(private=False),
        }.get(self.path)
        self._answer(found() if found else None)

    def do_POST(self) -> None:
        text = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        form = {name: values[0] for name, values in parse_qs(text).items()}
        fake = self.server.fake  # type: ignore[attr-defined]
        fake.asked.append(self.path)
        self._answer(fake.token(form, self.headers.get("Authorization", "")))

    def _answer(self, found: dict[str, Any] | None) -> None:
        body = json.dumps(found if found is not None else {"error": "invalid_grant"}).encode()
        self.send_response(200 if found is not None else 400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is logged."""
