"""Is a gate shut, holding or open when it should be, on the day asked about, and does it say why?"""

import pytest

from sanctuary.core.clocks import midnight
from sanctuary.core.events import EventKind
from sanctuary.core.facts import Silence
from sanctuary.core.gates import reason_of
from sanctuary.core.reasons import Reason
from sanctuary.core.scheme import InForce, Scheme, Stance
from sanctuary.core.stages import Stage
from tests.unit.core.town import START, after, at, criterion, did, event, gate, opened, scheme, step, waits

TODAY = START.date()
HOUR_TO_MIDNIGHT = (midnight(TODAY.replace(day=3)) - START).total_seconds() / 3600


def gated(unknown: Stance = Stance.HOLD, in_force: InForce | None = None, **rest: object) -> Scheme:
    rule = criterion("not_wanted", "a.x == 'no'", unknown, in_force=in_force or InForce())
    return scheme(
        step("a"), step("b", after=("a",)), step("c", after=("b",)), step("d"),
        gates=[gate("one", ("b",), rule, behind=("c",))], **rest,
    )  # fmt: skip


def test_a_shut_gate_stops_all_behind_it_and_says_why() -> None:
    progress = at(gated(), 3, did("a", 1, x="no"))
    assert (progress.outcome, opened(progress), waits(progress)) == ("stopped", ["d"], {})
    assert progress.stopped == (
        Reason(
            rule="one.not_wanted",
            text="Because of not_wanted.",
            facts=("a.x",),
            source="The guide",
            alternatives=("A place in a refuge",),
            code="withdrawn",
        ),
    )


def test_a_reason_is_found_by_its_rule() -> None:
    made = gated()
    (reason,) = at(made, 3, did("a", 1, x="no")).stopped
    assert reason_of(made, "one.not_wanted") == reason


@pytest.mark.parametrize(("unknown", "open_"), [(Stance.HOLD, ["d"]), (Stance.CARRY_ON, ["b", "d"])])
def test_undecided_means_what_the_criterion_says(unknown: Stance, open_: list[str]) -> None:
    progress = at(gated(unknown), 3, did("a", 1, x=Silence.NOT_KNOWN))
    assert (progress.outcome, opened(progress), progress.unknown) == ("open", open_, ("a.x",))


def test_a_gate_can_shut_behind_what_was_done() -> None:
    progress = at(gated(Stance.CARRY_ON), 5, event(EventKind.DONE, 1, "a"), did("b", 2), did("a", 3, x="no"))
    assert ([done.step for done in progress.done], opened(progress)) == (["a", "b"], ["d"])
    assert progress.outcome == "stopped"


def test_a_gate_with_nothing_left_to_stop_stops_nothing() -> None:
    progress = at(gated(), 5, did("a", 1, x="yes"), did("b", 2), did("c", 3), did("a", 4, x="no"))
    assert (progress.outcome, progress.stopped, progress.stage) == ("open", (), Stage.REFERRAL)


@pytest.mark.parametrize(
    ("in_force", "outcome"),
    [
        (InForce(start=TODAY), "stopped"),
        (InForce(end=TODAY), "stopped"),
        (InForce(start=TODAY.replace(day=3)), "open"),
        (InForce(end=TODAY.replace(day=1)), "open"),
    ],
)
def test_a_criterion_applies_on_its_days(in_force: InForce, outcome: str) -> None:
    assert at(gated(in_force=in_force), 3, did("a", 1, x="no")).outcome == outcome


def test_the_day_is_a_day_in_london_and_told_beforehand() -> None:
    made = gated(in_force=InForce(end=TODAY), changes_on=(TODAY.replace(day=1), TODAY.replace(day=3)))
    before = at(made, HOUR_TO_MIDNIGHT - 0.01, did("a", 1, x="no"))
    assert (before.outcome, before.recheck_at) == ("stopped", after(HOUR_TO_MIDNIGHT))
    gone = at(made, HOUR_TO_MIDNIGHT, did("a", 1, x="no"))
    assert (gone.outcome, gone.recheck_at) == ("open", None)


def test_a_gate_is_itself_a_fact_once_it_is_decided() -> None:
    made = scheme(
        step("a"), step("b", when="gate.one == 'stopped'"), step("c", when="gate.one == 'open'"), step("d"), step("e"),
        gates=[
            gate("one", ("d",), criterion("not_wanted", "a.x == 'no'", Stance.CARRY_ON)),
            gate("two", ("e",), criterion("stopped_before", "gate.one == 'stopped'")),
        ],
    )  # fmt: skip
    assert opened(at(made, 1)) == ["a", "d"]
    assert waits(at(made, 1)) == {"e": ("gate.one",)}
    assert opened(at(made, 3, did("a", 1, x="no"))) == ["b"]
    assert opened(at(made, 3, did("a", 1, x="yes"))) == ["c", "d", "e"]


def test_two_gates_hold_for_what_each_of_them_lacks() -> None:
    gates = [
        gate("one", ("b",), criterion("first", "a.x == 'no'")),
        gate("two", ("b",), criterion("second", "a.y == 'no'")),
    ]
    made = scheme(step("a"), step("b"), gates=gates)
    assert waits(at(made, 1)) == {"b": ("a.x", "a.y")}
    # An open gate of the two asks for nothing more.
    assert waits(at(made, 2, did("a", 1, x="yes"))) == {"b": ("a.y",)}
