"""The chapter about steps and their kinds."""

from tests.support.chapter import Case, Chapter, Refused

CHAPTER = Chapter(
    name="steps",
    title="Steps",
    text="""
A stage's file says under `steps` what is done in that stage. The name of a step is how everything else refers to
it. Every step says what kind it is, what it is called, which roles do it and which compartment its answers belong
to.

The kind says what sort of thing is done:

| kind | what is done | what it needs |
| --- | --- | --- |
| `form` | questions are answered | |
| `enquiry` | someone outside is asked, and the answer is awaited | `asks` |
| `decision` | something is decided | a question `outcome`, of type choice, yes_no or judgement |
| `consent` | the person, or an owner, says yes or no | a question `given`, of type yes_no |
| `letter` | a letter is sent | `letter` |
| `appointment` | a time is agreed | a question `at`, of type moment |
| `specification` | what is to be fitted is chosen | a question with `options_from: packages` or `measures` |
| `works` | the works are done | a question `completed_on`, of type date |
| `notice` | roles are told, and each confirms | `tells` |
""",
    keys=(
        "StageFile.steps",
        "StepShape.kind",
        "StepShape.title",
        "StepShape.help",
        "StepShape.who",
        "StepShape.compartment",
        "StepShape.asks",
        "StepShape.tells",
        "StepShape.source",
        "StepShape.meets",
        "ChosenShape.*",
    ),
    cases=(
        Case(
            title="A form is open as soon as nothing stands before it",
            files={
                "2-assessment.yaml": """\
steps:
  visit:
    kind: form
    title: First visit
    help: Take your time. Nothing here decides anything.
    who: [support, police]
    compartment: core
    source: guide, part 2
    questions:
      feels_safe: {ask: Do they feel safe at home?, type: yes_no}
"""
            },
            expect="""\
- at: 2026-03-02 10:00
  open:
    assessment: {}
    visit: {who: [support, police]}
  done: [referral]
""",
        ),
        Case(
            title="An answer can say who does a step",
            text="`chosen_in` names a choice whose options are roles.",
            files={
                "1-referral.yaml": """\
steps:
  referral:
    questions:
      approached: {ask: Whom did they turn to?, type: choice, options_from: roles}
""",
                "2-assessment.yaml": """\
steps:
  assessment:
    who: {chosen_in: referral.approached}
""",
            },
            begun="""\
- at: 2026-03-02 09:00
  opened: {area: town}
- at: 2026-03-02 09:10
  did: referral
  as: police
  answers: {approached: police}
""",
            expect="""\
- at: 2026-03-02 10:00
  open:
    assessment: {who: [police]}
""",
        ),
        Case(
            title="An enquiry goes out, and then its answer is awaited",
            files={
                "2-assessment.yaml": """\
steps:
  landlord_enquiry:
    kind: enquiry
    title: What the landlord says
    who: [housing]
    compartment: housing
    asks: the landlord
    questions:
      agrees: {ask: Does the landlord agree?, type: yes_no}
"""
            },
            events="""\
- at: 2026-03-02 11:00
  asked: landlord_enquiry
  as: housing
- at: 2026-03-04 15:00
  did: landlord_enquiry
  as: housing
  answers: {agrees: yes}
""",
            expect="""\
- at: 2026-03-02 12:00
  open: [assessment, landlord_enquiry]
- at: 2026-03-04 16:00
  open: [assessment]
  done: [referral, landlord_enquiry]
""",
        ),
        Case(
            title="A decision has an outcome",
            files={
                "3-decision.yaml": """\
steps:
  approval:
    kind: decision
    title: Approval
    who: [housing]
    compartment: core
    after: [assessment]
    questions:
      outcome: {ask: What is decided?, type: choice, options: {agreed: Agreed, refused: Refused}}
"""
            },
            events="""\
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers: {wants_it: yes}
- at: 2026-03-02 11:00
  did: approval
  as: housing
  answers: {outcome: agreed}
""",
            expect="""\
- at: 2026-03-02 10:30
  stage: decision
  open: [approval]
- at: 2026-03-02 11:30
  done: [referral, assessment, approval]
  open: []
""",
        ),
        Refused(
            title="A decision without an outcome does not load",
            files={
                "3-decision.yaml": """\
steps:
  approval:
    kind: decision
    title: Approval
    who: [housing]
    compartment: core
    questions:
      result: {ask: What is decided?, type: yes_no}
"""
            },
            problems=(
                (
                    "3-decision.yaml:2:3: a step of the kind decision needs a question 'outcome'"
                    " of the type choice, yes_no or judgement"
                ),
            ),
        ),
        Case(
            title="Consent is given or not",
            files={
                "2-assessment.yaml": """\
steps:
  permission:
    kind: consent
    title: Permission to share
    who: [support]
    compartment: core
    questions:
      given: {ask: Do they agree that the agencies talk to each other?, type: yes_no}
"""
            },
            events="""\
- at: 2026-03-02 09:30
  did: permission
  as: support
  answers: {given: yes}
""",
            expect="""\
- at: 2026-03-02 10:00
  done: [referral, permission]
""",
        ),
        Case(
            title="An appointment is a time that was agreed",
            files={
                "4-survey.yaml": """\
steps:
  survey_visit:
    kind: appointment
    title: A time for the survey
    who: [police]
    compartment: core
    after: [assessment]
    questions:
      at: {ask: When is it?, type: moment}
"""
            },
            events="""\
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers: {wants_it: yes}
- at: 2026-03-02 12:00
  did: survey_visit
  as: police
  answers: {at: 2026-03-03 09:30}
""",
            expect="""\
- at: 2026-03-02 13:00
  stage: survey
  done: [referral, assessment, survey_visit]
""",
        ),
        Case(
            title="A specification says what is to be fitted, and works say when it was",
            files={
                "measures.yaml": """\
measures:
  window_lock: {title: Window locks}
  door_chain: {title: Door chain}
""",
                "4-survey.yaml": """\
steps:
  specification:
    kind: specification
    title: What is to be fitted
    who: [police]
    compartment: housing
    after: [assessment]
    questions:
      items: {ask: Which measures?, type: choices, options_from: measures}
""",
                "5-works.yaml": """\
steps:
  works:
    kind: works
    title: Works
    who: [housing]
    compartment: housing
    after: [specification]
    questions:
      completed_on: {ask: When were they complete?, type: date}
""",
            },
            events="""\
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers: {wants_it: yes}
- at: 2026-03-03 12:00
  did: specification
  as: police
  answers: {items: [window_lock]}
- at: 2026-03-05 17:00
  did: works
  as: housing
  answers: {completed_on: 2026-03-05}
""",
            expect="""\
- at: 2026-03-03 13:00
  stage: works
  open: [works]
- at: 2026-03-05 18:00
  done: [referral, assessment, specification, works]
""",
        ),
        Case(
            title="A notice is done when every role that it tells has confirmed it",
            files={
                "3-decision.yaml": """\
steps:
  tell_the_others:
    kind: notice
    title: The others are told
    who: [housing]
    compartment: core
    after: [assessment]
    tells: [police, support]
"""
            },
            events="""\
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers: {wants_it: yes}
- at: 2026-03-02 10:30
  asked: tell_the_others
  as: housing
- at: 2026-03-02 11:00
  acknowledged: tell_the_others
  as: support
- at: 2026-03-02 12:00
  acknowledged: tell_the_others
  as: police
""",
            expect="""\
- at: 2026-03-02 11:30
  open:
    tell_the_others: {who: [police]}
- at: 2026-03-02 12:30
  done: [referral, assessment, tell_the_others]
""",
        ),
        Case(
            title="Whoever sends a notice has seen it",
            text="Where nobody else is told, it is done as it goes out.",
            files={
                "3-decision.yaml": """\
steps:
  tell_the_others:
    kind: notice
    title: The others are told
    who: [housing, police]
    compartment: core
    after: [assessment]
    tells: [police]
"""
            },
            events="""\
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers: {wants_it: yes}
- at: 2026-03-02 10:30
  asked: tell_the_others
  as: police
""",
            expect="""\
- at: 2026-03-02 10:40
  done: [referral, assessment, tell_the_others]
""",
        ),
        Refused(
            title="A kind that does not exist",
            files={
                "2-assessment.yaml": """\
steps:
  assessment:
    kind: froms
"""
            },
            problems=("2-assessment.yaml:3:11: 'froms' cannot stand here; did you mean 'form'?",),
        ),
    ),
)
