"""The chapter about definitions that contradict themselves."""

from tests.support.chapter import Case, Chapter, Refused

_GATE = """\
    title: Is the scheme wanted?
    guards: [assessment]
"""
_RULE = "reason: It is about hate crime., unknown: hold, source: guide"

CHAPTER = Chapter(
    name="contradictions",
    title="Definitions that contradict themselves",
    text="""
A definition is read for what it can come to. What can never be so, and two rules that both decide, are problems as a
misspelt name is: told at their place, and the definition does not load.

All answers are tried that tell the conditions concerned apart: each option, each yes and no, each silence that a
question allows, a number or date below, at and above each one written out, and no answer at all. A question that its
form does not ask has none. What depends on the time, on rows or on sums may be so or not, whatever the answers are. So
a problem is never a false alarm; and where there are too many combinations to try, nothing is said.

A step that waits for itself, through the steps before it, its gates or its own condition, is told with the circle.
""",
    cases=(
        Refused(
            title="A gate that can never open",
            text="One of its criteria is true whatever is answered, or two of them leave no answer between them.",
            files={
                "2-assessment.yaml": f"""\
gates:
  wanted:
{_GATE}\
    criteria:
      hate: {{stops_if: "referral.hate_crime == 'yes'", {_RULE}}}
      other: {{stops_if: "referral.hate_crime != 'yes'", {_RULE}}}
"""
            },
            problems=(
                "2-assessment.yaml:2:3: this gate can never open: whatever is answered, 'hate' and 'other' stop it",
            ),
        ),
        Refused(
            title="A gate that holds for what is only asked behind it",
            files={
                "2-assessment.yaml": f"""\
gates:
  wanted:
{_GATE}\
    criteria:
      unwanted: {{stops_if: "assessment.wants_it == 'no'", {_RULE}}}
"""
            },
            problems=("base/2-assessment.yaml:2:3: this step waits for itself: assessment → gate wanted → assessment",),
        ),
        Refused(
            title="A criterion that never stops anything",
            text="""\
The second question is asked only of those who say no to the first.
""",
            files={
                "1-referral.yaml": """\
steps:
  talk:
    kind: form
    title: A talk
    who: [support]
    compartment: core
    questions:
      alone: {ask: Do they live alone?, type: yes_no}
      shares: {ask: Do they share a room?, type: yes_no, when: "talk.alone == 'no'"}
""",
                "2-assessment.yaml": f"""\
gates:
  wanted:
{_GATE}\
    criteria:
      crowded: {{stops_if: "talk.alone == 'yes' && talk.shares == 'yes'", {_RULE}}}
""",
            },
            problems=("2-assessment.yaml:6:27: no answers make this true, so 'crowded' never stops anything",),
        ),
        Refused(
            title="A need that makes no difference",
            text="Where all are needed each of them should be able to fail, and where one is enough, to hold.",
            files={
                "2-assessment.yaml": f"""\
gates:
  wanted:
{_GATE}\
    criteria:
      needs_it:
        unknown: hold
        source: guide
        reason: It is about hate crime.
        needs:
          all_of:
            hate: {{holds_if: "referral.hate_crime == 'yes'"}}
            either: {{holds_if: "referral.hate_crime == 'yes' || referral.hate_crime != 'yes'"}}
"""
            },
            problems=("2-assessment.yaml:13:32: no answers make this false, so 'either' makes no difference",),
        ),
        Refused(
            title="A step that is never to be done, and a question that is never asked",
            files={
                "2-assessment.yaml": """\
steps:
  visit:
    kind: form
    title: A visit
    who: [support]
    compartment: core
    when: "referral.hate_crime == 'yes' && referral.hate_crime == 'no'"
    questions:
      rooms: {ask: How many rooms?, type: number}
      none: {ask: Why none?, type: text, when: "visit.rooms < 1 && visit.rooms > 1"}
"""
            },
            problems=(
                "2-assessment.yaml:7:11: no answers make this true, so 'visit' is never to be done",
                "2-assessment.yaml:10:48: no answers make this true, so 'none' is never asked",
            ),
        ),
        Refused(
            title="A step that waits for itself",
            files={
                "2-assessment.yaml": """\
steps:
  one: {kind: form, title: One, who: [support], compartment: core, after: [two]}
  two: {kind: form, title: Two, who: [support], compartment: core, after: [one]}
"""
            },
            problems=("2-assessment.yaml:2:3: this step waits for itself: one → two → one",),
        ),
        Refused(
            title="Two rules that both say who plays a part",
            text="Where they name the same agency it does not matter that both apply.",
            files={
                "scheme.yaml": """\
agencies: {victim_support: Victim Support}
reassignments:
  - {role: support, agency: victim_support, when: "referral.hate_crime == 'yes'"}
  - {role: support, agency: constabulary, when: "has(referral.name)"}
  - {role: support, agency: victim_support, when: "referral.hate_crime == 'yes' && case.area == 'town'"}
"""
            },
            problems=(
                "scheme.yaml:4:49: this and line 3 can both be true; is it victim_support then, or constabulary?",
                "scheme.yaml:5:51: this and line 4 can both be true; is it constabulary then, or victim_support?",
            ),
        ),
        Refused(
            title="Two rows of a finding that both hold, and one that never does",
            files={
                "2-assessment.yaml": """\
findings:
  decides:
    title: Who decides
    rows:
      hate: {when: "referral.hate_crime == 'yes'", is: police, source: guide}
      named: {when: "has(referral.name)", is: housing, source: guide}
      neither: {when: "referral.hate_crime == 'yes' && referral.hate_crime == 'no'", is: support, source: guide}
      elsewhere: {otherwise: yes, is: housing, source: guide}
"""
            },
            problems=(
                "2-assessment.yaml:6:21: this and 'hate' can both be true; is it police then, or housing?",
                "2-assessment.yaml:7:23: no answers make this true, so 'neither' never decides anything",
            ),
        ),
        Refused(
            title="Two tracks for one case",
            files={
                "2-assessment.yaml": """\
tracks:
  soon: {title: Soon, when: "referral.hate_crime == 'yes'", steps: {assessment: {after: []}}, source: guide}
  later: {title: Later, when: "has(referral.name)", steps: {assessment: {after: []}}, source: guide}
"""
            },
            problems=("2-assessment.yaml:3:31: this and 'soon' can both be true; is it soon then, or later?",),
        ),
        Refused(
            title="Two steps that close the case with one answer",
            files={
                "7-monitoring.yaml": """\
steps:
  sign_off:
    kind: form
    title: Sign off
    who: [housing]
    compartment: core
    closes_with: closure.reason
"""
            },
            problems=("7-monitoring.yaml:7:18: 'closure' closes the case with this answer already",),
        ),
        Refused(
            title="A figure without a date, where another has one",
            text="""\
Two criteria of a gate that say the same but for a figure, two clocks from the same start to the same step, two
questions of a step in the same words.
""",
            files={
                "2-assessment.yaml": f"""\
steps:
  costs:
    kind: form
    title: What it costs
    who: [support]
    compartment: core
    clock: {{within: 2 days, from: referral, source: guide}}
    questions:
      price: {{ask: How much?, type: money}}
      grant: {{ask: How much?, type: money, in_force: {{from: 2026-04-01}}}}
gates:
  dear:
    title: Is it too dear?
    guards: [assessment]
    criteria:
      above: {{stops_if: "costs.price > 500.00", in_force: {{until: 2026-03-31}}, {_RULE}}}
      above_now: {{stops_if: "costs.price > 600.00", {_RULE}}}
clocks:
  costed: {{title: Costed, within: 3 days, from: referral, until: costs, in_force: {{from: 2026-04-01}}, source: g}}
"""
            },
            problems=(
                "2-assessment.yaml:7:5: 'costed' says the same and has a date; say with 'in_force' when this applies",
                "2-assessment.yaml:9:7: 'grant' says the same and has a date; say with 'in_force' when this applies",
                "2-assessment.yaml:17:7: 'above' says the same and has a date; say with 'in_force' when this applies",
            ),
        ),
        Refused(
            title="Two figures for the same day",
            files={
                "2-assessment.yaml": """\
clocks:
  old: {title: A, within: 3 days, from: referral, until: assessment, in_force: {until: 2026-04-01}, source: guide}
  new: {title: B, within: 2 days, from: referral, until: assessment, in_force: {from: 2026-04-01}, source: guide}
"""
            },
            problems=("2-assessment.yaml:3:80: 'old' says the same, and both apply on 2026-04-01",),
        ),
        Case(
            title="One figure after another",
            files={
                "2-assessment.yaml": """\
clocks:
  old: {title: A, within: 3 days, from: referral, until: assessment, in_force: {until: 2026-02-28}, source: guide}
  new: {title: B, within: 2 days, from: referral, until: assessment, in_force: {from: 2026-03-01}, source: guide}
"""
            },
            expect="""\
- at: 2026-03-02 09:30
  open: {assessment: 2026-03-04 09:10}
""",
        ),
    ),
)
