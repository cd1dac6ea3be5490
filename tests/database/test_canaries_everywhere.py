"""If somebody took everything that lies about, would they find a word that anybody typed into a page?"""

from __future__ import annotations

import io
import logging
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.core.management import call_command
from django.db import connections

from sanctuary.cli import main
from sanctuary.config.logs import Discreet
from sanctuary.gateways.home import home
from sanctuary.web.screens import search as screen
from tests.support.access import thief
from tests.support.county import County, county
from tests.support.database import administrator, login, on_the_record
from tests.support.journey import Trail, Visitor
from tests.support.norfolk import REFERRAL
from tests.support.proof import figure, length

pytestmark = on_the_record

CASES, WORDS = length(full=20, short=4), length(full=250, short=50)
WRITTEN = ("name", "address", "safe_times", "code_word")


@pytest.fixture
def told(settings: Any, tmp_path: Path) -> Iterator[io.StringIO]:
    """The site's log at its most talkative, written as the site writes it."""
    settings.STATIC_ROOT = tmp_path
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Discreet("%(levelname)s %(name)s %(message)s"))
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def reached(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every address to which this process opens a connection while the test runs."""
    seen: list[Any] = []
    connect = socket.socket.connect

    def noted(self: socket.socket, address: Any) -> None:
        seen.append((self.family, address))
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", noted)
    return seen


def typed(there: County, number: int, words: list[str]) -> Visitor:
    """A case that was referred, begun and paused on the pages, with the words in whatever takes words."""
    visitor = Visitor(Trail())
    visitor.sign_in(there.people["police"].account)
    part = len(words) // len(WRITTEN)
    spread = {name: "; ".join(words[part * at : part * (at + 1)]) for at, name in enumerate(WRITTEN)}
    visitor.open("/referrals/new/norfolk/norwich")
    visitor.press("Continue", {**REFERRAL, "approached": "police", **spread})
    assert visitor.page.heading == "Check your answers", visitor.page.problems
    page = visitor.press("Open the case")
    assert page.status == 200
    assert words[0] in page.body.decode(), "what was typed is shown to whoever may read it"
    visitor.open(f"{page.address}/steps/initial_assessment")
    return visitor


def go_wrong(visitor: Visitor, word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests that fail with words in them: in a view, in the database, without the proof of a form."""

    def broken(purpose: object, value: str) -> list[Any]:
        raise ValueError(f"nothing is found by {value}")

    visitor.client.raise_request_exception = False
    visitor.open("/search")
    form = visitor.page.form.filled({"name": word})
    visitor.submit(form, form.buttons[0].label)
    with monkeypatch.context() as patched:
        patched.setattr(screen, "find", broken)
        assert visitor.submit(form, form.buttons[0].label).status == 500
    visitor.client.post("/search", {"name": word})  # without the proof
    visitor.client.get("/work", {"page": word})
    with login() as bare, pytest.raises(Exception, match="invalid input syntax"), bare.transaction():
        bare.execute("select %s::text::integer", [word])


def everything(told: io.StringIO, exported: Path) -> Iterator[tuple[str, bytes]]:
    """Everything that lies about once the site has been used."""
    with administrator() as connection:
        connection.autocommit = True
        connection.execute("analyze")
        yield from thief.tables(connection)
        yield from thief.files_of_the_server(connection)
    yield from thief.dumps()
    yield from ((f"home/{name}", content) for name, content in thief.folder(home()) if "postgres/" not in name)
    yield from ((f"published/{name}", content) for name, content in thief.folder(exported))
    yield "the site's log", told.getvalue().encode()


@pytest.mark.failure(5)
def test_no_planted_word_is_found_anywhere(
    told: io.StringIO, reached: list[Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    there = county("norfolk", "norwich")
    planted = thief.words(CASES * WORDS, 22)
    visitors = [typed(there, number, planted[WORDS * number : WORDS * (number + 1)]) for number in range(CASES)]
    go_wrong(visitors[0], planted[0], monkeypatch)
    call_command("check")
    assert main(["publish", str(tmp_path / "site")]) == 0
    things, size, hits = thief.search(everything(told, tmp_path / "site"))
    figure(f"{len(planted):,} planted words, {things:,} things of {size / 2**20:,.0f} MB searched, {len(hits)} found")
    assert hits == []
    assert told.getvalue(), "the log was on"
    assert {family for family, _ in reached} <= {socket.AF_UNIX, socket.AF_INET}
    away = [
        where for family, where in reached if family == socket.AF_INET and where[0] not in ("127.0.0.1", "localhost")
    ]
    assert away == [], "no connection leaves the machine"


def test_what_is_planted_in_clear_is_found(told: io.StringIO, tmp_path: Path) -> None:
    """In a long text that is compressed beside its table, in bytes, in JSON, in the write-ahead log, in a log."""
    word = thief.words(1, 7)[0]
    kinds = {
        "a_toast": ("text", f"repeat('{word} ', 5000)"),
        "b_bytes": ("bytea", f"convert_to('{word}', 'UTF8')"),
        "c_json": ("jsonb", f"jsonb_build_object('a', '{word}')"),
        "d_base64": ("text", f"encode(convert_to('xy{word}', 'UTF8'), 'base64')"),
    }
    logging.getLogger("sanctuary").warning("somebody typed %s", word)
    with administrator() as connection:
        connection.autocommit = True
        for name, (kind, put) in kinds.items():
            connection.execute(f"create table planted_{name} (held {kind})")
            connection.execute(f"insert into planted_{name} values ({put})")
        try:
            hits = {name for name, content in everything(told, tmp_path) if thief.found(content)}
        finally:
            for name in kinds:
                connection.execute(f"drop table planted_{name}")
    assert {f"table planted_{name}" for name in kinds} <= hits
    assert f"dump of {connections['owner'].settings_dict['NAME']}" in hits
    assert any(name.startswith("pg_wal/") for name in hits)
    assert any(name.startswith("base/") for name in hits)
    assert "the site's log" in hits


def test_every_disguise_of_a_word_is_seen_through() -> None:
    for word in thief.words(60, 3):
        for form in thief.disguises(word):
            assert thief.found(b"before " + form + b" after"), (word, form)
    for stem in thief.STEMS:
        assert thief.found(f"nothing of the kind: {stem[:-1]} or {stem[1:]}".encode()) == []


def test_there_is_nothing_that_sends() -> None:
    """No mail is configured, no table holds any: what waits for a reader waits in the record, without words."""
    assert not hasattr(site, "EMAIL_HOST") or site.EMAIL_HOST in ("", "localhost")
    with administrator() as connection:
        found = connection.execute(
            "select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' "
            "and c.relname ~ 'mail|outbox|spool|letter|sms'"
        ).fetchall()
    assert found == []
