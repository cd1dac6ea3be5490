"""Do the Jinja macros give GOV.UK's own markup? Every fixture that GOV.UK Frontend ships, rendered and compared."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from sanctuary.web.components import component

COMPONENTS = Path(__file__).resolve().parents[2] / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"
# Of GOV.UK Frontend 6.3.0. Another number after an upgrade says that there is markup that nobody has compared.
FIXTURES = 657


class Outline(HTMLParser):
    """What a browser would make of markup: tags with their attributes in any order, and text word by word."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.parts: list[object] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append((tag, sorted((name, " ".join((value or "").split())) for name, value in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if words := data.split():
            self.parts.append(words)


def fixtures() -> list[tuple[str, dict[str, Any]]]:
    """Component and fixture, for all components."""
    files = sorted(COMPONENTS.glob("*/fixtures.json"))
    return [(file.parent.name, fixture) for file in files for fixture in json.loads(file.read_text())["fixtures"]]


def test_every_fixture_is_compared() -> None:
    assert len(fixtures()) == FIXTURES


@pytest.mark.parametrize("name", sorted({name for name, _ in fixtures()}))
def test_a_component_has_the_markup_of_its_fixtures(name: str) -> None:
    of_this = [fixture for other, fixture in fixtures() if other == name]
    different = [
        fixture["name"]
        for fixture in of_this
        if Outline(str(component(name, fixture["options"]))).parts != Outline(fixture["html"]).parts
    ]

    assert different == []
