"""What of a definition does some example reach? Its steps, gates, criteria, letters, findings and ways out, by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sanctuary.core.events import Event, fold
from sanctuary.core.facts import Facts
from sanctuary.core.findings import Finding
from sanctuary.core.known import Known, settle
from sanctuary.core.progress import evaluate
from sanctuary.core.scheme import Scheme
from sanctuary.loader.casefile import read_events
from sanctuary.loader.examples import Example


def written(scheme: Scheme) -> frozenset[str]:
    """Everything that an example should reach."""
    return frozenset(_written(scheme))


def reached(scheme: Scheme, examples: Iterable[Example]) -> frozenset[str]:
    """Everything that the cases of these examples come through."""
    return frozenset(name for example in examples for name in _of_example(scheme, example))


def _written(scheme: Scheme) -> Iterator[str]:
    for gate in scheme.gates.values():
        yield f"gate {gate.name} open"
        yield from (f"criterion {gate.name}.{rule.name}" for rule in gate.criteria)
    for step in scheme.steps.values():
        yield f"step {step.name}"
        yield from (f"{step.name} done again after {other.name}" for other in _reopened_by(scheme, step.name))
        if step.asks or step.tells:
            yield f"{step.name} sent"
    yield from (f"letter {name}" for name in scheme.letters)
    yield from (f"closing reason {name}" for name in scheme.closing_reasons)
    yield from (f"alternative {name}" for name in scheme.alternatives)
    yield from (f"{each.name}: {row.name}" for each in _findings(scheme) for row in each.rows)
    yield from (f"{change.role} is {change.agency}" for change in scheme.reassignments)


def _reopened_by(scheme: Scheme, name: str) -> Iterator[object]:
    return (step for step in scheme.steps.values() if name in step.reopens)


def _findings(scheme: Scheme) -> Iterator[Finding]:
    return (each for each in scheme.derived if isinstance(each, Finding))


def _of_example(scheme: Scheme, example: Example) -> Iterator[str]:
    tree = example.spot["events"].node
    events, problems = read_events(tree, scheme) if tree is not None else (None, ())
    assert events is not None, problems
    times = {event.at for event in events} | {asked.at for asked in (example.shape.expect if example.shape else ())}
    for at in sorted(times):
        happened = tuple(event for event in events if event.at <= at)
        if happened:
            facts = fold(happened)
            yield from _of_case(scheme, happened, facts, settle(scheme, facts, at))
            yield from _of_progress(scheme, facts, at)
