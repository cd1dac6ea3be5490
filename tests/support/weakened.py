"""How can the rules of a scheme be weakened? One rule less, or less strict, at a time; everything else as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sanctuary.core.clocks import Period, Unit
from sanctuary.core.conditions import Condition, Kind
from sanctuary.core.conditions.closures import closure
from sanctuary.core.conditions.tree import Fixed, Joined, Not, Term, reads
from sanctuary.core.facts import Silence
from sanctuary.core.scheme import ALWAYS, Clock, Criterion, Gate, Question, ReadingRule, Role, Scheme, Stance, Step

Mutant = tuple[str, Scheme]
Change = tuple[str, Any]
NEVER = Fixed(kind=Kind.BOOL, value=False)
AN_HOUR = Period(count=1, unit=Unit.HOURS)


def weakened(scheme: Scheme) -> Iterator[Mutant]:
    """What was done, and the scheme that came of it."""
    for gate in scheme.gates.values():
        yield from _gate(scheme, gate)
    for step in scheme.steps.values():
        for what, changed in [*_step(step), *_questions(step)]:
            yield f"{step.name} {what}", _with_step(scheme, changed)
    yield from _clocks(scheme)
    for role in scheme.roles.values():
        yield from _role(scheme, role)
    for number, change in enumerate(scheme.reassignments):
        for what, changed in (("never", None), *_conditions(change, "when")):
            kept = tuple(changed if each is change else each for each in scheme.reassignments)
            told = f"reassignment {number + 1} {what}"
            yield told, replace(scheme, reassignments=tuple(filter(None, kept)))


def _gate(scheme: Scheme, gate: Gate) -> Iterator[Mutant]:
    for name in gate.guards:
        changed = replace(gate, guards=tuple(each for each in gate.guards if each != name))
        # A step that comes after another that is guarded is guarded as well, unless the gate could hold it.
        if _behind(changed, scheme.steps) != gate.behind or any(
            _may_hold(scheme, gate, rule) for rule in gate.criteria
        ):
            yield f"{gate.name} does not guard {name}", _with_gate(scheme, changed)
    for criterion in gate.criteria:
        for what, weaker in _criterion(criterion, may_hold=_may_hold(scheme, gate, criterion)):
            criteria = tuple(weaker if each is criterion else each for each in gate.criteria)
            changed = replace(gate, criteria=tuple(filter(None, criteria)))
            yield f"{gate.name}.{criterion.name} {what}", _with_gate(scheme, changed)


def _criterion(criterion: Criterion, *, may_hold: bool) -> Iterator[Change]:
    yield "gone", None
    if criterion.unknown is Stance.CARRY_ON:
        yield "holds", replace(criterion, unknown=Stance.HOLD)
    elif may_hold:
        yield "carries on", replace(criterion, unknown=Stance.CARRY_ON)
    if criterion.in_force != ALWAYS:
        yield "always in force", replace(criterion, in_force=ALWAYS)
    yield from _parts(criterion, "stops_if")


def _may_hold(scheme: Scheme, gate: Gate, criterion: Criterion) -> bool:
    """Whether a step may ever wait for the facts: not where it comes after the steps that have to answer them."""
    facts = _answers(scheme, criterion.stops_if.reads)
    asked = {name.partition(".")[0] for name in facts}
    settled = all(_must_say(scheme, *name.split(".")[:2]) for name in facts)
    before = [_before(scheme, name) for name in gate.guards]
    return criterion.unknown is Stance.HOLD and not (settled and all(asked <= each for each in before))


def _answers(scheme: Scheme, facts: frozenset[str]) -> frozenset[str]:
    """The facts, with the answers behind those that are derived."""
    derived = {one.name: one.reads for one in scheme.derived}
    while not derived.keys().isdisjoint(facts):
        facts = frozenset(answer for name in facts for answer in derived.get(name, (name,)))
    return facts


def _must_say(scheme: Scheme, step: str, name: str) -> bool:
    """Whether the step, once done, has settled the fact."""
    found = [each for each in scheme.steps[step].questions if each.name == name] if step in scheme.steps else []
    return all(not each.optional and each.allow in ((), (Silence.NOT_APPLICABLE,)) for each in found) and bool(found)


def _before(scheme: Scheme, name: str) -> frozenset[str]:
    """The steps that the step comes after, directly or not."""
    direct = scheme.steps[name].after
    return frozenset(direct).union(*(_before(scheme, each) for each in direct))


def _step(step: Step) -> Iterator[Change]:
    if step.when is not None:
        yield "applies always", replace(step, when=None)
        yield "applies never", replace(step, when=_condition(NEVER))
        yield from _parts(step, "when")
    for name in step.after:
        yield f"not after {name}", replace(step, after=tuple(each for each in step.after if each != name))
    if step.opens is not None:
        yield "opens at once", replace(step, opens=None)
        yield "opens later", replace(step, opens=replace(step.opens, period=_longer(step.opens.period)))
    if step.every is not None:
        yield "does not come back", replace(step, every=None)
        yield "comes back later", replace(step, every=_longer(step.every))
    if step.reopens_if is not None:
        yield "reopens nothing", replace(step, reopens_if=_condition(NEVER))
        yield "reopens always", replace(step, reopens_if=_condition(Fixed(kind=Kind.BOOL, value=True)))
    for name in step.reopens:
        yield f"does not reopen {name}", replace(step, reopens=tuple(each for each in step.reopens if each != name))
    if step.any_time:
        yield "in line", replace(step, any_time=False)
    if step.closes_with:
        yield "closes nothing", replace(step, closes_with="")


def _questions(step: Step) -> Iterator[Change]:
    for question in step.questions:
        if question.when is not None and not question.optional:
            yield f"asks {question.name} always", _asking(step, question, replace(question, when=None))
        if question.in_force != ALWAYS:
            yield f"asks {question.name} on all days", _asking(step, question, replace(question, in_force=ALWAYS))


def _asking(step: Step, question: Question, changed: Question) -> Step:
    sections = tuple(
        replace(section, questions=tuple(changed if each is question else each for each in section.questions))
        for section in step.sections
    )
    return replace(step, sections=sections)


def _clocks(scheme: Scheme) -> Iterator[Mutant]:
    for clock in scheme.clocks:
        for what, changed in _clock(clock):
            kept = tuple(changed if each is clock else each for each in scheme.clocks)
            yield f"clock {clock.name} {what}", replace(scheme, clocks=tuple(filter(None, kept)))


def _clock(clock: Clock) -> Iterator[Change]:
    if clock.within is None:
        yield "of an hour, where none is stated", replace(clock, within=AN_HOUR)
        return
    yield "gone", None
    yield "longer", replace(clock, within=_longer(clock.within))
    if clock.start != "opened":
        yield "from the opening", replace(clock, start="opened")


def _role(scheme: Scheme, role: Role) -> Iterator[Mutant]:
    for number, rule in enumerate(role.reads):
        for what, changed in _reading(rule):
            rules = tuple(changed if each is rule else each for each in role.reads)
            roles = {**scheme.roles, role.name: replace(role, reads=tuple(filter(None, rules)))}
            yield f"{role.name} reads, rule {number + 1} {what}", replace(scheme, roles=roles)


def _reading(rule: ReadingRule) -> Iterator[Change]:
    for name in rule.compartments:
        yield f"without {name}", replace(rule, compartments=tuple(each for each in rule.compartments if each != name))
    if rule.when is not None:
        yield from _conditions(rule, "when")
    if rule.until:
        yield "for good", replace(rule, until="")


def _conditions(rule: Any, key: str) -> Iterator[Change]:
    yield "always", replace(rule, **{key: _condition(Fixed(kind=Kind.BOOL, value=True))})
    yield from _parts(rule, key)


def _parts(rule: Any, key: str) -> Iterator[Change]:
    """The rule without each part of its condition that is joined to others."""
    tree = getattr(rule, key).tree
    for number, weaker in enumerate(_less(tree), start=1):
        yield f"{key} without part {number}", replace(rule, **{key: _condition(weaker)})


def _less(term: Term) -> Iterator[Term]:
    match term:
        case Not():
            yield from (replace(term, operand=less) for less in _less(term.operand))
        case Joined():
            for place, operand in enumerate(term.operands):
                rest = (*term.operands[:place], *term.operands[place + 1 :])
                yield rest[0] if len(rest) == 1 else replace(term, operands=rest)
                for less in _less(operand):
                    yield replace(term, operands=(*term.operands[:place], less, *term.operands[place + 1 :]))


def _condition(tree: Term) -> Condition:
    return Condition(text="", reads=reads(tree), tree=tree, decide=closure(tree))


def _longer(period: Period) -> Period:
    return replace(period, count=period.count + 1)


def _with_step(scheme: Scheme, changed: Step) -> Scheme:
    steps = {**scheme.steps, changed.name: changed}
    gates = {name: replace(gate, behind=_behind(gate, steps)) for name, gate in scheme.gates.items()}
    return _with_gates(replace(scheme, steps=steps), gates)


def _with_gate(scheme: Scheme, changed: Gate) -> Scheme:
    found = replace(changed, behind=_behind(changed, scheme.steps))
    return _with_gates(scheme, {**scheme.gates, changed.name: found})


def _with_gates(scheme: Scheme, gates: Mapping[str, Gate]) -> Scheme:
    """The scheme with these gates, in the order in which gates and derived facts are settled."""
    settles = tuple(gates[one.name] if isinstance(one, Gate) else one for one in scheme.settles)
    return replace(scheme, gates=gates, settles=settles)


def _behind(gate: Gate, steps: Mapping[str, Step]) -> frozenset[str]:
    """The guarded steps and all that come after them."""
    behind: set[str] = set()
    more = set(gate.guards)
    while more:
        behind |= more
        more = {step.name for step in steps.values() if behind.intersection(step.after)} - behind
    return frozenset(behind)
