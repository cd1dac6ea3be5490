"""Is what somebody may not hand in passed on with all of it, and does a consent that is taken back end at once?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from sanctuary.actions import definitions
from sanctuary.actions.open_case import open_case
from sanctuary.actions.reopen_step import reopen_step
from sanctuary.actions.results import Faulty, Missing, Recorded, Refused, Result
from sanctuary.actions.save_draft import save_draft
from sanctuary.actions.withdraw_consent import withdraw_consent
from sanctuary.core.answers import Plain
from sanctuary.core.events import EventKind
from sanctuary.loader import load
from tests.support.access.signing import browser as signed_in
from tests.support.chapters import written
from tests.support.county import County, person
from tests.support.database import administrator, on_the_record

pytestmark = on_the_record
HOUSING = 1  # the number of the compartment that the police read by consent
FILES: Mapping[str, str] = {
    "scheme.yaml": """\
accreditations:
  nominated: {title: Nominated to refer, held_by: [charity], source: "guide, part 1"}
consents:
  share_police:
    title: Sharing with the police
    purpose: So that the police can say what they know.
    with: [police]
    given: sharing.given
    lasts: 12 months
    source: guide, part 1
roles:
  police:
    reads:
      - [core]
      - {compartments: [housing], when: "consented.share_police == 'given'"}
""",
    "1-referral.yaml": """\
steps:
  referral:
    questions:
      name: {search: name}
      assessed: {ask: Has the risk been assessed?, type: yes_no}
      surveyed: {ask: What did the survey find?, type: text, when: "route.survey == 'before'"}
  sharing:
    kind: consent
    title: Sharing with the police
    who: [housing, support]
    compartment: core
    after: [referral]
    questions:
      given: {ask: May the police be told?, type: yes_no}
routes:
  council: {title: The council, who: [housing], survey: after, source: "guide, part 1"}
  professional:
    title: A nominated professional
    who: [support, police]
    accredited: [nominated]
    survey: before
    source: guide, part 1
passed_on_to: housing
""",
    "2-assessment.yaml": """\
steps:
  assessment:
    compartment: housing
""",
}
WRITTEN: Mapping[str, Plain] = {"name": "Ada Example", "assessed": "yes"}


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> County:
    """A small scheme with routes and a consent, published, with a person for every role, at the database's own time.

    The consent lasts a year: given on a day of the calendar, it would have lapsed for the database a year after that.
    """
    written(tmp_path, FILES)
    monkeypatch.setattr(settings, "SCHEMES", tmp_path)
    assert definitions.publish(tmp_path) == ()
    scheme = load(tmp_path / "ours").scheme
    assert scheme is not None
    monkeypatch.setattr(definitions, "_running", {"ours": scheme})
    people = {role: person(agency, role) for role, agency in scheme.areas["town"].agencies.items()}
    return County(scheme=scheme, area="town", people=people, now=timezone.localtime())


def refer(town: County, role: str, key: UUID | None = None, **answers: Plain) -> Result:
    with town.acting(role):
        plain = {**WRITTEN, **answers}
        return open_case(scheme_key="ours", area="town", plain=plain, key=key or uuid4(), now=town.now)


def referred(town: County, role: str, **answers: Plain) -> UUID:
    result = refer(town, role, **answers)
    assert isinstance(result, Recorded), result
    return result.case_id


def withdraw(town: County, role: str, case: UUID, consent: str = "share_police", reason: str = "") -> Result:
    with town.acting(role):
        return withdraw_consent(case_id=case, consent=consent, reason=reason, key=uuid4(), now=town.now)


def shared(town: County) -> UUID:
    """A case whose home the police may read of by consent, with something to read."""
    case = referred(town, "housing")
    town.do("support", case, "sharing", {"given": "yes"})
    assert isinstance(town.do("housing", case, "assessment", {"wants_it": "yes"}), Recorded)
    return case


def masks(case: UUID, role: str) -> int:
    """What the role's grants that hold now let it read, as the database has them."""
    with administrator() as connection:
        found = connection.execute(
            "select bit_or(read_mask) from access_grant where case_id = %s and role = %s and valid_until > now()",
            [case, role],
        )
        return int(found.fetchone()[0])  # type: ignore[index]


def reads(case: UUID, role: str) -> bool:
    return bool(masks(case, role) >> HOUSING & 1)


@pytest.mark.covers("N3")
def test_whoever_a_route_entitles_hands_the_referral_in(town: County) -> None:
    case = referred(town, "support", surveyed="The back door is weak")
    seen = town.see("support", case)
    assert seen is not None
    assert [done.step for done in seen.progress.done] == ["referral"]
    assert seen.facts.answers["referral.surveyed"] == "The back door is weak"


def test_what_the_route_asks_is_asked_of_whoever_takes_it(town: County) -> None:
    result = refer(town, "support")
    assert isinstance(result, Faulty)
    assert set(result.faults) == {"surveyed"}


@pytest.mark.covers("N3")
def test_a_referral_of_somebody_not_entitled_is_passed_on_with_all_of_it(town: County) -> None:
    key = uuid4()
    result, again = refer(town, "police", key), refer(town, "police", key)
    assert result == again
    assert isinstance(result, Recorded)
    assert result.passed_on_to == "housing"
    seen = town.see("housing", result.case_id)
    assert seen is not None
    assert [(place.step, place.who) for place in seen.progress.open] == [("referral", ("housing",))]
    assert seen.facts.drafts["referral.name"] == "Ada Example"
    assert seen.progress.done == ()
    assert EventKind.PASSED_ON in {entry.kind for entry in seen.timeline}


def test_the_role_it_was_passed_on_to_hands_it_in_and_nobody_else_does(town: County) -> None:
    case = referred(town, "police")
    for role in ("police", "support"):
        assert isinstance(town.do(role, case, "referral"), Refused)
    assert isinstance(town.do("housing", case, "referral"), Recorded)
    seen = town.see("housing", case)
    assert seen is not None
    assert seen.facts.answers["referral.name"] == "Ada Example"
    assert seen.facts.done_by["referral"] == "housing"
    assert not seen.facts.passed_on


def test_the_role_it_was_passed_on_to_may_put_it_right_first(town: County) -> None:
    case = referred(town, "police")
    with town.acting("housing"):
        plain = {**WRITTEN, "assessed": "no"}
        saved = save_draft(case_id=case, step="referral", plain=plain, expected_seq=99, key=uuid4(), now=town.now)
    assert isinstance(saved, Recorded)
    assert isinstance(town.do("housing", case, "referral"), Recorded)
    seen = town.see("housing", case)
    assert seen is not None
    assert seen.facts.answers["referral.assessed"] == "no"


def test_somebody_not_entitled_who_does_it_again_passes_it_on_too(town: County) -> None:
    case = referred(town, "housing")
    with town.acting("housing"):
        reopen_step(case_id=case, step="referral", reason="A name", expected_seq=99, key=uuid4(), now=town.now)
    result = town.do("police", case, "referral", WRITTEN)
    assert isinstance(result, Recorded)
    assert result.passed_on_to == "housing"


@pytest.mark.covers("A4", "A3")
def test_a_consent_opens_a_part_of_the_record_and_withdrawing_it_shuts_that_at_once(town: County) -> None:
    case = shared(town)
    assert reads(case, "police")
    seen = town.see("police", case)
    assert seen is not None
    assert seen.facts.answers["assessment.wants_it"] == "yes"
    assert isinstance(withdraw(town, "support", case, reason="They would rather wait"), Recorded)
    assert not reads(case, "police")
    seen = town.see("police", case)
    assert seen is not None
    assert "assessment.wants_it" not in seen.facts.answers
    assert "housing" not in seen.reads


@pytest.mark.covers("A4")
def test_a_withdrawal_that_fails_leaves_the_consent_as_it_was(town: County, monkeypatch: pytest.MonkeyPatch) -> None:
    case = shared(town)

    def broken(*_: object) -> None:
        raise RuntimeError("the lights went out")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("sanctuary.actions.held.keep", broken)
        with pytest.raises(RuntimeError):
            withdraw(town, "support", case)
    assert reads(case, "police")
    seen = town.see("housing", case)
    assert seen is not None
    assert not seen.facts.withdrawn


def test_nobody_has_to_say_why_and_it_can_be_given_anew(town: County) -> None:
    case = shared(town)
    assert isinstance(withdraw(town, "police", case), Recorded)
    town.pass_time(hours=1)
    with town.acting("support"):
        reopen_step(case_id=case, step="sharing", reason="Asked", expected_seq=99, key=uuid4(), now=town.now)
    town.do("support", case, "sharing", {"given": "yes"})
    assert reads(case, "police")


def test_what_does_not_hold_cannot_be_taken_back(town: County) -> None:
    case = referred(town, "housing")
    assert isinstance(withdraw(town, "housing", case), Refused)
    assert isinstance(withdraw(town, "housing", case, "share_everything"), Missing)


def test_a_stranger_learns_of_no_consent(town: County) -> None:
    case = shared(town)
    stranger = replace(town, people={**town.people, "police": person("leeway", "police")})
    assert isinstance(withdraw(stranger, "police", case), Missing)


@pytest.mark.covers("A4")
def test_a_consent_that_has_lapsed_is_shut_to_whoever_looks_first(town: County) -> None:
    case = shared(town)
    town.now += timedelta(days=368)
    seen = town.see("police", case)
    assert seen is not None
    assert "housing" not in seen.reads
    assert "assessment.wants_it" not in seen.facts.answers
    assert not reads(case, "police")


def test_the_form_asks_what_the_route_of_its_reader_asks(town: County) -> None:
    form = reverse("referral", kwargs={"scheme": "ours", "area": "town"})
    question = "What did the survey find?"
    assert question in signed_in(town.people["support"]).get(form).content.decode()
    assert question not in signed_in(town.people["housing"]).get(form).content.decode()


def test_whoever_passes_a_referral_on_is_told_kindly(town: County) -> None:
    form = reverse("referral", kwargs={"scheme": "ours", "area": "town"})
    police, council = signed_in(town.people["police"]), signed_in(town.people["housing"])
    posted = {"name": "Ada Example", "assessed": "yes", "key": str(uuid4()), "go": "confirm"}
    told = police.post(form, posted).content.decode()
    assert "Your referral has been passed on" in told
    assert "Town Council" in told
    assert "Nothing is lost" in told
    shown = council.get(reverse("worklist")).content.decode()
    assert "Referral" in shown
    assert "Ada Example" in shown


def test_the_page_of_a_case_says_how_a_consent_stands(town: County) -> None:
    case = shared(town)
    client = signed_in(town.people["support"])
    page = reverse("case", kwargs={"case_id": case})
    today = f"{town.now.day} {town.now:%B %Y}"
    assert f"Given on {today}" in client.get(page).content.decode()
    withdraw(town, "support", case)
    assert f"Withdrawn on {today}" in client.get(page).content.decode()
