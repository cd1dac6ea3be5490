"""What is to be done again and again with no one at the keyboard? Each task once, or on and on, each by itself.

A task that fails stops no other. What a run leaves is its name, the time, how it ended and a figure, nothing personal.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NoReturn

from sanctuary.jobs import disposing, verification, watching
from sanctuary.records import emergencies, job_runs, packs, ways

_LOG = logging.getLogger(__name__)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something to be done. `run` is given the time and says what it did in a few figures; `every`: not more often."""

    name: str
    run: Callable[[datetime], str]
    every: timedelta = HOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What came of a task."""

    name: str
    done: bool
    figure: str


# A further task is one more entry here. It runs by the owner's login, through functions of the database.
TASKS: tuple[Task, ...] = (
    Task(name=verification.CHECKPOINT, run=verification.checkpoint),
    Task(name="watch", run=watching.watch),
    Task(name="tell_who_read", run=watching.tell, every=watching.WEEK),
    Task(name="verify_audit", run=verification.verified, every=24 * HOUR),
    Task(name="forget_sign_ins", run=ways.forget_old),
    Task(name="compare_erasures", run=disposing.compare_erasures),
    Task(name="note_due", run=disposing.note_due, every=24 * HOUR),
    Task(name="empty_packs", run=packs.empty_old, every=HOUR),
    Task(name="forget_runs", run=job_runs.forget_old, every=24 * HOUR),
    Task(name="emergencies_unreviewed", run=emergencies.tell_overdue, every=HOUR / 4),
)


def tend(now: datetime, tasks: Sequence[Task] = TASKS, *, all_of_them: bool = False) -> Iterator[Ran]:
    """Do the tasks whose time it is, or all of them, one after the other. Each leaves a row of what came of it."""
    lately = {} if all_of_them else job_runs.last_done()
    for task in tasks:
        if task.name not in lately or now - lately[task.name] >= task.every:
            ran = _ran(task, now)
            job_runs.note(ran.name, done=ran.done, figure=ran.figure)
            yield ran


def tend_on(clock: Callable[[], datetime], seconds: float, wait: Callable[[float], object] = time.sleep) -> NoReturn:
    """Tend every so many seconds until interrupted. Where the database is away, the next round is the next attempt."""
    while True:
        try:
            for _ in tend(clock()):
                pass
        except Exception:  # noqa: BLE001 - whatever it was, the next round comes
            _LOG.exception("tending failed")
        wait(seconds)


def _ran(task: Task, now: datetime) -> Ran:
    try:
        return Ran(name=task.name, done=True, figure=_plain(task.run(now)))
    except Exception as error:  # noqa: BLE001 - no task may stop another
        _LOG.exception("a task failed")
        return Ran(name=task.name, done=False, figure=_plain(type(error).__name__))


def _plain(figure: str) -> str:
    return re.sub(r"[^a-zA-Z0-9 ,.:_-]", "", figure)[:80]
