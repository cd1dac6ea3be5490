"""The chapter about what questions and measures of different schemes have in common."""

from tests.support.chapter import Case, Chapter, Refused

_CATALOGUE = """\
facts:
  tenure: {title: How the home is held, options: {council: From the council, private: From a landlord, owner: Owned}}
  wanted: {title: The person wants the scheme}
measures:
  door_locks: {title: Door locks}
  smoke_alarms: {title: Smoke alarms}
  fire_equipment: {title: Fire blanket and the like}
"""


def _asks(question: str) -> str:
    return f"""\
steps:
  visit:
    kind: form
    title: First visit
    who: [support]
    compartment: core
    questions:
{question}"""


_TENURE = _asks("""\
      tenure:
        ask: Who is the landlord?
        type: choice
        options: {public: The council, private: Someone else, none: Nobody, boat: It is a boat}
        means: {tenure: {public: council, none: [owner], boat: []}}
      wanted: {ask: Do they want it?, type: yes_no, means: wanted}
""")

_OR_NOTHING = "or [] for nothing; the meaning 'tenure' has council, private, owner"

CHAPTER = Chapter(
    name="meanings",
    title="What things mean in other schemes",
    text="""
Schemes ask the same thing in their own words and with their own options. The file `meanings.yaml` beside the folders of
the schemes lists what they have in common; a question or a measure says which of it it `means`, so that schemes can be
[compared](../commands.md). It changes nothing about a case.

`means: tenure` is enough where the options have the same names. Otherwise a mapping says what an option means: one
answer, several of which it covers, or `[]` for none; an option that is not in it means the answer of the same name.

`sanctuary compare` takes a file of `facts` in these words. The folder `contradictions` beside the schemes holds what
they are known not to agree on: the same facts, what each scheme says to them and where its document says so.
`sanctuary check` runs them. A side names the rules that stop, and by topic what is so:

| topic | about what | what can be so |
| --- | --- | --- |
| `asks` | a meaning | `decides` (a rule looks at it), `asked`, `not asked` |
| `refers` | a role or a route | the step in which it refers, or `route` |
| `decides` | a decision | the roles, the fact that names them, or the rule by which opinions are one |
| `order` | `course` | which comes first: decisions, specifications and works, as often as they change |
| `takes_part` | a role | the agency |
| `measures` | a sort of measure | `allowed`, `denied`, `exceptional`, `not offered` |
| `times` | a clock | the time allowed, or `not stated` |
| `follow_up` | a step of the aftercare | when it opens or comes back, or `once` |
| `words` | a word of the vocabulary | what is said instead |
""",
    keys=(
        "MeaningsFile.*",
        "MeaningShape.*",
        "MeasureMeaningShape.*",
        "QuestionShape.means",
        "MeasureShape.means",
        "GivenFile.*",
        "ContradictionFile.*",
        "SideShape.*",
    ),
    cases=(
        Case(
            title="The same options, other options, and a measure that is two things",
            files={
                "../meanings.yaml": _CATALOGUE,
                "2-assessment.yaml": _TENURE,
                "measures.yaml": """\
measures:
  locks: {title: New locks, means: door_locks}
  fire_pack: {title: Detector and blanket, means: [smoke_alarms, fire_equipment]}
""",
            },
            events="""\
- at: 2026-03-02 10:00
  did: visit
  as: support
  answers: {tenure: public, wanted: "yes"}
""",
            expect="""\
- at: 2026-03-02 11:00
  done: [referral, visit]
""",
        ),
        Refused(
            title="A meaning that does not exist",
            files={
                "../meanings.yaml": _CATALOGUE,
                "2-assessment.yaml": _asks("""\
      wanted: {ask: Do they want it?, type: yes_no, means: wantd}
      again: {ask: Do they still want it?, type: yes_no, means: {wantd: {yes: yes}}}
"""),
                "measures.yaml": "measures:\n  locks: {title: New locks, means: door_lock}\n",
            },
            problems=(
                "2-assessment.yaml:8:60: there is no meaning 'wantd'; did you mean 'wanted'?",
                "2-assessment.yaml:9:66: there is no meaning 'wantd'; did you mean 'wanted'?",
                "measures.yaml:2:36: there is no meaning 'door_lock'; did you mean 'door_locks'?",
            ),
        ),
        Refused(
            title="Options that mean nothing, or that are not there",
            files={
                "../meanings.yaml": _CATALOGUE,
                "2-assessment.yaml": _asks("""\
      tenure: {ask: Whose is it?, type: choice, options: {mine: Mine, rented: Not mine}, means: tenure}
      home: {ask: Whose is it?, type: choice, options: {mine: Mine}, means: {tenure: {mine: ownr, yours: owner}}}
"""),
            },
            problems=(
                f"2-assessment.yaml:8:90: say what 'mine' means, {_OR_NOTHING}",
                f"2-assessment.yaml:8:90: say what 'rented' means, {_OR_NOTHING}",
                "2-assessment.yaml:9:93: the meaning 'tenure' has no answer 'ownr'; did you mean 'owner'?",
                "2-assessment.yaml:9:99: there is no option 'yours'; there is mine",
            ),
        ),
        Refused(
            title="A text means nothing that can be compared",
            files={
                "../meanings.yaml": _CATALOGUE,
                "2-assessment.yaml": _asks("      wish: {ask: What do they wish?, type: text, means: wanted}\n"),
            },
            problems=("2-assessment.yaml:8:51: only yes_no, choice, choices, judgement can mean something, not text",),
        ),
        Refused(
            title="A catalogue that is wrong itself",
            text="What is wrong with it is told with the first scheme that refers to it.",
            files={
                "../meanings.yaml": "facts:\n  wanted: {titel: The person wants the scheme}\n",
                "2-assessment.yaml": _asks("      wanted: {ask: Do they want it?, type: yes_no, means: wanted}\n"),
            },
            problems=("meanings.yaml:2:12: there is no key 'titel' here; did you mean 'title'?",),
        ),
        Case(
            title="No catalogue at all",
            text="The scheme runs all the same: it is only that nothing can be compared.",
            files={"2-assessment.yaml": _asks("      wanted: {ask: Do they want it?, type: yes_no, means: wanted}\n")},
            events="""\
- at: 2026-03-02 10:00
  did: visit
  as: support
  answers: {wanted: "no"}
""",
            expect="""\
- at: 2026-03-02 11:00
  done: [referral, visit]
""",
        ),
    ),
)
