"""Does every path through Norfolk's initial form end as the document says? An oracle written from the paper form.

The paper form (initial assessment, questions 1 to 8c, and the permission statement) says: if the answer to question 1,
2, 3, 4b or 5a is no, or to 4a yes, Sanctuary cannot be offered; and no permission, no scheme.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product

import pytest

from sanctuary.core.clocks import LONDON
from sanctuary.core.conditions import Scope
from sanctuary.core.facts import Facts, Silence, Value
from sanctuary.core.forms import read
from sanctuary.core.gates import judge
from sanctuary.core.known import settle
from sanctuary.core.progress import evaluate
from sanctuary.core.scheme import Scheme
from sanctuary.loader import load
from tests.support.paths import paths
from tests.support.proof import SHORT, figure
from tests.support.source import ROOT

NOW = datetime(2026, 3, 2, 9, tzinfo=LONDON)
# The numbered questions of the paper form that decide anything, where each is asked, and the answer that ends it.
ASKED = {
    "1": "initial_assessment.happy_to_explore",
    "2": "initial_assessment.accepts_police_support",
    "3": "initial_assessment.accepts_agency_support",
    "4a": "initial_assessment.perpetrator_sole_owner",
    "4b": "initial_assessment.will_exclude",
    "5a": "police_enquiry.go_ahead",
}
ENDS_IT = {"1": "no", "2": "no", "3": "no", "4a": "yes", "4b": "no", "5a": "no"}
PERMISSION = "permission.given"
# The police answer meanwhile: everything goes on without it (N5). Nothing goes on without the others.
AWAITED = {"1", "2", "3", "4a", "4b"}
UNSAID = (None, Silence.NOT_KNOWN, Silence.DECLINED)
LATER: tuple[Mapping[str, Value], ...] = tuple(
    {**police, **permission}
    for police in ({}, {ASKED["5a"]: "yes"}, {ASKED["5a"]: "no"})
    for permission in ({}, {PERMISSION: "yes"}, {PERMISSION: "no"})
)


def ended_by(said: Mapping[str, Value]) -> frozenset[str]:
    """The numbers of the questions whose answers mean that Sanctuary cannot be offered."""
    return frozenset(number for number, fact in ASKED.items() if said.get(fact) == ENDS_IT[number])


def lacking(said: Mapping[str, Value]) -> frozenset[str]:
    """The questions without an answer that nothing goes on without; one that does not apply has its answer."""
    return frozenset(ASKED[number] for number in AWAITED if said.get(ASKED[number]) in UNSAID)


@pytest.fixture(scope="module")
def norfolk() -> Scheme:
    scheme = load(ROOT / "schemes" / "norfolk").scheme
    assert scheme
    return scheme


@pytest.fixture(scope="module")
def asked(norfolk: Scheme) -> Mapping[str, str]:
    """The criterion of each numbered question, found by the place in the form that it cites."""
    cited = {rule.origin.source.partition(";")[0]: rule.name for rule in norfolk.gates["initial"].criteria}
    found = {cited[f"Initial assessment form, question {number}"]: number for number in ASKED}
    assert len(found) == len(norfolk.gates["initial"].criteria)
    return found


@pytest.mark.covers("N4", "N5")
def test_every_combination_of_answers_and_silences_at_the_gates(norfolk: Scheme, asked: Mapping[str, str]) -> None:
    """More than can be reached: every fact yes, no, every silence, and not asked, whatever the others are."""
    values, facts = (None, "yes", "no", *Silence), _referred(norfolk)
    tried = 0
    for combination in product(values, repeat=len(ASKED)):
        said = {fact: value for fact, value in zip(ASKED.values(), combination, strict=True) if value is not None}
        verdict = judge(norfolk, norfolk.gates["initial"], Scope(said, NOW, norfolk.calendar), NOW.date(), facts)
        stopped = frozenset(asked[reason.rule.partition(".")[2]] for reason in verdict.stopped)
        held = frozenset().union(*(hold.facts for hold in verdict.holds))
        assert (stopped, held) == (ended_by(said), lacking(said)), said
        tried += 1
    for value in values:
        told = replace(facts, answers={PERMISSION: value} if value else {}, done={"permission": NOW} if value else {})
        verdict = settle(norfolk, told, NOW).verdicts["permission"]
        # Whoever declines to say has given no permission.
        assert bool(verdict.stopped) is (value in ("no", Silence.DECLINED))
        assert bool(verdict.holds) is (value in (None, Silence.NOT_KNOWN))
        tried += 1
    figure(f"{tried:,} combinations of answers, silences and questions not asked")


@pytest.mark.covers("N4", "N5")
def test_every_path_through_the_form(norfolk: Scheme, asked: Mapping[str, str]) -> None:
    """Every way of filling in the form, then every answer of the police and about permission that may follow.

    Two paths that differ only in answers that no rule of the scheme reads must stand alike. The short form walks one of
    each kind for that reason; the long one walks them all.
    """
    ways, walked, seen = 0, 0, set[frozenset[tuple[str, Value]]]()
    rules = _read(norfolk)
    for said in _filled_in(norfolk):
        ways += 1
        matters = frozenset((name, value) for name, value in said.items() if name in rules)
        if matters in seen and SHORT:
            continue
        seen.add(matters)
        for later in LATER:
            _agrees(norfolk, asked, {**said, **later})
            walked += 1
    figure(f"{ways:,} paths through the initial form, {len(seen)} of them different to some rule, {walked:,} walked")
    assert ways > 1000


def test_a_form_that_is_not_handed_in_yet_decides_nothing(norfolk: Scheme) -> None:
    before = evaluate(norfolk, _referred(norfolk), NOW + timedelta(hours=1))
    for said in _filled_in(norfolk):
        drafts = replace(_referred(norfolk), drafts=said)
        assert evaluate(norfolk, drafts, NOW + timedelta(hours=1)) == before
        if SHORT:
            break


def _agrees(scheme: Scheme, asked: Mapping[str, str], said: Mapping[str, Value]) -> None:
    """Where a case with these answers stands is where the paper form says."""
    steps = {name.partition(".")[0]: NOW for name in said}
    facts = _referred(scheme)
    facts = replace(facts, answers={**facts.answers, **said}, done={**facts.done, **steps})
    progress = evaluate(scheme, facts, NOW + timedelta(hours=1))
    ended, refused = ended_by(said), said.get(PERMISSION) == "no"
    numbers = {asked[rule.rule[8:]] for rule in progress.stopped if rule.rule.startswith("initial.")}
    assert numbers == ended, said
    assert ("permission.none_given" in [rule.rule for rule in progress.stopped]) is refused, said
    assert progress.outcome == ("stopped" if ended or refused else "open"), said
    open_ = {place.step for place in progress.open}
    assert ("initial_refusal" in open_) is bool(ended or refused), said
    assert ("permission" in open_) is (not ended and PERMISSION not in said), said
    goes_on = not ended and said.get(PERMISSION) == "yes"
    assert ("assessment_appointment" in open_) is goes_on, said
    assert all(reason.alternatives for reason in progress.stopped), said


def _filled_in(scheme: Scheme) -> Iterator[Mapping[str, Value]]:
    """The answers that each way of filling in the form leaves behind."""
    step, known = scheme.steps["initial_assessment"], _referred(scheme).answers
    for typed in paths(step, known, NOW, scheme.calendar):
        reading = read(step, typed, known, NOW, scheme.calendar)
        assert not reading.faults, typed
        yield {f"{step.name}.{name}": value for name, value in reading.answers.items()}


def _referred(scheme: Scheme) -> Facts:
    return Facts(
        opened_at=NOW,
        area="norwich",
        version=scheme.version,
        answers={"referral.approached": "support", "referral.harm": "domestic_abuse", "referral.gender": "female"},
        done={"referral": NOW},
        done_by={"referral": "support"},
    )


def _read(scheme: Scheme) -> frozenset[str]:
    """Every fact that a rule of the scheme may look at: in a condition, or to see who does a step or when it is due."""
    conditions = [step.when for step in scheme.steps.values()]
    conditions += [step.reopens_if for step in scheme.steps.values()]
    conditions += [question.when for step in scheme.steps.values() for question in step.questions]
    conditions += [rule.stops_if for gate in scheme.gates.values() for rule in gate.criteria]
    conditions += [rule.when for role in scheme.roles.values() for rule in role.reads]
    conditions += [change.when for change in scheme.reassignments]
    read_by = [condition.reads for condition in conditions if condition is not None]
    named = [step.who.chosen_in for step in scheme.steps.values()] + [clock.start for clock in scheme.clocks]
    named += [step.opens.after for step in scheme.steps.values() if step.opens] + [
        step.closes_with for step in scheme.steps.values()
    ]
    return frozenset(named).union(*read_by)
