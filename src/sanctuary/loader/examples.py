"""Does a scheme do what its examples say? Their files, run through the engine; what differs, where it was expected."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from sanctuary.core.conditions.names import suggestion
from sanctuary.core.events import Event, fold
from sanctuary.core.gates import rules
from sanctuary.core.progress import evaluate
from sanctuary.core.scheme import Scheme
from sanctuary.loader.casefile import read_events
from sanctuary.loader.differences import differences
from sanctuary.loader.draft import Spot
from sanctuary.loader.entries import ExampleFile, ExpectShape
from sanctuary.loader.problems import Problem, ordered, problem
from sanctuary.loader.shown import Shown, shown

# A file of examples/.
Example = Shown[ExampleFile]


def examples(folder: Path) -> tuple[Example, ...]:
    """The examples of the definition in `folder`, by name."""
    needs = "an example has a title, events and expect"
    return tuple(shown(path, ExampleFile, needs) for path in sorted((folder / "examples").glob("*.yaml")))


def run(example: Example, scheme: Scheme) -> tuple[Problem, ...]:
    """Everything in which the scheme differs from what the example expects, or that is wrong with the example."""
    if example.shape is None or example.problems:
        return example.problems
    spot = example.spot["events"]
    events, problems = read_events(spot.node, scheme) if spot.node is not None else (None, ())
    found = [*problems]
    for number, expected in enumerate(example.shape.expect):
        wanted = example.spot["expect"][number]
        misnamed = [*_misnamed(expected, wanted, scheme)]
        found += misnamed
        if events is not None and not misnamed:
            found += _compared(expected, wanted, scheme, events)
    if not example.shape.expect:
        found.append(problem(example.spot["expect"].place, "say at least once where the case should stand"))
    return ordered(found)


def _compared(expected: ExpectShape, spot: Spot, scheme: Scheme, events: tuple[Event, ...]) -> Iterator[Problem]:
    happened = [event for event in events if event.at <= expected.at]
    if not happened:
        yield problem(spot["at"].place, "the case is not open yet at this time")
        return
    facts = fold(happened)
    for key, message in differences(expected, scheme, facts, evaluate(scheme, facts, expected.at)):
        yield problem(spot[key].name, message)


def _misnamed(expected: ExpectShape, spot: Spot, scheme: Scheme) -> Iterator[Problem]:
    """Every name in `expected` that the scheme does not have."""
    outcomes = ("open", "stopped", *scheme.closing_reasons)
    if expected.outcome is not None:
        yield from _unknown((expected.outcome,), outcomes, "outcome", spot["outcome"])
    yield from _unknown(expected.opens() or (), scheme.steps, "step", spot["open"])
    for key in ("done", "waiting", "available"):
        yield from _unknown(getattr(expected, key) or (), scheme.steps, "step", spot[key])
    for key in ("stopped", "held", "overridden", "soft", "deferred"):
        yield from _unknown(getattr(expected, key) or (), rules(scheme), "criterion", spot[key])
    tracks = ("none", *(track.name for track in scheme.tracks))
    yield from _unknown((expected.track,) if expected.track else (), tracks, "track", spot["track"])
    for step, measures in (expected.limited or {}).items():
        yield from _unknown((step,), scheme.steps, "step", spot["limited"])
        yield from _unknown(measures, scheme.measures, "measure", spot["limited"][step])
    decisions = [name.partition(".")[2] for name in scheme.names if name.startswith("decided.")]
    yield from _unknown(expected.conflicts or (), decisions, "decision", spot["conflicts"])
    yield from _unknown(expected.facts or (), scheme.names, "fact", spot["facts"])
    columns = [f"{fact}.{column}" for fact, kind in scheme.names.items() for column in kind.columns]
    yield from _unknown(expected.unknown or (), (*scheme.names, *columns), "question", spot["unknown"])
    for key in ("agencies", "reads"):
        yield from _unknown(getattr(expected, key) or (), scheme.roles, "role", spot[key])
    for role, compartments in (expected.reads or {}).items():
        yield from _unknown(compartments, scheme.compartments, "compartment", spot["reads"][role])
    for role, agency in (expected.agencies or {}).items():
        yield from _unknown((agency,), scheme.agencies, "agency", spot["agencies"][role])


def _unknown(names: Collection[str], known: Collection[str], what: str, spot: Spot) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            yield problem(spot.find(name), f"there is no {what} '{name}'{suggestion(name, known)}")
