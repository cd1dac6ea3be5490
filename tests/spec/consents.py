"""The chapter about consents: each asked for by itself, dated, and taken back at any time."""

from tests.support.chapter import Case, Chapter, Refused

_STEPS = """\
steps:
  sharing:
    kind: consent
    title: Sharing with the police
    who: [housing, support]
    compartment: core
    after: [referral]
    questions:
      given: {ask: May the police be told?, type: yes_no, allow: [not_known, declined]}
"""
_CONSENTS = """\
consents:
  share_police:
    title: Sharing with the police
    purpose: So that the police can say what they know.
    with: [police]
    given: sharing.given
    source: guide, part 1
    meets: [A4]
"""
_READS = """\
roles:
  police:
    reads:
      - [core]
      - {compartments: [housing], when: "consented.share_police == 'given'"}
"""
_FILES = {"1-referral.yaml": _STEPS, "scheme.yaml": _CONSENTS + _READS}


def _asked(said: str, day: str = "02") -> str:
    return f"- {{at: 2026-03-{day} 10:00, did: sharing, as: support, answers: {{given: {said}}}}}\n"


def _expect(value: str) -> str:
    return f"- at: 2026-03-02 12:00\n  facts: {{consented.share_police: {value}}}\n"


CHAPTER = Chapter(
    name="consents",
    title="Consents",
    text="""
Each consent is a thing by itself: to refer, to share with one party, to tell the landlord, to have works done. It
says in words for the person what it is for and whom it is about, and it rests on one question of one step, which
says when it was asked. Its fact `consented.name` is `given`, `refused`, `withdrawn` or `lapsed`, and not decided
before the person has been asked. Nobody who declined to answer has agreed.

A person may take back any consent at any time, through whomever they speak to, and need not say why. What rests on
it ends at once: a role that reads a part of the record only while `consented.name == 'given'` reads it no more from
the same moment. Asking again, in the same step, can give it anew. A consent that `lasts` for a time lapses by itself.
""",
    keys=("SchemeFile.consents", "ConsentShape.*"),
    cases=(
        Case(title="Not asked yet", files=_FILES, expect=_expect("unknown")),
        Case(
            title="Given, and what may be read with it",
            files=_FILES,
            events=_asked("yes"),
            expect="""\
- at: 2026-03-02 09:30
  reads: {police: [core]}
- at: 2026-03-02 12:00
  facts: {consented.share_police: given}
  reads: {police: [core, housing]}
""",
        ),
        Case(title="Refused", files=_FILES, events=_asked("no"), expect=_expect("refused")),
        Case(
            title="Nobody who declined to answer has agreed",
            files=_FILES,
            events=_asked("declined"),
            expect=_expect("refused"),
        ),
        Case(title="Not known yet", files=_FILES, events=_asked("not_known"), expect=_expect("unknown")),
        Case(
            title="Withdrawn, and given anew",
            files=_FILES,
            events=_asked("yes")
            + """\
- at: 2026-03-03 10:00
  withdrew: share_police
  as: support
  because: They would rather wait
- at: 2026-03-04 09:00
  reopened: sharing
  as: support
  because: They asked us to share after all
- at: 2026-03-04 10:00
  did: sharing
  as: support
  answers: {given: yes}
""",
            expect="""\
- at: 2026-03-03 11:00
  facts: {consented.share_police: withdrawn}
  reads: {police: [core]}
- at: 2026-03-04 11:00
  facts: {consented.share_police: given}
  reads: {police: [core, housing]}
""",
        ),
        Case(
            title="It lapses",
            files={
                "1-referral.yaml": _STEPS,
                "scheme.yaml": _CONSENTS.replace("    source", "    lasts: 12 months\n    source") + _READS,
            },
            events=_asked("yes"),
            expect="""\
- at: 2027-03-02 09:59
  facts: {consented.share_police: given}
- at: 2027-03-02 10:00
  facts: {consented.share_police: lapsed}
  reads: {police: [core]}
""",
        ),
        Case(
            title="A question that is not asked in this case",
            text="Where there is nobody to share with, there is nothing to agree to.",
            files={
                "1-referral.yaml": _STEPS.replace("allow:", "when: \"referral.hate_crime == 'yes'\", allow:"),
                "scheme.yaml": _CONSENTS,
            },
            begun="""\
- at: 2026-03-02 09:00
  opened: {area: town}
- {at: 2026-03-02 09:10, did: referral, as: support, answers: {hate_crime: no}}
- {at: 2026-03-02 10:00, did: sharing, as: support}
""",
            expect=_expect("not_applicable"),
        ),
        Case(
            title="Another answer than yes",
            files={
                "1-referral.yaml": _STEPS.replace(
                    "type: yes_no",
                    "type: yes_no}\n      how: {ask: How?, type: choice, options: {signed: S, spoken: P}",
                ),
                "scheme.yaml": _CONSENTS.replace("sharing.given", "sharing.how\n    for: [signed, spoken]"),
            },
            events="- {at: 2026-03-02 10:00, did: sharing, as: support, answers: {given: yes, how: spoken}}\n",
            expect=_expect("given"),
        ),
        Refused(
            title="A consent that no step asks for",
            files={"scheme.yaml": _CONSENTS},
            problems=(
                "scheme.yaml:6:12: there is no step 'sharing' with questions; there is assessment, closure, referral",
            ),
        ),
        Refused(
            title="A question that cannot give it",
            files={"scheme.yaml": _CONSENTS.replace("sharing.given", "referral.name")},
            problems=("scheme.yaml:6:12: referral.name is text; this takes the answer to a yes_no or a choice",),
        ),
        Refused(
            title="An answer that the question does not have",
            files={"scheme.yaml": _CONSENTS + "    for: [yes, oui]\n", "1-referral.yaml": _STEPS},
            problems=("scheme.yaml:9:16: there is no answer 'oui'; there is no, yes",),
        ),
        Refused(
            title="Two consents in one question",
            files={
                "scheme.yaml": _CONSENTS
                + """\
  share_charity: {title: The charity, purpose: Help., with: [suport], given: sharing.given, source: "guide, 1"}
""",
                "1-referral.yaml": _STEPS,
            },
            problems=(
                "scheme.yaml:9:62: there is no role 'suport'; did you mean 'support'?",
                "scheme.yaml:9:78: sharing.given gives 'share_police' already; each consent is asked for by itself",
            ),
        ),
    ),
)
