"""Which other order may a case take? A track as the definition has it; which one a case takes is for `course`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sanctuary.core.conditions import Condition

if TYPE_CHECKING:
    from sanctuary.core.scheme import Origin, Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """While `when` is true, a case goes on under `scheme`: the same, but some steps come after others than usual.

    `steps` are those that do.
    """

    name: str
    title: str
    when: Condition
    steps: tuple[str, ...]
    scheme: Scheme
    origin: Origin
