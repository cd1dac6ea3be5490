"""The chapter about letters."""

from tests.support.chapter import Case, Chapter, Refused

CHAPTER = Chapter(
    name="letters",
    title="Letters",
    text="""
A letter's text is a file in the folder `letters`: headings with `#`, list items with `-`, and paragraphs parted by
empty lines. A word in braces is replaced when the letter is made: any fact, or one of `{today}`, `{reference}`,
`{agency}`, `{officer}`, `{person}`, `{reasons}` and `{alternatives}`. The last two become a list where they stand
alone. The subject has none, since others may see it. A step of the kind letter sends it. Where the name of the agency
would already say too much, `sender` is the name that stands on the letter instead, for `{agency}` as well.
""",
    keys=("SchemeFile.letters", "LetterShape.*", "StepShape.letter"),
    cases=(
        Case(
            title="A letter that says no",
            files={
                "scheme.yaml": """\
letters:
  decline: {subject: A letter about your home, file: letters/decline.md}
""",
                "letters/decline.md": """\
# About your home

Dear {referral.name},

we cannot fit anything for now. This is why:

{reasons}

There are other ways, and we are glad to help you with each of them:

{alternatives}
""",
                "3-decision.yaml": """\
steps:
  decline_letter:
    kind: letter
    title: The letter that says no
    who: [housing]
    compartment: core
    letter: decline
    when: "assessment.wants_it == 'no'"
""",
            },
            events="""\
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers: {wants_it: no}
""",
            expect="""\
- at: 2026-03-02 11:00
  stage: decision
  open: [decline_letter]
""",
        ),
        Case(
            title="A letter that does not say who it is really about",
            files={
                "scheme.yaml": """\
letters:
  works:
    subject: Work at a property
    sender: Town Council, home security
    file: letters/works.md
""",
                "letters/works.md": """\
There has been crime in the neighbourhood. Do you agree to better locks?

{officer}, {agency}
""",
                "3-decision.yaml": """\
steps:
  landlord_letter:
    kind: letter
    title: Letter to the landlord
    who: [support]
    compartment: core
    letter: works
""",
            },
            expect="""\
- at: 2026-03-02 10:00
  open: [assessment, landlord_letter]
""",
        ),
        Refused(
            title="A sender with a merge field",
            files={
                "scheme.yaml": """\
letters:
  works: {subject: Work at a property, sender: "{officer}", file: letters/works.md}
""",
                "letters/works.md": """\
Do you agree to better locks?
""",
            },
            problems=("scheme.yaml:2:48: a sender has no merge field: it may be seen by others",),
        ),
        Refused(
            title="A field that does not exist",
            files={
                "scheme.yaml": """\
letters:
  welcome: {subject: A letter about your home, file: letters/welcome.md}
""",
                "letters/welcome.md": """\
Dear {referral.nam},
""",
            },
            problems=("letters/welcome.md:1:7: the step 'referral' has no question 'nam'; did you mean 'name'?",),
        ),
    ),
)
