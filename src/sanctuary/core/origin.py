"""Where does a rule come from, and on which days does it apply? What every rule of a definition may say of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a rule comes from: the place in the scheme's own document, and the requirement IDs it meets."""

    source: str = ""
    meets: tuple[str, ...] = ()


NOWHERE = Origin()


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """The days on which a rule applies, both ends included; None is open."""

    start: date | None = None
    end: date | None = None

    def on(self, day: date) -> bool:
        """Whether the rule applies on `day`."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


ALWAYS = InForce()
