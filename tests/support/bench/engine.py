"""How long does the engine take? Conditions, whole schemes, and a case of fifty events from ciphertext to progress."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from time import process_time
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sanctuary.actions import kept
from sanctuary.core.conditions import Condition, Scope
from sanctuary.core.events import Event, fold
from sanctuary.core.known import known
from sanctuary.core.progress import evaluate
from sanctuary.core.scheme import Scheme
from sanctuary.jobs.generation import plots
from sanctuary.jobs.retelling import Story
from sanctuary.records import crypto, events
from sanctuary.records.payload import load_event
from tests.support.bench.result import Result
from tests.support.bench.sixty import NOW, answered, sixty, unanswered
from tests.support.bench.timing import timed, timed_small

CONDITION, SCHEME, CASE = 2e-6, 150e-6, 3e-3
Told = tuple[Scheme, Story]


def measured(runs: int) -> list[Result]:
    """The first two rows of the table of promises."""
    told = [(plot.scheme, plot.story) for plot in plots()]
    return [*_conditions(told, runs), *_schemes(told, runs), *_case(told, runs)]


def conditions(scheme: Scheme) -> list[Condition]:
    """Every condition that an evaluation of the scheme may decide: those that show or hide questions are not."""
    found = [criterion.stops_if for gate in scheme.gates.values() for criterion in gate.criteria]
    found += [step.when for step in scheme.steps.values() if step.when]
    found += [rule.when for role in scheme.roles.values() for rule in role.reads if rule.when]
    return [*found, *(change.when for change in scheme.reassignments)]


def _conditions(told: Sequence[Told], runs: int) -> Iterator[Result]:
    """All conditions of a scheme on the facts of its stories, beside looking one fact up and comparing it in Python."""
    scopes = [
        (scheme, Scope(known(scheme, fold(story), _end(story)), _end(story), scheme.calendar)) for scheme, story in told
    ]
    pairs = [(condition.decide, scope) for scheme, scope in scopes for condition in conditions(scheme)]
    facts, count = scopes[0][1].facts, len(pairs)

    def decide() -> None:
        for judge, scope in pairs:
            judge(scope)

    def compare() -> None:
        for _ in pairs:
            facts.get("referral.harm") == "domestic_abuse"  # noqa: B015

    ours, floor = timed([[decide], [compare]], runs, clock=process_time)
    what = f"a condition: {count:,} pairs of condition and facts from all schemes’ examples"
    yield Result(what=what, timing=ours.over(count), floor=floor.over(count), within=CONDITION)


def _schemes(told: Sequence[Told], runs: int) -> Iterator[Result]:
    made, batch = sixty(), 20
    whole, nothing = answered(), unanswered()
    judges: list[tuple[str, Callable[[], Any]]] = [
        ("a scheme of exactly 60 criteria, everything answered", lambda: evaluate(made, whole, NOW)),
        ("a scheme of exactly 60 criteria, nothing answered", lambda: evaluate(made, nothing, NOW)),
    ]
    timings = timed_small([judge for _, judge in judges], runs, batch=batch)
    for (what, _), timing in zip(judges, timings, strict=True):
        yield Result(what=what, timing=timing, within=SCHEME)
    for key, scheme in {scheme.key: scheme for scheme, _ in told}.items():
        ends = [(fold(story), _end(story)) for other, story in told if other.key == key]
        lanes = [[lambda facts=facts, at=at, scheme=scheme: evaluate(scheme, facts, at) for facts, at in ends]]
        (timing,) = timed(lanes, runs * 5, clock=process_time)
        criteria = sum(len(gate.criteria) for gate in scheme.gates.values())
        what = (
            f"{scheme.title}: {len(conditions(scheme))} conditions, {criteria} of them criteria, {len(ends)} examples"
        )
        yield Result(what=what, timing=timing, within=SCHEME)


def _case(told: Sequence[Told], runs: int) -> Iterator[Result]:
    """Beside: opening the ciphertexts and reading their JSON, and nothing more."""
    scheme, story = min(told, key=lambda one: abs(len(one[1]) - 50))
    case_id, at = uuid4(), _end(story)
    rows = _rows(scheme, case_id, story)

    def concluded() -> object:
        loaded = (load_event(one.kind, one.happened_at, one.payload or b"") for one in events.opened(case_id, rows))
        return evaluate(scheme, fold(loaded), at)

    def read() -> object:
        return [json.loads(one.payload or b"") for one in events.opened(case_id, rows)]

    ours, floor = timed([[concluded], [read]], runs * 5, clock=process_time)
    what = f"fold and evaluate a case of {len(story)} events, decrypting included"
    yield Result(what=what, timing=ours, floor=floor, within=CASE)


def _rows(scheme: Scheme, case_id: UUID, story: Sequence[Event]) -> list[tuple[Any, ...]]:
    """The rows that the database would give for the case."""
    keys = {part.number: crypto.new_key() for part in scheme.compartments.values()}
    ciphers = {number: AESGCM(key) for number, key in keys.items()}
    wrapped = {number: crypto.wrap(key, case_id, number) for number, key in keys.items()}
    return [_row(case_id, seq, kept.entry(scheme, event), ciphers, wrapped) for seq, event in enumerate(story, start=1)]


def _row(
    case_id: UUID, seq: int, entry: events.Entry, ciphers: dict[int, AESGCM], wrapped: Mapping[int, bytes]
) -> tuple[Any, ...]:
    *_, nonce, ciphertext = events.sealed(case_id, seq, entry, ciphers)
    who = (entry.happened_at, entry.happened_at, "agency", case_id, "Somebody")
    return (seq, entry.compartment, entry.kind, *who, nonce, ciphertext, wrapped[entry.compartment])


def _end(story: Story) -> datetime:
    return story[-1].at + timedelta(days=1)
