"""Which gates are shut, and why? Criteria judged against the facts; not which steps wait for that (progress)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sanctuary.core.conditions import Scope
from sanctuary.core.derived import asked_behind
from sanctuary.core.easing import Easing, Lifting, Retest, counts_until, ends, still_counting
from sanctuary.core.facts import Facts, Unknown
from sanctuary.core.needs import Account, Need, Onward, settling, walk, weigh
from sanctuary.core.reasons import Reason
from sanctuary.core.scheme import Criterion, Gate, Scheme, Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Steps that are kept waiting, and for which facts; `answered` where these are known, and say "wait"."""

    steps: tuple[str, ...]
    facts: frozenset[str]
    answered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Deferred:
    """A rule that is not met and does not count yet; `until` None where its time has not begun."""

    rule: str
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Eased:
    """What came of the criteria of a gate that are less than hard.

    `overridden` rules were set aside; `soft` ones stand in the way and may be; `lifted` say what goes ahead all the
    same. The answers of `outdated` steps have not counted since then; `turns` are the times at which one of these
    answers changes by itself.
    """

    overridden: tuple[str, ...] = ()
    soft: tuple[str, ...] = ()
    deferred: tuple[Deferred, ...] = ()
    lifted: tuple[Lifting, ...] = ()
    outdated: tuple[tuple[str, datetime], ...] = ()
    turns: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a gate says: why it is `stopped` and for which steps it is `shut`; why it makes others wait (`held`).

    `undecided` are the facts that undecided criteria lack.
    """

    gate: Gate
    stopped: tuple[Reason, ...]
    shut: frozenset[str]
    held: tuple[Reason, ...]
    undecided: frozenset[str]
    holds: tuple[Hold, ...]
    eased: Eased


NOTHING: frozenset[str] = frozenset()
SETTLED: Mapping[str, frozenset[str]] = {}
HARD = Eased()


def judge(
    scheme: Scheme, gate: Gate, scope: Scope, day: date, facts: Facts, behind: Mapping[str, frozenset[str]] = SETTLED
) -> Verdict:
    """The verdict of `gate` on `day`, a London date: a criterion out of force that day is left out.

    `behind` says for each derived fact that is undecided which answers would settle it.
    """
    ruling = _Ruling(scheme, gate, behind)
    for criterion in gate.criteria:
        if not criterion.in_force.on(day):
            continue
        if criterion.easing is not None:
            ruling.ease(criterion, criterion.easing, scope, facts)
            continue
        answer = criterion.stops_if.decide(scope)
        if answer is not False:
            ruling.take(criterion, answer, scope)
    return ruling.verdict()


def reasons(scheme: Scheme, gate: Gate, criterion: Criterion, scope: Scope) -> tuple[Reason, ...]:
    """What `criterion` says where it is not met: its own "no", or that of each member that fails."""
    if criterion.needs is None:
        return (reason(scheme, gate, criterion),)
    return tuple(reason(scheme, gate, criterion, need) for need in settling(weigh(criterion.needs, scope)))


def reason(scheme: Scheme, gate: Gate, criterion: Criterion, need: Need | None = None) -> Reason:
    """The "no" of `criterion`, or of one `need` in it, worded."""
    account = (need.account if need else None) or _account(criterion)
    names = (gate.name, criterion.name, need.name if need else "")
    return Reason(
        rule=".".join(filter(None, names)),
        text=account.reason,
        facts=tuple(sorted((need.holds_if if need else criterion.stops_if).reads)),
        source=account.source,
        alternatives=tuple(scheme.alternatives[name] for name in account.alternatives),
        code=account.code,
        onward=account.then,
        to=account.to,
        status=account.status,
    )


def reason_of(scheme: Scheme, rule: str) -> Reason:
    """The "no" of the rule "gate.criterion" or "gate.criterion.member".

    Raises KeyError or StopIteration for one that the scheme does not have.
    """
    gate, criterion = criterion_of(scheme, rule)
    _, _, path = rule.split(".", 1)[1].partition(".")
    need = next(each for each in _within(criterion) if each.name == path) if path else None
    return reason(scheme, gate, criterion, need)


def criterion_of(scheme: Scheme, rule: str) -> tuple[Gate, Criterion]:
    """The gate and the criterion of a rule. Raises KeyError or StopIteration for one that the scheme does not have."""
    name, _, rest = rule.partition(".")
    gate = scheme.gates[name]
    return gate, next(each for each in gate.criteria if each.name == rest.partition(".")[0])


def overridden_by(scheme: Scheme, rule: str) -> tuple[str, ...]:
    """The roles that may set `rule` aside. Raises KeyError or StopIteration for one that the scheme does not have."""
    _, criterion = criterion_of(scheme, rule)
    return criterion.easing.overridden_by if criterion.easing else ()


def rules(scheme: Scheme) -> tuple[str, ...]:
    """The names of all reasons that gates may give: of their criteria, and of the members of these."""
    return tuple(
        ".".join(filter(None, (gate.name, criterion.name, path)))
        for gate in scheme.gates.values()
        for criterion in gate.criteria
        for path in dict.fromkeys(("", *(need.name for need in _within(criterion))))
    )


def _within(criterion: Criterion) -> Iterator[Need]:
    yield from walk(criterion.needs) if criterion.needs is not None else ()


def shut(verdicts: Iterable[Verdict]) -> frozenset[str]:
    """The steps that stand behind a gate that is shut."""
    return frozenset().union(*(verdict.shut for verdict in verdicts))


def limits(verdicts: Iterable[Verdict]) -> Mapping[str, tuple[str, ...]]:
    """The measures that may be chosen in each step that goes ahead though rules are not met: those that all allow."""
    found: dict[str, tuple[str, ...]] = {}
    for verdict in verdicts:
        for lifted in verdict.eased.lifted:
            for step in lifted.steps if lifted.measures else ():
                found[step] = tuple(name for name in found.get(step, lifted.measures) if name in lifted.measures)
    return found


def shut_by(scheme: Scheme, rule: str) -> frozenset[str]:
    """The steps that cannot be done while `rule` stops them."""
    gate, criterion = criterion_of(scheme, rule)
    return gate.behind - _spared(criterion)


def held_by(scheme: Scheme, rule: str) -> frozenset[str]:
    """The steps that wait while `rule` says so; what comes after those waits for them."""
    gate, criterion = criterion_of(scheme, rule)
    return frozenset(gate.guards) - _spared(criterion)


def compartment_of(scheme: Scheme, rule: str) -> str:
    """The compartment in which the reasons for setting `rule` aside lie: that of the first step that it stops."""
    gate, _ = criterion_of(scheme, rule)
    return scheme.steps[gate.guards[0]].compartment


def is_ahead(scheme: Scheme, gate: Gate, facts: Facts, scope: Scope) -> bool:
    """Whether anything that the gate guards is still to be done."""
    return any(_is_to_do(scheme, name, facts, scope) for name in gate.guards)


def counting(scheme: Scheme, gate: Gate, criterion: Criterion, scope: Scope, facts: Facts) -> Scope:
    """What is known to `criterion`: what is in `scope`, without answers that are too old to count for it."""
    retest = criterion.easing.retest if criterion.easing else None
    if retest is None or not is_ahead(scheme, gate, facts, scope):
        return scope
    return Scope(still_counting(retest, facts, scope.facts, scope.now, scope.calendar), scope.now, scope.calendar)


def _is_to_do(scheme: Scheme, name: str, facts: Facts, scope: Scope) -> bool:
    step = scheme.steps[name]
    if name in facts.done and step.every is None:
        return False
    return step.when is None or step.when.decide(scope) is not False


def _account(criterion: Criterion) -> Account:
    return Account(
        reason=criterion.reason,
        then=criterion.then,
        to=criterion.to,
        status=criterion.status,
        code=criterion.code,
        alternatives=criterion.alternatives,
        source=criterion.origin.source,
    )


def _spared(criterion: Criterion) -> frozenset[str]:
    lifted = criterion.easing.lifted if criterion.easing else None
    return lifted.steps if lifted else NOTHING


@lru_cache(maxsize=4096)
def _quiet(scheme: Scheme, gate: str, lacking: frozenset[str], holding: frozenset[str]) -> Verdict:
    """Most gates say no more of a case than which facts they lack, and for which they hold: the same as of others."""
    found = scheme.gates[gate]
    holds = (Hold(steps=found.guards, facts=holding),) if holding else ()
    return Verdict(gate=found, stopped=(), shut=NOTHING, held=(), undecided=lacking, holds=holds, eased=HARD)


class _Ruling:
    """A verdict in the making."""

    __slots__ = ("behind", "eased", "gate", "held", "holding", "holds", "lacking", "scheme", "shut", "stopped")

    def __init__(self, scheme: Scheme, gate: Gate, behind: Mapping[str, frozenset[str]]) -> None:
        self.scheme = scheme
        self.gate = gate
        self.behind = behind
        self.stopped: tuple[Reason, ...] = ()
        self.held: tuple[Reason, ...] = ()
        self.shut = NOTHING
        self.lacking: list[frozenset[str]] = []
        self.holding: list[frozenset[str]] = []
        self.holds: list[Hold] = []
        self.eased = HARD

    def take(self, criterion: Criterion, answer: bool | Unknown, scope: Scope) -> None:
        """A criterion that is not met, or undecided."""
        if isinstance(answer, Unknown):
            self.lacking.append(answer.facts)
            if criterion.unknown is Stance.HOLD:
                self._hold(criterion, answer.facts, answered=False)
            return
        said = reasons(self.scheme, self.gate, criterion, scope)
        if all(one.onward is Onward.WAIT for one in said):
            self.held += said
            self._hold(criterion, frozenset(fact for one in said for fact in one.facts), answered=True)
        else:
            self.stopped += said
            self.shut |= self.gate.behind - _spared(criterion)

    def ease(self, criterion: Criterion, easing: Easing, scope: Scope, facts: Facts) -> None:
        """A criterion that is less than hard."""
        rule = f"{self.gate.name}.{criterion.name}"
        override = facts.overridden.get(rule)
        if override is not None and override.role in easing.overridden_by:
            self._note(overridden=(rule,))
            return
        if easing.retest is not None and is_ahead(self.scheme, self.gate, facts, scope):
            self._ask_again(easing.retest, scope, facts)
        scope = counting(self.scheme, self.gate, criterion, scope, facts)
        answer = criterion.stops_if.decide(scope)
        if answer is False or self._is_deferred(rule, easing, scope, facts):
            return
        if answer is True or criterion.unknown is Stance.HOLD:
            soft = (rule,) if easing.overridden_by else ()
            self._note(soft=soft, lifted=(easing.lifted,) if easing.lifted else ())
        self.take(criterion, answer, scope)

    def verdict(self) -> Verdict:
        """What has come of it."""
        quiet = _quiet(self.scheme, self.gate.name, self._asked(self.lacking), self._asked(self.holding))
        if not (self.stopped or self.holds) and self.eased is HARD:
            return quiet
        return replace(
            quiet,
            stopped=self.stopped,
            shut=self.shut,
            held=self.held,
            holds=(*quiet.holds, *self.holds),
            eased=self.eased,
        )

    def _hold(self, criterion: Criterion, facts: frozenset[str], *, answered: bool) -> None:
        spared = _spared(criterion)
        if spared or answered:
            steps = tuple(name for name in self.gate.guards if name not in spared)
            self.holds.append(Hold(steps=steps, facts=self._asked([facts]), answered=answered))
        else:
            self.holding.append(facts)

    def _asked(self, facts: list[frozenset[str]]) -> frozenset[str]:
        """All of them, or what would settle those that are derived."""
        return asked_behind(NOTHING.union(*facts), self.behind) if facts else NOTHING

    def _ask_again(self, retest: Retest, scope: Scope, facts: Facts) -> None:
        """Note which answers do not count any more, and until when the others do."""
        ends_at = tuple(counts_until(retest, facts, scope.calendar))
        self._note(
            outdated=tuple((step, until) for step, until in ends_at if until <= scope.now),
            turns=tuple(until for _, until in ends_at if until > scope.now),
        )

    def _is_deferred(self, rule: str, easing: Easing, scope: Scope, facts: Facts) -> bool:
        """Whether the rule does not count yet."""
        if easing.deferred is None:
            return False
        until = ends(easing.deferred, facts, scope.calendar)
        if until is not None and until <= scope.now:
            return False
        self._note(deferred=(Deferred(rule=rule, until=until),), turns=(until,) if until else ())
        return True

    def _note(self, **more: tuple[Any, ...]) -> None:
        self.eased = replace(self.eased, **{name: getattr(self.eased, name) + found for name, found in more.items()})
