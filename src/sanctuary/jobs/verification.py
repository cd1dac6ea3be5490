"""Is the audit whole? Checkpoints kept outside the database, and a comparison of all that is there, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from sanctuary.core.alarms import Kind
from sanctuary.core.clocks import LONDON
from sanctuary.gateways import checkpoints
from sanctuary.gateways.checkpoints import Checkpoint, Unreadable
from sanctuary.gateways.home import sole_hand
from sanctuary.records import alarms, chains, job_runs
from sanctuary.records.chains import Fault, Head

CHECKPOINT = "checkpoint"
# Links are dated just before they are committed: what the last checkpoint may have missed by that is taken again.
OVERLAP = timedelta(minutes=10)
_WORDS: Mapping[str, str] = {
    "entry_gone": "what was noted as number {place} is not there any more",
    "entry_moved": "what was noted as number {place} belongs to another chain",
    "entry_changed": "number {place}, or its place in the row, is not what was noted",
    "entry_unlinked": "there is a note (its own number is {place}) that no link of the chain speaks of",
    "link_gone": "something is missing just before number {place}",
    "event_gone": "event {place} was written, and is not there any more",
    "event_unknown": "event {place} is there, and nobody is noted as having written it",
    "event_changed": "event {place} is not what was written",
    "adopted_changed": "its events up to number {place} are not those that were loaded",
    "events_cut": "its last event should be number {place}, and is not",
}


def checkpoint(now: datetime, where: Path | None = None) -> str:
    """Write where the chains stand that grew since the last checkpoint, outside the database; how many."""
    del now  # the chains are dated by the database
    place = where or checkpoints.folder()
    with sole_hand(CHECKPOINT):
        last = _last(place)
        at = chains.now()
        heads = {_line(head) for head in chains.heads(last.at - OVERLAP if last else None)}
        new = sorted(heads.difference(last.heads if last else ()))
        number = checkpoints.write(place, at, new) if new else max(checkpoints.numbers(place), default=0)
    return f"number {number}, {len(new)} chains"


def verify(where: Path | None = None) -> Iterator[str]:
    """What is wrong, a sentence for each thing; nothing where all is well."""
    place = where or checkpoints.folder()
    known, sentences = _known(place)
    yield from sentences
    found = chains.faults()
    lost = chains.unlike([head for head, _ in known])
    names = chains.whose([*{fault.chain for fault in found}, *{head.chain for head in lost}])
    yield from (_fault(fault, names) for fault in found)
    witness = dict(known)
    yield from (_lost(head, witness[head], names) for head in lost)


def verified(now: datetime) -> str:
    """Verify, and raise an alarm where something is wrong."""
    del now
    wrong = sum(1 for _ in verify())
    if wrong:
        alarms.raise_by_job(Kind.AUDIT_BROKEN)
    return f"{wrong} faults"


def _known(place: Path) -> tuple[list[tuple[Head, Checkpoint]], list[str]]:
    """The heads that readable checkpoints tell of, each with its checkpoint, and what is wrong with the files."""
    there, known, wrong = checkpoints.numbers(place), [], []
    for number in range(1, max([*there, _noted()], default=0) + 1):
        try:
            one = checkpoints.read(place, number)
        except Unreadable as error:
            wrong.append(f"Checkpoint {number} {error}.")
            continue
        known += [(_head(line), one) for line in one.heads]
    return known, wrong


def _noted() -> int:
    """The number of the newest checkpoint that the record of jobs knows of."""
    figures = job_runs.figures(CHECKPOINT)
    return max((int(figure.removeprefix("number ").partition(",")[0]) for figure in figures), default=0)


def _last(place: Path) -> Checkpoint | None:
    there = checkpoints.numbers(place)
    try:
        return checkpoints.read(place, there[-1]) if there else None
    except Unreadable:
        return None  # verify-audit says so; the next one begins with all chains


def _line(head: Head) -> tuple[str, int, str]:
    return str(head.chain), head.n, head.hash.hex()


def _head(line: tuple[str, int, str]) -> Head:
    chain, n, digest = line
    return Head(chain=UUID(chain), n=n, hash=bytes.fromhex(digest))


def _fault(fault: Fault, names: Mapping[UUID, str]) -> str:
    return f"In {_name(fault.chain, names)}: {_WORDS[fault.what].format(place=fault.place)}."


def _lost(head: Head, witness: Checkpoint, names: Mapping[UUID, str]) -> str:
    when = f"{witness.at.astimezone(LONDON):%d %B %Y at %H:%M}".lstrip("0")
    return (
        f"In {_name(head.chain, names)}: checkpoint {witness.number} of {when} knew number {head.n}, which is gone "
        "or is another now."
    )


def _name(chain: UUID, names: Mapping[UUID, str]) -> str:
    return names.get(chain, f"a chain that belongs to nothing ({chain})")
