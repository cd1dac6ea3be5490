"""Would the oracle notice if a policy were weaker? Each is made worse in every way there is, and must be found out."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

import psycopg
import pytest
from django.conf import settings

from tests.database.probes import Expectation, disagreement, expectation
from tests.database.weaker import Mutant, mutants, policies, worse_conditions
from tests.database.worlds import Built, build
from tests.support.database import administrator, on_the_record
from tests.support.proof import figure, length

pytestmark = on_the_record


# Two walls stand before some rows: with one of them taken away, the other must hold by itself.
BEHIND = (
    "drop policy conflict on access_grant",  # who is shut out has no grant, and sees nothing by any other way either
    "alter policy own_conflicts on conflict using (true)",
    "grant insert (author_user, author_agency) on event to {app}",  # nobody writes in another's name, if they could
    "grant insert (account_id) on audit_entry to {app}",
    "grant insert (account_id) on idempotency to {app}",
)


def telling(built: Built) -> list[Expectation]:
    """What the oracle says to people in all sorts of contexts, and to nobody."""
    return [expectation(built, each, Random(number)) for number, each in enumerate(built.contexts)]


def noticed_by(connection: psycopg.Connection[Any], built: Built, asked: Sequence[Expectation], only: str = "") -> str:
    """In what the first context differs that differs at all; "" where none does."""
    app = settings.DATABASE_ROLES["app"]
    return next((found for each in asked if (found := disagreement(connection, built, each, app, only))), "")


def survives(
    connection: psycopg.Connection[Any], built: Built, asked: Sequence[Expectation], mutant: Mutant, only: str = ""
) -> bool:
    """Whether nobody notices. The policy is as it was afterwards."""
    with connection.transaction(force_rollback=True):
        connection.execute(mutant.statement)
        return not noticed_by(connection, built, asked, only)


def survives_alone(
    connection: psycopg.Connection[Any], built: Built, asked: Sequence[Expectation], mutant: Mutant
) -> bool:
    """Whether nobody notices even where what stands in front of its table is taken away."""
    table = mutant.policy.table
    with connection.transaction(force_rollback=True):
        for statement in BEHIND:
            if statement.startswith("grant") or f" on {table}" not in statement:
                connection.execute(statement.replace("{app}", f'"{settings.DATABASE_ROLES["app"]}"'))
        assert noticed_by(connection, built, asked, table) == "", f"{table} does not hold by itself"
        return survives(connection, built, asked, mutant, table)


@pytest.mark.failure(18)
def test_every_weaker_policy_is_noticed() -> None:
    built = build(Random(7), length(full=200, short=120))
    asked = telling(built)
    with administrator() as connection, connection.transaction(force_rollback=True):
        connection.prepare_threshold = None
        kept = policies(connection, [settings.DATABASE_ROLES[name] for name in ("app", "door")])
        made = [mutant for policy in kept for mutant in mutants(policy)]
        assert noticed_by(connection, built, asked) == "", "as they are, the policies say what the oracle says"
        behind = [mutant for mutant in made if survives(connection, built, asked, mutant, mutant.policy.table)]
        survivors = [str(mutant) for mutant in behind if survives_alone(connection, built, asked, mutant)]
    figure(f"{len(made) - len(survivors)} of {len(made)} weaker policies noticed, of {len(kept)} policies")
    figure(f"{len(behind)} of them are a second wall, tried with the first one gone")
    assert survivors == [], "\n".join(survivors)
    assert len(made) >= 60


def test_conditions_are_taken_apart() -> None:
    condition = "((a = 1) AND (EXISTS ( SELECT 1\n   FROM g\n  WHERE ((g.b = 2) AND (g.c = 3)))))"
    made = dict(worse_conditions(condition, "t"))
    assert made["without (a = 1)"] == "((EXISTS ( SELECT 1\n   FROM g\n  WHERE ((g.b = 2) AND (g.c = 3)))))"
    assert made["without (g.c = 3)"].endswith("WHERE ((g.b = 2)))))")
    assert len(made) == 4
