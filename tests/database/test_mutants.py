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
from tests.support.proof import figure

pytestmark = on_the_record


def telling(built: Built) -> list[Expectation]:
    """What the oracle says to people in all sorts of contexts."""
    return [expectation(built, each, Random(number)) for number, each in enumerate(built.contexts) if each.who]


def noticed_by(connection: psycopg.Connection[Any], built: Built, asked: Sequence[Expectation]) -> str:
    """In what the first context differs that differs at all; "" where none does."""
    app = settings.DATABASE_ROLES["app"]
    return next((found for each in asked if (found := disagreement(connection, built, each, app))), "")


def survives(
    connection: psycopg.Connection[Any], built: Built, asked: Sequence[Expectation], mutant: Mutant
) -> bool:
    """Whether nobody notices. The policy is as it was afterwards."""
    with connection.transaction(force_rollback=True):
        connection.execute(mutant.statement)
        return not noticed_by(connection, built, asked)


@pytest.mark.failure(18)
def test_every_weaker_policy_is_noticed() -> None:
    built = build(Random(7), 150)
    asked = telling(built)
    with administrator() as connection:
        connection.prepare_threshold = None
        roles = [settings.DATABASE_ROLES[name] for name in ("app", "door")]
        kept = policies(connection, roles)
        made = [mutant for policy in kept for mutant in mutants(policy)]
        with connection.transaction(force_rollback=True):
            assert noticed_by(connection, built, asked) == "", "as they are, the policies say what the oracle says"
            survivors = [str(mutant) for mutant in made if survives(connection, built, asked, mutant)]
    figure(f"{len(made) - len(survivors)} of {len(made)} weaker policies noticed, of {len(kept)} policies")
    assert survivors == [], "\n".join(survivors)
    assert len(made) >= 60


def test_conditions_are_taken_apart() -> None:
    condition = "((a = 1) AND (EXISTS ( SELECT 1\n   FROM g\n  WHERE ((g.b = 2) AND (g.c = 3)))))"
    made = dict(worse_conditions(condition, "t"))
    assert made["without (a = 1)"] == "((EXISTS ( SELECT 1\n   FROM g\n  WHERE ((g.b = 2) AND (g.c = 3)))))"
    assert made["without (g.c = 3)"].endswith("WHERE ((g.b = 2)))))")
    assert len(made) == 4
