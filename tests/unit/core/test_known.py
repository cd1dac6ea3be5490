"""Is what follows from the answers known beside them, and does what is undecided name the answers behind it?"""

from dataclasses import replace

from sanctuary.core.conditions import FactType, Kind, compile_condition
from sanctuary.core.findings import Finding, FindingRow
from sanctuary.core.known import asked_behind, informed, known, settle
from tests.unit.core import town

ROLES = FactType(kind=Kind.CHOICE, options=("housing", "support"))
NAMES = {**town.NAMES, "found.decides": ROLES}


def condition(text):
    compiled = compile_condition(text, NAMES)
    assert not isinstance(compiled, tuple), compiled
    return compiled
