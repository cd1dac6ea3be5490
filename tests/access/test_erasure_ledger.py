"""Is the ledger of destroyed records added to only, whole after a crash, and no place for an invention?"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import pytest

from sanctuary.gateways import erasures


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "erasures"
    monkeypatch.setenv("SANCTUARY_ERASURES", str(place))
    return place


def _some(count: int) -> list[UUID]:
    made = [uuid4() for _ in range(count)]
    for case in made:
        erasures.note({"case": str(case), "rule_words": "6 years\u2028after", "source": "The \n guide"})
    return made


def test_what_was_noted_is_read_in_order(ledger: Path) -> None:
    assert erasures.entries() == ()
    made = _some(5)
    assert erasures.cases() == made
    assert ledger.stat().st_mode & 0o077 == 0


def test_any_line_changed_left_out_or_moved_is_noticed(ledger: Path) -> None:
    _some(6)
    lines = ledger.read_text(encoding="utf-8").split("\n")[:-1]
    random = Random(1)
    for _ in range(60):
        place = random.randrange(5)  # the last line may be cut off: see below
        broken = random.choice(
            [
                [*lines[:place], *lines[place + 1 :]],
                [*lines[:place], lines[place + 1], lines[place], *lines[place + 2 :]],
                [*lines[:place], lines[place].replace("6 years", "7 years"), *lines[place + 1 :]],
                [*lines[:place], f"{'0' * 64} {json.dumps({'case': str(uuid4())})}", *lines[place:]],
                [*lines, lines[place]],
            ]
        )
        ledger.write_text("\n".join(broken) + "\n", encoding="utf-8")
        with pytest.raises(erasures.Altered):
            erasures.cases()
        with pytest.raises(erasures.Altered):
            erasures.note({"case": str(uuid4())})


def test_half_a_line_never_counted(ledger: Path) -> None:
    """Whoever wrote it was stopped before the disk had it, so before anything was destroyed."""
    made = _some(2)
    with ledger.open("ab") as file:
        file.write(b"0123456789abcdef {half")
    assert erasures.cases() == made
    assert erasures.cases() + _some(1) == erasures.cases()


def test_several_at_once_write_one_after_the_other(ledger: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = [case for cases in pool.map(_some, [5] * 8) for case in cases]
    assert sorted(erasures.cases()) == sorted(made)


def test_another_master_key_forges_nothing(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _some(1)
    monkeypatch.setenv("SANCTUARY_MASTER_KEY", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
    with pytest.raises(erasures.Altered):
        erasures.cases()
