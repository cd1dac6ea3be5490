"""Who does an agency's own sign-in say that somebody is? OpenID Connect: the way there and back.

Which account that is, and whether its word suffices, is `records.single_sign_on`.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from django.core.cache.backends.locmem import LocMemCache
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

# Signatures that only the provider can make: none with a secret that we share, and never none at all.
SIGNED_BY = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
SECONDS = 5
# Clocks of two organisations differ a little.
LEEWAY = 60
# Words by which providers say that they asked for more than a password (RFC 8176; Microsoft's "ngcmfa").
MORE_THAN_A_PASSWORD = frozenset({"mfa", "ngcmfa"})


class NotProved(Exception):
    """The provider did not answer, or what it answered proves nothing. The message is for the log: nobody's data."""


# What a provider says of itself, in this process: it is not asked anew for whoever opens the way to it over and over.
# Another issuer is another provider from the next request on, and an administrator who arranges one has it asked anew.
_DESCRIBED = LocMemCache("providers", {"OPTIONS": {"MAX_ENTRIES": 100}})
_LASTS, _FAILURE_LASTS = 300, 10  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """An agency's own sign-in, as it was arranged. `secret` belongs to this installation."""

    issuer: str
    client_id: str
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The way to a provider: where to send the browser, and what to keep until it comes back."""

    address: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who the provider says has come. `email` "" unless it says that it has checked the address.

    `strong`: it says that it asked for more than a password.
    """

    subject: str
    email: str
    strong: bool


def may_be_issuer(issuer: str, *, in_production: bool) -> bool:
    """Whether an address can be a provider's: encrypted on the way, but for this very machine while trying."""
    parts = urlsplit(issuer)
    plain = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost") and not in_production
    return (parts.scheme == "https" or plain) and bool(parts.hostname) and not (parts.query or parts.fragment)


def reach(provider: Provider) -> None:
    """Whether the provider is there now and calls itself what we call it. Raises NotProved where not."""
    forget(provider.issuer)
    _addresses(provider)


def forget(issuer: str) -> None:
    """Ask the provider anew who it is, the next time."""
    _DESCRIBED.delete(_kept_as(issuer))


def begin(provider: Provider, come_back_to: str) -> Way:
    """The way there. Raises NotProved where the provider cannot be reached."""
    addresses = _addresses(provider)
    nonce, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    with _session(provider, come_back_to) as session:
        address, state = session.create_authorization_url(
            addresses["authorization_endpoint"], code_verifier=verifier, nonce=nonce
        )
    return Way(address=address, state=state, nonce=nonce, verifier=verifier)


def finish(provider: Provider, come_back_to: str, *, code: str, nonce: str, verifier: str) -> Identity:
    """Who came back with `code`. Raises NotProved unless the provider's own signature says so, to us, for this way."""
    addresses = _addresses(provider)
    with _session(provider, come_back_to) as session:
        try:
            token = session.fetch_token(
                addresses["token_endpoint"], code=code, code_verifier=verifier, timeout=SECONDS, allow_redirects=False
            )
        except (OAuthError, requests.RequestException, ValueError) as error:
            raise NotProved("the provider did not exchange the code") from error
    claims = _claims(provider, str(token.get("id_token", "")), _fetched(addresses["jwks_uri"]), nonce)
    amr = claims.get("amr")
    return Identity(
        subject=claims["sub"],
        email=str(claims.get("email", "")).strip().lower() if claims.get("email_verified") is True else "",
        strong=isinstance(amr, list)
        and not MORE_THAN_A_PASSWORD.isdisjoint(each for each in amr if isinstance(each, str)),
    )


def _session(provider: Provider, come_back_to: str) -> OAuth2Session:
    session = OAuth2Session(
        provider.client_id,
        provider.secret,
        scope="openid email",
        redirect_uri=come_back_to,
        code_challenge_method="S256",
    )
    session.trust_env = False  # no proxy or password file of the machine has a say in who comes in
    return session


def _addresses(provider: Provider) -> Mapping[str, Any]:
    """What the provider says of itself, or said a short while ago. Raises NotProved where it did not."""
    said: Mapping[str, Any] | str | None = _DESCRIBED.get(_kept_as(provider.issuer))
    if said is None:
        try:
            said = _description(provider.issuer)
        except NotProved as failure:
            said = str(failure)
        _DESCRIBED.set(_kept_as(provider.issuer), said, _FAILURE_LASTS if isinstance(said, str) else _LASTS)
    if isinstance(said, str):
        raise NotProved(said)
    return said


def _kept_as(issuer: str) -> str:
    return sha256(issuer.encode()).hexdigest()


def _description(issuer: str) -> Mapping[str, Any]:
    """What the provider says of itself now; it must call itself what we call it, or it is another."""
    found = _fetched(issuer.rstrip("/") + "/.well-known/openid-configuration")
    wanted = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    schemes = {urlsplit(issuer).scheme, "https"}
    sound = all(urlsplit(str(found.get(name, ""))).scheme in schemes for name in wanted)
    if found.get("issuer") != issuer or not sound:
        raise NotProved("the provider's description is not that of the provider arranged")
    return found


def _fetched(address: str) -> Mapping[str, Any]:
    with requests.Session() as session:
        session.trust_env = False
        try:
            response = session.get(address, timeout=SECONDS, allow_redirects=False)
            found = response.json() if response.status_code == requests.codes.ok else None
        except (requests.RequestException, ValueError) as error:
            raise NotProved("the provider cannot be reached") from error
    if not isinstance(found, dict):
        raise NotProved("the provider answers with something else")
    return found


def _claims(provider: Provider, token: str, keys: Mapping[str, Any], nonce: str) -> Mapping[str, Any]:
    registry = jwt.JWTClaimsRegistry(
        leeway=LEEWAY,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client_id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    try:
        claims = jwt.decode(token, KeySet.import_key_set(keys), algorithms=SIGNED_BY).claims  # type: ignore[arg-type]
        registry.validate(claims)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise NotProved("the provider's token proves nothing") from error
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != provider.client_id:
        raise NotProved("the provider's token is for somebody else as well")
    return claims
