"""A small scheme that asks one question of every type, and a case in it, for pages to be drawn from."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from sanctuary.core.clocks import LONDON, Calendar, Period, Unit
from sanctuary.core.conditions import Condition, FactType, Kind, compile_condition
from sanctuary.core.facts import Facts, Silence, Value
from sanctuary.core.letters import Letter, parse
from sanctuary.core.scheme import (
    Area,
    Clock,
    ClosingReason,
    Compartment,
    Criterion,
    Gate,
    Header,
    Measure,
    Origin,
    Package,
    Question,
    QuestionType,
    ReadingRule,
    Role,
    Scheme,
    Section,
    Stance,
    Step,
    StepKind,
    Total,
    Who,
    Word,
)
from sanctuary.core.stages import Stage

NOW = datetime(2026, 3, 3, 10, 30, tzinfo=LONDON)
_NAMES = {
    "referral.owns": FactType(kind=Kind.CHOICE, options=("own", "rent", "other")),
    "referral.lives_there": FactType(kind=Kind.CHOICE, options=("yes", "no")),
}


def condition(text: str) -> Condition:
    """A compiled condition on the sample's own questions."""
    made = compile_condition(text, _NAMES)
    assert isinstance(made, Condition), made
    return made


def question(name: str, ask: str, kind: QuestionType, compartment: str = "core", **more: object) -> Question:
    """A question of the sample."""
    return Question(name=name, ask=ask, type=kind, compartment=compartment, **more)  # type: ignore[arg-type]


_AMOUNTS = Section(
    name="money",
    title="Money",
    hint="This is asked to see whether the home can be kept. It never decides who is helped.",
    questions=(
        question("wages", "Wages or salary", QuestionType.AMOUNT, "money"),
        question("rent", "Rent or mortgage", QuestionType.AMOUNT, "money", hint="Without service charges"),
        question("debts", "Debts in all", QuestionType.MONEY, "money", allow=(Silence.NOT_KNOWN, Silence.DECLINED)),
    ),
    totals=(Total(name="left", title="Left over", add=("wages",), subtract=("rent",), per="month"),),
)
_HOME = Section(
    name="home",
    title="The home",
    questions=(
        question(
            "owns",
            "How does she hold the home?",
            QuestionType.CHOICE,
            options={"own": "She owns it", "rent": "She rents it", "other": "Another way"},
            allow=(Silence.NOT_KNOWN,),
        ),
        question("landlord", "Who is the landlord?", QuestionType.NAME, when=condition("referral.owns == 'rent'")),
        question(
            "landlord_phone", "Landlord’s telephone", QuestionType.PHONE, when=condition("referral.owns == 'rent'")
        ),
        question("lives_there", "Does the perpetrator live there?", QuestionType.YES_NO),
        question("suits", "Does it suit?", QuestionType.JUDGEMENT, options={"yes": "Yes", "no": "No"}, optional=True),
        question(
            "threats",
            "What has been threatened?",
            QuestionType.CHOICES,
            options={"fire": "Fire", "break_in": "Breaking in", "harm": "Harm to her or the children"},
            allow=(Silence.NOT_KNOWN, Silence.DECLINED),
        ),
        question(
            "leaves",
            "When does the perpetrator leave?",
            QuestionType.DATE,
            when=condition("referral.lives_there == 'yes'"),
        ),
    ),
)
_PERSON = Section(
    name="person",
    title="The person",
    questions=(
        question("name", "Full name", QuestionType.NAME),
        question("born", "Date of birth", QuestionType.DATE, hint="For example, 27 3 1985", allow=(Silence.NOT_KNOWN,)),
        question("address", "Address of the home", QuestionType.ADDRESS),
        question("postcode", "Postcode", QuestionType.POSTCODE),
        question("email", "Email address", QuestionType.EMAIL, optional=True),
        question("safe_phone", "Telephone that is safe to call", QuestionType.PHONE, allow=(Silence.NOT_APPLICABLE,)),
        question("safe_times", "When is it safe to call?", QuestionType.TEXT),
        question("visit", "Time of the first visit", QuestionType.MOMENT),
        question("rooms", "How many rooms are there?", QuestionType.NUMBER),
        question("story", "What has happened?", QuestionType.LONG_TEXT, "police"),
        question(
            "children",
            "Children who live there",
            QuestionType.ROWS,
            columns=(
                question("name", "Name", QuestionType.NAME),
                question("born", "Date of birth", QuestionType.DATE, allow=(Silence.NOT_KNOWN,)),
            ),
            allow=(Silence.NOT_APPLICABLE,),
        ),
    ),
)
_ORIGIN = Origin(source="guide, section 2")


def _step(name: str, stage: Stage, kind: StepKind, title: str, *roles: str, **more: object) -> Step:
    return Step(
        name=name, stage=stage, kind=kind, title=title, who=Who(roles=roles), compartment="core", origin=_ORIGIN, **more
    )  # type: ignore[arg-type]


def _decision(name: str, ask: str, **more: object) -> tuple[Section, ...]:
    return (
        Section(name="decision", title="Decision", questions=(question("outcome", ask, QuestionType.YES_NO, **more),)),
    )  # type: ignore[arg-type]


_STEPS = (
    _step(
        "referral", Stage.REFERRAL, StepKind.FORM, "Referral", "housing", "police", sections=(_PERSON, _HOME, _AMOUNTS)
    ),
    _step(
        "enquiry",
        Stage.ASSESSMENT,
        StepKind.ENQUIRY,
        "Police enquiry",
        "housing",
        asks="police",
        after=("referral",),
        sections=_decision("enquiry", "Is there a reason not to go on?", compartment="police"),
    ),
    _step(
        "approval",
        Stage.DECISION,
        StepKind.DECISION,
        "Approval",
        "housing",
        after=("referral",),
        sections=_decision("approval", "Is it approved?"),
        help="The housing officer decides.",
    ),
    _step(
        "acceptance",
        Stage.DECISION,
        StepKind.LETTER,
        "Acceptance letter",
        "housing",
        letter="acceptance",
        after=("approval",),
    ),
    _step(
        "specification",
        Stage.SURVEY,
        StepKind.SPECIFICATION,
        "Specification",
        "police",
        after=("acceptance",),
        sections=(
            Section(
                name="works",
                title="What is to be fitted",
                questions=(
                    question(
                        "package", "Which package?", QuestionType.CHOICE, options={"minimum": "Minimum", "plus": "Plus"}
                    ),
                ),
            ),
        ),
    ),
    _step(
        "telling",
        Stage.WORKS,
        StepKind.NOTICE,
        "Tell the others",
        "housing",
        tells=("police",),
        after=("specification",),
    ),
    _step(
        "conference",
        Stage.ASSESSMENT,
        StepKind.FORM,
        "Case conference",
        "housing",
        "police",
        any_time=True,
        sections=_decision("conference", "Was it held?"),
    ),
    _step(
        "withdrawal",
        Stage.MONITORING,
        StepKind.FORM,
        "Withdrawal",
        "housing",
        any_time=True,
        closes_with="withdrawal.outcome",
        sections=_decision("withdrawal", "Does she want to stop?"),
    ),
)
_GATE = Gate(
    name="considered",
    stage=Stage.DECISION,
    title="Can it be considered?",
    guards=("approval",),
    behind=frozenset({"approval", "acceptance", "specification", "telling"}),
    criteria=(
        Criterion(
            name="lives_there",
            stops_if=condition("referral.lives_there == 'yes'"),
            reason="The perpetrator lives in the home.",
            unknown=Stance.HOLD,
            code="unsuitable",
            alternatives=("refuge", "advice"),
            origin=_ORIGIN,
        ),
    ),
)


LETTER = """
# Your application

Dear {referral.name},

We can fit the measures that were agreed.

- Somebody will ring you at a time that is safe.

{alternatives}

{officer}, {agency}, {today}
"""


_MEASURES = {"lock": "Window lock", "alarm": "Smoke alarm"}
_ROLES = {
    "housing": Role(
        name="housing",
        title="Local housing authority",
        writes=("core", "money"),
        reads=(ReadingRule(compartments=("core", "money")),),
    ),
    "police": Role(
        name="police",
        title="Police domestic violence unit",
        writes=("core", "police"),
        reads=(ReadingRule(compartments=("core", "police")),),
    ),
}
_CLOCK = Clock(
    name="enquiry",
    title="Police enquiry",
    start="referral",
    until="enquiry",
    origin=_ORIGIN,
    within=Period(count=1, unit=Unit.WORKING_DAYS),
)
_HEADER = Header(
    name="referral.name",
    birth_date="referral.born",
    address="referral.address",
    postcode="referral.postcode",
    safe_contact=("referral.safe_phone", "referral.safe_times"),
    people=("referral.children",),
)


def scheme() -> Scheme:
    """The sample scheme."""
    return Scheme(
        key="sample",
        title="Sample County Sanctuary Scheme",
        version="1",
        about="A scheme for tests.",
        calendar=Calendar(bank_holidays=frozenset(), known_to=date(2030, 1, 1)),
        vocabulary={"person": Word(one="customer", many="customers")},
        compartments={
            name: Compartment(name=name, number=number, title=title, holds=title)
            for number, (name, title) in enumerate({"core": "The case", "money": "Money", "police": "Police"}.items())
        },
        agencies={"council": "Sample District Council", "unit": "Sample Police"},
        areas={"north": Area(name="north", title="North", agencies={"housing": "council", "police": "unit"})},
        roles=_ROLES,
        reassignments=(),
        steps={step.name: step for step in _STEPS},
        gates={"considered": _GATE},
        settles=(_GATE,),
        clocks=(_CLOCK,),
        letters={"acceptance": Letter(name="acceptance", subject="A letter about your home", blocks=parse(LETTER))},
        measures={name: Measure(name=name, title=title) for name, title in _MEASURES.items()},
        packages={
            "minimum": Package(name="minimum", title="Minimum", measures=("lock",)),
            "plus": Package(name="plus", title="Plus", measures=("alarm",), includes=("minimum",)),
        },
        alternatives={"refuge": "A place in a refuge", "advice": "Legal advice about an occupation order"},
        closing_reasons={
            "unsuitable": ClosingReason(name="unsuitable", title="Housing situation unsuitable", helped=False)
        },
        header=_HEADER,
        names=_NAMES,
        sources={"guide": "Sample staff guide"},
    )


ANSWERS: dict[str, Value] = {
    "referral.name": "Amina Example",
    "referral.born": date(1990, 4, 3),
    "referral.address": "1 Sample Street\nNorthtown",
    "referral.postcode": "AB1 2CD",
    "referral.safe_phone": "020 7946 0123",
    "referral.safe_times": "Weekdays between 10:00 and 14:00. Do not leave a message.",
    "referral.visit": datetime(2026, 3, 5, 14, 0, tzinfo=LONDON),
    "referral.rooms": 4,
    "referral.children": (
        {"name": "Bilal Example", "born": date(2018, 5, 1)},
        {"name": "Cora Example", "born": Silence.NOT_KNOWN},
    ),
    "referral.owns": "rent",
    "referral.landlord": "Dale Example",
    "referral.landlord_phone": "020 7946 0456",
    "referral.lives_there": "no",
    "referral.threats": ("fire", "break_in"),
    "referral.leaves": Silence.NOT_APPLICABLE,
    "referral.wages": {"amount": Decimal("310.00"), "per": "week"},
    "referral.rent": {"amount": Decimal("640.00"), "per": "month"},
    "referral.debts": Silence.DECLINED,
    "referral.left": Decimal("703.33"),
}


def facts(**more: object) -> Facts:
    """A case of which the referral is done, as the housing authority may read it."""
    base = {
        "opened_at": NOW - timedelta(days=1),
        "area": "north",
        "seq": 3,
        "answers": ANSWERS,
        "done": {"referral": NOW - timedelta(days=1)},
        "done_by": {"referral": "housing"},
        "times": {"referral": 1},
    }
    return Facts(**{**base, **more})  # type: ignore[arg-type]
