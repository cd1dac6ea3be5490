"""What has to be so, one part inside another, and which parts fail? Not what a gate makes of that (gates).

A tree of needs is data: whoever explains a rule walks it with `weigh`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from sanctuary.core.conditions import Condition, Scope
from sanctuary.core.conditions.closures import closure
from sanctuary.core.conditions.tree import Joined, Not, Term, reads
from sanctuary.core.facts import Unknown


class Onward(Enum):
    """What happens to the person's request where a rule is not met."""

    REFUSE = "refuse"
    WAIT = "wait"
    PASS_ON = "pass_on"  # noqa: S105 - no password
    ADVISE = "advise"


class Mode(Enum):
    """How many members of a group have to hold for the group to hold."""

    ALL = "all_of"
    ANY = "any_of"
    NONE = "none_of"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What is said where something fails, and where it leads: `to` is whom it is passed on to.

    `status` is what the case is called while it waits.
    """

    reason: str
    then: Onward = Onward.REFUSE
    to: str = ""
    status: str = ""
    code: str = ""
    alternatives: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One need, or a group of them with its `mode`. `name` is its path below the criterion, "home.is_own".

    One without an `account` is spoken for by its members, or by the group around it.
    """

    name: str
    holds_if: Condition
    account: Account | None = None
    mode: Mode | None = None
    members: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A need, whether it holds, and the same of its members."""

    need: Need
    holds: bool | Unknown
    members: tuple[Weighed, ...] = ()


def weigh(need: Need, scope: Scope) -> Weighed:
    """Whether `need` and everything in it holds."""
    members = tuple(weigh(member, scope) for member in need.members)
    return Weighed(need=need, holds=need.holds_if.decide(scope), members=members)


def settling(weighed: Weighed) -> Iterator[Need]:
    """The needs that speak for the answer: those with an account whose own answers brought it about."""
    if weighed.need.account is not None or not weighed.members:
        yield weighed.need
        return
    # In "none of" it is what holds that makes the group fail.
    wanted = weighed.holds is not (weighed.need.mode is Mode.NONE)
    for member in weighed.members:
        if member.holds is wanted:
            yield from settling(member)


def walk(need: Need) -> Iterator[Need]:
    """The need and every need inside it."""
    yield need
    for member in need.members:
        yield from walk(member)


def joined(mode: Mode, members: tuple[Need, ...]) -> Condition:
    """When a group holds, as one condition."""
    operator = "&&" if mode is Mode.ALL else "||"
    text = f" {operator} ".join(f"({member.holds_if.text})" for member in members)
    together = _condition(text, Joined(operator=operator, operands=tuple(member.holds_if.tree for member in members)))
    return opposite(together) if mode is Mode.NONE else together


def opposite(condition: Condition) -> Condition:
    """The condition that is true where this one is false, and unknown where it is."""
    tree = condition.tree
    return _condition(f"!({condition.text})", tree.operand if isinstance(tree, Not) else Not(operand=tree))


def _condition(text: str, tree: Term) -> Condition:
    return Condition(text=text, reads=reads(tree), tree=tree, decide=closure(tree))
