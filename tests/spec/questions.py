"""The chapter about questions and their types."""

from tests.support.chapter import BEGUN, Case, Chapter, Refused


def _asks(questions: str) -> dict[str, str]:
    lines = "".join(f"      {line}\n" for line in questions.strip().splitlines())
    return {
        "2-assessment.yaml": f"""\
steps:
  visit:
    kind: form
    title: First visit
    who: [support]
    compartment: core
    questions:
{lines}"""
    }


def _did(answers: str) -> str:
    lines = "".join(f"    {line}\n" for line in answers.strip().splitlines())
    return f"""\
- at: 2026-03-02 10:00
  did: visit
  as: support
  answers:
{lines}"""


_DONE = """\
- at: 2026-03-02 11:00
  done: [referral, visit]
"""

CHAPTER = Chapter(
    name="questions",
    title="Questions",
    text="""
A question says what is asked and how. Its answer is the fact `step.question`, which conditions, letters and clocks
can use. Every question needs an answer unless it is `optional`, and only the silences that it allows can be chosen:

| silence | what it means |
| --- | --- |
| `not_applicable` | does not apply; also recorded where `when` is false |
| `not_known` | not known yet; whatever depends on it stays undecided |
| `declined` | declined to say |

A question that was never asked has none of these.
""",
    keys=(
        "StepShape.questions",
        "ColumnShape.*",
        "QuestionShape.*",
    ),
    cases=(
        Case(
            title="Texts",
            text="`text` is a line, `long_text` may have several; `name` and `address` are for people and places.",
            files=_asks("""
who: {ask: Who opened the door?, type: name}
what: {ask: In one line - what was seen?, type: text}
more: {ask: What else was seen?, type: long_text, hint: As much as there is to say.}
where: {ask: Where do they stay meanwhile?, type: address}
"""),
            events=_did("""
who: Robin Ashdown
what: The lock is broken
more: |
  The door does not close.
  The window beside it is cracked.
where: 4 Example Row, Exampleton
"""),
            expect=_DONE,
        ),
        Case(
            title="Postcodes, telephone numbers and email addresses",
            text="These are checked for their form.",
            files=_asks("""
postcode: {ask: What is the postcode?, type: postcode}
phone: {ask: Which number is safe?, type: phone}
email: {ask: Which email address is safe?, type: email, optional: yes}
"""),
            events=_did("""
postcode: nr1 1aa
phone: 020 7946 0123
email: robin@mail.example
"""),
            expect=_DONE,
        ),
        Case(
            title="Yes and no, one choice, several choices",
            text="The options of a choice are names with the words that people see.",
            files=_asks("""
safe_now: {ask: Are they safe now?, type: yes_no}
seen: {ask: How was the visit?, type: choice, options: {in_person: In person, by_phone: By phone}}
worries: {ask: What worries them?, type: choices, options: {door: The door, window: The windows}, optional: yes}
"""),
            events=_did("""
safe_now: no
seen: in_person
worries: [door, window]
"""),
            expect=_DONE,
        ),
        Case(
            title="Options taken from a list of the scheme",
            text="`roles`, `areas`, `closing_reasons`, `packages`, `measures`, or the measures of one group.",
            files={
                "measures.yaml": """\
measures:
  door_chain: {title: Door chain, group: doors}
  window_lock: {title: Window lock, group: windows}
""",
                **_asks("""
agency: {ask: Who else is there?, type: choices, options_from: roles}
windows: {ask: What do the windows need?, type: choices, options_from: measures.windows}
"""),
            },
            events=_did("""
agency: [police]
windows: [window_lock]
"""),
            expect=_DONE,
        ),
        Case(
            title="Numbers and money",
            text="""`money` is pounds and pence.
`amount` is money with how often it comes: it cannot be compared, but totals
of amounts
can, which are brought to one period.""",
            files=_asks("""
people: {ask: How many people live there?, type: number}
savings: {ask: What savings are there?, type: money}
rent: {ask: What is the rent?, type: amount}
"""),
            events=_did("""
people: 3
savings: 120.50
rent: £95 a week
"""),
            expect=_DONE,
        ),
        Case(
            title="Dates and times",
            files=_asks("""
moved_in: {ask: When did they move in?, type: date}
next_visit: {ask: When is the next visit?, type: moment}
"""),
            events=_did("""
moved_in: 2019-04-01
next_visit: 2026-03-04 14:30
"""),
            expect=_DONE,
        ),
        Case(
            title="Rows",
            text="A question that is answered once for each child, opening or person. A row is answered as a whole.",
            files=_asks("""
children:
  ask: Which children live there?
  type: rows
  columns:
    name: {ask: What is their name?, type: name}
    age: {ask: How old are they?, type: number, optional: yes}
"""),
            events=_did("""
children:
  - {name: Sam Ashdown, age: 4}
  - {name: Jo Ashdown}
"""),
            expect=_DONE,
        ),
        Case(
            title="Silences that may be chosen",
            files=_asks("""
landlord: {ask: Does the landlord agree?, type: yes_no, allow: [not_applicable, not_known, declined]}
origin: {ask: How do they describe their origin?, type: text, allow: [declined]}
"""),
            events=_did("""
landlord: not_known
origin: declined
"""),
            expect=_DONE,
        ),
        Case(
            title="A question asked only if",
            text="Where the condition is false the question is not asked, and its answer is: not applicable.",
            files={
                **_asks("""
landlord_agrees: {ask: Does the landlord agree?, type: yes_no, when: "assessment.rented == 'yes'"}
"""),
                "3-decision.yaml": """\
gates:
  agreed:
    title: Does the landlord agree?
    guards: [approval]
    criteria:
      refused:
        stops_if: "visit.landlord_agrees == 'no'"
        reason: The landlord does not agree.
        unknown: hold
        source: guide, part 4
steps:
  approval:
    kind: form
    title: Approval
    who: [housing]
    compartment: core
    after: [visit]
""",
            }
            | {
                "2-assessment.yaml": """\
steps:
  assessment:
    questions:
      rented: {ask: Is the home rented?, type: yes_no}
  visit:
    kind: form
    title: First visit
    who: [support]
    compartment: core
    after: [assessment]
    questions:
      landlord_agrees: {ask: Does the landlord agree?, type: yes_no, when: "assessment.rented == 'yes'"}
"""
            },
            events="""\
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers: {wants_it: yes, rented: no}
- at: 2026-03-02 11:00
  did: visit
  as: support
""",
            expect="""\
- at: 2026-03-02 12:00
  open: [approval]
  unknown: []
""",
        ),
        Case(
            title="A question in another compartment, searched by, counted, in force for a time",
            text="""`compartment` keeps one answer apart from the rest of its step. `search` lets a case be found by it,
through a keyed
index that holds no plain text, by everybody who sees the case: so it is for answers in
compartment 0. `counted` leaves it, coded, in the scheme's figures. Outside the days it is
`in_force` the question is not asked.""",
            files=_asks("""
old_name: {ask: Had they another name?, type: name, search: name, optional: yes, source: "guide, part 2", meets: [N4]}
police_note: {ask: What do the police say?, type: text, compartment: police, optional: yes}
seen_by: {ask: How were they seen?, type: choice, options: {phone: By phone, person: In person}, counted: yes}
shorthold: {ask: Is it an assured shorthold?, type: yes_no, in_force: {until: 2026-04-30}}
"""),
            begun=BEGUN.replace("2026-03-02", "2026-05-05"),
            events=_did("seen_by: phone").replace("2026-03-02", "2026-05-05"),
            expect=_DONE.replace("2026-03-02", "2026-05-05"),
        ),
        Refused(
            title="A type that does not exist",
            files=_asks("safe: {ask: Are they safe?, type: yesno}"),
            problems=("2-assessment.yaml:8:41: 'yesno' cannot stand here; did you mean 'yes_no'?",),
        ),
        Refused(
            title="A search in a part that not everybody reads",
            text="Whoever sees the case could try one address after another until the case is found.",
            files=_asks(
                "moved_to: {ask: Where?, type: postcode, search: postcode, compartment: police, optional: yes}"
            ),
            problems=(
                (
                    "2-assessment.yaml:8:55: whoever sees a case can look for it, so that it is found by what stands "
                    "in compartment 0 alone"
                ),
            ),
        ),
        Refused(
            title="A choice without options",
            files=_asks("seen: {ask: How were they seen?, type: choice}"),
            problems=("2-assessment.yaml:8:7: a choice needs 'options', or 'options_from'",),
        ),
    ),
)
