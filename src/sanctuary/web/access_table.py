"""Whom does a page answer? Every address says; whose case it is, the database decides for each request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from django.http import HttpResponse

View = Callable[..., HttpResponse]


class Who(Enum):
    """Whom an address answers; for everybody else there is no such page."""

    ANYONE = "anyone"
    STAFF = "somebody signed in"
    ADMINISTRATOR = "administrator"
    OVERSIGHT = "oversight"
    SPECIALIST = "specialist"

    @property
    def duty(self) -> str:
        """The duty that somebody signed in must hold, or ""."""
        return "" if self in (Who.ANYONE, Who.STAFF) else self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A page. `fresh`: only for one who has proved again lately who they are."""

    path: str
    name: str
    view: View
    who: Who
    fresh: bool = False
