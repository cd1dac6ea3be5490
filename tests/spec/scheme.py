"""The chapter about the head of a scheme."""

from tests.support.chapter import Case, Chapter, Refused

CHAPTER = Chapter(
    name="scheme",
    title="The scheme itself",
    text="""
A scheme is a folder that is called like the scheme's key. Its file `scheme.yaml` says what the scheme is, what it
calls people and things, and who takes part; seven files, one for each stage, say what is done. All of them are YAML
1.2: `no` is a word, and a key that stands twice is an error. An unknown key is an error too, with the nearest one
that there is.

`sources` names the documents that every `source` refers to. `vocabulary` says what people and things are called on
the screens and in letters: at least what the `person` is called. `header` names the answers that say who a case is
about: they stand at the top of its page and nowhere outside it.
""",
    keys=(
        "SchemeFile.scheme",
        "SchemeFile.title",
        "SchemeFile.about",
        "SchemeFile.calendar",
        "SchemeFile.sources",
        "SchemeFile.vocabulary",
        "WordShape.*",
        "SchemeFile.header",
        "HeaderShape.*",
    ),
    cases=(
        Case(
            title="What a scheme is and what it calls people",
            files={
                "scheme.yaml": """\
title: The Town Sanctuary Scheme
about: Helps people to stay safely in their own homes.
calendar: england-and-wales
sources: {guide: Staff guide of the Town Council, 'board': Minutes of the partnership}
vocabulary:
  person: {one: client, many: clients}
header:
  name: referral.name
  birth_date: referral.birth_date
  address: referral.address
  postcode: referral.postcode
  safe_contact: [referral.safe_phone]
  people: [assessment.other_person]
""",
                "2-assessment.yaml": """\
steps:
  assessment:
    questions:
      other_person: {ask: Who else lives there?, type: name, optional: yes}
""",
            },
            expect="""\
- at: 2026-03-02 10:00
  stage: assessment
  open: [assessment]
""",
        ),
        Refused(
            title="A misspelt key",
            files={
                "scheme.yaml": """\
vocabulery:
  person: {one: client, many: clients}
"""
            },
            problems=("scheme.yaml:1:1: there is no key 'vocabulery' here; did you mean 'vocabulary'?",),
        ),
        Refused(
            title="A key that stands twice",
            files={
                "scheme.yaml": """\
about: One thing.
about: Another.
"""
            },
            problems=("scheme.yaml:2:1: 'about' is here twice; the first is on line 1",),
        ),
    ),
)
