"""When two carry it out, somebody places a hold and somebody else reads, all at one moment: is it one or the other?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from uuid import UUID

import pytest

from sanctuary.actions.dispose_record import Destroyed, Why, carry_out_disposal
from sanctuary.actions.hold_record import Held, hold_record
from sanctuary.actions.results import Recorded
from sanctuary.actions.see_case import see_case
from sanctuary.gateways import erasures
from sanctuary.records import accounts, context
from sanctuary.records.audit import NotNoted
from tests.database.test_races import at_once
from tests.support.access.ended import NOW, Archive, archive
from tests.support.access.two_people import fresh_token, session
from tests.support.database import administrator, on_the_record
from tests.support.proof import figure, length

pytestmark = [on_the_record, pytest.mark.slow, pytest.mark.covers("A5"), pytest.mark.failure(6)]
RACES = length(full=60, short=8)


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    monkeypatch.setenv("SANCTUARY_ERASURES", str(tmp_path / "erasures"))
    return archive()


def test_it_is_destroyed_once_or_held_and_never_half(there: Archive) -> None:
    chance, seen = Random(11), dict[str, int]()
    reader = accounts.open_session(there.county.people["housing"].account)
    for _ in range(RACES):
        case = there.ended("other")
        proposal = there.agreed(case, Why.REQUEST)
        tokens = [fresh_token(there.lead), fresh_token(there.other_lead)]
        acts = [*(_carries_out(proposal, token) for token in tokens), _holds(case, tokens[0]), _reads(case, reader)]
        chance.shuffle(acts)
        outcomes = at_once(len(acts), lambda number, acts=acts: acts[number]())
        assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)], outcomes
        assert outcomes.count("destroyed") + outcomes.count("held") == 1, outcomes
        assert _keys(case) == (0 if "destroyed" in outcomes else _all_keys(there)), outcomes
        assert (str(case.case_id) in map(str, erasures.cases())) == ("destroyed" in outcomes)
        for outcome in outcomes:
            seen[outcome] = seen.get(outcome, 0) + 1
    figure(f"{RACES} races: {seen}; 0 destroyed twice, 0 destroyed and held, 0 half destroyed")


def _carries_out(proposal: UUID, token: str) -> Callable[[], str]:
    def act() -> str:
        with session(token):
            return "destroyed" if isinstance(carry_out_disposal(proposal, NOW), Destroyed) else "not destroyed"

    return act


def _holds(case: Recorded, token: str) -> Callable[[], str]:
    def act() -> str:
        with session(token):
            made = hold_record(reference=case.reference, ground="litigation", file="")
            return "held" if isinstance(made, Held) else "too late to hold"

    return act


def _reads(case: Recorded, token: str) -> Callable[[], str]:
    def act() -> str:
        try:
            with context.acting(token):
                return "read" if see_case(case.case_id, NOW) else "gone"
        except NotNoted:  # it went between the reading and the note of it: nothing was shown
            return "gone while it was read"

    return act


def _keys(case: Recorded) -> int:
    with administrator() as connection:
        found = connection.execute("select count(*) from case_key where case_id = %s", [case.case_id]).fetchone()
    return int(found[0]) if found else -1


def _all_keys(there: Archive) -> int:
    return len(there.county.scheme.compartments)
