"""The chapter about the order of steps."""

from tests.support.chapter import Case, Chapter, Refused

_ASSESSED = """\
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers: {wants_it: yes}
"""
_ENDING = """\
steps:
  assessment:
    questions:
      ends_on: {ask: When does the tenancy end?, type: date, optional: yes}
"""
_BEFORE = """\
steps:
  renewal:
    kind: form
    title: What comes after the tenancy
    who: [support]
    compartment: core
    opens: %s
"""

CHAPTER = Chapter(
    name="order",
    title="When a step is open",
    text="""
A step is open as soon as nothing keeps it back: what it comes `after` is done or does not apply, its `when` is
true, the time it `opens` has come, and no gate before it is shut or holds it. A step whose `when` is false does not
apply: it is never open, and nothing waits for it. While `when` is not decided the step waits for the facts that
would decide it.
""",
    keys=(
        "StepShape.when",
        "StepShape.after",
        "StepShape.opens",
        "StepShape.any_time",
        "StepShape.every",
        "StepShape.reopens",
        "OpensShape.*",
        "ReopensShape.*",
    ),
    cases=(
        Case(
            title="A step comes after others",
            files={
                "3-decision.yaml": """\
steps:
  approval:
    kind: form
    title: Approval
    who: [housing]
    compartment: core
    after: [assessment]
"""
            },
            events=_ASSESSED,
            expect="""\
- at: 2026-03-02 09:30
  open: [assessment]
  waiting: {approval: [assessment]}
- at: 2026-03-02 10:30
  open: [approval]
  waiting: {}
""",
        ),
        Case(
            title="A step applies only when its condition is true",
            text="Until the question is answered the step waits for it. Once it is answered with no, the step is gone.",
            files={
                "2-assessment.yaml": """\
steps:
  children:
    kind: form
    title: The children
    who: [support]
    compartment: core
    when: "assessment.wants_it == 'yes'"
    questions:
      how_many: {ask: How many children live there?, type: number}
"""
            },
            events="""\
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers: {wants_it: no}
""",
            expect="""\
- at: 2026-03-02 09:30
  open: [assessment]
  waiting: {children: [assessment.wants_it]}
- at: 2026-03-02 10:30
  open: []
  waiting: {}
""",
        ),
        Case(
            title="What comes after a step that does not apply need not wait for it",
            files={
                "2-assessment.yaml": """\
steps:
  children:
    kind: form
    title: The children
    who: [support]
    compartment: core
    when: "assessment.wants_it == 'yes'"
""",
                "3-decision.yaml": """\
steps:
  approval:
    kind: form
    title: Approval
    who: [housing]
    compartment: core
    after: [children]
""",
            },
            events="""\
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers: {wants_it: no}
""",
            expect="""\
- at: 2026-03-02 10:30
  open: [approval]
""",
        ),
        Case(
            title="A step opens some time after something",
            files={
                "6-aftercare.yaml": """\
steps:
  follow_up:
    kind: form
    title: Follow-up
    who: [support]
    compartment: core
    opens: {after: assessment, in: 3 months}
"""
            },
            events=_ASSESSED,
            expect="""\
- at: 2026-03-02 09:30
  waiting: {follow_up: [assessment]}
- at: 2026-06-02 09:59
  open: []
  waiting: {follow_up: []}
- at: 2026-06-02 10:00
  open: [follow_up]
""",
        ),
        Case(
            title="A step opens some time before a date",
            text="The date is mostly still to come: the end of a tenancy, a release from prison.",
            files={
                "2-assessment.yaml": _ENDING,
                "6-aftercare.yaml": _BEFORE % "{before: assessment.ends_on, by: 28 days}",
            },
            events="""\
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers: {wants_it: yes, ends_on: 2026-06-29}
""",
            expect="""\
- at: 2026-03-02 09:30
  waiting: {renewal: [assessment.ends_on]}
- at: 2026-05-31 23:59
  open: []
  waiting: {renewal: []}
- at: 2026-06-01 00:00
  open: [renewal]
""",
        ),
        Refused(
            title="A step that opens before and after",
            files={
                "2-assessment.yaml": _ENDING,
                "6-aftercare.yaml": _BEFORE % "{after: assessment, by: 28 days}",
            },
            problems=("6-aftercare.yaml:7:32: write either 'after' and 'in' or 'before' and 'by', not both",),
        ),
        Refused(
            title="A step that opens at no time",
            files={
                "2-assessment.yaml": _ENDING,
                "6-aftercare.yaml": _BEFORE % "{before: assessment.ends_on}",
            },
            problems=("6-aftercare.yaml:7:5: 'opens' needs the key 'by'",),
        ),
        Case(
            title="A step can be done at any time, and again",
            text="It is never open, since nobody is waited for, but it is available while the case is open.",
            files={
                "2-assessment.yaml": """\
steps:
  conference:
    kind: form
    title: Case conference
    who: [housing, police, support]
    compartment: core
    any_time: yes
"""
            },
            events="""\
- at: 2026-03-02 09:20
  did: conference
  as: police
""",
            expect="""\
- at: 2026-03-02 09:30
  open: [assessment]
  done: [referral, conference]
  available: [conference, closure]
""",
        ),
        Case(
            title="At any time, once something else is done",
            text="It still keeps to what it comes after, to its condition and to the gates before it.",
            files={
                "2-assessment.yaml": """\
steps:
  conference:
    kind: form
    title: Case conference
    who: [housing, police, support]
    compartment: core
    any_time: yes
    after: [assessment]
"""
            },
            events=_ASSESSED,
            expect="""\
- at: 2026-03-02 09:30
  available: [closure]
- at: 2026-03-02 10:30
  available: [conference, closure]
""",
        ),
        Case(
            title="A step comes back every so often",
            files={
                "2-assessment.yaml": """\
steps:
  ask_again:
    kind: form
    title: Ask again
    who: [support]
    compartment: core
    when: "assessment.wants_it == 'no'"
    every: 1 month
"""
            },
            events="""\
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers: {wants_it: no}
- at: 2026-03-03 09:00
  did: ask_again
  as: support
""",
            expect="""\
- at: 2026-03-02 10:30
  open: [ask_again]
- at: 2026-03-03 10:00
  open: []
  waiting: {ask_again: []}
- at: 2026-04-03 10:00
  open: [ask_again]
""",
        ),
        Case(
            title="What comes after a step that comes back waits for its first time only",
            text="Each time it begins from nothing: what was said the last time does not stand any more.",
            files={
                "2-assessment.yaml": """\
steps:
  ask_again:
    kind: form
    title: Ask again
    who: [support]
    compartment: core
    after: [assessment]
    every: 1 month
  visit:
    kind: form
    title: First visit
    who: [support]
    compartment: core
    after: [ask_again]
"""
            },
            events="""\
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers: {wants_it: yes}
- at: 2026-03-03 09:00
  did: ask_again
  as: support
""",
            expect="""\
- at: 2026-03-02 10:30
  open: [ask_again]
  waiting: {visit: [ask_again]}
- at: 2026-03-03 10:00
  open: [visit]
""",
        ),
        Case(
            title="A step can cause others to be done again",
            text="The event that reopens a step is recorded beside the one that caused it.",
            files={
                "2-assessment.yaml": """\
steps:
  ask_again:
    kind: form
    title: Ask again
    who: [support]
    compartment: core
    when: "assessment.wants_it == 'no'"
    reopens: {steps: [assessment], if: "ask_again.wants_it_now == 'yes'"}
    questions:
      wants_it_now: {ask: Do they want it now?, type: yes_no}
"""
            },
            events="""\
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers: {wants_it: no}
- at: 2026-03-09 10:00
  did: ask_again
  as: support
  answers: {wants_it_now: yes}
""",
            expect="""\
- at: 2026-03-09 11:00
  open: [assessment]
""",
        ),
        Refused(
            title="Steps that wait for each other",
            files={
                "2-assessment.yaml": """\
steps:
  one:
    kind: form
    title: One
    who: [housing]
    compartment: core
    after: [two]
  two:
    kind: form
    title: Two
    who: [housing]
    compartment: core
    after: [one]
"""
            },
            problems=("2-assessment.yaml:2:3: this step waits for itself: one → two → one",),
        ),
        Refused(
            title="A step that does not exist",
            files={
                "2-assessment.yaml": """\
steps:
  assessment:
    after: [refferal]
"""
            },
            problems=("2-assessment.yaml:3:13: there is no step 'refferal'; did you mean 'referral'?",),
        ),
    ),
)
