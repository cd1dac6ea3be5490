"""How does the certificate read that a record was destroyed? The same on the page and in the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sanctuary.core.letters import Block, BlockKind, Merged
from sanctuary.records.disposal import Certificate
from sanctuary.web import wording
from sanctuary.web.pages.answers import Line

TITLE = "Certificate that a record was destroyed"
_REASONS = {
    "retention": "The time for which records are kept had passed",
    "request": "The person whom it was about asked for it to be erased",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificatePage:
    """A certificate in words. `on` is the day."""

    number: str
    on: str
    outcome: str
    scheme: str
    lines: tuple[Line, ...]
    remains: tuple[str, ...]


def certificate_page(certificate: Certificate, names: Mapping[str, str]) -> CertificatePage:
    """The certificate with the names of the two people by their accounts."""
    return CertificatePage(
        number=certificate["number"],
        on=_day(certificate["carried_out"]),
        outcome=certificate["outcome_title"],
        scheme=certificate["scheme_title"],
        lines=tuple(Line(label=label, lines=(text,)) for label, text in _said(certificate, names).items() if text),
        remains=tuple(certificate["remains"]),
    )


def as_letter(page: CertificatePage) -> Merged:
    """The certificate as blocks for a PDF file."""
    blocks = (
        Block(kind=BlockKind.HEADING, text=f"{TITLE}: {page.number}"),
        *(Block(kind=BlockKind.PARAGRAPH, text=f"{line.label}\n{line.lines[0]}") for line in page.lines),
        Block(kind=BlockKind.HEADING, text="What remains"),
        *(Block(kind=BlockKind.ITEM, text=each) for each in page.remains),
    )
    return Merged(subject=f"{TITLE} {page.number}", blocks=blocks, missing=())


def _said(certificate: Certificate, names: Mapping[str, str]) -> dict[str, str]:
    return {
        "Digest of the case’s reference (SHA-256)": certificate["reference_digest"],
        "Scheme": f"{certificate['scheme_title']}, version {certificate['version']}",
        "Area": certificate["area_title"],
        "Outcome": certificate["outcome_title"],
        "Why it was destroyed": _REASONS[certificate["reason"]],
        "Rule": certificate["rule_words"],
        "Source of the rule": certificate["source"],
        "Proposed by": _who(certificate, names, "proposed"),
        "Agreed to by": _who(certificate, names, "agreed"),
        "Destroyed": wording.moment(datetime.fromisoformat(certificate["carried_out"])),
        "How": certificate["method"],
    }


def _who(certificate: Certificate, names: Mapping[str, str], act: str) -> str:
    name = names.get(certificate[f"{act}_by"], "somebody who is not here any more")
    return f"{name}, {wording.moment(datetime.fromisoformat(certificate[f'{act}_at']))}"


def _day(moment: str) -> str:
    return wording.day(datetime.fromisoformat(moment))
