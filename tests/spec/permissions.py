"""The chapter about permissions: a chain of owners, asked one after the other."""

from tests.support.chapter import Case, Chapter, Refused

_STEPS = """\
steps:
  occupier:
    kind: consent
    title: The occupier's agreement
    who: [housing]
    compartment: core
    after: [assessment]
    questions:
      given: {ask: Do they agree to the works?, type: yes_no}
  landlord:
    kind: enquiry
    title: The landlord's permission
    who: [housing]
    asks: The landlord
    compartment: housing
    clock: {within: 5 working days, from: asked, source: "guide, part 4"}
    questions:
      outcome: {ask: What did they say?, type: choice, options: {permitted: Yes, refused: No}}
  agent:
    kind: enquiry
    title: The managing agent's permission
    who: [housing]
    asks: The managing agent
    compartment: housing
    when: "assessment.has_agent == 'yes'"
    clock: {within: not stated, from: asked, source: "guide, part 4"}
    questions:
      given: {ask: Do they permit it?, type: yes_no}
  block:
    kind: enquiry
    title: The block's permission
    who: [housing]
    asks: The management of the block
    compartment: housing
    clock: {within: not stated, from: asked, source: "guide, part 4"}
    questions:
      given: {ask: Do they permit it?, type: yes_no}
"""
_CHAIN = """\
permissions:
  works:
    title: Permission for the works
    chain:
      - {of: occupier, step: occupier}
      - {of: landlord, step: landlord, given: outcome, for: [permitted]}
      - {of: managing agent, step: agent}
      - {of: block management, step: block}
    source: guide, part 4
    meets: [H6]
"""
_ASSESSMENT = """\
steps:
  assessment:
    questions:
      has_agent: {ask: Is there a managing agent?, type: yes_no}
"""
_FILES = {"2-assessment.yaml": _ASSESSMENT, "5-works.yaml": _STEPS + _CHAIN}


def _assessed(agent: str) -> str:
    answers = f"answers: {{wants_it: yes, has_agent: {agent}}}"
    return f"- {{at: 2026-03-02 10:00, did: assessment, as: housing, {answers}}}\n"


_OCCUPIER = "- {at: 2026-03-02 11:00, did: occupier, as: housing, answers: {given: yes}}\n"
_LANDLORD = """\
- {at: 2026-03-02 12:00, asked: landlord, as: housing}
- {at: 2026-03-05 12:00, did: landlord, as: housing, answers: {outcome: permitted}}
"""
_BLOCK = "- {at: 2026-03-06 12:00, did: block, as: housing, answers: {given: yes}}\n"

CHAPTER = Chapter(
    name="permissions",
    title="Permissions",
    text="""
What several owners have to permit is asked of one after the other: the occupier, the landlord, the managing agent,
whoever manages the block. Each link of the `chain` is an enquiry or a consent, a step like any other, with a clock of
its own; it comes after all links before it, without its saying so. An owner whom this home does not have is passed
over: the step's `when` says so. Once one has refused, those after them are not asked any more.

The fact `permitted.name` is `given` once all have agreed, and `refused` as soon as one has not. Until then it is not
decided, and whatever reads it waits for the answer of the one whose turn it is. The case's page shows how long each
of them took. Where the answer of a link also gives a [consent](consents.md), it is the consent that counts: who
agreed may take it back.
""",
    keys=("StageFile.permissions", "PermissionShape.*", "LinkShape.*"),
    cases=(
        Case(
            title="One after the other",
            files=_FILES,
            events=_assessed("yes") + _OCCUPIER + _LANDLORD,
            expect="""\
- at: 2026-03-02 10:30
  open: [occupier]
  waiting: {landlord: [occupier], agent: [occupier, landlord], block: [occupier, landlord, agent]}
  facts: {permitted.works: unknown}
- at: 2026-03-02 12:30
  open: {landlord: 2026-03-09 12:00}
- at: 2026-03-05 13:00
  open: [agent]
  facts: {permitted.works: unknown}
""",
        ),
        Case(
            title="An owner whom this home does not have",
            files=_FILES,
            events=_assessed("no") + _OCCUPIER + _LANDLORD + _BLOCK,
            expect="""\
- at: 2026-03-05 13:00
  open: [block]
- at: 2026-03-06 13:00
  open: []
  facts: {permitted.works: given}
""",
        ),
        Case(
            title="One refuses, and those after them are not asked",
            files=_FILES,
            events=_assessed("yes")
            + _OCCUPIER
            + "- {at: 2026-03-05 12:00, did: landlord, as: housing, answers: {outcome: refused}}\n",
            expect="""\
- at: 2026-03-05 13:00
  open: []
  facts: {permitted.works: refused}
""",
        ),
        Case(
            title="What waits for it names whose turn it is",
            files={
                "2-assessment.yaml": _ASSESSMENT,
                "5-works.yaml": _STEPS
                + """\
  fitting:
    kind: form
    title: Fitting
    who: [support]
    compartment: core
    when: "permitted.works == 'given'"
"""
                + _CHAIN,
            },
            events=_assessed("yes") + _OCCUPIER,
            expect="""\
- at: 2026-03-02 12:00
  waiting: {fitting: [landlord.outcome]}
""",
        ),
        Case(
            title="A consent that is taken back",
            files={
                **_FILES,
                "scheme.yaml": """\
consents:
  to_works:
    title: To the works
    purpose: So that they can be done in your home.
    with: [the fitter]
    given: occupier.given
    source: guide, part 4
""",
            },
            events=_assessed("no")
            + _OCCUPIER
            + _LANDLORD
            + _BLOCK
            + "- {at: 2026-03-07 12:00, withdrew: to_works, as: support}\n",
            expect="""\
- at: 2026-03-06 13:00
  facts: {permitted.works: given}
- at: 2026-03-07 13:00
  facts: {permitted.works: refused}
""",
        ),
        Refused(
            title="A link that asks nobody",
            files={
                "2-assessment.yaml": _ASSESSMENT,
                "5-works.yaml": """\
permissions:
  works:
    title: Permission for the works
    chain:
      - {of: occupier, step: assessment}
      - {of: landlord, step: lanlord}
    source: guide, part 4
""",
            },
            problems=(
                "5-works.yaml:5:30: an owner answers in an enquiry or a consent, and 'assessment' is of the kind form",
                "5-works.yaml:6:30: there is no step 'lanlord'; there is assessment, closure, referral",
            ),
        ),
        Refused(
            title="The same owner twice, and a question that does not answer",
            files={
                "2-assessment.yaml": _ASSESSMENT,
                "5-works.yaml": _STEPS
                + """\
permissions:
  works:
    title: Permission for the works
    chain:
      - {of: landlord, step: landlord}
      - {of: landlord, step: agent, for: [perhaps]}
      - {of: agent, step: agent}
    source: guide, part 4
""",
            },
            problems=(
                "5-works.yaml:42:30: the step 'landlord' has no question 'given'; there is outcome",
                "5-works.yaml:43:14: 'landlord' is in this chain already",
                "5-works.yaml:43:30: no answer to agent.given is perhaps, which 'for' names; there is yes, no",
                "5-works.yaml:44:27: 'agent' is in this chain already",
            ),
        ),
    ),
)
