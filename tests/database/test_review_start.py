"""Does the site refuse to start where starting would lose or mix up what real people recorded?"""

from __future__ import annotations

import secrets
from typing import Any

import pytest

from sanctuary.config import server
from sanctuary.gateways import database
from sanctuary.gateways.home import is_production
from sanctuary.records import accounts, lint
from tests.support.county import county
from tests.support.database import administrator, on_the_record


@on_the_record
def test_a_record_written_with_another_master_key_is_noticed(settings: Any) -> None:
    county().case()
    with administrator() as connection:
        assert lint.opens(connection)
        settings.MASTER_KEY = secrets.token_bytes(32)
        assert not lint.opens(connection)


@on_the_record
@pytest.mark.parametrize("why", ["real people", "production"])
def test_only_the_fictional_county_is_thrown_away(why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    thrown: list[str] = []
    monkeypatch.setattr(database, "throw_away", lambda: thrown.append("away"))
    monkeypatch.setenv("SANCTUARY_ENV", "production" if why == "production" else "")
    if why == "real people":
        accounts.make_agency("council", "Council")
        accounts.make_account(
            email="officer@council.invalid", name="Robin", password="x" * 20, agency="council", role="housing"
        )
    said: list[str] = []
    with pytest.raises(server.CannotStart, match="fictional county"):
        server._throw_away(said.append)
    assert not thrown


def test_a_word_for_the_environment_that_is_not_understood_is_not_guessed_at(monkeypatch: pytest.MonkeyPatch) -> None:
    for said, meant in (("", False), ("development", False), ("production", True), ("Production ", True)):
        monkeypatch.setenv("SANCTUARY_ENV", said)
        assert is_production() is meant
    monkeypatch.setenv("SANCTUARY_ENV", "prod")
    with pytest.raises(server.STOPS, match="production or development"):
        is_production()
