"""Does an invitation let in the one whom it was meant for, once, and nobody else?"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from django.db import connections

from sanctuary.records import accounts, alarms, context, invitations, people, ways
from sanctuary.records.arranging import HAS_ACCOUNT, NotTheirs, RuleBroken
from sanctuary.records.invitations import Asked, Keys
from tests.support.access.administration import (
    Office,
    acts,
    browser,
    invited,
    kept_of,
    make_administrator,
    office,
    proved,
    stranger,
    told,
)
from tests.support.access.oversight import give_duties, make_lead
from tests.support.database import administrator, login, make_person, on_the_record
from tests.support.journey import without_tokens

pytestmark = on_the_record


def link(keys: Keys) -> str:
    return f"/invitation/{keys.token}"


def test_link_and_code_together_make_the_account_that_was_meant() -> None:
    here = office()
    keys, email = invited(here.administrator, duties=frozenset({"specialist"}))
    newcomer = invitations.accept(keys.token, keys.code)
    assert newcomer is not None
    assert newcomer.attempt
    account = kept_of("account", "email", email)
    assert (account["name"], account["role"], account["duties"]) == ("Nia Example", "housing", ["specialist"])
    assert account["agency_id"] == here.agency.id
    assert account["is_active"]
    assert acts(here.administrator)[:2] == ["accepted", "invited"]


@pytest.mark.failure(19)
def test_somebody_who_only_accepted_cannot_sign_in_before_setting_up_how() -> None:
    here = office()
    keys, email = invited(here.administrator)
    invitations.accept(keys.token, keys.code)
    account = kept_of("account", "email", email)
    assert account["password"] == "!"
    with administrator() as connection:
        sessions = connection.execute("select 1 from sign_in_session where account_id = %s", [account["id"]]).fetchall()
    assert sessions == []


@pytest.mark.parametrize("typed", [lambda code: code.lower(), lambda code: f" {code.replace('-', ' ')} "])
def test_a_code_may_be_typed_as_it_is_heard(typed: Callable[[str], str]) -> None:
    keys, _ = invited(office().administrator)
    assert invitations.accept(keys.token, typed(keys.code))


def test_the_record_keeps_neither_link_nor_code() -> None:
    keys, _ = invited(office().administrator)
    row = str(kept_of("invitation", "id", keys.id))
    for secret in (keys.token, keys.code, keys.code.replace("-", "")):
        assert secret not in row
        assert secret.encode().hex() not in row
    assert len(keys.token) >= 43  # 256 bits


def test_the_site_itself_cannot_read_the_hashes() -> None:
    invited(office().administrator)
    for column in ("token_hash", "code_hash"):
        with login() as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(f"select {column} from invitation")


def page(address: str, code: str) -> tuple[int, bytes]:
    """What a stranger gets who sends this code to a link: without what differs in any two answers."""
    visitor = stranger()
    visitor.open(address)
    screen = visitor.press("Open the invitation", {"code": code})
    return screen.status, without_tokens(screen.body)


def wrong_in_every_way() -> dict[str, tuple[str, str]]:
    """Links and codes that open nothing, each for another reason."""
    here = office()
    expired, spent, withdrawn, forwarded, locked, orphaned = (invited(here.administrator)[0] for _ in range(6))
    told("update invitation set expires = now() - interval '1 second' where id = %s", expired.id)
    assert invitations.accept(spent.token, spent.code)
    with proved(here.administrator):
        assert invitations.withdraw(withdrawn.id)
    for _ in range(5):
        invitations.accept(locked.token, "WRONG")
    other = make_administrator(here.agency)
    made, _ = invited(other)
    with proved(here.administrator):
        people.end(other.account)
    return {
        "expired": (link(expired), expired.code),
        "replayed": (link(spent), spent.code),
        "withdrawn": (link(withdrawn), withdrawn.code),
        "forwarded without its code": (link(forwarded), ""),
        "code of another": (link(forwarded), orphaned.code),
        "locked": (link(locked), locked.code),
        "of an administrator who has left": (link(made), made.code),
        "guessed": (f"/invitation/{secrets.token_urlsafe(32)}", "2222-2222"),
        "of no sense": ("/invitation/%00%F0", "\0"),
    }


@pytest.mark.failure(21)
def test_whatever_is_wrong_the_page_is_the_same() -> None:
    answers = {name: page(*each) for name, each in wrong_in_every_way().items()}
    first = answers["guessed"]
    assert first[0] == 422
    assert b"did not open" in first[1]
    assert {name for name, answer in answers.items() if answer != first} == set()


def test_looking_at_a_link_spends_nothing_and_tells_nothing() -> None:
    here = office()
    keys, email = invited(here.administrator)
    looked = [without_tokens(stranger().open(link(keys)).body) for _ in range(7)]
    nobody = without_tokens(stranger().open("/invitation/nothing").body)
    assert set(looked) == {nobody}
    assert email.encode() not in nobody
    assert kept_of("invitation", "id", keys.id)["tries"] == 0
    assert invitations.accept(keys.token, keys.code)


def test_five_wrong_codes_lock_it() -> None:
    here = office()
    keys, _ = invited(here.administrator)
    for _ in range(5):
        assert invitations.accept(keys.token, "2222-2222") is None
    assert invitations.accept(keys.token, keys.code) is None
    assert acts(here.administrator)[0] == "locked"
    with proved(here.administrator):
        assert [each.locked for each in invitations.pending()] == [True]


def test_four_wrong_codes_do_not() -> None:
    keys, _ = invited(office().administrator)
    for _ in range(4):
        assert invitations.accept(keys.token, "2222-2222") is None
    assert invitations.accept(keys.token, keys.code)


def at_once(several: int, act: Callable[[int], Any]) -> list[Any]:
    """What comes of doing it several times at one moment."""

    def done(number: int) -> Any:
        try:
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(several) as pool:
        return list(pool.map(done, range(several)))


@pytest.mark.failure(21)
def test_of_many_who_guess_at_once_five_are_heard() -> None:
    keys, _ = invited(office().administrator)
    at_once(12, lambda number: invitations.accept(keys.token, f"GUESS{number}"))
    assert kept_of("invitation", "id", keys.id)["tries"] == 5
    assert invitations.accept(keys.token, keys.code) is None


def test_of_many_who_accept_at_once_one_does() -> None:
    keys, email = invited(office().administrator)
    came = at_once(8, lambda _: invitations.accept(keys.token, keys.code))
    assert len([each for each in came if each]) == 1
    assert kept_of("account", "email", email)


def test_a_newer_invitation_takes_the_place_of_an_older_one() -> None:
    here = office()
    older, email = invited(here.administrator)
    newer, _ = invited(here.administrator, email=email)
    assert invitations.accept(older.token, older.code) is None
    assert invitations.accept(newer.token, newer.code)


def test_who_has_an_account_is_not_invited_a_second_time() -> None:
    here = office()
    with pytest.raises(RuleBroken) as broken:
        invited(here.administrator, email=here.officer.email)
    assert broken.value.rule == HAS_ACCOUNT


def test_who_comes_back_takes_up_their_own_account_again() -> None:
    here = office()
    robin = here.officer
    with proved(here.administrator):
        people.end(robin.account)
    keys, _ = invited(here.administrator, email=robin.email, name="Robin Changed", duties=frozenset({"oversight"}))
    assert invitations.accept(keys.token, keys.code)
    account = kept_of("account", "email", robin.email)
    assert account["id"] == str(robin.account)
    assert (account["is_active"], account["name"], account["duties"]) == (True, "Robin Changed", ["oversight"])


def test_who_moves_to_another_agency_takes_their_address_along_once_the_old_account_is_ended() -> None:
    there, here = office(), office()
    keys, _ = invited(here.administrator, email=there.officer.email)
    assert invitations.accept(keys.token, keys.code) is None
    assert acts(here.administrator)[0] == "address_taken"
    with proved(there.administrator):
        people.end(there.officer.account)
    assert invitations.accept(keys.token, keys.code)
    moved = kept_of("account", "email", there.officer.email)
    assert moved["agency_id"] == here.agency.id
    assert kept_of("account", "id", there.officer.account)["agency_id"] == there.agency.id


def test_nobody_but_an_administrator_who_proved_it_lately_invites() -> None:
    here = office()
    lead = make_person(here.agency)
    give_duties(lead, "oversight", "specialist")
    asked = Asked(email="nia@agency.example", name="Nia Example", role="housing")
    for who in (here.officer, lead):
        with pytest.raises(NotTheirs), proved(who):
            invitations.invite(asked)
    with context.acting(accounts.open_session(here.administrator.account)), pytest.raises(NotTheirs):
        invitations.invite(asked)
    with pytest.raises(NotTheirs):
        invitations.invite(asked)


def test_an_administrator_deals_with_invitations_of_their_own_agency_only() -> None:
    here, elsewhere = office(), office()
    keys, _ = invited(here.administrator)
    with proved(elsewhere.administrator):
        assert invitations.pending() == []
        assert not invitations.withdraw(keys.id)
    assert invitations.accept(keys.token, keys.code)


def test_no_role_or_team_that_is_not_there() -> None:
    here, elsewhere = office(), office()
    told(
        "insert into team (id, agency_id, title, areas) values (gen_random_uuid(), %s, 'North', '{a/b}')",
        elsewhere.agency.id,
    )
    team = kept_of("team", "agency_id", elsewhere.agency.id)["id"]
    for words in ({"role": "nobody_plays_this"}, {"team": team}):
        with pytest.raises(NotTheirs):
            invited(here.administrator, **words)


def shut_out_of(here: Office) -> Keys:
    with proved(here.administrator):
        return invitations.invite_again(here.officer.account)


def test_who_lost_what_they_sign_in_with_is_shut_out_and_let_in_again_and_oversight_is_told() -> None:
    here = office()
    lead = make_lead(here.agency)
    told("insert into code_app (account_id, secret, last_step) values (%s, 'x', 0)", here.officer.account)
    visitor = browser(here.officer)
    assert visitor.open("/work").status == 200
    keys = shut_out_of(here)
    assert visitor.open("/work").heading != "Worklist"
    assert kept_of("account", "id", here.officer.account)["password"] == "!"
    with administrator() as connection:
        assert not connection.execute("select 1 from code_app where account_id = %s", [here.officer.account]).fetchall()
    with proved(lead):
        raised = [(each.kind, each.about) for each in alarms.looked_after()]
    assert (alarms.Kind.SECOND_FACTOR_RESET.value, here.officer.account) in raised
    assert invitations.accept(keys.token, keys.code)
    assert kept_of("account", "id", here.officer.account)["role"] == "housing"


def test_nobody_sets_up_their_own_way_in_anew() -> None:
    here = office()
    with pytest.raises(RuleBroken), proved(here.administrator):
        invitations.invite_again(here.administrator.account)


def test_an_account_of_another_agency_is_not_shut_out() -> None:
    here, elsewhere = office(), office()
    with pytest.raises(RuleBroken), proved(elsewhere.administrator):
        invitations.invite_again(here.officer.account)


def test_whoever_runs_the_site_lets_the_last_administrator_in_again() -> None:
    here = office()
    asked = Asked(
        email=here.administrator.email, name="Ada Example", role="housing", duties=frozenset({"administrator"})
    )
    keys = invitations.invite_from_outside(here.agency.key, asked)
    assert kept_of("account", "id", here.administrator.account)["password"] == "!"
    assert invitations.accept(keys.token, keys.code)
    assert kept_of("account", "email", here.administrator.email)["id"] == str(here.administrator.account)


def test_there_is_no_inviting_into_an_agency_that_is_not_there() -> None:
    office()
    with pytest.raises(NotTheirs):
        invitations.invite_from_outside("nowhere", Asked(email="a@agency.example", name="A", role="housing"))


def test_the_site_cannot_invite_from_outside() -> None:
    for alias in ("default", "door"):
        with login(alias) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(
                "select invite_from_outside(gen_random_uuid(), sha256('a'), sha256('b'), 'a@b', 'A', 'b', 'c', '{}')"
            )


def test_whom_it_was_for_is_forgotten_a_month_after_its_last_day() -> None:
    here = office()
    kept, forgotten, taken = (invited(here.administrator) for _ in range(3))
    assert invitations.accept(taken[0].token, taken[0].code)
    for (keys, _), days in ((kept, 29), (forgotten, 31), (taken, 31)):
        told("update invitation set expires = now() - make_interval(days => %s) where id = %s", days, keys.id)
    assert int(ways.forget_old(datetime.now(UTC))) >= 2
    assert kept_of("invitation", "id", kept[0].id)["email"] == kept[1]
    for keys, _ in (forgotten, taken):
        row = kept_of("invitation", "id", keys.id)
        assert (row["email"], row["name"]) == (None, None)
    assert kept_of("account", "email", taken[1])["name"] == "Nia Example"
    with proved(here.administrator):
        assert [each.id for each in invitations.pending()] == [kept[0].id]
        assert [each.about for each in people.log(4)].count("") == 1
    invited(here.administrator, email=forgotten[1])
