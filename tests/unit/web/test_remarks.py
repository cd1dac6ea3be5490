"""Does the page of a case say which rules were set aside, do not count yet or make it wait?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from sanctuary.actions.see_case import SeenCase
from sanctuary.core.clocks import LONDON
from sanctuary.core.events import fold
from sanctuary.core.progress import evaluate
from sanctuary.loader import load
from sanctuary.loader.casefile import read_case
from sanctuary.loader.scalars import moment
from sanctuary.records.accounts import Staff
from sanctuary.web.pages.case import CasePage, case_page
from sanctuary.web.pages.step import step_page
from sanctuary.web.pages.work import Work
from sanctuary.web.pathway import draw
from tests.spec import easing, needs, tracks
from tests.support.chapter import BEGUN
from tests.support.chapters import written


def page(folder: Path, files: dict[str, str], events: str, at: str, *, blind: bool = False) -> CasePage:
    """The page of the case."""
    found = seen(folder, files, events, at, blind=blind)
    return case_page(found, found.progress.at.astimezone(LONDON))


def seen(folder: Path, files: dict[str, str], events: str, at: str, *, blind: bool = False) -> SeenCase:
    """A case of this scheme at this time; to a `blind` reader nothing of what was recorded is shown."""
    scheme, now = load(written(folder, files)).scheme, moment(at)
    assert scheme is not None
    assert now is not None
    happened, problems = read_case(BEGUN + events, scheme)
    assert happened is not None, problems
    facts = fold(event for event in happened if event.at <= now)
    return SeenCase(
        case_id=uuid4(),
        reference="SMA-4K7P-2X",
        scheme=scheme,
        facts=replace(facts, answers={}, overridden={}) if blind else facts,
        progress=evaluate(scheme, facts, now),
        seq=facts.seq,
        staff=Staff(account=uuid4(), name="R", role="housing", agency_id=1, agency="council", agency_title="Council"),
        reads=frozenset({"core"}),
        timeline=(),
    )


def test_what_was_set_aside_is_told_with_by_whom_and_why(tmp_path: Path) -> None:
    files, events = easing._gate(easing._OVERRIDE), easing._INCOMPLETE + easing._OVERRODE
    (remark,) = page(tmp_path, files, events, "2026-03-02 12:00").remarks
    assert remark.text == "Set aside by Council on 2 March 2026 at 11:00: Is all there?"
    assert remark.because == "The missing paper cannot be had, and the danger is great."


def test_to_others_only_that_it_was(tmp_path: Path) -> None:
    files, events = easing._gate(easing._OVERRIDE), easing._INCOMPLETE + easing._OVERRODE
    (remark,) = page(tmp_path, files, events, "2026-03-02 12:00", blind=True).remarks
    assert (remark.text, remark.because) == ("Set aside: Is all there?", "")


def test_what_does_not_count_yet_is_told_with_from_when_it_does(tmp_path: Path) -> None:
    files = easing._gate(easing._DEFERRED, guards="visit", unknown="carry_on")
    events = easing._INCOMPLETE + easing._FITTED
    (before,) = page(tmp_path / "1", files, events, "2026-03-02 11:00").remarks
    (later,) = page(tmp_path / "2", files, events, "2026-03-02 13:00").remarks
    assert (before.text, before.source) == ("Does not count yet: Is all there?", "guide, part 3")
    assert later.text == "Counts from 7 March 2026 at 12:00: Is all there?"


def test_what_may_be_chosen_for_now_is_told(tmp_path: Path) -> None:
    files = easing._gate(easing._LIFTED, guards="works, visit")
    (remark,) = page(tmp_path, files, easing._INCOMPLETE, "2026-03-02 11:00").remarks
    assert remark.text == "In “Works”, for now, only: An alarm."


def test_the_track_is_told(tmp_path: Path) -> None:
    (remark,) = page(tmp_path / "1", tracks._track(), tracks._DANGER, "2026-03-02 11:00").remarks
    assert remark.text == "Works come first: steps come in another order than usual."
    assert page(tmp_path / "2", tracks._track(), tracks._CALM, "2026-03-02 11:00").remarks == ()


WANTED = "- at: 2026-03-02 10:00\n  did: assessment\n  answers: {wants_it: no}\n"


def test_the_page_of_a_step_that_waits_says_why_and_that_nothing_is_refused(tmp_path: Path) -> None:
    found = seen(tmp_path, {"2-assessment.yaml": needs._WAIT}, WANTED, "2026-03-02 11:00")
    made = step_page(Work(seen=found, step=found.scheme.steps["visit"], now=found.progress.at))
    assert made.why_not == ("This waits, and nothing is refused. It is approved, and this year's money is spent.")


def test_the_picture_shows_what_makes_others_wait(tmp_path: Path) -> None:
    found = seen(tmp_path, {"2-assessment.yaml": needs._WAIT}, WANTED, "2026-03-02 11:00")
    assert "It makes others wait" in draw(found.scheme, found.progress, width=960)


def test_a_case_that_waits_is_called_what_the_scheme_calls_it(tmp_path: Path) -> None:
    told = page(tmp_path, {"2-assessment.yaml": needs._WAIT}, WANTED, "2026-03-02 11:00")
    assert (told.standing, told.tone, told.noes) == ("Approved, waiting for money", "open", ())
    (why,) = told.held
    assert (why.text, why.onward) == ("It is approved, and this year's money is spent.", "")


def test_each_no_says_what_happens_next(tmp_path: Path) -> None:
    tree = """\
          all_of:
            own: {holds_if: "home.tenure == 'own'", reason: Not an owner., then: pass_on, to: police}
            lasting: {holds_if: "home.for_sale == 'no'", reason: It is sold., then: pass_on, to: the landlord}
            quiet: {holds_if: "home.hostel == 'no'", reason: Not in hostels., then: advise}
            money: {holds_if: "home.money == 'yes'", reason: No money.}
"""
    events = needs._answers(for_sale="yes", hostel="yes", money="no")
    told = page(tmp_path, needs._needs(tree), events, "2026-03-02 12:00")
    assert [no.onward for no in told.noes] == [
        "It is passed on to: Police.",
        "It is passed on to: the landlord.",
        "The scheme can give advice.",
        "",
    ]
