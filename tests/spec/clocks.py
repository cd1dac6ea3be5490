"""The chapter about clocks."""

from tests.support.chapter import Case, Chapter, Refused

_VISIT = """\
steps:
  visit:
    kind: form
    title: First visit
    who: [support]
    compartment: core
"""


def _visit(clock: str) -> dict[str, str]:
    return {"2-assessment.yaml": f"{_VISIT}    clock: {clock}\n"}


CHAPTER = Chapter(
    name="clocks",
    title="Clocks",
    text="""
A step's `clock` says how long it may take, from where that is counted, and where the scheme's own document says so.
A clock over several steps stands under `clocks` and names the step that ends it in `until`. A step shows the
earliest time that any clock ending with it gives. Clocks are worked out from what happened, so a late entry is
counted from when it happened and not from when it was typed.

| unit | how it is counted |
| --- | --- |
| `hours` | elapsed hours, through nights, weekends and the changes of the clocks |
| `days` | calendar days, at the same time of day; `0 days` is by the end of the same day |
| `working days` | Monday to Friday less the bank holidays of the calendar, at the same time of day |
| `months` | the same day of a later month, or its last day where it has no such day |
""",
    keys=(
        "StepShape.clock",
        "StepClockShape.*",
        "StageFile.clocks",
        "ClockShape.*",
    ),
    cases=(
        Case(
            title="Hours are elapsed hours",
            files=_visit('{within: 24 hours, from: referral, source: "guide, part 2"}'),
            expect="""\
- at: 2026-03-02 10:00
  open:
    assessment: {}
    visit: 2026-03-03 09:10
""",
        ),
        Case(
            title="Within 0 days is by the end of the same day",
            text="For what is to be done on the day, whatever the hour at which it starts.",
            files=_visit('{within: 0 days, from: referral, source: "guide, part 2"}'),
            expect="""\
- at: 2026-03-02 10:00
  open:
    assessment: {}
    visit: 2026-03-02 23:59
""",
        ),
        Case(
            title="Days are calendar days",
            files=_visit('{within: 7 days, from: opened, source: "guide, part 2"}'),
            expect="""\
- at: 2026-03-02 10:00
  open:
    assessment: {}
    visit: 2026-03-09 09:00
""",
        ),
        Case(
            title="Working days leave out weekends and bank holidays",
            text="The 3rd of April 2026 is Good Friday, the 6th Easter Monday.",
            files=_visit('{within: 1 working day, from: referral, source: "guide, part 2"}'),
            begun="""\
- at: 2026-04-02 16:00
  opened: {area: town}
- at: 2026-04-02 16:30
  did: referral
  as: support
""",
            expect="""\
- at: 2026-04-02 17:00
  open:
    assessment: {}
    visit: 2026-04-07 16:30
""",
        ),
        Case(
            title="Months end on the last day where there is no such day",
            files=_visit('{within: 1 month, from: referral, source: "guide, part 2"}'),
            begun="""\
- at: 2026-01-31 09:00
  opened: {area: town}
- at: 2026-01-31 09:10
  did: referral
  as: support
""",
            expect="""\
- at: 2026-02-01 09:00
  open:
    assessment: {}
    visit: 2026-02-28 09:10
""",
        ),
        Case(
            title="Not stated can be said",
            text="Where the document sets no target the definition says so, and none is invented.",
            files=_visit('{within: not stated, from: referral, source: "guide, part 2"}'),
            expect="""\
- at: 2026-03-02 10:00
  open:
    assessment: {}
    visit: {due: none}
""",
        ),
        Case(
            title="From when an enquiry was asked",
            files={
                "2-assessment.yaml": """\
steps:
  police_enquiry:
    kind: enquiry
    title: What the police know
    who: [police]
    compartment: police
    asks: police
    clock: {within: 1 working day, from: asked, charged_to: police, source: "guide, part 3"}
    questions:
      known: {ask: Is the person known to you?, type: yes_no}
"""
            },
            events="""\
- at: 2026-03-06 15:00
  asked: police_enquiry
  as: support
""",
            expect="""\
- at: 2026-03-06 16:00
  open:
    assessment: {}
    police_enquiry: 2026-03-09 15:00
""",
        ),
        Case(
            title="From an answer that is a time",
            files={
                "2-assessment.yaml": """\
steps:
  assessment:
    questions:
      visit_at: {ask: When is the visit?, type: moment, optional: yes}
  visit:
    kind: form
    title: First visit
    who: [support]
    compartment: core
    clock: {within: 48 hours, from: assessment.visit_at, source: "guide, part 2"}
"""
            },
            events="""\
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers: {wants_it: yes, visit_at: 2026-03-04 14:00}
""",
            expect="""\
- at: 2026-03-02 11:00
  open:
    visit: 2026-03-06 14:00
""",
        ),
        Case(
            title="A clock can be paused, with the reason",
            text="The time between the pause and the end of the pause does not count.",
            files=_visit('{within: 24 hours, from: referral, source: "guide, part 2"}'),
            events="""\
- at: 2026-03-02 12:10
  paused: visit
  because: The person is in hospital
- at: 2026-03-04 12:10
  resumed: visit
""",
            expect="""\
- at: 2026-03-04 13:00
  open:
    assessment: {}
    visit: 2026-03-05 09:10
""",
        ),
        Case(
            title="A clock over several steps",
            files={
                "2-assessment.yaml": """\
steps:
  visit:
    kind: form
    title: First visit
    who: [support]
    compartment: core
    after: [assessment]
clocks:
  visited:
    title: The person is visited
    within: 7 days
    from: referral
    until: visit
    charged_to: support
    source: guide, part 2
    meets: [N23]
"""
            },
            events="""\
- at: 2026-03-05 10:00
  did: assessment
  as: housing
  answers: {wants_it: yes}
""",
            expect="""\
- at: 2026-03-05 11:00
  open:
    visit: 2026-03-09 09:10
""",
        ),
        Case(
            title="A clock is in force for a time",
            files=_visit('{within: 24 hours, from: referral, source: "guide, part 2", in_force: {from: 2026-05-01}}'),
            expect="""\
- at: 2026-03-02 10:00
  open:
    assessment: {}
    visit: {due: none}
""",
        ),
        Refused(
            title="A clock without a source",
            files=_visit("{within: 24 hours, from: referral}"),
            problems=("2-assessment.yaml:7:5: 'clock' needs the key 'source'",),
        ),
        Refused(
            title="A length of time that is none",
            files=_visit('{within: a while, from: referral, source: "guide, part 2"}'),
            problems=(
                (
                    "2-assessment.yaml:7:21: write a length of time like 24 hours, 1 working day, 7 days or 3 months,"
                    " or: not stated"
                ),
            ),
        ),
        Refused(
            title="A time that never begins, for nobody is asked",
            files=_visit('{within: 24 hours, from: asked, source: "guide, part 2"}'),
            problems=("2-assessment.yaml:7:37: 'visit' is no enquiry: nobody is asked, so this time never begins",),
        ),
        Refused(
            title="A time that begins with what ends it",
            files=_visit('{within: 24 hours, from: visit, source: "guide, part 2"}'),
            problems=("2-assessment.yaml:7:37: this time begins with what ends it: visit",),
        ),
    ),
)
