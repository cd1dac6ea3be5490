"""The chapter about criteria made of several needs, and about what happens next."""

from tests.support.chapter import Case, Chapter, Refused

_HOME = """\
steps:
  visit:
    kind: form
    title: First visit
    who: [support]
    compartment: core
    after: [assessment]
  home:
    kind: form
    title: The home
    who: [housing]
    compartment: housing
    questions:
      tenure: {ask: Who owns the home?, type: choice, options: {own: The person, council: The council, other: Another}}
      permitted: {ask: Does the owner permit works?, type: yes_no, allow: [not_known]}
      hostel: {ask: Is it a hostel?, type: yes_no}
      for_sale: {ask: Is it for sale?, type: yes_no}
      money: {ask: Is there money for it?, type: yes_no, allow: [not_known]}
"""


def _needs(needs: str, more: str = "") -> dict[str, str]:
    return {
        "2-assessment.yaml": f"""\
{_HOME}gates:
  suitable:
    title: Can something be done to the home?
    guards: [visit]
    criteria:
      home:
        unknown: hold
        source: guide, part 3
        code: landlord_refused
        instead: [advice]
{more}        needs:
{needs}"""
    }


_NESTED = """\
          all_of:
            may:
              any_of:
                own:
                  holds_if: "home.tenure == 'own'"
                  reason: The person does not own the home.
                permitted:
                  holds_if: "home.permitted == 'yes'"
                  reason: The owner does not permit works.
            lasting:
              none_of:
                hostel:
                  holds_if: "home.hostel == 'yes'"
                  reason: Works are not done in hostels.
                  then: advise
                  instead: [refuge]
                for_sale:
                  holds_if: "home.for_sale == 'yes'"
                  reason: The home is about to be sold.
"""


def _answers(**answers: str) -> str:
    every = {"tenure": "other", "permitted": "yes", "hostel": "no", "for_sale": "no", "money": "yes"} | answers
    said = ", ".join(f"{name}: {value}" for name, value in every.items())
    return f"""\
- at: 2026-03-02 10:00
  did: home
  as: housing
  answers: {{{said}}}
- at: 2026-03-02 11:00
  did: assessment
  as: housing
  answers: {{wants_it: yes}}
"""


_WAIT = """\
steps:
  visit:
    kind: form
    title: First visit
    who: [support]
    compartment: core
gates:
  paid:
    title: Is there money?
    guards: [visit]
    criteria:
      no_money:
        stops_if: "assessment.wants_it == 'no'"
        reason: It is approved, and this year's money is spent.
        unknown: hold
        then: wait
        status: Approved, waiting for money
        source: guide, part 5
"""

CHAPTER = Chapter(
    name="needs",
    title="Needs and what happens next",
    text="""
Where a rule has several parts, and a person should hear which of them is not met, a criterion has `needs` instead of
`stops_if`: a group, `all_of`, `any_of` or `none_of`, of named members. A member says what has to be so (`holds_if`), or
is a group again. The gate is shut where the group does not hold, and undecided where that is not known yet.

What is said is said by the members that fail: of `all_of`, those that do not hold; of `any_of`, all of them, once none
holds; of `none_of`, those that do hold. Each is named by its path, as in `suitable.home.may.own`. A `reason` on a
group, or on the criterion, speaks for everything in it.

`then` says what happens next. With `refuse`, `pass_on` and `advise` the gate is shut: the request is refused, goes on
to somebody else (`to`), or advice is what the scheme has to give. With `wait` nobody is refused: the steps wait for the
facts that said so, the case stays open, and `status` is what it is called meanwhile. Where members with different
answers to `then` fail at the same time, it waits only if all of them do.
""",
    keys=("GroupShape.*", "NeedShape.*", "CriterionShape.needs"),
    cases=(
        Case(
            title="Every need holds",
            files=_needs(_NESTED),
            events=_answers(),
            expect="- at: 2026-03-02 12:00\n  outcome: open\n  open: [visit]\n  stopped: []\n",
        ),
        Case(
            title="Each member that fails says why",
            files=_needs(_NESTED),
            events=_answers(permitted="no", for_sale="yes"),
            expect="""\
- at: 2026-03-02 12:00
  outcome: stopped
  open: []
  stopped: [suitable.home.may.own, suitable.home.may.permitted, suitable.home.lasting.for_sale]
""",
        ),
        Case(
            title="One member that holds is enough for any_of",
            files=_needs(_NESTED),
            events=_answers(tenure="own", permitted="not_known"),
            expect="- at: 2026-03-02 12:00\n  open: [visit]\n  unknown: []\n",
        ),
        Case(
            title="What is not known leaves the group undecided",
            files=_needs(_NESTED),
            events=_answers(permitted="not_known"),
            expect="""\
- at: 2026-03-02 12:00
  outcome: open
  open: []
  waiting: {visit: [home.permitted]}
""",
        ),
        Case(
            title="A need that fails settles it, whatever else is not known",
            files=_needs(_NESTED),
            events=_answers(permitted="not_known", hostel="yes"),
            expect="- at: 2026-03-02 12:00\n  outcome: stopped\n  stopped: [suitable.home.lasting.hostel]\n",
        ),
        Case(
            title="The criterion speaks for its needs",
            files=_needs(
                """\
          any_of:
            own: {holds_if: "home.tenure == 'own'"}
            council: {holds_if: "home.tenure == 'council'"}
""",
                "        reason: The scheme is for owners and for the council's own homes.\n",
            ),
            events=_answers(),
            expect="- at: 2026-03-02 12:00\n  stopped: [suitable.home]\n",
        ),
        Case(
            title="A group speaks for its members",
            files=_needs(
                """\
          all_of:
            owner:
              reason: The scheme is for owners and for the council's own homes.
              then: pass_on
              to: the landlord's own scheme
              any_of:
                own: {holds_if: "home.tenure == 'own'"}
                council: {holds_if: "home.tenure == 'council'"}
            not_hostel: {holds_if: "home.hostel == 'no'", reason: Works are not done in hostels.}
"""
            ),
            events=_answers(),
            expect="- at: 2026-03-02 12:00\n  outcome: stopped\n  stopped: [suitable.home.owner]\n",
        ),
        Case(
            title="Approved, and waiting for money",
            text="Nobody is refused. The step waits for what said so, and the case has a name for that.",
            files={"2-assessment.yaml": _WAIT},
            events="""\
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers: {wants_it: no}
""",
            expect="""\
- at: 2026-03-02 12:00
  outcome: open
  status: Approved, waiting for money
  stopped: []
  held: [paid.no_money]
  open: []
  waiting: {visit: [assessment.wants_it]}
  unknown: []
""",
        ),
        Case(
            title="One that waits and one that refuses",
            files=_needs(
                """\
          all_of:
            owner: {holds_if: "home.tenure == 'own'", reason: The person does not own the home.}
            money: {holds_if: "home.money == 'yes'", reason: This year's money is spent., then: wait}
"""
            ),
            events=_answers(money="no"),
            expect="""\
- at: 2026-03-02 12:00
  outcome: stopped
  stopped: [suitable.home.owner, suitable.home.money]
  held: []
""",
        ),
        Refused(
            title="A group of one, an empty group, and no reason",
            files=_needs(
                """\
          all_of:
            one:
              any_of:
                own: {holds_if: "home.tenure == 'own'", reason: The person does not own the home.}
            two:
              none_of: {}
            three: {holds_if: "home.hostel == 'no'"}
"""
            ),
            problems=(
                "2-assessment.yaml:32:15: 'any_of' needs two members or more; write one alone without a group",
                "2-assessment.yaml:35:15: 'none_of' needs two members or more; write one alone without a group",
                "2-assessment.yaml:36:13: 'three' needs the key 'reason', or the group around it does",
            ),
        ),
        Refused(
            title="Two groups in one, a group with a condition, and a reason that nobody would read",
            files=_needs(
                """\
          all_of:
            both:
              any_of: {}
              all_of: {}
            one:
              reason: Not that.
              holds_if: "home.hostel == 'no'"
              any_of:
                own: {holds_if: "home.tenure == 'own'", reason: The person does not own the home.}
                council: {holds_if: "home.tenure == 'council'"}
            two: {}
"""
            ),
            problems=(
                "2-assessment.yaml:31:13: write one of all_of, any_of, none_of here, and only one",
                "2-assessment.yaml:36:15: this is a group; write 'holds_if' in its members",
                "2-assessment.yaml:38:57: nobody would read this: the reason of 'one' is given for all",
                "2-assessment.yaml:40:13: 'two' needs the key 'holds_if', or one of all_of, any_of, none_of",
                "2-assessment.yaml:40:13: 'two' needs the key 'reason', or the group around it does",
            ),
        ),
        Refused(
            title="What happens next, and to whom",
            files=_needs(
                """\
          all_of:
            one: {holds_if: "home.hostel == 'no'", reason: Not in hostels., then: pass_on}
            two: {holds_if: "home.for_sale == 'no'", reason: It is sold., to: housin, then: pass_on}
            three: {holds_if: "home.for_sale == 'no'", reason: It is sold., status: Waiting, then: wit}
""",
                "        stops_if: \"home.hostel == 'yes'\"\n",
            ),
            problems=(
                "2-assessment.yaml:30:9: this criterion has 'stops_if' already; write either the one or the other",
                "2-assessment.yaml:32:77: say with 'to' whom it is passed on to",
                "2-assessment.yaml:33:79: there is no role 'housin'; did you mean 'housing'?",
                "2-assessment.yaml:34:77: 'status' belongs to 'then: wait'",
                "2-assessment.yaml:34:100: 'wit' cannot stand here; did you mean 'wait'?",
            ),
        ),
    ),
)
