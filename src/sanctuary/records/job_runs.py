"""What ran beside the site, and when? A row for each run: a name, a time, how it ended, a figure."""

from __future__ import annotations

from datetime import datetime, timedelta

from sanctuary.records.query import as_owner, rows, run

KEPT_FOR = timedelta(days=90)


def note(name: str, *, done: bool, figure: str = "") -> None:
    """Leave a row of a run. Nothing of anybody may stand in its figure."""
    with as_owner():
        outcome = "done" if done else "failed"
        run("insert into job_run (name, outcome, figure) values (%s, %s, %s)", [name, outcome, figure], using="owner")


def last_done() -> dict[str, datetime]:
    """When each was last done."""
    with as_owner():
        found = rows("select name, max(at) from job_run where outcome = 'done' group by name", using="owner")
    return {str(name): at for name, at in found}


def figures(name: str) -> list[str]:
    """The figures of the runs of one task that were done."""
    with as_owner():
        found = rows("select figure from job_run where outcome = 'done' and name = %s", [name], using="owner")
    return [str(figure) for (figure,) in found]


def forget_old(now: datetime) -> str:
    """Drop the rows of long ago."""
    with as_owner():
        gone = run("delete from job_run where at < %s", [now - KEPT_FOR], using="owner")
    return f"{gone} dropped"
