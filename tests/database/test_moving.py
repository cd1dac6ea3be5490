"""Does a case move to another version only as it was shown, by whom the procedure lets, and without losing anything?"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import transaction

from sanctuary.actions import definitions
from sanctuary.actions.move_case import Preview, move_case, newer, preview
from sanctuary.actions.open_case import open_case
from sanctuary.actions.results import Missing, Overtaken, Recorded, Refused, Result
from sanctuary.core.answers import Plain
from sanctuary.core.events import EventKind
from sanctuary.core.scheme import Scheme
from sanctuary.loader import load
from sanctuary.records import moving
from sanctuary.records.cases import NotAllowed, erase
from tests.support.county import County, county
from tests.support.database import administrator, on_the_record

pytestmark = on_the_record
REFERRAL: Mapping[str, Plain] = {
    "name": "Rowan Ashdown", "birth_date": "not_known", "address": "4 Example Row", "postcode": "ZZ1 1AA",
    "safe_phone": "020 7946 0011", "safe_times": "Weekdays", "made_by": "council", "client_agrees": "yes",
    "harm": "domestic_abuse", "threat_of_arson": "no",
}  # fmt: skip
CONTACT: Mapping[str, Plain] = {"wants_scheme": "yes", "tenure": "private"}
_OFFICER = "    title: Housing options officer\n"
_MAY = _OFFICER, f"{_OFFICER}    may: [move_cases]\n"
_EDITION = "scheme: uttlesford\n", "scheme: uttlesford\nedition: 2026-05-01\n"
_RULE = "first_contact.wants_scheme == 'no'", "first_contact.wants_scheme == 'yes'"


@pytest.fixture
def uttlesford(monkeypatch: pytest.MonkeyPatch) -> County:
    """The district; what a test lets run is forgotten after it."""
    there = county("uttlesford", "uttlesford")
    monkeypatch.setattr(definitions, "_running", dict(definitions._running))
    return there


@pytest.fixture
def case(uttlesford: County) -> UUID:
    """A case that was referred, and whose client was contacted."""
    with uttlesford.acting("housing"):
        found = open_case(
            scheme_key="uttlesford", area="uttlesford", plain=REFERRAL, key=uuid4(), now=uttlesford.now
        )  # fmt: skip
    assert isinstance(found, Recorded), found
    assert isinstance(uttlesford.do("housing", found.case_id, "first_contact", CONTACT), Recorded)
    return found.case_id


def revised(
    place: Path, *changes: tuple[str, str], files: tuple[str, ...] = ("scheme.yaml", "1-referral.yaml")
) -> Scheme:
    """The scheme with some of its text changed: published, and running from now on."""
    folder = place / "uttlesford"
    shutil.copytree(Path(settings.SCHEMES) / "uttlesford", folder)
    if (catalogue := Path(settings.SCHEMES) / "meanings.yaml").is_file():
        shutil.copy(catalogue, place)
    for name in ("scheme.yaml", "1-referral.yaml"):
        text = (folder / name).read_text(encoding="utf-8")
        for old, new in changes:
            text = text.replace(old, new)
        (folder / name).write_text(text, encoding="utf-8")
    assert definitions.publish(place) == ()
    scheme = load(folder).scheme
    assert scheme is not None
    definitions._running["uttlesford"] = scheme
    return scheme


def shown(there: County, case: UUID, role: str = "housing") -> Preview | Refused | Missing:
    """What is shown before the case is moved."""
    with there.acting(role):
        return preview(case_id=case, now=there.now)


def moved(there: County, case: UUID, version: str, seq: int, role: str = "housing", key: UUID | None = None) -> Result:
    """What comes of moving it."""
    with there.acting(role):
        return move_case(case_id=case, version=version, expected_seq=seq, key=key or uuid4(), now=there.now)


@pytest.mark.covers("N31", "A5")
def test_what_would_change_is_shown_and_then_does(uttlesford: County, case: UUID, tmp_path: Path) -> None:
    later = revised(tmp_path, _MAY, _EDITION, _RULE)
    seen = uttlesford.see("housing", case)
    assert seen is not None
    found = shown(uttlesford, case)
    assert isinstance(found, Preview)
    assert found.changes.outcome == ("open", "stopped")
    assert [reason.rule for reason in found.changes.stops]
    again = uttlesford.see("housing", case)
    assert again is not None
    assert again.progress.outcome == "open"
    key = uuid4()
    first = moved(uttlesford, case, later.version, found.seq, key=key)
    assert isinstance(first, Recorded)
    assert moved(uttlesford, case, later.version, found.seq, key=key) == first
    after = uttlesford.see("housing", case)
    assert after is not None
    assert (after.scheme.version, after.progress.outcome) == (later.version, "stopped")
    assert [entry.kind for entry in after.timeline][-1] is EventKind.MOVED
    assert after.facts.answers == seen.facts.answers


def test_the_link_is_for_those_who_may(uttlesford: County, case: UUID, tmp_path: Path) -> None:
    def offered(role: str) -> Scheme | None:
        with uttlesford.acting(role):
            seen = uttlesford.see(role, case)
            assert seen is not None
            return newer(seen)

    assert offered("housing") is None
    later = revised(tmp_path, _MAY, _EDITION)
    assert offered("housing") == later
    assert isinstance(moved(uttlesford, case, later.version, 10_000), Recorded)
    assert offered("housing") is None


def test_nobody_else_moves_it(uttlesford: County, case: UUID, tmp_path: Path) -> None:
    later = revised(tmp_path, _EDITION)
    for found in (shown(uttlesford, case), moved(uttlesford, case, later.version, 10_000)):
        assert isinstance(found, Refused)
        assert "does not move cases" in found.reasons[0]
    strangers = county("norfolk", "norwich")
    assert isinstance(shown(strangers, case, "police"), Missing)
    assert isinstance(moved(strangers, case, later.version, 10_000, "police"), Missing)


def test_only_what_was_shown_happens(uttlesford: County, case: UUID, tmp_path: Path) -> None:
    later = revised(tmp_path, _MAY, _EDITION)
    found = shown(uttlesford, case)
    assert isinstance(found, Preview)
    other = moved(uttlesford, case, "0123456789ab", found.seq)
    assert isinstance(other, Refused)
    assert "come into use since" in other.reasons[0]
    overtaken = moved(uttlesford, case, later.version, found.seq - 1)
    assert isinstance(overtaken, Overtaken)
    assert isinstance(moved(uttlesford, case, later.version, found.seq), Recorded)
    settled = moved(uttlesford, case, later.version, found.seq + 1)
    assert isinstance(settled, Refused)
    assert "newest version already" in settled.reasons[0]


def test_a_part_of_the_record_is_the_same_for_ever(uttlesford: County, case: UUID, tmp_path: Path) -> None:
    numbers = {part.number for part in uttlesford.scheme.compartments.values()}
    last = max(numbers)
    later = revised(tmp_path, _MAY, (f"number: {last},", f"number: {last + 1},"))
    assert {part.number for part in later.compartments.values()} != numbers
    found = shown(uttlesford, case)
    assert isinstance(found, Refused)
    assert "does not fit" in found.reasons[0]


def test_a_new_part_of_the_record_has_its_key(uttlesford: County, case: UUID, tmp_path: Path) -> None:
    added = "\ncompartments:\n", "\ncompartments:\n  later: {number: 30, title: Later, holds: What came later}\n"
    later = revised(tmp_path, _MAY, added)
    assert isinstance(moved(uttlesford, case, later.version, 10_000), Recorded)
    assert 30 in keys(case)


def test_what_was_erased_does_not_come_back(uttlesford: County, case: UUID, tmp_path: Path) -> None:
    housing = uttlesford.scheme.compartments["housing"].number
    assert housing in keys(case)
    erase(case, housing)
    later = revised(tmp_path, _MAY, _EDITION)
    assert isinstance(moved(uttlesford, case, later.version, 10_000), Recorded)
    with uttlesford.acting("housing"), transaction.atomic():
        moving.move(case, later.version, [housing])  # whoever asks for it
    assert housing not in keys(case)


def test_a_case_stays_in_its_scheme(uttlesford: County, case: UUID) -> None:
    other = definitions._running["norfolk"].version
    with uttlesford.acting("housing"), pytest.raises(NotAllowed), transaction.atomic():
        moving.move(case, other, [])


def keys(case: UUID) -> set[int]:
    """The compartments of the case that have a key, as the administrator sees them."""
    with administrator() as connection:
        found = connection.execute("select compartment from case_key where case_id = %s", [case]).fetchall()
    return {number for (number,) in found}
