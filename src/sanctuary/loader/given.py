"""Which facts are to be put to schemes? A mapping in the words of the catalogue of meanings, read and checked.

The sentences under the keys are their reference documentation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sanctuary.core.conditions.names import suggestion
from sanctuary.core.meanings import Catalogue
from sanctuary.core.putting import Given
from sanctuary.loader.draft import Spot
from sanctuary.loader.fit import fit
from sanctuary.loader.mapping import Shape
from sanctuary.loader.problems import Place, Problem, ordered, problem
from sanctuary.loader.scalars import Name, OneOrMore
from sanctuary.loader.yaml import read_file


class GivenFile(Shape):
    """A file of facts that are put to schemes, so that they can be compared."""

    facts: dict[Name, OneOrMore]
    """What is so: the name of a meaning, and its answer, or several of them where several hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The facts in a file, or everything that is wrong with it."""

    given: Given
    problems: tuple[Problem, ...]


def read_given(path: Path, catalogue: Catalogue) -> Read:
    """The facts in the file at `path`."""
    tree, problems = read_file(path)
    start = Place(file=str(path), line=1, column=1)
    if tree is None:
        return Read(given={}, problems=ordered(problems or [problem(start, "this file is empty; it holds facts")]))
    found = fit(GivenFile, tree)
    facts = found.value.facts if found.value else {}
    misnamed = check(facts, Spot(name=start, node=tree)["facts"], catalogue)
    return Read(given=given(facts), problems=ordered([*problems, *found.problems, *misnamed]))


def given(facts: Mapping[str, tuple[str, ...]]) -> Given:
    """Facts as they are put to a scheme."""
    return {name: values[0] if len(values) == 1 else values for name, values in facts.items()}


def check(facts: Mapping[str, tuple[str, ...]], spot: Spot, catalogue: Catalogue) -> Iterator[Problem]:
    """Every name in `facts`, written at `spot`, that the catalogue does not have."""
    for name, values in facts.items():
        meaning = catalogue.facts.get(name)
        if meaning is None:
            yield problem(spot[name].name, f"there is no meaning '{name}'{suggestion(name, catalogue.facts)}")
            continue
        for value in values:
            if value not in meaning.options:
                near = suggestion(value, meaning.options)
                yield problem(spot[name].place, f"the meaning '{name}' has no answer '{value}'{near}")
