"""Is it plain which figure applies on a day? Rules that ask the same, of which one is dated and another applies too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from itertools import combinations

from sanctuary.core.conditions import Kind
from sanctuary.core.conditions.tree import Fixed
from sanctuary.core.scheme import ALWAYS, InForce, Scheme
from sanctuary.core.stages import Stage
from sanctuary.loader.draft import Draft, Spot, pages

_FIGURES = (Kind.NUMBER, Kind.MONEY, Kind.DATE, Kind.DURATION, Kind.PERIOD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A rule with a figure in it: `about` is the same for all rules that say the same but for their figures."""

    name: str
    about: object
    in_force: InForce
    spot: Spot


def check_figures(draft: Draft, scheme: Scheme) -> None:
    """Note every figure without a date where another has one, and every two whose days overlap."""
    for figures in (_clocks(draft, scheme), *_criteria(draft, scheme), *_questions(draft, scheme)):
        for one, other in combinations(figures, 2):
            if one.about == other.about and (one.in_force, other.in_force) != (ALWAYS, ALWAYS):
                _compare(draft, one, other)


def gate_spot(draft: Draft, name: str) -> Spot:
    """Where the gate `name` is written."""
    spots = (spot["gates"][name] for _, spot in draft.stages.values() if name in spot["gates"].keys)
    return next(spots, draft.stages[Stage.REFERRAL][1]["routes"])


def _compare(draft: Draft, one: Figure, other: Figure) -> None:
    undated, dated = (other, one) if other.in_force == ALWAYS else (one, other)
    if undated.in_force == ALWAYS:
        message = f"'{dated.name}' says the same and has a date; say with 'in_force' when this applies"
        draft.note(undated.spot.name, message)
    elif both := _common(one.in_force, other.in_force):
        draft.note(other.spot["in_force"].place, f"'{one.name}' says the same, and both apply on {both}")


def _common(one: InForce, other: InForce) -> date | None:
    """The first day on which both apply, or the last where they have no first."""
    start = max(one.start or date.min, other.start or date.min)
    end = min(one.end or date.max, other.end or date.max)
    if start > end:
        return None
    return start if start > date.min else end


def _clocks(draft: Draft, scheme: Scheme) -> Sequence[Figure]:
    """Clocks that time the same: from the same start until the same step."""
    return [
        Figure(name=clock.name, about=(clock.start, clock.before, clock.until), in_force=clock.in_force, spot=spot)
        for clock in scheme.clocks
        for spot in [_clock_spot(draft, clock.name)]
    ]


def _clock_spot(draft: Draft, name: str) -> Spot:
    written = [spot["clocks"][name] for _, spot in draft.stages.values() if name in spot["clocks"].keys]
    return written[0] if written else draft.steps[name].spot["clock"]


def _criteria(draft: Draft, scheme: Scheme) -> Iterator[Sequence[Figure]]:
    """Criteria of one gate that are alike but for the figures in them."""
    for gate in scheme.gates.values():
        spot = gate_spot(draft, gate.name)["criteria"]
        yield [
            Figure(
                name=rule.name, about=without_figures(rule.stops_if.tree), in_force=rule.in_force, spot=spot[rule.name]
            )
            for rule in gate.criteria
        ]


def _questions(draft: Draft, scheme: Scheme) -> Iterator[Sequence[Figure]]:
    """Questions of one step in the same words, asked under the same condition."""
    for step in scheme.steps.values():
        places = {name: page.spot[name] for page in pages(draft, draft.steps[step.name]) for name in page.questions}
        yield [
            Figure(
                name=question.name,
                about=(question.ask.casefold(), question.when),
                in_force=question.in_force,
                spot=places[question.name],
            )
            for question in step.questions
        ]


def without_figures(term: object) -> object:
    """What a condition asks, whatever the figures are that it asks about."""
    if isinstance(term, Fixed) and term.kind in _FIGURES:
        return term.kind
    if is_dataclass(term):
        return (type(term), *(without_figures(getattr(term, field.name)) for field in fields(term)))
    return tuple(map(without_figures, term)) if isinstance(term, tuple) else term
