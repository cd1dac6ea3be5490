"""What do the five source documents ask for? Each requirement in a line, and what of it waits for a later part.

What waits is in docs/reference/requirements-waiting.yaml, by the parts of the roadmap.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from tests.support.source import ROOT

WAITING = ROOT / "docs" / "reference" / "requirements-waiting.yaml"
COVERED = ROOT / "docs" / "reference" / "requirements-covered.txt"
PARTS = ("Access", "Doors", "Home", "After", "Proof")

SOURCES: Mapping[str, str] = {
    "N": "Norfolk, one procedure for seven districts",
    "H": "Hammersmith & Fulham, with a coordinator",
    "U": "Uttlesford, with one installer",
    "W": "King's Lynn & West Norfolk, today's public page",
    "E": "The delivery model that the national evaluation recommends",
    "A": "Everyone",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """`asks` is what is asked; `later` maps a part of the roadmap to what of it waits for that part."""

    asks: str
    later: Mapping[str, str]


_ASKED: Mapping[str, str] = {
    "N1": "Domestic violence and hate crime; for hate crime other remedies first, and a meeting with a social landlord",
    "N2": "The district decides the three agencies; Victim Support for men in Leeway's area and for hate crime",
    "N3": "Anyone may refer, and the person chooses the first agency",
    "N4": "Initial assessment at once; nine answers can rule the scheme out; permission before anything is shared",
    "N5": "The police are asked about the perpetrator; nothing waits for them, and their answer can still reverse it",
    "N6": "Full assessment in person, at once or within a day",
    "N7": "Somewhere safe to stay meanwhile, agreed with the person",
    "N8": "Existing supporters are asked, with permission",
    "N9": "The housing and money section: tenure, totals and balances in one period, four hard stops",
    "N10": "The police section: the risk questions, and the police alone judge them",
    "N11": "The support section: children, health, circumstances; the support agency alone judges it",
    "N12": "One agency fills all three sections; each judges its own within a day; receipt confirmed; a deputy",
    "N13": "The owner's approval in principle is a must",
    "N14": "All three must agree, then the council approves; a letter either way, and support goes on",
    "N15": "No works before the signed disclaimer is in",
    "N16": "Inspection within 48 hours with fire service and support, or the council is told; then a specification",
    "N17": "The council authorises the works and agrees a completion date",
    "N18": "The landlord's permission for the works, and alternatives where it is refused",
    "N19": "A time agreed with support, completion reported, the others told, the person safely back",
    "N20": "Follow-ups at 3, 6 and 12 months, and a monitoring form",
    "N21": "Any assessing agency can call a case conference at any point",
    "N22": "Who does not want the scheme is asked again at intervals, and refusing is never held against them",
    "N23": "Works complete within seven days of the referral",
    "N24": "Three model specifications and twelve extras, with their standards and fire safety",
    "N25": "Contractors with identity, police approval and training; two operatives",
    "N26": "Equality monitoring, answered or not",
    "N27": "Free to the person, and never reclaimed",
    "N28": "A budget and a contractor in each district; people are told when works have to wait",
    "N29": "The council keeps the documents; reasons for a no are coded",
    "N30": "A mobile telephone that stays on charge, and the community alarm",
    "N31": "The procedure is revised from comments; open cases stay on their version",
    "N32": "Support throughout, reviewed at the end or wherever the scheme fails",
    "H1": "Every risk and tenure, several ways to refer, never conditional on another service",
    "H2": "A coordinator who triages, tells the referrer, approves and watches the spending",
    "H3": "Complex cases: conference, threats, and the safety of the installer",
    "H4": "A yearly budget, priced works, and a yearly table of homes and costs",
    "H5": "The contractor's suitability assessment and means of escape",
    "H6": "Private renting: landlord, agent, block, disrepair, and telling only what was agreed",
    "H7": "No locks changed without the landlord's consent; old locks are kept",
    "H8": "Not while the perpetrator has a right of access; meanwhile only what shuts nobody out",
    "H9": "A social landlord's own scheme is asked first",
    "H10": "No cameras outside",
    "H11": "Contact through children is possible, and is looked at before a safe room",
    "H12": "A working group with members, meetings, data and a plan",
    "H13": "Feedback from survivors and referrers",
    "H14": "Compared with its neighbours, against the postcode lottery",
    "H15": "Open to marginalised communities, with the gaps shown",
    "U1": "Domestic abuse and hate crime, paid from homelessness prevention, with a personal housing plan",
    "U2": "Tenure decides the route: the landlord's own scheme, housing management, or housing options",
    "U3": "Referral to local support, and information on alternatives",
    "U4": "Nominated referrers, contact the same day, one visit that surveys and fits, completion confirmed",
    "U5": "Two packages, and add-ons that a senior officer agrees in writing first",
    "U6": "Fire check and smoke alarms always; the fire service for a threat of arson or a safe room",
    "U7": "Not suitable leads to help under a homelessness application",
    "U8": "What a safe room's door is made of",
    "W1": "A public page with a way to leave it and no promise of safety",
    "W2": "Standard and medium risk, residents with a right to occupy, perpetrator elsewhere",
    "W3": "The landlord's permission before works are complete",
    "W4": "Professionals refer; others get advice and a way to write",
    "W5": "A risk assessment, and consent to refer and to share",
    "W6": "Trained officers assess and fit locks, alarms and door cameras",
    "W7": "Free",
    "E1": "One clear way to refer",
    "E2": "Specialists take part in assessing and deciding",
    "E3": "The time from referral to installation is measured, and short",
    "E4": "Installation that does not frighten",
    "E5": "Follow-up and aftercare",
    "E6": "Clear parts for every authority, service, landlord and contractor",
    "E7": "One shared definition of what a scheme is",
    "E8": "Outcomes, not only activity",
    "E9": "Training by role, on record",
    "E10": "Spending that can be traced to its source",
    "E11": "A view for the local partnership board",
    "E12": "Children's safety and continuity",
    "E13": "Someone in their corner: a named supporter on every case",
    "E14": "Barriers and delays recorded with their causes",
    "A1": "The person's choice, safety and pace first; every no says why and what else there is",
    "A2": "Contact by safe means at safe times only, revealing nothing",
    "A3": "Each agency sees what its part needs, and no more",
    "A4": "Consent is recorded and scoped, and can be withdrawn",
    "A5": "Nothing is lost, everything has its author, and records go when their time ends",
}


def _waiting() -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = yaml.safe_load(WAITING.read_text(encoding="utf-8"))
    return found


REQUIREMENTS: Mapping[str, Requirement] = {
    name: Requirement(asks=asks, later=_waiting().get(name, {})) for name, asks in _ASKED.items()
}


def covered() -> tuple[str, ...]:
    """The IDs that were covered before, and have to stay so."""
    return tuple(COVERED.read_text(encoding="utf-8").split())
