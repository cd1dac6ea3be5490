"""The chapter about measures and packages."""

from tests.support.chapter import BEGUN, Case, Chapter, Refused

_MEASURES = """\
measures:
  window_lock: {title: Window locks, group: openings, source: "guide, part 9", meets: [N24]}
  mortice: {title: Mortice lock, group: openings, standard: BS 3621}
  safe_door: {title: Half-hour fire door, group: safe_room, standard: BS 476}
packages:
  minimum: {title: Minimum, measures: [window_lock, mortice], source: "guide, part 9", meets: [N24]}
  sanctuary: {title: Sanctuary, includes: minimum, measures: [safe_door]}
"""

_TERMS = """\
measures:
  window_lock: {title: Window locks, implies: [window_key]}
  window_key: {title: Keys for the windows, sort: provided}
  safe_door: {title: Half-hour fire door, implies: [smoke_alarm]}
  smoke_alarm: {title: Smoke alarms, mandatory_when: "referral.hate_crime == 'yes'"}
  camera:
    title: Camera outside
    status: denied
    reason: The scheme fits no cameras outside.
    instead: [window_lock, advice]
    source: "guide, part 9"
  grille:
    title: Window grilles
    status: exceptional
    justified_in: specification.why
    approved_by: [housing]
    approved_in: agreement.agreed
    source: "guide, part 9"
  phone: {title: Mobile phone, sort: provided, returned_in: recovery.returned}
  safety_plan: {title: Safety plan, sort: service}
packages:
  windows: {title: Windows, measures: [window_lock]}
  doors: {title: Doors, measures: [safe_door]}
  both: {title: Both, includes: [windows, doors], measures: [phone]}
"""
_SURVEY = """\
steps:
  specification:
    kind: specification
    title: What is to be fitted
    who: [police]
    compartment: housing
    questions:
      package: {ask: Which specification?, type: choice, options_from: packages, optional: yes}
      extra: {ask: What else?, type: choices, options_from: measures, optional: yes}
      why: {ask: Why is more needed?, type: text, optional: yes}
  agreement:
    kind: decision
    title: Agreement to the exceptions
    who: [housing]
    compartment: housing
    when: "size(measures.specification_exceptional) > 0"
    questions:
      outcome: {ask: Is everything agreed?, type: yes_no}
      agreed: {ask: Which are agreed?, type: choices, options_from: measures, optional: yes}
  fitting:
    kind: form
    title: Fitting
    who: [housing]
    compartment: housing
    after: [specification]
    when: "size(measures.specification_awaiting) == 0 && size(measures.specification_fitted) > 0"
  smoke_test:
    kind: form
    title: Test of the smoke alarms
    who: [housing]
    compartment: housing
    when: "'smoke_alarm' in measures.specification"
  recovery:
    kind: form
    title: Return of what was lent
    who: [support]
    compartment: core
    when: "size(measures.on_loan) > 0"
    every: 1 day
    questions:
      returned: {ask: What came back?, type: choices, options_from: measures, optional: yes}
"""
_FILES = {"measures.yaml": _TERMS, "4-survey.yaml": _SURVEY}
_BEGUN = (
    BEGUN
    + """\
- at: 2026-03-02 09:20
  did: assessment
  as: housing
  answers: {wants_it: yes}
"""
)


def _specified(answers: str) -> str:
    return f"- at: 2026-03-03 10:00\n  did: specification\n  as: police\n  answers: {answers}\n"


def _measures(text: str) -> dict[str, str]:
    return {"measures.yaml": "measures:\n" + text}


CHAPTER = Chapter(
    name="measures",
    title="Measures and packages",
    text="""
`measures.yaml` lists what can be fitted or provided, with the standard that it has to reach, and the model
specifications that are made of measures. A package that `includes` others has all of their measures as well.

A measure may be chosen unless its `status` says otherwise. In a step of the kind specification the answers are judged
together:

- Choosing one that is `denied` is told with its reason, its source and what else there is.
- An `exceptional` one needs an answer to the question in `justified_in`, and the agreement of somebody: of the roles
  in `approved_by` that fill in the specification themselves, or by the answer to `approved_in`. What is not agreed is
  left out.
- What a measure `implies`, and what is mandatory, is added. That is said before the answers are recorded.
- In a kind of dwelling that a measure is not for, it cannot be chosen; where a package has it, it is left out.
  `property` says which answer tells the kind of dwelling. In `replaced_in` another measure takes its place.

What follows from it are facts for conditions: `measures.STEP` is everything that was chosen in a step, with what
packages hold and what was added; `measures.STEP_fitted` that part of it which is fitted to the property (a telephone
or a safety plan is not, and needs no owner's permission). For a specification `measures.STEP_exceptional` are the
exceptions in it and `measures.STEP_awaiting` those that nobody has agreed to yet. `measures.on_loan` is what was lent
and has not come back. While it is not known whether something is mandatory, or what kind of dwelling it is, these are
not known either, and what reads them waits for the answer.
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
        Case(
            title="What comes with it",
            text="Window locks bring their keys and the fire door brings smoke alarms, which makes their test apply.",
            files=_FILES,
            begun=_BEGUN.replace("as: support", "as: support\n  answers: {hate_crime: no}"),
            events=_specified("{package: both}"),
            expect="""\
- at: 2026-03-03 11:00
  open: [fitting, smoke_test, recovery]
""",
        ),
        Case(
            title="Not known whether something is mandatory",
            files=_FILES,
            begun=_BEGUN,
            events=_specified("{package: windows}"),
            expect="""\
- at: 2026-03-03 11:00
  open: []
  waiting: {fitting: [referral.hate_crime], smoke_test: [referral.hate_crime]}
""",
        ),
        Case(
            title="Mandatory in some cases",
            files=_FILES,
            begun=_BEGUN.replace("as: support", "as: support\n  answers: {hate_crime: yes}"),
            events=_specified("{extra: [safety_plan]}"),
            expect="""\
- at: 2026-03-03 11:00
  open: [fitting, smoke_test]
""",
        ),
        Case(
            title="Nothing that is fitted to the property",
            files=_FILES,
            begun=_BEGUN.replace("as: support", "as: support\n  answers: {hate_crime: no}"),
            events=_specified("{extra: [phone, safety_plan]}"),
            expect="""\
- at: 2026-03-03 11:00
  open: [recovery]
""",
        ),
        Case(
            title="An exception waits for its agreement",
            files=_FILES,
            begun=_BEGUN.replace("as: support", "as: support\n  answers: {hate_crime: no}"),
            events=_specified("{extra: [window_lock, grille], why: The ground floor is hidden from the street}")
            + """\
- at: 2026-03-04 10:00
  did: agreement
  as: housing
  answers: {outcome: yes, agreed: [grille]}
""",
            expect="""\
- at: 2026-03-03 11:00
  open: [agreement]
- at: 2026-03-04 11:00
  open: [fitting]
""",
        ),
        Case(
            title="What was lent comes back",
            files=_FILES,
            begun=_BEGUN.replace("as: support", "as: support\n  answers: {hate_crime: no}"),
            events=_specified("{extra: [phone]}")
            + """\
- at: 2026-03-05 10:00
  did: recovery
  as: support
  answers: {returned: [phone]}
""",
            expect="""\
- at: 2026-03-04 11:00
  open: [recovery]
- at: 2026-03-09 11:00
  open: []
""",
        ),
        Refused(
            title="A denied measure that is brought along",
            files={
                "measures.yaml": """\
measures:
  camera: {title: Camera, status: denied, reason: No., source: "guide, part 9", mandatory_when: "has(referral.name)"}
  lock: {title: Lock, implies: [camera]}
packages:
  all: {title: All, measures: [camera, lock]}
"""
            },
            problems=(
                "measures.yaml:2:81: a measure that is denied is never mandatory",
                "measures.yaml:3:33: 'camera' is denied, so nothing else may bring it along",
                "measures.yaml:5:32: 'camera' is denied, so nothing else may bring it along",
            ),
        ),
        Refused(
            title="A status without what it needs",
            files=_measures(
                """\
  camera: {title: Camera, status: denied}
  grille: {title: Grille, status: exceptional, source: "guide, part 9"}
  lock: {title: Lock, reason: It is strong., approved_by: [housing]}
"""
            ),
            problems=(
                "measures.yaml:2:3: a measure that is denied needs the key 'reason'",
                "measures.yaml:2:3: a measure that is denied needs the key 'source'",
                "measures.yaml:3:3: a measure that is exceptional needs someone who agrees to it: 'approved_by'",
                "measures.yaml:3:3: a measure that is exceptional needs the key 'justified_in'",
                "measures.yaml:4:23: 'reason' is for a measure that is denied; this one is allowed",
                "measures.yaml:4:46: 'approved_by' is for a measure that is exceptional; this one is allowed",
            ),
        ),
        Refused(
            title="Packages that include each other, and a measure that implies itself",
            files={
                "measures.yaml": """\
measures:
  lock: {title: Lock, implies: [key]}
  key: {title: Key, implies: [lock]}
packages:
  small: {title: Small, includes: large}
  large: {title: Large, includes: [other, small]}
  other: {title: Other, measures: [lock]}
"""
            },
            problems=(
                "measures.yaml:2:32: this measure implies itself: lock → key → lock",
                "measures.yaml:3:30: this measure implies itself: key → lock → key",
                "measures.yaml:5:35: this package includes itself: small → large → small",
                "measures.yaml:6:35: this package includes itself: large → small → large",
            ),
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
