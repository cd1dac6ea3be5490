"""Which keys do measures, packages, funds and flags have? Whether what they say makes sense, the builders ask.

The sentences under the keys are their reference documentation. Written order is kept everywhere.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Union

from pydantic import Discriminator, Tag

from sanctuary.loader.mapping import Cited, Shape
from sanctuary.loader.scalars import Day, FactName, Lasting, Name, OneOrMore, OptionName, Pounds, Words


class MeasureShape(Cited):
    """Something that can be fitted or provided."""

    title: Words
    """What it is called."""
    group: Name | None = None
    """The group that it belongs to."""
    standard: Words | None = None
    """The standard that it has to reach."""
    means: OneOrMore = ()
    """What sort of measure it is in the words of meanings.yaml: one, or several."""
    status: Literal["allowed", "denied", "exceptional"] = "allowed"
    """Whether it may be chosen. Allowed unless something else is said."""
    reason: Words | None = None
    """For one that is denied: why, in words that may be said to the person."""
    instead: tuple[Name, ...] = ()
    """For one that is denied: what else there is, as names of measures or alternatives."""
    justified_in: FactName | None = None
    """For an exceptional one: the question whose answer says why it is needed."""
    approved_by: tuple[Name, ...] = ()
    """For an exceptional one: the roles that have to agree to it."""
    approved_in: FactName | None = None
    """The question, yes or no or which measures, with which they agree. Without it they choose it themselves."""
    mandatory_when: Words | None = None
    """The condition under which every specification has it."""
    implies: tuple[Name, ...] = ()
    """The measures that come with it."""
    not_in: OneOrMore = ()
    """The kinds of dwelling that it is not for."""
    only_in: OneOrMore = ()
    """The only kinds of dwelling that it is for."""
    replaced_in: dict[OptionName, Name] = {}
    """Kinds of dwelling, each with the measure that takes its place there."""
    sort: Literal["fitted", "provided", "service"] = "fitted"
    """Whether it is fitted to the property, handed to the person (a phone), or done for them (a safety plan)."""
    returned_in: FactName | None = None
    """For something lent: the question whose answer lists what has come back."""


class PackageShape(Cited):
    """A model specification."""

    title: Words
    """What it is called."""
    includes: OneOrMore = ()
    """The packages, one or several, whose measures belong to it as well."""
    measures: tuple[Name, ...] = ()
    """Its own measures."""


def _figure(value: Any) -> str:
    return "dated" if isinstance(value, dict) else "plain"


FigureShape = Annotated[
    Union[Annotated[Pounds, Tag("plain")], Annotated[dict[Day, Pounds], Tag("dated")]], Discriminator(_figure)
]


class FundShape(Cited):
    """A purse that pays for measures."""

    title: Words
    """What it is called."""
    years: dict[Day, Pounds] = {}
    """Its yearly budgets, each by the day on which its year begins."""
    cap_per_case: FigureShape | None = None
    """The most that it pays for one case: an amount, or amounts by the day from which each applies."""
    pays_for: tuple[Name, ...] = ()
    """The measures and packages that it pays for; all of them, where nothing is said."""
    first_refusal: FactName | None = None
    """The question, yes or no, whether it takes on what it pays for. It is asked before other funds are looked at."""
    source: Words
    """Where in the scheme's own document this stands."""


class ReviewShape(Shape):
    """When a flag is looked at again."""

    step: Name
    """The step in which it is. It can be done again and again: with `every`, or at any time."""
    every: Lasting
    """How long after it was raised, or last looked at."""


class FlagShape(Cited):
    """A flag that somebody else holds."""

    title: Words
    """What it is called."""
    held_by: Words
    """Who holds it: a role, or words for somebody outside."""
    raised_in: FactName
    """The question, yes or no, that says that it was raised."""
    review: ReviewShape | None = None
    """When it is looked at again, if it ever is."""
    removed_in: FactName
    """The question, yes or no, that says that it was removed. No flag stays up for ever."""
    source: Words
    """Where in the scheme's own document this stands."""


class MeasuresFile(Shape):
    """The file measures.yaml."""

    measures: dict[Name, MeasureShape] = {}
    """What can be fitted or provided."""
    packages: dict[Name, PackageShape] = {}
    """The model specifications."""
    funds: dict[Name, FundShape] = {}
    """Who pays, in the order in which they are asked."""
