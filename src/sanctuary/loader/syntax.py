"""Why can YAML not be read here, in plain words? The parser's messages, said again for people who do not know YAML."""

from __future__ import annotations

from typing import Any

import yaml

# The first entry whose words stand in the parser's own message is used; the most telling come first.
_PLAIN = (
    ("found a tab character", "indent with spaces: there is a tab here"),
    ("mapping values are not allowed", "put the text in quotes, or check the indentation: no colon is expected here"),
    ("could not find expected ':'", "a colon is missing after the name, on this line or the one before"),
    ("did not find expected '-' indicator", "this is indented like an item of the list above, but has no '- '"),
    ("did not find expected key", "this does not line up with what is above it; check indentation and quotes"),
    ("did not find expected node content", "something is missing here; check the brackets and commas"),
    ("found character that cannot start any token", "put the text in quotes: it cannot start like this"),
    ("block sequence entries are not allowed", "start the list on a line of its own"),
    ("found undefined alias", "put the text in quotes, or write it out: references with * are not used here"),
    ("did not find expected alphabetic or numeric character", "put the text in quotes: it cannot start like this"),
    ("found unknown escape character", "use single quotes, or write the backslash twice"),
    ("did not find expected hexdecimal number", "use single quotes, or write the backslash twice"),
    ("did not find expected <document start>", "this is not part of what stands above it; check the indentation"),
    ("found extra document", "remove the line ---: a file holds one document"),
    ("did not find expected comment or line break", "start the text on the next line, below the > or |"),
)


_OTHERWISE = "YAML cannot be read here; check the indentation, the colons and the quotes"
# What is never closed is best shown where it was opened.
_UNCLOSED = {
    "while scanning a quoted scalar": "this text is never closed: a quotation mark is missing at its end",
    "while parsing a flow sequence": "this list has no closing ], or a comma is missing in it",
    "while parsing a flow mapping": "this has no closing }, or a comma is missing in it",
}


def plainly(text: str, error: yaml.MarkedYAMLError) -> tuple[int, str]:
    """Where in `text` the error is best shown, and what to do about it."""
    index, opened = _index(error.problem_mark, text), _index(error.context_mark, text)
    said = f"{error.context or ''} {error.problem or ''}"
    for theirs, ours in _UNCLOSED.items():
        if theirs in said and "escape" not in said and "hexdecimal" not in said:
            return opened, ours
    if text[:index].rstrip(" ").endswith(("'", '"')) and "did not find expected" in said:
        return index, "put the whole text in quotes: it goes on here after a closing quotation mark"
    if text[index : index + 1] == "\t":
        return index, "indent with spaces: there is a tab here"
    return index, next((ours for theirs, ours in _PLAIN if theirs in said), _OTHERWISE)


def _index(mark: Any, text: str) -> int:
    return min(mark.index, len(text)) if mark is not None else 0
