"""What waits for a second person? What is asked, by whom, since when, and what came of what was asked before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sanctuary.core.proposals import TERMS
from sanctuary.records.proposals import Proposal
from sanctuary.web import wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A proposal in words. `mine`: the reader asked it, so somebody else answers. `came`: what came of it."""

    id: UUID
    title: str
    about: str
    reference: str
    whom: str
    by: str
    since: str
    lapses: str
    mine: bool
    came: str


def asked(proposal: Proposal, reader: UUID, now: datetime) -> Asked:
    """One proposal as this reader sees it."""
    terms = TERMS[proposal.act]
    return Asked(
        id=proposal.id,
        title=terms.title,
        about=terms.about,
        reference=proposal.reference,
        whom=proposal.subject_name,
        by=proposal.by_name,
        since=f"{wording.moment(proposal.at)} ({wording.ago(proposal.at, now)})",
        lapses=wording.moment(proposal.expires),
        mine=proposal.by == reader,
        came=_came(proposal, now),
    )


def _came(proposal: Proposal, now: datetime) -> str:
    if proposal.carried_out:
        return f"{proposal.decided_by_name} agreed. It was done on {wording.moment(proposal.carried_out)}."
    if proposal.agreed is False:
        said = "was taken back by" if proposal.decided_by_name == proposal.by_name else "was refused by"
        return f"It {said} {proposal.decided_by_name}."
    if proposal.expires <= now:
        return "It lapsed: nothing was done."
    return f"{proposal.decided_by_name} agreed. It has not been done yet." if proposal.agreed else ""
