"""Which question does a name stand for, or nearly? Not what may be done with its answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from sanctuary.core.conditions import syntax
from sanctuary.core.conditions.tree import Clock, Column, Fact
from sanctuary.core.conditions.types import FactType, Kind, Problem

CLOCKS = {"now": Kind.MOMENT, "today": Kind.DATE}
# CEL's own words, and ours: no step and no row may be called by one of them.
KEYWORDS = frozenset({"true", "false", "null", "in"})
_CEL = "as break const continue else for function if import let loop package namespace return var void while"
RESERVED = KEYWORDS | {*_CEL.split(), "now", "today", "and", "or", "not"}
_FEW = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A name given to each row in turn."""

    name: str
    rows: Fact


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The one of `words` that was probably meant, capitals aside."""
    by_folded = {candidate.casefold(): candidate for candidate in words}
    close = get_close_matches(word.casefold(), by_folded, n=1)
    return by_folded[close[0]] if close else None


def suggestion(word: str, words: Iterable[str]) -> str:
    """The end of a message: what was probably meant, or all there is where that is little."""
    known = sorted(words)
    match = nearest(word, known)
    if match:
        return f"; did you mean '{match}'?"
    return f"; there is {', '.join(known)}" if 0 < len(known) <= _FEW else ""


def resolve(
    name: syntax.Name, names: Mapping[str, FactType], variables: tuple[Variable, ...]
) -> Clock | Fact | Column | Problem:
    """What `name` stands for; `variables` are the rows around it, outermost first."""
    if len(name.parts) == 1:
        return _single(name, names, variables)
    if name.parts[0] in RESERVED or name.parts[1] in KEYWORDS:
        return Problem(offset=name.offset, message=f"{name.text} has a word that the language keeps for itself")
    for depth, variable in enumerate(reversed(variables)):
        if variable.name == name.parts[0]:
            return _column(name, variable, depth)
    if len(name.parts) > 2:
        message = "write step.question; a question inside rows is asked with rows.exists(x, …) or rows.all(x, …)"
        return Problem(offset=name.offsets[2], message=message)
    fact = names.get(name.text)
    return Fact(type=fact, name=name.text) if fact else _unknown(name, names, variables)


def steps(names: Iterable[str]) -> set[str]:
    """The steps that the full names in `names` begin with."""
    return {full.partition(".")[0] for full in names}


def _single(name: syntax.Name, names: Mapping[str, FactType], variables: tuple[Variable, ...]) -> Clock | Problem:
    word = name.text
    if word in CLOCKS:
        return Clock(kind=CLOCKS[word])
    if word in steps(names) or any(word == variable.name for variable in variables):
        message = f"say which question: {word}.question"
    elif any(word in fact.options for fact in names.values()):
        message = f"an option is written in quotes: '{word}'"
    else:
        message = f"'{word}' is not a question: write step.question{suggestion(word, names)}"
    return Problem(offset=name.offset, message=message)


def _column(name: syntax.Name, variable: Variable, depth: int) -> Column | Problem:
    columns = variable.rows.type.columns
    if len(name.parts) > 2:
        return Problem(offset=name.offsets[2], message=f"write {variable.name}.question, with one dot")
    column = name.parts[1]
    if column not in columns:
        message = f"the rows of {variable.rows.name} have no question '{column}'{suggestion(column, columns)}"
        return Problem(offset=name.offsets[1], message=message)
    return Column(type=columns[column], name=f"{variable.rows.name}.{column}", column=column, depth=depth)


def _unknown(name: syntax.Name, names: Mapping[str, FactType], variables: tuple[Variable, ...]) -> Problem:
    step, question = name.parts
    if step not in steps(names):
        known = steps(names) | {variable.name for variable in variables}
        return Problem(offset=name.offset, message=f"there is no step '{step}'{suggestion(step, known)}")
    questions = {full.partition(".")[2] for full in names if full.partition(".")[0] == step}
    message = f"the step '{step}' has no question '{question}'{suggestion(question, questions)}"
    return Problem(offset=name.offsets[1], message=message)
