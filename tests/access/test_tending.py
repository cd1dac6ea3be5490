"""Does what runs beside the site go on when a part of it fails, and say nothing of anybody?"""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sanctuary.cli import main
from sanctuary.config.server import tending
from sanctuary.jobs.tending import TASKS, Ran, Task, tend, tend_on
from sanctuary.records import job_runs
from tests.support.database import administrator, on_the_record

pytestmark = on_the_record

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)


class Interrupted(Exception):
    """Somebody pressed the keys that stop it."""


def failing(now: datetime) -> str:
    raise ValueError("Ada Example, 1 Alder Close")


def runs() -> list[tuple[str, str, str]]:
    with administrator() as connection:
        return connection.execute("select name, outcome, figure from job_run order by id").fetchall()


@pytest.fixture(autouse=True)
def _no_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANCTUARY_CHECKPOINTS", str(tmp_path))
    with administrator() as connection:
        connection.execute("delete from job_run")


def test_a_task_that_fails_stops_no_other_and_quotes_nothing() -> None:
    tasks = [Task(name="breaks", run=failing), Task(name="works", run=lambda now: "3 kept")]
    assert list(tend(NOW, tasks)) == [
        Ran(name="breaks", done=False, figure="ValueError"),
        Ran(name="works", done=True, figure="3 kept"),
    ]
    assert runs() == [("breaks", "failed", "ValueError"), ("works", "done", "3 kept")]


def test_a_task_comes_again_when_its_time_is_over_and_at_once_where_it_failed() -> None:
    with administrator() as connection:
        connection.execute("insert into job_run (name, at, outcome) values ('hourly', %s, 'done')", [NOW])
        connection.execute("insert into job_run (name, at, outcome) values ('breaks', %s, 'failed')", [NOW])
    tasks = [Task(name="hourly", run=lambda now: ""), Task(name="breaks", run=failing)]
    assert [ran.name for ran in tend(NOW + timedelta(minutes=59), tasks)] == ["breaks"]
    assert [ran.name for ran in tend(NOW + timedelta(minutes=60), tasks)] == ["hourly", "breaks"]
    assert [ran.name for ran in tend(NOW, tasks, all_of_them=True)] == ["hourly", "breaks"]


def test_it_goes_on_until_it_is_interrupted() -> None:
    rounds = 0

    def clock() -> datetime:
        nonlocal rounds
        rounds += 1
        if rounds == 2:
            raise ConnectionError("the database is away")
        return NOW

    def wait(seconds: float) -> None:
        assert seconds == 60
        if rounds == 3:
            raise Interrupted

    with pytest.raises(Interrupted):
        tend_on(clock, 60, wait)
    assert rounds == 3


def test_figures_hold_no_sentence() -> None:
    task = Task(name="talks", run=lambda now: "<Ada> said: “no”; " + "x" * 100)
    (ran,) = tend(NOW, [task])
    assert ran.figure == ("Ada said: no " + "x" * 100)[:80]


def test_every_task_runs_and_old_runs_are_forgotten() -> None:
    with administrator() as connection:
        connection.execute(
            "insert into job_run (name, at, outcome) values ('old', %s, 'done')", [NOW - timedelta(days=91)]
        )
    assert [ran for ran in tend(NOW, all_of_them=True) if not ran.done] == []
    assert {name for name, _, _ in runs()} == {task.name for task in TASKS}
    assert job_runs.last_done().keys() == {task.name for task in TASKS}


STANDS_BY = "import threading, time; from sanctuary.cli.tend import end_with_parent\n"
STANDS_BY += (
    "threading.Thread(target=end_with_parent, daemon=True).start(); print('there', flush=True); time.sleep(120); "
    "print('outlived', flush=True)"
)
PARENT = "import sys, time; from sanctuary.config.server import tending\n"
PARENT += "with tending([sys.executable, '-c', sys.argv[1]]): time.sleep(120)"


def test_it_ends_with_the_site_however_that_ends() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT, STANDS_BY], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"there\n"
        parent.kill()  # without a chance to say goodbye
        # Whoever else could still write to this pipe is the child: it closes when that has ended too.
        assert parent.stdout.read() == b""


def test_it_is_stopped_with_the_site() -> None:
    with tending([sys.executable, "-c", STANDS_BY]):
        pass


def test_the_command_says_what_was_done(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sanctuary.config.server.connect", lambda: None)
    monkeypatch.setattr(tend, "__defaults__", ((Task(name="works", run=lambda now: "3 kept"),),))
    assert main(["tend"]) == 0
    assert capsys.readouterr().out == "works: done, 3 kept\n"
    monkeypatch.setattr(tend, "__defaults__", ((Task(name="breaks", run=failing),),))
    assert main(["tend"]) == 1
    assert capsys.readouterr().out == "breaks: failed, ValueError\n"
