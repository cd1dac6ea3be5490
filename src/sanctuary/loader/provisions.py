"""Which keys does measures.yaml have, and what may stand under each? Whether they make sense is asked in `measures`.

The sentences under the keys are their reference documentation. Written order is kept everywhere.
"""

from __future__ import annotations

from typing import Literal

from sanctuary.loader.mapping import Cited, Shape
from sanctuary.loader.scalars import FactName, Name, OneOrMore, OptionName, Words


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


class MeasuresFile(Shape):
    """The file measures.yaml."""

    measures: dict[Name, MeasureShape] = {}
    """What can be fitted or provided."""
    packages: dict[Name, PackageShape] = {}
    """The model specifications."""
