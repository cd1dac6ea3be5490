"""Does a tree have the shape that the language asks for? All that does not fit, worded; and the rest, to go on with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Generic, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from sanctuary.core.conditions.names import nearest, suggestion
from sanctuary.loader.problems import Place, Problem, problem
from sanctuary.loader.yaml import Map, Node, Nothing, Plain, Row, Text, plain

S = TypeVar("S", bound=BaseModel)
Path = tuple[str | int, ...]
# A piece that does not fit is taken out and the rest tried again, so that its problems are told too.
_MOST_TRIES = 30

_MESSAGES = {
    "string_type": "write a text here",
    "string_too_short": "write something here, or take the line out",
    "dict_type": "write names here, each on a line of its own with a colon and what belongs to it",
    "model_type": "write names here, each on a line of its own with a colon and what belongs to it",
    "tuple_type": "write a list here, like [one, another]",
    "too_short": "name at least one here",
    "less_than_equal": "this number goes up to {le}",
}
_PATTERNS = (
    (r"\.", "write step.question, both in lower-case letters, digits and underscores"),
    ("[A-Z]", "write the ID of a requirement, like N4"),
    ("", "a name has lower-case letters, digits and underscores only, and starts with a letter"),
)


@dataclass(kw_only=True, eq=False)
class Fit(Generic[S]):
    """What a tree holds. `lost` are the paths of the pieces that did not fit and are not in `value`."""

    value: S | None = None
    problems: list[Problem] = field(default_factory=list)
    lost: set[Path] = field(default_factory=set)


def fit(shape: type[S], tree: Node) -> Fit[S]:
    """What `tree` holds, without the pieces that do not fit; no value where too little is left."""
    found = Fit[S]()
    if not isinstance(tree, Map):
        found.problems.append(problem(tree.place, "write names here, each on a line of its own with a colon"))
        return found
    for path, place, message in _empty(tree, ()):
        found.lost.add(path)
        found.problems.append(problem(place, message))
    data: Any = _filled(plain(tree))
    for _ in range(_MOST_TRIES):
        try:
            found.value = shape.model_validate(data)
        except ValidationError as error:
            _take_out(found, shape, tree, data, error)
        if found.value is not None or () in found.lost:
            break
    return found


def _take_out(found: Fit[S], shape: type[S], tree: Map, data: Any, error: ValidationError) -> None:
    """Note every part of `error`, and take what it is about out of `data`."""
    details = error.errors(include_url=False)
    misspelt = [_path(tree, detail["loc"]) for detail in details if detail["type"] == "extra_forbidden"]
    for detail in details:
        is_missing, location = detail["type"] == "missing", detail["loc"]
        path = _path(tree, location[:-1] if is_missing else location)
        if not is_missing or not _is_told(path, str(location[-1]), misspelt, found):
            found.problems.append(_worded(shape, tree, path, detail))
        found.lost.add(_remove(data, path))


def _is_told(path: Path, key: str, misspelt: list[Path], found: Fit[S]) -> bool:
    """Whether it is told already that `key` is missing: because we took it out, or because it is there, misspelt."""
    return (*path, key) in found.lost or any(
        other[:-1] == path and nearest(str(other[-1]), [key]) for other in misspelt
    )


def _empty(node: Node, path: Path) -> Iterator[tuple[Path, Place, str]]:
    """Every value that was left out."""
    if isinstance(node, Map):
        for key, entry in node.entries.items():
            if isinstance(entry.value, Nothing):
                yield (*path, key), entry.key.place, f"'{key}' has no value; write one, or take the line out"
            else:
                yield from _empty(entry.value, (*path, key))
    elif isinstance(node, Row):
        for number, item in enumerate(node.items):
            if isinstance(item, Nothing):
                yield (*path, number), item.place, "an item of this list is empty; write it, or take the line out"
            else:
                yield from _empty(item, (*path, number))


def _filled(data: Plain) -> Plain:
    if isinstance(data, dict):
        return {name: _filled(value) for name, value in data.items() if value is not None}
    return [_filled(value) for value in data if value is not None] if isinstance(data, list) else data


def _path(tree: Node, location: Sequence[str | int]) -> Path:
    """`location` without the parts that are only in the shape: tags, and keys that are missing."""
    path: list[str | int] = []
    node: Node = tree
    for part in location:
        if isinstance(node, Map) and part in node.entries:
            node = node.entries[str(part)].value
        elif isinstance(node, Row) and isinstance(part, int) and part < len(node.items):
            node = node.items[part]
        else:
            continue
        path.append(part)
    return tuple(path)


def _remove(data: Any, path: Path) -> Path:
    """Take what stands at `path` out of `data`; of a list, all of it. Gives the path of what was taken."""
    while path and isinstance(path[-1], int):
        path = path[:-1]
    node = data
    for part in path[:-1]:
        node = node.get(part, {}) if isinstance(node, dict) else node[part]
    if path and isinstance(node, dict):
        node.pop(path[-1], None)
    return path


def _worded(shape: type[BaseModel], tree: Map, path: Path, detail: Any) -> Problem:
    kind, location = detail["type"], detail["loc"]
    key_place, value = _found(tree, path)
    if kind == "missing":
        owner = f"'{path[-1]}'" if path and isinstance(path[-1], str) else "this"
        return problem(key_place, f"{owner} needs the key '{location[-1]}'")
    if kind == "extra_forbidden":
        known = _keys(shape, path[:-1])
        return problem(key_place, f"there is no key '{path[-1]}' here{suggestion(str(path[-1]), known)}")
    if kind == "string_pattern_mismatch":
        place = key_place if location[-1] == "[key]" else value.place
        return problem(place, _pattern(detail["ctx"]["pattern"]))
    if kind in ("enum", "literal_error"):
        options = re.findall(r"'([^']*)'", detail["ctx"]["expected"])
        word = value.value if isinstance(value, Text) else ""
        near = nearest(word, options)
        there = f"did you mean '{near}'?" if near else f"there is {', '.join(options)}"
        return problem(value.place, f"'{word}' cannot stand here; {there}" if word else f"write one word; {there}")
    context = detail.get("ctx", {})
    return problem(value.place, _MESSAGES.get(kind, "{message}").format_map({"message": detail["msg"], **context}))


def _pattern(pattern: str) -> str:
    return next(message for sign, message in _PATTERNS if sign in pattern)


def _found(tree: Map, path: Path) -> tuple[Place, Node]:
    """Where the name of what is at `path` stands, and its value."""
    place, node = tree.place, tree  # type: Place, Node
    for part in path:
        if isinstance(node, Map):
            entry = node.entries[str(part)]
            place, node = entry.key.place, entry.value
        elif isinstance(node, Row):
            node = node.items[int(part)]
            place = node.place
    return place, node


def _keys(shape: type[BaseModel], path: Path) -> set[str]:
    """The keys that may stand in the mapping at `path`."""
    found: list[Any] = [shape]
    for part in path:
        found = [inner for annotation in found for inner in _below(annotation, str(part))]
    return {
        field.alias or name
        for annotation in found
        if _is_shape(annotation)
        for name, field in annotation.model_fields.items()
    }


def _below(annotation: Any, part: str) -> list[Any]:
    if _is_shape(annotation):
        fields = {field.alias or name: field for name, field in annotation.model_fields.items()}
        return _alternatives(fields[part].annotation) if part in fields else []
    return _alternatives(get_args(annotation)[-1 if get_origin(annotation) is dict else 0])


def _alternatives(annotation: Any) -> list[Any]:
    """The containers and shapes that `annotation` allows."""
    if _is_shape(annotation) or get_origin(annotation) in (dict, tuple):
        return [annotation]
    inner = get_args(annotation)[:1] if get_origin(annotation) is Annotated else get_args(annotation)
    return [one for part in inner for one in _alternatives(part)]


def _is_shape(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
