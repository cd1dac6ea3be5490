"""The chapter about how a case ends."""

from tests.support.chapter import Case, Chapter

CHAPTER = Chapter(
    name="closing",
    title="How a case ends",
    text="""
A step with `closes_with` ends the case once it is done, with the answer to the question that it names: a choice of
`closing_reasons`. A closed case has nothing open. A gate that stops a case does not end it: what else there is goes
on, and somebody closes the case.
""",
    keys=("StepShape.closes_with", "SchemeFile.closing_reasons", "ClosingReasonShape.*"),
    cases=(
        Case(
            title="Closed with a reason",
            files={
                "scheme.yaml": """\
closing_reasons:
  moved_away: {title: The person moved away, helped: no}
"""
            },
            events="""\
- at: 2026-03-02 15:00
  did: closure
  as: housing
  answers: {reason: moved_away}
""",
            expect="""\
- at: 2026-03-02 14:00
  outcome: open
  open: [assessment]
  available: [closure]
- at: 2026-03-02 16:00
  outcome: moved_away
  open: []
  waiting: {}
  available: []
""",
        ),
    ),
)
