"""Do the command line and the published site say who is to know that something is late, and why a clock may wait?"""

from __future__ import annotations

from pathlib import Path

from tests.support.chapters import written
from tests.unit.cli.conftest import Run
from tests.unit.cli.test_publish import AT, assets

FILES = {
    "scheme.yaml": "pauses: {landlord: {title: Waiting for the landlord, charged_to: the landlord}}\n",
    "2-assessment.yaml": """\
steps:
  visit:
    kind: form
    title: First visit
    who: [support]
    compartment: core
    clock: {within: 24 hours, from: opened, source: "guide, 2", escalates: [{to: police, after: 2 days}]}
""",
}
CASE = "- {at: 2026-03-02 09:00, opened: {area: town}}\n- {at: 2026-03-02 09:10, did: referral, as: support}\n"


def test_the_published_times_say_who_is_to_know_and_why_a_clock_may_stand_still(tmp_path: Path, run: Run) -> None:
    written(tmp_path / "schemes", FILES)
    built, out = assets(tmp_path / "assets"), tmp_path / "out"
    assert run("publish", str(out), "--assets", str(built), "--schemes", str(tmp_path / "schemes"), *AT)[0] == 0
    text = (out / "ours/times.html").read_text(encoding="utf-8")
    assert "Police is to know of it from 2 days after it was due." in text
    assert "Waiting for the landlord: the time of the landlord" in text
    assert "stand still" not in (out / "base/times.html").read_text(encoding="utf-8")


def test_why_says_who_was_told(tmp_path: Path, run: Run) -> None:
    ours = written(tmp_path / "schemes", FILES)
    case = tmp_path / "case.yaml"
    case.write_text(CASE, encoding="utf-8")
    for day, told in ((4, False), (6, True)):
        code, said, _ = run("why", str(ours), str(case), "--at", f"2026-03-0{day} 12:00")
        assert (code, "Told to Police." in said) == (0, told)
