"""What follows from the answers in a scheme? Routes, findings, decisions, consents, owners, money: each a block."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sanctuary.core.consents import Consent
from sanctuary.core.decisions import Decision, Rule
from sanctuary.core.findings import Finding
from sanctuary.core.flags import Flag
from sanctuary.core.funds import FundFigure
from sanctuary.core.origin import NOWHERE, Origin
from sanctuary.core.permissions import Permission
from sanctuary.core.risk import RiskFact
from sanctuary.core.routes import ROUTE, RouteFact
from sanctuary.core.scheme import Scheme
from sanctuary.core.wording import Wording
from sanctuary.web import wording

_RULES: Mapping[Rule, str] = {
    Rule.SINGLE: "One opinion decides",
    Rule.JOINT: "All opinions have to be the same",
    Rule.UNANIMOUS: "All have to agree",
    Rule.PANEL: "Most of those who answer decide",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Something that a definition holds, in lines. `name` is what to call it by in a comment."""

    name: str
    title: str
    lines: tuple[str, ...]
    origin: Origin = NOWHERE


def blocks(scheme: Scheme, words: Wording) -> tuple[Block, ...]:
    """Everything that follows from the answers, in the order of the definition."""
    found = (_TELLERS[type(one)](one, words) for one in scheme.derived if type(one) in _TELLERS)
    return tuple({block.name: block for several in found for block in several}.values())


def _finding(one: Finding, words: Wording) -> Iterator[Block]:
    lines = (
        f"{words.value(one.name, row.value)} {f'if {words.condition(row.when)}' if row.when else 'otherwise'}."
        f"{f' Source: {row.origin.source}.' if row.origin.source else ''}"
        for row in one.rows
    )
    yield Block(name=one.name, title=one.title, lines=tuple(lines))


def _decision(one: Decision, words: Wording) -> Iterator[Block]:
    opinions = wording.listed([f"“{words.fact(opinion.fact)}”" for opinion in one.opinions])
    quorum = f" At least {one.quorum} have to have answered." if one.quorum else ""
    yield Block(name=one.name, title=one.title, lines=(f"{_RULES[one.rule]}: {opinions}.{quorum}",), origin=one.origin)


def _consent(one: Consent, words: Wording) -> Iterator[Block]:
    lasts = f"It lasts {one.lasts}, unless it is withdrawn" if one.lasts else "It lasts until it is withdrawn"
    lines = (one.purpose, f"It is about {words.roles(one.parties, 'and')}. {lasts}, which is possible at any time.")
    yield Block(name=one.name, title=f"Consent: {one.title}", lines=lines, origin=one.origin)


def _permission(one: Permission, words: Wording) -> Iterator[Block]:
    lines = (
        f"{words.roles([link.of]).capitalize()}: “{words.scheme.steps[link.step].title}”"
        f"{f', if {words.condition(link.when)}' if link.when else ''}."
        for link in one.chain
    )
    yield Block(name=one.name, title=f"Permission: {one.title}", lines=tuple(lines), origin=one.origin)


def _route(one: RouteFact, words: Wording) -> Iterator[Block]:
    if one.name != ROUTE:
        return
    for route in one.referral.routes:
        lines = (f"{words.roles(route.roles)}. The home is surveyed: {route.survey.value}.",)
        yield Block(name=f"route.{route.name}", title=f"Referral: {route.title}", lines=lines, origin=route.origin)


def _risk(one: RiskFact, words: Wording) -> Iterator[Block]:
    levels = wording.listed([*one.risk.levels.values()])
    for tool in one.risk.tools.values():
        lines = (
            f"Levels: {levels}.",
            *(f"“{said}” is {one.risk.levels[level].lower()}." for said, level in tool.gives.items()),
        )
        yield Block(name=f"risk.{tool.name}", title=f"Risk: {tool.words}", lines=lines, origin=tool.origin)


def _fund(one: FundFigure, words: Wording) -> Iterator[Block]:
    fund = one.fund
    years = tuple(f"From {wording.day(day)}: £{amount:,.2f} a year." for day, amount in fund.years.items())
    caps = tuple(f"From {wording.day(day)}: at most £{amount:,.2f} for one case." for day, amount in fund.caps.items())
    yield Block(name=f"fund.{fund.name}", title=f"Money: {fund.title}", lines=(*years, *caps), origin=fund.origin)


def _flag(one: Flag, words: Wording) -> Iterator[Block]:
    review = f" It is looked at again every {one.every}." if one.every else ""
    yield Block(
        name=one.name, title=f"Flag: {one.title}", lines=(f"Held by {one.held_by}.{review}",), origin=one.origin
    )


_TELLERS: Mapping[type, Callable[[Any, Wording], Iterator[Block]]] = {
    Finding: _finding,
    Decision: _decision,
    Consent: _consent,
    Permission: _permission,
    RouteFact: _route,
    RiskFact: _risk,
    FundFigure: _fund,
    Flag: _flag,
}
