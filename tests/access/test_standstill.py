"""Is everyone out at once, and does nobody come in until they are let in?"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.db import DatabaseError, connections

from sanctuary.records import accounts, alarms, standstill
from tests.support.access.browsers import Browser
from tests.support.access.oversight import give_duties, make_lead, retire_leads
from tests.support.access.planting import running
from tests.support.database import asking, make_agency, make_person, on_the_record

pytestmark = [on_the_record, pytest.mark.failure(18)]


@pytest.fixture(autouse=True)
def _let_in() -> Iterator[None]:
    retire_leads()
    yield
    standstill.let_in()


def fresh(account: object) -> Browser:
    return Browser(accounts.open_session(account, fresh=True))  # type: ignore[arg-type]


def test_every_session_is_refused_at_once_and_none_is_opened() -> None:
    running()
    lead, workers = make_lead(), [make_person(make_agency()) for _ in range(5)]
    browsers = [Browser(accounts.open_session(each.account)) for each in workers]
    assert all(each.get("/work").status == 200 for each in browsers)
    theirs = fresh(lead.account)
    assert theirs.get("/oversight/stop").status == 200
    assert theirs.post("/oversight/stop/now", {}).status == 422
    assert browsers[0].get("/work").status == 200
    answer = theirs.post("/oversight/stop/now", {"sure": "yes"})
    assert (answer.status, answer.leads_to) == (302, "/")
    assert all(each.get("/work").is_door for each in (*browsers, theirs))
    with pytest.raises(DatabaseError) as refusal:
        accounts.open_session(workers[0].account)
    assert standstill.is_refusal(refusal.value)
    assert standstill.let_in()
    assert not standstill.let_in()
    assert browsers[0].get("/work").is_door  # what has ended does not come back
    assert Browser(accounts.open_session(workers[0].account)).get("/work").status == 200
    with asking(lead):
        assert [each.kind for each in alarms.looked_after()] == ["all_stopped"]


def test_only_oversight_that_proved_who_it_is_may() -> None:
    running()
    lead, worker = make_lead(), make_person(make_agency())
    give_duties(worker, "administrator", "specialist")
    for account in (worker.account, lead.account):
        with asking(account):
            assert not standstill.stop_everyone()
    assert fresh(worker.account).post("/oversight/stop/now", {"sure": "yes"}).status == 404
    stale = Browser(accounts.open_session(lead.account))
    assert stale.post("/oversight/stop/now", {"sure": "yes"}).status == 302
    assert stale.get("/work").status == 200


def test_it_is_said_to_whoever_comes_then() -> None:
    from sys import exc_info

    from django.test import RequestFactory

    from sanctuary.web.failures import broken

    worker = make_person(make_agency())
    standstill.stop_by_owner()
    try:
        accounts.open_session(worker.account)
    except DatabaseError:
        assert exc_info()[0] is not None
        answer = broken(RequestFactory().get("/"))
    assert answer.status_code == 503
    assert b"Nobody can sign in just now" in answer.content


def test_nobody_slips_in_while_everyone_is_stopped() -> None:
    running()
    workers = [make_person(make_agency()) for _ in range(20)]
    tokens: list[str] = []

    def enter(start: int) -> None:
        with suppress(DatabaseError):
            for worker in workers[start::4]:
                token = accounts.open_session(worker.account)
                tokens.append(token)
        connections.close_all()

    threads = [threading.Thread(target=enter, args=(start,)) for start in range(4)]
    for thread in threads:
        thread.start()
    standstill.stop_by_owner()
    for thread in threads:
        thread.join()
    standstill.let_in()
    assert all(Browser(token).get("/work").is_door for token in tokens)
