"""What do people call a page? For those who read which pages were opened; the pages' own headings are elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

# By the name of its address.
_PAGES: Mapping[str, str] = {
    "case": "the case", "pathway": "the picture of the procedure", "why": "why something is as it is",
    "step": "a step", "check": "a step, to hand it in", "section": "a form", "ask": "sending a request",
    "acknowledge": "confirming receipt", "letter": "a letter", "letter_pdf": "a letter as a file", "pause": "a pause",
    "resume": "the end of a pause", "reopen": "doing a step again", "override": "setting a rule aside",
    "withdraw": "withdrawing a consent", "move": "moving to a newer version", "referral": "a referral",
    "referral_choice": "the start of a referral", "search": "a search", "worklist": "the worklist",
    "readers": "who has looked at the case", "message": "a notice", "share": "sharing the case",
    "end_share": "ending a share", "who_can_see": "who can see the case",
    "emergency": "opening a case in an emergency", "emergency_mine": "their own emergency access",
    "emergencies": "the list of emergency access", "emergency_review": "reviewing emergency access",
    "conflicts": "conflicts of interest", "conflict_somebody": "saying that one knows somebody",
    "conflict_case": "saying that one knows the people of a case", "conflict_own": "how one is known oneself",
    "conflicts_found": "the list of conflicts of interest", "conflict": "a conflict of interest",
    "crossings": "the same people on opposite sides", "crossing": "two cases with the same people",
    "copy_choice": "choosing what goes into a copy", "copy": "a copy for the person",
    "copy_ask": "asking for agreement to a copy", "copy_file": "downloading a copy",
    "proposals": "what waits for a second person", "proposal": "something that takes a second person",
    "records_due": "records to dispose of", "record": "a record and how long it is kept",
    "record_propose": "proposing to destroy a record", "record_destroy": "destroying a record",
    "record_hold": "placing a hold", "record_lift": "lifting a hold", "certificates": "the certificates",
    "certificate": "a certificate", "certificate_pdf": "a certificate as a file", "audit": "where to ask who looked",
    "audit_case": "who looked at a case", "audit_person": "what a colleague read",
    "leaving": "saying that a colleague leaves", "alarms": "the alarms", "take_alarm": "taking an alarm",
    "close_alarm": "closing an alarm", "concern": "saying that one sees too much", "stop": "stopping everyone",
    "stop_now": "stopping everyone, for sure", "oversight": "the page of oversight",
    "oversight_people": "changes of people", "flows": "counts", "administration": "the page of administration",
    "people": "the people of the agency", "invite": "inviting somebody", "person": "a colleague's account",
    "change_person": "changing what a colleague does", "end_person": "ending an account",
    "invite_again": "setting up a sign-in anew", "withdraw_invitation": "withdrawing an invitation",
    "teams": "the teams", "new_team": "making a team", "team": "a team", "end_team": "ending a team",
    "people_log": "changes of people", "arrange_sign_in": "the agency's own sign-in", "deputies": "the deputies",
    "appoint_deputy": "appointing a deputy", "end_deputy": "ending a deputy", "act_for": "acting for a colleague",
    "act_as_self": "going back to one's own part", "start": "the first page", "account": "their own account",
    "ways": "ways of signing in", "ways_password": "choosing a password", "ways_app": "setting up an app",
    "ways_codes": "recovery codes", "ways_passkey": "adding a passkey", "ways_passkey_one": "a passkey",
    "sessions": "where one is signed in", "confirm": "confirming who one is", "carried": "what was typed and kept",
    "sign_out": "signing out", "compare": "comparing schemes", "held": "why each answer is held",
    "held_question": "why an answer is held",
}  # fmt: skip


def page_name(name: str) -> str:
    """What people call the page of this address. One that this release does not know keeps its address's name."""
    return _PAGES.get(name, name.replace("_", " "))
