"""Does a tree have the shape that the language asks for? All that does not fit, worded; and the rest, to go on with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from sanctuary.core.conditions.names import suggestion
from sanctuary.loader.problems import Place, Problem, problem
from sanctuary.loader.yaml import Map, Node, Nothing, Plain, Row, Text, plain

S = TypeVar("S", bound=BaseModel)
_Path = tuple[str | int, ...]
# A piece that does not fit is taken out and the rest tried again, so that its problems are told too.
_MOST_TRIES = 30

_MESSAGES = {
    "string_type": "write a text here",
    "string_too_short": "write something here, or take the line out",
    "dict_type": "write names here, each on a line of its own with a colon and what belongs to it",
    "model_type": "write names here, each on a line of its own with a colon and what belongs to it",
    "tuple_type": "write a list here, like [one, another]",
    "less_than_equal": "this number goes up to {le}",
}
_PATTERNS = (
    (r"\.", "write step.question, both in lower-case letters, digits and underscores"),
    ("[A-Z]", "write the ID of a requirement, like N4"),
    ("", "a name has lower-case letters, digits and underscores only, and starts with a letter"),
)


def fit(shape: type[S], tree: Node) -> tuple[S | None, list[Problem]]:
    """What `tree` holds, without the pieces that do not fit; None where too little is left."""
    if not isinstance(tree, Map):
        return None, [problem(tree.place, "write names here, each on a line of its own with a colon")]
    problems = [problem(place, message) for place, message in _empty(tree)]
    data: Any = _filled(plain(tree))
    removed: set[_Path] = set()
    for _ in range(_MOST_TRIES):
        try:
            return shape.model_validate(data), problems
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                path = _path(tree, detail["loc"])
                if not _is_ours(detail, path, removed):
                    problems.append(_worded(shape, tree, path, detail))
                removed.add(_remove(data, path))
            if () in removed:
                break
    return None, problems


def _empty(node: Node, name: str = "") -> Iterator[tuple[Place, str]]:
    """Every value that was left out."""
    if isinstance(node, Map):
        for key, entry in node.entries.items():
            if isinstance(entry.value, Nothing):
                yield entry.key.place, f"'{key}' has no value; write one, or take the line out"
            else:
                yield from _empty(entry.value, key)
    elif isinstance(node, Row):
        for item in node.items:
            if isinstance(item, Nothing):
                yield item.place, "an item of this list is empty; write it, or take the line out"
            else:
                yield from _empty(item)


def _filled(data: Plain) -> Plain:
    if isinstance(data, dict):
        return {name: _filled(value) for name, value in data.items() if value is not None}
    return [_filled(value) for value in data if value is not None] if isinstance(data, list) else data


def _path(tree: Node, location: Sequence[str | int]) -> _Path:
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


def _is_ours(detail: Any, path: _Path, removed: set[_Path]) -> bool:
    """Whether this is missing only because we took it out."""
    return detail["type"] == "missing" and (*path, detail["loc"][-1]) in removed


def _remove(data: Any, path: _Path) -> _Path:
    """Take what stands at `path` out of `data`; of a list, all of it. Gives the path of what was taken."""
    while path and isinstance(path[-1], int):
        path = path[:-1]
    node = data
    for part in path[:-1]:
        node = node.get(part, {}) if isinstance(node, dict) else node[part]
    if path and isinstance(node, dict):
        node.pop(path[-1], None)
    return path


def _worded(shape: type[BaseModel], tree: Map, path: _Path, detail: Any) -> Problem:
    kind, location = detail["type"], detail["loc"]
    key_place, value = _found(tree, path)
    if kind == "missing":
        inside = f" of '{path[-1]}'" if path and isinstance(path[-1], str) else ""
        return problem(key_place, f"the {location[-1]}{inside} is missing: add the key '{location[-1]}'")
    if kind == "extra_forbidden":
        known = _keys(shape, path[:-1])
        return problem(key_place, f"there is no key '{path[-1]}' here{suggestion(str(path[-1]), known)}")
    if kind == "string_pattern_mismatch":
        place = key_place if location[-1] == "[key]" else value.place
        return problem(place, _pattern(detail["ctx"]["pattern"]))
    if kind in ("enum", "literal_error"):
        options = re.findall(r"'([^']*)'", detail["ctx"]["expected"])
        said = f"'{value.value}'" if isinstance(value, Text) else "this"
        return problem(value.place, f"{said} cannot stand here{suggestion(str(detail['input']), options)}")
    context = detail.get("ctx", {})
    return problem(value.place, _MESSAGES.get(kind, "{message}").format_map({"message": detail["msg"], **context}))


def _pattern(pattern: str) -> str:
    return next(message for sign, message in _PATTERNS if sign in pattern)


def _found(tree: Map, path: _Path) -> tuple[Place, Node]:
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


def _keys(shape: type[BaseModel], path: _Path) -> set[str]:
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
