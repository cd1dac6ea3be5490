"""The chapter about the home of concern: the present one, one to return to or one to move into."""

from tests.support.chapter import Case, Chapter, Refused

_PROPERTY = """\
property:
  which: assessment.which_home
  homes:
    present: {title: The present home, address: referral.address, postcode: referral.postcode}
    move_into: {title: A home to move into, address: assessment.new_address, postcode: assessment.new_postcode}
  kind: assessment.kind
  holders: assessment.holders
"""
_HEADER = "header: {address: property.address, postcode: property.postcode}\n"
_ASKED = """\
steps:
  assessment:
    questions:
      which_home:
        ask: Which home is it about?
        type: choice
        options: {present: The present one, move_into: One to move into}
        optional: yes
      new_address:
        ask: What will the address be?
        type: address
        when: "assessment.which_home == 'move_into'"
      new_postcode:
        ask: What will the postcode be?
        type: postcode
        when: "assessment.which_home == 'move_into'"
      kind: {ask: What kind of home is it?, type: choice, options: {house: House, flat: Flat}, allow: [not_known]}
      holders: {ask: Who is on the tenancy?, type: choices, options: {victim: The person, other: Somebody else}}
"""
_VISIT = """\
steps:
  visit:
    kind: form
    title: Visit to the new home
    who: [support]
    compartment: core
    after: [assessment]
    when: "property.which == 'move_into' && property.kind == 'house' && 'victim' in property.holders"
"""
_FILES = {"scheme.yaml": _PROPERTY + _HEADER, "2-assessment.yaml": _ASKED, "4-survey.yaml": _VISIT}
_MOVING = """\
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers:
    wants_it: yes
    which_home: move_into
    new_address: 2 Example Street
    new_postcode: AB1 2CD
    kind: %s
    holders: [victim]
"""

CHAPTER = Chapter(
    name="homes",
    title="The home of concern",
    text="""
The home to be made safer may be the present one, one to return to, or one to move into. A scheme that has to tell them
apart lists them under `property`, with the questions that ask for the address of each, and the question that says
`which` it is. The facts `property.which`, `property.address` and `property.postcode` are then those of that home, and
the header may name them; `property.kind` and `property.holders` say what kind of dwelling it is and who is on the
tenancy or the deed.
""",
    keys=("SchemeFile.property", "PropertyShape.*", "HomeShape.*"),
    cases=(
        Case(
            title="A home to move into",
            files=_FILES,
            events=_MOVING % "house",
            expect="""\
- at: 2026-03-02 11:00
  open: [visit]
""",
        ),
        Case(
            title="A kind that is not known",
            text="What is waited for is the answer behind the fact.",
            files=_FILES,
            events=_MOVING % "not_known",
            expect="""\
- at: 2026-03-02 11:00
  open: []
  waiting: {visit: [assessment.kind]}
""",
        ),
        Refused(
            title="Homes that nothing tells apart",
            files={**_FILES, "scheme.yaml": _PROPERTY.replace("  which: assessment.which_home\n", "") + _HEADER},
            problems=("scheme.yaml:2:3: say with 'which' what question tells these homes apart",),
        ),
        Refused(
            title="An option that is no home",
            files={
                "scheme.yaml": _PROPERTY.replace("move_into: {t", "moves_into: {t") + _HEADER,
                "2-assessment.yaml": _ASKED,
            },
            problems=(
                "scheme.yaml:2:10: every option of assessment.which_home has to be a home; not move_into",
                "scheme.yaml:5:5: assessment.which_home has no option 'moves_into', so it is never this home",
            ),
        ),
        Refused(
            title="A kind that is no choice",
            files={**_FILES, "scheme.yaml": _PROPERTY.replace("assessment.kind", "assessment.new_address") + _HEADER},
            problems=("scheme.yaml:6:9: assessment.new_address is text; the kind is one choice",),
        ),
        Refused(
            title="An address that is none",
            files={**_FILES, "scheme.yaml": _PROPERTY + _HEADER.replace("property.address", "property.adress")},
            problems=("scheme.yaml:8:28: there is no 'property' fact 'adress'; did you mean 'address'?",),
        ),
    ),
)
