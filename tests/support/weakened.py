"""How can the rules of a scheme be weakened? One rule less, or otherwise, at a time; everything else as it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sanctuary.core.clocks import Period, Unit
from sanctuary.core.conditions import Kind
from sanctuary.core.conditions.tree import Fixed, Joined, Not, Term
from sanctuary.core.scheme import ALWAYS, Clock, Question, ReadingRule, Role, Scheme, Step
from tests.support.altered import condition
from tests.support.rebuilt import on_tracks, with_step
from tests.support.weakened_gates import Mutant, derived, gates

Weaker = tuple[str, Any]
NEVER = Fixed(kind=Kind.BOOL, value=False)
AN_HOUR = Period(count=1, unit=Unit.HOURS)


def weakened(scheme: Scheme) -> Iterator[Mutant]:
    """Every way of weakening one rule."""
    for what, changed in _changes(scheme):
        yield Mutant(what=what, scheme=on_tracks(scheme, changed))
    for mutant in [*gates(scheme), *derived(scheme)]:
        yield replace(mutant, scheme=on_tracks(scheme, mutant.scheme))


def _changes(scheme: Scheme) -> Iterator[tuple[str, Scheme]]:
    for step in scheme.steps.values():
        for what, changed in [*_step(step), *_questions(step)]:
            yield f"{step.name} {what}", with_step(scheme, changed)
    yield from _clocks(scheme)
    for role in scheme.roles.values():
        yield from _role(scheme, role)
    for number, change in enumerate(scheme.reassignments):
        for what, changed in (("never", None), *_conditions(change, "when")):
            kept = tuple(changed if each is change else each for each in scheme.reassignments)
            told = f"reassignment {number + 1} {what}"
            yield told, replace(scheme, reassignments=tuple(filter(None, kept)))


def _step(step: Step) -> Iterator[Weaker]:
    if step.when is not None:
        yield "applies always", replace(step, when=None)
        yield "applies never", replace(step, when=condition(NEVER))
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
        yield "reopens nothing", replace(step, reopens_if=condition(NEVER))
        yield "reopens always", replace(step, reopens_if=condition(Fixed(kind=Kind.BOOL, value=True)))
    for name in step.reopens:
        yield f"does not reopen {name}", replace(step, reopens=tuple(each for each in step.reopens if each != name))
    if step.any_time:
        yield "in line", replace(step, any_time=False)
    if step.closes_with:
        yield "closes nothing", replace(step, closes_with="")


def _questions(step: Step) -> Iterator[Weaker]:
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


def _clocks(scheme: Scheme) -> Iterator[tuple[str, Scheme]]:
    for clock in scheme.clocks:
        for what, changed in _clock(clock):
            kept = tuple(changed if each is clock else each for each in scheme.clocks)
            yield f"clock {clock.name} {what}", replace(scheme, clocks=tuple(filter(None, kept)))


def _clock(clock: Clock) -> Iterator[Weaker]:
    if clock.within is None:
        yield "of an hour, where none is stated", replace(clock, within=AN_HOUR)
        return
    yield "gone", None
    yield "longer", replace(clock, within=_longer(clock.within))
    if clock.start != "opened":
        yield "from the opening", replace(clock, start="opened")


def _role(scheme: Scheme, role: Role) -> Iterator[tuple[str, Scheme]]:
    for number, rule in enumerate(role.reads):
        for what, changed in _reading(rule):
            rules = tuple(changed if each is rule else each for each in role.reads)
            roles = {**scheme.roles, role.name: replace(role, reads=tuple(filter(None, rules)))}
            yield f"{role.name} reads, rule {number + 1} {what}", replace(scheme, roles=roles)


def _reading(rule: ReadingRule) -> Iterator[Weaker]:
    for name in rule.compartments:
        yield f"without {name}", replace(rule, compartments=tuple(each for each in rule.compartments if each != name))
    if rule.when is not None:
        yield from _conditions(rule, "when")
    if rule.until:
        yield "for good", replace(rule, until="")


def _conditions(rule: Any, key: str) -> Iterator[Weaker]:
    yield "always", replace(rule, **{key: condition(Fixed(kind=Kind.BOOL, value=True))})
    yield from _parts(rule, key)


def _parts(rule: Any, key: str) -> Iterator[Weaker]:
    """The rule without each part of its condition that is joined to others."""
    tree = getattr(rule, key).tree
    for number, weaker in enumerate(_less(tree), start=1):
        yield f"{key} without part {number}", replace(rule, **{key: condition(weaker)})


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


def _longer(period: Period) -> Period:
    return replace(period, count=period.count + 1)
