"""What can be fitted or provided, and on what terms? Measures and packages as defined; what is chosen is `measures`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from sanctuary.core.conditions import Condition
from sanctuary.core.origin import NOWHERE, Origin


class Status(Enum):
    """Whether a measure may be chosen: exceptional ones with a justification and somebody's agreement."""

    ALLOWED = "allowed"
    DENIED = "denied"
    EXCEPTIONAL = "exceptional"


class Sort(Enum):
    """What becomes of a measure: it is fitted to the property, handed to the person, or done for them."""

    FITTED = "fitted"
    PROVIDED = "provided"
    SERVICE = "service"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """Something that can be fitted or provided.

    `reason` and `instead` (in words) are for one that is denied; `justified_in` and `approved_in` ("step.question"),
    `approved_by` (roles) and `approver` (in words) for an exceptional one. `not_in` are kinds of dwelling; in those of
    `replaced_in` another takes its place. `implies` come with it. `returned_in` is the question that says which of what
    was lent came back.
    """

    name: str
    title: str
    group: str = ""
    standard: str = ""
    origin: Origin = NOWHERE
    means: tuple[str, ...] = ()
    status: Status = Status.ALLOWED
    sort: Sort = Sort.FITTED
    reason: str = ""
    instead: tuple[str, ...] = ()
    justified_in: str = ""
    approved_in: str = ""
    approved_by: tuple[str, ...] = ()
    approver: str = ""
    mandatory_when: Condition | None = None
    implies: tuple[str, ...] = ()
    not_in: frozenset[str] = frozenset()
    replaced_in: Mapping[str, str] = field(default_factory=dict)
    returned_in: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A model specification: its own measures, on top of those of the packages that it includes."""

    name: str
    title: str
    measures: tuple[str, ...]
    includes: tuple[str, ...] = ()
    origin: Origin = NOWHERE
