"""What happens in an ordinary Norfolk case? Every step in its order, by whom, when, and with which answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sanctuary.actions.acknowledge_notice import acknowledge_notice
from sanctuary.actions.ask_enquiry import ask_enquiry
from sanctuary.actions.results import Recorded
from sanctuary.core.answers import Plain
from sanctuary.core.clocks import LONDON
from tests.support.journey import Journey

Answers = Mapping[str, Plain]
FIRST = "first"  # the agency that the customer chose to start with

REFERRAL: Answers = {
    "made_by": "self",
    "harm": "domestic_abuse",
    "name": "Robin Marshwood",
    "birth_date": "1988-11-20",
    "gender": "female",
    "safe_means": ["phone"],
    "safe_phone": "020 7946 0140",
    "safe_times": "Weekdays from 10 to 2",
    "voicemail": "no",
    "address": "7 Heronsgate Close\nExample Town",
    "postcode": "ZZ99 3VZ",
}
ASSESSMENT: Answers = {
    "in_person": "in_person",
    "happy_to_explore": "yes",
    "accepts_police_support": "yes",
    "accepts_agency_support": "yes",
    "perpetrator_lives_there": "no",
    "perpetrator_sole_owner": "no",
    "perpetrator_name": "Dale Sampleton",
    "relationship": "Former partner",
    "children": "no",
    "owner": "A housing association called Hearthside",
    "shares_home": "no",
    "lived_there": "Four years",
}
PERMISSION: Answers = {"given": "yes", "how": "signed", "given_on": "2026-06-01 09:45", "has_supporters": "no"}
HOME: Answers = {
    "tenure": "public",
    "perpetrator_lives_there": "no",
    "perpetrator_sole": "no",
    "perpetrator_joint": "no",
    "removal_steps": "not_applicable",
    "injunction": "no",
    "other_order": "no",
    "access_visits": "no",
    "temporary_letting": "no",
    "public_arrears": "no",
    "public_order_due": "no",
    "public_suspended_order": "no",
    "public_warrant_due": "no",
    "public_prevention": "not_applicable",
}
RISK: Answers = {
    "separation": "no",
    "pregnancy": "no",
    "escalation": "no",
    "child_abuse": "no",
    "isolation": "no",
    "attempts": "no",
    "control": "no",
    "afraid": "Worried that they will come back",
    "sexual": "no",
    "substance": "not_known",
}
SUPPORT: Answers = {
    "social_services": "no",
    "dependency": "no",
    "mental_health": "no",
    "self_harm": "no",
    "circumstances": "Threats at the door since the separation",
}
AGREED: Answers = {"outcome": "yes", "answered_by": "named"}
FOLLOW_UP: Answers = {
    "reached": "yes",
    "through": "housing",
    "still_at_home": "yes",
    "feels_safer": "yes",
    "new_incident": "no",
    "measures_work": "yes",
}


@dataclass(frozen=True, slots=True)
class Scene:
    """Somebody does a step, asks the question or sends the notice of one, or confirms that a notice has arrived."""

    at: str
    role: str
    step: str
    answers: Answers | None = None
    verb: str = "do"


def _told(at: str, role: str, step: str, *others: str) -> Iterator[Scene]:
    yield Scene(at, role, step, verb="ask")
    for other in others:
        yield Scene(at, other, step, verb="confirm")


SCENES: tuple[Scene, ...] = (
    Scene("2026-06-01 09:30", FIRST, "initial_assessment", ASSESSMENT),
    Scene("2026-06-01 09:45", FIRST, "permission", PERMISSION),
    Scene("2026-06-01 09:50", FIRST, "police_enquiry", verb="ask"),
    Scene("2026-06-01 09:55", "support", "temporary_accommodation", {"needed": "no", "agreed": "yes"}),
    Scene("2026-06-01 10:00", FIRST, "assessment_appointment", {"at": "2026-06-01 10:30", "place": "At the agency"}),
    Scene("2026-06-01 10:40", FIRST, "housing_section", HOME),
    Scene("2026-06-01 11:00", FIRST, "money_section", {"has_capital": "no"}),
    Scene("2026-06-01 11:10", FIRST, "police_section", RISK),
    Scene("2026-06-01 11:30", FIRST, "support_section", SUPPORT),
    Scene("2026-06-01 11:40", FIRST, "send_assessment", {"in_person": "yes"}),
    *_told("2026-06-01 11:45", FIRST, "confirm_receipt", "second", "third"),
    Scene("2026-06-01 12:30", "police", "police_enquiry", {"known": "no", "go_ahead": "yes"}),
    Scene(
        "2026-06-01 13:00",
        "housing",
        "repossession_risk",
        {
            "within_six_months": "low",
            "why": "The rent is paid",
            "financial_risk": "low",
            "explanation": "What comes in covers the rent",
            "money_advice": "no",
        },
    ),
    Scene("2026-06-01 13:10", "housing", "opinion_housing", AGREED),
    Scene("2026-06-01 13:20", "police", "opinion_police", AGREED),
    Scene("2026-06-01 13:30", "support", "opinion_support", AGREED),
    Scene("2026-06-01 14:30", "housing", "owner_approval", verb="ask"),
    Scene("2026-06-01 15:00", "housing", "owner_approval", {"approved": "yes", "in_writing": "yes"}),
    Scene("2026-06-01 16:00", "housing", "approval", {"outcome": "yes"}),
    *_told("2026-06-01 16:02", "housing", "tell_partners", "police", "support", "inspection"),
    Scene("2026-06-01 16:10", "housing", "acceptance_letter"),
    Scene("2026-06-01 16:20", "housing", "disclaimer", {"given": "yes", "received_on": "2026-06-01"}),
    Scene("2026-06-01 16:25", "support", "support_meeting", {"at": "2026-06-02 09:00", "worker": "Ash Fieldinger"}),
    Scene(
        "2026-06-01 16:30",
        "inspection",
        "inspection_booking",
        {"at": "2026-06-02 10:00", "fire_service": "yes", "support_agency": "yes"},
    ),
    Scene(
        "2026-06-02 12:00",
        "inspection",
        "inspection",
        {
            "held_at": "2026-06-02 10:00",
            "attended": ["customer", "inspection", "fire", "support"],
            "openings": "Two wooden doors and six windows, all sound",
            "fire_access": "yes",
            "arson_threat": "no",
            "wishes": "A room to wait in for the police",
        },
    ),
    Scene(
        "2026-06-02 14:00",
        "inspection",
        "specification",
        {
            "package": "sanctuary",
            "safe_room": "Front bedroom",
            "room_at_front": "yes",
            "fire_service_consulted": "yes",
            "escape_plan": "yes",
            "mobile_phone": "yes",
            "community_alarm": "no",
            "sent_to_contractor": "yes",
        },
    ),
    Scene("2026-06-02 14:30", "housing", "landlord_permission", verb="ask"),
    Scene("2026-06-02 15:00", "housing", "landlord_permission", {"given": "yes"}),
    Scene(
        "2026-06-02 15:30",
        "housing",
        "authorise_works",
        {"outcome": "go_ahead", "contractor": "Example Locksmiths", "complete_by": "2026-06-05"},
    ),
    Scene(
        "2026-06-02 16:00",
        "housing",
        "contractor_checks",
        dict.fromkeys(("photo_id", "police_approved", "trained", "risk_assessment", "two_operatives"), "yes"),
    ),
    Scene(
        "2026-06-02 16:30",
        "support",
        "works_appointment",
        {"at": "2026-06-03 10:00", "access": "The customer lets them in"},
    ),
    Scene("2026-06-03 16:00", "housing", "works", {"completed_on": "2026-06-03", "all_done": "yes", "cost": "1240.00"}),
    *_told("2026-06-03 16:05", "housing", "tell_completion", "police", "support"),
    Scene("2026-06-03 16:10", "support", "safely_home", {"at_home": "yes", "since": "2026-06-03"}),
    Scene(
        "2026-06-04 10:00",
        "support",
        "support_review",
        {"reviewed_on": "2026-06-04", "plan": "A call every week", "goes_on": "yes", "until": "2026-09-07"},
    ),
    Scene("2026-06-04 11:00", "housing", "monitoring_form", {"ethnic_origin": "refused", "tenure": "tenant"}),
    Scene("2026-09-03 10:00", "support", "follow_up_3_months", {**FOLLOW_UP, "through": "support"}),
    *_told("2026-09-07 10:00", "support", "support_ended", "housing"),
    Scene("2026-12-03 10:00", "housing", "follow_up_6_months", FOLLOW_UP),
    Scene("2027-06-03 10:00", "housing", "follow_up_12_months", FOLLOW_UP),
    Scene("2027-06-03 12:00", "housing", "closure", {"reason": "measures_in_place"}),
)


def reach(
    journey: Journey, step: str, first: str = "support", *, without: Collection[str] = (), **changed: Answers
) -> None:
    """Let everything that comes before `step` happen without the screens, with the answers of some steps `changed`.

    The customer starts with the agency `first`; the steps `without` are not done, though asked or sent. Answers to the
    referral are changed as `referral`.
    """
    journey.at("2026-06-01 09:10")
    opened = journey.county.refer(first, **{**REFERRAL, "approached": first, **changed.get("referral", {})})
    assert isinstance(opened, Recorded), opened
    journey.case_id = opened.case_id
    for scene in scenes(SCENES[0].step, step):
        if scene.verb != "do" or scene.step not in without:
            happen(journey, scene, first, changed.get(scene.step))


def scenes(start: str, end: str) -> tuple[Scene, ...]:
    """The ordinary case from the step `start` up to the step `end`, which is left out."""
    steps = [scene.step for scene in SCENES]
    return SCENES[steps.index(start) : steps.index(end)]


def happen(journey: Journey, scene: Scene, first: str = "support", changed: Answers | None = None) -> None:
    """Let one scene happen without the screens."""
    assert journey.case_id is not None
    county = journey.county
    role = actor(scene.role, first)
    if datetime.fromisoformat(scene.at).replace(tzinfo=LONDON) > county.now:
        journey.at(scene.at)
    if scene.verb == "do":
        given = {**(scene.answers or {}), **(changed or {})}
        result = county.do(role, journey.case_id, scene.step, given)
    else:
        words = {"case_id": journey.case_id, "step": scene.step, "key": uuid4(), "now": county.now}
        with county.acting(role):
            result = (
                ask_enquiry(expected_seq=10_000, **words) if scene.verb == "ask" else acknowledge_notice(**words)  # type: ignore[arg-type]
            )
    assert isinstance(result, Recorded), (scene, result)


def actor(role: str, first: str) -> str:
    """The role that stands for this one where the customer starts with the agency `first`."""
    others = [each for each in ("housing", "police", "support") if each != first]
    return {FIRST: first, "second": others[0], "third": others[1]}.get(role, role)


def answers(step: str) -> Answers:
    """What is answered in a step of the ordinary case."""
    return next(scene.answers or {} for scene in SCENES if scene.step == step and scene.verb == "do")
