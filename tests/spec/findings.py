"""The chapter about findings: tables of rules that settle a fact."""

from tests.support.chapter import Case, Chapter, Refused

_TENURE = """\
steps:
  assessment:
    questions:
      tenure: {ask: How is the home held?, type: choice, options: {council: Council, private: Private, owned: Owned}}
"""
_DECIDES = """\
findings:
  decides:
    title: Who decides
    rows:
      council_home: {when: "assessment.tenure == 'council'", is: housing, source: "guide, part 3", meets: [N2]}
      elsewhere: {otherwise: yes, is: support, source: "guide, part 3"}
steps:
  approval:
    kind: decision
    title: Approval
    who: {chosen_in: found.decides}
    compartment: core
    after: [assessment]
    questions:
      outcome: {ask: What is decided?, type: yes_no}
"""
_FILES = {"2-assessment.yaml": _TENURE, "3-decision.yaml": _DECIDES}
_ANSWERED = """\
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers: {wants_it: yes, tenure: %s}
"""

CHAPTER = Chapter(
    name="findings",
    title="Findings",
    text="""
A finding is a table of rules that settles one fact, `found.name`, from the answers: who decides, which route a case
takes, which of several budgets pays. Conditions read it like an answer, and where all of its values are roles it can
say who does a step. Each row stands by itself: no two rows with different values may hold at once, so their order
does not matter. At most one row is for all that is left over; without it the finding is not applicable where no row
holds. While it is not decided which row holds, whatever reads it waits for the answers that would settle it.
""",
    keys=("StageFile.findings", "FindingShape.*", "FindingRowShape.*"),
    cases=(
        Case(
            title="Who decides follows from an answer",
            files=_FILES,
            events=_ANSWERED % "council",
            expect="""\
- at: 2026-03-02 10:30
  open:
    approval: {who: [housing]}
""",
        ),
        Case(
            title="The row for all that is left over",
            files=_FILES,
            events=_ANSWERED % "owned",
            expect="""\
- at: 2026-03-02 10:30
  open:
    approval: {who: [support]}
""",
        ),
        Case(
            title="Not decided yet",
            text="What is waited for is the answer that would settle it.",
            files={
                "2-assessment.yaml": _TENURE,
                "3-decision.yaml": _DECIDES.replace("after: [assessment]", "when: \"found.decides == 'housing'\""),
            },
            expect="""\
- at: 2026-03-02 09:30
  open: [assessment]
  waiting: {approval: [assessment.tenure]}
""",
        ),
        Case(
            title="Which role did a step is a fact, too",
            text="`by.step` is the role that did it, `case.opened_by` the one that opened the case for `case.agency`.",
            files={
                "2-assessment.yaml": """\
steps:
  assessment:
    who: [housing, police]
  second_look:
    kind: form
    title: A second look
    who: [housing]
    compartment: core
    when: "by.assessment == 'police'"
"""
            },
            events="""\
- at: 2026-03-02 10:00
  did: assessment
  as: police
  answers: {wants_it: yes}
""",
            expect="""\
- at: 2026-03-02 10:30
  open: [second_look]
""",
        ),
        Refused(
            title="A row that says neither when it holds nor that it is for the rest",
            files={
                "3-decision.yaml": """\
findings:
  decides:
    title: Who decides
    rows:
      one: {is: housing, source: "guide, part 3"}
      two: {otherwise: yes, is: support, source: "guide, part 3"}
"""
            },
            problems=("3-decision.yaml:5:7: say either 'when' this row holds, or 'otherwise: yes'",),
        ),
        Refused(
            title="Findings that wait for each other",
            files={
                "3-decision.yaml": """\
findings:
  one:
    title: One
    rows:
      first: {when: "found.two == 'housing'", is: housing, source: "guide, part 3"}
      rest: {otherwise: yes, is: support, source: "guide, part 3"}
  two:
    title: Two
    rows:
      first: {when: "found.one == 'housing'", is: housing, source: "guide, part 3"}
      rest: {otherwise: yes, is: support, source: "guide, part 3"}
"""
            },
            problems=("3-decision.yaml:2:3: this finding waits for itself: found.one → found.two → found.one",),
        ),
    ),
)
