"""Is a step open when it should be, and otherwise kept back for the right thing?"""

from sanctuary.core.events import EventKind
from sanctuary.core.facts import Silence
from sanctuary.core.scheme import Opening, Stance
from sanctuary.core.stages import Stage
from tests.unit.core.town import after, at, case, criterion, did, event, gate, opened, period, scheme, step, waits

LINE = scheme(step("a"), step("b", after=("a",)), step("c", after=("b",), when="a.x == 'yes'"), step("d", after=("c",)))


def test_a_step_waits_for_those_before_it_and_not_for_one_that_does_not_apply() -> None:
    assert waits(at(LINE, 1)) == {"b": ("a",), "c": ("b",), "d": ("c",)}
    assert opened(at(LINE, 3, did("a", 1, x="no"), did("b", 2))) == ["d"]
    assert opened(at(LINE, 3, did("a", 1, x="yes"), did("b", 2))) == ["c"]


def test_a_step_that_may_apply_waits_for_the_answer() -> None:
    assert waits(at(LINE, 3, did("a", 1, x=Silence.NOT_KNOWN), did("b", 2))) == {"c": ("a.x",), "d": ("c",)}


def test_a_step_that_only_a_turn_of_events_brings_about_is_not_announced() -> None:
    turns = scheme(step("a"), step("b", when="gate.one == 'stopped'"), step("c", any_time=True, when="has(done.a)"))
    assert (waits(at(turns, 1)), opened(at(turns, 1)), at(turns, 1).available) == ({}, ["a"], ())


def test_a_step_opens_so_long_after_something() -> None:
    made = scheme(step("a"), step("b", opens=Opening(after="a.on", period=period(2))))
    assert waits(at(made, 1)) == {"b": ("a.on",)}
    later = scheme(step("a"), step("b", opens=Opening(after="a", period=period(2))))
    (waiting,) = at(later, 20, did("a", 1)).waiting
    assert (waiting.step, waiting.on, waiting.until) == ("b", (), after(49))
    (open_,) = at(later, 49, did("a", 1)).open
    assert (open_.step, open_.since) == ("b", after(49))


def test_a_step_is_open_since_the_last_thing_that_kept_it_back() -> None:
    made = scheme(
        step("a"), step("b"), step("c", after=("a",), when="gate.one == 'stopped' && has(done.a)"), step("d"),
        gates=[gate("one", ("d",), criterion("not_wanted", "b.x == 'no'"))],
    )  # fmt: skip
    (open_,) = [place for place in at(made, 9, did("a", 1), did("b", 5, x="no")).open if place.step == "c"]
    assert open_.since == after(5)


def test_what_may_be_done_at_any_time_is_never_in_line() -> None:
    made = scheme(step("a"), step("b", any_time=True), step("c", any_time=True, when="a.x == 'yes'"))
    assert at(made, 1).available == ("b",)
    assert at(made, 3, did("a", 1, x="yes"), did("b", 2)).available == ("b", "c")
    assert opened(at(made, 1)) == ["a"]


def test_what_may_be_done_at_any_time_keeps_to_what_it_comes_after_and_to_its_gates() -> None:
    made = scheme(
        step("a"), step("b", any_time=True, after=("a",)), step("c", any_time=True),
        gates=[gate("one", ("c",), criterion("not_wanted", "a.x == 'no'"))],
    )  # fmt: skip
    assert at(made, 1).available == ()
    assert at(made, 3, did("a", 1, x=Silence.NOT_KNOWN)).available == ("b",)
    assert at(made, 3, did("a", 1, x="yes")).available == ("b", "c")
    assert at(made, 3, did("a", 1, x="no")).available == ("b",)


def test_the_stage_is_the_furthest_with_something_to_do_or_else_the_furthest_done() -> None:
    made = scheme(
        step("a"),
        step("b", stage=Stage.SURVEY, after=("a",)),
        step("c", stage=Stage.MONITORING, any_time=True),
        gates=[gate("one", ("b",), criterion("not_wanted", "a.x == 'no'"))],
    )
    assert at(made, 0).stage is Stage.REFERRAL
    assert at(made, 3, did("a", 1, x="yes")).stage is Stage.SURVEY
    assert at(made, 3, did("a", 1, x="no")).stage is Stage.ASSESSMENT
    assert at(made, 5, did("a", 1, x="yes"), did("b", 3), did("c", 4)).stage is Stage.SURVEY
    assert Stage.SURVEY.position == 4


def test_what_is_unknown_is_what_keeps_something_back_now() -> None:
    made = scheme(
        step("a"), step("b", after=("a",)), step("c", after=("b",)), step("d", any_time=True),
        gates=[
            gate("one", ("b",), criterion("held", "a.x == 'no'"), criterion("later", "c.x == 'no'", Stance.CARRY_ON),
                 criterion("at_any_time", "d.x == 'no'", Stance.CARRY_ON), behind=("c",)),
            gate("two", ("c",), criterion("of_a_gate", "gate.one == 'stopped'")),
        ],
    )  # fmt: skip
    assert at(made, 1).unknown == ()
    asked = at(made, 2, did("a", 1, x=Silence.NOT_KNOWN))
    assert (waits(asked), asked.unknown) == ({"b": ("a.x",), "c": ("b",)}, ("a.x", "c.x"))
    answered = at(made, 2, did("a", 1, x="yes"))
    assert (opened(answered), answered.unknown) == (["b"], ("c.x",))


def test_time_alone_changes_the_answer_at_the_time_that_is_told() -> None:
    made = scheme(step("a"), step("b", opens=Opening(after="a", period=period(2))), reads_time=True)
    assert at(made, 3, did("a", 1)).recheck_at == after(15)  # midnight
    assert at(scheme(step("a")), 3).recheck_at is None


def test_events_of_steps_that_the_scheme_does_not_have_change_nothing() -> None:
    odd = [*did("z", 1, x="yes"), event(EventKind.ASKED, 2, "y"), event(EventKind.PAUSED, 3, "w", reason="ill")]
    assert opened(at(LINE, 4, *odd)) == ["a"]
    assert at(LINE, 4, *odd).done == ()
    assert case(*odd).done.keys() == {"z"}
