"""What came of an action? The values that actions return; a "no" is one of these, never an exception."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """It is in the record: the case, its reference, and the number of its last event.

    `passed_on_to` is the role that is to hand it in, where this person may not: what they wrote is kept.
    """

    case_id: UUID
    reference: str
    seq: int
    passed_on_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Faulty:
    """Nothing was recorded: these fields need another answer."""

    faults: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overtaken:
    """Nothing was recorded: somebody else recorded something on this step since the page was made."""

    by_name: str
    by_agency: str
    what: str
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Nothing was recorded: the procedure does not allow it now, for these reasons."""

    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """There is no such case for this person: it does not exist, or is not theirs to see; nobody can tell which."""


Result = Recorded | Faulty | Overtaken | Refused | Missing
