"""How would somebody who has taken the server change what was noted? One act each, without triggers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any
from uuid import UUID

import psycopg

Connection = psycopg.Connection[Any]
Act = Callable[[Connection, UUID, Random], None]

# One column of a note at a time, each to something that it was not.
EDITS = (
    "account_id = (select id from account where id is distinct from audit_entry.account_id order by id limit 1)",
    "at = at - interval '1 minute'",
    "what = what || 'x'",
    "page = page || 'x'",
    "seq = coalesce(seq, 0) + 1",
    "agency_id = (select id from agency where id is distinct from audit_entry.agency_id order by id limit 1)",
    "role = role || 'x'",
    "bases = bases || 7",
    "turn = not turn",
    "closed = not closed",
    "acting_for = (select id from account where id is distinct from audit_entry.acting_for order by id limit 1)",
    "digest = sha256(coalesce(digest, ''))",
)
REHASHED = """
    update audit_link l set hash = link_hash(coalesce((select p.hash from audit_link p where p.chain = l.chain and p.n = l.n - 1), ''), l, e)
      from audit_entry e where e.id = l.entry and l.chain = %s and l.n = %s
"""  # noqa: E501


def length(connection: Connection, chain: UUID) -> int:
    """How many links the chain has."""
    found = connection.execute("select coalesce(max(n), 0) from audit_link where chain = %s", [chain]).fetchone()
    assert found is not None
    return int(found[0])


def _entry(connection: Connection, chain: UUID, n: int) -> int:
    found = connection.execute("select entry from audit_link where chain = %s and n = %s", [chain, n]).fetchone()
    assert found is not None
    return int(found[0])


def _somewhere(connection: Connection, chain: UUID, chance: Random) -> int:
    return chance.randint(1, length(connection, chain) - 1)


def edit(connection: Connection, chain: UUID, chance: Random) -> None:
    """Make a note say something else."""
    entry = _entry(connection, chain, _somewhere(connection, chain, chance))
    connection.execute(f"update audit_entry set {chance.choice(EDITS)} where id = %s", [entry])


def edit_link(connection: Connection, chain: UUID, chance: Random) -> None:
    """Change a link itself."""
    change = chance.choice(["hash = sha256(hash)", "at = at - interval '1 second'"])
    n = _somewhere(connection, chain, chance)
    connection.execute(f"update audit_link set {change} where chain = %s and n = %s", [chain, n])


def delete_entry(connection: Connection, chain: UUID, chance: Random) -> None:
    """Take a note away and leave its link."""
    entry = _entry(connection, chain, _somewhere(connection, chain, chance))
    connection.execute("delete from audit_entry where id = %s", [entry])


def delete_link(connection: Connection, chain: UUID, chance: Random) -> None:
    """Take a link away and leave its note."""
    n = _somewhere(connection, chain, chance)
    connection.execute("delete from audit_link where chain = %s and n = %s", [chain, n])


def delete_both(connection: Connection, chain: UUID, chance: Random) -> None:
    """Take a note and its link away, and close up the numbers behind them."""
    n = _somewhere(connection, chain, chance)
    connection.execute("delete from audit_entry where id = %s", [_entry(connection, chain, n)])
    connection.execute("delete from audit_link where chain = %s and n = %s", [chain, n])
    connection.execute("update audit_link set n = n + 1000000 where chain = %s and n > %s", [chain, n])
    connection.execute("update audit_link set n = n - 1000001 where chain = %s and n > 1000000", [chain])


def swap(connection: Connection, chain: UUID, chance: Random) -> None:
    """Let two notes change places."""
    one, other = chance.sample(range(1, length(connection, chain) + 1), 2)
    entries = _entry(connection, chain, one), _entry(connection, chain, other)
    change = "update audit_link set entry = %s where chain = %s and n = %s"
    for entry, n in ((-1, other), (entries[1], one), (entries[0], other)):
        connection.execute(change, [entry, chain, n])


def forge(connection: Connection, chain: UUID, chance: Random) -> None:
    """Slip in a note that nobody made."""
    connection.execute(
        "insert into audit_entry (case_id, account_id, what) "
        "select case_id, account_id, %s from audit_entry where id = %s",
        [f"made_up_{chance.randrange(10**6)}", _entry(connection, chain, 1)],
    )


def edit_event(connection: Connection, chain: UUID, chance: Random) -> None:
    """Change what an event left."""
    change = chance.choice(
        [
            "kind = kind || 'x'",
            "recorded_at = recorded_at - interval '1 day'",
            "ciphertext = set_byte(ciphertext, 0, get_byte(ciphertext, 0) # 1)",
            "author_user = (select id from account where id <> author_user order by id limit 1)",
        ]
    )
    connection.execute(f"update event set {change} where case_id = %s and seq = 1", [chain])


def delete_event(connection: Connection, chain: UUID, chance: Random) -> None:
    """Take an event away, whichever."""
    whichever = "select seq from event where case_id = %s order by random() limit 1"
    connection.execute(f"delete from event where case_id = %s and seq = ({whichever})", [chain, chain])


def forge_event(connection: Connection, chain: UUID, chance: Random) -> None:
    """Add an event behind everybody's back, with all that belongs to it but a note."""
    connection.execute(
        "insert into event select case_id, seq + 1, compartment, kind, recorded_at, happened_at, author_agency, "
        "author_user, nonce, ciphertext from event where case_id = %s order by seq desc limit 1",
        [chain],
    )
    connection.execute("update kase set head_seq = head_seq + 1 where id = %s", [chain])


def cut(connection: Connection, chain: UUID, chance: Random) -> None:
    """Take the newest readings away, links and all: what is left is a shorter chain, and a right one."""
    newest = length(connection, chain) - chance.randint(0, 1)
    gone = "delete from audit_link where chain = %s and n >= %s returning entry"
    entries = [entry for (entry,) in connection.execute(gone, [chain, newest]).fetchall()]
    connection.execute("delete from audit_entry where id = any(%s)", [entries])


def rewrite(connection: Connection, chain: UUID, chance: Random) -> None:
    """Change a note and work out every hash behind it again, as somebody may who has read this very file."""
    edit_at = _somewhere(connection, chain, chance)
    change = "update audit_entry set account_id = coalesce(%s, account_id), page = page || 'x' where id = %s"
    connection.execute(change, [None, _entry(connection, chain, edit_at)])
    for n in range(edit_at, length(connection, chain) + 1):
        connection.execute(REHASHED, [chain, n])


# What the chains and events tell by themselves, and what only a checkpoint outside does.
SEEN_INSIDE: Mapping[str, Act] = {
    act.__name__: act
    for act in (
        edit, edit_link, delete_entry, delete_link, delete_both, swap, forge, edit_event, delete_event, forge_event,
    )
}  # fmt: skip
SEEN_OUTSIDE: Mapping[str, Act] = {act.__name__: act for act in (cut, rewrite)}
