"""What is the perpetrator's as well, by each kind of trace? The many spellings are in tests/access/test_reach.py."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sanctuary.core.facts import Facts, Silence, Value
from sanctuary.core.reach import REFUSED, REFUSED_UNREAD, Kind, names_of_people, refused, traces, within_reach
from sanctuary.core.scheme import Scheme
from sanctuary.core.whose import Whose
from sanctuary.loader import load
from tests.support.definitions import change, copy_small

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
ASKED = """
  visit:
    kind: form
    title: Visit
    who: [housing]
    compartment: core
    questions:
      their_name: {ask: Their name, type: name, of: perpetrator, optional: yes, compartment: police}
      their_phone: {ask: Their number, type: phone, of: perpetrator, optional: yes, compartment: police}
      their_email: {ask: Their email, type: email, of: perpetrator, optional: yes, compartment: police}
      their_home: {ask: Their home, type: address, of: perpetrator, optional: yes, compartment: police}
      their_code: {ask: Its postcode, type: postcode, of: perpetrator, optional: yes, compartment: police}
      their_landlord: {ask: Their landlord, type: name, of: perpetrators_landlord, optional: yes}
      own_phone: {ask: Number, type: phone, optional: yes}
      own_email: {ask: Email, type: email, optional: yes}
      own_home: {ask: Home, type: address, optional: yes}
      own_landlord: {ask: Landlord, type: long_text, of: landlord, optional: yes}
      worker_phone: {ask: Number of the worker, type: phone, of: worker, optional: yes}
      notes: {ask: Notes, type: text, optional: yes}
      household:
        ask: Who lives there?
        type: rows
        optional: yes
        of: child
        columns: {name: {ask: Name, type: name}, phone: {ask: Number, type: phone, optional: yes}}
"""


@pytest.fixture(scope="module")
def scheme(tmp_path_factory: pytest.TempPathFactory) -> Scheme:
    folder = copy_small(Path(tmp_path_factory.mktemp("reach")))
    change(folder, "2-assessment.yaml", "steps:\n", f"steps:{ASKED}")
    loaded = load(folder)
    assert loaded.scheme, loaded.problems
    return loaded.scheme


def facts(answers: Mapping[str, Value] | None = None, drafts: Mapping[str, Value] | None = None) -> Facts:
    def named(given: Mapping[str, Value] | None) -> dict[str, Value]:
        return {f"visit.{name}": value for name, value in (given or {}).items()}

    return Facts(opened_at=NOON, area="", answers=named(answers), drafts=named(drafts))


def no(scheme: Scheme, given: Mapping[str, Value], known: Facts, *reads: str) -> Mapping[str, str]:
    return refused(scheme, scheme.steps["visit"], given, known, frozenset(reads))


def test_a_number_or_address_of_theirs_is_refused(scheme: Scheme) -> None:
    known = facts({"their_phone": "020 7946 0188"}, {"their_email": "max@mail.example"})
    given = {"own_phone": "+44 20 7946 0188", "own_email": "Max@mail.example"}
    assert no(scheme, given, known, "police") == {"own_phone": REFUSED[Kind.PHONE], "own_email": REFUSED[Kind.EMAIL]}
    assert no(scheme, given, known) == dict.fromkeys(given, REFUSED_UNREAD)
    assert no(scheme, {"own_phone": "020 7946 0123"}, known) == {}
    assert no(scheme, {"notes": "020 7946 0188"}, known) == {}
    assert no(scheme, {"their_phone": "020 7946 0188"}, facts({"own_phone": "020 7946 0188"})) == {}
    assert no(scheme, {"their_phone": "020 7946 0188", **given}, facts())["own_phone"] == REFUSED[Kind.PHONE]


def test_rows_are_refused_where_they_stand(scheme: Scheme) -> None:
    known = facts({"their_phone": "020 7946 0188"})
    rows: Value = ({"name": "Jo Example"}, {"name": "Al Example", "phone": "02079460188"})
    assert no(scheme, {"household": rows}, known) == {"household-1-phone": REFUSED_UNREAD}
    assert within_reach(scheme, facts({"their_phone": "020 7946 0188", "household": rows})) == ("visit.household",)
    assert no(scheme, {"household": Silence.DECLINED}, known) == {}
    assert no(scheme, {"household": ("what an older version kept",)}, known) == {}


def test_others_are_flagged_and_not_refused(scheme: Scheme) -> None:
    known = {"their_phone": "020 7946 0188", "worker_phone": "020 7946 0188"}
    assert no(scheme, {"worker_phone": "020 7946 0188"}, facts({"their_phone": "020 7946 0188"})) == {}
    assert within_reach(scheme, facts(known)) == ("visit.worker_phone",)


@pytest.mark.parametrize(
    ("answers", "flagged"),
    [
        ({"their_home": "14 Alder Close", "their_code": "ZZ1 1AA", "own_home": "14 Alder Close ZZ1 1AA"}, "own_home"),
        ({"their_home": "14 Alder Close", "own_home": "14 Alder Close, Example"}, "own_home"),
        ({"their_home": "14 Alder Close", "their_code": Silence.NOT_KNOWN, "own_home": "14 Alder Close"}, "own_home"),
        ({"their_home": "14 Alder Close", "own_home": "15 Alder Close"}, ""),
        ({"their_landlord": "Example Homes", "own_landlord": "It is Example Homes Ltd."}, "own_landlord"),
        ({"their_name": "Max Example", "own_landlord": "max example"}, "own_landlord"),
        ({"their_landlord": "Homes", "own_landlord": "Householders"}, ""),
        ({"their_landlord": "020 7946 0188", "own_phone": "020 7946 0188"}, ""),
        ({"their_phone": Silence.NOT_KNOWN, "own_phone": "020 7946 0188"}, ""),
        ({"own_phone": "020 7946 0188"}, ""),
    ],
)
def test_what_is_pointed_out(scheme: Scheme, answers: dict[str, Value], flagged: str) -> None:
    assert within_reach(scheme, facts(answers)) == ((f"visit.{flagged}",) if flagged else ())


def test_traces_say_whose_and_where(scheme: Scheme) -> None:
    answers = facts({"their_name": "Max Example", "household": ({"name": "Al Example"},)}).answers
    found = {(trace.whose, trace.kind, trace.form, trace.compartment, trace.field) for trace in traces(scheme, answers)}
    assert found == {
        (Whose.PERPETRATOR, Kind.NAME, "example max", "police", ""),
        (Whose.PERPETRATOR, Kind.LANDLORD, "max example", "police", ""),
        (Whose.CHILD, Kind.NAME, "al example", "core", "0-name"),
    }


def test_who_is_known_by_which_questions(scheme: Scheme) -> None:
    names = names_of_people(scheme)
    assert {"visit.their_code", "visit.household", "visit.own_phone"} <= names
    assert "visit.notes" not in names
