"""Does `sanctuary why` say where a case stands, to people and to programs?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.spec import decisions, easing, needs, tracks
from tests.support.chapter import BEGUN
from tests.support.chapters import written
from tests.unit.cli import town
from tests.unit.cli.conftest import Run


def test_json_has_the_keys_that_are_promised(here: Path, run: Run) -> None:
    code, said, _ = run("why", "ours", "case.yaml", "--at", "2026-03-02 12:00", "--json")
    answer = json.loads(said)
    assert code == 0
    assert list(answer) == [
        "scheme", "version", "at", "stage", "outcome", "done", "open", "waiting", "stopped", "unknown",
        "held", "status", "overridden", "deferred", "track", "conflicts",
    ]  # fmt: skip
    assert answer | {"version": ""} == {
        "scheme": "ours",
        "version": "",
        "at": "2026-03-02T12:00:00+00:00",
        "stage": "assessment",
        "outcome": "open",
        "done": ["referral", "assessment"],
        "open": [
            {
                "step": "police_enquiry",
                "who": ["police"],
                "since": "2026-03-02T09:00:00+00:00",
                "due": "2026-03-03T11:00:00+00:00",
            },
            {"step": "visit", "who": ["support", "police"], "since": "2026-03-02T10:00:00+00:00", "due": None},
        ],
        "waiting": [{"step": "follow_up", "on": ["2026-06-02T10:00:00+01:00"]}],
        "stopped": [],
        "unknown": ["police_enquiry.too_dangerous"],
        "held": [],
        "status": "",
        "overridden": [],
        "deferred": {},
        "track": "",
        "conflicts": {},
    }
    assert len(answer["version"]) == 12


def test_json_says_every_no_whole(here: Path, run: Run) -> None:
    _, said, _ = run("why", "schemes/ours", "case.yaml", "--at", "2026-03-05", "--json")
    answer = json.loads(said)
    assert answer["outcome"] == "stopped"
    assert answer["stopped"] == [
        {
            "rule": "wanted.too_dangerous",
            "reason": "The police advise against staying.",
            "facts": ["police_enquiry.too_dangerous"],
            "source": "guide, part 3",
            "alternatives": ["A place in a refuge", "Advice on other homes"],
            "then": "refuse",
            "to": "",
        }
    ]


def test_words_say_whose_turn_it_is_and_what_is_not_decided(here: Path, run: Run) -> None:
    code, said, _ = run("why", "ours", "case.yaml", "--at", "2026-03-02 12:00")
    assert code == 0
    for line in (
        "Monday 2 March 2026 at 12pm",
        "Stage 2 of 7: assessment. The case is open.",
        "Police. Open since Monday 2 March 2026 at 9am. Asked Monday 2 March 2026 at 11am.",
        "Due Tuesday 3 March 2026 at 11am, in 23 hours.",
        "Support agency or Police. Open since Monday 2 March 2026 at 10am.",
        "No target.",
        "Is staying too dangerous? (What the police know)",
        "Follow-up at 3 months – opens Tuesday 2 June 2026 at 10am",
        "Assessment: Monday 2 March 2026 at 10am, Council",
    ):
        assert line in said


@pytest.mark.covers("A1")
def test_words_say_why_not_and_what_else_there_is(here: Path, run: Run) -> None:
    _, said, _ = run("why", "ours", "case.yaml", "--at", "2026-03-05 09:00")
    assert "The way forward is stopped." in said
    assert "The police advise against staying." in said
    assert "Where it says so: guide, part 3 (wanted.too_dangerous)" in said
    assert "What else there is: A place in a refuge; Advice on other homes" in said


def test_words_say_what_is_late_and_what_is_paused(here: Path, run: Run) -> None:
    town.case(here, town.CASE.rsplit("- at", 1)[0])
    _, said, _ = run("why", "ours", "case.yaml", "--at", "2026-03-06 11:00")
    assert "It was due Tuesday 3 March 2026 at 11am, 3 days ago." in said
    town.case(here, town.CASE.rsplit("- at", 1)[0] + "- {at: 2026-03-02 12:00, paused: visit, because: In hospital}\n")
    _, said, _ = run("why", "ours", "case.yaml", "--at", "2026-03-06 11:00")
    assert "The clock is paused." in said


def test_words_say_how_a_case_ended(here: Path, run: Run) -> None:
    closing = "- {at: 2026-03-05 09:00, did: closure, as: housing, answers: {reason: withdrawn}}\n"
    town.case(here, town.CASE + closing)
    _, said, _ = run("why", "ours", "case.yaml", "--at", "2026-03-06")
    assert "The case is closed: The person no longer wants it." in said


def test_nothing_that_a_person_said_is_told(here: Path, run: Run) -> None:
    for form in ([], ["--json"]):
        _, said, _ = run("why", "ours", "case.yaml", "--at", "2026-03-05", *form)
        assert not any(word in said for word in ("Ashdown", "7946", "Example Row"))


def test_a_time_may_have_an_offset_and_now_is_the_time_meant(here: Path, run: Run) -> None:
    _, said, _ = run("why", "ours", "case.yaml", "--at", "2026-06-02T09:00Z", "--json")
    assert json.loads(said)["at"] == "2026-06-02T10:00:00+01:00"
    _, said, _ = run("why", "ours", "case.yaml", "--json")
    assert json.loads(said)["done"] == ["referral", "assessment", "police_enquiry"]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("ourz", "case.yaml"), "There is no scheme 'ourz'. Did you mean 'ours'?"),
        (("nowhere", "case.yaml"), "There is no scheme 'nowhere'. There is base and ours."),
        (("ours", "none.yaml"), "There is no case file none.yaml."),
        (("ours", "case.yaml", "--at", "soon"), "'soon' is no time: write it like 2026-03-02 or '2026-03-02 14:30'."),
        (("ours", "case.yaml", "--at", "2026-02-30"), "There is no such time as '2026-02-30'."),
        (("ours", "case.yaml", "--at", "9999-12-31"), "The year 9999 is out of reach: ask about 1900 to 2200."),
        (("ours", "case.yaml", "--at", "2026-03-01"), "At 2026-03-01 00:00 this case had not been opened"),
    ],
)
def test_a_wrong_call_is_told_and_ends_with_2(here: Path, run: Run, arguments: tuple[str, ...], complaint: str) -> None:
    code, said, complained = run("why", *arguments)
    assert (code, said) == (2, "")
    assert complained.startswith(f"sanctuary: {complaint}")


def test_a_broken_case_file_is_told_at_its_place_and_ends_with_1(here: Path, run: Run) -> None:
    town.case(here, town.CASE.replace("did: assessment", "did: asessment"))
    code, said, _ = run("why", "ours", "case.yaml")
    assert code == 1
    assert "case.yaml:8:8: there is no step 'asessment'; did you mean 'assessment'?\n" in said


def test_a_broken_definition_is_told_at_its_place_and_ends_with_1(here: Path, run: Run) -> None:
    path = here / "schemes" / "ours" / "6-aftercare.yaml"
    path.write_text(path.read_text().replace("[support]", "[suport]"))
    code, said, _ = run("why", "ours", "case.yaml")
    assert code == 1
    assert said == "schemes/ours/6-aftercare.yaml:5:11: there is no role 'suport'; did you mean 'support'?\n"


@pytest.mark.parametrize(
    ("files", "events", "lines"),
    [
        (
            {"2-assessment.yaml": needs._WAIT},
            "- at: 2026-03-02 10:00\n  did: assessment\n  answers: {wants_it: no}\n",
            ("It is called: Approved, waiting for money.", "Why it waits, though nothing is refused"),
        ),
        (
            easing._gate(easing._OVERRIDE),
            easing._INCOMPLETE + easing._OVERRODE,
            ("Set aside: Is all there? (ready.papers)",),
        ),
        (
            easing._gate(easing._DEFERRED, guards="visit", unknown="carry_on"),
            easing._INCOMPLETE,
            ("Does not count yet: Is all there? (ready.papers)",),
        ),
        (
            easing._gate(easing._DEFERRED, guards="visit", unknown="carry_on"),
            easing._INCOMPLETE + easing._FITTED,
            ("Counts from Saturday 7 March 2026 at 12pm: Is all there? (ready.papers)",),
        ),
        (tracks._track(), tracks._DANGER, ("Works come first",)),
        (
            decisions._agreement("joint"),
            decisions._said(housing="support", police="decline"),
            ("Opinions differ on “Do the agencies agree?”: those of Council and Police",),
        ),
    ],
)
def test_words_say_which_rules_are_less_than_hard(
    here: Path, run: Run, tmp_path: Path, files: dict[str, str], events: str, lines: tuple[str, ...]
) -> None:
    scheme = written(tmp_path / "other", files)
    (tmp_path / "other.yaml").write_text(BEGUN + events, encoding="utf-8")
    code, said, _ = run("why", str(scheme), "other.yaml", "--at", "2026-03-02 13:00")
    assert code == 0
    assert all(line in said for line in lines), said


def test_one_rule_is_explained_by_its_name(here: Path, run: Run) -> None:
    asked = ("why", "ours", "case.yaml", "--at", "2026-03-05")
    code, said, _ = run(*asked, "--rule", "wanted")
    assert code == 0
    assert said.startswith("Is the way clear? (gate.wanted)\n  It says no.\n  It stands before “First visit”")
    assert "It says no: The police advise against staying." in said
    assert "Where it says so: guide, part 3 (wanted.too_dangerous)" in said
    assert "Is staying too dangerous? – “Yes”" in said
    assert "With “Is staying too dangerous?”: “No”: It does not stand in the way." in said
    told = json.loads(run(*asked, "--rule", "clock.police_enquiry", "--json")[1])
    assert (told["name"], told["rules"][0]["source"]) == ("clock.police_enquiry", "guide, part 3")


def test_a_role_is_told_what_it_may_read(here: Path, run: Run) -> None:
    asked = ("why", "ours", "case.yaml", "--at", "2026-03-05", "--rule", "gate.wanted")
    _, said, _ = run(*asked, "--role", "support")
    assert "Is staying too dangerous? – not for this reader" in said
    assert "advise against" not in said
    code, _, complaint = run(*asked, "--role", "suport")
    assert (code, "There is no role 'suport'; did you mean 'support'?" in complaint) == (2, True)
    code, _, complaint = run(*asked[:-1], "wantd")
    assert (code, "There is no rule 'wantd'" in complaint) == (2, True)


def test_what_stops_a_case_is_explained_without_being_asked(here: Path, run: Run) -> None:
    _, said, _ = run("why", "ours", "case.yaml", "--at", "2026-03-05")
    assert "\nWhy\n" in said
    assert "(gate.wanted)" in said
