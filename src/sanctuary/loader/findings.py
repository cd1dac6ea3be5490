"""Are the findings good ones? Their keys, and the tables built from them; whether rows overlap is not asked here.

The sentences under the keys are their reference documentation.
"""

from __future__ import annotations

from collections.abc import Mapping

from sanctuary.core.conditions import FactType, Kind
from sanctuary.core.findings import Finding, FindingRow
from sanctuary.loader.conditions import condition
from sanctuary.loader.draft import Draft, Spot, origin
from sanctuary.loader.procedure import FindingRowShape, FindingShape


def facts(draft: Draft) -> Mapping[str, FactType]:
    """The fact of each finding: a choice of the values in its rows."""
    return {
        f"found.{name}": FactType(
            kind=Kind.CHOICE, options=tuple(dict.fromkeys(row.value for row in shape.rows.values()))
        )
        for file, _ in draft.stages.values()
        for name, shape in file.findings.items()
    }


def derived(draft: Draft) -> tuple[Finding, ...]:
    """All findings, in the order written, checked."""
    found: dict[str, Finding] = {}
    for file, spot in draft.stages.values():
        for name, shape in file.findings.items():
            if name in found:
                draft.note(spot["findings"][name].name, f"there is a finding '{name}' already")
            found.setdefault(name, _finding(draft, name, shape, spot["findings"][name]))
    return tuple(found.values())


def _finding(draft: Draft, name: str, shape: FindingShape, spot: Spot) -> Finding:
    rows = tuple(row for label, one in shape.rows.items() if (row := _row(draft, label, one, spot["rows"][label])))
    last = [label for label, one in shape.rows.items() if one.otherwise]
    if len(last) > 1:
        draft.note(spot["rows"][last[1]].name, f"'{last[0]}' says already what is so otherwise")
    if len(shape.rows) < 2:
        draft.note(spot["rows"].place, "a finding needs at least two rows: with one there is nothing to find out")
    reads = frozenset(fact for row in rows if row.when is not None for fact in row.when.reads)
    return Finding(name=f"found.{name}", title=shape.title, rows=rows, reads=reads)


def _row(draft: Draft, name: str, shape: FindingRowShape, spot: Spot) -> FindingRow | None:
    if shape.otherwise == bool(shape.when):
        draft.note(spot.name, "say either 'when' this row holds, or 'otherwise: yes'")
        return None
    when = condition(draft, spot["when"], shape.when)
    if shape.when and when is None:
        return None
    return FindingRow(name=name, value=shape.value, when=when, origin=origin(shape))
