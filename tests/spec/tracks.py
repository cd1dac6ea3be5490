"""The chapter about tracks."""

from tests.support.chapter import Case, Chapter, Refused

_STEPS = """\
steps:
  triage:
    kind: form
    title: How great is the danger?
    who: [police]
    compartment: core
    questions:
      danger: {ask: Is it great?, type: yes_no}
  papers:
    kind: form
    title: The papers
    who: [support]
    compartment: core
    after: [assessment]
    questions:
      complete: {ask: Are they complete?, type: yes_no}
  decision:
    kind: form
    title: Decision
    who: [housing]
    compartment: core
    after: [papers]
  works:
    kind: form
    title: Works
    who: [housing]
    compartment: core
    after: [decision]
  visit:
    kind: form
    title: Visit afterwards
    who: [support]
    compartment: core
    after: [works]
gates:
  ready:
    title: Are the papers complete?
    guards: [decision, visit]
    criteria:
      papers:
        stops_if: "papers.complete == 'no'"
        reason: The papers are not complete.
        unknown: hold
        source: guide, part 3
"""


def _track(
    steps: str = "works: {after: [triage]}", defers: str = "", when: str = "triage.danger == 'yes'", more: str = ""
) -> dict[str, str]:
    return {
        "2-assessment.yaml": f"""\
{_STEPS}tracks:
  emergency:
    title: Works come first
    when: "{when}"
    steps: {{{steps}}}
    source: guide, part 9
{defers}{more}"""
    }


_DEFERS = "    defers: {ready.papers: {within: 5 working days, from: works}}\n"
_DANGER = """\
- at: 2026-03-02 10:00
  did: triage
  answers: {danger: yes}
"""
_CALM = """\
- at: 2026-03-02 10:00
  did: triage
  answers: {danger: no}
"""

CHAPTER = Chapter(
    name="tracks",
    title="Tracks",
    text="""
In an emergency the works come first and the papers after. A track says so: while its condition is true, the steps that
it names come after others than usual, and what comes after those goes with them. What stood behind a gate only because
of the usual order stands there no more; what a gate guards by name it guards on every track. `defers` gives rules time,
as `deferred` does for good. While the condition is not true, or not known, the usual order holds.
""",
    keys=("StageFile.tracks", "TrackShape.*", "TrackStepShape.*"),
    cases=(
        Case(
            title="The usual order",
            files=_track(),
            events=_CALM,
            expect="""\
- at: 2026-03-02 09:30
  track: none
  open: [assessment, triage]
- at: 2026-03-02 10:30
  track: none
  open: [assessment]
  waiting: {works: [decision]}
""",
        ),
        Case(
            title="Works come first",
            files=_track(),
            events=_DANGER,
            expect="""\
- at: 2026-03-02 10:30
  track: emergency
  open: [assessment, works]
  waiting: {decision: [papers], visit: [works]}
""",
        ),
        Case(
            title="A gate that is shut does not stop works that come first",
            files=_track(),
            events=_DANGER
            + """\
- at: 2026-03-02 11:00
  did: assessment
  answers: {wants_it: yes}
- at: 2026-03-02 11:30
  did: papers
  answers: {complete: no}
""",
            expect="""\
- at: 2026-03-02 12:00
  outcome: stopped
  stopped: [ready.papers]
  open: [works]
""",
        ),
        Case(
            title="Papers within five working days of the works",
            files=_track(defers=_DEFERS),
            events=_DANGER + "- at: 2026-03-02 12:00\n  did: works\n",
            expect="""\
- at: 2026-03-02 13:00
  open: [assessment, visit]
  deferred: {ready.papers: 2026-03-09 12:00}
- at: 2026-03-09 12:00
  open: [assessment]
  waiting: {visit: [papers.complete]}
  deferred: {}
""",
        ),
        Refused(
            title="Two tracks at once",
            files=_track(
                more="""\
  other:
    title: Another order
    when: "triage.danger == 'yes'"
    steps: {visit: {after: []}}
    source: guide, part 9
"""
            ),
            problems=(
                "2-assessment.yaml:53:11: this and 'emergency' can both be true; is it emergency then, or other?",
            ),
        ),
        Refused(
            title="Steps and rules that there are not",
            files=_track(
                steps="work: {after: [triag]}", defers="    defers: {ready.paper: {within: 5 days, from: work}}\n"
            ),
            problems=(
                "2-assessment.yaml:49:13: there is no step 'work'; did you mean 'works'?",
                "2-assessment.yaml:49:28: there is no step 'triag'; did you mean 'triage'?",
                "2-assessment.yaml:51:14: there is no criterion 'ready.paper'; did you mean 'ready.papers'?",
                "2-assessment.yaml:51:50: there is no step 'work'; did you mean 'works'?",
            ),
        ),
        Refused(
            title="A step that would wait for itself",
            files=_track(steps="triage: {after: [visit]}, papers: {after: [visit]}", when="case.area == 'town'"),
            problems=(
                (
                    "2-assessment.yaml:49:39: on this track a step waits for itself: "
                    "decision → papers → visit → works → decision"
                ),
                "2-assessment.yaml:49:39: on this track a step waits for itself: papers → visit → gate ready → papers",
            ),
        ),
        Refused(
            title="A track that changes nothing, and one that reads a gate",
            files=_track(steps="", when="gate.ready == 'stopped'"),
            problems=(
                "2-assessment.yaml:46:3: this track changes nothing: name steps to do after others, or rules to defer",
                "2-assessment.yaml:48:11: a track is taken before any gate is judged, so it cannot read gate.ready",
            ),
        ),
    ),
)
