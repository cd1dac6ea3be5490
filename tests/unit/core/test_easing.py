"""Is a rule that is less than hard set aside, put off, asked again and lifted when it should be, and only then?"""

from __future__ import annotations

from datetime import datetime

import pytest

from sanctuary.core.conditions import Condition
from sanctuary.core.easing import Deferral, Easing, Lifting, Retest
from sanctuary.core.events import Event, EventKind
from sanctuary.core.gates import Deferred, compartment_of, held_by, overridden_by, reason_of, rules, shut_by
from sanctuary.core.known import known
from sanctuary.core.scheme import Scheme, Stance, Track
from tests.unit.core.town import (
    GUIDE,
    after,
    at,
    case,
    clock,
    criterion,
    did,
    event,
    gate,
    opened,
    period,
    question,
    rule,
    scheme,
    step,
    waits,
)

DAY = 24
NO = did("a", 1, x="no")
YES = did("a", 1, x="yes")


def eased(easing: Easing, unknown: Stance = Stance.HOLD, guards: tuple[str, ...] = ("b",), **rest: object) -> Scheme:
    """A scheme with one rule, about the answer in a, before b, after which comes c."""
    rule_ = criterion("papers", "a.x == 'no'", unknown, easing=easing)
    steps = (step("a", question("x")), step("b"), step("c", after=("b",)))
    return scheme(*steps, gates=[gate("one", guards, rule_, behind=("c",))], **rest)


def overrode(hours: float, role: str = "police") -> Event:
    return event(EventKind.OVERRIDDEN, hours, "one.papers", role=role, reason="It is urgent")


def test_whoever_may_sets_a_rule_aside() -> None:
    made = eased(Easing(overridden_by=("police",)))
    before = at(made, 2, NO)
    assert (before.outcome, before.soft, before.overridden) == ("stopped", ("one.papers",), ())
    progress = at(made, 3, NO, overrode(2))
    assert (progress.outcome, progress.soft, progress.overridden) == ("open", (), ("one.papers",))
    assert opened(progress) == ["b"]


def test_nobody_else_does() -> None:
    made = eased(Easing(overridden_by=("police",)))
    progress = at(made, 3, NO, overrode(2, role="housing"))
    assert (progress.outcome, progress.overridden) == ("stopped", ())
    hard = at(eased(Easing(deferred=Deferral(start="a", within=period(0)))), 30, NO, overrode(2))
    assert (hard.outcome, hard.overridden) == ("stopped", ())


def test_what_is_set_aside_does_not_hold_either() -> None:
    made = eased(Easing(overridden_by=("police",)))
    assert (waits(at(made, 1)), at(made, 1).soft) == ({"b": ("a.x",), "c": ("b",)}, ("one.papers",))
    assert opened(at(made, 3, overrode(2))) == ["a", "b"]
    carrying_on = eased(Easing(overridden_by=("police",)), Stance.CARRY_ON)
    assert at(carrying_on, 1).soft == ()


def test_a_rule_that_is_met_stands_in_nobodys_way() -> None:
    progress = at(eased(Easing(overridden_by=("police",), lifted=Lifting(steps=frozenset("b")))), 3, YES)
    assert (progress.soft, progress.limited, opened(progress)) == ((), {}, ["b"])


@pytest.mark.parametrize(("start", "until"), [("opened", after(5 * DAY)), ("b", None)])
def test_a_rule_that_is_put_off_is_told_and_stops_nothing(start: str, until: datetime | None) -> None:
    made = eased(Easing(deferred=Deferral(start=start, within=period(5))))
    progress = at(made, 3, NO)
    assert (progress.outcome, opened(progress)) == ("open", ["b"])
    assert progress.deferred == (Deferred(rule="one.papers", until=until),)
    assert progress.recheck_at == until


def test_its_time_runs_out() -> None:
    made = eased(Easing(deferred=Deferral(start="opened", within=period(5))))
    progress = at(made, 5 * DAY, NO)
    assert (progress.outcome, progress.deferred, progress.recheck_at) == ("stopped", (), None)
    assert at(made, 5 * DAY - 1, YES).deferred == ()


def retested(
    stance: Stance = Stance.HOLD, every: int | None = None, b_when: str = "", c_when: str = "", **rest: object
) -> Scheme:
    asked = Retest(after=period(90), steps={"a.x": frozenset("a")})
    rule_ = criterion("papers", "a.x == 'no'", stance, easing=Easing(retest=asked))
    steps = (
        step("a", question("x"), **rest),
        step("b", when=b_when, every=period(every) if every else None),
        step("c", after=("b",)),
        step("d", when=c_when or "a.x == 'yes'"),
    )
    return scheme(*steps, gates=[gate("one", ("b",), rule_, behind=("c",))], clocks=(clock("a", "opened", period(1)),))


def test_what_is_too_old_is_asked_again() -> None:
    made, asked = retested(), after(1 + 90 * DAY)
    before = at(made, 89 * DAY, YES, did("d", 2))
    assert (opened(before), before.recheck_at) == (["b"], at_hour(made, asked, before.recheck_at))
    progress = at(made, 91 * DAY, YES, did("d", 2))
    assert (opened(progress), waits(progress)) == (["a"], {"b": ("a.x",), "c": ("b",)})
    assert [done.step for done in progress.done] == ["d"]
    assert progress.open[0].since == before.recheck_at
    assert progress.open[0].overdue
    again = at(made, 92 * DAY, YES, did("d", 2), did("a", 91 * DAY + 1, x="yes"))
    assert (opened(again), [done.step for done in again.done]) == (["b"], ["a", "d"])


def at_hour(made: Scheme, expected: datetime, found: datetime | None) -> datetime | None:
    """`found`, if it is on the same day and at the same time on the wall as expected: summer time comes between."""
    assert found is not None
    assert found.date() == expected.date()
    return found


def test_other_rules_go_on_reading_what_was_answered() -> None:
    """Step d applies by the old answer."""
    assert opened(at(retested(), 91 * DAY, YES)) == ["a", "d"]


def test_a_no_that_is_too_old_is_asked_again() -> None:
    progress = at(retested(), 91 * DAY, NO)
    assert (progress.outcome, opened(progress)) == ("open", ["a"])


def test_carrying_on_meanwhile() -> None:
    assert opened(at(retested(Stance.CARRY_ON), 91 * DAY, YES, did("d", 2))) == ["a", "b"]


def test_nothing_is_asked_again_once_what_it_stood_before_is_done_or_does_not_apply() -> None:
    done = at(retested(), 91 * DAY, YES, did("b", 2), did("d", 2))
    assert (opened(done), done.recheck_at) == (["c"], None)
    not_applying = at(retested(b_when="a.y == 'yes'"), 91 * DAY, did("a", 1, x="yes", y="no"), did("d", 2))
    assert opened(not_applying) == ["c"]


def test_a_step_that_comes_back_is_never_done_with() -> None:
    progress = at(retested(every=30), 91 * DAY, YES, did("b", 2), did("d", 2))
    assert opened(progress) == ["a", "c"]


def test_in_a_case_that_has_ended_nothing_is_asked_again() -> None:
    made = retested()
    ending = step("e", question("reason"), closes_with="e.reason")
    both = scheme(*made.steps.values(), ending, gates=made.gates.values())
    progress = at(both, 91 * DAY, YES, did("e", 2, reason="helped"))
    assert (progress.outcome, [done.step for done in progress.done]) == ("helped", ["a", "e"])
    assert (progress.soft, progress.deferred, progress.held) == ((), (), ())


def test_the_earliest_of_two_rules_says_since_when() -> None:
    rules_ = [
        criterion(
            f"papers_{days}",
            "a.x == 'no'",
            easing=Easing(retest=Retest(after=period(days), steps={"a.x": frozenset("a")})),
        )
        for days in (20, 10)
    ]
    made = scheme(step("a", question("x")), step("b"), gates=[gate("one", ("b",), *rules_)])
    assert at(made, 30 * DAY, did("a", 0, x="yes")).open[0].since == after(10 * DAY)


def lifted(measures: tuple[str, ...] = (), more: tuple[str, ...] = ()) -> Scheme:
    rules_ = [
        criterion("papers", "a.x == 'no'", easing=Easing(lifted=Lifting(steps=frozenset("b"), measures=measures)))
    ]
    if more:
        rules_.append(
            criterion("also", "a.y == 'no'", easing=Easing(lifted=Lifting(steps=frozenset("b"), measures=more)))
        )
    steps = (step("a", question("x"), question("y")), step("b"), step("d"), step("c", after=("b", "d")))
    return scheme(*steps, gates=[gate("one", ("b", "d"), *rules_, behind=("c",))])


def test_a_step_goes_ahead_though_the_rule_is_not_met_or_undecided() -> None:
    made = lifted()
    shut = at(made, 3, NO)
    assert (shut.outcome, opened(shut), waits(shut)) == ("stopped", ["b"], {})
    undecided = at(made, 3)
    assert (opened(undecided), waits(undecided)) == (["a", "b"], {"d": ("a.x",), "c": ("b", "d")})
    assert (shut.limited, undecided.limited) == ({}, {})


def test_with_no_other_measures_than_all_rules_allow() -> None:
    assert at(lifted(("lock", "alarm")), 3, NO).limited == {"b": ("lock", "alarm")}
    both = lifted(("lock", "alarm"), ("alarm", "light"))
    assert at(both, 3, did("a", 1, x="no", y="no")).limited == {"b": ("alarm",)}
    assert at(both, 3, did("a", 1, x="no", y="yes")).limited == {"b": ("lock", "alarm")}
    assert known(both, case(did("a", 1, x="no", y="no")), after(3))["limited.b"] == ("alarm",)


def test_what_a_rule_stops_and_holds() -> None:
    made = lifted()
    assert shut_by(made, "one.papers") == {"c", "d"}
    assert held_by(made, "one.papers") == {"d"}
    assert compartment_of(made, "one.papers") == "core"
    assert overridden_by(made, "one.papers") == ()
    assert rules(made) == ("one.papers",)
    assert reason_of(made, "one.papers").text == "Because of papers."


def on_track(when: Condition) -> Scheme:
    usual = scheme(
        step("a", question("x")), step("b", after=("a",)), step("c", after=("b",)),
        gates=[gate("one", ("b",), criterion("papers", "a.y == 'no'"), behind=("c",))],
    )  # fmt: skip
    other = scheme(
        step("a", question("x")), step("b", after=("a",)), step("c"),
        gates=[gate("one", ("b",), criterion("papers", "a.y == 'no'"))],
    )  # fmt: skip
    return scheme(
        *usual.steps.values(),
        gates=usual.gates.values(),
        tracks=(Track(name="fast", title="Fast", when=when, steps=("c",), scheme=other, origin=GUIDE),),
    )


def test_while_its_condition_is_true_a_case_is_on_the_track() -> None:
    made = on_track(rule("a.x == 'yes'"))
    assert (at(made, 1).track, opened(at(made, 1))) == ("", ["a"])
    fast = at(made, 3, did("a", 1, x="yes", y="no"))
    assert (fast.track, opened(fast), fast.outcome) == ("fast", ["c"], "stopped")
    slow = at(made, 3, did("a", 1, x="no", y="no"))
    assert (slow.track, opened(slow)) == ("", [])
