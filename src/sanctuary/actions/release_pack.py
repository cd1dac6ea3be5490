"""Ask for a pack to be let go, look at it as the second person, and let it go: once, and only as it was agreed to."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from sanctuary.actions.packed import held, planned, wrong_with
from sanctuary.actions.results import Missing, Refused
from sanctuary.core.proposals import Act
from sanctuary.gateways.reading_back import Unreadable, read_back
from sanctuary.records import audit, cases, crypto, packs, proposals

GONE = "This pack is not here any more: it was let go, or another was made in its place."
CHANGED = (
    "This pack cannot be let go. Something was recorded in the case since it was made, or it is not as it was made. "
    "Make another, and have that agreed to."
)
NOT_AGREED = "Nobody else has agreed to this pack, or what was agreed to has expired."


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A pack as its finished file reads, page by page."""

    pack: packs.Pack
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A second person has been asked."""

    proposal: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """The file, which is nowhere else from now on."""

    file: bytes


@transaction.atomic
def read_pack(*, pack: UUID) -> Shown | Missing:
    """What the finished file says, for whoever made it or is asked to agree to it. Every look is noted."""
    known = packs.find(pack)
    opened = _opened(pack) if known else None
    if known is None or opened is None:
        return Missing()
    _note(known)
    try:
        return Shown(pack=known, pages=read_back(opened.file).pages)
    except Unreadable:
        return Missing()


@transaction.atomic
def propose_release(*, pack: UUID) -> Proposed | Refused | Missing:
    """Ask a second person to agree to exactly this file, as long as nothing happens in the case."""
    known = packs.find(pack)
    if known is None:
        return Missing()
    opened = _opened(pack)
    if opened is None:
        return Refused(reasons=(GONE,))
    if opened.digest != known.digest:
        return Refused(reasons=(CHANGED,))
    waiting = [each for each in proposals.of_subject(Act.RELEASE, known.case_id, pack) if each.agreed is None]
    if open_now := [each for each in waiting if each.id in {one.id for one in proposals.waiting()}]:
        return Proposed(proposal=open_now[0].id)
    try:
        return Proposed(proposal=proposals.propose(Act.RELEASE, known.case_id, pack, opened.digest, known.at_seq))
    except cases.NotAllowed:
        return Missing()


@transaction.atomic
def release_pack(*, pack: UUID) -> Released | Refused | Missing:
    """The file, once. Refused where it is not exactly what another person agreed to, or holds what was left out."""
    known = packs.find(pack)
    if known is None:
        return Missing()
    opened = _opened(pack)
    if opened is None:
        return Refused(reasons=(GONE,))
    agreed = [each for each in proposals.of_subject(Act.RELEASE, known.case_id, pack) if each.agreed]
    if not agreed:
        return Refused(reasons=(NOT_AGREED,))
    wrong = _wrong(known, opened)
    if wrong:
        return Refused(reasons=wrong)
    if not packs.release(pack, agreed[0].id, opened.digest):
        return Refused(reasons=(CHANGED, NOT_AGREED))
    audit.case_read(known.case_id, "pack_released", known.at_seq)
    return Released(file=opened.file)


def _opened(pack: UUID) -> packs.Opened | None:
    """The pack as it lies here; None where it is not here, not for this person, or does not open."""
    try:
        return packs.unseal(pack)
    except crypto.Damaged:
        return None


def _wrong(known: packs.Pack, opened: packs.Opened) -> tuple[str, ...]:
    """Looked for in the bytes that would leave, with what is known of the case today."""
    if opened.digest != known.digest:
        return (CHANGED,)
    choices = planned(opened.plan)
    it = held(known.case_id, choices.recipient)
    return (CHANGED,) if it is None or it.seq != known.at_seq else wrong_with(opened.file, it, choices)


def _note(known: packs.Pack) -> None:
    if cases.find(known.case_id, "pack_opened") is None:  # the second person, who has no grant
        audit.list_read([known.case_id], "pack_opened")
