"""The chapter about deadlines: clocks that count back, who is told of them, and why they stand still."""

from tests.support.chapter import Case, Chapter, Refused

_VISIT = """\
steps:
  visit:
    kind: form
    title: First visit
    who: [support]
    compartment: core
"""
# When the tenancy ends is asked in the assessment.
_ENDING = """\
steps:
  assessment:
    questions:
      ends_on: {ask: When does the tenancy end?, type: date, optional: yes}
"""
_ENDS = """\
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers: {wants_it: yes, ends_on: 2026-04-20}
"""
_PAUSES = """\
pauses:
  landlord: {title: Waiting for the landlord, charged_to: the landlord}
  parts: {title: Waiting for parts}
"""
_STOOD_STILL = """\
- at: 2026-03-02 12:10
  paused: visit
  cause: %s
- at: 2026-03-04 12:10
  resumed: visit
"""
_WORKS = """\
steps:
  works:
    kind: works
    title: Works
    who: [support]
    compartment: core
    questions:
      completed_on: {ask: When were they completed?, type: date}
  handover:
    kind: form
    title: Handover
    who: [support]
    compartment: core
    after: [works]
    every: 1 month
    questions:
      demonstrated_on: {ask: When was it demonstrated?, type: date, optional: yes}
clocks:
  usable:
    title: From works to being shown how it is used
    within: 7 days
    from: works
    until: %s
    source: guide, part 6
"""
_NO_DATE = (
    "2-assessment.yaml:10:21: assessment.wants_it is one choice; time is counted from a date, or a date with a time"
)


def _visit(clock: str) -> dict[str, str]:
    return {"2-assessment.yaml": f"{_VISIT}    clock: {clock}\n"}


def _before(clock: str) -> dict[str, str]:
    visit = _VISIT.partition("\n")[2]
    return {"2-assessment.yaml": f"{_ENDING}{visit}    clock: {clock}\n"}


CHAPTER = Chapter(
    name="deadlines",
    title="Deadlines",
    text="""
A clock counts on from something that has happened, with `within` and `from`, or back from a date that is mostly still
to come, with `before` and `by`: the end of a tenancy, a release. Counted in days before a date, there is time until the
end of that day. No pause puts such a clock off, for the date does not wait.

`escalates` names roles that are to know although it is not their turn: some time before the clock runs out, or after.
The case then stands on their worklist too. Nothing is sent to anybody.

A clock may run until a question is answered with the date on which something came about: what is fitted has not been
shown to anybody yet. Ask that in a step of its own, which stays open, and late, until it has happened.

A clock stands still from a pause until it is ended. Where the scheme has `pauses`, each pause names one of these
causes; a cause may say whose time it is meanwhile, and a clock may stand still for some causes only.
""",
    keys=("StepClockShape.*", "ClockShape.*", "EscalationShape.*", "SchemeFile.pauses", "PauseShape.*"),
    cases=(
        Case(
            title="Before a date",
            text="There is time until the end of the day that is 28 days earlier.",
            files=_before('{before: assessment.ends_on, by: 28 days, source: "guide, part 2"}'),
            events=_ENDS,
            expect="""\
- at: 2026-03-02 11:00
  open:
    visit: 2026-03-23 23:59
""",
        ),
        Case(
            title="Before a date that is not known",
            files=_before('{before: assessment.ends_on, by: 28 days, source: "guide, part 2"}'),
            expect="""\
- at: 2026-03-02 11:00
  open:
    assessment: {}
    visit: {due: none}
""",
        ),
        Case(
            title="Until a question is answered with a date",
            text="What was fitted has not been shown to anybody yet. The clock runs on until it has been.",
            files={"5-works.yaml": _WORKS % "handover.demonstrated_on"},
            events="""\
- at: 2026-03-03 10:00
  did: works
  as: support
  answers: {completed_on: 2026-03-03}
""",
            expect="""\
- at: 2026-03-03 11:00
  open:
    assessment: {}
    handover: 2026-03-10 10:00
""",
        ),
        Case(
            title="Escalation before and after",
            files=_visit(
                '{within: 7 days, from: referral, source: "guide, part 2", '
                "escalates: [{to: housing, before: 1 day}, {to: police, after: 2 days}]}"
            ),
            expect="""\
- at: 2026-03-08 09:00
  open:
    assessment: {}
    visit: {due: 2026-03-09 09:10, told: []}
- at: 2026-03-08 09:10
  open:
    assessment: {}
    visit: {due: 2026-03-09 09:10, told: [housing]}
- at: 2026-03-11 09:10
  open:
    assessment: {}
    visit: {due: 2026-03-09 09:10, told: [housing, police]}
""",
        ),
        Case(
            title="A pause has a cause",
            text="Where the scheme names the causes of a pause, each pause says which of them it is.",
            files={"scheme.yaml": _PAUSES, **_visit('{within: 24 hours, from: referral, source: "guide, part 2"}')},
            events=_STOOD_STILL % "parts",
            expect="""\
- at: 2026-03-04 13:00
  open:
    assessment: {}
    visit: 2026-03-05 09:10
""",
        ),
        Case(
            title="A clock that stands still for some causes only",
            files={
                "scheme.yaml": _PAUSES,
                **_visit('{within: 7 days, from: referral, source: "guide, part 2", pauses_for: [landlord]}'),
            },
            events=_STOOD_STILL % "parts",
            expect="""\
- at: 2026-03-04 13:00
  open:
    assessment: {}
    visit: 2026-03-09 09:10
""",
        ),
        Refused(
            title="Counted on and back",
            files=_before('{within: 7 days, before: assessment.ends_on, by: 28 days, source: "guide, part 2"}'),
            problems=("2-assessment.yaml:10:29: write either 'within' and 'from' or 'before' and 'by', not both",),
        ),
        Refused(
            title="Before something that is no date",
            files=_before('{before: assessment.wants_it, by: 28 days, source: "guide, part 2"}'),
            problems=(_NO_DATE,),
        ),
        Refused(
            title="Escalated to nobody",
            files=_visit(
                '{within: 7 days, from: referral, source: "guide, part 2", escalates: [{to: houssing, before: 1 day}]}'
            ),
            problems=("2-assessment.yaml:7:87: there is no role 'houssing'; did you mean 'housing'?",),
        ),
        Refused(
            title="Escalated at no time",
            files=_visit("{within: not stated, from: referral, source: guide, escalates: [{to: housing}]}"),
            problems=(
                "2-assessment.yaml:7:64: nothing is late where no time is stated, so there is nothing to escalate",
                "2-assessment.yaml:7:76: say from when, with either 'before' or 'after'",
            ),
        ),
        Refused(
            title="A cause that there is not",
            files={
                "scheme.yaml": _PAUSES,
                **_visit('{within: 7 days, from: referral, source: "guide, part 2", pauses_for: [landlords]}'),
            },
            problems=("2-assessment.yaml:7:83: there is no cause of a pause 'landlords'; did you mean 'landlord'?",),
        ),
    ),
)
