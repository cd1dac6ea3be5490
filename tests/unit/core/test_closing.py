"""Does a case end when a step ends it, and go on when that step is reopened?"""

import pytest

from sanctuary.core.events import Event, EventKind
from sanctuary.core.facts import Silence
from sanctuary.core.scheme import Opening
from sanctuary.core.stages import Stage
from tests.unit.core.town import after, at, clock, criterion, did, event, gate, opened, period, scheme, step

MADE = scheme(
    step("a"),
    step("b", stage=Stage.WORKS, opens=Opening(after="a", period=period(2))),
    step("c", any_time=True),
    step("e", any_time=True, closes_with="e.reason"),
    gates=[gate("one", ("b",), criterion("not_wanted", "a.x == 'no'"))],
    clocks=(clock("b", "a", period(1)),),
    reads_time=True,
)


def test_a_closed_case_asks_nothing_more_of_anybody() -> None:
    progress = at(MADE, 5, did("a", 1, x="no"), did("e", 3, reason="withdrawn"))
    assert (progress.outcome, progress.is_closed, progress.stage) == ("withdrawn", True, Stage.REFERRAL)
    assert (progress.open, progress.waiting, progress.stopped, progress.unknown) == ((), (), (), ())
    assert (progress.available, progress.recheck_at) == ((), None)


@pytest.mark.parametrize("outcome", ["open", "stopped"])
def test_a_case_that_has_not_ended_is_not_closed(outcome: str) -> None:
    progress = at(MADE, 5, did("a", 1, x="no" if outcome == "stopped" else "yes"))
    assert (progress.outcome, progress.is_closed) == (outcome, False)


def test_a_case_goes_on_when_its_end_is_reopened() -> None:
    end = did("e", 3, reason="withdrawn")
    again = event(EventKind.REOPENED, 4, "e", reason="They have changed their mind")
    progress = at(MADE, 100, did("a", 1, x="yes"), end, again)
    assert (progress.outcome, opened(progress), progress.available) == ("open", ["b"], ("c", "e"))
    closed = at(MADE, 100, did("a", 1, x="yes"), end, again, did("e", 5, reason="helped"))
    assert closed.outcome == "helped"


@pytest.mark.parametrize(
    "ended",
    [
        did("e", 3),
        did("e", 3, reason=Silence.NOT_KNOWN),
        did("e", 3, reason="of_an_earlier_version"),
        [event(EventKind.ANSWERED, 3), event(EventKind.DONE, 3, "e", role="housing")],
    ],
    ids=["not said", "not known", "of another version", "erased"],
)
def test_a_case_has_ended_even_where_nobody_can_tell_why(ended: list[Event]) -> None:
    progress = at(MADE, 5, did("a", 1, x="yes"), *ended)
    assert (progress.outcome, progress.is_closed, opened(progress)) == ("closed", True, [])
    assert progress.at == after(5)
