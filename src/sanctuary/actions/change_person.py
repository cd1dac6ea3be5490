"""Change what somebody of one's agency does: their role, their team, their duties, and what they are called."""

from __future__ import annotations

from uuid import UUID

from sanctuary.actions import definitions
from sanctuary.actions.arranging import Outcome, arranged
from sanctuary.actions.invite_person import NO_SUCH_ROLE
from sanctuary.actions.parts_played import parts
from sanctuary.actions.results import Faulty, Missing
from sanctuary.records import accounts, people


def change_person(account: UUID, *, name: str, role: str, team: UUID | None, duties: frozenset[str]) -> Outcome:
    """It counts from their next request on: what they may no longer see is gone for them then."""
    staff = accounts.current()
    them = next((each for each in people.everybody() if each.account == account and each.is_active), None)
    if staff is None or them is None:
        return Missing()
    if role != them.role and role not in parts(definitions.running(), staff.agency):
        return Faulty(faults={"role": NO_SUCH_ROLE})
    return arranged(lambda: people.change(account, name=name, role=role, team=team, duties=duties))
