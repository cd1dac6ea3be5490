"""Would axe notice? A page with known faults, and the two findings that are let pass."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.support.axe import findings

PAGE = """<!doctype html><html lang="en-GB"><head><title>A page</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'"></head>
<body><main><h1>A page</h1>{}</main></body></html>"""
REVEAL = '<input class="govuk-radios__input" type="radio" id="a" aria-expanded="false" aria-controls="b">'


def test_an_input_without_a_label_is_found(page: Page) -> None:
    page.set_content(PAGE.format('<input type="text" id="name">'))

    assert [line.split(":")[0] for line in findings(page)] == ["label"]


def test_a_page_without_faults_passes_under_a_strict_policy(page: Page, axe: Callable[[Page], None]) -> None:
    page.set_content(PAGE.format('<label for="name">Name</label> <input type="text" id="name">'))

    axe(page)


def test_a_reveal_passes_on_a_radio_of_govuk_frontend(page: Page, axe: Callable[[Page], None]) -> None:
    page.set_content(PAGE.format(f'{REVEAL}<label for="a">Yes</label><div id="b">More</div>'))

    axe(page)


def test_a_reveal_fails_on_any_other_radio(page: Page, axe: Callable[[Page], None]) -> None:
    page.set_content(PAGE.format(f'{REVEAL.replace("govuk-", "our-")}<label for="a">Yes</label><div id="b">More</div>'))

    with pytest.raises(AssertionError, match="aria-allowed-attr"):
        axe(page)
