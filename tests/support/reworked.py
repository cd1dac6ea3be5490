"""How can a rule that is written as a table, a chain or a tree be got wrong? One piece gone or otherwise at a time.

Whatever a definition is made of is looked into by its fields, so that a kind of rule that comes later is as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from functools import singledispatch
from typing import Any

from sanctuary.core.clocks import Period
from sanctuary.core.conditions import Condition
from sanctuary.core.conditions.tree import Term
from sanctuary.core.decisions import Rule
from sanctuary.core.needs import Need, Onward, joined
from tests.support.altered import altered, condition

# What a rule is called, where it comes from and what is told to people about it decides nothing in a case.
WORDS = frozenset(
    "name title origin source reason to status code alternatives purpose parties of reads about changes_on".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What was done, and what came of it; where it was done to a condition, that before and after."""

    what: str
    now: Any
    before: Term | None = None
    after: Term | None = None

    def within(self, whole: Any, key: str, what: str) -> Change:
        """The same change, as one of the field `key` of `whole`."""
        return replace(self, what=f"{what} {self.what}", now=replace(whole, **{key: self.now}))


def reworked(whole: Any) -> Iterator[Change]:
    """Every change of one piece of `whole`."""
    for name in pieces(whole):
        yield from (change.within(whole, name, name) for change in changed_piece(whole, name))


def pieces(whole: Any) -> Iterator[str]:
    """The fields of `whole` that decide something."""
    for field in fields(whole):
        # What a group needs is worked out from its members, and only a panel has a quorum.
        idle = {
            "holds_if": getattr(whole, "members", ()),
            "quorum": getattr(whole, "rule", Rule.PANEL) is not Rule.PANEL,
        }
        # What a piece works out from its other fields follows them.
        if field.init and field.name not in WORDS and not idle.get(field.name):
            yield field.name


def changed_piece(whole: Any, name: str) -> Iterator[Change]:
    """Every change of the piece `name` of `whole`."""
    value = getattr(whole, name)
    if value is not None and any(field.name == name and field.default is None for field in fields(whole)):
        yield Change(what="gone", now=None)
    yield from _changes(value)


@singledispatch
def _changes(value: object) -> Iterator[Change]:
    """Every change of a value; a text or a day stays as it is."""
    if is_dataclass(value):
        yield from reworked(value)


@_changes.register
def _(value: Condition) -> Iterator[Change]:
    for what, term in altered(value.tree):
        yield Change(what=what, now=condition(term), before=value.tree, after=term)


@_changes.register
def _(value: Enum) -> Iterator[Change]:
    for other in type(value):
        if other is not value:
            yield Change(what=f"{other.value} for {value.value}", now=other)


@_changes.register
def rule(value: Rule) -> Iterator[Change]:
    """A single opinion and a joint one are counted alike: all say the same."""
    for other in Rule:
        if other is not value and {other, value} != {Rule.SINGLE, Rule.JOINT}:
            yield Change(what=f"{other.value} for {value.value}", now=other)


@_changes.register
def onward(value: Onward) -> Iterator[Change]:
    """Whether somebody is refused, advised or passed on is told to them; the steps are shut alike, unless they wait."""
    other = Onward.REFUSE if value is Onward.WAIT else Onward.WAIT
    yield Change(what=f"{other.value} for {value.value}", now=other)


@_changes.register
def _(value: Period) -> Iterator[Change]:
    yield Change(what="longer", now=replace(value, count=value.count + 1))


@_changes.register
def _(value: int) -> Iterator[Change]:
    if value and not isinstance(value, bool):
        yield Change(what="one more", now=value + 1)


@_changes.register(frozenset)
def _(value: frozenset[Any]) -> Iterator[Change]:
    yield from (Change(what=f"without {one}", now=value - {one}) for one in sorted(value))


@_changes.register(Mapping)
def _(value: Mapping[str, Any]) -> Iterator[Change]:
    for name, one in value.items():
        for change in _changes(one):
            yield replace(change, what=f"{name} {change.what}", now={**value, name: change.now})


@_changes.register(tuple)
def _(values: tuple[Any, ...]) -> Iterator[Change]:
    for place, one in enumerate(values):
        before, after = values[:place], values[place + 1 :]
        name = getattr(one, "name", "") or f"{place + 1}"
        yield Change(what=f"without {one if isinstance(one, str) else name}", now=(*before, *after))
        for change in _changes(one):
            yield replace(change, what=f"{name} {change.what}", now=(*before, change.now, *after))


def settled(need: Need) -> Need:
    """The need, with what its groups ask for worked out again from their members; a group of one is that one."""
    if need.mode is None:
        return need
    members = tuple(settled(member) for member in need.members)
    return replace(need, members=members, holds_if=joined(need.mode, members))
