"""How long does something take? Medians and 95th percentiles over many runs, in seconds."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import cycle, islice
from statistics import median, quantiles
from time import perf_counter
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Seconds a run, over so many runs."""

    median: float
    p95: float
    runs: int


def timed(acts: Iterable[Callable[[], Any]], runs: int, *, warm: int = 5) -> Timing:
    """The acts in turn, from the first again after the last, `runs` times after `warm` that are not counted."""
    acts = cycle(list(acts))
    for act in islice(acts, warm):
        act()
    gc.collect()
    return _timing([_seconds(act) for act in islice(acts, runs)])


def timed_small(act: Callable[[], Any], samples: int, *, batch: int) -> Timing:
    """Something that takes microseconds: `samples` of the mean of a `batch` of runs."""
    act()
    gc.collect()
    return _timing([_mean(act, batch) for _ in range(samples)])


def _timing(seconds: list[float]) -> Timing:
    return Timing(median=median(seconds), p95=quantiles(seconds, n=20)[-1], runs=len(seconds))


def _seconds(act: Callable[[], Any]) -> float:
    start = perf_counter()
    act()
    return perf_counter() - start


def _mean(act: Callable[[], Any], batch: int) -> float:
    start = perf_counter()
    for _ in range(batch):
        act()
    return (perf_counter() - start) / batch
