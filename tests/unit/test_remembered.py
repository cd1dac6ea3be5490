"""Is somebody outside asked once for a while, whatever they said, and by one of those who come at once?"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier, Event

import pytest

from sanctuary.gateways.remembered import Remembered


class Away(Exception):
    """They did not answer."""


@dataclass(slots=True)
class Outside:
    """Somebody outside, the clock, and how often they were asked."""

    at: float = 1000.0
    away: bool = False
    asked: list[str] = field(default_factory=list)

    def memory(self, most: int = 3) -> Remembered[str]:
        return Remembered(lasts=300, failure_lasts=10, most=most, failure=Away, clock=lambda: self.at)

    def says(self, whom: str) -> Callable[[], str]:
        def say() -> str:
            self.asked.append(whom)
            if self.away:
                raise Away(f"{whom} is away")
            return f"{whom}, asked {len(self.asked)}"

        return say


@pytest.fixture
def outside() -> Outside:
    return Outside()


def test_what_was_said_counts_for_a_while_and_no_longer(outside: Outside) -> None:
    memory = outside.memory()
    assert memory.ask("a", outside.says("a")) == "a, asked 1"
    outside.at += 299
    assert memory.ask("a", outside.says("a")) == "a, asked 1"
    outside.at += 1
    assert memory.ask("a", outside.says("a")) == "a, asked 2"


def test_that_they_did_not_answer_counts_for_less_long(outside: Outside) -> None:
    memory, outside.away = outside.memory(), True
    for _ in range(3):
        with pytest.raises(Away, match="a is away"):
            memory.ask("a", outside.says("a"))
    assert outside.asked == ["a"]
    outside.away = False
    outside.at += 9
    with pytest.raises(Away):
        memory.ask("a", outside.says("a"))
    outside.at += 1
    assert memory.ask("a", outside.says("a")) == "a, asked 2"


def test_what_one_said_is_not_what_another_said(outside: Outside) -> None:
    memory = outside.memory()
    assert [memory.ask(whom, outside.says(whom)) for whom in ("a", "b", "a")] == [
        "a, asked 1",
        "b, asked 2",
        "a, asked 1",
    ]


def test_no_more_are_kept_than_said_and_those_asked_about_last_stay(outside: Outside) -> None:
    memory = outside.memory(most=2)
    for whom in ("a", "b", "a", "c", "a", "b"):
        memory.ask(whom, outside.says(whom))
    assert outside.asked == ["a", "b", "c", "b"]


def test_what_is_forgotten_is_asked_anew(outside: Outside) -> None:
    memory, outside.away = outside.memory(), True
    with pytest.raises(Away):
        memory.ask("a", outside.says("a"))
    outside.away = False
    memory.forget("a")
    memory.forget("nobody")
    assert memory.ask("a", outside.says("a")) == "a, asked 2"


def test_another_mistake_is_not_remembered(outside: Outside) -> None:
    memory = outside.memory()
    with pytest.raises(ZeroDivisionError):
        memory.ask("a", lambda: str(1 / 0))
    assert memory.ask("a", outside.says("a")) == "a, asked 1"


def test_of_several_who_come_at_once_one_asks(outside: Outside) -> None:
    memory, together, never = outside.memory(), Barrier(8), Event()

    def slowly() -> str:
        never.wait(0.2)  # the others are here by now
        return outside.says("a")()

    def come(_: int) -> str:
        together.wait()
        return memory.ask("a", slowly)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(come, range(8))) == {"a, asked 1"}
    assert outside.asked == ["a"]


def test_whoever_is_slow_holds_up_nobody_else(outside: Outside) -> None:
    memory, begun, other = outside.memory(), Event(), Event()

    def slowly() -> str:
        begun.set()
        assert other.wait(30)
        return "at last"

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(memory.ask, "a", slowly)
        assert begun.wait(30)
        assert memory.ask("b", outside.says("b")) == "b, asked 1"
        other.set()
        assert slow.result() == "at last"
