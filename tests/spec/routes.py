"""The chapter about routes: who may refer, with what, and who hands in the rest."""

from tests.support.chapter import Case, Chapter, Refused

_ROUTES = """\
routes:
  council:
    title: The council refers
    who: [housing]
    survey: after
    source: guide, part 1
    meets: [N3]
  professional:
    title: A nominated professional refers
    who: [support, police]
    accredited: [nominated]
    evidence:
      risk:
        needs: "referral.assessed == 'yes'"
        reason: A risk assessment comes with the referral.
        source: guide, part 1
    survey: before
    source: guide, part 1
passed_on_to: housing
"""
_QUESTIONS = """\
steps:
  referral:
    questions:
      assessed: {ask: Has the risk been assessed?, type: yes_no, optional: yes}
      surveyed: {ask: What did the survey find?, type: text, optional: yes, when: "route.survey == 'before'"}
"""
_HELD = """\
accreditations:
  nominated: {title: Nominated to refer, held_by: [charity], source: "guide, part 1"}
"""
_FILES = {"1-referral.yaml": _QUESTIONS + _ROUTES, "scheme.yaml": _HELD}


def _referred(role: str, answers: str) -> str:
    return f"""\
- {{at: 2026-03-02 09:00, opened: {{area: town}}, as: {role}}}
- {{at: 2026-03-02 09:10, did: referral, as: {role}, answers: {{{answers}}}}}
"""


def _without(text: str, gone: str) -> dict[str, str]:
    assert gone in text
    return {**_FILES, "1-referral.yaml": _QUESTIONS + text.replace(gone, "")}


CHAPTER = Chapter(
    name="routes",
    title="Routes",
    text="""
A route is a way in which a case may be referred: by these roles, of all agencies that play them, of some, or of those
that hold an accreditation. No role of one agency has two routes. The fact `route.name` is the route that was taken,
and `route.survey` says when the home is surveyed: `before` the referral, `with` it, `after` it or `never`. Steps and
questions that depend on it say so in their `when`. Without `routes` everybody who does the first step refers.

What somebody without a route hands in is never lost. The case is begun, their answers are kept as a draft, and the
step is passed on to the role in `passed_on_to`, which reads them, adds what is missing, and hands the referral in as
its own. Whoever wrote it is told so.

`evidence` is what a route asks for. While it is not there, what comes right after the referral waits, for the reason
given; the steps in which it may still come in do not.
""",
    keys=(
        "StageFile.routes",
        "StageFile.passed_on_to",
        "RouteShape.*",
        "EvidenceShape.*",
        "SchemeFile.accreditations",
        "AccreditationShape.*",
    ),
    cases=(
        Case(
            title="The route follows from who refers",
            files=_FILES,
            begun=_referred("support", "assessed: yes, surveyed: The back door is weak"),
            expect="""\
- at: 2026-03-02 10:00
  facts: {route.name: professional, route.survey: before}
  open: [assessment]
""",
        ),
        Case(
            title="Another role, another route",
            files=_FILES,
            begun=_referred("housing", ""),
            expect="""\
- at: 2026-03-02 10:00
  facts: {route.name: council, route.survey: after}
  open: [assessment]
""",
        ),
        Case(
            title="Evidence that is missing",
            text="Nobody is refused: what comes next waits until it is there.",
            files=_FILES,
            begun=_referred("support", "assessed: no"),
            events="""\
- {at: 2026-03-03 10:00, reopened: referral, as: support, because: The risk has been assessed}
- {at: 2026-03-03 10:10, did: referral, as: support, answers: {assessed: yes}}
""",
            expect="""\
- at: 2026-03-02 10:00
  outcome: open
  open: []
  waiting: {assessment: [referral.assessed]}
- at: 2026-03-03 11:00
  open: [assessment]
""",
        ),
        Case(
            title="Passed on, and handed in",
            text="The police hold no accreditation. What they wrote is kept, and the council hands it in.",
            files=_FILES,
            begun=_referred("police", "assessed: yes"),
            events="- {at: 2026-03-02 12:00, did: referral, as: housing}\n",
            expect="""\
- at: 2026-03-02 10:00
  done: []
  open: {referral: {who: [housing]}}
  facts: {route.name: council}
- at: 2026-03-02 13:00
  done: [referral]
  facts: {route.name: council}
  open: [assessment]
""",
        ),
        Case(
            title="Evidence that comes in later, in a step of its own",
            files={
                "1-referral.yaml": (_QUESTIONS + _ROUTES).replace("referral.assessed ==", "risk_form.assessed =="),
                "scheme.yaml": _HELD,
                "2-assessment.yaml": """\
steps:
  risk_form:
    kind: form
    title: The risk assessment
    who: [support]
    compartment: core
    after: [referral]
    questions:
      assessed: {ask: Has the risk been assessed?, type: yes_no}
""",
            },
            begun=_referred("support", ""),
            events="- {at: 2026-03-03 10:10, did: risk_form, as: support, answers: {assessed: yes}}\n",
            expect="""\
- at: 2026-03-02 10:00
  open: [risk_form]
  waiting: {assessment: [risk_form.assessed]}
- at: 2026-03-03 11:00
  open: [assessment]
""",
        ),
        Refused(
            title="Nobody to hand in the rest",
            files=_without(_ROUTES, "passed_on_to: housing\n"),
            problems=(
                (
                    "1-referral.yaml:6:1: say with 'passed_on_to' which role hands in what somebody without a route "
                    "has written"
                ),
            ),
        ),
        Refused(
            title="Somebody to hand it in who may not refer either",
            files={**_FILES, "1-referral.yaml": (_QUESTIONS + _ROUTES).replace("on_to: housing", "on_to: police")},
            problems=("1-referral.yaml:24:15: in the area 'town' no route entitles 'police' itself, as constabulary",),
        ),
        Refused(
            title="Two routes for one role of one agency",
            files={
                **_FILES,
                "1-referral.yaml": (_QUESTIONS + _ROUTES).replace("who: [housing]", "who: [housing, support]"),
            },
            problems=(
                (
                    "1-referral.yaml:13:3: 'council' entitles the role 'support' of 'charity' already; say which "
                    "agencies each of the two is for"
                ),
            ),
        ),
        Refused(
            title="Evidence that nobody is asked for, and an agency that is not there",
            files={
                "1-referral.yaml": (_QUESTIONS + _ROUTES).replace("referral.assessed ==", "referral.dash =="),
                "scheme.yaml": _HELD.replace("[charity]", "[charty]"),
            },
            problems=(
                (
                    "1-referral.yaml:19:26: the step 'referral' has no question 'dash'; there is address, assessed, "
                    "birth_date, hate_crime, name, postcode, safe_phone, surveyed"
                ),
                "scheme.yaml:2:52: there is no agency 'charty'; did you mean 'charity'?",
            ),
        ),
        Refused(
            title="A role that does not begin cases, and routes in another stage",
            files={
                **_FILES,
                "1-referral.yaml": (
                    _QUESTIONS.replace("  referral:\n", "  referral:\n    who: [housing, support]\n") + _ROUTES
                ),
                "2-assessment.yaml": "passed_on_to: housing\n",
            },
            problems=(
                (
                    "1-referral.yaml:16:20: 'police' does not do 'referral', with which a case begins; add it to that "
                    "step's 'who'"
                ),
                "2-assessment.yaml:1:1: 'passed_on_to' belongs in the file of the first stage, where a case begins",
            ),
        ),
        Refused(
            title="A role that could not read what it hands in",
            files={
                "scheme.yaml": _HELD
                + """\
roles:
  housing: {title: Council, reads: [[housing]]}
""",
                "1-referral.yaml": _QUESTIONS + _ROUTES,
            },
            problems=("1-referral.yaml:24:15: 'housing' has to read core always, to hand in what was written there",),
        ),
    ),
)
