"""Is a step that is done again, because it comes back, is reopened or can be done at any time, begun from nothing?"""

from sanctuary.core.clocks import Unit
from sanctuary.core.consequences import consequences
from sanctuary.core.events import EventKind
from sanctuary.core.facts import Silence
from sanctuary.core.forms import anew, hand_in
from sanctuary.core.scheme import Opening, StepKind
from tests.unit.core.town import (
    CALENDAR,
    START,
    after,
    at,
    case,
    clock,
    did,
    event,
    opened,
    period,
    question,
    rule,
    scheme,
    step,
    waits,
)

DAY = period(24, Unit.HOURS)


def test_a_step_comes_back_and_what_comes_after_it_need_not_wait_for_ever() -> None:
    made = scheme(step("a", every=DAY), step("b", after=("a",)))
    assert (opened(at(made, 1)), waits(at(made, 1))) == (["a"], {"b": ("a",)})
    assert (opened(at(made, 3, did("a", 2))), waits(at(made, 3, did("a", 2)))) == (["b"], {"a": ()})
    assert opened(at(made, 26, did("a", 2))) == ["a", "b"]
    assert at(made, 26, did("a", 2)).open[0].since == after(26)


def test_a_step_that_comes_back_has_all_of_its_time_again() -> None:
    made = scheme(step("a", every=DAY), clocks=(clock("a", "opened", period(3, Unit.HOURS)),))
    first = at(made, 5).open[0]
    assert (first.due, first.overdue) == (after(3), True)
    (late,) = at(made, 20, did("a", 5)).clocks
    assert (late.due, late.ended, late.overdue) == (after(3), after(5), True)
    second = at(made, 30, did("a", 5)).open[0]
    assert (second.since, second.due, second.overdue) == (after(29), after(32), False)


def test_answers_to_a_step_that_is_done_again_replace_all_of_the_last_time() -> None:
    facts = case(did("a", 1, x="no", y="yes"), did("b", 2, x="yes"), did("a", 3, x="yes"))
    assert facts.answers == {"a.x": "yes", "b.x": "yes"}
    assert (facts.times["a"], facts.done["a"]) == (2, after(3))


def test_answers_of_one_time_that_lie_in_several_compartments_stay_together() -> None:
    parts = [event(EventKind.ANSWERED, 3, "a", answers={name: "yes"}, role="housing") for name in ("x", "y")]
    facts = case(did("a", 1, x="no"), parts, event(EventKind.DONE, 3, "a", role="housing"))
    assert facts.answers == {"a.x": "yes", "a.y": "yes"}


def test_a_form_that_is_filled_in_again_builds_on_its_drafts_and_on_nothing_that_it_said() -> None:
    known = {"a.x": "no", "b.x": "yes"}
    assert anew(step("a"), known, {"a.y": "yes", "b.x": "no"}) == {"b.x": "yes", "a.y": "yes"}


def test_a_question_that_did_not_apply_when_it_was_drafted_is_asked_when_it_does() -> None:
    form = step("a", question("x"), question("y", when=rule("a.x == 'yes'")))
    drafts = {"a.x": "yes", "a.y": Silence.NOT_APPLICABLE}
    assert hand_in(form, drafts, {}, after(1), CALENDAR).faults == {"y": "Select yes or no for ‘What is y?’"}
    left = step("a", question("x"), question("y", allow=(Silence.NOT_APPLICABLE,)))
    assert hand_in(left, drafts, {}, after(1), CALENDAR).answers == {"x": "yes", "y": Silence.NOT_APPLICABLE}


def test_a_reopened_step_is_open_since_then_and_due_when_it_was() -> None:
    """Otherwise works that turn out not to be complete would have another week."""
    made = scheme(step("a"), step("b", after=("a",)), clocks=(clock("a", "opened", DAY),))
    again = event(EventKind.REOPENED, 20, "a", reason="The wrong home")
    (open_,) = at(made, 22, did("a", 1), again).open
    assert (open_.since, open_.due, open_.overdue) == (after(20), after(24), False)
    (state,) = at(made, 200, did("a", 1), again, did("a", 26)).clocks
    assert (state.started, state.ended, state.overdue) == (START, after(26), True)


def test_a_clock_that_has_not_started_is_not_started_by_coming_back() -> None:
    made = scheme(step("a", every=DAY), clocks=(clock("a", "b", DAY),))
    (state,) = at(made, 60, did("a", 1)).clocks
    assert (state.started, state.due, state.overdue) == (None, None, False)


def test_a_step_reopens_others_that_were_done() -> None:
    review = step("c", every=DAY, reopens=("a", "b"), reopens_if=rule("c.x == 'yes'"))
    made = scheme(step("a"), step("b", after=("a",)), review)
    (again,) = consequences(made, case(did("a", 1), did("c", 2, x="yes")), review, after(2))
    assert (again.kind, again.step, again.reason) == (EventKind.REOPENED, "a", "C")
    assert consequences(made, case(did("a", 1), did("c", 2, x="no")), review, after(2)) == ()
    assert consequences(made, case(did("a", 1)), made.steps["a"], after(1)) == ()


def test_what_came_after_a_reopened_step_stays_done() -> None:
    made = scheme(step("a"), step("b", after=("a",)), step("c", after=("a", "b")))
    again = at(made, 9, did("a", 1, x="yes"), did("b", 2), event(EventKind.REOPENED, 3, "a", reason="wrong"))
    assert ([done.step for done in again.done], opened(again), waits(again)) == (["b"], ["a"], {"c": ("a",)})


def test_an_enquiry_that_comes_back_has_to_go_out_again() -> None:
    enquiry = step("a", kind=StepKind.ENQUIRY, asks="police", every=DAY)
    made = scheme(enquiry, step("b"), clocks=(clock("a", "asked", period(2, Unit.HOURS)),))
    out = event(EventKind.ASKED, 1, "a", role="housing")
    assert at(made, 2, out).open[0].who == ("police",)
    back = at(made, 30, out, did("a", 2, "police", x="yes")).open[0]
    assert (back.who, back.asked) == (("housing",), None)
    again = at(made, 32, out, did("a", 2, "police", x="yes"), event(EventKind.ASKED, 31, "a", role="housing"))
    assert (again.open[0].who, again.open[0].asked, again.open[0].due) == (("police",), after(31), after(33))
    assert [done.step for done in again.done] == []


def test_a_notice_that_comes_back_has_to_be_seen_again() -> None:
    notice = step("a", kind=StepKind.NOTICE, tells=("police",), any_time=True)
    made = scheme(notice)
    sent, seen = event(EventKind.ASKED, 1, "a"), event(EventKind.ACKNOWLEDGED, 2, "a", role="police")
    (done,) = consequences(made, case(sent, seen), notice, after(2))
    assert (done.kind, done.step, done.role) == (EventKind.DONE, "a", "")
    second = case(sent, seen, done, event(EventKind.ASKED, 5, "a"))
    assert (second.acknowledged, second.done) == ({}, {})
    assert consequences(made, second, notice, after(5)) == ()


def test_a_notice_to_nobody_but_its_sender_is_done_as_it_goes_out() -> None:
    notice = step("a", kind=StepKind.NOTICE, tells=("police",))
    sent = case(event(EventKind.ASKED, 1, "a", role="police"))
    assert [each.kind for each in consequences(scheme(notice), sent, notice, after(1))] == [EventKind.DONE]


def test_a_draft_for_the_next_time_leaves_what_stands_alone() -> None:
    made = scheme(step("a", any_time=True), step("b", opens=Opening(after="a", period=period(1))))
    facts = case(did("a", 1, x="no"), event(EventKind.DRAFTED, 2, "a", answers={"x": "yes"}))
    assert (facts.answers, facts.drafts, facts.done) == ({"a.x": "no"}, {"a.x": "yes"}, {"a": after(1)})
    assert waits(at(made, 3, did("a", 1))) == {"b": ()}
