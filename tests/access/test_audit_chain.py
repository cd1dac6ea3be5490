"""Is everything found that somebody with all rights on the server changes in who read and wrote what?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import psycopg
import pytest

from sanctuary.cli import main
from sanctuary.core.alarms import Kind
from sanctuary.gateways import checkpoints
from sanctuary.jobs import verification
from sanctuary.records import audit, cases, chains, events
from sanctuary.records.chains import Head
from tests.support.access import tampering
from tests.support.access.oversight import make_lead, retire_leads
from tests.support.access.planting import plant
from tests.support.database import (
    Happening,
    Person,
    add,
    administrator,
    asking,
    entry,
    make_agency,
    make_person,
    on_the_record,
    open_case,
)
from tests.support.proof import length

pytestmark = [on_the_record, pytest.mark.failure(20)]

CASES, AT_ONCE = 26, 13


@pytest.fixture
def person() -> Person:
    """Somebody who is not alone: what they did can be put on another."""
    make_person(make_agency())
    return make_person(make_agency())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def lived(person: Person) -> Happening:
    """A case with some events and some readings, the last of them a reading."""
    case = open_case(person)
    add(case, person, entry("one"), entry("two"))
    for _ in range(3):
        with asking(person):
            cases.find(case.id)
            events.readable(case.id)
    return case


@contextmanager
def behind_everything(*, keep: bool = False) -> Iterator[psycopg.Connection[Any]]:
    """The server's administrator without triggers, in a transaction that is undone, unless it is to be kept."""
    with administrator() as connection, connection.transaction(force_rollback=not keep):
        connection.execute("set local session_replication_role = replica")
        yield connection


def faulty(connection: psycopg.Connection[Any]) -> set[UUID]:
    """The chains in which something does not fit, without a look outside."""
    return {chain for _, chain, _ in connection.execute(chains.SCRIPT.read_text()).fetchall()}


def unlike(connection: psycopg.Connection[Any], known: list[Head]) -> set[UUID]:
    """The chains that are not as the checkpoint knew them."""
    values = [[head.chain for head in known], [head.n for head in known], [head.hash for head in known]]
    return {chain for chain, _, _ in connection.execute(chains.UNLIKE, values).fetchall()}


def test_an_untouched_record_is_whole(person: Person, folder: Path) -> None:
    case = lived(person)
    with asking(person):
        audit.list_read([case.id], "worklist")
        audit.searched("surname")
    assert verification.checkpoint(chains.now(), folder).startswith("number 1, ")
    assert list(verification.verify(folder)) == []


def test_a_thousand_changes_are_all_found(person: Person, folder: Path) -> None:
    made = [lived(person).id for _ in range(CASES)]
    verification.checkpoint(chains.now(), folder)
    known = [
        Head(chain=UUID(chain), n=n, hash=bytes.fromhex(digest))
        for chain, n, digest in checkpoints.read(folder, 1).heads
    ]
    acts = [*tampering.SEEN_INSIDE.items(), *tampering.SEEN_OUTSIDE.items()]
    chance, done, missed, alone = Random(20), 0, [], 0
    while done < length(full=1000, short=60):
        with behind_everything() as connection:
            touched = {}
            for case in chance.sample(made, AT_ONCE):
                name, act = chance.choice(acts)
                act(connection, case, chance)
                touched[case] = name
            inside, outside = faulty(connection), unlike(connection, known)
            missed += [name for case, name in touched.items() if case not in inside | outside]
            # The control: what is cut off or worked out anew, the chains alone do not tell.
            alone += sum(case in inside for case, name in touched.items() if name in tampering.SEEN_OUTSIDE)
            assert not set(made).difference(touched) & (inside | outside)
            done += len(touched)
    assert missed == []
    assert alone == 0


@pytest.mark.parametrize("name", [*tampering.SEEN_INSIDE, *tampering.SEEN_OUTSIDE])
def test_each_kind_of_change_is_said_in_words(name: str, person: Person, folder: Path) -> None:
    case = lived(person)
    verification.checkpoint(chains.now(), folder)
    act = (tampering.SEEN_INSIDE | tampering.SEEN_OUTSIDE)[name]
    with behind_everything(keep=True) as connection:
        copies = {
            table: connection.execute(f"select * from {table} where {column} = %s", [case.id]).fetchall()
            for table, column in (("audit_entry", "case_id"), ("audit_link", "chain"), ("event", "case_id"))
        }
        act(connection, case.id, Random(name))
    said = list(verification.verify(folder))
    with behind_everything(keep=True) as connection:  # as it was, for whoever verifies next
        for table, column in (("audit_entry", "case_id"), ("audit_link", "chain"), ("event", "case_id")):
            connection.execute(f"delete from {table} where {column} = %s", [case.id])
            places = ", ".join(["%s"] * len(copies[table][0]))
            words = "overriding system value" if table == "audit_entry" else ""
            connection.cursor().executemany(f"insert into {table} {words} values ({places})", copies[table])
        connection.execute("update kase set head_seq = %s where id = %s", [case.seq, case.id])
    assert said
    assert all(sentence.startswith(f"In case {case.reference}: ") for sentence in said), said
    assert list(verification.verify(folder)) == []


def test_checkpoints_tell_what_was_done_to_themselves(person: Person, folder: Path) -> None:
    for _ in range(3):
        lived(person)
        verification.checkpoint(chains.now(), folder)
    first, second, third = (folder / f"{number:06d}.checkpoint" for number in (1, 2, 3))
    kept = second.read_bytes()
    second.chmod(0o600)
    second.write_bytes(kept.replace(b"at 20", b"at 19", 1))
    assert list(verification.verify(folder)) == [
        "Checkpoint 2 is not as it was signed.",
        "Checkpoint 3 does not follow the one before it.",
    ]
    second.unlink()
    assert list(verification.verify(folder)) == ["Checkpoint 2 is not there."]
    second.write_bytes(first.read_bytes())
    assert "Checkpoint 2 stands under another's number." in list(verification.verify(folder))
    second.write_bytes(kept)
    assert list(verification.verify(folder)) == []
    third.unlink()
    assert list(verification.verify(folder)) == []


def test_a_newest_checkpoint_that_is_gone_is_missed(person: Person, folder: Path) -> None:
    with administrator() as connection:
        connection.execute("delete from job_run")
        connection.execute(
            "insert into job_run (name, outcome, figure) values ('checkpoint', 'done', 'number 1, 9 chains')"
        )
    assert list(verification.verify(folder)) == ["Checkpoint 1 is not there."]
    with administrator() as connection:
        connection.execute("delete from job_run")


def test_a_checkpoint_holds_what_grew_since_the_last(person: Person, folder: Path) -> None:
    case = lived(person)
    verification.checkpoint(chains.now(), folder)
    assert verification.checkpoint(chains.now(), folder) == "number 1, 0 chains"
    assert checkpoints.numbers(folder) == [1]
    with asking(person):
        cases.find(case.id)
    assert verification.checkpoint(chains.now(), folder) == "number 2, 1 chains"
    ((chain, _, _),) = checkpoints.read(folder, 2).heads
    assert chain == str(case.id)


def test_a_broken_audit_raises_an_alarm(person: Person, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sanctuary.records import alarms

    retire_leads()
    lead = make_lead()
    monkeypatch.setenv("SANCTUARY_CHECKPOINTS", str(folder))
    assert verification.verified(chains.now()) == "0 faults"
    case = lived(person)
    with behind_everything(keep=True) as connection:
        connection.execute("update audit_entry set page = 'x' where case_id = %s", [case.id])
    assert not verification.verified(chains.now()).startswith("0 ")
    with behind_everything(keep=True) as connection:
        connection.execute("update audit_entry set page = '' where case_id = %s", [case.id])
    with asking(lead):
        assert [each.kind for each in alarms.looked_after()] == [Kind.AUDIT_BROKEN.value]


def test_loaded_cases_are_vouched_for_as_they_were_loaded(folder: Path) -> None:
    case = plant(first=8000, only=["norfolk"])[0].id
    mine = [fault for fault in chains.faults() if fault.chain == case]
    assert mine == []
    with administrator() as connection:
        noted = connection.execute("select what, seq from audit_entry where case_id = %s", [case]).fetchall()
        last = connection.execute("select max(seq) from event where case_id = %s", [case]).fetchone()
    assert last is not None
    assert noted == [("loaded", last[0])]
    for change, code in (
        ("update event set kind = 'other' where case_id = %s and seq = 2", "adopted_changed"),
        ("delete from event where case_id = %s and seq = 2", "adopted_changed"),
        ("update audit_entry set seq = seq - 1 where case_id = %s", "entry_changed"),
    ):
        with behind_everything() as connection:
            connection.execute(change, [case])
            found = {what for what, chain, _ in connection.execute(chains.SCRIPT.read_text()) if chain == case}
        assert code in found, change


def test_the_command_says_what_is_wrong_and_ends_with_1(
    person: Person, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sanctuary.config.server.connect", lambda: None)
    case = lived(person)
    verification.checkpoint(chains.now(), folder)
    assert main(["verify-audit", "--checkpoints", str(folder)]) == 0
    assert capsys.readouterr().out == "The audit is whole, as far as the checkpoints reach.\n"
    (folder / "000001.checkpoint").unlink()
    checkpoints.write(folder, chains.now(), [(str(case.id), 999, "00" * 32)])
    assert main(["verify-audit", "--checkpoints", str(folder)]) == 1
    said = capsys.readouterr().out
    assert f"In case {case.reference}: checkpoint 1 of " in said
    assert said.endswith("The audit is not whole.\n")
    assert main(["verify-audit", "--checkpoints", str(folder / "elsewhere")]) == 2


def test_a_county_that_begins_anew_begins_a_new_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANCTUARY_CHECKPOINTS", str(tmp_path / "outside"))
    checkpoints.set_aside()
    for row in (1, 2):
        assert checkpoints.write(checkpoints.folder(), chains.now(), []) == 1
        checkpoints.set_aside()
        assert checkpoints.numbers(checkpoints.folder()) == []
        assert checkpoints.numbers(tmp_path / f"outside-before-{row}") == [1]
