"""Can an officer see what a newer version would change for a case, move it, and count what came and went?"""

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
CONTACT = {"wants_scheme": "yes", "tenure": "private"}
_OFFICER = "    title: Housing options officer\n"


@pytest.fixture
def district(journey: Callable[[str, str], Journey], monkeypatch: pytest.MonkeyPatch) -> Journey:
    """A case that was referred and whose client was contacted, under the version that ran then."""
    made = journey("uttlesford", "uttlesford")
    made.refer("housing", REFERRAL)
    made.do("housing", "first_contact", CONTACT)
    monkeypatch.setattr(definitions, "_running", dict(definitions._running))
    return made


@pytest.fixture
def revised(district: Journey, tmp_path: Path) -> str:
    """A newer version that turns round who is helped, and lets housing officers move cases to it."""
    folder = tmp_path / "schemes" / "uttlesford"
    shutil.copytree(Path(settings.SCHEMES) / "uttlesford", folder)
    shutil.copy(Path(settings.SCHEMES) / "meanings.yaml", folder.parent)
    for name, old, new in (
        ("scheme.yaml", _OFFICER, f"{_OFFICER}    may: [move_cases]\n"),
        ("scheme.yaml", "scheme: uttlesford\n", "scheme: uttlesford\nedition: 2026-05-01\n"),
        ("1-referral.yaml", "first_contact.wants_scheme == 'no'", "first_contact.wants_scheme == 'yes'"),
    ):
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    assert definitions.publish(folder.parent) == ()
    scheme = load(folder).scheme
    assert scheme is not None
    definitions._running["uttlesford"] = scheme
    return scheme.version


@pytest.mark.covers("N31", "A5")
def test_first_what_would_change_and_then_the_move(district: Journey, revised: str) -> None:
    officer = district.visitor("housing")
    page = district.look("housing")
    assert "New cases begin under the edition of 1 May 2026" in page.text
    page = officer.click("See what would change for this case")
    assert page.heading == "Move to the newer version"
    assert "It is open now. It would be stopped." in page.text
    assert "What would stand in the way" in page.text
    assert district.look("housing").standing.startswith("Open")
    officer.click("See what would change for this case")
    page = officer.press("Move the case")
    assert "goes on under the version" in page.text
    assert page.standing == "Stopped"
    assert "Moved to another version of the scheme" in page.timeline
    assert "See what would change for this case" not in page.links
    assert officer.open(f"{district.case}/version").status == 409


def test_nobody_else_is_offered_it(district: Journey, revised: str) -> None:
    page = district.look("referrer")
    assert "See what would change for this case" not in page.links
    page = district.visitor("referrer").open(f"{district.case}/version")
    assert (page.status, "does not move cases" in page.text) == (409, True)


def test_a_page_that_is_out_of_date_moves_nothing(district: Journey, revised: str) -> None:
    officer = district.visitor("housing")
    officer.open(f"{district.case}/version")
    form = officer.page.form
    sent = [(name, "0123456789ab" if name == "version" else value) for name, value in form.sent(form.buttons[0])]
    page = officer.send(form, sent)
    assert (page.status, "come into use since" in page.text) == (409, True)


@pytest.mark.covers("N20")
def test_what_came_and_went_reconciles(district: Journey) -> None:
    officer = district.visitor("housing")
    page = officer.open("/work")
    page = officer.click("Cases that came and went, counted")
    assert page.heading == "Cases that came and went"
    before = _table(page.text)
    page = officer.press("Count", {"from": "2026-06-01", "until": "2026-06-02"})
    found = _table(page.text)
    assert found["Came"] >= 1
    assert found["Open before the first day"] + found["Came"] == (
        found["Ended, all reasons together"] + found["Still open after the last day"]
    )
    assert before["Came"] >= found["Came"]


def test_days_that_are_no_days_are_asked_for_again(district: Journey) -> None:
    officer = district.visitor("housing")
    address = "/flows?scheme=uttlesford&until-day=1&until-month=6&until-year=2026&from-year=2026"
    page = officer.open(f"{address}&from-day=31&from-month=2")
    assert page.status == 422
    assert page.problems == {"Enter a real date for ‘The first day’, like 27 3 2026": "#from-day"}
    later = officer.open(f"{address}&from-day=2&from-month=6")
    assert later.problems == {"The last day has to be the first day or later": "#until-day"}
    assert officer.open("/flows?scheme=norfolk").status == 404


def _table(text: str) -> dict[str, int]:
    """The numbers of the table, by the label of each row."""
    labels = (
        "Open before the first day",
        "Came",
        "Ended, all reasons together",
        "Still open after the last day",
    )
    words = text.split("Cases", 2)[-1]
    return {label: int(words.split(label, 1)[1].split()[0]) for label in labels}
