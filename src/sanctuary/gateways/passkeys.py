"""What is a passkey asked, and does its answer hold? Origin, site, question, counter, its owner asked (WebAuthn).

That a question is answered once, and whose passkey it is, the record knows.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    parse_authentication_credential_json,
    parse_client_data_json,
    parse_registration_credential_json,
)
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

LONGEST = 20_000
_ASKED = UserVerificationRequirement.REQUIRED


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The address that browsers know us by: "https://sanctuary.example", and its host, to which passkeys belong."""

    origin: str
    host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Whom a new passkey is for, and the passkeys that they have already."""

    account: UUID
    email: str
    name: str
    known: Sequence[bytes] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A new passkey."""

    id: bytes
    public_key: bytes
    count: int


def new_challenge() -> bytes:
    """A question that nobody could have answered before."""
    return secrets.token_bytes(32)


def to_make(site: Site, challenge: bytes, owner: Owner) -> str:
    """What a browser is told to make a passkey, as JSON. It can be found by its device without an e-mail address."""
    options = generate_registration_options(
        rp_id=site.host,
        rp_name="Sanctuary",
        user_id=owner.account.bytes,
        user_name=owner.email,
        user_display_name=owner.name,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, require_resident_key=True, user_verification=_ASKED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=each) for each in owner.known],
    )
    return options_to_json(options)


def to_use(site: Site, challenge: bytes, known: Sequence[bytes] = ()) -> str:
    """What a browser is told to use a passkey: one of the `known`, or whichever its owner chooses."""
    allowed = [PublicKeyCredentialDescriptor(id=each) for each in known]
    options = generate_authentication_options(
        rp_id=site.host, challenge=challenge, user_verification=_ASKED, allow_credentials=allowed
    )
    return options_to_json(options)


def made(site: Site, challenge: bytes, answer: str) -> Made | None:
    """The passkey that was made; None where the answer does not hold."""
    try:
        if len(answer) > LONGEST or _framed(parse_registration_credential_json(answer).response.client_data_json):
            return None
        found = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except Exception:  # noqa: BLE001 - what a browser sends may be anything at all, and is then no passkey
        return None
    return Made(id=found.credential_id, public_key=found.credential_public_key, count=found.sign_count)


def named(answer: str) -> tuple[bytes, UUID] | None:
    """The passkey that an answer is from and the account that it says it is for; None where it does not say so."""
    try:
        read = parse_authentication_credential_json(answer)
        handle = read.response.user_handle
        return (read.raw_id, UUID(bytes=handle)) if handle and len(answer) <= LONGEST else None
    except Exception:  # noqa: BLE001 - as above
        return None


def used(site: Site, challenge: bytes, answer: str, public_key: bytes, count: int) -> int | None:
    """What the passkey has counted by now, where its answer holds; None where it does not."""
    try:
        if _framed(parse_authentication_credential_json(answer).response.client_data_json):
            return None
        found = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=public_key,
            credential_current_sign_count=count,
            require_user_verification=True,
        )
    except Exception:  # noqa: BLE001 - as above
        return None
    return found.new_sign_count


def _framed(client_data: bytes) -> bool:
    """Whether another site asked, from a frame around ours."""
    return bool(parse_client_data_json(client_data).cross_origin)
