"""Does a condition read as plain English, with the titles of its questions and options?"""

from __future__ import annotations

import pytest

from sanctuary.core.conditions import Condition, FactType, Kind, compile_condition, in_words
from tests.support.questions import compiled

TITLES = {
    "referral.safe": "Are you safe tonight?",
    "referral.area": "District",
    "referral.made": "Referral",
    "referral.language": "Language",
    "home.rooms": "Rooms",
    "home.doors": "How many doors are there?",
    "home.since": "Moved in",
    "home.until": "Moved out",
    "home.locks": "Locks",
    "home.children": "Children",
    "home.children.age": "Age",
    "home.children.needs": "Needs",
    "money.savings": "Savings",
    "money.debts": "Debts",
}
OPTIONS = {
    "referral.safe": {"yes": "Yes", "no": "No"},
    "referral.area": {"norwich": "Norwich", "breckland": "Breckland", "broadland": "Broadland"},
    "home.locks": {"front": "Front door"},
}
SAFE, NOT_SAFE = ("the answer to “Are you safe tonight?” is “Yes”", "the answer to “Are you safe tonight?” is “No”")
ROOMS, FEW = "“Rooms” is more than 2", "“Rooms” is at most 2"
PLAY = "the answer to “Needs” includes “play”"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("referral.safe == 'no'", NOT_SAFE),
        ("'no' == referral.safe", NOT_SAFE),
        ("!(referral.safe == 'no')", "the answer to “Are you safe tonight?” is not “No”"),
        ("!(referral.safe != 'no')", NOT_SAFE),
        ("referral.moved == 'no'", "the answer to “referral.moved” is “no”"),
        ("referral.language == 'Welsh'", "“Language” is “Welsh”"),
        ("referral.area in ['norwich']", "the answer to “District” is “Norwich”"),
        ("!(referral.area in ['norwich'])", "the answer to “District” is not “Norwich”"),
        ("referral.area in ['norwich', 'breckland']", "the answer to “District” is “Norwich” or “Breckland”"),
        (
            "!(referral.area in ['norwich', 'breckland', 'broadland'])",
            "the answer to “District” is none of “Norwich”, “Breckland” or “Broadland”",
        ),
        ("'front' in home.locks", "the answer to “Locks” includes “Front door”"),
        ("!('back' in home.locks)", "the answer to “Locks” does not include “back”"),
        ("has(home.rooms)", "there is an answer to “Rooms”"),
        ("!has(home.rooms)", "there is no answer to “Rooms”"),
        ("money.savings > 2000.00", "“Savings” is more than £2,000.00"),
        ("money.savings < -0.50", "“Savings” is less than -£0.50"),
        ("!(money.savings < -0.50)", "“Savings” is at least -£0.50"),
        ("2000.00 >= money.savings", "“Savings” is at most £2,000.00"),
        ("money.savings - money.debts > 0.00", "“Savings” less “Debts” is more than £0.00"),
        ("home.doors + home.rooms > 1000", "the answer to “How many doors are there?” plus “Rooms” is more than 1,000"),
        ("home.since < date('2026-05-01')", "“Moved in” is before 1 May 2026"),
        ("!(home.since < today)", "“Moved in” is no earlier than today"),
        ("home.since + months(3) > today", "3 months after “Moved in” is after today"),
        ("today - working_days(1) <= home.since", "1 working day before today is no later than “Moved in”"),
        ("home.until - home.since == duration('48h')", "the time from “Moved in” to “Moved out” is 48 hours"),
        (
            "now - referral.made > duration('1h30m1s')",
            "the time from “Referral” to now is more than 1 hour, 30 minutes and 1 second",
        ),
        ("now - referral.made == duration('0s')", "the time from “Referral” to now is no time"),
        ("size(home.children) > 2", "the number of rows in “Children” is more than 2"),
        ("size(home.locks) > 2", "the number of choices in “Locks” is more than 2"),
        ("size(referral.language) > 2", "the number of letters in “Language” is more than 2"),
        ("referral.safe == 'yes' && home.rooms > 2", f"{SAFE}, and {ROOMS}"),
        ("!(referral.safe != 'yes' || home.rooms <= 2)", f"{SAFE}, and {ROOMS}"),
        ("!(referral.safe != 'yes' && home.rooms <= 2)", f"{SAFE}, or {ROOMS}"),
        (
            "referral.safe == 'yes' || home.rooms > 2 || has(home.rooms) && home.rooms > 2",
            f"{SAFE}, or {ROOMS}, or (there is an answer to “Rooms”, and {ROOMS})",
        ),
        ("home.children.exists(c, c.age < 5)", "in at least one row of “Children”, “Age” is less than 5"),
        ("!home.children.exists(c, c.age < 5)", "in no row of “Children”, “Age” is less than 5"),
        ("home.children.all(c, c.age < 5)", "in every row of “Children”, “Age” is less than 5"),
        ("!home.children.all(c, c.age < 5)", "in at least one row of “Children”, “Age” is at least 5"),
        ("home.children.all(c, 'play' in c.needs)", "in every row of “Children”, " + PLAY),
        ("referral.safe == 'yes' ? home.rooms > 2 : true", f"if {SAFE}, then {ROOMS}; otherwise this always holds"),
        ("!(referral.safe == 'yes' ? false : home.rooms > 2)", f"if {SAFE}, then this always holds; otherwise {FEW}"),
        ("referral.safe == 'yes' ? false : home.rooms > 2", f"if {SAFE}, then this never holds; otherwise {ROOMS}"),
        (
            "(referral.safe == 'yes' ? referral.area : referral.safe) == 'breckland'",
            f"(the answer to “District” if {SAFE}, otherwise the answer to “Are you safe tonight?”) is “Breckland”",
        ),
        ("(referral.safe == 'yes') == (home.rooms > 2)", f"both or neither of these: {SAFE}; {ROOMS}"),
        ("(referral.safe == 'yes') != (home.rooms > 2)", f"only one of these: {SAFE}; {ROOMS}"),
        ("!((referral.safe == 'yes') == (home.rooms > 2))", f"only one of these: {SAFE}; {ROOMS}"),
    ],
)
def test_a_condition_is_told_in_plain_english(text: str, words: str) -> None:
    assert in_words(compiled(text), TITLES, OPTIONS) == words


STEPS = {
    "done.works": FactType(kind=Kind.MOMENT),
    "by.works": FactType(kind=Kind.CHOICE, options=("council", "police")),
    "gate.money": FactType(kind=Kind.CHOICE, options=("open", "stopped")),
    "gate.home": FactType(kind=Kind.CHOICE, options=("open", "stopped")),
    "referral.safe": FactType(kind=Kind.CHOICE, options=("yes", "no")),
}
CALLED = {"done.works": "Works", "by.works": "Works", "gate.money": "Money?", "gate.home": "Home?"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("has(done.works)", "“Works” has been done"),
        ("!has(done.works)", "“Works” has not been done"),
        ("done.works < now", "when “Works” was done is before now"),
        ("by.works == 'council'", "who did “Works” is “The council”"),
        ("gate.money == 'stopped'", "“Money?” says no"),
        ("gate.money != 'open'", "“Money?” says no"),
        ("gate.money == 'open'", "“Money?” does not say no"),
        ("gate.money == 'stopped' || gate.home == 'stopped'", "one of these says no: “Money?” or “Home?”"),
        (
            "gate.money == 'stopped' || has(done.works) || gate.home == 'stopped'",
            "“Works” has been done, or one of these says no: “Money?” or “Home?”",
        ),
        ("gate.money == 'stopped' && gate.home == 'stopped'", "“Money?” says no, and “Home?” says no"),
        ("!(gate.money == 'stopped' || gate.home == 'open')", "“Money?” does not say no, and “Home?” says no"),
        ("referral.safe in ['yes', 'no']", "there is an answer to “referral.safe”"),
        ("!(referral.safe in ['yes', 'no'])", "the answer to “referral.safe” is none of “yes” or “no”"),
    ],
)
def test_what_happened_and_what_gates_say_is_told_as_such(text: str, words: str) -> None:
    condition = compile_condition(text, STEPS)
    assert isinstance(condition, Condition), condition
    assert in_words(condition, CALLED, {"by.works": {"council": "The council"}}) == words
