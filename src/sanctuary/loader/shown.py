"""What does a file hold that shows what schemes say? Its shape where it has one, and every problem where it has not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from sanctuary.loader.draft import Spot
from sanctuary.loader.fit import fit
from sanctuary.loader.mapping import Shape
from sanctuary.loader.problems import Place, Problem, ordered, problem
from sanctuary.loader.yaml import read_file

S = TypeVar("S", bound=Shape)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown(Generic[S]):
    """A file. `shape` is None, and `problems` says why, where it is not written as it should be."""

    name: str
    file: str
    shape: S | None
    spot: Spot
    problems: tuple[Problem, ...]

    @property
    def title(self) -> str:
        """What it shows."""
        return str(getattr(self.shape, "title", self.name))

    @property
    def meets(self) -> tuple[str, ...]:
        """The requirements that it shows."""
        return tuple(getattr(self.shape, "meets", ()))


def shown(path: Path, shape: type[S], needs: str) -> Shown[S]:
    """The file at `path`, which is to have this shape; `needs` says what belongs in one."""
    start = Place(file=str(path), line=1, column=1)
    tree, problems = read_file(path)
    value = None
    if tree is None:
        problems = problems or [problem(start, f"this file is empty; {needs}")]
    else:
        found = fit(shape, tree)
        value, problems = found.value, [*problems, *found.problems]
    spot = Spot(name=start, node=tree)
    return Shown(name=path.stem, file=str(path), shape=value, spot=spot, problems=ordered(problems))
