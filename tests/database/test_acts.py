"""Do functions that act for the engine ask for duty, proof and part as the oracle says, and would a weaker one show?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random
from typing import Any, TypeVar
from uuid import UUID

import psycopg
from django.conf import settings

from tests.database import oracle
from tests.database.probes import asking
from tests.database.worlds import Built, build
from tests.support.database import administrator, on_the_record
from tests.support.proof import figure, length

pytestmark = on_the_record

Rule = Callable[[oracle.World, oracle.Asker, UUID], bool]
On = TypeVar("On")  # what is acted on: a case here, a person elsewhere
PROPOSE = "select propose(gen_random_uuid(), '{}', %(case)s, {}, ''::bytea, null)"


def _proved(duty: str) -> Rule:
    return lambda world, who, case: duty in who.duties and who.stepped_up


def _shut_out(world: oracle.World, who: oracle.Asker, case: UUID) -> bool:
    return (who.account, case) in world.conflicts


def _may_hold(world: oracle.World, who: oracle.Asker, case: UUID) -> bool:
    """Oversight in an agency that was ever granted anything in the case, in an area of theirs."""
    part = [grant for grant in world.grants.get(case, ()) if grant["agency_id"] == who.agency]
    here = any(who.areas is None or grant["area"] in who.areas for grant in part)
    return "oversight" in who.duties and here and not _shut_out(world, who, case)


def _may_propose(duties: set[str], *, standing: bool) -> Rule:
    """By a duty where the agency has part in the case, or by writing in it; lately proved and not shut out."""

    def rule(world: oracle.World, who: oracle.Asker, case: UUID) -> bool:
        granted = any(grant["agency_id"] == who.agency for grant in world.grants.get(case, ()))
        wrote = any(row["case_id"] == case and row["author_agency"] == who.agency for row in world.rows["event"])
        by_duty = bool(duties & who.duties) and (granted or wrote)
        by_writing = standing and any(grant["write_mask"] for grant in world.held(who, case))
        return who.stepped_up and not _shut_out(world, who, case) and (by_duty or by_writing)

    return rule


def _never(world: oracle.World, who: oracle.Asker, case: UUID) -> bool:
    return False


ACTS: Mapping[str, Rule] = {
    "select count(*) > 0 from events_for_evaluation(%(case)s)": oracle.sees_case,
    "select save_team(gen_random_uuid(), gen_random_uuid()::text, array['norfolk/norwich'])": _proved("administrator"),
    "select arrange_provider('https://a.example', 'c', decode(repeat('00', 12), 'hex'), '')": _proved("administrator"),
    "select stop_everyone()": _proved("oversight"),
    "select place_hold(gen_random_uuid(), %(case)s, 'complaint', 'f')": _may_hold,
    PROPOSE.format("release", "'a'"): _may_propose(set(), standing=True),
    PROPOSE.format("erase", "'b'"): _may_propose({"oversight"}, standing=True),
    PROPOSE.format("lift_conflict", "'c'"): _may_propose({"oversight", "specialist"}, standing=False),
    PROPOSE.format("erase", "(select (ctx()).account_id::text)"): _never,
}
# What in these functions asks for something, and what asks for nothing instead.
GUARDS = (
    (r"\b(?:who|c)\.stepped_up\b", "true"),
    (r"'oversight' = any \((?:who|c)\.duties\)", "true"),
    (r"c\.duties && parts", "true"),
    (r"'standing' = any \(parts\)", "true"),
    (r"not kept_out\(c\.account_id, of_case, of_subject\)", "true"),
    (r"of_subject = of_account::text", "false"),
    (r"x\.user_id = (?:of_account|c\.account_id) and", "false and"),
    (r"g\.agency_id = c\.agency_id", "true"),
    (r"e\.author_agency = c\.agency_id", "true"),
    (r"coalesce\(\(standing_in\(of_case\)\)\.write_mask, 0\) > 0", "true"),
    (r"g\.valid_until > now\(\)", "true"),
    (r"(?:c\.areas is null or )?g\.area = any \(c\.areas\)", "true"),
    (r"else g\.account_id = c\.account_id end", "else true end"),
    (r"not oversees\(of_case\)", "false"),
)
GUARDED = (
    "administering()", "arrange_provider(text, text, bytea, bytea)", "stop_everyone()", "oversees(uuid)",
    "place_hold(uuid, uuid, text, text)", "takes_part(text[], uuid, text)", "kept_out(uuid, uuid, text)",
    "standing_in(uuid)",
)  # fmt: skip


def goes_through(connection: psycopg.Connection[Any], statement: str, values: Mapping[str, Any]) -> bool:
    """Whether it does what it says, or is held up by no more than that nobody asks or no such case is there."""
    try:
        with connection.transaction(force_rollback=True):
            found = connection.execute(statement, values).fetchone()
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.CheckViolation):
        return False
    except (psycopg.errors.NotNullViolation, psycopg.errors.ForeignKeyViolation):
        return True
    return found is not None and found[0] is not False


def disagreements(
    connection: psycopg.Connection[Any],
    built: Built,
    asked: Sequence[tuple[int, On]],
    acts: Mapping[str, Callable[[oracle.World, oracle.Asker, On], bool]],
    values: Callable[[On], Mapping[str, Any]],
) -> Iterator[str]:
    """Acts that go through and should not, or the other way; `values` of what is asked about fill the statements."""
    for number, on in asked:
        context = built.contexts[number]
        with asking(connection, context.token, settings.DATABASE_ROLES["app"]):
            for statement, rule in acts.items():
                may = context.who is not None and rule(built.world, context.who, on)
                if goes_through(connection, statement, values(on)) is not may:
                    yield f"{statement} {'should' if may else 'should not'}, by {context.who} on {on}"


def of_case(case: UUID) -> Mapping[str, Any]:
    """What the statements about a case are filled with."""
    return {"case": case}


def about(built: Built, number: int, chance: Random) -> Sequence[UUID]:
    """Cases to act in: any; where they may write; from which they are shut out; in which their agency has no part."""
    who = built.contexts[number].who
    shut = sorted(case for account, case in built.world.conflicts if who and account == who.account)
    apart = [case for case, grants in built.world.grants.items() if who and who.agency not in _agencies(grants)]
    held = {case: built.world.held(who, case) for case in built.cases} if who else {}
    writes = [case for case, grants in held.items() if any(grant["write_mask"] for grant in grants)]
    return [chance.choice(built.cases), *writes[:2], *shut[:2], *sorted(apart)[:1]]


def _agencies(grants: Sequence[oracle.Row]) -> set[int]:
    return {grant["agency_id"] for grant in grants}


def weaker(
    connection: psycopg.Connection[Any], functions: Sequence[str], guards: Sequence[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """Each function without one of the things that it asks for."""
    for function in functions:
        found = connection.execute("select pg_get_functiondef(%s::regprocedure)", [function]).fetchone()
        assert found
        for guard, by in guards:
            for number, hit in enumerate(re.finditer(guard, found[0])):
                yield f"{function} without {hit[0]} ({number})", found[0][: hit.start()] + by + found[0][hit.end() :]


def test_acts_are_what_the_oracle_says_and_a_weaker_function_shows() -> None:
    chance = Random(11)
    built = build(chance, length(full=250, short=120))
    pairs = [(number, case) for number in range(len(built.contexts)) for case in about(built, number, chance)]
    with administrator() as connection, connection.transaction(force_rollback=True):
        connection.prepare_threshold = None
        assert list(disagreements(connection, built, pairs, ACTS, of_case)) == []
        survivors, made = [], list(weaker(connection, GUARDED, GUARDS))
        for name, text in made:
            with connection.transaction(force_rollback=True):
                connection.execute(text)
                if next(disagreements(connection, built, pairs, ACTS, of_case), None) is None:
                    survivors.append(name)
    figure(f"{len(made) - len(survivors)} of {len(made)} weaker functions noticed")
    assert survivors == [], "\n".join(survivors)
    assert len(made) >= 20
