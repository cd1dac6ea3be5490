"""What follows from the answers without being asked? The shape of a derived fact; each kind of them is a module."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from sanctuary.core.conditions import Scope
from sanctuary.core.facts import Facts, Unknown, Value


class Derived(Protocol):
    """A fact that the definition works out, such as the risk level or what three opinions come to.

    Its name has two halves, as in "risk.level" or "found.decides".
    """

    @property
    def name(self) -> str:
        """How conditions read it."""
        ...

    @property
    def title(self) -> str:
        """What it is called, within a sentence."""
        ...

    @property
    def labels(self) -> Mapping[str, str]:
        """The words of each of its values; empty where these are words, sums or dates themselves."""
        ...

    @property
    def reads(self) -> frozenset[str]:
        """The facts that it rests on."""
        ...

    def decide(self, facts: Facts, scope: Scope) -> Value | Unknown:
        """The value at `scope.now`, or the facts any of which might settle it. `scope.facts` holds what is known."""
        ...


def asked_behind(facts: frozenset[str], behind: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """`facts`, with each derived one that is undecided replaced by the answers that would settle it."""
    if behind.keys().isdisjoint(facts):
        return facts
    return frozenset([asked for name in facts for asked in behind.get(name, (name,))])
