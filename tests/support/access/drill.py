"""The drill of a restored backup, each act a process of its own, as an installation has them.

`python -m tests.support.access.drill ACT FILE`; what one act leaves for the next is in FILE.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

from sanctuary.config import server
from sanctuary.gateways import database

CASES = 6
Kept = dict[str, Any]


def canaries(number: int) -> Mapping[str, str]:
    """What is planted in a case: words that are nowhere else."""
    return {
        "name": f"Marigold Kestrelcanary{number}q",
        "address": f"{number} Canarywren Close, Example",
        "safe_times": f"After the goldfinch{number}q sings",
    }


def plant(kept: Kept) -> None:
    """Tables, definitions, and cases that ended long ago."""
    from sanctuary.jobs.disposing import note_due
    from tests.support.access.ended import NOW, archive

    there = archive()
    cases = {number: there.ended(**canaries(number)) for number in range(CASES)}
    note_due(NOW)
    kept["cases"] = {number: [str(case.case_id), case.reference] for number, case in cases.items()}
    kept["people"] = [str(there.lead.account), str(there.other_lead.account)]


def erase(kept: Kept) -> None:
    """Half of them are destroyed by two people."""
    from sanctuary.actions.dispose_record import Destroyed, Proposed, Why, carry_out_disposal, propose_disposal
    from sanctuary.records import proposals
    from tests.support.access.ended import NOW
    from tests.support.access.two_people import session

    lead, other = (_token(UUID(person)) for person in kept["people"])
    for number, (_, reference) in list(kept["cases"].items())[: CASES // 2]:
        why = Why.REQUEST if int(number) % 2 else Why.RETENTION
        with session(lead):
            made = propose_disposal(reference, why, NOW)
        assert isinstance(made, Proposed), made
        with session(other):
            assert proposals.decide(made.proposal, True)
        with session(lead):
            assert isinstance(carry_out_disposal(made.proposal, NOW), Destroyed)
    kept["erased"] = list(kept["cases"])[: CASES // 2]


def scan(kept: Kept) -> None:
    """Which of the planted words can be had by whoever has the whole database and the master key."""
    everything = b"".join(_opened())
    kept["found"] = {
        number: sorted(word for word in canaries(int(number)).values() if word.encode() in everything)
        for number in kept["cases"]
    }


def start(kept: Kept) -> None:
    """What a web server does before its first request."""
    from sanctuary.records.lint import UnsafeDatabase

    try:
        import sanctuary.config.wsgi  # noqa: F401
    except UnsafeDatabase as error:
        kept["started"], kept["said"] = False, str(error)
    else:
        kept["started"], kept["said"] = True, ""


def replay(kept: Kept) -> None:
    """The command for after a restore."""
    said: list[str] = []
    server.replay(said.append)
    kept["said"] = "\n".join(said)


def prepare(kept: Kept) -> None:
    """What starting the site does by itself, but for the fictional county."""
    from django.core.management import call_command

    from sanctuary.actions.replay_erasures import replay_erasures

    call_command("migrate", database="owner", verbosity=0)
    kept["again"] = replay_erasures().again


def throw_away(kept: Kept) -> None:
    """The disk is lost: what comes back is an old copy."""
    from django.db import connections

    del kept
    connections.close_all()
    connections["default"].close_pool()  # type: ignore[attr-defined]
    database.throw_away()
    database.ensure_server()


def _token(account: UUID) -> str:
    from sanctuary.records import accounts

    token = accounts.open_session(account)
    with closing(database.administrator().connect()) as connection:
        connection.execute("update sign_in_session set stepped_up = now() where account_id = %s", [account])
    return token


def _opened() -> Iterator[bytes]:
    """All that is encrypted in the database, opened with every key that is left in it, by no rule of ours."""
    from sanctuary.records import crypto

    with closing(database.administrator().connect()) as connection:
        keys = {
            (case, part): crypto.unwrap(wrapped, case, part)
            for case, part, wrapped in connection.execute("select case_id, compartment, wrapped from case_key")
        }
        told = connection.execute("select case_id, seq, compartment, kind, happened_at, nonce, ciphertext from event")
        for case, seq, part, kind, at, nonce, ciphertext in told:
            if (case, part) in keys:
                yield crypto.unseal(keys[case, part], nonce, ciphertext, crypto.event_about(case, seq, part, kind, at))
        for case, nonce, ciphertext in connection.execute("select case_id, nonce, ciphertext from case_summary"):
            if (case, 0) in keys:
                yield crypto.unseal(keys[case, 0], nonce, ciphertext, crypto.summary_about(case))


ACTS = {act.__name__: act for act in (plant, erase, scan, start, replay, prepare, throw_away)}


def main(act: str, file: Path) -> None:
    """Do one act."""
    if act == "plant":
        server.connect()
        from django.core.management import call_command

        call_command("migrate", database="owner", verbosity=0)
    elif act != "start":
        server.connect()
    kept: Kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    ACTS[act](kept)
    file.write_text(json.dumps(kept), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
