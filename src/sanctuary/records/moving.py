"""How does a case go on under another version of its scheme? Its row and its keys; why, the actions say."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sanctuary.records import crypto
from sanctuary.records.cases import NotAllowed
from sanctuary.records.query import row


def move(case_id: UUID, version: str, new: Iterable[int]) -> None:
    """Let the case go on under a published version of its scheme, with a data key for each `new` compartment.

    Call `cases.store` in the same transaction. Raises NotAllowed where this person may not write in the case, or there
    is no such version of its scheme.
    """
    numbers = sorted(new)
    wrapped = [crypto.wrap(crypto.new_key(), case_id, number) for number in numbers]
    done = row("select move_case(%s, %s, %s::smallint[], %s::bytea[])", [case_id, version, numbers, wrapped])
    if done is None or not done[0]:
        raise NotAllowed
