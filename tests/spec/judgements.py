"""The chapter about judgements."""

from tests.support.chapter import Case, Chapter, Decided, Refused


def _review(question: str) -> dict[str, str]:
    return {
        "3-decision.yaml": f"""\
steps:
  review:
    kind: form
    title: Review
    who: [housing, police]
    compartment: housing
    questions:
{question}
  visit:
    kind: form
    title: First visit
    who: [support]
    compartment: core
gates:
  enough:
    title: Are the measures enough?
    guards: [visit]
    criteria:
      not_enough:
        stops_if: "review.enough == 'no'"
        reason: In the judgement of the officer, measures would not be enough.
        unknown: hold
        source: guide, part 6
        instead: [refuge]
"""
    }


_ENOUGH = """\
      enough:
        ask: Would the measures be enough?
        type: judgement
        because: What does this rest on?
        allow: [not_known]
"""

CHAPTER = Chapter(
    name="judgements",
    title="Judgements",
    text="""
Some things cannot be counted or ticked: an officer judges them. A question of the type `judgement` says so. It is
answered with yes or no, or with one of its options, and always with a reason, which is asked for just below. Together
with the step that asks it gives three facts: what was judged (`step.question`), why (`step.question_because`), and by
whom (`by.step`). Rules read the first; a letter may quote the second; the case shows all of them.
""",
    keys=("QuestionShape.because",),
    cases=(
        Case(
            title="A judgement, with its reason",
            files=_review(_ENOUGH),
            events="""\
- at: 2026-03-02 10:00
  did: review
  as: police
  answers:
    enough: no
    enough_because: The door can be reached from a flat roof.
""",
            expect="- at: 2026-03-02 10:30\n  outcome: stopped\n  stopped: [enough.not_enough]\n",
        ),
        Case(
            title="Not judged yet",
            text="Where it is not known yet, no reason is asked for.",
            files=_review(_ENOUGH),
            events="""\
- at: 2026-03-02 10:00
  did: review
  as: housing
  answers: {enough: not_known}
""",
            expect="- at: 2026-03-02 10:30\n  waiting: {visit: [review.enough]}\n",
        ),
        Case(
            title="With options of its own, as the outcome of a decision",
            files={
                "3-decision.yaml": """\
steps:
  decision:
    kind: decision
    title: Decision
    who: [housing]
    compartment: housing
    questions:
      outcome: {ask: What is best?, type: judgement, options: {stay: To stay, move: To move}}
  visit:
    kind: form
    title: First visit
    who: [support]
    compartment: core
    when: "decision.outcome == 'stay' && by.decision == 'housing'"
"""
            },
            events="""\
- at: 2026-03-02 10:00
  did: decision
  answers: {outcome: stay, outcome_because: The family is near.}
""",
            expect="- at: 2026-03-02 10:30\n  open: [assessment, visit]\n",
        ),
        Decided(
            title="What conditions can read of it",
            files=_review(_ENOUGH),
            answers={"review.enough": "yes", "review.enough_because": "The street is quiet."},
            outcomes=(
                ("review.enough == 'yes'", "true"),
                ("has(review.enough_because)", "true"),
            ),
        ),
        Refused(
            title="A reason for what is no judgement, one asked for twice, and judgements in rows",
            files=_review(
                """\
      enough: {ask: Would they be enough?, type: judgement}
      enough_because: {ask: Why?, type: text}
      other: {ask: And this?, type: yes_no, because: Why?}
      rows:
        ask: What else?
        type: rows
        columns:
          sure: {ask: Are they sure?, type: judgement}
"""
            ),
            problems=(
                "3-decision.yaml:9:7: 'enough' is a judgement, and its reason is asked for already; take this out",
                "3-decision.yaml:10:45: only a judgement has 'because'; this is yes_no",
                "3-decision.yaml:15:45: a row cannot have judgements in it; ask for one outside the rows",
            ),
        ),
    ),
)
