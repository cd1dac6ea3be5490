"""What becomes of a form that came when its writer was no longer signed in? It waits, sealed, for them alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from sanctuary.records import crypto
from sanctuary.records.query import row
from sanctuary.records.tokens import hashed

_PURPOSE = "carried_form"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The address that a form was sent to, and its fields."""

    address: str
    fields: Sequence[tuple[str, str]]


def carry(session: str, form: Form) -> UUID | None:
    """Keep the form for whoever has, or had, this session. None where nobody did."""
    found = row("select session_account(%s, true)", [hashed(session)], using="door")
    if found is None or found[0] is None:
        return None
    number, text = uuid4(), json.dumps([form.address, list(form.fields)])
    sealed = crypto.seal_for(_PURPOSE, text.encode(), _about(number, found[0]))
    row("select carry_form(%s, %s, %s)", [hashed(session), number, sealed], using="door")
    return number


def carried(number: UUID, account: UUID) -> Form | None:
    """The form, for the one asking, whose account this is; None for anybody else, and once its time is over."""
    found = row("select carried(%s)", [number])
    if found is None or found[0] is None:
        return None
    address, fields = json.loads(crypto.unseal_for(_PURPOSE, bytes(found[0]), _about(number, account)))
    return Form(address=address, fields=[(name, value) for name, value in fields])


def _about(number: UUID, account: UUID) -> bytes:
    return number.bytes + account.bytes
