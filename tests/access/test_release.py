"""Is a copy let go once, by two people, exactly as it was agreed to, and never with what was left out?"""

from __future__ import annotations

import pytest

from sanctuary.actions.release_pack import Released
from sanctuary.actions.results import Refused
from tests.support.access.packs import desk
from tests.support.database import on_the_record

pytestmark = [on_the_record, pytest.mark.failure(6, 7)]


def test_two_people_let_a_copy_go_once() -> None:
    there = desk()
    pack = there.made()
    assert isinstance(there.released(pack), Refused)
    there.agreed(pack)
    first = there.released(pack)
    assert isinstance(first, Released)
    assert first.file.startswith(b"%PDF")
    assert isinstance(there.released(pack), Refused)
