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
        Class.SAFETY: "token_hash account_id expires deputy_id stepped_up way",
        Class.PLAIN: "id created last_seen device",
    },
    "agency_provider": {Class.SAFETY: "agency_id issuer client_id nonce secret"},
    "provider_way": {Class.SAFETY: "state_hash agency_id nonce verifier expires"},
    "provider_subject": {Class.PERSONAL: "subject", Class.SAFETY: "agency_id account_id"},
    "way_in": {Class.SAFETY: "way proofs"},
    "passkey": {
        Class.SAFETY: "id account_id public_key sign_count",
        Class.PERSONAL: "title",
        Class.PLAIN: "number created last_used",
    },
    "code_app": {Class.SAFETY: "account_id secret last_step", Class.PLAIN: "created"},
    "recovery_code": {Class.SAFETY: "account_id code_hash used"},
    "sign_in_attempt": {Class.SAFETY: "token_hash purpose account_id session_hash proved tries expires"},
    "challenge": {Class.SAFETY: "holder value expires"},
    "sign_in_try": {Class.SAFETY: "subject tries since"},
    "carried_form": {Class.PERSONAL: "sealed", Class.SAFETY: "account_id", Class.PLAIN: "id expires"},
    "ctx_key": {Class.SAFETY: "inner_pad outer_pad", Class.PLAIN: "only_one"},
    "scheme_version": {Class.PLAIN: "id scheme document loaded_at"},
    "role_ceiling": {Class.SAFETY: "read_mask write_mask", Class.PLAIN: "version role"},
    "kase": {Class.PLAIN: "id reference scheme version area opened_at head_seq"},
    "access_grant": {
        Class.SAFETY: "agency_id role case_id read_mask write_mask valid_until account_id basis area",
        Class.PLAIN: "is_open stage needs_us due_at opens_at next_step waiting_on last_at in_list",
    },
    "conflict": {Class.SAFETY: "user_id case_id source state", Class.PLAIN: "found_at"},
    "conflict_lifted": {Class.SAFETY: "user_id case_id source", Class.PLAIN: "lifted_at"},
    "case_mark": {Class.PERSONAL: "token", Class.SAFETY: "case_id side", Class.PLAIN: "compartment purpose"},
    "staff_given": {Class.PERSONAL: "sealed", Class.PLAIN: "id account_id kind given_at"},
    "staff_mark": {Class.PERSONAL: "token", Class.PLAIN: "given_id account_id purpose"},
    "crossing": {
        Class.SAFETY: "one_case other_case looked_by",
        Class.PLAIN: "id purposes found_at looked_at outcome",
    },
    "event": {
        Class.PERSONAL: "nonce ciphertext",
        Class.SAFETY: "compartment author_agency author_user author_for",
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
    "alarm": {
        Class.PERSONAL: "words",
        Class.SAFETY: "kind detail case_id about_account raised_by for_all taken_by closed_by outcome",
        Class.PLAIN: "id raised_at taken_at closed_at",
    },
    "job_run": {Class.PLAIN: "id name at outcome figure"},
    "audit_entry": {
        Class.SAFETY: "id case_id listed account_id at what seq agency_id role page bases turn acting_for closed digest"
    },
    "audit_link": {Class.SAFETY: "chain n entry at hash"},
    "decoy": {Class.SAFETY: "case_id made_at"},
    "budget": {Class.SAFETY: "what tell refuse"},
    "leaver": {Class.SAFETY: "account_id since said_by"},
    "standstill": {Class.SAFETY: "since stopped_by", Class.PLAIN: "only_one"},
    "invitation": {
        Class.PERSONAL: "email name",
        Class.SAFETY: "token_hash code_hash agency_id role team_id duties account_id invited_by expires tries "
        "accepted_at withdrawn_at",
        Class.PLAIN: "id made",
    },
    "people_log": {
        Class.PERSONAL: "detail",
        Class.SAFETY: "agency_id act by_account account_id for_account",
        Class.PLAIN: "id at invitation_id",
    },
    "message": {
        Class.SAFETY: "case_id subject account_id agency_id role duty rests_on valid_until",
        Class.PLAIN: "id kind queued opened opened_by",
    },
    "emergency": {
        Class.PERSONAL: "nonce reason words_nonce words",
        Class.SAFETY: "case_id number account_id agency_id role agencies ends wrapped reviewer verdict",
        Class.PLAIN: "id reference opened review_due reviewed alarmed",
    },
    "emergency_attempt": {Class.SAFETY: "account_id at opened"},
    "pack": {
        Class.PERSONAL: "sealed",
        Class.SAFETY: "recipient parts digest agency_id made_by released_at",
        Class.PLAIN: "id case_id at_seq items made_at",
    },
    "retention_hold": {
        Class.SAFETY: "ground placed_by lifted_by",
        Class.PLAIN: "id case_id file placed_at lifted_at",
    },
    "disposal_due": {Class.PLAIN: "case_id outcome rule ended due_at noted"},
    "disposal": {Class.SAFETY: "agencies", Class.PLAIN: "number case_id reference_digest carried_out certificate"},
    "figure": {Class.SAFETY: "answers seen_by unseen_by", Class.PLAIN: "id scheme version area opened closed outcome"},
}


def classes() -> dict[tuple[str, str], Class]:
    """(table, column) -> class, for every column of the record."""
    return {
        (table, column): kind
        for table, kinds in _BY_CLASS.items()
        for kind, columns in kinds.items()
        for column in columns.split()
    }
