"""How is a piece of SVG written? Elements with their attributes, escaped; no styles, which pages forbid."""

from __future__ import annotations

from functools import cache
from html import escape

Attribute = str | float | None


def element(name: str, *inner: str, **attributes: Attribute) -> str:
    """One element. `inner` is SVG already; `stroke_width` is written stroke-width; None leaves an attribute out."""
    written = "".join(f' {_key(key)}="{_value(value)}"' for key, value in attributes.items() if value is not None)
    return f"<{name}{written}>{''.join(inner)}</{name}>" if inner else f"<{name}{written}/>"


def text(words: str, x: float, y: float, size: float, fill: str, *, bold: bool = False, middle: bool = False) -> str:
    """A line of words with its baseline at `y`."""
    more = (' font-weight="700"' if bold else "") + (' text-anchor="middle"' if middle else "")
    # Written out, since a picture has hundreds of these.
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{fill}"{more}>{escape(words)}</text>'


def group(*inner: str, **attributes: Attribute) -> str:
    """Elements that belong together."""
    return element("g", *inner, **attributes)


@cache
def _key(key: str) -> str:
    return key if key == "viewBox" else key.rstrip("_").replace("_", "-")


def _value(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else f"{value:g}"
