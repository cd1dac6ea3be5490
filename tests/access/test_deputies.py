"""Does a deputy play a colleague's part between two dates, say so, and stop by themselves when it is over?"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from sanctuary.actions.complete_step import complete_step
from sanctuary.actions.results import Recorded
from sanctuary.records import accounts, context, deputies, people, teams
from sanctuary.records.arranging import NOT_ONESELF, NotTheirs, RuleBroken
from tests.support.access.administration import acts, browser, fill, office, proved, told
from tests.support.access.midnight import away_from_midnight
from tests.support.access.oversight import make_lead
from tests.support.county import ASSESSMENT, County, county
from tests.support.database import Person, administrator, make_person, on_the_record
from tests.support.journey import Visitor

pytestmark = [on_the_record, pytest.mark.covers("N12")]

DAY = timedelta(days=1)


@pytest.fixture
def norfolk() -> County:
    """Norwich, with new people."""
    return county()


def today() -> datetime:
    """Now, by the clock that people type dates by: in summer it is tomorrow an hour before it is in UTC."""
    return away_from_midnight()


def appointed(by: Person, stands_in: Person, away: Person, starts: timedelta = -DAY, ends: timedelta = DAY) -> UUID:
    with proved(by):
        return deputies.appoint(stands_in.account, away.account, today() + starts, today() + ends)


def colleague_with_no_part(of: Person) -> Person:
    """Somebody of the same agency whose own role has no part in any case."""
    return make_person(of.agency, "reception", "Dee Example")


def acting(stands_in: Person, deputy: UUID | None) -> Visitor:
    """The deputy at a browser, acting for the colleague."""
    visitor = browser(stands_in)
    visitor.open("/deputies")
    if deputy:
        form = next(each for each in visitor.page.forms if str(deputy) in each.action)
        visitor.submit(form, form.buttons[0].label)
    return visitor


def test_a_deputy_sees_and_does_what_the_colleague_does_and_says_for_whom(norfolk: County) -> None:
    case, away = norfolk.case(), norfolk.people["housing"]
    stands_in = colleague_with_no_part(away)
    visitor = browser(stands_in)
    assert visitor.open(f"/cases/{case}").status == 404
    deputy = appointed(away, stands_in, away)
    assert visitor.open(f"/cases/{case}").status == 404
    visitor = acting(stands_in, deputy)
    assert "Acting for Robin Example" in visitor.page.root.first("header").text
    assert visitor.open(f"/cases/{case}").status == 200


def test_what_a_deputy_records_says_for_whom(norfolk: County) -> None:
    case, away = norfolk.case(), norfolk.people["police"]
    stands_in = colleague_with_no_part(away)
    deputy = appointed(away, stands_in, away)
    token = accounts.open_session(stands_in.account)
    with context.acting(token), transaction.atomic():
        assert deputies.act_for(token, deputy)
    with context.acting(token):
        done = complete_step(
            case_id=case, step="initial_assessment", plain=ASSESSMENT, expected_seq=10_000, key=uuid4(), now=norfolk.now
        )
    assert isinstance(done, Recorded), done
    seen = norfolk.see("housing", case)
    assert seen is not None
    assert "Dee Example, for Robin Example" in {entry.by_name for entry in seen.timeline}
    assert "Robin Example" in {entry.by_name for entry in seen.timeline}


def test_what_a_deputy_reads_says_for_whom(norfolk: County) -> None:
    case, away = norfolk.case(), norfolk.people["housing"]
    stands_in, lead = colleague_with_no_part(away), make_lead(away.agency)
    acting(stands_in, appointed(away, stands_in, away)).open(f"/cases/{case}")
    assert "Dee Example, standing in for Robin Example" in browser(away).open(f"/cases/{case}/readers").text
    for page in (f"cases/{case}", f"people/{stands_in.account}"):
        assert "Standing in for Robin Example." in browser(lead).open(f"/oversight/audit/{page}").text
    assert "Standing in" not in browser(lead).open(f"/oversight/audit/people/{away.account}").text


def test_a_deputy_goes_back_to_their_own_part() -> None:
    here = office()
    stands_in = make_person(here.agency, "police", "Dee Example")
    visitor = acting(stands_in, appointed(here.officer, stands_in, here.officer))
    assert "You act for Robin Example now" in visitor.page.text
    visitor.press("Go back to your own part")
    assert "Acting for" not in visitor.page.root.first("header").text
    assert acts(here.administrator)[:3] == ["acts_as_self", "acts_for", "deputy_appointed"]


def test_it_ends_by_itself(norfolk: County) -> None:
    case, away = norfolk.case(), norfolk.people["housing"]
    stands_in = colleague_with_no_part(away)
    deputy = appointed(away, stands_in, away)
    visitor = acting(stands_in, deputy)
    assert visitor.open(f"/cases/{case}").status == 200
    told("update deputy set ends = now() - interval '1 second' where id = %s", deputy)
    assert visitor.open(f"/cases/{case}").status == 404
    assert "Acting for" not in visitor.open("/deputies").root.first("header").text


def test_nobody_acts_before_or_after_the_days_or_for_anybody_else() -> None:
    here = office()
    stands_in, other = make_person(here.agency, "police"), make_person(here.agency, "police")
    later = appointed(here.officer, stands_in, here.officer, DAY, 2 * DAY)
    current = appointed(here.officer, stands_in, here.officer)
    over = appointed(here.officer, stands_in, here.officer)
    told("update deputy set ends = now() - interval '1 second' where id = %s", over)
    for who, deputy in ((stands_in, later), (stands_in, over), (other, current), (stands_in, uuid4())):
        with proved(who) as token:
            assert not deputies.act_for(token, deputy)
    with proved(stands_in) as token:
        assert deputies.act_for(token, current)


def test_one_session_does_not_turn_another_ones_part() -> None:
    here = office()
    stands_in = make_person(here.agency, "police")
    deputy = appointed(here.officer, stands_in, here.officer)
    others = accounts.open_session(here.officer.account)
    with proved(stands_in):
        deputies.act_for(others, deputy)
    with administrator() as connection:
        found = connection.execute("select 1 from sign_in_session where deputy_id = %s", [deputy]).fetchall()
    assert found == []


def test_an_officer_appoints_their_own_deputy_and_an_administrator_anybodys() -> None:
    here = office()
    stands_in, other = make_person(here.agency, "police"), make_person(here.agency, "police")
    for by, away in ((here.officer, here.officer), (here.administrator, here.officer)):
        assert appointed(by, stands_in, away)
    with pytest.raises(NotTheirs):
        appointed(other, other, here.officer)


@pytest.mark.failure(20)
def test_an_administrator_does_not_make_themselves_somebodys_deputy() -> None:
    """Or whoever looks after accounts would read the cases of anybody whose part they chose."""
    here = office()
    with pytest.raises(RuleBroken) as broken:
        appointed(here.administrator, here.administrator, here.officer)
    assert broken.value.rule == NOT_ONESELF
    assert appointed(here.officer, here.administrator, here.officer)


def test_whoever_stands_in_for_somebody_does_not_change_what_that_part_is() -> None:
    here = office()
    appointed(here.officer, here.administrator, here.officer, DAY, 2 * DAY)
    team = uuid4()
    with proved(here.administrator):
        teams.save(team, "One area", ["norfolk/broadland"])
    for role, place in (("police", None), ("housing", team)):
        with proved(here.administrator), pytest.raises(RuleBroken) as broken:
            people.change(here.officer.account, name="Robin Example", role=role, team=place, duties=())
        assert broken.value.rule == NOT_ONESELF
    with proved(here.administrator):
        people.change(here.officer.account, name="Robin Sample", role="housing", team=None, duties=())


def test_who_appoints_has_just_proved_who_they_are() -> None:
    here = office()
    stands_in = make_person(here.agency, "police")
    with context.acting(accounts.open_session(here.officer.account)), pytest.raises(NotTheirs):
        deputies.appoint(stands_in.account, here.officer.account, today(), today() + DAY)


def test_a_deputy_is_of_the_same_agency_active_and_somebody_else_for_a_time_to_come() -> None:
    here, elsewhere = office(), office()
    stands_in, left = make_person(here.agency, "police"), make_person(here.agency, "police")
    accounts.retire_account(left.account)
    for who, starts, ends in (
        (elsewhere.officer, -DAY, DAY),
        (left, -DAY, DAY),
        (here.officer, -DAY, DAY),
        (stands_in, -2 * DAY, -DAY),
        (stands_in, DAY, timedelta(0)),
        (stands_in, DAY, 400 * DAY),
    ):
        with pytest.raises(NotTheirs):
            appointed(here.officer, who, here.officer, starts, ends)


def test_the_duties_of_a_colleague_are_not_played() -> None:
    here = office()
    stands_in = make_person(here.agency, "police")
    visitor = acting(stands_in, appointed(here.administrator, stands_in, here.administrator))
    assert "Acting for Ada Example" in visitor.page.root.first("header").text
    assert visitor.open("/administration/people").status == 404


def test_either_of_the_two_or_an_administrator_ends_it_early_and_nobody_else() -> None:
    here = office()
    stands_in, other = make_person(here.agency, "police"), make_person(here.agency, "police")
    for who in (stands_in, here.officer, here.administrator):
        for starts in (-DAY, DAY):
            deputy = appointed(here.officer, stands_in, here.officer, starts, 2 * DAY)
            with proved(other):
                assert not deputies.end(deputy)
            with proved(who):
                assert deputies.end(deputy)
                assert not deputies.end(deputy)
    with proved(here.officer):
        assert deputies.of_agency() == []


def test_only_colleagues_know_who_stands_in_for_whom() -> None:
    here, elsewhere = office(), office()
    stands_in = make_person(here.agency, "police")
    deputy = appointed(here.officer, stands_in, here.officer)
    with proved(stands_in):
        assert [each.id for each in deputies.of_agency()] == [deputy]
    with proved(elsewhere.administrator):
        assert deputies.of_agency() == []
        assert not deputies.end(deputy)


# --- On the screen ---------------------------------------------------------------------------------------------------


def days(first: datetime, last: datetime) -> dict[str, dict[str, str]]:
    """Two dates as they are typed."""
    return {
        name: {"day": str(each.day), "month": str(each.month), "year": str(each.year)}
        for name, each in (("first", first), ("last", last))
    }


def test_an_officer_appoints_a_deputy_on_the_screen_who_then_acts() -> None:
    here = office()
    stands_in = make_person(here.agency, "police", "Dee Example")
    visitor = browser(here.officer)
    screen = fill(
        visitor, "/deputies/new", "Appoint the deputy",
        {"deputy": str(stands_in.account), **days(today(), today() + 3 * DAY)},
    )  # fmt: skip
    assert "Dee Example for Robin Example" in screen.section("Your own deputies").text
    deputy = browser(stands_in)
    buttons = [each.label for form in deputy.open("/deputies").forms for each in form.buttons]
    assert any(label.startswith("Act for Robin Example until ") for label in buttons)


def test_an_administrator_says_who_will_be_away() -> None:
    here = office()
    stands_in = make_person(here.agency, "police", "Dee Example")
    screen = fill(
        browser(here.administrator), "/deputies/new", "Appoint the deputy",
        {"away": str(here.officer.account), "deputy": str(stands_in.account), **days(today(), today())},
    )  # fmt: skip
    assert "Dee Example for Robin Example" in screen.text
    visitor = browser(here.administrator)
    visitor.open("/deputies")
    screen = fill(visitor, next(href for href in visitor.page.links.values() if href.endswith("/end")), "End it now")
    assert "Dee Example" not in screen.text


def test_what_is_wrong_with_the_days_or_the_people_is_said() -> None:
    here = office()
    stands_in = make_person(here.agency, "police")
    someone = {"deputy": str(stands_in.account)}
    own = {"away": str(here.officer.account), "deputy": str(here.officer.account), **days(today(), today())}
    screen = fill(browser(here.administrator), "/deputies/new", "Appoint the deputy", own)
    assert "nobody is their own deputy" in screen.text
    for answers, said in (
        ({**someone, **days(today() - 5 * DAY, today() - 2 * DAY)}, "must be today or later"),
        ({**someone, **days(today() + 5 * DAY, today() + 2 * DAY)}, "must be the first day or later"),
        ({**someone, **days(today(), today() + 400 * DAY)}, "within a year"),
        (someone, "First day"),
    ):
        screen = fill(browser(here.officer), "/deputies/new", "Appoint the deputy", answers)
        assert screen.status == 422
        assert said in screen.text


@pytest.mark.parametrize("by", ["officer", "administrator"])
def test_a_first_day_that_is_over_is_refused_and_what_was_typed_stays(by: str) -> None:
    here = office()
    stands_in = make_person(here.agency, "police", "Dee Example")
    yesterday, until = today() - DAY, today() + 3 * DAY
    answers = {"deputy": str(stands_in.account), **days(yesterday, until)}
    who = here.officer if by == "officer" else here.administrator
    answers |= {} if by == "officer" else {"away": str(here.officer.account)}
    screen = fill(browser(who), "/deputies/new", "Appoint the deputy", answers)
    assert screen.status == 422
    assert list(screen.problems) == ["The first day must be today or later"]
    kept = {name: screen.form.value(name) for name in ("first-day", "first-month", "first-year", "deputy", "last-day")}
    assert kept == {
        "first-day": str(yesterday.day), "first-month": str(yesterday.month), "first-year": str(yesterday.year),
        "deputy": [str(stands_in.account)], "last-day": str(until.day),
    }  # fmt: skip
    with proved(here.officer):
        assert deputies.of_agency() == []


def test_both_days_over_are_said_together() -> None:
    here = office()
    answers = {"deputy": str(make_person(here.agency, "police").account), **days(today() - 3 * DAY, today() - DAY)}
    screen = fill(browser(here.officer), "/deputies/new", "Appoint the deputy", answers)
    assert list(screen.problems) == ["The first day must be today or later", "The last day must be today or later"]


def test_following_the_address_of_a_button_does_nothing() -> None:
    here = office()
    stands_in = make_person(here.agency, "police")
    deputy = appointed(here.officer, stands_in, here.officer)
    visitor = browser(stands_in)
    assert visitor.open(f"/deputies/{deputy}/act").heading == "Deputies"
    assert "Acting for" not in visitor.page.root.first("header").text
