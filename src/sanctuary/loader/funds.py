"""Are the funds good ones? What they pay for, since when, and that no two are asked first for the same thing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sanctuary.core.conditions import FactType, Kind
from sanctuary.core.derived import Derived
from sanctuary.core.funds import UNPAID, Figure, Fund, FundFigure, Paying, in_turn
from sanctuary.core.scheme import StepKind
from sanctuary.loader.draft import Draft, Spot, origin
from sanctuary.loader.measures import chosen_in, contents
from sanctuary.loader.provisions import FundShape

_MONEY = FactType(kind=Kind.MONEY)


def facts(draft: Draft) -> Mapping[str, FactType]:
    """The figures of each fund, what it pays for, and what no fund pays for."""
    found: dict[str, FactType] = {}
    shapes = draft.measures.funds
    for name, shape in shapes.items():
        found |= {f"fund.{name}{Figure.BUDGET.value}": _MONEY} if shape.years else {}
        found |= {f"fund.{name}{Figure.CAP.value}": _MONEY} if shape.cap_per_case is not None else {}
    if shapes and chosen_in(draft, StepKind.SPECIFICATION):
        paid = FactType(kind=Kind.CHOICES, options=tuple(draft.measures.measures))
        found |= {f"fund.{name}_pays": paid for name in shapes} | {UNPAID: paid}
    return found


def derived(draft: Draft) -> tuple[Derived, ...]:
    """What follows from the funds and from what is to be fitted."""
    all_funds = funds(draft)
    figures: list[Derived] = [FundFigure(fund=fund, figure=figure) for fund in all_funds for figure in Figure]
    chosen = tuple(f"measures.{step}" for step in chosen_in(draft, StepKind.SPECIFICATION))
    titles, turns = {name: measure.title for name, measure in draft.measures.measures.items()}, in_turn(all_funds)
    figures += [Paying(fund=fund, funds=turns, chosen=chosen, labels=titles) for fund in (*all_funds, None)]
    return tuple(one for one in figures if one.name in draft.names)


def funds(draft: Draft) -> tuple[Fund, ...]:
    """The funds, in the order written, checked."""
    spots = draft.measures_spot["funds"]
    found = tuple(_fund(draft, name, shape, spots[name]) for name, shape in draft.measures.funds.items())
    _check_first(draft, found, spots)
    return found


def _fund(draft: Draft, name: str, shape: FundShape, spot: Spot) -> Fund:
    known = {*draft.measures_spot["measures"].keys, *draft.measures_spot["packages"].keys}
    draft.refer_all(spot["pays_for"], shape.pays_for, known, "measure or package")
    first = draft.fact(spot["first_refusal"], shape.first_refusal) if shape.first_refusal else None
    if first and set(first.options) != {"yes", "no"}:
        draft.note(spot["first_refusal"].place, f"{shape.first_refusal} is not answered with yes or no")
    named = shape.pays_for or tuple(draft.measures.measures)
    return Fund(
        name=name,
        title=shape.title,
        years=shape.years,
        caps=_caps(draft, shape, spot["cap_per_case"]),
        pays_for=frozenset(measure for each in named for measure in contents(draft, each)),
        first_refusal=shape.first_refusal or "",
        origin=origin(shape),
    )


def _caps(draft: Draft, shape: FundShape, spot: Spot) -> Mapping[date, Decimal]:
    cap = shape.cap_per_case
    if isinstance(cap, Decimal):
        if shape.years:
            draft.note(spot.place, "the budgets have dates; say from which day this holds: {2026-04-01: 1200.00}")
        return {date.min: cap}
    return cap or {}


def _check_first(draft: Draft, found: tuple[Fund, ...], spots: Spot) -> None:
    first = [fund for fund in found if fund.first_refusal]
    for place, fund in enumerate(first):
        for other in first[:place]:
            both = sorted(fund.pays_for & other.pays_for)
            if both:
                message = f"'{other.name}' has first refusal for {', '.join(both)} already"
                draft.note(spots[fund.name]["first_refusal"].name, message)
