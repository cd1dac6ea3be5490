"""What is asked of the answers to a step as a whole, beyond each by itself? The shape of such a check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from sanctuary.core.conditions import Scope


class Check(Protocol):
    """A check of one step. `scope.facts` holds what is known, the answers that are being given among it."""

    def faults(self, scope: Scope) -> Mapping[str, str]:
        """What is wrong, by field: "question", or for rows "question-0-column"."""
        ...

    def notes(self, scope: Scope) -> tuple[str, ...]:
        """What follows from the answers, to be said before they are recorded."""
        ...
