"""Which keys do the risk, dated facts and the home of concern have, and what may stand under each?

The sentences under the keys are their reference documentation.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sanctuary.loader.mapping import Cited, Shape
from sanctuary.loader.scalars import FactName, Name, OptionName, Words


class RiskToolShape(Cited):
    """A published way of assessing the risk."""

    title: Words
    """What it is called."""
    version: Words
    """Which edition of it is used."""
    gives: Annotated[dict[OptionName, Name], Field(min_length=1)]
    """What it can come to, and the level of the scheme that each of that is."""
    source: Words
    """Where in the scheme's own document this stands."""


class RiskChangesShape(Shape):
    """What follows when a later assessment comes to another level."""

    reopens: tuple[Name, ...]
    """The steps that have to be done again."""


class RiskShape(Shape):
    """How the risk is measured. Its facts are `risk.level` and `risk.tool`."""

    levels: dict[Name, Words]
    """The levels of the scheme, the lowest first."""
    tools: dict[Name, RiskToolShape]
    """The ways of assessing the risk."""
    asked_in: Annotated[tuple[FactName, ...], Field(min_length=1)]
    """The questions with `options_from: risk`, in the order in which they are asked first."""
    changes: RiskChangesShape | None = None
    """What follows when the level changes while the case is open."""


class DatedShape(Cited):
    """Something that is in force for a time, such as an order. Its fact is `dated.name`."""

    title: Words
    """What it is."""
    start: FactName | None = Field(default=None, alias="from")
    """The question that says from when; without it, it has begun."""
    until: FactName | None = None
    """The question that says until when, that day included; without it, it has no end."""
    source: Words
    """Where in the scheme's own document this stands."""


class HomeShape(Shape):
    """One of the homes that it can be about."""

    title: Words
    """What it is."""
    address: FactName
    """The question that asks for its address."""
    postcode: FactName
    """The question that asks for its postcode."""


class PropertyShape(Shape):
    """The home that is to be made safer. Its facts are `property.which`, `property.address` and so on."""

    which: FactName | None = None
    """The question that says which of the homes it is; not needed for one home."""
    homes: Annotated[dict[Name, HomeShape], Field(min_length=1)]
    """The homes that it can be, by the options of `which`."""
    kind: FactName | None = None
    """The question that says what kind of dwelling it is."""
    holders: FactName | None = None
    """The question that says who is on the tenancy or the deed."""
