"""Can the people of an agency be looked after on a narrow screen and with a screen reader? Every page of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from sanctuary.records import deputies, people, teams
from tests.support.access.administration import invited, proved, told
from tests.support.county import County
from tests.support.database import Person, make_person, on_the_record
from tests.support.visits.visitor import Visitor

pytestmark = on_the_record
Visit = Callable[..., Visitor]


def arranged(district: County) -> tuple[Person, dict[str, str]]:
    """An administrator with oversight, and the addresses of everything that there is to look after."""
    ada = district.people["support"]
    people.give_duties(ada.account, ["administrator", "oversight"])
    officer = make_person(ada.agency, "support", "Olive Sanders")
    keys, _ = invited(ada, name="Nia Weaver", role="support")
    team = uuid4()
    with proved(ada):
        teams.save(team, f"Team {team.hex[:6]}", ["norfolk/norwich"])
        people.change(officer.account, name=officer.name, role="support", team=team, duties=["specialist"])
    for one, two in ((officer, ada), (ada, officer)):
        with proved(two):
            deputies.appoint(one.account, two.account, datetime.now(UTC), datetime.now(UTC) + timedelta(days=300))
    person = f"/administration/people/{officer.account}"
    return ada, {
        "index": "/administration", "oversight": "/oversight", "account": "/account",
        "people": "/administration/people", "person": person,
        "change": f"{person}/change", "end": f"{person}/end", "again": f"{person}/again",
        "invite": "/administration/people/invite", "withdraw": f"/administration/invitations/{keys.id}/withdraw",
        "teams": "/administration/teams", "team": f"/administration/teams/{team}",
        "new_team": "/administration/teams/new",
        "deputies": "/deputies", "appoint": "/deputies/new", "log": "/administration/log",
        "accept": f"/invitation/{keys.token}",
    }  # fmt: skip


def test_every_page_of_administration(visit: Visit, district: County) -> None:
    ada, addresses = arranged(district)
    visitor = visit("support")
    told("update sign_in_session set stepped_up = now() where account_id = %s", ada.account)
    for address in addresses.values():
        visitor.go(address)
        assert visitor.heading not in ("Page not found", "Confirm that it is you"), address
    visitor.go(addresses["again"])
    visitor.press("Make a new invitation")
    assert "You see this link and this code now, and never again" in visitor.text
