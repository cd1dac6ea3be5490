"""Is a page accessible, as far as a machine can tell? Two findings that come from GOV.UK pass."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

# GOV.UK Frontend 6.3.0 itself: reveals set aria-expanded on a radio, which its own tests let pass too, and the button
# of an enhanced file upload reads out more than it shows. Each only on exactly these elements.
UPSTREAM = {
    "aria-allowed-attr": ".govuk-radios__input[aria-expanded]",
    "label-content-name-mismatch": ".govuk-file-upload-button",
}

FINDINGS = """
async ([standards, upstream]) => {
    const found = await axe.run(document, {elementRef: true, runOnly: {type: "tag", values: standards}});
    const ours = (rule, node) => !(upstream[rule] && node.element.matches(upstream[rule]));
    return found.violations.flatMap(({id, help, nodes}) => nodes.filter(node => ours(id, node))
        .map(node => `${id}: ${help}: ${node.target.join(" ")}: ${node.html.slice(0, 200)}`));
}
"""


def findings(page: Page) -> list[str]:
    """What is wrong with the page as it stands now: one line an element, empty when nothing is."""
    # Evaluated, since a page's own security policy would refuse a script tag.
    page.evaluate(_axe())
    return list(page.evaluate(FINDINGS, [STANDARDS, UPSTREAM]))


@cache
def _axe() -> str:
    return AXE.read_text()
