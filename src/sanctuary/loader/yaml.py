"""What does a YAML file hold, and where does each piece stand? A tree of texts; what they mean is for `shape`.

Every scalar stays a text, so `no` is a word and 12:30 a time. Anchors, tags and repeated keys are refused.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Union

import yaml

from sanctuary.loader.problems import Place, Problem, problem
from sanctuary.loader.syntax import plainly

MOST_BYTES = 1_000_000
MOST_NESTED = 40

_WHITE = " \t\r\n"
_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})
_ODD = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_ESCAPE = re.compile(r"\\(?:x(..)|u(....)|U(........)|\r?\n|(.))", re.DOTALL)
_WHITE_ESCAPES = "nrt \t"


def libyaml() -> Any:
    """The parser that is used: fast, and with positions. Raises ImportError where PyYAML came without it."""
    loader = getattr(yaml, "CSafeLoader", None)
    if loader is None:
        raise ImportError("PyYAML was built without libyaml. Install the wheel of PyYAML, or libyaml's headers first.")
    return loader


_LOADER = libyaml()


@dataclass(frozen=True, kw_only=True, eq=False)
class Source:
    """A file that was read."""

    file: str
    text: str

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer(r"\r\n|[\r\n]", self.text))]

    def place(self, index: int) -> Place:
        """Where the character at `index` stands."""
        line = bisect_right(self._starts, index)
        return Place(file=self.file, line=line, column=index - self._starts[line - 1] + 1)


@dataclass(slots=True, kw_only=True, eq=False)
class _Node:
    source: Source
    start: int

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.source.place(self.start)


@dataclass(slots=True, kw_only=True, eq=False)
class Text(_Node):
    """A scalar. `end` and `style` tell how it was written."""

    value: str
    end: int
    style: str

    def at(self, offset: int) -> Place:
        """Where the character at `offset` of the value was written."""
        white = offset >= len(self.value) or self.value[offset] in _WHITE
        count = sum(character not in _WHITE for character in self.value[:offset])
        wanted = count - 1 if white else count
        for number, index in enumerate(_origins(self.source.text[self.start : self.end], self.style)):
            if number == wanted:
                return self.source.place(self.start + index + white)
        return self.place


@dataclass(slots=True, kw_only=True, eq=False)
class Nothing(_Node):
    """A value that was left empty, or null."""


@dataclass(slots=True, kw_only=True, eq=False)
class Entry:
    """One key of a mapping with its value."""

    key: Text
    value: Node


@dataclass(slots=True, kw_only=True, eq=False)
class Map(_Node):
    """A mapping, in the order written."""

    entries: dict[str, Entry] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True, eq=False)
class Row(_Node):
    """A list."""

    items: list[Node] = field(default_factory=list)


Node = Union[Text, Nothing, Map, Row]
Plain = Union[str, None, list["Plain"], dict[str, "Plain"]]


def read_file(path: Path) -> tuple[Node | None, list[Problem]]:
    """The tree of the file at `path`; None, and at least one problem, where there is none."""
    text, problems = read_text(path)
    return (None, problems) if text is None else parse(text, str(path))


def read_text(path: Path) -> tuple[str | None, list[Problem]]:
    """What the file at `path` says; None, and the problem, where it cannot be read."""
    start = Place(file=str(path), line=1, column=1)
    try:
        data = path.read_bytes()
    except OSError:
        return None, [problem(start, "this file cannot be read")]
    if len(data) > MOST_BYTES:
        return None, [problem(start, f"this file is larger than {MOST_BYTES:,} bytes; split it or shorten it")]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        place = Source(file=str(path), text=before).place(len(before))
        return None, [problem(place, "this character is not UTF-8; save the file in the encoding UTF-8")]


def parse(text: str, file: str) -> tuple[Node | None, list[Problem]]:
    """The tree of `text`; `file` is what its places call it. Beside problems there may be a tree of what is good."""
    source = Source(file=file, text=text)
    odd = [
        problem(source.place(match.start()), f"remove the character U+{ord(match.group()):04X}, which cannot be seen")
        for match in _ODD.finditer(text)
    ]
    if odd:
        return None, odd[:1]
    builder = _Builder(source)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except _RefusedError:
        return None, builder.problems
    except yaml.MarkedYAMLError as error:
        return None, [*builder.problems, _broken(source, error)]
    return builder.root, builder.problems


def plain(node: Node) -> Plain:
    """What `node` holds, without places."""
    match node:
        case Text():
            return node.value
        case Map():
            return {name: plain(entry.value) for name, entry in node.entries.items()}
        case Row():
            return [plain(item) for item in node.items]
        case Nothing():
            return None


class _RefusedError(Exception):
    """The rest of the file cannot be followed; the problem is noted."""


class _Builder:
    """A tree while the parser's events come in. `_open` holds the mappings and lists that have not ended yet."""

    def __init__(self, source: Source) -> None:
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self._source = source
        self._open: list[tuple[Map | Row, Text | None]] = []

    def take(self, event: Any) -> None:
        """Add what `event` tells."""
        self._refuse(event)
        start = event.start_mark.index
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent):
            self._begin(Map(source=self._source, start=start))
        elif isinstance(event, yaml.SequenceStartEvent):
            self._begin(Row(source=self._source, start=start))
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._open.pop()

    def _refuse(self, event: Any) -> None:
        """Note the parts of YAML that definitions do without."""
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            self._stop(event, f"write this out again: references like *{anchor} are not used here")
        if anchor:
            self._stop(event, f"remove &{anchor}: anchors are not used here")
        if tag:
            self._stop(event, "put the text in quotes: an exclamation mark cannot start it")
        if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self._stop(event, "remove the line ---: a file holds one document")

    def _stop(self, event: Any, message: str) -> None:
        self._note(event.start_mark.index, message)
        raise _RefusedError

    def _note(self, index: int, message: str) -> None:
        self.problems.append(problem(self._source.place(index), message))

    def _scalar(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        text = Text(source=self._source, start=start, value=event.value, end=end, style=event.style)
        if self._open:
            parent, key = self._open[-1]
            if isinstance(parent, Map) and key is None:
                self._open[-1] = (parent, text)
                return
        empty = not event.style and event.value in _EMPTY
        self._place(Nothing(source=self._source, start=text.start) if empty else text)

    def _begin(self, node: Map | Row) -> None:
        if self._open and isinstance(self._open[-1][0], Map) and self._open[-1][1] is None:
            self._note(node.start, "a key is a single word, not a list or a mapping")
            raise _RefusedError
        self._place(node)
        self._open.append((node, None))
        if len(self._open) > MOST_NESTED:
            self._note(node.start, f"this is nested more than {MOST_NESTED} levels deep")
            raise _RefusedError

    def _place(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        parent, key = self._open[-1]
        if isinstance(parent, Row):
            parent.items.append(node)
        elif key is not None:
            self._enter(parent, key, node)
            self._open[-1] = (parent, None)

    def _enter(self, parent: Map, key: Text, node: Node) -> None:
        first = parent.entries.get(key.value)
        if key.value == "<<" and not key.style:
            self._note(key.start, "merge keys (<<) are not used here: write the lines out, or use extends")
        elif first is not None:
            self._note(key.start, f"'{key.value}' is here twice; the first is on line {first.key.place.line}")
        else:
            parent.entries[key.value] = Entry(key=key, value=node)


def _broken(source: Source, error: yaml.MarkedYAMLError) -> Problem:
    index, message = plainly(source.text, error)
    return problem(source.place(index), message)


def _origins(raw: str, style: str) -> Iterator[int]:
    """For each character of the value that is not white space, where in `raw`, as it was written, it stands."""
    index = raw.index("\n") if style in ("|", ">") and "\n" in raw else int(bool(style))
    end = len(raw) - 1 if style in ("'", '"') else len(raw)
    while index < end:
        width, white = _step(raw, index, style)
        if not white:
            yield index
        index += width


def _step(raw: str, index: int, style: str) -> tuple[int, bool]:
    """How many characters of `raw` make one of the value, and whether that is white space or nothing at all."""
    if style == "'" and raw.startswith("''", index):
        return 2, False
    escape = _ESCAPE.match(raw, index) if style == '"' else None
    if escape is None:
        return 1, raw[index] in _WHITE
    code = escape[1] or escape[2] or escape[3]
    white = chr(int(code, 16)) in _WHITE if code else escape[4] is None or escape[4] in _WHITE_ESCAPES
    return escape.end() - index, white
