"""The chapter about examples and case files."""

from tests.support.chapter import Case, Chapter

CHAPTER = Chapter(
    name="examples",
    title="Examples",
    text="""
A file in the folder `examples` tells a case and what should follow from it. `sanctuary check` runs it and says at
which line an expectation does not hold. What happened is written as a [case file](../case-file.md). Each
expectation has a time, and only the keys that it gives are compared. Examples are how a partnership shows that a
definition says what its procedure says: one for each way out is a good measure.
""",
    keys=("ExampleFile.*", "ExpectShape.*", "OpenShape.*", "CaseShape.*", "EntryShape.*", "OpenedShape.*"),
    cases=(
        Case(
            title="Everything that can be expected",
            events="""\
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers: {wants_it: yes}
""",
            expect="""\
- at: 2026-03-02 09:30
  because: The referral is in, and the council has not assessed it yet
  stage: assessment
  outcome: open
  open: {assessment: {who: [housing], due: none}}
  done: [referral]
  waiting: {}
  stopped: []
  unknown: []
  available: [closure]
  agencies: {housing: council, police: constabulary, support: charity}
  reads: {housing: [core, housing], police: [core, police], support: [core]}
- at: 2026-03-02 10:30
  open: []
""",
        ),
        Case(
            title="Everything that can happen",
            text="Drafted answers count for nothing yet. What is reopened has to be done again.",
            files={
                "2-assessment.yaml": """\
steps:
  police_enquiry:
    kind: enquiry
    title: What the police know
    who: [police]
    compartment: police
    asks: police
    clock: {within: 1 working day, from: asked, source: "guide, part 3"}
    questions:
      known: {ask: Is the person known to you?, type: yes_no}
  tell_police:
    kind: notice
    title: The police are told
    who: [housing]
    compartment: core
    after: [assessment]
    tells: [police]
"""
            },
            events="""\
- at: 2026-03-02 10:00
  asked: police_enquiry
  as: housing
- at: 2026-03-02 10:30
  drafted: assessment
  as: housing
  answers: {wants_it: yes}
- at: 2026-03-02 11:00
  did: assessment
  as: housing
  answers: {wants_it: yes}
- at: 2026-03-02 11:10
  asked: tell_police
  as: housing
- at: 2026-03-02 11:30
  acknowledged: tell_police
  as: police
- at: 2026-03-02 12:00
  paused: police_enquiry
  because: The officer is away, the deputy is asked
- at: 2026-03-03 12:00
  resumed: police_enquiry
- at: 2026-03-03 13:00
  did: police_enquiry
  as: police
  answers: {known: no}
- at: 2026-03-04 09:00
  reopened: assessment
  because: The person would like to think again
- at: 2026-03-05 09:00
  moved: another-version
""",
            expect="""\
- at: 2026-03-02 10:45
  open:
    assessment: {}
    police_enquiry: 2026-03-03 10:00
- at: 2026-03-02 11:45
  done: [referral, assessment, tell_police]
- at: 2026-03-04 10:00
  open: [assessment]
""",
        ),
    ),
)
