"""Do the same facts, put to two schemes, come out as each of them would say?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from sanctuary.core.clocks import LONDON
from sanctuary.core.compare import Topic, compare
from sanctuary.core.facts import Silence
from sanctuary.core.meanings import Catalogue
from sanctuary.core.putting import Given, meant, put
from sanctuary.core.scheme import Scheme
from sanctuary.core.topics import TOPICS, Account, account, imagined
from tests.support.neighbours import neighbours

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=LONDON)
Neighbours = tuple[Scheme, Scheme, Catalogue]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Neighbours:
    return neighbours(Path(tmp_path_factory.mktemp("neighbours")))


def told(scheme: Scheme, given: Given, catalogue: Catalogue) -> Account:
    """What a scheme says to the facts given."""
    return account(scheme, imagined(scheme, given, NOW), given, catalogue, NOW)


def values(found: Account, topic: str) -> dict[str, str]:
    """What is said about each thing of a topic."""
    return {said.about: said.value for said in found.said[topic]}


def test_facts_become_the_answers_that_mean_them(both: Neighbours) -> None:
    north, south, _ = both
    given: Given = {"tenure": "council", "wanted": "yes", "needs": ("locks", "alarms"), "police": "yes"}
    assert put(north, given, NOW) == {
        "visit.tenure": "public",
        "visit.written": Silence.NOT_APPLICABLE,
        "visit.wanted": "yes",
        "visit.needs": ("lock", "bell"),
        "opinion.outcome": "no",
    }
    assert put(south, given, NOW) == {"talk.rented": "yes"}


def test_several_answers_to_a_single_choice_are_the_first_that_there_is(both: Neighbours) -> None:
    assert put(both[0], {"tenure": ("council", "owner")}, NOW)["visit.tenure"] == "public"


def test_what_a_step_that_does_not_apply_would_ask_is_left_out(both: Neighbours) -> None:
    assert "farewell.kept" not in put(both[0], {"wanted": "yes", "court": "yes"}, NOW)
    assert put(both[0], {"wanted": "no", "court": "yes"}, NOW)["farewell.kept"] == "yes"


def test_a_fact_that_no_option_covers_is_not_asked(both: Neighbours) -> None:
    assert put(both[1], {"tenure": "boat"}, NOW) == {}


def test_answers_mean_what_only_they_can(both: Neighbours) -> None:
    north, south, _ = both
    answers = {"visit.tenure": "boat", "visit.wanted": "yes", "visit.needs": ("lock", "bell")}
    assert meant(north, answers) == {"wanted": "yes", "needs": ("locks", "alarms")}
    assert meant(south, {"talk.rented": "yes"}) == {}
    assert meant(south, {"talk.rented": "no"}) == {"tenure": "owner"}
    assert meant(south, {"talk.rented": Silence.NOT_KNOWN}) == {}


def test_each_scheme_says_what_it_asks_and_what_that_decides(both: Neighbours) -> None:
    north, south, catalogue = both
    given: Given = {"tenure": "owner", "wanted": "no", "police": "yes", "needs": ("locks",)}
    assert values(told(north, given, catalogue), "asks") == {
        "tenure": "decides",
        "wanted": "decides",
        "police": "decides",
        "needs": "asked",
    }
    assert values(told(south, given, catalogue), "asks") == {
        "tenure": "decides",
        "wanted": "not asked",
        "police": "not asked",
        "needs": "not asked",
    }


def test_what_says_no_has_its_reason_source_and_what_else_there_is(both: Neighbours) -> None:
    north, _, catalogue = both
    found = told(north, {"wanted": "no", "tenure": "council"}, catalogue)
    (said,) = found.said["stops"]
    assert (said.about, said.text, said.source) == (
        "willing.not_wanted",
        "The person does not want it.",
        "north guide, 4",
    )
    assert said.more == ("Advice on other homes",)
    (depends,) = found.said["depends"]
    assert (depends.about, depends.more) == ("safe.police_object", ("Do the police agree?",))


def test_an_answer_behind_a_finding_decides_as_well(both: Neighbours) -> None:
    north, _, catalogue = both
    found = told(north, {"tenure": "owner", "police": "yes"}, catalogue)
    assert values(found, "stops") == {"safe.police_object": "refuse"}
    assert found.said["asks"][0].more == ("Is it safe? The police think it is not safe.",)


def test_the_rest_is_said_whatever_the_facts(both: Neighbours) -> None:
    north, south, catalogue = both
    ours, theirs = told(north, {}, catalogue), told(south, {}, catalogue)
    assert set(ours.said) == set(TOPICS)
    assert values(ours, "refers") == dict.fromkeys(("housing", "police", "support"), "referral")
    assert values(ours, "decides") == {"opinion": "police"}
    assert values(theirs, "decides") == {"choice": "talk.shown_to", "second": "police", "decided.both": "joint"}
    assert theirs.said["decides"][-1].text == "Do both agree? All 2 opinions have to be the same."
    assert theirs.said["decides"][0].text == "The choice: whoever “Who does it?” names"
    assert values(ours, "measures") == {"door_locks": "allowed", "camera": "allowed"}
    assert values(theirs, "measures") == {"door_locks": "not offered", "camera": "denied"}
    assert theirs.said["measures"][1].more == ("A camera", "It would watch others.")
    assert values(theirs, "refers")["council"] == "route"
    assert [values(each, "order")["course"] for each in (ours, theirs)] == ["decision", "decision"]
    assert values(ours, "times") == {"visit": "2 days", "later": "not stated"}
    assert values(ours, "follow_up") == {"later": "1 month", "before": "once", "again": "6 months"}
    assert values(ours, "words") == {"person": "neighbour"}


def test_what_happens_next_is_told_with_the_no(both: Neighbours) -> None:
    _, south, catalogue = both
    found = told(south, {"tenure": "private"}, catalogue)
    assert values(found, "stops") == {"rented.passed": "pass_on", "rented.waits": "wait", "rented.advised": "advise"}
    assert {said.about: said.more for said in found.said["stops"]} == {
        "rented.passed": ("Passed on to Police.",),
        "rented.waits": ("It waits: Waiting for the owner.",),
        "rented.advised": ("Advice is given instead.", "Advice on other homes"),
    }


def test_another_agency_takes_part_where_the_facts_say_so(both: Neighbours) -> None:
    north, _, catalogue = both
    assert values(told(north, {}, catalogue), "takes_part")["support"] == "charity"
    assert values(told(north, {"wanted": "no"}, catalogue), "takes_part")["support"] == "council"


def test_side_by_side_what_one_leaves_out_is_a_difference(both: Neighbours) -> None:
    north, south, catalogue = both
    topics = compare([told(north, {"tenure": "owner"}, catalogue), told(south, {"tenure": "owner"}, catalogue)])
    assert [topic.name for topic in topics] == list(TOPICS)
    assert [row.about for row in named(topics, "measures").differences] == ["door_locks", "camera"]
    assert [one is None for one in named(topics, "words").rows[0].said] == [False, True]
    assert [row.about for row in named(topics, "refers").differences] == ["council"]


def test_versions_of_one_scheme_differ_by_a_word(both: Neighbours) -> None:
    north, _, catalogue = both
    steps = {**north.steps, "opinion": replace(north.steps["opinion"], title="What the police think")}
    topics = compare([told(north, {}, catalogue), told(replace(north, steps=steps), {}, catalogue)])
    assert [topic.name for topic in topics if topic.differences] == ["decides", "order", "times", "follow_up"]


def named(topics: tuple[Topic, ...], name: str) -> Topic:
    """The topic of this name."""
    return next(topic for topic in topics if topic.name == name)
