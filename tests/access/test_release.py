"""Is a copy let go once, by two people, exactly as it was agreed to, and never with what was left out?"""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from sanctuary.actions.make_pack import Made, make_pack
from sanctuary.actions.packed import held
from sanctuary.actions.release_pack import Proposed, Released, propose_release, read_pack, release_pack
from sanctuary.actions.results import Missing, Refused
from sanctuary.core.packs import Choices, Recipient, usual
from sanctuary.records import proposals
from tests.support.access.packs import Desk, desk
from tests.support.access.two_people import fresh
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
