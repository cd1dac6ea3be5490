"""The chapter about measures and packages."""

from tests.support.chapter import Case, Chapter, Refused

_MEASURES = """\
measures:
  window_lock: {title: Window locks, group: openings, source: "guide, part 9", meets: [N24]}
  mortice: {title: Mortice lock, group: openings, standard: BS 3621}
  safe_door: {title: Half-hour fire door, group: safe_room, standard: BS 476}
packages:
  minimum: {title: Minimum, measures: [window_lock, mortice], source: "guide, part 9", meets: [N24]}
  sanctuary: {title: Sanctuary, includes: minimum, measures: [safe_door]}
"""

CHAPTER = Chapter(
    name="measures",
    title="Measures and packages",
    text="""
`measures.yaml` lists what can be fitted or provided, with the standard that it has to reach, and the model
specifications that are made of measures. A package that `includes` another has all of its measures as well.
""",
    keys=("MeasuresFile.*", "MeasureShape.*", "PackageShape.*"),
    cases=(
        Case(
            title="A package that includes another, with one more measure",
            files={
                "measures.yaml": _MEASURES,
                "4-survey.yaml": """\
steps:
  specification:
    kind: specification
    title: What is to be fitted
    who: [police]
    compartment: housing
    questions:
      package: {ask: Which specification?, type: choice, options_from: packages}
      extra: {ask: What else?, type: choices, options_from: measures.openings, optional: yes}
""",
            },
            events="""\
- at: 2026-03-03 10:00
  did: specification
  as: police
  answers: {package: sanctuary, extra: [window_lock]}
""",
            expect="""\
- at: 2026-03-03 11:00
  done: [referral, specification]
""",
        ),
        Refused(
            title="A measure that does not exist",
            files={
                "measures.yaml": """\
measures:
  window_lock: {title: Window locks}
packages:
  minimum: {title: Minimum, measures: [window_look]}
"""
            },
            problems=("measures.yaml:4:40: there is no measure 'window_look'; did you mean 'window_lock'?",),
        ),
    ),
)
