"""Does the page of a case say who agreed to what, how long each owner took, and whose opinions differ?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from sanctuary.actions.see_case import SeenCase
from sanctuary.core.clocks import LONDON
from sanctuary.core.events import fold
from sanctuary.core.forms import compartments_of_fact
from sanctuary.core.known import settle
from sanctuary.core.progress import evaluate
from sanctuary.core.scheme import Scheme
from sanctuary.loader import load
from sanctuary.loader.casefile import read_case
from sanctuary.records.accounts import Staff
from sanctuary.web.pages.agreements import Agreements, agreements
from sanctuary.web.pages.answers import Line
from tests.support.chapter import BEGUN
from tests.support.chapters import written

FILES = {
    "scheme.yaml": """\
consents:
  share: {title: Sharing, purpose: To help you., with: [police], given: sharing.given, lasts: 1 month, source: "guide"}
""",
    "1-referral.yaml": """\
steps:
  sharing:
    kind: consent
    title: Sharing
    who: [housing]
    compartment: core
    after: [referral]
    questions:
      given: {ask: May the police be told?, type: yes_no, when: "referral.hate_crime != 'no'"}
""",
    "3-decision.yaml": """\
steps:
  ours:
    kind: decision
    title: What the council thinks
    who: [housing]
    compartment: housing
    after: [referral]
    questions:
      outcome: {ask: Go ahead?, type: yes_no}
  theirs: {kind: decision, title: What the police think, who: [police], compartment: police, after: [referral],
    questions: {outcome: {ask: Go ahead?, type: yes_no}}}
  landlord: {kind: enquiry, title: Landlord, who: [housing], asks: The landlord, compartment: core, after: [referral],
    clock: {within: not stated, from: asked, source: guide}, questions: {given: {ask: Do they?, type: yes_no}}}
  block: {kind: enquiry, title: Block, who: [housing], asks: The block, compartment: core,
    clock: {within: not stated, from: asked, source: guide}, questions: {given: {ask: Do they?, type: yes_no}}}
decisions:
  go: {title: Go ahead, opinions: [ours.outcome, theirs.outcome], for: [yes], rule: joint, source: guide}
permissions:
  works: {title: The works, chain: [{of: landlord, step: landlord}, {of: block management, step: block}], source: guide}
""",
}
GIVEN = "- {at: 2026-03-03 10:00, did: sharing, as: housing, answers: {given: yes}}\n"
WITHDRAWN = "- {at: 2026-03-04 10:00, withdrew: share, as: support}\n"
DIFFER = """\
- {at: 2026-03-03 10:00, did: ours, as: housing, answers: {outcome: yes}}
- {at: 2026-03-03 10:00, did: theirs, as: police, answers: {outcome: no}}
"""


@pytest.fixture
def scheme(tmp_path: Path) -> Scheme:
    loaded = load(written(tmp_path, FILES))
    assert loaded.scheme is not None, loaded.problems
    return loaded.scheme


def told(scheme: Scheme, happened: str, day: int, role: str = "housing", begun: str = BEGUN) -> Agreements:
    """What the page says to this role at noon on a day of March, counted on into April."""
    now = datetime(2026, 3, 1, 12, tzinfo=LONDON) + timedelta(days=day - 1)
    events, problems = read_case(begun + happened, scheme)
    assert events is not None, problems
    whole = fold(events)
    progress = evaluate(scheme, whole, now)
    reads = progress.reads[role]
    readable = {name: value for name, value in whole.answers.items() if compartments_of_fact(scheme, name) <= reads}
    staff = Staff(account=uuid4(), name="Robin", role=role, agency_id=1, agency="council", agency_title="Council")
    seen = SeenCase(
        case_id=uuid4(),
        reference="OUR-1",
        scheme=scheme,
        facts=replace(whole, answers=readable),
        progress=progress,
        seq=whole.seq,
        staff=staff,
        reads=reads,
        timeline=(),
    )
    return agreements(seen, settle(scheme, seen.facts, now).scope)


@pytest.mark.covers("A4")
@pytest.mark.parametrize(
    ("happened", "day", "state", "name"),
    [
        ("", 3, "Not asked yet", ""),
        (GIVEN, 3, "Given on 3 March 2026, until 3 April 2026", "share"),
        (GIVEN.replace("yes", "no"), 3, "Refused on 3 March 2026", ""),
        (GIVEN + WITHDRAWN, 5, "Withdrawn on 4 March 2026", ""),
    ],
)
def test_a_consent_says_how_it_stands_and_since_when(
    scheme: Scheme, happened: str, day: int, state: str, name: str
) -> None:
    (found,) = told(scheme, happened, day).consents
    assert (found.title, found.purpose, found.state, found.name) == ("Sharing", "To help you.", state, name)


def test_a_consent_lapses_and_is_not_asked_of_everybody(scheme: Scheme) -> None:
    events = BEGUN.replace("as: support\n", "as: support\n  answers: {hate_crime: no}\n", 1)
    (none,) = told(scheme, "- {at: 2026-03-03 10:00, did: sharing, as: housing}\n", 3, begun=events).consents
    assert none.state == "Not asked in this case"
    (lapsed,) = told(scheme, GIVEN, 34).consents
    assert lapsed.state == "Lapsed on 3 April 2026"


def test_each_owner_has_the_days_that_they_took(scheme: Scheme) -> None:
    asked = "- {at: 2026-03-03 10:00, asked: landlord, as: housing}\n"
    done = "- {at: 2026-03-09 10:00, did: landlord, as: housing, answers: {given: yes}}\n"
    assert told(scheme, "", 3).permissions == ()
    (chain,) = told(scheme, asked, 5).permissions
    assert chain.title == "The works"
    assert chain.links == (
        Line(label="Landlord", lines=("Asked on 3 March 2026, waiting for 2 days",)),
        Line(label="Block management", lines=("Asked after those above",)),
    )
    (chain,) = told(scheme, asked + done, 10).permissions
    assert [line.lines for line in chain.links] == [
        ("Answered on 9 March 2026, after 6 days",),
        ("To be asked since 9 March 2026",),
    ]


def test_opinions_that_differ_are_named_as_far_as_one_may_read_them(scheme: Scheme) -> None:
    assert told(scheme, "", 3).conflicts == ()
    (differing,) = told(scheme, DIFFER, 3).conflicts
    assert differing.title == "Go ahead"
    assert differing.voices == (
        Line(label="Town Council", lines=("Yes",)),
        Line(label="Town Constabulary", held="Police"),
    )
