"""Does each clock start, stand still and run out when it should, whichever time zone its facts were written in?"""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from sanctuary.core.clocks import LONDON, Escalation, PauseCause, Unit
from sanctuary.core.conditions import Condition, FactType, Kind, compile_condition
from sanctuary.core.dated import Dated
from sanctuary.core.events import Event, EventKind, fold
from sanctuary.core.facts import Silence
from sanctuary.core.progress import as_of, evaluate
from sanctuary.core.scheme import InForce, Opening
from tests.unit.core.town import NAMES, START, after, at, case, clock, did, event, period, scheme, step

DAY = period(24, Unit.HOURS)
TWO = scheme(
    step("a"), step("b"), clocks=(clock("b", "a", DAY), clock("b", "opened", period(2)), clock("a", "b", None))
)


def test_the_clock_that_runs_out_first_counts() -> None:
    assert at(TWO, 3).open[1].due == after(48)
    assert at(TWO, 3, did("a", 1)).open[0].due == after(25)
    late = at(TWO, 26, did("a", 1)).open[0]
    assert (late.due, late.overdue) == (after(25), True)


def test_a_clock_without_a_target_or_out_of_force_is_never_overdue() -> None:
    later = clock("a", "opened", DAY, in_force=InForce(start=START.date().replace(day=20)))
    made = scheme(step("a"), clocks=(later,))
    (state,) = at(made, 300).clocks
    assert (state.started, state.due, state.overdue) == (None, None, False)
    (_, _, untargeted) = at(TWO, 300, did("b", 1)).clocks
    assert (untargeted.started, untargeted.due, untargeted.overdue) == (after(1), None, False)
    assert at(TWO, 300, did("b", 1)).open[0].due is None


def test_a_clock_ends_when_its_step_is_done() -> None:
    early, late = (at(TWO, 99, did("a", 1), did("b", hours)).clocks[0] for hours in (20, 30))
    assert (early.ended, early.overdue, late.ended, late.overdue) == (after(20), False, after(30), True)


def test_a_clock_stands_still_while_it_is_paused() -> None:
    paused, resumed = event(EventKind.PAUSED, 10, "b", reason="in hospital"), event(EventKind.RESUMED, 20, "b")
    still = at(TWO, 15, did("a", 0), paused).open[0]
    assert (still.paused, still.due, still.overdue) == (True, after(29), False)
    again = at(TWO, 30, did("a", 0), paused, resumed).open[0]
    assert (again.paused, again.due, again.overdue) == (False, after(34), False)


def test_a_pause_that_was_never_ended_does_not_excuse_what_was_done_late() -> None:
    paused = event(EventKind.PAUSED, 26, "b", reason="in hospital")
    late = [at(TWO, hours, did("a", 0), paused, did("b", 30)).clocks[0] for hours in (31, 300)]
    assert [(state.due, state.overdue) for state in late] == [(after(28), True)] * 2


def test_a_clock_that_stands_still_cannot_be_stopped_again() -> None:
    twice = [event(EventKind.PAUSED, hours, "b", reason="in hospital") for hours in (10, 12)]
    facts = case(did("a", 0), *twice, event(EventKind.RESUMED, 20, "b"))
    assert [(pause.start, pause.end) for pause in facts.pauses] == [(after(10), after(20))]


@pytest.mark.parametrize("zone", [UTC, LONDON])
def test_a_pause_is_elapsed_time_in_every_time_zone(zone: object) -> None:
    """The clocks go forward on 29 March 2026: from noon to noon are 23 hours."""

    def when(day: int, hour: int) -> datetime:
        return datetime(2026, 3, day, hour, tzinfo=LONDON).astimezone(zone)  # type: ignore[arg-type]

    events = [
        Event(kind=EventKind.OPENED, at=when(28, 6), area="town"),
        Event(kind=EventKind.PAUSED, at=when(28, 12), step="a", reason="away"),
        Event(kind=EventKind.RESUMED, at=when(29, 12), step="a"),
    ]
    made = scheme(step("a"), clocks=(clock("a", "opened", DAY),))
    assert evaluate(made, fold(events), when(29, 13)).open[0].due == datetime(2026, 3, 30, 6, tzinfo=LONDON)


def test_what_was_concluded_earlier_can_be_told_later() -> None:
    story = [*did("a", 0), event(EventKind.PAUSED, 1, "a", reason="no longer of interest")]
    for happened in (story, [], [event(EventKind.PAUSED, 2, "b", reason="in hospital")]):
        for hours in (3, 24, 24.5, 48, 49, 300):
            told, found = as_of(at(TWO, 3, *happened), after(hours)), at(TWO, hours, *happened)
            assert (told.at, told.open) == (found.at, found.open)


def test_a_time_without_a_zone_starts_no_clock() -> None:
    made = scheme(step("a"), step("b"), clocks=(clock("b", "a.at", DAY),))
    naive = datetime(2026, 3, 2, 9)  # noqa: DTZ001 - as no form would ever write it
    assert at(made, 3, did("a", 1, at=naive)).clocks[0].started is None


TOLD = (Escalation(to="support", before=period(2, Unit.HOURS)), Escalation(to="police", after=period(0)))
LATE = scheme(step("a"), step("b"), clocks=(clock("b", "a", DAY, escalations=TOLD),))


def test_others_are_told_before_a_clock_runs_out_and_after() -> None:
    assert [at(LATE, hours, did("a", 0)).open[0].told for hours in (21, 22, 24)] == [
        (),
        ("support",),
        ("support", "police"),
    ]
    assert [at(LATE, hours, did("a", 0)).recheck_at for hours in (3, 22, 24)] == [after(22), after(24), None]


def test_nobody_is_told_of_what_is_done_or_has_no_end() -> None:
    assert at(LATE, 30, did("a", 0), did("b", 23)).clocks[0].escalated_to == ()
    assert at(LATE, 30).clocks[0].escalated_to == ()
    endless = scheme(step("a"), step("b"), clocks=(clock("b", "a", None, escalations=TOLD),))
    assert at(endless, 30, did("a", 0)).open[0].told == ()


def test_who_is_told_waits_while_the_clock_stands_still() -> None:
    paused, resumed = event(EventKind.PAUSED, 10, "b", reason="in hospital"), event(EventKind.RESUMED, 20, "b")
    still = at(LATE, 18, did("a", 0), paused)
    assert (still.open[0].told, still.recheck_at) == ((), None)
    assert at(LATE, 300, did("a", 0), paused).open[0].told == ()
    again = at(LATE, 31, did("a", 0), paused, resumed)
    assert (again.open[0].told, again.recheck_at) == ((), after(32))
    known = event(EventKind.PAUSED, 23, "b", reason="in hospital")
    assert at(LATE, 300, did("a", 0), known).open[0].told == ("support",)


def test_a_date_to_come_makes_a_deadline_and_does_not_wait() -> None:
    made = scheme(step("a"), step("b"), clocks=(clock("b", "", period(7), before="a.on"),))
    ends = datetime(2026, 4, 13, 23, 59, tzinfo=LONDON)
    known = did("a", 1, on=date(2026, 4, 20))
    paused = event(EventKind.PAUSED, 2, "b", reason="in hospital")
    assert at(made, 3).clocks[0].started is None
    place, state = at(made, 50, known, paused).open[0], at(made, 50, known, paused).clocks[0]
    assert (place.due, place.paused, place.overdue, state.started) == (ends, False, False, after(1))
    assert at(made, 24 * 43, known).open[0].overdue


def test_what_is_fitted_is_not_demonstrated() -> None:
    made = scheme(step("a"), step("b"), clocks=(clock("b.on", "a", period(7), escalations=TOLD),))

    def state(**answers: object):  # type: ignore[no-untyped-def]  # noqa: ANN202
        return at(made, 60, did("a", 0), did("b", 1, **answers)).clocks[0]  # type: ignore[arg-type]

    assert (state(x="yes").ended, state(on=date(2026, 3, 9)).ended) == (None, None)
    assert state(on=date(2026, 3, 4)).ended == datetime(2026, 3, 4, tzinfo=LONDON)
    assert (state(on=Silence.NOT_APPLICABLE).ended, state(on=Silence.NOT_KNOWN).ended) == (after(1), None)


CAUSES = {
    "landlord": PauseCause(name="landlord", title="Waiting for the landlord", charged_to="the landlord"),
    "parts": PauseCause(name="parts", title="Waiting for parts"),
}
CODED = scheme(
    step("a"),
    step("b"),
    clocks=(clock("b", "a", DAY, pauses_for=("landlord",)), clock("b", "a", period(2))),
    pauses=CAUSES,
)


def test_a_clock_stands_still_for_its_own_causes_and_says_whose_time_that_is() -> None:
    parts = event(EventKind.PAUSED, 10, "b", reason="Parts", cause="parts")
    first, second = at(CODED, 12, did("a", 0), parts).clocks
    assert (first.paused, first.due, first.charged_to) == (False, after(24), ("housing",))
    assert (second.paused, second.due, second.charged_to) == (True, after(50), ("housing",))
    landlord = event(EventKind.PAUSED, 10, "b", reason="", cause="landlord")
    for state in at(CODED, 12, did("a", 0), landlord).clocks:
        assert (state.paused, state.charged_to) == (True, ("the landlord",))
    (first, _) = at(CODED, 12, did("a", 0), landlord, event(EventKind.RESUMED, 11, "b")).clocks
    assert (first.due, first.charged_to) == (after(25), ("housing",))


def test_of_two_clocks_the_one_that_runs_counts_while_the_other_stands_still() -> None:
    made = scheme(step("a"), step("b"), clocks=(clock("b", "a", DAY), clock("b", "", period(0), before="a.on")))
    events = [did("a", 0, on=date(2026, 3, 20)), event(EventKind.PAUSED, 10, "b", reason="in hospital")]
    place = at(made, 12, *events).open[0]
    assert (place.due, place.paused) == (datetime(2026, 3, 20, 23, 59, tzinfo=LONDON), False)


def test_a_step_opens_some_time_before_a_date() -> None:
    made = scheme(step("a"), step("b", opens=Opening(before="a.on", period=period(7))))
    progress = at(made, 12, did("a", 0, on=date(2026, 3, 20)))
    opens = datetime(2026, 3, 13, tzinfo=LONDON)
    assert (progress.waiting[0].until, progress.recheck_at) == (opens, opens)
    assert at(made, 12).waiting[0].on == ("a.on",)


def test_a_step_is_open_since_what_follows_from_the_answers_was_known() -> None:
    order = Dated(key="order", title="Order", start="a.on")
    names = {**NAMES, order.name: FactType(kind=Kind.CHOICE, options=("to_come", "in_force", "over"))}
    when = compile_condition("dated.order == 'in_force'", names)
    assert isinstance(when, Condition)
    made = scheme(step("a"), replace(step("b"), when=when), derived=(order,))
    made = replace(made, settles=(order,), names=names)
    assert at(made, 30, did("a", 5, on=START.date())).open[0].since == after(5)
