"""Are readings and events as they were when they were written? Where the chains stand, and what does not fit in them.

How a hash is made stands in `sql/verify.sql`: whoever changed the database's own functions gains nothing by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connections

from sanctuary.records.query import as_owner, row, rows, run

SCRIPT = Path(__file__).parent / "sql" / "verify.sql"
UNLIKE = (
    "select k.chain, k.n, k.hash from unnest(%s::uuid[], %s::bigint[], %s::bytea[]) k (chain, n, hash) "
    "left join audit_link l on l.chain = k.chain and l.n = k.n where l.hash is distinct from k.hash"
)
AT_ONCE = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The last link of a chain at some time."""

    chain: UUID
    n: int
    hash: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that does not fit: a code, the chain, and the number of a link, an entry or an event."""

    what: str
    chain: UUID
    place: int


def heads(since: datetime | None) -> list[Head]:
    """Where the chains stand that grew since then (None: all of them)."""
    with as_owner():
        found = rows("select chain, n, hash from chain_heads(%s)", [since], using="owner")
    return [Head(chain=chain, n=n, hash=bytes(digest)) for chain, n, digest in found]


def now() -> datetime:
    """The database's own time, which the chains are written by."""
    with as_owner():
        found = row("select now()", using="owner")
    if found is None:
        raise LookupError("a database that does not know the time")
    moment: datetime = found[0]
    return moment


def faults() -> list[Fault]:
    """What does not fit within the chains, and between them and the events; the cut end of a chain is not seen so."""
    with _as_engine():
        found = rows(SCRIPT.read_text(encoding="utf-8"), using="owner")
    return [Fault(what=what, chain=chain, place=place) for what, chain, place in found]


def unlike(known: Sequence[Head]) -> list[Head]:
    """Which of these heads, known from outside, are not in the chains as they are now."""
    found: list[Head] = []
    with _as_engine():
        for part in _parts(known):
            values = [[head.chain for head in part], [head.n for head in part], [head.hash for head in part]]
            lines = rows(UNLIKE, values, using="owner")
            found += [Head(chain=chain, n=n, hash=bytes(digest)) for chain, n, digest in lines]
    return found


def whose(chains: Sequence[UUID]) -> dict[UUID, str]:
    """What each chain is of, in words: a case by its reference, a colleague's lists by the name."""
    with _as_engine():
        found = rows(
            "select id, 'case ' || reference from kase where id = any(%s) "
            "union all select id, 'the lists and searches of ' || name from account where id = any(%s)",
            [list(chains), list(chains)],
            using="owner",
        )
    return {chain: str(words) for chain, words in found}


@contextmanager
def _as_engine() -> Iterator[None]:
    """The owner's login, for once with the eyes of the engine, and only to look."""
    quote = connections["owner"].ops.quote_name
    with as_owner():
        run("set transaction read only", using="owner")
        # A million links are joined at once, and hashing them is shared out.
        run("set local work_mem = '256MB'", using="owner")
        run("set local parallel_tuple_cost = 0", using="owner")
        run(f"set local role {quote(settings.DATABASE_ROLES['engine'])}", using="owner")
        yield


def _parts(known: Sequence[Head]) -> Iterator[Sequence[Head]]:
    return (known[start : start + AT_ONCE] for start in range(0, len(known), AT_ONCE))
