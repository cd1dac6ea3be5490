"""How long does something take? Medians and 95th percentiles over many runs, in seconds.

By the clock on the wall or, for what never waits, by the time that a core spent on it: other work then weighs less.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any

Act = Callable[[], Any]
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Seconds a run, over so many runs."""

    median: float
    p95: float
    runs: int

    def over(self, count: int) -> Timing:
        """The same for one of the `count` things that each run did."""
        return Timing(median=self.median / count, p95=self.p95 / count, runs=self.runs)


def timed(lanes: Sequence[Sequence[Act]], runs: int, *, warm: int = 5, clock: Clock = perf_counter) -> list[Timing]:
    """A timing for each lane: its acts in turn, over and over. The lanes take turns, so that none has it easier."""
    seconds: list[list[float]] = [[] for _ in lanes]
    for number in range(-warm, runs):
        if number == 0:
            gc.collect()
        for lane, acts in zip(seconds, lanes, strict=True):
            taken = _seconds(acts[number % len(acts)], clock)
            if number >= 0:
                lane.append(taken)
    return [_timing(lane) for lane in seconds]


def timed_small(acts: Sequence[Act], runs: int, *, batch: int) -> list[Timing]:
    """The same for what takes microseconds: one lane for each act, and each run is the mean of a `batch`."""
    lanes = [[_batched(act, batch)] for act in acts]
    return [each.over(batch) for each in timed(lanes, runs, warm=1, clock=process_time)]


def _batched(act: Act, batch: int) -> Act:
    def run() -> None:
        for _ in range(batch):
            act()

    return run


def _timing(seconds: list[float]) -> Timing:
    return Timing(median=median(seconds), p95=quantiles(seconds, n=20)[-1], runs=len(seconds))


def _seconds(act: Act, clock: Clock) -> float:
    start = clock()
    act()
    return clock() - start
