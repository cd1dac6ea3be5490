"""The chapter about rules that are less than hard."""

from tests.support.chapter import Case, Chapter, Refused

_STEPS = """\
steps:
  papers:
    kind: form
    title: The papers
    who: [support]
    compartment: core
    questions:
      complete: {ask: Are the papers complete?, type: yes_no}
  works:
    kind: form
    title: Works
    who: [housing]
    compartment: core
    questions:
      fitted: {ask: What was fitted?, type: choices, options_from: measures, optional: yes}
  visit:
    kind: form
    title: Visit afterwards
    who: [support]
    compartment: core
    after: [works]
"""
_MEASURES = """\
measures:
  alarm: {title: An alarm, source: "guide, part 4"}
  door: {title: A new door, source: "guide, part 4"}
packages:
  small: {title: A small package, measures: [alarm], source: "guide, part 4"}
  large: {title: A large package, includes: small, measures: [door], source: "guide, part 4"}
"""


def _gate(more: str, guards: str = "works", unknown: str = "hold") -> dict[str, str]:
    return {
        "2-assessment.yaml": f"""\
{_STEPS}gates:
  ready:
    title: Is all there?
    guards: [{guards}]
    criteria:
      papers:
        stops_if: "papers.complete == 'no'"
        reason: The papers are not complete.
        unknown: {unknown}
        source: guide, part 3
{more}""",
        "measures.yaml": _MEASURES,
    }


_INCOMPLETE = """\
- at: 2026-03-02 10:00
  did: papers
  answers: {complete: no}
"""
_OVERRIDE = "        override: {by: [housing]}\n"
_OVERRODE = """\
- at: 2026-03-02 11:00
  overrode: ready.papers
  as: housing
  because: The missing paper cannot be had, and the danger is great.
"""
_DEFERRED = "        deferred: {within: 5 days, from: works}\n"
_FITTED = """\
- at: 2026-03-02 12:00
  did: works
  answers: {fitted: [alarm]}
"""
_RETEST = "        retest: {in: 3 months}\n"
_LIFTED = "        lifted_for: {steps: [works], measures: [alarm]}\n"

CHAPTER = Chapter(
    name="easing",
    title="Rules that are less than hard",
    text="""
A criterion is hard: while it is not met, what stands behind its gate does not go ahead. Four keys make it less so.

`override` names the roles that may set the rule aside for one case. They give a reason; who did it and why is kept,
and the rule is listed as set aside from then on, whatever is answered later. `deferred` gives time: until it has run
out the rule neither stops nor holds anything, and is listed with the day on which it will. `retest` asks again:
answers that are older do not count for this rule, and the steps that gave them are open again, as long as anything
that the gate guards is to be done. `lifted_for` lets some steps go ahead all the same, whether the rule is not met or
not decided yet; where it names measures, only these may be chosen in those steps, and packages made of nothing else.
""",
    keys=(
        "CriterionShape.override",
        "CriterionShape.deferred",
        "CriterionShape.retest",
        "CriterionShape.lifted_for",
        "OverrideShape.*",
        "DeferredShape.*",
        "RetestShape.*",
        "LiftedShape.*",
    ),
    cases=(
        Case(
            title="It may be set aside",
            files=_gate(_OVERRIDE),
            events=_INCOMPLETE,
            expect="""\
- at: 2026-03-02 10:30
  outcome: stopped
  stopped: [ready.papers]
  soft: [ready.papers]
  overridden: []
""",
        ),
        Case(
            title="It was set aside",
            files=_gate(_OVERRIDE),
            events=_INCOMPLETE + _OVERRODE,
            expect="""\
- at: 2026-03-02 11:30
  outcome: open
  stopped: []
  soft: []
  overridden: [ready.papers]
  open: [assessment, works]
""",
        ),
        Case(
            title="It may be set aside before it is decided",
            files=_gate(_OVERRIDE),
            events=_OVERRODE,
            expect="- at: 2026-03-02 11:30\n  open: [assessment, papers, works]\n  overridden: [ready.papers]\n",
        ),
        Case(
            title="Papers within five days of the works",
            text="Before the works are done the rule does not count either; the case says from when it does.",
            files=_gate(_DEFERRED, guards="visit", unknown="carry_on"),
            events=_INCOMPLETE + _FITTED,
            expect="""\
- at: 2026-03-02 11:00
  outcome: open
  open: [assessment, works]
  deferred: {ready.papers: none}
- at: 2026-03-07 11:59
  outcome: open
  open: [assessment, visit]
  deferred: {ready.papers: 2026-03-07 12:00}
- at: 2026-03-07 12:00
  outcome: stopped
  stopped: [ready.papers]
  deferred: {}
""",
        ),
        Case(
            title="Asked again after three months",
            text="What was answered counts no longer for this rule, so it is undecided until the step is done anew.",
            files=_gate(_RETEST),
            events="""\
- at: 2026-03-02 10:00
  did: papers
  answers: {complete: yes}
- at: 2026-06-02 12:00
  did: papers
  answers: {complete: yes}
""",
            expect="""\
- at: 2026-06-02 09:59
  open: [assessment, works]
  done: [referral, papers]
- at: 2026-06-02 10:00
  open: [assessment, papers]
  done: [referral]
  waiting: {works: [papers.complete]}
  unknown: [papers.complete]
- at: 2026-06-02 12:00
  open: [assessment, works]
  done: [referral, papers]
""",
        ),
        Case(
            title="Not asked again once what it stood before is done",
            files=_gate(_RETEST),
            events="""\
- at: 2026-03-02 10:00
  did: papers
  answers: {complete: yes}
"""
            + _FITTED,
            expect="- at: 2027-03-02 10:00\n  open: [assessment, visit]\n  done: [referral, papers, works]\n",
        ),
        Case(
            title="Lifted for a step, with one measure",
            text="Others than the measures named cannot be chosen meanwhile.",
            files=_gate(_LIFTED, guards="works, visit"),
            events=_INCOMPLETE,
            expect="""\
- at: 2026-03-02 10:30
  outcome: stopped
  stopped: [ready.papers]
  limited: {works: [alarm]}
  open: [assessment, works]
""",
        ),
        Case(
            title="Lifted while it is not decided",
            files=_gate(_LIFTED, guards="works, visit"),
            expect="- at: 2026-03-02 10:30\n  limited: {works: [alarm]}\n  open: [assessment, papers, works]\n",
        ),
        Case(
            title="Nothing is limited once the rule is met",
            files=_gate(_LIFTED),
            events="- at: 2026-03-02 10:00\n  did: papers\n  answers: {complete: yes}\n",
            expect="- at: 2026-03-02 10:30\n  limited: {}\n  open: [assessment, works]\n",
        ),
        Refused(
            title="Roles, steps and measures that there are not",
            files=_gate(
                """\
        override: {by: [housin]}
        deferred: {within: 5 days}
        lifted_for: {steps: [assessment, work], measures: [alarms]}
"""
            ),
            problems=(
                "2-assessment.yaml:32:25: there is no role 'housin'; did you mean 'housing'?",
                "2-assessment.yaml:33:9: 'deferred' needs the key 'from'",
                "2-assessment.yaml:34:30: this gate does not stop 'assessment', so there is nothing to lift",
                "2-assessment.yaml:34:42: there is no step 'work'; did you mean 'works'?",
                "2-assessment.yaml:34:60: there is no measure 'alarms'; did you mean 'alarm'?",
            ),
        ),
        Refused(
            title="Nothing to ask again, and time from something that has none",
            files={
                "2-assessment.yaml": """\
gates:
  new:
    title: Is the case new?
    guards: [assessment]
    criteria:
      old:
        stops_if: "case.opened < now - days(30)"
        reason: It was opened long ago.
        unknown: hold
        source: guide, part 3
        retest: {in: 3 months}
        deferred: {within: 5 days, from: assessment.wants_it}
"""
            },
            problems=(
                "2-assessment.yaml:11:9: this rule reads nothing that somebody answers: there is nothing to ask again",
                (
                    "2-assessment.yaml:12:42: assessment.wants_it is one choice; time is counted from a date, or a "
                    "date with a time"
                ),
            ),
        ),
        Refused(
            title="Answers that would never count",
            files=_gate("        retest: {in: 0 days}\n"),
            problems=(
                "2-assessment.yaml:32:22: write a length of time that is longer than none, like 28 days or 3 months",
            ),
        ),
    ),
)
