"""What must be so? Conditions in a strict subset of CEL: checked on load, three-valued, never refusing on the unknown.

How they are written is in `parse` and `check`; what they decide in `closures`; how they are told in `words`.
"""

from sanctuary.core.conditions.compile import Condition, compile_condition
from sanctuary.core.conditions.names import RESERVED
from sanctuary.core.conditions.types import FactType, Kind, Problem, Scope
from sanctuary.core.conditions.words import in_words

__all__ = ["RESERVED", "Condition", "FactType", "Kind", "Problem", "Scope", "compile_condition", "in_words"]
