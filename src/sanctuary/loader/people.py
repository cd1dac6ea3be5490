"""Which keys do routes, decisions, consents and permissions have, and what may stand under each?

The sentences under the keys are their reference documentation.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sanctuary.core.decisions import Rule
from sanctuary.core.routes import Survey
from sanctuary.loader.mapping import Cited, Shape
from sanctuary.loader.scalars import FactName, Lasting, Name, OptionName, Whole, Words

_Answers = Annotated[tuple[OptionName, ...], Field(min_length=1)]


class AccreditationShape(Cited):
    """A recognition that some agencies hold."""

    title: Words
    """What it is called."""
    held_by: tuple[Name, ...]
    """The agencies that hold it."""


class EvidenceShape(Cited):
    """Something that a route asks for."""

    needs: Words
    """The condition under which it is there. Until it is, what comes after the referral waits."""
    reason: Words
    """What is missing, in words that may be said to whoever refers."""
    source: Words
    """Where in the scheme's own document this stands."""


class RouteShape(Cited):
    """A way in which a case may be referred."""

    title: Words
    """What it is called."""
    who: Annotated[tuple[Name, ...], Field(min_length=1)]
    """The roles that may refer in this way."""
    agencies: tuple[Name, ...] | None = None
    """The agencies that may, where not all of those that play the roles may."""
    accredited: tuple[Name, ...] | None = None
    """The accreditations of which the agency has to hold one."""
    evidence: dict[Name, EvidenceShape] = {}
    """What it asks for."""
    survey: Survey
    """Whether the home is surveyed before the referral, with it, after it or never. Conditions read `route.survey`."""
    source: Words
    """Where in the scheme's own document this stands."""


class DecisionShape(Cited):
    """What several opinions come to. Its fact is `decided.name`."""

    title: Words
    """What is decided."""
    opinions: Annotated[tuple[FactName, ...], Field(min_length=1)]
    """The questions in which the opinions are given. One whose step does not apply is left out."""
    agrees: _Answers = Field(alias="for")
    """The answers that are for it; every other is against."""
    rule: Rule
    """How the opinions become a decision: single, joint, unanimous or panel."""
    quorum: Annotated[Whole, Field(ge=1)] | None = None
    """For a panel: how many opinions are needed at least. Without it, all of them."""
    source: Words
    """Where in the scheme's own document this stands."""


class ConsentShape(Cited):
    """Something that the person may agree to, apart from everything else. Its fact is `consented.name`."""

    title: Words
    """What it is called."""
    purpose: Words
    """What it is for, in words that can be said to the person."""
    parties: Annotated[tuple[Words, ...], Field(alias="with", min_length=1)]
    """Whom it is about: roles, or words for those without one."""
    given: FactName
    """The question whose answer gives or refuses it."""
    agrees: _Answers = Field(default=("yes",), alias="for")
    """The answers that give it, where that is not yes."""
    lasts: Lasting | None = None
    """How long it holds from the step in which it was given. Without it, until it is withdrawn."""
    source: Words
    """Where in the scheme's own document this stands."""


class LinkShape(Shape):
    """One owner in a chain. The step is asked after those of the owners before, and not at all once one has refused."""

    of: Words
    """Who they are: occupier, landlord, managing agent, …"""
    step: Name
    """The enquiry or consent in which they answer. Its own `when` says whether this home has such an owner."""
    given: Name = "given"
    """The step's question that holds the answer."""
    agrees: _Answers = Field(default=("yes",), alias="for")
    """The answers that permit it, where that is not yes."""


class PermissionShape(Cited):
    """What several owners permit, one after the other. Its fact is `permitted.name`."""

    title: Words
    """What is permitted."""
    chain: Annotated[tuple[LinkShape, ...], Field(min_length=1)]
    """The owners, in the order in which they are asked."""
    source: Words
    """Where in the scheme's own document this stands."""
