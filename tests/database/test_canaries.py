"""If somebody took the whole database, would they find a word that anybody told us?"""

from __future__ import annotations

import base64
import html
import json
import os
import re
import subprocess
from collections.abc import Iterable
from urllib.parse import quote

import pytest
from django.db import connections

from sanctuary.gateways import database, embedded
from sanctuary.records import cases, events, idempotency, search, worklist
from sanctuary.records.search import Purpose
from tests.support.database import (
    NOON,
    administrator,
    asking,
    entry,
    make_agency,
    make_person,
    on_the_record,
    open_case,
)

pytestmark = on_the_record

CANARIES = [
    "Marigold Canary",
    "17 Canary Wren Close",
    "020 7946 0517",
    "QQ 12 34 56 C",
    "canary-shelter-plan.pdf",
    "Ærlig Kanarifugl",
]


def decoded(dump: str) -> bytes:
    """A plain dump with every bytea column's hex turned back into what it holds."""
    opened = b"".join(bytes.fromhex(found) for found in re.findall(r"\\\\x([0-9a-f]*)", dump) if len(found) % 2 == 0)
    return dump.encode() + opened


def disguises(word: str) -> Iterable[bytes]:
    """The forms that a word may take on its way to a disk."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        raw = word.encode(encoding)
        yield raw
        yield raw.hex().encode()
        for cut in range(3):  # a word inside something longer starts anywhere in a group of three
            yield base64.b64encode(raw[cut:])[:-4]
    yield quote(word).encode()
    yield html.escape(word).encode("ascii", "xmlcharrefreplace")
    yield json.dumps(word)[1:-1].encode()


def whole_dump() -> str:
    address = database.administrator()
    given = {"PGHOST": address.host, "PGPORT": address.port, "PGUSER": address.role, "PGPASSWORD": address.password}
    environment = {**os.environ, **{name: value for name, value in given.items() if value}}
    command = [str(embedded.programs() / "pg_dump"), "--dbname", connections["owner"].settings_dict["NAME"]]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def found(canaries: Iterable[str], dump: bytes) -> set[str]:
    return {word for word in canaries if any(form and form in dump for form in disguises(word))}


def test_no_word_of_a_case_is_in_a_decoded_dump() -> None:
    person = make_person(make_agency())
    told = [
        entry(json.dumps({"answers": {"referral.told": word}}, ensure_ascii=False), number % 4)
        for number, word in enumerate(CANARIES)
    ]
    case = open_case(person, entries=told)
    with asking(person):
        search.describe(case.id, CANARIES[0].encode(), {Purpose.FULL_NAME: [CANARIES[0]], Purpose.SURNAME: ["Canary"]})
        idempotency.once(case.id, lambda: str(case.id))
        assert CANARIES[0].encode() in [line.summary for line in worklist.lately()]
        assert all(
            word in str([event.payload and event.payload.decode() for event in events.whole(case.id)])
            for word in CANARIES
        )
        assert cases.find(case.id) is not None
        worklist.needing_us(NOON)
    dump = decoded(whole_dump())
    assert case.reference.encode() in dump
    assert found(CANARIES, dump) == set()


@pytest.mark.parametrize(
    ("kind", "put"),
    [
        ("text", "'Plain Planted Bird'"),
        (
            "text",
            "repeat('Plain Planted Bird ', 5000)",
        ),  # compressed and kept beside the table, where grep finds nothing
        ("bytea", "convert_to('Plain Planted Bird', 'UTF8')"),
        ("jsonb", "jsonb_build_object('a', 'Plain Planted Bird')"),
        ("text", "encode(convert_to('xyPlain Planted Birdz', 'UTF8'), 'base64')"),
    ],
)
def test_a_word_that_was_planted_is_found(kind: str, put: str) -> None:
    with administrator() as connection:
        connection.execute(f"create table planted (held {kind})")
        try:
            connection.execute(f"insert into planted values ({put})")
            assert found(["Plain Planted Bird"], decoded(whole_dump())) == {"Plain Planted Bird"}
        finally:
            connection.execute("drop table planted")
