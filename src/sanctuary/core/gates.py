"""Which gates are shut, and why? Criteria judged against the facts; not which steps wait for that (progress)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sanctuary.core.conditions import Scope
from sanctuary.core.facts import Unknown
from sanctuary.core.reasons import Reason
from sanctuary.core.scheme import Criterion, Gate, Scheme, Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a gate says: why it is shut, the facts that undecided criteria lack, and those of them it holds for."""

    gate: Gate
    stopped: tuple[Reason, ...]
    undecided: frozenset[str]
    holding: frozenset[str]


NOTHING: frozenset[str] = frozenset()


def judge(scheme: Scheme, gate: Gate, scope: Scope, day: date) -> Verdict:
    """The verdict of `gate` on `day`, a London date: a criterion out of force that day is left out."""
    stopped: list[Reason] = []
    undecided = holding = NOTHING
    for criterion in gate.criteria:
        if not criterion.in_force.on(day):
            continue
        answer = criterion.stops_if.decide(scope)
        if answer is True:
            stopped.append(reason(scheme, gate, criterion))
        elif isinstance(answer, Unknown):
            undecided |= answer.facts
            if criterion.unknown is Stance.HOLD:
                holding |= answer.facts
    return Verdict(gate=gate, stopped=tuple(stopped), undecided=undecided, holding=holding)


def reason(scheme: Scheme, gate: Gate, criterion: Criterion) -> Reason:
    """The "no" of `criterion`, worded."""
    return Reason(
        rule=f"{gate.name}.{criterion.name}",
        text=criterion.reason,
        facts=tuple(sorted(criterion.stops_if.reads)),
        source=criterion.origin.source,
        alternatives=tuple(scheme.alternatives[name] for name in criterion.alternatives),
        code=criterion.code,
    )


def reason_of(scheme: Scheme, rule: str) -> Reason:
    """The "no" of the rule "gate.criterion". Raises KeyError or StopIteration for one that the scheme does not have."""
    name, _, criterion = rule.partition(".")
    gate = scheme.gates[name]
    return reason(scheme, gate, next(each for each in gate.criteria if each.name == criterion))


def shut(verdicts: Iterable[Verdict]) -> frozenset[str]:
    """The steps that stand behind a gate that is shut."""
    return frozenset().union(*(verdict.gate.behind for verdict in verdicts if verdict.stopped))
