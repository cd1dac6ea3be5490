"""What is a scheme? The values that a definition is made of; not how it is written (loader) or run (progress)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from sanctuary.core.checks import Check
from sanctuary.core.clocks import Calendar, Escalation, PauseCause, Period
from sanctuary.core.conditions import Condition, FactType
from sanctuary.core.derived import Derived
from sanctuary.core.easing import Easing
from sanctuary.core.facts import Silence
from sanctuary.core.fittings import Measure as Measure
from sanctuary.core.fittings import Package as Package
from sanctuary.core.flags import Flag
from sanctuary.core.funds import Fund
from sanctuary.core.keeping import Retention
from sanctuary.core.letters import Letter
from sanctuary.core.meanings import Means
from sanctuary.core.needs import Need, Onward
from sanctuary.core.origin import ALWAYS as ALWAYS
from sanctuary.core.origin import NOWHERE as NOWHERE
from sanctuary.core.origin import InForce as InForce
from sanctuary.core.origin import Origin as Origin
from sanctuary.core.stages import Stage
from sanctuary.core.whose import Whose


class StepKind(Enum):
    """What sort of thing a step is. Each kind asks for certain keys: see `docs/reference/language/steps.md`."""

    FORM = "form"
    ENQUIRY = "enquiry"
    DECISION = "decision"
    CONSENT = "consent"
    LETTER = "letter"
    APPOINTMENT = "appointment"
    SPECIFICATION = "specification"
    WORKS = "works"
    NOTICE = "notice"


class QuestionType(Enum):
    """How a question is asked and what a good answer to it is."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    JUDGEMENT = "judgement"
    TEXT = "text"
    LONG_TEXT = "long_text"
    NAME = "name"
    ADDRESS = "address"
    POSTCODE = "postcode"
    PHONE = "phone"
    EMAIL = "email"
    NUMBER = "number"
    MONEY = "money"
    AMOUNT = "amount"
    DATE = "date"
    MOMENT = "moment"
    ROWS = "rows"


class Stance(Enum):
    """What an undecided criterion means for the steps behind its gate."""

    HOLD = "hold"
    CARRY_ON = "carry_on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a form. Its answer is the fact "step.name"."""

    name: str
    ask: str
    type: QuestionType
    compartment: str
    hint: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    allow: tuple[Silence, ...] = ()
    optional: bool = False
    when: Condition | None = None
    columns: tuple[Question, ...] = ()
    search: str = ""
    counted: bool = False
    origin: Origin = NOWHERE
    in_force: InForce = ALWAYS
    means: Means = field(default_factory=dict)
    of: Whose = Whose.PERSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A sum of amounts or money, brought to one period: "week", "month", "quarter", "year"; "" for plain money."""

    name: str
    title: str
    add: tuple[str, ...]
    subtract: tuple[str, ...] = ()
    per: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Questions that stand together on one page."""

    name: str
    title: str
    questions: tuple[Question, ...]
    totals: tuple[Total, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """How long something may take. `within` None: the document states no target.

    `start` is "opened", "asked" (when the enquiry or notice `until` went out), a step or a fact;
    `until` is the step that ends it, or a question of that step, answered with a date. With `before`, a dated fact,
    there is no start: it is due `within` before that. `pauses_for` None: every pause counts, whatever its cause.
    """

    name: str
    title: str
    start: str
    until: str
    within: Period | None
    charged_to: str = ""
    before: str = ""
    escalations: tuple[Escalation, ...] = ()
    pauses_for: tuple[str, ...] | None = None
    origin: Origin = NOWHERE
    in_force: InForce = ALWAYS
    step: str = field(init=False)

    def __post_init__(self) -> None:
        """`step` is the one that ends it, or in which the question that does is asked."""
        object.__setattr__(self, "step", self.until.partition(".")[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who does a step: these roles, or the one role named by the answer to the choice `chosen_in`."""

    roles: tuple[str, ...] = ()
    chosen_in: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A step that opens only some time `after` another step or a dated fact, or that long `before` a dated fact."""

    period: Period
    after: str = ""
    before: str = ""

    @property
    def anchor(self) -> str:
        """What the time is counted from."""
        return self.after or self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the procedure."""

    name: str
    stage: Stage
    kind: StepKind
    title: str
    who: Who
    compartment: str
    sections: tuple[Section, ...] = ()
    help: str = ""
    when: Condition | None = None
    after: tuple[str, ...] = ()
    opens: Opening | None = None
    any_time: bool = False
    every: Period | None = None
    reopens: tuple[str, ...] = ()
    reopens_if: Condition | None = None
    asks: str = ""
    tells: tuple[str, ...] = ()
    letter: str = ""
    closes_with: str = ""
    checks: tuple[Check, ...] = ()
    origin: Origin = NOWHERE

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question of every section, in order."""
        return tuple(question for section in self.sections for question in section.questions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One rule of a gate: the gate is shut while `stops_if` is true.

    Where the rule is written as `needs`, `stops_if` is that they do not hold, and the members that fail say why;
    `reason` is empty unless it speaks for them all. `easing` None: the rule is hard.
    """

    name: str
    stops_if: Condition
    reason: str
    unknown: Stance
    code: str
    alternatives: tuple[str, ...]
    origin: Origin
    in_force: InForce = ALWAYS
    then: Onward = Onward.REFUSE
    to: str = ""
    status: str = ""
    needs: Need | None = None
    easing: Easing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Criteria that stand before some steps. `behind` is what it guards and every step that comes after that."""

    name: str
    stage: Stage
    title: str
    guards: tuple[str, ...]
    behind: frozenset[str]
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compartment:
    """A part of the record that is read, encrypted and erased as one. `number` (0-30) never changes meaning.

    `guarded`: it stays out of a copy for the person until somebody decides otherwise.
    """

    name: str
    number: int
    title: str
    holds: str
    guarded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRule:
    """Compartments that a role may read, while `when` is true (or there is none) and until step `until` is done."""

    compartments: tuple[str, ...]
    when: Condition | None = None
    until: str = ""
    origin: Origin = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A part that an agency plays in a case. `may` holds "move_cases" where it moves cases to this version."""

    name: str
    title: str
    reads: tuple[ReadingRule, ...]
    writes: tuple[str, ...]
    may: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A place where the scheme runs, and which agency plays each role there."""

    name: str
    title: str
    agencies: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reassignment:
    """In a case where `when` is true, `role` is played by `agency` instead of the area's own."""

    role: str
    agency: str
    when: Condition
    origin: Origin = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingReason:
    """A coded reason for which a case ends."""

    name: str
    title: str
    helped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Which facts say who the case is about: shown at the top of its page, and nowhere outside it."""

    name: str
    birth_date: str
    address: str
    postcode: str
    safe_contact: tuple[str, ...]
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What the scheme calls something, one and many."""

    one: str
    many: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """While `when` is true, a case goes on under `scheme`: the same, but these `steps` come after others than usual."""

    name: str
    title: str
    when: Condition
    steps: tuple[str, ...]
    scheme: Scheme
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scheme:
    """A whole definition, checked. Steps, gates and clocks are in the order in which they are to be read.

    Compared by identity, so that what is worked out of a scheme alone can be kept for as long as it is.

    `names` types every fact that a condition may read: "step.question", "done.step" (when it was done), "by.step" (the
    role that did it), "gate.name" ("open" or "stopped"), "case.area" and the like, and the derived facts.
    `settles`: the gates and the `derived` facts, each after those that it reads. `changes_on`: the days on which some
    rule comes into force or has gone out of it; `reads_time`: whether any condition reads `now` or `today`.
    """

    key: str
    title: str
    version: str
    calendar: Calendar
    vocabulary: Mapping[str, Word]
    compartments: Mapping[str, Compartment]
    agencies: Mapping[str, str]
    areas: Mapping[str, Area]
    roles: Mapping[str, Role]
    reassignments: tuple[Reassignment, ...]
    steps: Mapping[str, Step]
    gates: Mapping[str, Gate]
    clocks: tuple[Clock, ...]
    letters: Mapping[str, Letter]
    measures: Mapping[str, Measure]
    packages: Mapping[str, Package]
    alternatives: Mapping[str, str]
    closing_reasons: Mapping[str, ClosingReason]
    header: Header
    names: Mapping[str, FactType]
    settles: tuple[Gate | Derived, ...]
    derived: tuple[Derived, ...] = ()
    tracks: tuple[Track, ...] = ()
    changes_on: tuple[date, ...] = ()
    reads_time: bool = False
    pauses: Mapping[str, PauseCause] = field(default_factory=dict)
    edition: date | None = None
    funds: tuple[Fund, ...] = ()
    flags: tuple[Flag, ...] = ()
    retention: tuple[Retention, ...] = ()
    about: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)
