"""Can a rule be set aside, and a consent taken back, by those who may, on pages that say what follows from it?"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from sanctuary.actions import definitions
from sanctuary.loader import load
from tests.journey.test_uttlesford import REFERRAL
from tests.support.database import on_the_record
from tests.support.journey import Journey

pytestmark = on_the_record
ASIDE = "Set this rule aside for this case"
WHY = "The danger is as great as in the cases that the scheme was made for"
CODE = "        code: not_eligible\n"


@pytest.fixture
def soft(journey: Callable[[str, str], Journey], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Journey:
    """A case stopped by a rule that a housing officer may set aside."""
    folder = tmp_path / "schemes" / "uttlesford"
    shutil.copytree(Path(settings.SCHEMES) / "uttlesford", folder)
    shutil.copy(Path(settings.SCHEMES) / "meanings.yaml", folder.parent)
    text = (folder / "1-referral.yaml").read_text(encoding="utf-8")
    assert text.count(CODE) == 1
    easier = text.replace(CODE, f"{CODE}        override: {{by: [housing]}}\n")
    (folder / "1-referral.yaml").write_text(easier, encoding="utf-8")
    made = journey("uttlesford", "uttlesford")
    assert definitions.publish(folder.parent) == ()
    scheme = load(folder).scheme
    assert scheme is not None
    monkeypatch.setitem(definitions._running, "uttlesford", scheme)
    made.refer("referrer", {**REFERRAL, "harm": "neither"})
    return made


def test_a_rule_is_set_aside_with_a_reason_and_stays_on_the_case(soft: Journey) -> None:
    officer, page = soft.visitor("housing"), soft.look("housing")
    link = next(words for words in page.links if words.startswith(ASIDE))
    page = officer.click(link)
    assert page.heading == ASIDE
    assert "Other rules go on counting." in page.text
    page = officer.press("Set the rule aside")
    assert list(page.problems) == ["Enter the reason for setting the rule aside"]
    page = officer.press("Set the rule aside", {"reason": WHY})
    assert "The rule is set aside for this case, with your reason." in page.text
    assert f"Because: {WHY}" in page.text
    assert not any(words.startswith(ASIDE) for words in page.links)
    assert "What it is stopped by" not in page.text


def test_others_are_not_offered_it_and_are_refused_with_who_may(soft: Journey) -> None:
    page = soft.look("referrer")
    assert not any(words.startswith(ASIDE) for words in page.links)
    referrer = soft.visitor("referrer")
    referrer.open(f"{soft.case}/rules/offered_here.other_harm/aside")
    page = referrer.press("Set the rule aside", {"reason": WHY})
    assert "This rule can be set aside by: Housing options officer." in page.text
    assert WHY in page.text  # what was typed is not lost


def test_a_rule_or_consent_that_does_not_exist_is_no_page(soft: Journey) -> None:
    for address in ("rules/nothing.here/aside", "rules/offered_here/aside", "consents/nothing/withdraw"):
        assert soft.visitor("housing").open(f"{soft.case}/{address}").heading == "Page not found", address


CONTACT = {
    "name": "Ellis Marsh", "birth_date": {"day": "8", "month": "4", "year": "1991"},
    "address": "7 Example Row, King's Lynn", "postcode": "PE30 1AA",
    "safe_phone": "020 7946 0031", "safe_times": "Weekdays after 1pm", "made_by": "professional",
}  # fmt: skip
REFERRED = {
    "agrees_referral": "yes", "agrees_sharing": "yes", "harm": "domestic_abuse", "dash_done": "yes",
    "dash": "dash_medium", "dash_on": {"day": "27", "month": "5", "year": "2026"}, "resident": "yes",
    "perpetrator_there": "no", "tenure": "private", "holder": "alone",
}  # fmt: skip


@pytest.mark.covers("A4", "W5")
def test_a_consent_taken_back_ends_at_once_what_rested_on_it(journey: Callable[[str, str], Journey]) -> None:
    made = journey("west_norfolk", "west_norfolk")
    made.refer("professional", CONTACT)
    made.do("professional", "referral", REFERRED)
    assert "DASH (2009): " in made.look("officer").text
    page = made.look("professional")
    assert "Given on 1 June 2026" in page.text
    visitor = made.visitor("professional")
    page = visitor.click(next(words for words in page.links if words.startswith("Take back: Sharing information")))
    assert page.heading == "Record that this consent is taken back"
    page = visitor.press("Record that it is taken back")
    assert "Recorded. What rested on that consent has ended." in page.text
    assert "Withdrawn on 1 June 2026" in page.text
    assert "Consent taken back: Sharing information" in page.text
    assert not any(words.startswith("Take back: Sharing information") for words in page.links)
    seen = made.look("officer")
    assert "DASH (2009): " not in seen.text
