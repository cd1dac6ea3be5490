"""What does the file meanings.yaml beside the schemes' folders hold? The catalogue; who refers to it is in `means`."""

from __future__ import annotations

from pathlib import Path

from sanctuary.core.meanings import YES_NO, Catalogue, Meaning
from sanctuary.loader.fit import fit
from sanctuary.loader.mapping import Shape
from sanctuary.loader.problems import Problem
from sanctuary.loader.scalars import Name, OptionName, Words
from sanctuary.loader.yaml import read_file

MEANINGS = "meanings.yaml"


class MeaningShape(Shape):
    """Something that questions of several schemes ask."""

    title: Words
    """What it is called."""
    options: dict[OptionName, Words] | None = None
    """The answers that it can have: name and words. Without them: yes and no."""


class MeasureMeaningShape(Shape):
    """A sort of measure that several schemes know."""

    title: Words
    """What it is called."""


class MeaningsFile(Shape):
    """The file meanings.yaml, which stands beside the folders of the schemes."""

    facts: dict[Name, MeaningShape] = {}
    """What questions can mean."""
    measures: dict[Name, MeasureMeaningShape] = {}
    """What measures can mean."""


def catalogue(root: Path) -> tuple[Catalogue | None, tuple[Problem, ...]]:
    """The catalogue in the folder `root`, and what is wrong with it. Where there is none, nothing means anything."""
    if not (root / MEANINGS).is_file():
        return None, ()
    tree, problems = read_file(root / MEANINGS)
    if tree is None:
        return Catalogue(), tuple(problems)
    found = fit(MeaningsFile, tree)
    return _built(found.value or MeaningsFile()), (*problems, *found.problems)


def _built(file: MeaningsFile) -> Catalogue:
    return Catalogue(
        facts={
            name: Meaning(name=name, title=shape.title, options=shape.options or YES_NO)
            for name, shape in file.facts.items()
        },
        measures={name: shape.title for name, shape in file.measures.items()},
    )
