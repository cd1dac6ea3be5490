"""The chapter about measures that are not for every kind of dwelling."""

from tests.support.chapter import BEGUN, Case, Chapter, Refused

_DWELLING = """\
property:
  homes: {present: {title: The present home, address: referral.address, postcode: referral.postcode}}
  kind: assessment.dwelling
"""
_KINDS = """\
steps:
  assessment:
    questions:
      dwelling: {ask: What kind of home is it?, type: choice, options: {house: House, flat: Flat, boat: Boat}}
"""
_BY_KIND = """\
measures:
  fence: {title: Higher fence, only_in: house}
  door: {title: Stronger door, not_in: [boat], replaced_in: {flat: fire_door}}
  fire_door: {title: Fire door}
  latch: {title: Latch}
packages:
  outside: {title: Outside, measures: [fence, latch, door]}
"""
_BY_KIND_STEPS = """\
steps:
  specification:
    kind: specification
    title: What is to be fitted
    who: [police]
    compartment: housing
    questions:
      package: {ask: Which specification?, type: choice, options_from: packages}
  fence:
    kind: form
    title: Fence
    who: [housing]
    compartment: housing
    when: "'fence' in measures.specification"
  fire_door:
    kind: form
    title: Fire door
    who: [housing]
    compartment: housing
    when: "'fire_door' in measures.specification"
"""


def _lived_in(kind: str) -> str:
    return (
        BEGUN
        + f"""\
- at: 2026-03-02 09:20
  did: assessment
  as: housing
  answers: {{wants_it: yes, dwelling: {kind}}}
"""
    )


_SPECIFIED = """\
- at: 2026-03-03 10:00
  did: specification
  as: police
  answers: {package: outside}
"""

CHAPTER = Chapter(
    name="dwellings",
    title="Kinds of dwelling",
    text="""
`property` in scheme.yaml says which answer tells the kind of dwelling. A measure with `not_in` or `only_in` cannot be
chosen where it is not for that kind; where a package has it, it is left out, which is said before the answers are
recorded. With `replaced_in` another measure takes its place there. While the kind is not known, what is chosen is not
known either.
""",
    keys=("MeasureShape.not_in", "MeasureShape.only_in", "MeasureShape.replaced_in"),
    cases=(
        Case(
            title="In a flat no fence, and another door",
            text="In a house the package has its fence, and the door as it is.",
            files={
                "scheme.yaml": _DWELLING,
                "2-assessment.yaml": _KINDS,
                "measures.yaml": _BY_KIND,
                "4-survey.yaml": _BY_KIND_STEPS,
            },
            begun=_lived_in("flat"),
            events=_SPECIFIED,
            expect="""\
- at: 2026-03-03 11:00
  open: [fire_door]
""",
        ),
        Refused(
            title="A kind of dwelling that there is not",
            files={
                "scheme.yaml": _DWELLING,
                "2-assessment.yaml": _KINDS,
                "measures.yaml": """\
measures:
  fence: {title: Fence, not_in: [house, caravan], only_in: flatt}
  door: {title: Door, replaced_in: {flat: fence, house: door, hut: plain}}
  latch: {title: Latch, not_in: house, only_in: flat}
  plain: {title: Plain door}
""",
            },
            problems=(
                "measures.yaml:2:41: there is no kind of dwelling 'caravan'; there is boat, flat, house",
                "measures.yaml:2:51: write either 'not_in' or 'only_in', not both",
                "measures.yaml:2:60: there is no kind of dwelling 'flatt'; did you mean 'flat'?",
                "measures.yaml:3:43: 'fence' is not for 'flat' either",
                "measures.yaml:3:57: 'door' is not for 'house' either",
                "measures.yaml:3:63: there is no kind of dwelling 'hut'; there is boat, flat, house",
                "measures.yaml:4:40: write either 'not_in' or 'only_in', not both",
            ),
        ),
        Refused(
            title="No kinds of dwelling are known",
            files={"measures.yaml": "measures:\n  fence: {title: Fence, not_in: flat}\n"},
            problems=("measures.yaml:2:25: no kinds of dwelling are known: the scheme needs 'property' with 'kind'",),
        ),
    ),
)
