"""Do the pages that lead to others lead to pages that answer, and say what waits there?"""

from __future__ import annotations

import pytest

from sanctuary.web.access_table import Who
from sanctuary.web.addresses import ACCESS
from sanctuary.web.pages.indexes import INDEXES, index


@pytest.mark.parametrize("name", INDEXES)
def test_every_entry_answers_whoever_sees_it(name: str) -> None:
    own = ACCESS[name].duty
    for group in INDEXES[name].groups:
        for entry in group.entries:
            assert ACCESS[entry.name] is not Who.ANYONE
            assert ACCESS[entry.name].duty in ("", entry.duty or own), entry.name


def test_what_needs_a_further_duty_is_listed_for_those_who_hold_it() -> None:
    def listed(*duties: str) -> set[str]:
        return {entry.name for group in index("oversight", duties, {}).groups for entry in group.entries}

    assert listed("oversight", "specialist") - listed("oversight") == {"crossings"}


def test_what_waits_stands_beside_its_entry() -> None:
    waiting = {
        entry.name: entry.waiting
        for group in index("oversight", ["oversight"], {"alarms": 3}).groups
        for entry in group.entries
    }
    assert {name: count for name, count in waiting.items() if count} == {"alarms": 3}
