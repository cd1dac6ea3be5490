"""What do the five source documents ask for? Each requirement in a line, and what of it waits for a later part.

The parts are those of the roadmap: Schemes, Access, Doors, Home, After, Proof.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

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
    later: Mapping[str, str] = field(default_factory=dict)


def _asks(asks: str, **later: str) -> Requirement:
    return Requirement(asks=asks, later=later)


REQUIREMENTS: Mapping[str, Requirement] = {
    "N1": _asks(
        "Domestic violence and hate crime; for hate crime other remedies first, and a meeting with a social landlord"
    ),
    "N2": _asks(
        "The district decides the three agencies; Victim Support for men where Leeway would serve, and for hate crime"
    ),
    "N3": _asks("Anyone may refer, and the person chooses the first agency", Doors="leaflets to print"),
    "N4": _asks(
        "Initial assessment at once; nine answers can rule the scheme out; permission before anything is shared"
    ),
    "N5": _asks(
        "The police are asked about the perpetrator; nothing waits for them, and their answer can still reverse it"
    ),
    "N6": _asks("Full assessment in person, at once or within a day"),
    "N7": _asks("Somewhere safe to stay meanwhile, agreed with the person"),
    "N8": _asks("Existing supporters are asked, with permission", Doors="supporters answer by a link of their own"),
    "N9": _asks("The housing and money section: tenure, totals and balances in one period, four hard stops"),
    "N10": _asks("The police section: the risk questions, and the police alone judge them"),
    "N11": _asks("The support section: children, health, circumstances; the support agency alone judges it"),
    "N12": _asks(
        "One agency fills all three sections; each judges its own within a day; receipt confirmed; a deputy",
        Access="deputies with dates",
    ),
    "N13": _asks("The owner's approval in principle is a must"),
    "N14": _asks("All three must agree, then the council approves; a letter either way, and support goes on"),
    "N15": _asks("No works before the signed disclaimer is in"),
    "N16": _asks(
        "Inspection within 48 hours with fire service and support, or the council is told; then a specification"
    ),
    "N17": _asks("The council authorises the works and agrees a completion date", Home="against a budget"),
    "N18": _asks(
        "The landlord's permission for the works, and alternatives where it is refused",
        Doors="the landlord answers by a link of their own",
    ),
    "N19": _asks(
        "A time agreed with support, completion reported, the others told, the person safely back",
        Home="the contractor's own screens",
    ),
    "N20": _asks(
        "Follow-ups at 3, 6 and 12 months, and a monitoring form", After="the quarterly return to the steering group"
    ),
    "N21": _asks("Any assessing agency can call a case conference at any point", After="minutes and actions"),
    "N22": _asks("Who does not want the scheme is asked again at intervals, and refusing is never held against them"),
    "N23": _asks("Works complete within seven days of the referral", Home="a forecast before it is missed"),
    "N24": _asks(
        "Three model specifications and twelve extras, with their standards and fire safety",
        Home="standards with dates, quantities by opening",
    ),
    "N25": _asks(
        "Contractors with identity, police approval and training; two operatives",
        Home="accreditation with expiry dates",
    ),
    "N26": _asks("Equality monitoring, answered or not", After="figures without small numbers"),
    "N27": _asks("Free to the person, and never reclaimed"),
    "N28": _asks(
        "A budget and a contractor in each district; people are told when works have to wait",
        Home="the ledger and the queue of the unfunded",
    ),
    "N29": _asks("The council keeps the documents; reasons for a no are coded", After="figures by reason"),
    "N30": _asks("A mobile telephone that stays on charge, and the community alarm"),
    "N31": _asks(
        "The procedure is revised from comments; open cases stay on their version", After="comments from any page"
    ),
    "N32": _asks("Support throughout, reviewed at the end or wherever the scheme fails"),
    "H1": _asks(
        "Every risk and tenure, several ways to refer, never conditional on another service", Schemes="the definition"
    ),
    "H2": _asks(
        "A coordinator who triages, tells the referrer, approves and watches the spending",
        Schemes="the definition",
        Home="the spending",
    ),
    "H3": _asks(
        "Complex cases: conference, threats, and the safety of the installer",
        Schemes="the definition",
        Home="the safe works pack",
    ),
    "H4": _asks(
        "A yearly budget, priced works, and a yearly table of homes and costs", Home="the ledger and the table"
    ),
    "H5": _asks(
        "The contractor's suitability assessment and means of escape", Schemes="the definition", Home="the survey"
    ),
    "H6": _asks(
        "Private renting: landlord, agent, block, disrepair, and telling only what was agreed",
        Schemes="the definition",
        Doors="the discreet letter",
    ),
    "H7": _asks(
        "No locks changed without the landlord's consent; old locks are kept",
        Schemes="the definition",
        Home="the locks",
    ),
    "H8": _asks(
        "Not while the perpetrator has a right of access; meanwhile only what shuts nobody out",
        Schemes="the definition",
    ),
    "H9": _asks("A social landlord's own scheme is asked first", Schemes="the definition"),
    "H10": _asks("No cameras outside", Schemes="the definition"),
    "H11": _asks("Contact through children is possible, and is looked at before a safe room", Schemes="the definition"),
    "H12": _asks("A working group with members, meetings, data and a plan", After="all of it"),
    "H13": _asks("Feedback from survivors and referrers", After="all of it"),
    "H14": _asks(
        "Compared with its neighbours, against the postcode lottery",
        Schemes="sanctuary compare",
        After="figures side by side",
    ),
    "H15": _asks(
        "Open to marginalised communities, with the gaps shown",
        Doors="by-and-for services as referrers",
        After="gaps in the figures",
    ),
    "U1": _asks("Domestic abuse and hate crime, paid from homelessness prevention, with a personal housing plan"),
    "U2": _asks("Tenure decides the route: the landlord's own scheme, housing management, or housing options"),
    "U3": _asks("Referral to local support, and information on alternatives"),
    "U4": _asks("Nominated referrers, contact the same day, one visit that surveys and fits, completion confirmed"),
    "U5": _asks("Two packages, and add-ons that a senior officer agrees in writing first"),
    "U6": _asks("Fire check and smoke alarms always; the fire service for a threat of arson or a safe room"),
    "U7": _asks("Not suitable leads to help under a homelessness application"),
    "U8": _asks("What a safe room's door is made of"),
    "W1": _asks("A public page with a way to leave it and no promise of safety", Doors="all of it"),
    "W2": _asks(
        "Standard and medium risk, residents with a right to occupy, perpetrator elsewhere", Schemes="the definition"
    ),
    "W3": _asks("The landlord's permission before works are complete", Schemes="the definition"),
    "W4": _asks(
        "Professionals refer; others get advice and a way to write", Schemes="the definition", Doors="the public way in"
    ),
    "W5": _asks("A risk assessment, and consent to refer and to share", Schemes="the definition"),
    "W6": _asks("Trained officers assess and fit locks, alarms and door cameras", Schemes="the definition"),
    "W7": _asks("Free", Schemes="the definition"),
    "E1": _asks("One clear way to refer", Schemes="the model to start from", Doors="the public way in"),
    "E2": _asks("Specialists take part in assessing and deciding", Schemes="the model to start from"),
    "E3": _asks("The time from referral to installation is measured, and short", After="where time goes"),
    "E4": _asks("Installation that does not frighten", Schemes="the model to start from", Home="the visit"),
    "E5": _asks("Follow-up and aftercare", Schemes="the model to start from"),
    "E6": _asks("Clear parts for every authority, service, landlord and contractor", Schemes="the model to start from"),
    "E7": _asks("One shared definition of what a scheme is", Schemes="the model to start from"),
    "E8": _asks("Outcomes, not only activity", After="outcomes in the figures"),
    "E9": _asks("Training by role, on record", After="all of it"),
    "E10": _asks("Spending that can be traced to its source", Home="all of it"),
    "E11": _asks("A view for the local partnership board", After="all of it"),
    "E12": _asks("Children's safety and continuity", After="in follow-ups and figures"),
    "E13": _asks("Someone in their corner: a named supporter on every case", After="on every case"),
    "E14": _asks(
        "Barriers and delays recorded with their causes", Home="causes of delay", After="delays in the figures"
    ),
    "A1": _asks("The person's choice, safety and pace first; every no says why and what else there is"),
    "A2": _asks("Contact by safe means at safe times only, revealing nothing", Doors="the gate before every message"),
    "A3": _asks("Each agency sees what its part needs, and no more", Home="the contractor's screens"),
    "A4": _asks("Consent is recorded and scoped, and can be withdrawn", Access="withdrawing cuts access at once"),
    "A5": _asks(
        "Nothing is lost, everything has its author, and records go when their time ends",
        Access="retention and disposal",
    ),
}
