"""What does each column hold? Personal, safety-critical or plain; a column that is not classed here fails a test.

Personal columns of a case hold ciphertext. Safety-critical ones, if wrong or leaked, could put somebody in danger.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class Class(Enum):
    """How a column is to be treated."""

    PERSONAL = "personal"
    SAFETY = "safety-critical"
    PLAIN = "plain"


_BY_CLASS: Mapping[str, Mapping[Class, str]] = {
    "agency": {Class.PLAIN: "id key title"},
    "account": {
        Class.PERSONAL: "email name",
        Class.SAFETY: "password agency_id role is_active team_id duties",
        Class.PLAIN: "id",
    },
    "team": {Class.SAFETY: "agency_id areas", Class.PLAIN: "id title"},
    "deputy": {Class.SAFETY: "account_id for_account starts ends made_by", Class.PLAIN: "id"},
    "sign_in_session": {
        Class.SAFETY: "token_hash account_id expires deputy_id stepped_up",
        Class.PLAIN: "created last_seen",
    },
    "agency_provider": {Class.SAFETY: "agency_id issuer client_id nonce secret"},
    "provider_way": {Class.SAFETY: "state_hash agency_id nonce verifier expires"},
    "provider_subject": {Class.PERSONAL: "subject", Class.SAFETY: "agency_id account_id"},
    "ctx_key": {Class.SAFETY: "inner_pad outer_pad", Class.PLAIN: "only_one"},
    "scheme_version": {Class.PLAIN: "id scheme document loaded_at"},
    "role_ceiling": {Class.SAFETY: "read_mask write_mask", Class.PLAIN: "version role"},
    "kase": {Class.PLAIN: "id reference scheme version area opened_at head_seq"},
    "access_grant": {
        Class.SAFETY: "agency_id role case_id read_mask write_mask valid_until account_id basis area",
        Class.PLAIN: "is_open stage needs_us due_at opens_at next_step waiting_on last_at in_list",
    },
    "conflict": {Class.SAFETY: "user_id case_id"},
    "event": {
        Class.PERSONAL: "nonce ciphertext",
        Class.SAFETY: "compartment author_agency author_user",
        Class.PLAIN: "case_id seq kind recorded_at happened_at",
    },
    "case_key": {Class.SAFETY: "case_id compartment wrapped"},
    "case_projection": {Class.PLAIN: "case_id progress computed_seq recheck_at"},
    "case_summary": {Class.PERSONAL: "nonce ciphertext", Class.PLAIN: "case_id"},
    "search_token": {Class.PERSONAL: "token", Class.PLAIN: "case_id purpose"},
    "idempotency": {Class.PLAIN: "account_id key outcome created"},
    "proposal": {
        Class.SAFETY: "subject digest agency_id proposed_by expires decided_by agreed carried_out",
        Class.PLAIN: "id kind case_id reference at_seq proposed_at decided_at",
    },
    "retention_hold": {
        Class.SAFETY: "ground placed_by lifted_by",
        Class.PLAIN: "id case_id file placed_at lifted_at",
    },
    "disposal_due": {Class.PLAIN: "case_id outcome rule ended due_at noted"},
    "disposal": {Class.SAFETY: "agencies", Class.PLAIN: "number case_id reference_digest carried_out certificate"},
    "figure": {Class.SAFETY: "answers seen_by", Class.PLAIN: "id scheme version area opened closed outcome"},
    "read_audit": {Class.SAFETY: "case_id listed account_id at what seq"},
}


def classes() -> dict[tuple[str, str], Class]:
    """(table, column) -> class, for every column of the record."""
    return {
        (table, column): kind
        for table, kinds in _BY_CLASS.items()
        for kind, columns in kinds.items()
        for column in columns.split()
    }
