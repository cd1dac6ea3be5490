"""What does the text of a condition decide? Text in, a condition or all its problems out; nothing is run as Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sanctuary.core.conditions.check import check
from sanctuary.core.conditions.closures import closure
from sanctuary.core.conditions.parse import parse
from sanctuary.core.conditions.tree import Term, reads
from sanctuary.core.conditions.types import FactType, Problem, Scope
from sanctuary.core.facts import Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A text that has been checked, and how to decide it.

    `reads` names every fact that `decide` may look at, "step.question", and inside rows "step.question.column".
    `decide` gives True, False, or Unknown with those of the facts in `reads` any of which might settle it.
    """

    text: str
    reads: frozenset[str]
    tree: Term = field(compare=False, repr=False)
    decide: Callable[[Scope], bool | Unknown] = field(compare=False, repr=False)


def compile_condition(text: str, names: Mapping[str, FactType]) -> Condition | tuple[Problem, ...]:
    """The condition that `text` says about the questions in `names`, or every problem in it, first to last."""
    root, problems = parse(text)
    tree = check(root, names, problems)
    if tree is None or problems:
        return tuple(sorted(problems))
    return Condition(text=text, reads=reads(tree), tree=tree, decide=closure(tree))
