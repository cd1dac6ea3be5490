"""What has the person agreed to, and does it still hold? Consents given, refused, withdrawn and lapsed, one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sanctuary.core.clocks import Calendar, Period, due
from sanctuary.core.conditions import Scope
from sanctuary.core.facts import Facts, Silence, Unknown, Value
from sanctuary.core.forms import compartments_of_fact
from sanctuary.core.scheme import NOWHERE, Origin, Scheme

GIVEN, REFUSED, WITHDRAWN, LAPSED = "given", "refused", "withdrawn", "lapsed"
STATES = (GIVEN, REFUSED, WITHDRAWN, LAPSED)
WORDS = {state: state for state in STATES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """Something that the person agrees to apart from everything else. Its fact is "consented.name".

    It is given where the answer to `asked` is in `agrees`. `parties` are the roles, or words for those without one,
    whom it is about; `lasts` None: until it is withdrawn.
    """

    name: str
    title: str
    purpose: str
    parties: tuple[str, ...]
    asked: str
    agrees: frozenset[str]
    lasts: Period | None = None
    origin: Origin = NOWHERE

    @property
    def key(self) -> str:
        """Its name in the definition."""
        return self.name.partition(".")[2]

    @property
    def step(self) -> str:
        """The step in which it is asked for."""
        return self.asked.partition(".")[0]

    @property
    def reads(self) -> frozenset[str]:
        """The answer that it rests on."""
        return frozenset({self.asked})

    @property
    def labels(self) -> Mapping[str, str]:
        """Its states in words."""
        return WORDS

    def decide(self, facts: Facts, scope: Scope) -> Value | Unknown:
        """Whether it holds at `scope.now`. Nobody who declined to answer has agreed."""
        value, at = scope.facts.get(self.asked), facts.done.get(self.step)
        if value is Silence.NOT_APPLICABLE:
            return value
        if value is None or value is Silence.NOT_KNOWN or at is None:
            return Unknown(self.reads)
        if not (isinstance(value, str) and value in self.agrees):
            return REFUSED
        withdrawn = facts.withdrawn.get(self.key)
        if withdrawn is not None and withdrawn >= at:
            return WITHDRAWN
        ends = self.ends(facts, scope.calendar)
        return LAPSED if ends is not None and ends <= scope.now else GIVEN

    def ends(self, facts: Facts, calendar: Calendar) -> datetime | None:
        """When what was agreed to lapses by itself, where it does."""
        at = facts.done.get(self.step)
        return due(at, self.lasts, calendar) if at is not None and self.lasts is not None else None


@lru_cache(maxsize=64)
def consents(scheme: Scheme) -> tuple[Consent, ...]:
    """The consents of the scheme."""
    return tuple(one for one in scheme.derived if isinstance(one, Consent))


def consent_of(scheme: Scheme, key: str) -> Consent | None:
    """The consent of this name, where the scheme has one."""
    return next((one for one in consents(scheme) if one.key == key), None)


def may_withdraw(scheme: Scheme, consent: Consent, reads: frozenset[str]) -> bool:
    """Whether a role that reads these compartments may record that it was withdrawn: whoever knows of it may."""
    return compartments_of_fact(scheme, consent.asked) <= reads


def lapses(scheme: Scheme, facts: Facts, scope: Scope) -> tuple[datetime, ...]:
    """When the consents that hold now lapse by themselves."""
    lasting = [one for one in consents(scheme) if one.lasts is not None and scope.facts.get(one.name) == GIVEN]
    return tuple(ends for one in lasting if (ends := one.ends(facts, scope.calendar)) is not None)
