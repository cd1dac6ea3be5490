"""What was measured, beside what, and was it quick enough? The values that the report is made of."""

from __future__ import annotations

from dataclasses import dataclass

from tests.support.bench.timing import Timing


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One thing that was measured. The target is seconds (`within`), or times its floor (`times_floor`), or neither."""

    what: str
    timing: Timing
    floor: Timing | None = None
    within: float | None = None
    times_floor: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times its floor the median is."""
        return self.timing.median / self.floor.median if self.floor else None

    @property
    def met(self) -> bool | None:
        """Whether the median keeps to the target; None where there is none."""
        if self.within is not None:
            return self.timing.median < self.within
        if self.times_floor is not None and self.ratio is not None:
            return self.ratio < self.times_floor
        return None
