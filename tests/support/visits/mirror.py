"""How does axe read a page whose scripts are switched off? In a second window, where only axe's own script runs."""

from __future__ import annotations

from playwright.sync_api import Page, Route

# As on the page itself no script of its own runs; axe comes in past the policy.
POLICY = "default-src 'self'; script-src 'none'"


def mirrored(page: Page) -> Page:
    """The markup of `page` at its own address, in a window of the same browser that runs no script of the page."""
    browser = page.context.browser
    assert browser is not None
    window = next((each for each in browser.contexts if getattr(each, "mirror", False)), None)
    if window is None:
        window = browser.new_context(viewport=page.viewport_size)
        window.mirror = True  # type: ignore[attr-defined]
        window.new_page()
    copy, markup = window.pages[0], page.content()

    def answer(route: Route) -> None:
        route.fulfill(body=markup, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": POLICY})

    copy.route(page.url, answer)
    copy.goto(page.url)
    copy.unroute(page.url, answer)
    return copy
