"""Can everything in every scheme be explained to every role, and never more than the role may read?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from sanctuary.core.events import fold
from sanctuary.core.explain import explain, names
from sanctuary.core.facts import Facts
from sanctuary.core.forms import compartments_of_fact
from sanctuary.core.progress import evaluate
from sanctuary.core.scheme import Scheme
from sanctuary.loader.casefile import read_events
from sanctuary.loader.examples import examples
from tests.support.pages.journey import SCHEMES, schemes
from tests.support.proof import length

KEYS = sorted(schemes())


def cases(key: str, scheme: Scheme) -> Iterator[Facts]:
    """Some cases of the scheme's examples, at their last event."""
    found = examples(SCHEMES / key)
    for example in found[:: max(1, len(found) // length(full=6, short=2))]:
        events, problems = read_events(example.spot["events"].node, scheme)  # type: ignore[arg-type]
        assert events is not None, problems
        yield fold(events)


@pytest.mark.covers("A1", "A3")
@pytest.mark.parametrize("key", KEYS)
def test_a_role_is_told_what_it_could_work_out_itself(key: str) -> None:
    scheme = schemes()[key]
    for facts in cases(key, scheme):
        progress = evaluate(scheme, facts, max(facts.done.values()))
        for may_read in {progress.reads[role] for role in scheme.roles}:
            own = {
                name: value for name, value in facts.answers.items() if compartments_of_fact(scheme, name) <= may_read
            }
            for name in names(scheme):
                told = explain(scheme, facts, progress, name, may_read)
                assert told is not None
                assert told == explain(scheme, replace(facts, answers=own), progress, name, may_read), name
                assert not any(read.value for rule in told.rules for read in rule.reads if read.held)
