"""What does a definition say of why an answer is held? Each use of it, whoever may read it, and for how long."""

from __future__ import annotations

from pathlib import Path

import pytest

from sanctuary.core.held import Use, why_held
from sanctuary.core.scheme import Scheme
from sanctuary.core.whose import Whose
from sanctuary.loader import load
from tests.spec.flags import CHAPTER as FLAGS
from tests.support.chapters import written

_FILES = {
    "scheme.yaml": """\
roles:
  support:
    title: Support agency
    reads:
      - [core]
      - {compartments: [police], when: "assessment.told == 'yes'", until: later, source: The guide}
reassignments:
  - {role: support, agency: council, when: "assessment.told == 'no'", source: The guide}
letters:
  good_news: {subject: A letter, file: letters/good_news.md}
""",
    "1-referral.yaml": """\
steps:
  referral:
    questions:
      name: {search: name}
""",
    "2-assessment.yaml": """\
steps:
  assessment:
    questions:
      told: {ask: Were you told?, type: yes_no, counted: yes}
      rent: {ask: What is the rent?, type: money}
      debt: {ask: What is owed?, type: money, when: "assessment.told == 'yes'"}
      moves: {ask: When do you move?, type: date}
      reported: {ask: Was it reported?, type: yes_no, compartment: police, source: The guide, of: perpetrator}
    totals:
      left: {title: What is left, add: [rent], subtract: [debt]}
  again:
    kind: form
    title: Again
    who: [housing]
    compartment: core
    after: [assessment]
    when: "assessment.told == 'yes'"
    clock: {within: 1 day, from: assessment.moves, source: The guide}
  reopens:
    kind: form
    title: Reopened
    who: [housing]
    compartment: core
    opens: {after: assessment.moves, in: 2 days}
  later:
    kind: letter
    title: Good news
    who: [housing]
    compartment: core
    letter: good_news
gates:
  first:
    title: Were they told?
    guards: [later]
    criteria:
      untold:
        stops_if: "assessment.told == 'no'"
        reason: Nobody told them.
        unknown: hold
        code: withdrawn
        instead: [advice]
        source: The guide, part 3
""",
    "letters/good_news.md": "Dear {referral.name}\n\nYou move on {assessment.moves}.\n",
}


@pytest.fixture(scope="module")
def scheme(tmp_path_factory: pytest.TempPathFactory) -> Scheme:
    loaded = load(written(tmp_path_factory.mktemp("held"), _FILES))
    assert loaded.scheme is not None, loaded.problems
    return loaded.scheme


def uses(scheme: Scheme, fact: str) -> set[tuple[Use, str]]:
    step, _, name = fact.partition(".")
    held = why_held(scheme, step, name)
    assert held is not None
    return {(used.use, used.title) for used in held.used}


def test_what_rules_steps_roles_and_parts_look_at(scheme: Scheme) -> None:
    assert uses(scheme, "assessment.told") == {
        (Use.RULE, "Were they told?"),
        (Use.STEP, "Again"),
        (Use.QUESTION, "Assessment"),
        (Use.ACCESS, "Support agency"),
        (Use.PART, "Support agency"),
        (Use.COUNTED, ""),
    }


def test_what_is_timed_summed_and_written(scheme: Scheme) -> None:
    assert uses(scheme, "assessment.moves") == {(Use.TIME, "Again"), (Use.TIME, "Reopened"), (Use.LETTER, "A letter")}
    assert uses(scheme, "assessment.rent") == uses(scheme, "assessment.debt") == {(Use.TOTAL, "What is left")}


def test_who_it_is_and_how_to_reach_them(scheme: Scheme) -> None:
    assert (Use.HEADER, "") in uses(scheme, "referral.name")
    assert (Use.LETTER, "A letter") in uses(scheme, "referral.name")
    assert (Use.FOUND, "") in uses(scheme, "referral.name")
    assert (Use.CONTACT, "") in uses(scheme, "referral.safe_phone")
    assert (Use.ENDS, "") in uses(scheme, "closure.reason")


def test_whom_it_is_about_and_who_may_read_it(scheme: Scheme) -> None:
    held = why_held(scheme, "assessment", "reported")
    assert held is not None
    assert (held.about, held.source, held.used) == (Whose.PERPETRATOR, "The guide", ())
    assert [(reader.role, reader.rule.until) for reader in held.readers] == [("police", ""), ("support", "later")]


def test_what_it_does_not_ask_it_does_not_hold(scheme: Scheme) -> None:
    assert why_held(scheme, "assessment", "name") is None
    assert why_held(scheme, "nowhere", "name") is None


def test_what_is_worked_out(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, FLAGS.cases[0].files))
    assert loaded.scheme is not None
    assert any(use is Use.WORKED_OUT for use, _ in uses(loaded.scheme, "assessment.marker"))
