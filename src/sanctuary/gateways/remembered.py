"""What did somebody outside say a short while ago? Kept in this process, so that nobody can make us ask over and over.

That they did not answer is kept too, for less long. What proves something is never kept here.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said(Generic[Answer]):
    """What came of asking, counted until a moment of the clock: one answer, or the words of why there is none."""

    until: float
    answers: tuple[Answer, ...] = ()
    failure: str = ""


@dataclass(slots=True)
class _Place(Generic[Answer]):
    """Where what one of them said is kept. Who holds `asking` asks; others wait, and hear what came of it."""

    asking: Lock = field(default_factory=Lock)
    said: _Said[Answer] | None = None


class Remembered(Generic[Answer]):
    """Answers by whom they are from, of the `most` that were asked about last; seconds are those of `clock`."""

    def __init__(
        self, *, lasts: float, failure_lasts: float, most: int, failure: type[Exception], clock: Callable[[], float]
    ) -> None:
        self._lasts, self._failure_lasts, self._most = lasts, failure_lasts, most
        self._failure, self._clock = failure, clock
        self._places: OrderedDict[str, _Place[Answer]] = OrderedDict()
        self._lock = Lock()

    def ask(self, whom: str, ask: Callable[[], Answer]) -> Answer:
        """What they said a short while ago, else what they say now. Raises the failure where they do not answer."""
        place = self._place(whom)
        with place.asking:
            if place.said is None or place.said.until <= self._clock():
                place.said = self._asked(ask)
            said = place.said
        for answer in said.answers:
            return answer
        raise self._failure(said.failure)

    def forget(self, whom: str) -> None:
        """Ask them anew the next time."""
        with self._lock:
            self._places.pop(whom, None)

    def _place(self, whom: str) -> _Place[Answer]:
        with self._lock:
            place = self._places.setdefault(whom, _Place())
            self._places.move_to_end(whom)
            if len(self._places) > self._most:
                self._places.popitem(last=False)
        return place

    def _asked(self, ask: Callable[[], Answer]) -> _Said[Answer]:
        try:
            answer = ask()
        except self._failure as failure:
            return _Said(until=self._clock() + self._failure_lasts, failure=str(failure))
        return _Said(until=self._clock() + self._lasts, answers=(answer,))
