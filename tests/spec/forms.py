"""The chapter about forms, sections and totals."""

from tests.support.chapter import Case, Chapter, Refused

_MONEY = """\
steps:
  finances:
    kind: form
    title: Money
    who: [support]
    compartment: core
    sections:
      coming_in:
        title: What comes in
        hint: Leave out what there is none of.
        compartment: housing
        questions:
          wages: {ask: What are the wages?, type: amount, optional: yes, allow: [not_known]}
          benefits: {ask: What are the benefits?, type: amount, optional: yes}
        totals:
          income: {title: All that comes in, add: [wages, benefits], per: month}
      going_out:
        title: What goes out
        compartment: housing
        questions:
          rent: {ask: What is the rent?, type: amount, optional: yes}
    totals:
      left: {title: What is left, add: [wages, benefits], subtract: [rent], per: month}
"""

_ADVICE = """\
steps:
  money_advice:
    kind: form
    title: Money advice
    who: [support]
    compartment: core
    after: [finances]
    when: "finances.left < 100.00"
"""

CHAPTER = Chapter(
    name="forms",
    title="Forms, sections and totals",
    text="""
A step has its questions on one page under `questions`, on several pages under `sections`, or takes them from a form
of the scheme that several steps share with `form`. `totals` are sums that the form works out from amounts or money
of the same step, brought to one period; a total is a fact like an answer. Blank amounts count nothing. While an
amount in it is not known, neither is the total.
""",
    keys=(
        "StepShape.sections",
        "StepShape.form",
        "StepShape.totals",
        "SectionShape.*",
        "TotalShape.*",
        "FormShape.*",
        "SchemeFile.forms",
    ),
    cases=(
        Case(
            title="Sections, and totals over any period",
            text="£130 a week is £563.33 a month, and £600 goes out: what is left is less than £100.",
            files={"2-assessment.yaml": _MONEY, "3-decision.yaml": _ADVICE},
            events="""\
- at: 2026-03-02 10:00
  did: finances
  as: support
  answers:
    wages: £130 a week
    rent: £600 a month
""",
            expect="""\
- at: 2026-03-02 11:00
  open: [assessment, money_advice]
""",
        ),
        Case(
            title="A total of what is not known is not known",
            files={"2-assessment.yaml": _MONEY, "3-decision.yaml": _ADVICE},
            events="""\
- at: 2026-03-02 10:00
  did: finances
  as: support
  answers:
    wages: not_known
    rent: £600 a month
""",
            expect="""\
- at: 2026-03-02 11:00
  open: [assessment]
  waiting: {money_advice: [finances.left]}
""",
        ),
        Case(
            title="A form shared by several steps",
            files={
                "scheme.yaml": """\
forms:
  follow_up:
    questions:
      feels_safe: {ask: Do they feel safe at home?, type: yes_no}
""",
                "6-aftercare.yaml": """\
steps:
  after_3_months:
    kind: form
    title: Follow-up at 3 months
    who: [support]
    compartment: core
    form: follow_up
    opens: {after: assessment, in: 3 months}
  after_6_months:
    kind: form
    title: Follow-up at 6 months
    who: [support]
    compartment: core
    form: follow_up
    opens: {after: assessment, in: 6 months}
""",
            },
            events="""\
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers: {wants_it: yes}
- at: 2026-06-03 10:00
  did: after_3_months
  as: support
  answers: {feels_safe: yes}
""",
            expect="""\
- at: 2026-06-02 12:00
  open: [after_3_months]
- at: 2026-09-02 12:00
  open: [after_6_months]
""",
        ),
        Refused(
            title="A total of something that is not money",
            files={
                "2-assessment.yaml": """\
steps:
  finances:
    kind: form
    title: Money
    who: [support]
    compartment: core
    questions:
      people: {ask: How many people live there?, type: number}
    totals:
      all: {title: All, add: [people]}
"""
            },
            problems=("2-assessment.yaml:10:31: only money and amounts can be summed; 'people' has the type number",),
        ),
    ),
)
