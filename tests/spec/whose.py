"""The chapter about whom answers are about."""

from tests.support.chapter import Case, Chapter, Refused

_ASKED = {
    "2-assessment.yaml": """\
steps:
  visit:
    kind: form
    title: First visit
    who: [support]
    compartment: core
    questions:
      their_name: {ask: What is the perpetrator's name?, type: name, of: perpetrator, optional: yes}
      their_phone: {ask: What is the perpetrator's number?, type: phone, of: perpetrator, optional: yes}
      own_landlord: {ask: Who is their landlord?, type: name, of: landlord, optional: yes}
      neighbour: {ask: Which neighbour holds a key?, type: name, of: other, optional: yes}
      household:
        ask: Who lives there?
        type: rows
        of: child
        columns:
          name: {ask: Name, type: name}
          school: {ask: Whom may we ask at the school?, type: phone, of: worker, optional: yes}
"""
}

CHAPTER = Chapter(
    name="whose",
    title="Whom an answer is about",
    text="""
A question may say `of` whom its answer tells, or whose contact it is. Where it says nothing, that is the person whom
the case is for. A row is about whomever its question is about, unless a column says otherwise.

| `of` | whom |
| --- | --- |
| `person` | the person whom the case is for |
| `perpetrator` | whoever does the harm |
| `child` | a child |
| `referrer` | whoever made the referral |
| `landlord` | whoever lets or owns the person's home |
| `perpetrators_landlord` | whoever lets or owns the perpetrator's home |
| `worker` | somebody who works on the case |
| `other` | anybody else, such as a relative or neighbour |

Four things follow from it, together with the type of the question. A number or email address of the perpetrator's is
not taken as anybody's safe contact, and an address or landlord of theirs is pointed out. Staff are kept out of the
cases of people whom they know. A specialist is told where the person of one case is the perpetrator of another. And
what is about somebody else is left out of what a person is given of their own record.
""",
    keys=("ColumnShape.of",),
    cases=(
        Case(
            title="The perpetrator, a landlord, a neighbour and the children",
            files=_ASKED,
            events="""\
- at: 2026-03-02 10:00
  did: visit
  as: support
  answers:
    their_name: Dana Exley
    their_phone: 020 7946 0188
    own_landlord: Example Homes
    household:
      - {name: Sam Ashdown, school: 020 7946 0144}
""",
            expect="""\
- at: 2026-03-02 11:00
  done: [referral, visit]
""",
        ),
        Refused(
            title="A word that is not one of these",
            files={"2-assessment.yaml": _ASKED["2-assessment.yaml"].replace("of: other", "of: neighbour")},
            problems=(
                (
                    "2-assessment.yaml:11:70: 'neighbour' cannot stand here; there is person, perpetrator, child, "
                    "referrer, landlord, perpetrators_landlord, worker, other"
                ),
            ),
        ),
        Refused(
            title="A case that would be found by somebody else",
            files={
                "2-assessment.yaml": _ASKED["2-assessment.yaml"].replace(
                    "of: perpetrator, optional: yes}\n      their_phone",
                    "of: perpetrator, search: name, optional: yes}\n      their_phone",
                )
            },
            problems=(
                "2-assessment.yaml:8:74: a case is found by what is the person's own; take this out, or 'search'",
            ),
        ),
        Refused(
            title="A header that is somebody else's",
            text="Who the case is about, and how they are reached safely, is the person's own.",
            files={
                "scheme.yaml": """\
header:
  name: visit.their_name
  safe_contact: [visit.their_phone]
""",
                **_ASKED,
            },
            problems=(
                "scheme.yaml:2:9: this is to be the person's own, and visit.their_name is of: perpetrator",
                "scheme.yaml:3:18: this is to be the person's own, and visit.their_phone is of: perpetrator",
            ),
        ),
        Refused(
            title="A header that not everybody reads",
            text="Lists show the name to whoever sees the case, whatever else they may read of it.",
            files={
                "scheme.yaml": "header: {name: assessment.new_name}\n",
                "2-assessment.yaml": """\
steps:
  assessment:
    questions:
      new_name: {ask: What are they called now?, type: name, compartment: police, optional: yes}
""",
            },
            problems=(
                (
                    "scheme.yaml:1:16: lists show it to whoever sees a case, so that assessment.new_name has to be in "
                    "compartment 0"
                ),
            ),
        ),
    ),
)
