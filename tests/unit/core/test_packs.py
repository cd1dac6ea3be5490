"""Does a copy offer what is about the person, and hold or leave out what is about anybody else?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sanctuary.core.copy_words import OPENINGS, label
from sanctuary.core.events import Event, EventKind
from sanctuary.core.facts import Silence, Value
from sanctuary.core.packs import (
    WITHHELD,
    Choices,
    Hold,
    Item,
    Offer,
    Recipient,
    chosen,
    forbidden,
    offer,
    refused,
    usual,
)
from sanctuary.core.proposals import TERMS, Act
from sanctuary.core.scheme import Question, QuestionType, Scheme, Section, Step, Total
from sanctuary.core.shares import Ground, Terms
from sanctuary.core.told import Entry
from sanctuary.core.whose import Whose
from tests.unit.core.town import START, question, scheme, step

T = QuestionType
ROWS = question(
    "rows",
    T.ROWS,
    columns=(
        question("what", T.TEXT),
        question("who", T.NAME, of=Whose.OTHER),
        question("said", T.LONG_TEXT, of=Whose.OTHER),
    ),
)
A = replace(
    step(
        "a",
        question("name", T.NAME),
        question("address", T.ADDRESS),
        question("notes", T.LONG_TEXT),
        question("his", T.NAME, of=Whose.PERPETRATOR),
        question("about_him", T.LONG_TEXT, of=Whose.PERPETRATOR),
        question("child", T.NAME, of=Whose.CHILD),
        question("source", T.NAME, of=Whose.REFERRER),
        question("born", T.DATE, of=Whose.CHILD),
        question("bailed", T.DATE, of=Whose.PERPETRATOR),
        ROWS,
        question("them", T.ROWS, of=Whose.OTHER, columns=(question("one", T.NAME, of=Whose.OTHER),)),
        question("rent", T.MONEY),
    )
)
B = step("b", question("more", T.TEXT, compartment="police"))
C = step("c", question("known", T.TEXT), asks="police", compartment="police")
TOWN = scheme(
    replace(A, sections=(replace(A.sections[0], totals=(Total(name="sum", title="All of it", add=("rent",)),)),)), B, C
)


def entry(seq: int, kind: EventKind = EventKind.ANSWERED, step: str = "a", hour: int = 0, **rest: object) -> Entry:
    words = {"role": "housing", "agency": "council", **rest}
    event = Event(kind=kind, at=START + timedelta(hours=hour), step=step, **words)  # type: ignore[arg-type]
    return Entry(seq=seq, part="core", event=event, scheme=TOWN)


def answered(seq: int = 1, hour: int = 0, **answers: Value) -> Entry:
    return entry(seq, hour=hour, answers=answers)


def offered(*entries: Entry, to: Recipient = Recipient.PERSON, whole: tuple[Entry, ...] = ()) -> Offer:
    return offer(TOWN, entries, whole or entries, to)


def only(found: Offer) -> Item:
    (item,) = found.items
    return item


def choices(*ticked: str, left: tuple[str, ...] = (), to: Recipient = Recipient.PERSON) -> Choices:
    return Choices(recipient=to, parts_left=frozenset(left), ticked=frozenset(ticked))


def banned(found: Offer, *ticked: str, always: str = "") -> set[str]:
    return {each.shown for each in forbidden(found, choices(*ticked), always)}


def test_an_answer_is_offered_in_the_words_of_the_question_with_when_and_by_whom() -> None:
    item = only(offered(answered(3, 2, name="Ada Example")))
    assert (item.key, item.ask, item.lines, item.hold) == ("3.name", "What is name?", ("Ada Example",), Hold.NONE)
    assert item.at == START + timedelta(hours=2)
    assert item.by == TOWN.agencies.get("council", TOWN.roles["housing"].title)


@pytest.mark.failure(4, 8)
@pytest.mark.parametrize("name", ["his", "about_him", "source", "them"])
def test_what_is_about_somebody_else_is_left_out_and_counted(name: str) -> None:
    value: Value = ({"one": "Kim Else"},) if name == "them" else "Kim Else"
    found = offered(answered(name="Ada Example", **{name: value}))
    assert [item.key for item in found.items] == ["1.name"]
    assert found.about_others == 1


@pytest.mark.failure(9)
def test_what_is_about_a_child_waits_for_a_tick() -> None:
    found = offered(answered(name="Ada Example", child="Billie Example"))
    assert [(item.key, item.hold) for item in found.items] == [("1.name", Hold.NONE), ("1.child", Hold.CHILD)]
    assert usual(found) == {"1.name"}
    assert [item.key for item in chosen(found, choices("1.child", "1.his", "9.name"))] == ["1.child"]


def test_of_rows_the_columns_about_others_are_left_out() -> None:
    row = {"what": "A letter", "who": "Kim Else", "said": "That nobody should know of this"}
    found = offered(answered(rows=(row,)))
    assert only(found).lines == ("A letter",)
    assert banned(found, "1.rows") >= {"Kim Else", "That nobody should know of this"}
    silent = offered(answered(rows=Silence.NOT_KNOWN))
    assert only(silent).lines == ("Not known yet",)


@pytest.mark.failure(14)
def test_a_text_that_names_somebody_waits_for_a_tick_wherever_the_name_was_recorded() -> None:
    elsewhere = answered(2, his="Max Sampleton")
    found = offered(answered(notes="Max was at the door"), whole=(answered(notes="Max was at the door"), elsewhere))
    assert (only(found).hold, only(found).names) == (Hold.NAMES, ("Max",))
    assert usual(found) == frozenset()
    plain = offered(answered(notes="Nobody was at the door"))
    assert only(plain).hold is Hold.NONE


def test_a_childs_birthday_tells_and_a_day_of_somebody_else_does_not() -> None:
    found = offered(answered(notes="On 4 May 2015 and 1 June 2026", born=date(2015, 5, 4), bailed=date(2026, 6, 1)))
    assert next(item.names for item in found.items if item.key == "1.notes") == ("4 May 2015",)


def test_a_name_that_is_the_persons_own_too_holds_nothing() -> None:
    found = offered(answered(name="Ada Sampleton", his="Max Sampleton", notes="The Sampleton family"))
    assert {item.key: item.hold for item in found.items} == {"1.name": Hold.NONE, "1.notes": Hold.NONE}


@pytest.mark.failure(10)
def test_addresses_are_withheld_from_everybody_but_the_person() -> None:
    told = answered(address="7 Heronsgate Close\nZZ99 3VZ", notes="The door of 7 Heronsgate Close")
    theirs = offered(told)
    assert [item.lines for item in theirs.items] == [
        ("7 Heronsgate Close", "ZZ99 3VZ"),
        ("The door of 7 Heronsgate Close",),
    ]
    assert [item.hold for item in theirs.items] == [Hold.NONE, Hold.NONE]
    for_others = offered(told, to=Recipient.ACTING_FOR_PERSON)
    assert [item.lines[0] for item in for_others.items] == [WITHHELD, "The door of 7 Heronsgate Close"]
    assert [item.hold for item in for_others.items] == [Hold.NONE, Hold.PLACE]
    assert "7 Heronsgate Close" in banned(for_others, "1.address")
    assert "7 Heronsgate Close" not in banned(theirs, "1.address")


def test_a_postcode_in_a_text_may_say_where_they_live() -> None:
    told = answered(notes="Went to ZZ2 2BB", child="Robin at ZZ1 1AA")
    held = [item.hold for item in offered(told, to=Recipient.ACTING_FOR_PERSON).items]
    assert held == [Hold.PLACE, Hold.CHILD]


@pytest.mark.failure(8)
def test_who_the_case_came_from_and_who_was_asked_is_not_said() -> None:
    found = offered(
        entry(1, EventKind.OPENED, ""),
        answered(2, name="Ada Example"),
        entry(3, EventKind.ANSWERED, "c", 1, answers={"known": "Nothing"}),
        entry(4, EventKind.DONE, "c", 1),
        entry(5, EventKind.DONE, "b", 2),
    )
    assert [(item.key, bool(item.by)) for item in found.items] == [
        ("2.name", False), ("5", True), ("3.known", False), ("4", False), ("1", False),
    ]  # fmt: skip


def test_what_was_done_and_why_is_offered_and_lies_where_it_was_recorded() -> None:
    found = offered(
        entry(1, EventKind.REOPENED, "c", 1, reason="Asked\n\nagain"), entry(2, EventKind.WITHDRAWN, "share")
    )
    assert [(item.title, item.part, item.lies, item.lines) for item in found.items] == [
        (TOWN.steps["c"].title, "police", "core", ("Asked", "again")),
        ("The case", "core", "core", ()),
    ]
    assert offered(entry(1, EventKind.PASSED_ON, "a", to="police")).items == ()


def test_with_whom_it_was_shared_is_offered() -> None:
    terms = Terms(
        number=1, role="police", agency="force", parts=("core",), purpose="To look after them", until=START,
        ground=Ground.LIFE,
    )  # fmt: skip
    item = only(offered(entry(1, EventKind.SHARED, "", share=terms)))
    assert item.lines == (TOWN.agencies.get("force", "police"), "To look after them")


def test_a_role_that_the_scheme_does_not_know_is_nobody() -> None:
    found = offered(entry(1, role="unheard_of", agency="", answers={"name": "Ada Example"}))
    assert only(found).by == ""


def test_totals_are_offered_and_what_nothing_asks_or_did_not_apply_is_not() -> None:
    found = offered(answered(sum=Silence.NOT_KNOWN, notes=Silence.NOT_APPLICABLE, gone="x"), entry(2, step="nowhere"))
    assert [(item.ask, item.lines) for item in found.items] == [("All of it", ("Not known yet",))]


def test_a_draft_of_what_was_then_handed_in_is_not_told_twice() -> None:
    drafts = [
        entry(1, EventKind.DRAFTED, answers={"name": "Ada", "notes": "First"}),
        entry(2, EventKind.DRAFTED, answers={"notes": "First"}),
        entry(3, EventKind.ANSWERED, answers={"name": "Ada"}),
    ]
    assert [(item.key, item.draft) for item in offered(*drafts).items] == [("2.notes", True), ("3.name", False)]


def test_a_part_that_is_left_out_takes_everything_in_it_along() -> None:
    found = offered(replace(answered(name="Ada"), part="police"), entry(2, EventKind.DONE, "a", 1))
    assert [item.key for item in chosen(found, choices("1.name", "2", left=("police",)))] == ["2"]


def test_what_was_left_out_must_not_stand_in_it_but_where_it_was_ticked_or_always_stands() -> None:
    found = offered(
        answered(
            name="Ada", notes="Max was at the door all night", his="Max Sampleton", about_him="He drives a white van"
        )
    )
    assert banned(found, "1.name") == {
        "Max Sampleton", "Max", "Sampleton", "He drives a white van", "Max was at the door all night",
    }  # fmt: skip
    assert banned(found, "1.name", "1.notes") == {"Max Sampleton", "Sampleton", "He drives a white van"}
    assert "Sampleton" not in banned(found, "1.name", always="Sampleton District Council")


@pytest.mark.failure(6)
def test_no_recipient_is_on_the_perpetrators_side_and_each_has_its_words() -> None:
    assert {each.of for each in Recipient} == {Whose.PERSON}
    assert OPENINGS.keys() == set(Recipient)
    for each in Recipient:
        to = replace(choices(to=each), named="Example Law")
        assert ("Example Law" in label(to)) is (each is not Recipient.PERSON)


@pytest.mark.failure(6)
def test_whoever_acts_for_the_person_is_named_and_is_nobody_of_the_other_side() -> None:
    found = offered(answered(name="Ada Example", his="Max Sampleton", source="Jo Referrer"))
    for_them = choices(to=Recipient.ACTING_FOR_PERSON)
    assert refused(found, choices()) == ""
    assert "Enter who" in refused(found, for_them)
    assert "has to be kept" in refused(found, replace(for_them, named="Mr M. SAMPLETON"))
    assert refused(found, replace(for_them, named="Referrer & Example Law")) == ""


def test_no_act_is_proposed_and_agreed_to_by_nobody() -> None:
    assert TERMS.keys() == set(Act)
    assert all(terms.proposes and terms.agrees and terms.title and terms.about for terms in TERMS.values())


def test_the_scheme_of_these_tests_asks_what_they_say() -> None:
    assert isinstance(TOWN, Scheme)
    assert isinstance(TOWN.steps["a"], Step)
    assert all(isinstance(each, Question) for each in TOWN.steps["a"].questions)
    assert isinstance(TOWN.steps["a"].sections[0], Section)
