"""Can every page that does something be left without doing it, from where its button stands?"""

from __future__ import annotations

import re

import pytest

from tests.support.source import ROOT

PAGES = ROOT / "src" / "sanctuary" / "web" / "jinja2"
# Pages that do nothing to leave be: several small acts beside what they are about, a question, or a way in. All but the
# questions and the way in have a link back at their top.
WITHOUT = {
    "base.html": "signing out",
    "confirm.html": "its way out stands below both of its forms",
    "oversight/alarms.html": "alarms, each to be taken",
    "oversight/audit.html": "a question",
    "oversight/audit_person.html": "what a colleague read",
    "parts/messages.html": "notices in the worklist",
    "parts/typed.html": "what was typed, kept for another try",
    "people/accept.html": "a way in",
    "people/deputies.html": "deputies, each to be acted for",
    "search.html": "a question",
    "section.html": "a part of a step, which is saved as it is left",
    "sessions.html": "sessions, each to be ended",
    "sign_in.html": "a way in",
    "sign_in_code.html": "a way in",
    "sign_in_passkey.html": "a way in",
    "sign_in_recovery.html": "a way in",
    "step.html": "a step, with what has come of it",
    "ways_app.html": "a way in",
    "ways_codes.html": "a way in",
    "ways_passkey.html": "a way in",
    "ways_passkey_one.html": "a way in",
    "ways_password.html": "a way in",
}
ALL = {str(path.relative_to(PAGES)): path.read_text("utf-8") for path in sorted(PAGES.rglob("*.html"))}
POSTING = {name: text for name, text in ALL.items() if 'method="post"' in text}


def without_a_way_out(page: str) -> bool:
    """Whether the first form that the page sends has no link away from it."""
    form = re.search(r'<form[^>]*method="post".*?</form>', page, re.DOTALL)
    return bool(form) and '<a class="govuk-link" href=' not in form.group()  # type: ignore[union-attr]


@pytest.mark.parametrize("name", sorted(POSTING.keys() - WITHOUT.keys()))
def test_an_act_can_be_left_beside_its_button(name: str) -> None:
    assert not without_a_way_out(POSTING[name])


@pytest.mark.parametrize("name", WITHOUT)
def test_no_page_is_let_pass_that_has_one(name: str) -> None:
    assert without_a_way_out(POSTING[name])


def test_a_page_without_one_is_found() -> None:
    assert without_a_way_out('<form method="post">{{ component("button", {"text": "Make the copy"}) }}</form>')
