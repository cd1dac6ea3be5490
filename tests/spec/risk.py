"""The chapter about the risk: tools, levels, floor and ceiling, and what follows when the level changes."""

from tests.support.chapter import Case, Chapter, Refused

_RISK = """\
risk:
  levels: {standard: Standard, medium: Medium, high: High}
  tools:
    dash:
      title: DASH
      version: "2009"
      gives: {standard: standard, medium: medium, high: high}
      source: guide, part 2
    checklist:
      title: Young people's checklist
      version: second edition
      gives: {low: standard, some_concern: medium, grave_concern: high}
      source: guide, part 2
  asked_in: [assessment.risk, risk_review.risk]
"""
_CHANGES = "  changes: {reopens: [approval]}\n"
_SHORT = """\
    dash_very:
      title: Another
      version: first
      gives: {high: high}
      source: guide, part 2
"""
_PLAIN = """\
steps:
  assessment:
    questions:
      note: {ask: What else?, type: text, optional: yes}
"""
_ASKED = """\
steps:
  assessment:
    questions:
      risk: {ask: What does the assessment come to?, type: choice, options_from: risk}
  risk_review:
    kind: form
    title: New assessment of the risk
    who: [police]
    compartment: police
    any_time: yes
    questions:
      risk: {ask: What does it come to now?, type: choice, options_from: risk}
"""
_APPROVAL = """\
steps:
  approval:
    kind: decision
    title: Approval
    who: [housing]
    compartment: core
    after: [assessment]
    questions:
      outcome: {ask: What is decided?, type: yes_no}
gates:
  right_level:
    title: Is the scheme right for this risk?
    guards: [approval]
    criteria:
      level:
        %s
        reason: The scheme is for another level of risk.
        unknown: hold
        source: guide, part 2
"""
_MEETS = "{at: 2026-03-02 10:00, did: assessment, as: housing, answers: {wants_it: yes, risk: %s}}"


def _files(criterion: str, risk: str = _RISK, asked: str = _ASKED) -> dict[str, str]:
    return {"scheme.yaml": risk, "2-assessment.yaml": asked, "3-decision.yaml": _APPROVAL % criterion}


def _assessed(risk: str) -> str:
    return f"- {_MEETS % risk}\n"


CHAPTER = Chapter(
    name="risk",
    title="The risk",
    text="""
A scheme says how it measures the risk: its own levels, the lowest first, and the published tools that it accepts, each
with its edition and what its results are in the scheme's levels. A question with `options_from: risk` offers every
result of every tool, worded "DASH (2009): medium", and its answer is `dash_medium`.

Two facts follow, `risk.level` and `risk.tool`: those of the assessment done last, whichever question it answered. In a
criterion, `floor` and `ceiling` stand for a condition on the level. When a later assessment comes to another level, the
steps named under `changes` are to be done again.
""",
    keys=(
        "SchemeFile.risk",
        "RiskShape.*",
        "RiskToolShape.*",
        "RiskChangesShape.*",
        "CriterionShape.floor",
        "CriterionShape.ceiling",
    ),
    cases=(
        Case(
            title="A ceiling",
            text="Each tool speaks its own words; the level is the scheme's.",
            files=_files("ceiling: medium"),
            events=_assessed("checklist_grave_concern"),
            expect="""\
- at: 2026-03-02 11:00
  outcome: stopped
  stopped: [right_level.level]
""",
        ),
        Case(
            title="A floor",
            files=_files("floor: medium"),
            events=_assessed("dash_medium"),
            expect="""\
- at: 2026-03-02 11:00
  open: [approval]
""",
        ),
        Case(
            title="A condition on the level and the tool",
            files=_files("stops_if: \"risk.level == 'medium' && risk.tool == 'dash'\""),
            events=_assessed("dash_medium"),
            expect="""\
- at: 2026-03-02 11:00
  stopped: [right_level.level]
""",
        ),
        Case(
            title="Not assessed yet",
            files=_files("floor: medium"),
            expect="""\
- at: 2026-03-02 09:30
  open: [assessment]
  waiting: {approval: [assessment]}
  unknown: []
""",
        ),
        Case(
            title="The level changes while the case is open",
            text="A decision that rested on another level is to be made again.",
            files=_files("floor: standard\n        ceiling: medium", risk=_RISK + _CHANGES),
            events=_assessed("dash_standard")
            + """\
- {at: 2026-03-03 10:00, did: approval, as: housing, answers: {outcome: yes}}
- {at: 2026-03-04 10:00, did: risk_review, as: police, answers: {risk: checklist_low}}
- {at: 2026-03-05 10:00, did: risk_review, as: police, answers: {risk: dash_medium}}
""",
            expect="""\
- at: 2026-03-04 11:00
  open: []
- at: 2026-03-05 11:00
  open: [approval]
""",
        ),
        Refused(
            title="A level that there is not",
            files=_files("floor: medium", risk=_RISK.replace("some_concern: medium", "some_concern: midium")),
            problems=("scheme.yaml:12:44: there is no level 'midium'; did you mean 'medium'?",),
        ),
        Refused(
            title="A misspelt key",
            text="Nothing is said of what rests on the risk until the risk itself is understood.",
            files=_files("floor: medium", risk=_RISK.replace("  levels:", "  leves:")),
            problems=("scheme.yaml:2:3: there is no key 'leves' here; did you mean 'levels'?",),
        ),
        Refused(
            title="A floor where no risk is measured",
            files={"2-assessment.yaml": _PLAIN, "3-decision.yaml": _APPROVAL % "floor: medium"},
            problems=("3-decision.yaml:16:9: the scheme has no 'risk', so there is no level to compare with",),
        ),
        Refused(
            title="Two ways of saying when",
            files=_files("floor: medium\n        stops_if: \"risk.level == 'high'\""),
            problems=(
                "3-decision.yaml:16:9: this criterion has 'stops_if' already; write either the one or the other",
            ),
        ),
        Refused(
            title="Two results with one name",
            files=_files(
                "floor: medium",
                risk=_RISK.replace("    checklist:", _SHORT + "    checklist:").replace(
                    "{standard: s", "{very_high: high, standard: s"
                ),
            ),
            problems=("scheme.yaml:12:15: 'dash' has the answer 'dash_very_high' already; call this something else",),
        ),
        Refused(
            title="A step that asks for the risk and would be reopened by it",
            files=_files("floor: medium", risk=_RISK + _CHANGES.replace("approval", "approval, assessment")),
            problems=("scheme.yaml:15:33: 'assessment' says what the risk is, so it stays done",),
        ),
        Refused(
            title="A floor above the ceiling",
            files=_files("floor: high\n        ceiling: medium"),
            problems=("3-decision.yaml:16:16: this floor is above the ceiling, 'medium'",),
        ),
        Refused(
            title="A floor that stops nobody",
            files=_files("floor: standard"),
            problems=("3-decision.yaml:16:16: every level is within this, so it stops nobody",),
        ),
        Refused(
            title="A risk that no step asks for",
            files=_files("floor: medium", asked=_ASKED.replace("risk_review:", "review:")),
            problems=(
                "2-assessment.yaml:12:7: name this question in the scheme's 'risk', under 'asked_in': review.risk",
                "scheme.yaml:14:31: there is no step 'risk_review' with questions; did you mean 'review'?",
            ),
        ),
        Refused(
            title="A question that asks for something else",
            files=_files(
                "floor: medium", risk=_RISK.replace("assessment.risk,", "assessment.wants_it, assessment.risk,")
            ),
            problems=(
                "scheme.yaml:14:14: assessment.wants_it does not ask for the risk: it needs 'options_from: risk'",
            ),
        ),
    ),
)
