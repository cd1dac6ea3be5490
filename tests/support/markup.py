"""What stands on a page? HTML as a tree of elements; a page whose tags do not close each other properly is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_APART = frozenset(
    "address article aside br dd div dl dt fieldset footer form h1 h2 h3 h4 header label legend li main nav ol option "
    "p section summary table td th tr ul".split()
)
_PICTURE = re.compile(r"<svg\b.*?</svg>", re.DOTALL)


@dataclass(slots=True, eq=False, kw_only=True)
class Element:
    """An element: its attributes as written, and what is in it. `page` holds all elements, `place` is its own there."""

    name: str
    page: list[Element]
    place: int
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)
    end: int = 0

    def walk(self) -> list[Element]:
        """Every element within, in the order of the page."""
        return self.page[self.place + 1 : self.end]

    def all(self, *names: str, **attributes: str) -> list[Element]:
        """The elements within that have one of these names (any, if none is given) and all these attributes.

        `class_` asks for one class among others.
        """
        return [each for each in self.walk() if (not names or each.name in names) and each._is(attributes)]

    def first(self, *names: str, **attributes: str) -> Element:
        """The first of `all`. Raises LookupError where there is none."""
        for each in self.all(*names, **attributes):
            return each
        raise LookupError(f"no {'/'.join(names)} {attributes or ''} on the page")

    @property
    def content(self) -> str:
        """The text within as it was written."""
        return "".join(child if isinstance(child, str) else child.content for child in self.children)

    @property
    def text(self) -> str:
        """The text within as a reader sees it: white space drawn together, styles and scripts left out."""
        return " ".join("".join(self._shown()).split())

    def _shown(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.name not in ("script", "style"):
                yield from (" " if child.name in _APART else "", *child._shown(), " " if child.name in _APART else "")

    def _is(self, attributes: dict[str, str]) -> bool:
        for name, value in attributes.items():
            said = self.attributes.get(name.rstrip("_"), "")
            if value not in (said.split() if name == "class_" else (said,)):
                return False
        return True


def parsed(html: str) -> Element:
    """The page without its pictures. Raises ValueError where a tag closes another than the one that is open."""
    reader = _Reader()
    reader.feed(_PICTURE.sub("", html))
    reader.close()
    if len(reader.open) > 1:
        raise ValueError(f"<{reader.open[-1].name}> is never closed")
    reader.open[0].end = len(reader.page)
    return reader.open[0]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page: list[Element] = []
        self.open = [self._made("", [])]

    def _made(self, tag: str, attributes: list[tuple[str, str | None]]) -> Element:
        said = {name: value or "" for name, value in attributes}
        self.page.append(Element(name=tag, page=self.page, place=len(self.page), attributes=said))
        return self.page[-1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = self._made(tag, attrs)
        self.open[-1].children.append(made)
        if tag in _VOID:
            made.end = made.place + 1
        else:
            self.open.append(made)

    def handle_endtag(self, tag: str) -> None:
        closed = self.open.pop()
        if closed.name != tag:
            raise ValueError(f"</{tag}> closes <{closed.name}> at line {self.getpos()[0]}")
        closed.end = len(self.page)

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)
