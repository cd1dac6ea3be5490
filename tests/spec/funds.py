"""The chapter about funds."""

from tests.support.chapter import Case, Chapter, Refused

_FUNDS = """\
measures:
  lock: {title: Lock}
  safe_door: {title: Half-hour fire door}
  phone: {title: Mobile phone, sort: provided}
packages:
  minimum: {title: Minimum, measures: [lock]}
funds:
  prevention:
    title: Homelessness prevention
    years: {2025-04-01: 14000.00, 2026-04-01: 16000.00}
    cap_per_case: {2025-04-01: 1000.00, 2026-03-05: 1200.00}
    pays_for: [minimum, safe_door]
    source: "guide, part 10"
    meets: [N28]
  landlord:
    title: The landlord's own scheme
    pays_for: [minimum]
    first_refusal: landlord.pays
    source: "guide, part 10"
"""
_SURVEY = """\
steps:
  specification:
    kind: specification
    title: What is to be fitted
    who: [police]
    compartment: housing
    after: [assessment]
    questions:
      measures: {ask: What is to be fitted?, type: choices, options_from: measures}
      cost: {ask: What does it cost?, type: money}
  landlord:
    kind: form
    title: First refusal
    who: [housing]
    compartment: housing
    after: [specification]
    questions:
      pays: {ask: Does the landlord take this on?, type: yes_no}
  above_the_cap:
    kind: form
    title: Agreement to more than the cap
    who: [housing]
    compartment: housing
    when: "specification.cost > fund.prevention_cap"
  bill:
    kind: form
    title: Bill to the fund
    who: [housing]
    compartment: housing
    when: "'lock' in fund.prevention_pays"
  appeal:
    kind: form
    title: Appeal for what nobody pays
    who: [support]
    compartment: core
    when: "size(fund.unpaid) > 0"
"""
_FILES = {"measures.yaml": _FUNDS, "4-survey.yaml": _SURVEY}
_SPECIFIED = """\
- at: 2026-03-03 09:00
  did: assessment
  as: housing
  answers: {wants_it: yes}
- at: 2026-03-04 10:00
  did: specification
  as: police
  answers: {measures: [%s], cost: 1100.00}
"""
_ASKED = """\
- at: 2026-03-04 12:00
  did: landlord
  as: housing
  answers: {pays: %s}
"""


def _funds(text: str) -> dict[str, str]:
    return {"measures.yaml": f"measures:\n  lock: {{title: Lock}}\nfunds:\n{text}"}


CHAPTER = Chapter(
    name="funds",
    title="Funds",
    text="""
`funds` in measures.yaml says who pays, and how much there is. Yearly budgets stand by the day on which each year
begins and hold for twelve months; caps stand by the day from which each holds. A cap may be written without a date
where the fund has no dated budget either. Outside their days figures are not known, and nothing is made up for them.

A fund pays for what it names, or for everything. Each measure is paid for by the first fund that pays for it: those
with `first_refusal` are asked before the others and pay where the answer is yes; the others pay in the order written.

The facts are `fund.NAME_budget` and `fund.NAME_cap` (of today), `fund.NAME_pays` (what it pays for, of all that was
chosen in the specifications of this case), and `fund.unpaid` (what no fund pays for). What was spent in other cases
is no fact of this one: ask whether there is money left, and let a gate wait for it.
""",
    keys=("MeasuresFile.funds", "FundShape.*"),
    cases=(
        Case(
            title="First refusal, and who pays when it is not taken",
            files=_FILES,
            events=_SPECIFIED % "lock" + _ASKED % "no",
            expect="""\
- at: 2026-03-04 11:00
  open: [landlord, above_the_cap]
  waiting: {bill: [landlord.pays], appeal: [landlord.pays]}
- at: 2026-03-04 13:00
  open: [above_the_cap, bill]
""",
        ),
        Case(
            title="First refusal is taken, and something has no payer",
            files=_FILES,
            events=_SPECIFIED % "lock, phone" + _ASKED % "yes",
            expect="""\
- at: 2026-03-04 13:00
  open: [above_the_cap, appeal]
""",
        ),
        Case(
            title="A new cap applies from its day on",
            files=_FILES,
            events=_SPECIFIED % "safe_door" + _ASKED % "no",
            expect="""\
- at: 2026-03-04 23:00
  open: [above_the_cap]
- at: 2026-03-05 01:00
  open: []
""",
        ),
        Refused(
            title="A figure without a date where another has one",
            files=_funds(
                """\
  one: {title: One, years: {2026-04-01: 100.00}, cap_per_case: 20.00, source: "guide, part 10"}
"""
            ),
            problems=(
                "measures.yaml:4:64: the budgets have dates; say from which day this holds: {2026-04-01: 1200.00}",
            ),
        ),
        Refused(
            title="Two that are asked first for the same thing",
            files={
                **_funds(
                    """\
  one: {title: One, first_refusal: assessment.wants_it, source: "guide, part 10"}
  two: {title: Two, first_refusal: assessment.wants_it, pays_for: [lock], source: "guide, part 10"}
"""
                )
            },
            problems=("measures.yaml:5:21: 'one' has first refusal for lock already",),
        ),
        Refused(
            title="What it pays for is not there, and what is asked is no yes or no",
            files=_funds(
                """\
  one: {title: One, pays_for: [lok], first_refusal: referral.name, cap_per_case: much, source: "guide, part 10"}
"""
            ),
            problems=(
                "measures.yaml:4:32: there is no measure or package 'lok'; did you mean 'lock'?",
                "measures.yaml:4:53: referral.name is not answered with yes or no",
                "measures.yaml:4:82: write an amount in pounds, like 1200.00",
            ),
        ),
    ),
)
