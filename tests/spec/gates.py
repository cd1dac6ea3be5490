"""The chapter about gates."""

from tests.support.chapter import Case, Chapter, Refused


def _gate(unknown: str, more: str = "") -> dict[str, str]:
    return {
        "2-assessment.yaml": f"""\
steps:
  visit:
    kind: form
    title: First visit
    who: [support]
    compartment: core
gates:
  wanted:
    title: Is the scheme wanted?
    guards: [visit]
    criteria:
      not_wanted:
        stops_if: "assessment.wants_it == 'no'"
        reason: The person does not want the scheme.
        unknown: {unknown}
        code: withdrawn
        instead: [advice, refuge]
        source: guide, part 2
        meets: [A1]
{more}"""
    }


CHAPTER = Chapter(
    name="gates",
    title="Gates",
    text="""
A gate asks whether the way is clear. It stands before the steps that it `guards` and all that come after them, and
is shut while any of its criteria is true. Each criterion says why in words that can be said to the person, where
the scheme's own document says so, which closing reason it leads to, and what else there is.

A condition that cannot be decided yet is never taken for a no. The criterion says what it means meanwhile: `hold`
keeps the steps waiting for the facts that are missing; `carry_on` lets them go ahead, and the answer can still stop
them later.
""",
    keys=("StageFile.gates", "GateShape.*", "CriterionShape.*", "InForceShape.*", "SchemeFile.alternatives"),
    cases=(
        Case(
            title="Undecided, and the steps hold",
            files=_gate("hold"),
            expect="""\
- at: 2026-03-02 09:30
  outcome: open
  open: [assessment]
  waiting: {visit: [assessment.wants_it]}
  unknown: [assessment.wants_it]
""",
        ),
        Case(
            title="Undecided, and the steps carry on",
            files=_gate("carry_on"),
            expect="""\
- at: 2026-03-02 09:30
  outcome: open
  open: [assessment, visit]
  unknown: [assessment.wants_it]
""",
        ),
        Case(
            title="Not known is not decided",
            text="An answer that is no value settles nothing: the person was asked, and does not know yet.",
            files=_gate("hold"),
            events="""\
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers: {wants_it: not_known}
""",
            expect="""\
- at: 2026-03-02 10:30
  open: []
  waiting: {visit: [assessment.wants_it]}
""",
        ),
        Case(
            title="Clear",
            files=_gate("hold"),
            events="""\
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers: {wants_it: yes}
""",
            expect="""\
- at: 2026-03-02 10:30
  outcome: open
  open: [visit]
  stopped: []
  unknown: []
""",
        ),
        Case(
            title="Shut, with the reason",
            files=_gate("carry_on"),
            events="""\
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers: {wants_it: no}
""",
            expect="""\
- at: 2026-03-02 10:30
  outcome: stopped
  open: []
  stopped: [wanted.not_wanted]
""",
        ),
        Case(
            title="A criterion is in force for a time",
            text="The same answers are judged by the rules of the day that is asked about. Both ends are included.",
            files=_gate("hold", "        in_force: {from: 2026-01-01, until: 2026-04-30}\n"),
            events="""\
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers: {wants_it: no}
""",
            expect="""\
- at: 2026-04-30 23:30
  outcome: stopped
- at: 2026-05-01 00:30
  outcome: open
  open: [visit]
""",
        ),
        Refused(
            title="A question that does not exist",
            files={
                "2-assessment.yaml": """\
gates:
  wanted:
    title: Is the scheme wanted?
    guards: [assessment]
    criteria:
      not_wanted:
        stops_if: "referral.hate_crim == 'yes'"
        reason: It is about hate crime.
        unknown: hold
        source: guide, part 2
"""
            },
            problems=(
                "2-assessment.yaml:7:29: the step 'referral' has no question 'hate_crim'; did you mean 'hate_crime'?",
            ),
        ),
    ),
)
