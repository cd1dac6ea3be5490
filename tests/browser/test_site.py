"""Can everyone read the static site of schemes? One page of each kind, through axe, and at the width of a telephone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from sanctuary.cli import main
from sanctuary.web.site.pages import PARTS

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("index.html", "compare.html", "contradictions.html", *(f"norfolk/{part}.html" for part in PARTS))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the schemes of the checkout."""
    place = tmp_path_factory.mktemp("site")
    assert main(["publish", str(place), "--schemes", str(ROOT / "schemes"), "--at", "2026-06-01"]) == 0
    return place


@pytest.mark.parametrize("path", PAGES)
def test_a_page_can_be_read_by_everyone(site: Path, path: str, page: Page, axe: Callable[[Page], None]) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto((site / path).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    axe(page)
