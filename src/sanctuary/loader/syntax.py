"""Why can YAML not be read here, in plain words? The parser's messages, said again for people who do not know YAML."""

from __future__ import annotations

import yaml

# The first entry whose words stand in the parser's own message is used; the most telling come first.
_PLAIN = (
    ("found character '\\t'", "indent with spaces: there is a tab here"),
    ("found a tab character", "indent with spaces: there is a tab here"),
    ("mapping values are not allowed", "put the text in quotes: there is a colon in it here"),
    ("found unexpected end of stream", "this text is never closed: a quotation mark is missing"),
    ("could not find expected ':'", "a colon is missing after the name, on this line or the one before"),
    ("did not find expected ',' or ']'", "a comma or a closing ] is missing before this"),
    ("did not find expected ',' or '}'", "a comma or a closing } is missing before this"),
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


def plainly(text: str, index: int, error: yaml.MarkedYAMLError) -> str:
    """What to do about `error`, found at `index` of `text`."""
    said = f"{error.context or ''} {error.problem or ''}"
    if "cannot start any token" in said and text[index : index + 1] == "\t":
        return "indent with spaces: there is a tab here"
    for theirs, ours in _PLAIN:
        if theirs in said:
            return ours
    return f"YAML cannot be read here: {error.problem or 'it is not well formed'}"
