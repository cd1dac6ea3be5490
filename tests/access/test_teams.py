"""Do the people of a team see cases of its areas only, from their next click on?"""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from sanctuary.records import people, teams
from sanctuary.records.arranging import NOT_ONESELF, TITLE_TAKEN, NotTheirs, RuleBroken
from tests.support.access.administration import (
    acts,
    browser,
    county_administrator,
    fill,
    invited,
    kept_of,
    make_administrator,
    office,
    proved,
)
from tests.support.county import County, county
from tests.support.database import Person, administrator, make_person, on_the_record

pytestmark = on_the_record


@pytest.fixture
def norfolk() -> County:
    """Norwich, with new people."""
    return county()


def made(by: Person, areas: list[str], title: str = "") -> UUID:
    team = uuid4()
    with proved(by):
        teams.save(team, title or f"Team {team}", areas)
    return team


def put_into(by: Person, whom: Person, team: UUID | None) -> None:
    with proved(by):
        people.change(whom.account, name=whom.name, role=whom.role, team=team, duties=[])


def test_whoever_is_in_a_team_sees_cases_of_its_areas_only(norfolk: County) -> None:
    case, officer = norfolk.case(), norfolk.people["support"]
    ada = make_administrator(officer.agency)
    assert norfolk.see("support", case) is not None
    put_into(ada, officer, made(ada, ["norfolk/broadland"]))
    assert norfolk.see("support", case) is None
    put_into(ada, officer, made(ada, ["norfolk/broadland", "norfolk/norwich"]))
    assert norfolk.see("support", case) is not None


def test_a_team_that_changes_takes_its_people_along_with_their_next_click(norfolk: County) -> None:
    case, officer = norfolk.case(), norfolk.people["support"]
    ada = make_administrator(officer.agency)
    team = made(ada, ["norfolk/norwich"])
    put_into(ada, officer, team)
    visitor = browser(officer)
    assert visitor.open(f"/cases/{case}").status == 200
    with proved(ada):
        teams.save(team, "Broadland", ["norfolk/broadland"])
    assert visitor.open(f"/cases/{case}").status == 404
    put_into(ada, officer, None)
    assert visitor.open(f"/cases/{case}").status == 200


def test_whoever_is_in_no_team_sees_those_of_the_whole_agency(norfolk: County) -> None:
    case = norfolk.case()
    made(make_administrator(norfolk.people["support"].agency), ["norfolk/broadland"])
    assert norfolk.see("support", case) is not None


def test_only_an_administrator_of_the_agency_arranges_its_teams() -> None:
    here, elsewhere = office(), office()
    team = made(here.administrator, ["norfolk/norwich"])
    for who in (here.officer, elsewhere.administrator):
        with proved(who), pytest.raises(NotTheirs):
            teams.save(team, "Mine", ["norfolk/norwich"])
        with proved(who), pytest.raises(NotTheirs):
            teams.end(team)
    with pytest.raises(NotTheirs):
        put_into(elsewhere.administrator, elsewhere.officer, team)


def test_a_team_has_areas_and_a_name_of_its_own() -> None:
    ada = office().administrator
    with pytest.raises(NotTheirs):
        made(ada, [])
    made(ada, ["norfolk/norwich"], "North")
    with pytest.raises(RuleBroken) as broken:
        made(ada, ["norfolk/norwich"], "North")
    assert broken.value.rule == TITLE_TAKEN


def test_a_team_with_somebody_in_it_or_invited_to_it_does_not_end() -> None:
    here = office()
    team, awaited = made(here.administrator, ["norfolk/norwich"]), made(here.administrator, ["norfolk/norwich"])
    put_into(here.administrator, here.officer, team)
    keys, _ = invited(here.administrator, team=awaited)
    for each in (team, awaited):
        with proved(here.administrator), pytest.raises(NotTheirs):
            teams.end(each)
    with proved(here.administrator):
        people.end(here.officer.account)
        teams.end(team)
    assert kept_of("account", "id", here.officer.account)["team_id"] is None
    with administrator() as connection:
        assert connection.execute("select 1 from team where id = %s", [team]).fetchall() == []
    assert kept_of("invitation", "id", keys.id)["team_id"] == str(awaited)
    assert acts(here.administrator)[:2] == ["team_ended", "ended"]


# --- On the screen ---------------------------------------------------------------------------------------------------


def test_a_team_is_made_changed_and_ended_on_the_screen() -> None:
    ada = county_administrator("leeway", "support")
    visitor, title = browser(ada), f"Team {uuid4()}"
    answers = {"title": title, "areas": ["norfolk/norwich"]}
    assert title in fill(visitor, "/administration/teams/new", "Save the team", answers).text
    team = kept_of("team", "title", title)["id"]
    screen = fill(
        visitor, f"/administration/teams/{team}", "Save the team", {"areas": ["norfolk/norwich", "norfolk/broadland"]}
    )
    assert "Broadland, Norfolk Sanctuary Scheme; Norwich, Norfolk Sanctuary Scheme" in screen.text
    log = visitor.open("/administration/log").text
    assert "Areas: Broadland and Norwich. Before: Norwich" in log
    screen = fill(visitor, f"/administration/teams/{team}/end", "End the team")
    assert "The team is ended" in screen.text
    assert title not in screen.text


def test_somebody_is_put_into_a_team_on_their_own_page() -> None:
    ada = county_administrator("leeway", "support")
    officer, title = make_person(ada.agency, "support"), f"Team {uuid4()}"
    team = made(ada, ["norfolk/norwich"], title)
    visitor = browser(ada)
    screen = fill(visitor, f"/administration/people/{officer.account}/change", "Save the change", {"team": str(team)})
    assert title in screen.text
    assert kept_of("account", "id", officer.account)["team_id"] == str(team)
    assert officer.name in visitor.open("/administration/teams").text
    assert f"Team: {title}. Before: the whole agency" in visitor.open("/administration/log").text


def test_areas_of_other_agencies_are_not_offered_and_not_taken() -> None:
    visitor = browser(county_administrator())
    form = visitor.open("/administration/teams/new").form
    assert form.options("areas").keys() == {"norfolk/norwich"}
    screen = visitor.submit(form.filled({"title": "Nowhere"}), "Save the team")
    assert screen.status == 422
    filled = form.filled({"title": "Elsewhere", "areas": ["norfolk/norwich"]})
    sent = [(name, "norfolk/breckland" if name == "areas" else value) for name, value in filled.sent(filled.buttons[0])]
    assert visitor.send(filled, sent).status == 422


def test_a_name_that_is_taken_is_said_so_and_nothing_is_lost() -> None:
    ada = county_administrator()
    title = f"Team {uuid4()}"
    made(ada, ["norfolk/norwich"], title)
    answers = {"title": title, "areas": ["norfolk/norwich"]}
    screen = fill(browser(ada), "/administration/teams/new", "Save the team", answers)
    assert screen.status == 409
    assert "another team with this name" in screen.text
    assert screen.form.value("title") == title


def test_teams_of_other_agencies_have_no_page() -> None:
    team = made(office().administrator, ["norfolk/norwich"])
    visitor = browser(county_administrator())
    assert visitor.open(f"/administration/teams/{team}").status == 404
    assert visitor.open(f"/administration/teams/{team}/end").status == 404


@pytest.mark.failure(20)
def test_nobody_widens_the_areas_of_their_own_team() -> None:
    here = office()
    bea = make_administrator(here.agency, "Bea Example")
    team = made(bea, ["norfolk/broadland", "norfolk/norwich"])
    with proved(bea):
        people.change(
            here.administrator.account, name="Ada Example", role="housing", team=team, duties=["administrator"]
        )
    with proved(here.administrator):
        teams.save(team, "Narrower", ["norfolk/broadland"])
        teams.save(team, "Of the same areas", ["norfolk/broadland"])
    with proved(here.administrator), pytest.raises(RuleBroken) as broken:
        teams.save(team, "Wider", ["norfolk/broadland", "norfolk/norwich"])
    assert broken.value.rule == NOT_ONESELF
    with proved(bea):
        teams.save(team, "Wider", ["norfolk/broadland", "norfolk/norwich"])
