"""Small schemes and cases, made in Python: core must judge those rightly too that no loader would let through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import chain

from sanctuary.core.clocks import Calendar, Period, Unit
from sanctuary.core.conditions import Condition, FactType, Kind, Scope, compile_condition
from sanctuary.core.events import Event, EventKind, fold
from sanctuary.core.facts import Facts, Value
from sanctuary.core.known import known
from sanctuary.core.progress import Progress, evaluate
from sanctuary.core.scheme import (
    Area,
    Clock,
    ClosingReason,
    Compartment,
    Criterion,
    Gate,
    Header,
    Origin,
    Question,
    QuestionType,
    Role,
    Scheme,
    Section,
    Stance,
    Step,
    StepKind,
    Who,
)
from sanctuary.core.stages import Stage

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
CALENDAR = Calendar(bank_holidays=frozenset({date(2026, 4, 3)}), known_to=date(2028, 12, 31))
ROLES = ("housing", "police", "support")
REASONS = ("helped", "withdrawn")
GUIDE = Origin(source="The guide", meets=("N1",))
_YES_NO = FactType(kind=Kind.CHOICE, options=("yes", "no"))
_TIME, _DAY = FactType(kind=Kind.MOMENT), FactType(kind=Kind.DATE)
# Every step from a to e may be asked about; what a scheme does not have is simply never answered.
NAMES: Mapping[str, FactType] = {
    **{f"{step}.{name}": _YES_NO for step in "abcde" for name in ("x", "y")},
    **{f"{step}.on": _DAY for step in "abcde"},
    **{f"{step}.at": _TIME for step in "abcde"},
    **{f"done.{step}": _TIME for step in "abcde"},
    **{f"gate.{name}": FactType(kind=Kind.CHOICE, options=("open", "stopped")) for name in ("one", "two")},
    "a.who": FactType(kind=Kind.CHOICE, options=ROLES),
    "e.reason": FactType(kind=Kind.CHOICE, options=REASONS),
    "case.opened": _TIME,
    "case.area": FactType(kind=Kind.CHOICE, options=("town", "village")),
}


def rule(text: str) -> Condition:
    """A condition on the steps a to e."""
    condition = compile_condition(text, NAMES)
    assert isinstance(condition, Condition), condition
    return condition


def period(count: int, unit: Unit = Unit.DAYS) -> Period:
    """A period."""
    return Period(count=count, unit=unit)


def question(name: str, type_: QuestionType = QuestionType.YES_NO, **rest: object) -> Question:
    """A question, into the core unless it says otherwise."""
    rest = {"compartment": "core", "ask": f"What is {name}?", **rest}
    return Question(name=name, type=type_, **rest)  # type: ignore[arg-type]


def step(name: str, *questions: Question, when: str = "", who: Who | None = None, **rest: object) -> Step:
    """A step of the council's, a form in the first stage unless it says otherwise."""
    sections = (Section(name="", title="", questions=questions),) if questions else ()
    rest = {"stage": Stage.REFERRAL, "kind": StepKind.FORM, "compartment": "core", "sections": sections, **rest}
    doers = who or Who(roles=("housing",))
    condition = rule(when) if when else None
    return Step(name=name, title=name.upper(), who=doers, when=condition, **rest)  # type: ignore[arg-type]


def criterion(name: str, stops_if: str, unknown: Stance = Stance.HOLD, **rest: object) -> Criterion:
    """A criterion that leads to a withdrawal."""
    rest = {"reason": f"Because of {name}.", "code": "withdrawn", "alternatives": ("refuge",), "origin": GUIDE, **rest}
    return Criterion(name=name, stops_if=rule(stops_if), unknown=unknown, **rest)  # type: ignore[arg-type]


def gate(name: str, guards: tuple[str, ...], *criteria: Criterion, behind: Iterable[str] = (), **rest: object) -> Gate:
    """A gate before `guards`, with all of them and `behind` behind it."""
    rest = {"stage": Stage.ASSESSMENT, "title": name, **rest}
    return Gate(name=name, guards=guards, behind=frozenset({*guards, *behind}), criteria=criteria, **rest)  # type: ignore[arg-type]


def clock(until: str, start: str, within: Period | None, **rest: object) -> Clock:
    """The clock of a step."""
    return Clock(name=until, title=until, start=start, until=until, within=within, **rest)  # type: ignore[arg-type]


def scheme(*steps: Step, gates: Iterable[Gate] = (), **rest: object) -> Scheme:
    """A scheme of these steps."""
    parts = ("core", "police")
    made: dict[str, object] = {
        "agencies": {f"the_{role}": role.title() for role in ROLES},
        "areas": {"town": Area(name="town", title="Town", agencies={role: f"the_{role}" for role in ROLES})},
        "roles": {role: Role(name=role, title=role.title(), reads=(), writes=("core",)) for role in ROLES},
        "compartments": {
            name: Compartment(name=name, number=number, title=name, holds=name) for number, name in enumerate(parts)
        },
        "closing_reasons": {name: ClosingReason(name=name, title=name, helped=False) for name in REASONS},
        "alternatives": {"refuge": "A place in a refuge"},
        "header": Header(name="a.name", birth_date="a.born", address="a.home", postcode="a.code", safe_contact=()),
        **{name: {} for name in ("vocabulary", "letters", "measures", "packages")},
        "reassignments": (),
        "clocks": (),
        **rest,
    }
    gates = tuple(gates)
    return Scheme(
        key="small",
        title="Small",
        version="v1",
        calendar=CALENDAR,
        names=NAMES,
        steps={each.name: each for each in steps},
        gates={each.name: each for each in gates},
        settles=gates,
        **made,  # type: ignore[arg-type]
    )


def after(hours: float) -> datetime:
    """So long after the case was opened."""
    return START + timedelta(hours=hours)


def event(kind: EventKind, hours: float, step: str = "", **rest: object) -> Event:
    """Something that happened so long after the case was opened."""
    return Event(kind=kind, at=after(hours), step=step, **rest)  # type: ignore[arg-type]


def did(step: str, hours: float, role: str = "housing", **answers: Value) -> list[Event]:
    """A step, done with these answers."""
    answered = [event(EventKind.ANSWERED, hours, step, answers=answers, role=role)] if answers else []
    return [*answered, event(EventKind.DONE, hours, step, role=role)]


def case(*happened: Event | list[Event]) -> Facts:
    """A case opened in the town, in which this happened."""
    events = chain.from_iterable([each] if isinstance(each, Event) else each for each in happened)
    return fold([event(EventKind.OPENED, 0, area="town", version="v1"), *events])


def scope(scheme: Scheme, facts: Facts, hours: float = 100) -> Scope:
    """What a condition is decided from."""
    return Scope(known(scheme, facts, after(hours)), after(hours), scheme.calendar)


def at(scheme: Scheme, hours: float, *happened: Event | list[Event]) -> Progress:
    """Where the case stands so long after it was opened."""
    return evaluate(scheme, case(*happened), after(hours))


def opened(progress: Progress) -> list[str]:
    """The steps that are open."""
    return [place.step for place in progress.open]


def waits(progress: Progress) -> dict[str, tuple[str, ...]]:
    """The steps that wait, and for what."""
    return {place.step: place.on for place in progress.waiting}
