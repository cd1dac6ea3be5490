"""Which row of a table holds? A value by rules that stand apart from each other, such as who decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sanctuary.core.conditions import Condition, Scope
from sanctuary.core.facts import Facts, Silence, Unknown, Value
from sanctuary.core.scheme import NOWHERE, Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """Where `when` holds the finding is `value`; the row without a condition is for where no other holds."""

    name: str
    value: str
    when: Condition | None = None
    origin: Origin = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A table of rows, at most one of which holds. Its fact is "found.name"; not applicable where none does."""

    name: str
    title: str
    rows: tuple[FindingRow, ...]
    reads: frozenset[str]

    @property
    def labels(self) -> Mapping[str, str]:
        """None: its values are roles, or words that the definition chose."""
        return {}

    def decide(self, facts: Facts, scope: Scope) -> Value | Unknown:
        """The value of the row that holds, or what would settle which does."""
        lacking: frozenset[str] = frozenset()
        otherwise: Value = Silence.NOT_APPLICABLE
        for row in self.rows:
            answer = row.when.decide(scope) if row.when is not None else None
            if answer is True:
                return row.value
            if answer is None:
                otherwise = row.value
            elif isinstance(answer, Unknown):
                lacking |= answer.facts
        return Unknown(lacking) if lacking else otherwise
