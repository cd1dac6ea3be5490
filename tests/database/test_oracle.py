"""Do the policies say exactly what a few lines of Python say? Nothing more seen, nothing wrongly hidden."""

from __future__ import annotations

from collections import Counter
from random import Random
from uuid import uuid4

import pytest
from django.db.utils import ProgrammingError

from sanctuary.records import cases, events
from sanctuary.records.query import run
from tests.database import oracle
from tests.database.probes import APPEND, asking, disagreement, expectation, should_be_shown, shown
from tests.database.worlds import build
from tests.support.database import administrator, entry, login, make_agency, make_person, on_the_record, open_case
from tests.support.database import asking as asking_as
from tests.support.proof import figure, length

pytestmark = on_the_record

WORLDS, CONTEXTS = length(full=10, short=1), length(full=400, short=150)
# Tables of which the application sees rows that nobody's standing decides.
FOR_ALL = {"scheme_version", "role_ceiling", "django_migrations"}


def test_reading_and_writing_are_what_the_oracle_says() -> None:
    chance, kinds, answered = Random(20261122), Counter[str](), 0
    for _ in range(WORLDS):
        built = build(chance, CONTEXTS)
        with login() as bare:
            bare.prepare_threshold = None
            for each in built.contexts:
                assert disagreement(bare, built, expectation(built, each, chance)) == "", (each.kind, each.who)
                kinds[each.kind] += 1
                answered += len(oracle.RULES) + 1
    figure(f"{sum(kinds.values()):,} contexts, {answered:,} questions to tables as the oracle says")
    assert {"used", "used, deputy", "used, left", "idle", "over"} <= kinds.keys()


def test_nobody_is_shown_anything() -> None:
    built = build(Random(1), 1)
    with login() as bare, asking(bare, None):
        assert shown(bare, built) == should_be_shown(built, None)
        assert not any(shown(bare, built).values())


def test_the_world_has_something_of_everything_for_somebody() -> None:
    built = build(Random(2), 300)
    said = [should_be_shown(built, each.who) for each in built.contexts]
    for table in said[0]:
        assert any(each[table] for each in said), f"nobody sees anything of {table}"
    partly = [table for table in said[0] if len({frozenset(each[table]) for each in said}) > 2]
    assert set(partly) >= oracle.RULES.keys() - {"agency", "account", "team"}


def test_every_table_that_the_application_reads_is_asked_of_the_oracle() -> None:
    with administrator() as connection, login() as bare:
        name = bare.execute("select current_user").fetchone()
        assert name
        found = connection.execute(
            "select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace "
            "and c.relkind in ('r', 'v') and has_any_column_privilege(%s, c.oid, 'SELECT')",
            [name[0]],
        ).fetchall()
    assert {table for (table,) in found} - FOR_ALL == oracle.RULES.keys()


def test_missing_and_forbidden_are_one() -> None:
    hidden, stranger = open_case(make_person(make_agency())).id, make_person(make_agency())
    said = set()
    for case_id in (hidden, uuid4()):
        with asking_as(stranger):
            assert cases.find(case_id) is None
            assert events.readable(case_id) == []
            assert events.whole(case_id) == []
        with pytest.raises(cases.NotAllowed) as refusal, asking_as(stranger):
            events.append(case_id, 1, [entry()])
        said.add(str(refusal.value))
        for statement, values in (
            ("insert into audit_entry (case_id, what) values (%s, 'case')", [case_id]),
            (APPEND, [case_id, 1, 0]),
            (APPEND, [case_id, 2, 0]),
        ):
            with pytest.raises(ProgrammingError) as error, asking_as(stranger):
                run(statement, values)
            said.add(str(error.value).replace("audit_entry", "event"))
    assert len(said) == 2, said
