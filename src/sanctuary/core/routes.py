"""By which way was a case referred, and who hands in what somebody else may not? Not what is missing (gates)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from sanctuary.core.conditions import Scope
from sanctuary.core.facts import Facts, Silence, Unknown, Value
from sanctuary.core.scheme import NOWHERE, Origin, Scheme, Step

ROUTE, SURVEY = "route.name", "route.survey"
# The gate before what comes after the referral, where the route asks for evidence.
EVIDENCE = "route"


class Survey(Enum):
    """When the home is surveyed, seen from the referral."""

    BEFORE = "before"
    WITH = "with"
    AFTER = "after"
    NEVER = "never"


_WORDS = {
    Survey.BEFORE.value: "before the referral",
    Survey.WITH.value: "with the referral",
    Survey.AFTER.value: "after the referral",
    Survey.NEVER.value: "never",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A way of referring: for these roles, of these agencies (None: of any)."""

    name: str
    title: str
    roles: tuple[str, ...]
    agencies: frozenset[str] | None
    survey: Survey
    origin: Origin = NOWHERE

    def entitles(self, role: str, agency: str) -> bool:
        """Whether this role of this agency may refer in this way."""
        return role in self.roles and (self.agencies is None or agency in self.agencies)


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """How cases are referred: `step` is the first of the scheme, `onward` the role that hands in what others may not.

    `agencies` says who plays each role in each area.
    """

    step: str
    routes: tuple[Route, ...]
    onward: str
    agencies: Mapping[str, Mapping[str, str]]

    def route(self, role: str, agency: str) -> Route | None:
        """The way that is open to this role of this agency; None where none is."""
        return next((route for route in self.routes if route.entitles(role, agency)), None)

    def made_by(self, facts: Facts) -> tuple[str, str]:
        """The role and agency that made the referral, or are about to; empty where that is not known."""
        if self.step in facts.done:
            return facts.done_by.get(self.step, ""), facts.done_for.get(self.step, "")
        if self.step in facts.passed_on:
            role = facts.passed_on[self.step]
            return role, self.agencies.get(facts.area, {}).get(role, "")
        return facts.opened_by, facts.opened_for


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteFact:
    """A fact of the route by which the case came: its name, or when the home is surveyed.

    Not applicable where no route entitles whoever made the referral.
    """

    name: str
    referral: Referral

    @property
    def title(self) -> str:
        """What it is called."""
        return "the way of the referral" if self.name == ROUTE else "when the home is surveyed"

    @property
    def labels(self) -> Mapping[str, str]:
        """The routes, or when a survey may be, in words."""
        return {route.name: route.title for route in self.referral.routes} if self.name == ROUTE else _WORDS

    @property
    def reads(self) -> frozenset[str]:
        """That the referral was made."""
        return frozenset({f"done.{self.referral.step}"})

    def decide(self, facts: Facts, scope: Scope) -> Value | Unknown:
        """What is so by the route that was taken."""
        role, agency = self.referral.made_by(facts)
        if not role:
            return Unknown(self.reads)
        route = self.referral.route(role, agency)
        if route is None:
            return Silence.NOT_APPLICABLE
        return route.name if self.name == ROUTE else route.survey.value


def referral_of(scheme: Scheme) -> Referral | None:
    """How cases are referred; None where the scheme has no routes, and everybody who does the first step may."""
    return next((one.referral for one in scheme.derived if isinstance(one, RouteFact)), None)


def goes_to(scheme: Scheme, step: Step, facts: Facts, role: str, agency: str) -> str:
    """The role to which `step` is passed on when this role of this agency hands it in; empty: they may do so."""
    referral = referral_of(scheme)
    if referral is None or step.name != referral.step or facts.passed_on.get(step.name) == role:
        return ""
    return "" if referral.route(role, agency) else referral.onward
