"""What becomes of a case of which parts were erased? Their events are still there, with nothing in them."""

from dataclasses import replace

import pytest

from sanctuary.core.events import Event, EventKind, fold
from sanctuary.core.facts import Facts
from sanctuary.core.progress import evaluate
from sanctuary.core.scheme import ReadingRule, Role
from tests.unit.core.town import START, after, did, event, opened, scheme, step, waits

MADE = scheme(
    step("a"),
    step("b", after=("a",), when="a.x == 'yes'"),
    step("c", after=("a",)),
    roles={"housing": Role(name="housing", title="Council", reads=(ReadingRule(compartments=("core",)),), writes=())},
)
STORY = [
    event(EventKind.OPENED, 0, area="town", version="v1"),
    *did("a", 1, x="yes"),
    event(EventKind.DRAFTED, 2, "b", answers={"x": "no"}),
    event(EventKind.ASKED, 3, "c", role="housing"),
    event(EventKind.ACKNOWLEDGED, 4, "c", role="police"),
    event(EventKind.PAUSED, 5, "c", reason="ill"),
    event(EventKind.RESUMED, 6, "c"),
    event(EventKind.REOPENED, 7, "c", reason="wrong"),
    event(EventKind.MOVED, 8, version="v2"),
]


def erased(happened: Event) -> Event:
    """What is left of an event: its kind and its time."""
    return Event(kind=happened.kind, at=happened.at)


@pytest.mark.covers("A5")
def test_answers_that_were_erased_were_never_given_and_what_was_done_stays_done() -> None:
    facts = fold([STORY[0], erased(STORY[1]), STORY[2]])
    progress = evaluate(MADE, facts, after(9))
    assert ([done.step for done in progress.done], opened(progress), waits(progress)) == (["a"], ["c"], {"b": ("a.x",)})


def test_where_all_was_erased_nothing_is_known_but_how_much_there_was() -> None:
    facts = fold(map(erased, STORY))
    assert facts == Facts(opened_at=START, area="", seq=len(STORY))
    assert evaluate(MADE, facts, after(9)).reads == {"housing": frozenset({"core"})}


def test_what_is_known_of_a_case_beforehand_outlasts_its_events() -> None:
    start = Facts(opened_at=START, area="town", version="v1")
    assert fold(map(erased, STORY), start) == replace(start, seq=len(STORY))


@pytest.mark.parametrize("gone", range(len(STORY)))
def test_any_part_may_be_gone(gone: int) -> None:
    story = [erased(each) if place == gone else each for place, each in enumerate(STORY)]
    progress = evaluate(MADE, fold(story), after(9))
    assert progress.outcome == "open"
    assert {place.step for place in (*progress.open, *progress.waiting, *progress.done)} == {"a", "b", "c"}
