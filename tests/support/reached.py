"""What of a definition does some example reach? Its steps, gates, criteria, letters, findings and ways out, by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from sanctuary.core.events import Event, EventKind, fold
from sanctuary.core.findings import Finding
from sanctuary.core.gates import criterion_of
from sanctuary.core.known import Known, settle
from sanctuary.core.needs import Need
from sanctuary.core.progress import evaluate
from sanctuary.core.scheme import Scheme
from sanctuary.loader.casefile import read_events
from sanctuary.loader.examples import Example

SENT = (EventKind.ASKED, EventKind.DONE)


def written(scheme: Scheme) -> frozenset[str]:
    """Everything that some example should reach."""
    return frozenset(_written(scheme))


def reached(scheme: Scheme, shown_by: Iterable[Example]) -> frozenset[str]:
    """Everything that the cases of these examples come through."""
    return frozenset(name for example in shown_by for name in _of_example(scheme, example))


def _written(scheme: Scheme) -> Iterator[str]:
    for gate in scheme.gates.values():
        yield f"gate {gate.name}, open"
        for rule in gate.criteria:
            yield f"criterion {gate.name}.{rule.name}"
            yield from (f"need {gate.name}.{rule.name}.{need.name}" for need in _speaking(rule.needs) if need.name)
    for step in scheme.steps.values():
        yield f"step {step.name}"
        yield from (f"{name} done again, after {step.name}" for name in step.reopens)
    yield from (f"letter {name}" for name in scheme.letters)
    yield from (f"closing reason {name}" for name in scheme.closing_reasons)
    yield from (f"alternative {name}" for name in scheme.alternatives)
    yield from (f"{finding.name}, {row.name}" for finding in _findings(scheme) for row in finding.rows)
    yield from (f"track {track.name}" for track in scheme.tracks)
    yield from (f"{change.role} played by {change.agency}" for change in scheme.reassignments)


def _speaking(need: Need | None) -> Iterator[Need]:
    """The needs that give a reason of their own."""
    if need is not None and (need.account is not None or not need.members):
        yield need
    elif need is not None:
        yield from (one for member in need.members for one in _speaking(member))


def _of_example(scheme: Scheme, example: Example) -> Iterator[str]:
    events = events_of(scheme, example)
    yield from (name for event in events for name in _of_event(scheme, event))
    expected = [asked.at for asked in example.shape.expect] if example.shape else []
    for at in sorted({*expected, *(event.at for event in events)}):
        happened = [event for event in events if event.at <= at]
        if happened:
            yield from _of_moment(scheme, happened, at)


def events_of(scheme: Scheme, example: Example) -> tuple[Event, ...]:
    """What happens in the example's case."""
    tree = example.spot["events"].node
    assert tree is not None, example.file
    events, problems = read_events(tree, scheme)
    assert events is not None, [str(problem) for problem in problems]
    return events


def _of_event(scheme: Scheme, event: Event) -> Iterator[str]:
    step = scheme.steps.get(event.step)
    if step is None:
        return
    if event.kind is EventKind.DONE:
        yield f"step {step.name}"
    if event.kind in SENT and step.letter:
        yield f"letter {step.letter}"
    if event.kind is EventKind.REOPENED:
        titles = {each.title: each.name for each in scheme.steps.values() if step.name in each.reopens}
        yield f"{step.name} done again, after {titles.get(event.reason, event.reason)}"


def _of_moment(scheme: Scheme, happened: list[Event], at: datetime) -> Iterator[str]:
    facts = fold(happened)
    progress, known = evaluate(scheme, facts, at), settle(scheme, facts, at)
    yield f"closing reason {progress.outcome}"
    yield f"track {progress.track}"
    for reason in (*progress.stopped, *progress.held):
        gate, criterion = criterion_of(scheme, reason.rule)
        yield f"criterion {gate.name}.{criterion.name}"
        yield f"need {reason.rule}"
        yield from (f"alternative {name}" for name, text in scheme.alternatives.items() if text in reason.alternatives)
    for role, agency in progress.agencies.items():
        yield f"{role} played by {agency}"
    yield from (f"gate {name}, open" for name in scheme.gates if known.scope.facts.get(f"gate.{name}") == "open")
    for finding in _findings(scheme):
        yield from (f"{finding.name}, {row}" for row in _rows(finding, known))


def _findings(scheme: Scheme) -> Iterator[Finding]:
    return (each for each in scheme.derived if isinstance(each, Finding))


def _rows(finding: Finding, known: Known) -> Iterator[str]:
    """The row that holds."""
    value = known.scope.facts.get(finding.name)
    for row in finding.rows:
        if row.when is not None and row.when.decide(known.scope) is True:
            yield row.name
            return
    yield from (row.name for row in finding.rows if row.when is None and row.value == value)
