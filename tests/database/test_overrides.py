"""Is a rule set aside once, by those who may, with a reason, and only where it stands in the way?"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connections
from django.urls import reverse

from sanctuary.actions import definitions
from sanctuary.actions.open_case import open_case
from sanctuary.actions.override_rule import override_rule
from sanctuary.actions.results import Faulty, Missing, Recorded, Refused, Result
from sanctuary.core.events import EventKind
from sanctuary.loader import load
from tests.database.test_versions import REFERRAL
from tests.support.access.signing import browser
from tests.support.county import County, county, person
from tests.support.database import on_the_record

pytestmark = on_the_record
RULE = "offered_here.other_harm"
WHY = "The danger is as great as in the cases that the scheme was made for"


@pytest.fixture
def soft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> County:
    """Uttlesford, where housing may set aside whom the scheme is for."""
    found = county("uttlesford", "uttlesford")
    shutil.copytree(Path(settings.SCHEMES) / "uttlesford", tmp_path / "uttlesford")
    file = tmp_path / "uttlesford" / "1-referral.yaml"
    text, rule = file.read_text(encoding="utf-8"), "        code: not_eligible\n"
    assert text.count(rule) == 1
    file.write_text(text.replace(rule, f"{rule}        override: {{by: [housing]}}\n"), encoding="utf-8")
    assert definitions.publish(tmp_path) == ()
    scheme = load(tmp_path / "uttlesford").scheme
    assert scheme is not None
    monkeypatch.setitem(definitions._running, "uttlesford", scheme)
    return replace(found, scheme=scheme)


def stopped(soft: County, harm: str = "neither") -> UUID:
    """A case of somebody for whom the scheme is not."""
    with soft.acting("housing"):
        found = open_case(
            scheme_key="uttlesford", area="uttlesford", plain={**REFERRAL, "harm": harm}, key=uuid4(), now=soft.now
        )
    assert isinstance(found, Recorded), found
    return found.case_id


def overridden(
    soft: County, case: UUID, role: str = "housing", rule: str = RULE, why: str = WHY, key: UUID | None = None
) -> Result:
    with soft.acting(role):
        return override_rule(case_id=case, rule=rule, reason=why, key=key or uuid4(), now=soft.now)


def test_what_is_set_aside_stops_nothing_and_is_kept_with_its_reason(soft: County) -> None:
    case = stopped(soft)
    before = soft.see("housing", case)
    assert before is not None
    assert (before.progress.outcome, before.progress.soft) == ("stopped", (RULE,))
    assert isinstance(overridden(soft, case), Recorded)
    seen = soft.see("housing", case)
    assert seen is not None
    assert (seen.progress.outcome, seen.progress.overridden, seen.progress.soft) == ("open", (RULE,), ())
    kept = seen.facts.overridden[RULE]
    assert (kept.role, kept.reason, kept.at) == ("housing", WHY, soft.now)
    last = seen.timeline[-1]
    assert (last.kind, last.reason) == (EventKind.OVERRIDDEN, WHY)


def test_others_may_not_and_are_told_who_may(soft: County) -> None:
    case = stopped(soft)
    refused = overridden(soft, case, role="referrer")
    assert refused == Refused(reasons=("This rule can be set aside by: Housing options officer.",))
    soft.people["stranger"] = person("elsewhere", "housing")
    assert overridden(soft, case, role="stranger") == Missing()


def test_a_reason_must_be_given(soft: County) -> None:
    case, key = stopped(soft), uuid4()
    without = overridden(soft, case, why="  ", key=key)
    assert without == Faulty(faults={"reason": "Enter the reason for setting the rule aside"})
    assert isinstance(overridden(soft, case, key=key), Recorded)


def test_a_hard_rule_one_in_nobodys_way_and_none_at_all(soft: County) -> None:
    case, met = stopped(soft), stopped(soft, harm="hate_crime")
    hard = overridden(soft, case, rule="offered_here.not_wanted")
    assert hard == Refused(reasons=("This rule cannot be set aside.",))
    assert overridden(soft, met) == Refused(reasons=("This rule does not stand in the way now.",))
    for rule in ("offered_here.nonsense", "nonsense.other_harm", "nonsense", "", f"{RULE}.more"):
        assert overridden(soft, case, rule=rule) == Missing()


def test_a_double_click_sets_it_aside_once(soft: County) -> None:
    case, key = stopped(soft), uuid4()
    results = at_once(lambda: overridden(soft, case, key=key), 3)
    assert isinstance(results[0], Recorded)
    assert results == [results[0]] * 3


def test_of_two_who_do_it_at_once_one_is_told_that_it_is_done(soft: County) -> None:
    case = stopped(soft)
    results = at_once(lambda: overridden(soft, case), 3)
    done = [result for result in results if isinstance(result, Recorded)]
    assert len(done) == 1
    others = [result for result in results if result not in done]
    assert others == [Refused(reasons=("This rule has been set aside already.",))] * 2


def test_the_reason_is_for_those_who_read_what_the_rule_stood_before(soft: County) -> None:
    """Others learn that the rule was set aside, and not why."""
    case = stopped(soft)
    overridden(soft, case)
    seen = soft.see("referrer", case)
    assert seen is not None
    assert seen.progress.overridden == (RULE,)
    assert WHY not in repr(seen)


def test_the_page_of_the_case_says_so(soft: County) -> None:
    case = stopped(soft)
    overridden(soft, case)
    client = browser(soft.people["housing"])
    page = client.get(reverse("case", kwargs={"case_id": case})).content.decode()
    assert "Set aside by Housing options officer on 1 June 2026" in page
    assert f"Because: {WHY}" in page


def at_once(act: Callable[[], Result], times: int) -> list[Result]:
    """The results of the same act done by several people at the same moment."""

    def alone() -> Result:
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as people:
        return [future.result() for future in [people.submit(alone) for _ in range(times)]]
