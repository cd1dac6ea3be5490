"""The chapter about flags that others hold."""

from tests.support.chapter import Case, Chapter, Refused

_FLAGS = """\
flags:
  fire_marker:
    title: Marker at the fire service
    held_by: The fire service
    raised_in: assessment.marker
    review: {step: marker_review, every: 3 months}
    removed_in: closing_down.marker_removed
    source: "guide, part 11"
"""
_STEPS = {
    "scheme.yaml": _FLAGS,
    "2-assessment.yaml": """\
steps:
  assessment:
    questions:
      marker: {ask: Was a marker put up at the fire service?, type: yes_no}
""",
    "7-monitoring.yaml": """\
steps:
  marker_review:
    kind: form
    title: Is the marker still needed?
    who: [support]
    compartment: core
    when: "flagged.fire_marker == 'due_for_review'"
    every: 1 day
  closing_down:
    kind: form
    title: Take down the marker
    who: [housing]
    compartment: core
    after: [assessment]
    when: "flagged.fire_marker != 'none'"
    questions:
      marker_removed: {ask: Has the fire service removed it?, type: yes_no}
  end:
    kind: form
    title: Everything is taken down
    who: [housing]
    compartment: core
    when: "flagged.fire_marker == 'removed'"
""",
}
_RAISED = """\
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers: {wants_it: yes, marker: yes}
"""

CHAPTER = Chapter(
    name="flags",
    title="Flags held elsewhere",
    text="""
A flag is something that others keep about the home or the person: a marker for the emergency services, a note at the
fire service or the benefits office. `flags` in scheme.yaml says for each which answer says that it was raised, when
it is looked at again, and which answer says that it was removed. Its fact is `flagged.NAME`: none, raised,
due_for_review or removed. Answers are read as they stand, so a flag that is raised again later is up again. Whoever
closes a case is told which flags are still up.
""",
    keys=("SchemeFile.flags", "FlagShape.*", "ReviewShape.*"),
    cases=(
        Case(
            title="Raised, looked at again, and removed",
            files=_STEPS,
            events=_RAISED
            + """\
- at: 2026-06-03 10:00
  did: marker_review
  as: support
- at: 2026-09-10 10:00
  did: closing_down
  as: housing
  answers: {marker_removed: yes}
""",
            expect="""\
- at: 2026-03-02 11:00
  open: [closing_down]
- at: 2026-06-02 11:00
  open: [closing_down, marker_review]
- at: 2026-06-04 11:00
  open: [closing_down]
- at: 2026-09-04 11:00
  open: [closing_down, marker_review]
- at: 2026-09-10 11:00
  open: [end]
""",
        ),
        Case(
            title="Never raised",
            files=_STEPS,
            events=_RAISED.replace("marker: yes", "marker: no"),
            expect="""\
- at: 2026-03-02 11:00
  open: []
""",
        ),
        Refused(
            title="A flag that nobody removes",
            files={**_STEPS, "scheme.yaml": _FLAGS.replace("    removed_in: closing_down.marker_removed\n", "")},
            problems=("scheme.yaml:2:3: 'fire_marker' needs the key 'removed_in'",),
        ),
        Refused(
            title="One answer for both, and a review that comes only once",
            files={
                "scheme.yaml": """\
flags:
  note:
    title: Note
    held_by: houseing
    raised_in: assessment.wants_it
    review: {step: assessment, every: 3 months}
    removed_in: assessment.wants_it
    source: "guide, part 11"
  other:
    title: Another note
    held_by: housing
    raised_in: referral.name
    removed_in: referral.hate_crime
    source: "guide, part 11"
"""
            },
            problems=(
                "scheme.yaml:4:14: there is no role 'houseing'; did you mean 'housing'?",
                "scheme.yaml:6:20: 'assessment' is done once; with 'every' it can be done again",
                "scheme.yaml:7:17: one answer cannot say that the flag was raised and that it was removed",
                "scheme.yaml:12:16: referral.name is not answered with yes or no",
            ),
        ),
    ),
)
