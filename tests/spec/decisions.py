"""The chapter about decisions: what several opinions come to."""

from tests.support.chapter import Case, Chapter, Refused

_OPINION = """\
  opinion_{role}:
    kind: decision
    title: The opinion of {role}
    who: [{role}]
    compartment: core
    after: [assessment]
    questions:
      outcome: {{ask: Should the scheme go ahead?, type: choice, options: {{support: Yes, decline: No}}}}
"""
_OPINIONS = "steps:\n" + "".join(_OPINION.format(role=role) for role in ("housing", "police", "support"))
_ALL = "[opinion_housing.outcome, opinion_police.outcome, opinion_support.outcome]"


def _agreement(rule: str, opinions: str = _ALL) -> dict[str, str]:
    return {
        "3-decision.yaml": f"""\
{_OPINIONS}
decisions:
  agreement:
    title: Do the agencies agree?
    opinions: {opinions}
    for: [support]
    rule: {rule}
    source: guide, part 3
    meets: [N13]
"""
    }


_ASSESSED = """\
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers: {wants_it: yes}
"""


def _said(**opinions: str) -> str:
    told = [
        f"- {{at: 2026-03-02 11:00, did: opinion_{role}, as: {role}, answers: {{outcome: {said}}}}}\n"
        for role, said in opinions.items()
    ]
    return _ASSESSED + "".join(told)


def _expect(value: str, conflicts: str = "") -> str:
    return f"""\
- at: 2026-03-02 12:00
  facts: {{decided.agreement: {value}}}
  conflicts: [{conflicts}]
"""


CHAPTER = Chapter(
    name="decisions",
    title="Decisions",
    text="""
A decision says what several opinions come to. Each opinion is the answer to a question of a step of its own, so that
it has its own doer, clock and place in the record. The decision's fact `decided.name` is `agreed`, `refused` or
`conflicting`, and is not decided while opinions that matter are awaited: whatever reads it then waits for those
answers by name. An opinion whose step does not apply, or whose question does not, is left out.

| Rule | What it comes to |
| --- | --- |
| `single` | what the one opinion says |
| `joint` | what all of them say; as soon as two differ they conflict |
| `unanimous` | agreed where all are for it; one against it is enough to refuse |
| `panel` | what most say, once as many as the `quorum` have spoken; a tie that nobody is left to break conflicts |

Opinions that conflict are named, each with the role that gave it, and stay on the record as they were given. The
agencies talk, and whoever thinks otherwise then does their step again. Who decides may itself follow from rules: a
[finding](findings.md) can say who does a step.
""",
    keys=("StageFile.decisions", "DecisionShape.*", "ExpectShape.conflicts", "ExpectShape.facts"),
    cases=(
        Case(
            title="All agree",
            files=_agreement("joint"),
            events=_said(housing="support", police="support", support="support"),
            expect=_expect("agreed"),
        ),
        Case(
            title="All decline",
            files=_agreement("joint"),
            events=_said(housing="decline", police="decline", support="decline"),
            expect=_expect("refused"),
        ),
        Case(
            title="One is awaited",
            files=_agreement("joint"),
            events=_said(housing="support", police="support"),
            expect=_expect("unknown"),
        ),
        Case(
            title="Two differ",
            text="What the third will say cannot make them the same.",
            files=_agreement("joint"),
            events=_said(housing="support", police="decline"),
            expect=_expect("conflicting", "agreement"),
        ),
        Case(
            title="Somebody changes their mind",
            files=_agreement("joint"),
            events=_said(housing="support", police="decline", support="support")
            + """\
- at: 2026-03-02 11:30
  reopened: opinion_police
  as: police
  because: We talked it over
- at: 2026-03-02 11:40
  did: opinion_police
  as: police
  answers: {outcome: support}
""",
            expect="""\
- at: 2026-03-02 11:10
  facts: {decided.agreement: conflicting}
- at: 2026-03-02 11:35
  facts: {decided.agreement: unknown}
  conflicts: []
- at: 2026-03-02 12:00
  facts: {decided.agreement: agreed}
""",
        ),
        Case(
            title="A single opinion",
            files=_agreement("single", "[opinion_housing.outcome]"),
            events=_said(housing="decline"),
            expect=_expect("refused"),
        ),
        Case(
            title="Unanimous, and one is against it",
            files=_agreement("unanimous"),
            events=_said(housing="decline"),
            expect=_expect("refused"),
        ),
        Case(
            title="Unanimous, and all are for it",
            files=_agreement("unanimous"),
            events=_said(housing="support", police="support", support="support"),
            expect=_expect("agreed"),
        ),
        Case(
            title="A panel with a quorum",
            files=_agreement("panel\n    quorum: 2"),
            events=_said(housing="support", police="support"),
            expect=_expect("agreed"),
        ),
        Case(
            title="A panel without its quorum",
            files=_agreement("panel\n    quorum: 2"),
            events=_said(housing="support"),
            expect=_expect("unknown"),
        ),
        Case(
            title="A tie that somebody may still break",
            files=_agreement("panel\n    quorum: 2"),
            events=_said(housing="support", police="decline"),
            expect=_expect("unknown"),
        ),
        Case(
            title="A tie that nobody is left to break",
            files=_agreement("panel", "[opinion_housing.outcome, opinion_police.outcome]"),
            events=_said(housing="support", police="decline"),
            expect=_expect("conflicting", "agreement"),
        ),
        Case(
            title="An opinion that is not asked for",
            text="The police have no step in this case, so nobody waits for them.",
            files={
                "3-decision.yaml": _agreement("joint")["3-decision.yaml"].replace(
                    "who: [police]", "who: [police]\n    when: \"referral.hate_crime == 'yes'\""
                )
            },
            begun="""\
- at: 2026-03-02 09:00
  opened: {area: town}
- at: 2026-03-02 09:10
  did: referral
  as: support
  answers: {hate_crime: no}
""",
            events=_said(housing="support", support="support"),
            expect=_expect("agreed"),
        ),
        Case(
            title="A gate waits for whose opinion is awaited",
            files={
                "3-decision.yaml": _agreement("joint")["3-decision.yaml"]
                + """\
gates:
  agreed:
    title: Do the agencies agree?
    guards: [visit]
    criteria:
      no_agreement:
        stops_if: "decided.agreement != 'agreed'"
        reason: The agencies do not agree.
        unknown: hold
        source: guide, part 3
""",
                "4-survey.yaml": """\
steps:
  visit:
    kind: form
    title: First visit
    who: [support]
    compartment: core
    after: [assessment]
""",
            },
            events=_said(housing="support", police="support"),
            expect="""\
- at: 2026-03-02 12:00
  waiting: {visit: [opinion_support.outcome]}
""",
        ),
        Refused(
            title="An opinion that can never be for it",
            files=_agreement("joint", "[opinion_housing.outcome, assessment.wants_it]"),
            problems=(
                (
                    "3-decision.yaml:30:41: no answer to assessment.wants_it is support, which 'for' names; "
                    "there is yes, no"
                ),
            ),
        ),
        Refused(
            title="An opinion that is no choice, and one that is not there",
            files=_agreement("joint", "[referral.name, opinion_polis.outcome]"),
            problems=(
                "3-decision.yaml:30:16: referral.name is text; this takes the answer to a yes_no or a choice",
                (
                    "3-decision.yaml:30:31: there is no step 'opinion_polis' with questions; did you mean "
                    "'opinion_police'?"
                ),
            ),
        ),
        Refused(
            title="A rule that does not fit the number of opinions",
            files=_agreement("single"),
            problems=(
                (
                    "3-decision.yaml:32:11: a single decision has one opinion, and here are 3; write joint, unanimous "
                    "or panel"
                ),
            ),
        ),
        Refused(
            title="A rule for several, and one opinion",
            files=_agreement("unanimous", "[opinion_housing.outcome]"),
            problems=("3-decision.yaml:32:11: with one opinion there is nothing unanimous; write single",),
        ),
        Refused(
            title="A quorum larger than the panel",
            files=_agreement("panel\n    quorum: 4"),
            problems=("3-decision.yaml:33:13: the panel has 3 opinions, so 4 can never be reached",),
        ),
        Refused(
            title="A quorum without a panel",
            files=_agreement("joint\n    quorum: 2"),
            problems=("3-decision.yaml:33:5: a quorum is for a panel, and this is joint",),
        ),
        Refused(
            title="An opinion counted twice",
            files=_agreement("joint", "[opinion_housing.outcome, opinion_housing.outcome]"),
            problems=("3-decision.yaml:30:41: 'opinion_housing.outcome' is in this list twice",),
        ),
        Refused(
            title="A decision that waits for itself",
            files={
                "3-decision.yaml": _agreement("joint")["3-decision.yaml"].replace(
                    "who: [police]", "who: [police]\n    when: \"decided.agreement == 'agreed'\""
                )
            },
            problems=("3-decision.yaml:29:3: this decision waits for itself: decided.agreement → decided.agreement",),
        ),
    ),
)
