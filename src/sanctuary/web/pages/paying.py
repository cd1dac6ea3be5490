"""Who pays for what is to be fitted? Each fund with its measures, and what no fund pays for."""

from __future__ import annotations

from collections.abc import Mapping

from sanctuary.actions.see_case import SeenCase
from sanctuary.core.facts import Value
from sanctuary.core.forms import compartments_of_fact
from sanctuary.core.funds import Paying
from sanctuary.web.pages.answers import Line


def paying(seen: SeenCase, facts: Mapping[str, Value]) -> tuple[Line, ...]:
    """A line for each fund that pays for something in this case, as far as this person may know. `facts`: all known."""
    lines = []
    for one in (each for each in seen.scheme.derived if isinstance(each, Paying)):
        measures = facts.get(one.name)
        if isinstance(measures, tuple) and measures and compartments_of_fact(seen.scheme, one.name) <= seen.reads:
            titles = tuple(one.labels.get(str(name), str(name)) for name in measures)
            lines.append(Line(label=one.fund.title if one.fund else "No fund", lines=titles))
    return tuple(lines)
