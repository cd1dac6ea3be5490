"""In what does a case's progress differ from what was expected? Told with the reason, so that one look is enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from sanctuary.core.clocks import LONDON
from sanctuary.core.facts import Facts, Silence, Value
from sanctuary.core.gates import shut_by
from sanctuary.core.known import known
from sanctuary.core.progress import Progress
from sanctuary.core.retention import due
from sanctuary.core.scheme import Scheme
from sanctuary.loader.entries import ExpectShape, OpenShape

Difference = tuple[str, str]


def differences(expected: ExpectShape, scheme: Scheme, facts: Facts, progress: Progress) -> Iterator[Difference]:
    """Each key of `expected` that does not agree, with a message."""
    yield from _words(expected, progress)
    yield from _open(expected.opens(), scheme, facts, progress)
    got = {
        "done": [done.step for done in progress.done],
        "stopped": [reason.rule for reason in progress.stopped],
        "unknown": progress.unknown,
        "available": progress.available,
        "held": [reason.rule for reason in progress.held],
        "overridden": progress.overridden,
        "soft": progress.soft,
        "conflicts": [conflict.decision for conflict in progress.conflicts],
    }
    for key, names in got.items():
        wanted = getattr(expected, key)
        if wanted is not None and set(wanted) != set(names):
            yield key, f"{_sides(key, wanted, names)}{_why(key, set(wanted), set(names), scheme, facts, progress)}"
    yield from _facts(expected, scheme, facts)
    yield from _mappings(expected, progress)
    until = due(scheme, progress, expected.at).until
    kept = until.date().isoformat() if until else "none"
    if expected.kept_until not in (None, kept):
        yield "kept_until", f"expected kept_until: {expected.kept_until}; got: {kept}"


def _facts(expected: ExpectShape, scheme: Scheme, facts: Facts) -> Iterator[Difference]:
    if not expected.facts:
        return
    now = known(scheme, facts, expected.at)
    for name, wanted in expected.facts.items():
        got = _value(now.get(name, "unknown"))
        if got != wanted:
            yield "facts", f"expected {name}: {wanted}; got: {got}"


def _value(value: Value) -> str:
    """The value as an example writes it; several are listed, and an empty list is none."""
    if isinstance(value, tuple):
        return _listed(map(str, value))
    return value.value if isinstance(value, Silence) else str(value)


def _words(expected: ExpectShape, progress: Progress) -> Iterator[Difference]:
    if expected.stage is not None and expected.stage is not progress.stage:
        yield "stage", f"expected stage: {expected.stage.value}; got: {progress.stage.value}"
    if expected.outcome is not None and expected.outcome != progress.outcome:
        because = _listed(f"{reason.rule} ({reason.text})" for reason in progress.stopped)
        tail = f", because of {because}" if progress.outcome == "stopped" else ""
        yield "outcome", f"expected outcome: {expected.outcome}; got: {progress.outcome}{tail}"
    for key, got in (("status", progress.status), ("track", progress.track)):
        wanted = getattr(expected, key)
        if wanted is not None and wanted != (got or "none"):
            yield key, f"expected {key}: {wanted}; got: {got or 'none'}"


def _open(
    wanted: Mapping[str, OpenShape] | None, scheme: Scheme, facts: Facts, progress: Progress
) -> Iterator[Difference]:
    if wanted is None:
        return
    got = {open_.step: open_ for open_ in progress.open}
    if set(wanted) != set(got):
        why = _why("open", set(wanted), set(got), scheme, facts, progress)
        yield "open", f"{_sides('open', wanted, got)}{why}"
    for name, shape in wanted.items():
        open_ = got.get(name)
        if open_ is None:
            continue
        if shape.who is not None and set(shape.who) != set(open_.who):
            yield "open", f"{_sides(f'{name} to be the turn of', shape.who, open_.who)}"
        if shape.told is not None and set(shape.told) != set(open_.told):
            yield "open", _sides(f"{name} to be told to", shape.told, open_.told)
        if "due" in shape.model_fields_set and shape.due != open_.due:
            yield "open", f"expected {name} due: {_time(shape.due)}; got: {_time(open_.due)}"


def _mappings(expected: ExpectShape, progress: Progress) -> Iterator[Difference]:
    waiting = {waiting.step: waiting.on for waiting in progress.waiting}
    for name, on in (expected.waiting or {}).items():
        if name not in waiting:
            yield "waiting", f"expected {name} to wait; it does not"
        elif set(on) != set(waiting[name]):
            yield "waiting", _sides(f"{name} to wait for", on, waiting[name])
    yield from _eased(expected, progress)
    for role, agency in (expected.agencies or {}).items():
        if progress.agencies.get(role) != agency:
            yield "agencies", f"expected {role}: {agency}; got: {progress.agencies.get(role, 'none')}"
    for role, compartments in (expected.reads or {}).items():
        got = progress.reads.get(role, frozenset())
        if set(compartments) != got:
            yield "reads", _sides(f"{role} to read", compartments, sorted(got))


def _eased(expected: ExpectShape, progress: Progress) -> Iterator[Difference]:
    deferred = {each.rule: each.until for each in progress.deferred}
    if expected.deferred is not None and expected.deferred != deferred:
        told = [[f"{rule} ({_time(until)})" for rule, until in each.items()] for each in (expected.deferred, deferred)]
        yield "deferred", _sides("deferred", *told)
    limited = {step: sorted(names) for step, names in progress.limited.items()}
    if expected.limited is not None and {step: sorted(names) for step, names in expected.limited.items()} != limited:
        told = [[f"{step} ({_listed(names)})" for step, names in each.items()] for each in (expected.limited, limited)]
        yield "limited", _sides("limited", *told)


def _sides(what: str, wanted: Iterable[str], got: Iterable[str]) -> str:
    return f"expected {what}: {_listed(wanted)}; got: {_listed(got)}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "none"


def _time(at: datetime | None) -> str:
    return at.astimezone(LONDON).strftime("%Y-%m-%d %H:%M") if at else "none"


def _why(key: str, wanted: set[str], got: set[str], scheme: Scheme, facts: Facts, progress: Progress) -> str:
    """Why the steps that only one side has are where they are."""
    if key not in ("open", "done"):
        return ""
    told = [_place(name, scheme, facts, progress) for name in scheme.steps if name in wanted ^ got]
    return f", because {'; '.join(told)}" if told else ""


def _place(name: str, scheme: Scheme, facts: Facts, progress: Progress) -> str:
    """Where a step stands, and why."""
    for open_ in progress.open:
        if open_.step == name:
            return f"{name} is open since {_time(open_.since)}"
    for waiting in progress.waiting:
        if waiting.step == name:
            return f"{name} waits for {_listed(waiting.on) if waiting.on else _time(waiting.until)}"
    if name in facts.done:
        return f"{name} was done at {_time(facts.done[name])}"
    shut = [reason.rule for reason in progress.stopped if name in shut_by(scheme, reason.rule)]
    if shut:
        return f"{name} is stopped by {_listed(shut)}"
    if progress.outcome not in ("open", "stopped"):
        return f"{name} is over: the case is closed"
    return f"{name} can be done at any time" if scheme.steps[name].any_time else f"{name} does not apply"
