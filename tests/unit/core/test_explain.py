"""Does an explanation say what a rule says, what it looked at, and what would change it, as far as one may know?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from sanctuary.core.clocks import LONDON, PauseCause
from sanctuary.core.explain import Answer, Explanation, explain, names
from sanctuary.core.facts import Facts, Override, Pause, Silence, Value
from sanctuary.core.progress import evaluate
from sanctuary.core.scheme import Scheme
from sanctuary.core.what_if import changes
from sanctuary.loader import load
from tests.support.chapters import written

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=LONDON)
FILES = {
    "2-assessment.yaml": """\
steps:
  visit:
    kind: form
    title: First visit
    who: [support]
    compartment: core
    after: [referral]
    clock: {within: 1 day, from: referral, source: "guide, 1"}
    questions:
      rooms: {ask: How many rooms are there?, type: number, optional: yes}
      rent: {ask: What is the rent?, type: money, optional: yes}
      until: {ask: Until when?, type: date, optional: yes}
      seen: {ask: When was it seen?, type: moment, optional: yes}
      note: {ask: What else?, type: text, optional: yes, allow: [declined]}
      locks: {ask: Which locks?, type: choices, options: {front: Front, back: Back}, optional: yes}
      who: {ask: Who helps?, type: choice, options_from: roles, optional: yes}
      children: {ask: Which children?, type: rows, optional: yes, columns: {age: {ask: How old?, type: number}}}
  police_view:
    kind: enquiry
    title: What the police know
    who: [police]
    compartment: police
    asks: police
    clock: {within: not stated, from: asked, source: "guide, 2"}
    questions:
      dangerous: {ask: Is it too dangerous?, type: yes_no}
  works:
    kind: works
    title: The works
    who: [housing]
    compartment: housing
    after: [visit]
    clock: {within: not stated, from: visit, source: "guide, 3"}
    questions:
      completed_on: {ask: On which day?, type: date}
  last:
    kind: form
    title: A last word
    who: [support]
    compartment: core
    after: [visit]
clocks:
  finished:
    title: All done
    within: 7 days
    from: opened
    until: works
    escalates: [{to: police, before: 1 day}, {to: housing, after: 2 days}]
    source: guide, 3
  by_then: {title: Before the end, by: 2 days, before: visit.until, until: works.completed_on, source: "guide, 4"}
gates:
  home:
    title: Does the home suit?
    guards: [works]
    criteria:
      small: {stops_if: "visit.rooms < 2", reason: It is small., unknown: hold, source: "guide, 5", instead: [advice]}
      dear: {stops_if: "500.00 <= visit.rent", reason: It is dear., unknown: carry_on, source: "guide, 5"}
      ends: {stops_if: "visit.until < date('2026-04-01')", reason: It ends., unknown: hold, source: "guide, 5"}
      seen: {stops_if: "visit.seen > now", reason: Not seen yet., unknown: hold, source: "guide, 5"}
      no_lock: {stops_if: "!('front' in visit.locks)", reason: No lock., unknown: hold, source: "guide, 5"}
      young: {stops_if: "visit.children.exists(c, c.age < 2)", reason: Too young., unknown: hold, source: "guide, 5"}
      noted: {stops_if: "has(visit.note)", reason: Something else., unknown: hold, source: "guide, 5"}
      both: {stops_if: "visit.rooms < 2 && visit.who == 'police'", reason: Both., unknown: hold, source: "guide, 5"}
      gone:
        stops_if: "visit.rooms == 9"
        reason: Nine rooms are too many.
        unknown: hold
        in_force: {until: 2020-01-01}
        source: guide, 5
  safe:
    title: Is it safe?
    guards: [last]
    criteria:
      dangerous:
        stops_if: "police_view.dangerous == 'yes'"
        reason: The police think that it is too dangerous.
        unknown: hold
        source: guide, 6
        override: {by: [housing]}
      late:
        stops_if: "visit.who == 'housing'"
        reason: The council helps.
        unknown: hold
        source: guide, 6
        deferred: {within: 5 days, from: opened}
      finished:
        stops_if: "has(done.works) && visit.who != 'police'"
        reason: The works are done.
        unknown: hold
        source: guide, 7
      follows: {stops_if: "gate.home == 'stopped'", reason: The home does not suit., unknown: hold, source: "guide, 7"}
      old:
        stops_if: "visit.rooms == 7"
        reason: Seven rooms are too many.
        unknown: hold
        source: guide, 7
        retest: {in: 1 day}
findings:
  danger:
    title: How dangerous it is
    rows:
      high: {when: "police_view.dangerous == 'yes'", is: very_high, source: "guide, 8"}
      low: {otherwise: yes, is: low, source: "guide, 8"}
  room:
    title: How large it is
    rows:
      one: {when: "visit.rooms < 2", is: small, source: "guide, 9"}
      many: {when: "visit.rooms > 8", is: large, source: "guide, 9"}
      others: {otherwise: yes, is: fine, source: "guide, 9"}
""",
}


@pytest.fixture(scope="module")
def scheme(tmp_path_factory: pytest.TempPathFactory) -> Scheme:
    loaded = load(written(Path(tmp_path_factory.mktemp("explain")), FILES))
    assert loaded.scheme is not None, [str(problem) for problem in loaded.problems]
    return loaded.scheme


def case(answers: Mapping[str, Value], **more: object) -> Facts:
    """A case with these answers, opened the day before yesterday."""
    opened = NOW - timedelta(days=2)
    facts = Facts(opened_at=opened, area="town", answers=answers, done={"referral": opened})
    return replace(facts, **more)  # type: ignore[arg-type]


def told(scheme: Scheme, facts: Facts, name: str, may_read: frozenset[str] | None = None) -> Explanation:
    """The explanation of `name`."""
    found = explain(scheme, facts, evaluate(scheme, facts, NOW), name, may_read)
    assert found is not None
    return found


def rules(explanation: Explanation) -> dict[str, str]:
    """What each rule says."""
    return {rule.name.rpartition(".")[2]: rule.says for rule in explanation.rules}


def otherwise(explanation: Explanation, rule: str) -> list[tuple[tuple[str, ...], str]]:
    """What would change a rule."""
    found = next(each for each in explanation.rules if each.name.endswith(f".{rule}"))
    return [(each.facts, each.becomes) for each in found.otherwise]


def test_everything_is_explained_and_nothing_else_is(scheme: Scheme) -> None:
    facts = case({})
    for name in names(scheme):
        assert told(scheme, facts, name).name == name
    for name in ("gate.none", "clock.none", "found.none", "nothing"):
        assert explain(scheme, facts, evaluate(scheme, facts, NOW), name) is None


def test_a_rule_says_what_it_says_and_what_it_looked_at(scheme: Scheme) -> None:
    found = told(scheme, case({"visit.rooms": 1, "visit.rent": Silence.DECLINED}), "gate.home")
    small = found.rules[0]
    assert found.says == small.says == Answer.NO.value
    assert small.rule.startswith("It says no if the answer to “How many rooms are there?” is less than 2. While")
    assert (small.text, small.source, small.alternatives) == ("It is small.", "guide, 5", ("Advice on other homes",))
    assert [(read.title, read.value, read.held) for read in small.reads] == [("How many rooms are there?", "1", False)]
    assert [read.value for read in found.rules[1].reads] == ["declined to say"]
    assert small.is_told
    assert not found.rules[1].is_told
    assert rules(found)["gone"] == Answer.NOT_IN_FORCE.value
    assert rules(found)["both"] == Answer.UNDECIDED.value
    assert found.more == ("It stands before “The works”, and all that follows.",)


def test_figures_and_dates_turn_where_the_rule_says(scheme: Scheme) -> None:
    found = told(scheme, case({"visit.rooms": 1}), "gate.home")
    assert otherwise(found, "small") == [(("“How many rooms are there?”: 2 or 3",), Answer.CLEAR.value)]
    assert otherwise(found, "dear") == [
        (("“What is the rent?”: £500.00 or £500.01",), Answer.NO.value),
        (("“What is the rent?”: £499.99",), Answer.CLEAR.value),
    ]
    assert otherwise(found, "ends")[0] == (
        ("“Until when?”: 1 April 2026 or 2 April 2026",),
        Answer.CLEAR.value,
    )
    assert otherwise(found, "no_lock") == [
        (("“Which locks?”: “Front”",), Answer.CLEAR.value),
        (("“Which locks?”: “Back”",), Answer.NO.value),
    ]
    assert (otherwise(found, "seen"), otherwise(found, "young"), otherwise(found, "noted")) == ([], [], [])


def test_where_one_answer_alone_changes_nothing_pairs_are_tried(scheme: Scheme) -> None:
    found = told(scheme, case({"visit.rooms": 5, "visit.who": "housing"}), "gate.home")
    assert otherwise(found, "both") == [
        (("“How many rooms are there?”: 1", "“Who helps?”: “Police”"), Answer.NO.value),
    ]


def test_what_the_reader_may_not_read_is_neither_told_nor_tried(scheme: Scheme) -> None:
    facts = case({"police_view.dangerous": "yes"})
    mine = frozenset({"core", "housing"})
    found = told(scheme, facts, "gate.safe", mine)
    dangerous = found.rules[0]
    assert found.says == Answer.NO.value
    assert (dangerous.says, dangerous.text, dangerous.otherwise) == (Answer.HELD.value, "", ())
    assert [(read.value, read.held) for read in dangerous.reads] == [("", True)]
    undecided = told(scheme, case({}), "gate.safe", mine)
    assert (undecided.rules[0].says, undecided.rules[0].text) == (Answer.HELD.value, "")
    assert told(scheme, facts, "found.danger", mine).says == Answer.HELD.value
    assert {rule.says for rule in told(scheme, facts, "found.danger", mine).rules} == {Answer.HELD.value}


def test_a_gate_is_known_to_those_who_may_read_all_that_it_rests_on(scheme: Scheme) -> None:
    facts = case({"visit.rooms": 1})
    follows = told(scheme, facts, "gate.safe").rules[3]
    assert (follows.says, follows.reads[0].value) == (Answer.NO.value, "“stopped”")
    assert told(scheme, facts, "gate.safe", frozenset({"core"})).rules[3].reads[0].held is False
    assert told(scheme, facts, "gate.safe", frozenset({"housing"})).rules[3].reads[0].held is True


def test_a_rule_that_was_set_aside_or_does_not_count_yet_says_so(scheme: Scheme) -> None:
    override = Override(at=NOW, role="housing", reason="A plan is in place")
    facts = case({"police_view.dangerous": "yes", "visit.who": "housing"}, overridden={"safe.dangerous": override})
    found = told(scheme, facts, "gate.safe")
    assert rules(found)["dangerous"] == Answer.SET_ASIDE.value
    assert found.rules[0].text == "By Council: A plan is in place"
    assert rules(found)["late"] == Answer.NOT_YET.value


def test_who_may_not_read_why_a_rule_was_set_aside_is_told_that_it_was(scheme: Scheme) -> None:
    override = Override(at=NOW, role="housing", reason="A plan is in place")
    facts = case({"police_view.dangerous": "yes"}, overridden={"safe.dangerous": override})
    progress = evaluate(scheme, facts, NOW)
    found = explain(scheme, case({"police_view.dangerous": "yes"}), progress, "gate.safe")
    assert found is not None
    assert rules(found)["dangerous"] == Answer.SET_ASIDE.value
    assert found.rules[0].text == "Why is in a part of the record that you do not read."


def test_what_is_too_old_to_count_decides_nothing(scheme: Scheme) -> None:
    fresh, old = (case({"visit.rooms": 5}, done={"visit": NOW - timedelta(hours=hours)}) for hours in (1, 30))
    assert rules(told(scheme, fresh, "gate.safe"))["old"] == Answer.CLEAR.value
    assert rules(told(scheme, old, "gate.safe"))["old"] == Answer.UNDECIDED.value


def test_a_finding_says_which_row_holds_and_what_would_change_it(scheme: Scheme) -> None:
    found = told(scheme, case({"visit.rooms": 1}), "found.room")
    assert found.says == "“small”"
    assert [rule.says for rule in found.rules] == ["“small”", "holds", "does not hold", "otherwise"]
    assert [each.becomes for each in found.rules[0].otherwise] == ["“fine”", "“large”"]
    assert [rule.says for rule in told(scheme, case({}), "found.room").rules[:2]] == [
        Answer.UNDECIDED.value,
        "undecided",
    ]


def test_a_clock_says_since_when_until_when_and_what_ends_it(scheme: Scheme) -> None:
    pauses = (
        Pause(step="visit", start=NOW - timedelta(hours=2), end=NOW - timedelta(hours=1), reason="No key"),
        Pause(step="visit", start=NOW - timedelta(minutes=5), end=None, reason=""),
        Pause(step="works", start=NOW - timedelta(minutes=5), end=None, reason="The door is not made"),
    )
    found = told(scheme, case({}, pauses=pauses), "clock.visit")
    assert found.says == "It is overdue"
    assert found.more[0] == "It started 2 March 2026 at 12:00."
    assert "It stood still from 4 March 2026 at 10:00 until 4 March 2026 at 11:00: No key." in found.more
    assert "It stood still from 4 March 2026 at 11:55 and still does: the reason is not for you." in found.more
    assert "The door" not in " ".join(found.more)
    assert found.more[-1] == "It ends once “First visit” is done."
    assert found.rules[0].rule == "1 day from “Referral”, until “First visit”"


def test_time_that_is_nobodys_is_charged_to_nobody(scheme: Scheme) -> None:
    facts = case({})
    progress = evaluate(scheme, facts, NOW)
    nobodys = tuple(replace(state, charged_to=()) for state in progress.clocks)
    assert "Whose time it is: Support agency." in told(scheme, facts, "clock.visit").more
    found = explain(scheme, facts, replace(progress, clocks=nobodys), "clock.visit")
    assert found is not None
    assert [more for more in found.more if "Whose time" in more] == []


def test_a_clock_says_who_is_to_know_of_it_and_tells_only_of_pauses_that_count(scheme: Scheme) -> None:
    pause = Pause(step="works", start=NOW - timedelta(hours=2), end=None, reason="No key")
    found = told(scheme, case({}, pauses=(pause,)), "clock.finished").more
    assert "Police is to know of it from 1 day before it is due." in found
    assert "Council is to know of it from 2 days after it was due." in found
    assert any("No key" in line for line in found)
    assert not any("Whose time that is" in line for line in found)
    causes = {"landlord": PauseCause(name="landlord", title="Waiting for the landlord", charged_to="the landlord")}
    coded = replace(scheme, pauses=causes)
    charged = told(coded, case({}, pauses=(replace(pause, cause="landlord"),)), "clock.finished").more
    assert "Whose time that is: the landlord." in charged
    assert not any("No key" in line for line in told(scheme, case({}, pauses=(pause,)), "clock.by_then").more)


def test_clocks_that_have_ended_not_begun_or_have_no_target_say_so(scheme: Scheme) -> None:
    facts = case({})
    late = replace(facts, done={**facts.done, "visit": NOW, "works": NOW})
    assert told(scheme, facts, "clock.police_view").says == "The document states no target, so nobody is late"
    assert told(scheme, late, "clock.visit").says == "It was overdue when it ended"
    assert told(scheme, late, "clock.finished").says == "It ended in time"
    assert told(scheme, facts, "clock.finished").says == "It runs"
    by_then = told(scheme, facts, "clock.by_then")
    assert by_then.says == "It has not started"
    assert by_then.rules[0].rule == "2 days before “Until when?”, until “On which day?”"
    assert "It starts with “Until when?”." in by_then.more
    assert "It ends once “On which day?” is answered." in by_then.more


def test_a_step_that_is_done_is_a_change_too(scheme: Scheme) -> None:
    facts = case({"visit.who": "housing"}, opened_at=NOW - timedelta(days=9))
    found = told(scheme, facts, "gate.safe")
    assert (rules(found)["late"], rules(found)["finished"]) == (Answer.NO.value, Answer.UNDECIDED.value)
    assert otherwise(found, "finished")[0] == (("“The works” done",), Answer.NO.value)
    done = replace(facts, done={**facts.done, "works": NOW})
    assert otherwise(told(scheme, done, "gate.safe"), "finished") == [
        (("“Who helps?”: “Police”",), Answer.CLEAR.value),
    ]


def test_what_nobody_answers_is_not_tried(scheme: Scheme) -> None:
    assert changes(scheme, case({}), NOW, ("case.area", "gone.question"), (), lambda known: 1) == ()
