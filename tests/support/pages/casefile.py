"""What a case file holds: its keys, and an example with the answer that it gets."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from sanctuary.cli import main
from sanctuary.loader.entries import VERBS
from tests.support.pages.language import shapes
from tests.support.pages.markdown import code, page, table
from tests.unit.cli import town

_INTRODUCTION = """
A case file tells `sanctuary why` and the examples of a scheme what happened: a YAML list of events, in the order of
their times. Each has a time, `as` says the role that did it (where only one can, it may be left out), and exactly one
key says what happened. Times are London time, or have an offset.
"""
_VALUES = """
## How answers are written

| type | written like |
| --- | --- |
| `yes_no` | `yes` or `no` |
| `choice` | the name of an option |
| `choices` | `[one, another]` |
| `text`, `long_text`, `name`, `address`, `postcode`, `phone`, `email` | text |
| `number` | `3` |
| `money` | `12.50` |
| `amount` | `£12.50 a week`, or a month, quarter or year |
| `date` | `2026-03-02` |
| `moment` | `2026-03-02 14:30` |
| `rows` | a list of mappings, one for each row |

`not_known`, `declined` and `not_applicable` can be said where the question allows them. Questions that do not apply are
left out. Blank answers are left out too.
"""


def pages() -> Mapping[str, str]:
    """The page about case files."""
    return {
        "docs/reference/case-file.md": page(
            "What a case file holds",
            _INTRODUCTION,
            table(("key", "what it says", "goes with"), _verbs()),
            _VALUES,
            "## An example",
            "A case in the small scheme of the tests:",
            code(town.CASE, "yaml"),
            "Where it stands on 2 March 2026 at noon:",
            code(_why(), "text"),
            "What each file of a definition holds, and how examples use case files, is in"
            " [the language reference](language/README.md).",
        )
    }


def _verbs() -> list[tuple[str, str, str]]:
    fields = shapes()["EntryShape"].model_fields
    told = [("at", ""), ("as", ""), *((verb, ", ".join(f"`{key}`" for key in keys)) for verb, keys in VERBS.items())]
    rows = [(f"`{key}`", fields["role" if key == "as" else key].description or "", more) for key, more in told]
    return [*rows, *((f"`{key}`", fields[key].description or "", "") for key in ("answers", "because"))]


def _why() -> str:
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(StringIO()) as said:
        schemes, case = town.schemes(Path(folder) / "schemes"), town.case(Path(folder))
        main(["why", str(schemes / "ours"), str(case), "--at", "2026-03-02 12:00"])
    return said.getvalue()
