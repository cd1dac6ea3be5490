"""Which keys do gates, their criteria and tracks have, and what may stand under each?

The sentences under the keys are their reference documentation. Written order is kept everywhere.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sanctuary.core.needs import Onward
from sanctuary.core.scheme import Stance
from sanctuary.loader.mapping import Cited, InForceShape, Shape
from sanctuary.loader.scalars import Lasting, Length, Name, Words

Names = Annotated[tuple[Name, ...], Field(min_length=1)]


class AccountShape(Cited):
    """What is said where a rule is not met, and where that leads."""

    reason: Words | None = None
    """Why, in words that may be said to the person. On a group, it speaks for all members."""
    then: Onward | None = None
    """What happens next: refuse (if left out), wait, pass_on or advise. A member's is its criterion's, if left out."""
    to: Words | None = None
    """Where it is passed on: the role, or the words for an outsider, to whom."""
    status: Words | None = None
    """Where it waits: what the case is called meanwhile."""
    code: Name | None = None
    """The closing reason that it leads to."""
    instead: tuple[Name, ...] = ()
    """What else there is: names of alternatives."""


class GroupShape(Shape):
    """Several needs as one. It has one of these keys, with two members or more."""

    all_of: dict[Name, NeedShape] | None = None
    """Holds if every member does."""
    any_of: dict[Name, NeedShape] | None = None
    """Holds if at least one member does."""
    none_of: dict[Name, NeedShape] | None = None
    """Holds if no member does."""


class NeedShape(GroupShape, AccountShape):
    """A member of a group: something that has to be so, or a group again."""

    holds_if: Words | None = None
    """The condition under which it is so; for a group, one of the keys of a group instead."""


GroupShape.model_rebuild()


class OverrideShape(Shape):
    """Who may set a rule aside for one case, giving a reason that is kept and shown."""

    by: Names
    """The roles that may."""


class DeferredShape(Shape):
    """A time for which a rule does not count yet."""

    within: Length
    """How long."""
    start: Words = Field(alias="from")
    """From when: a step, "opened", or a question answered with a date. Before that it does not count either."""


class RetestShape(Shape):
    """How long answers count."""

    after: Lasting = Field(alias="in")
    """How long after the step was done its answers do not count for this rule any more and it is asked again."""


class LiftedShape(Shape):
    """What goes ahead though a rule is not met."""

    steps: Names
    """The steps that do."""
    measures: tuple[Name, ...] = ()
    """The only measures that may be chosen in them meanwhile; any, if left out."""


class CriterionShape(AccountShape):
    """One rule of a gate."""

    stops_if: Words | None = None
    """The condition under which the gate is shut."""
    needs: GroupShape | None = None
    """What has to be so, instead of `stops_if`, where it has several parts with reasons of their own."""
    floor: Name | None = None
    """Instead of `stops_if`: the lowest level of risk with which the gate is open."""
    ceiling: Name | None = None
    """Instead of `stops_if`: the highest level of risk with which the gate is open."""
    unknown: Stance
    """What it means that the condition is not decided yet."""
    source: Words
    """Where in the scheme's own document this stands."""
    in_force: InForceShape | None = None
    """The days on which it applies."""
    override: OverrideShape | None = None
    """Who may set it aside for one case; nobody, if left out."""
    deferred: DeferredShape | None = None
    """Until when it does not count."""
    retest: RetestShape | None = None
    """How long what was answered counts for it, while something that the gate guards is still to be done."""
    lifted_for: LiftedShape | None = None
    """What goes ahead though it is not met."""


class GateShape(Shape):
    """Rules that stand before some steps."""

    title: Words
    """The question that the gate answers."""
    guards: tuple[Name, ...]
    """The steps that stay shut, with all that come after them."""
    criteria: dict[Name, CriterionShape]
    """The rules."""


class TrackStepShape(Shape):
    """How a step is ordered on a track."""

    after: tuple[Name, ...]
    """The steps that it comes after there, instead of those that it usually does."""


class TrackShape(Cited):
    """Another order of steps. No two tracks may be true at once: a case takes one of them, or the usual order."""

    title: Words
    """What it is called."""
    when: Words
    """The condition under which a case takes it. It cannot read what a gate says."""
    steps: dict[Name, TrackStepShape]
    """The steps that come after others than usual."""
    defers: dict[Words, DeferredShape] = {}
    """Rules, written gate.criterion, that do not count yet on this track."""
    source: Words
    """Where in the scheme's own document this stands."""
