"""Which files make a definition? Read from its folder, and laid over those of the definition that it extends."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sanctuary.core.conditions.names import suggestion
from sanctuary.core.stages import Stage
from sanctuary.loader.fit import Path as TreePath
from sanctuary.loader.problems import Place, Problem, problem
from sanctuary.loader.yaml import Entry, Map, Node, Nothing, Text, read_file

SCHEME = "scheme.yaml"
MEASURES = "measures.yaml"
STAGES = {f"{stage.position}-{stage.value}.yaml": stage for stage in Stage}
_NAMES = (SCHEME, *STAGES, MEASURES)


@dataclass(kw_only=True, eq=False)
class Files:
    """The trees of a definition by file name. `lost`: the paths of pieces that do not fit; `broken`: a whole file."""

    trees: dict[str, Node] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    lost: set[TreePath] = field(default_factory=set)
    broken: bool = False


def lineage(folder: Path) -> tuple[Path, ...]:
    """The folder of a definition, and of each that it builds on, nearest first."""
    found: tuple[Path, ...] = ()
    while folder not in found:
        found = (*found, folder)
        base = _base(read_file(folder / SCHEME)[0])
        folder = folder.parent / base.value if base else folder
    return found


def _base(scheme: Node | None) -> Text | None:
    """The name after `extends`."""
    entry = scheme.entries.get("extends") if isinstance(scheme, Map) else None
    return entry.value if entry is not None and isinstance(entry.value, Text) else None


def read(folder: Path, above: tuple[Path, ...] = ()) -> Files:
    """The files of the definition in `folder`; `above` are the definitions that extend it."""
    found = Files()
    for name in _NAMES:
        if (folder / name).is_file():
            _read(found, folder / name)
    for path in sorted(folder.glob("*.y*ml")):
        if path.name not in _NAMES:
            place = Place(file=str(path), line=1, column=1)
            message = f"this file is not part of a definition{suggestion(path.name, _NAMES)}"
            found.problems.append(problem(place, message))
    if not (folder / SCHEME).is_file():
        found.problems.append(problem(Place(file=str(folder / SCHEME), line=1, column=1), "this file is missing"))
        found.broken = True
    return _extended(folder, found, (*above, folder))


def _read(found: Files, path: Path) -> None:
    tree, problems = read_file(path)
    if tree is None and not problems:
        problems = [problem(Place(file=str(path), line=1, column=1), "this file is empty; fill it or remove it")]
    found.problems += problems
    found.broken |= tree is None
    if tree is not None:
        found.trees[path.name] = tree


def _extended(folder: Path, ours: Files, above: tuple[Path, ...]) -> Files:
    name = _base(ours.trees.get(SCHEME))
    if name is None:
        return ours
    base = folder.parent / name.value
    objection = _objection(base, name.value, above)
    if objection:
        ours.problems.append(problem(name.place, objection))
        ours.broken = True
        return ours
    return _over(read(base, above), ours)


def _objection(base: Path, name: str, above: tuple[Path, ...]) -> str:
    if base in above:
        return f"this definition extends itself: {' → '.join(path.name for path in (*above, base))}"
    there = [path.parent.name for path in sorted(base.parent.glob(f"*/{SCHEME}"))]
    return f"there is no scheme '{name}'{suggestion(name, there)}" if name not in there else ""


def _over(base: Files, ours: Files) -> Files:
    """Our files laid over those of `base`."""
    trees = {**base.trees, **ours.trees}
    for name in base.trees.keys() & ours.trees.keys():
        trees[name] = laid(base.trees[name], ours.trees[name])
    return Files(trees=trees, problems=base.problems + ours.problems, broken=base.broken or ours.broken)


def laid(base: Node, ours: Node) -> Node:
    """`ours` over `base`: mappings key by key, where an empty value takes one out; everything else as a whole."""
    if not isinstance(base, Map) or not isinstance(ours, Map):
        return ours
    entries = dict(base.entries)
    for name, entry in ours.entries.items():
        if name in entries and isinstance(entry.value, Nothing):
            del entries[name]
        elif name in entries:
            entries[name] = Entry(key=entry.key, value=laid(entries[name].value, entry.value))
        else:
            entries[name] = entry
    return Map(source=ours.source, start=ours.start, entries=entries)
