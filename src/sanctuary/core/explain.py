"""Why does a gate, a clock or a derived fact of a case say what it says? Told as far as a reader may know.

What is hidden from the reader is neither told nor tried out: what would change an answer could give it away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sanctuary.core.clocks import LONDON
from sanctuary.core.conditions.amounts import listed
from sanctuary.core.derived import Derived
from sanctuary.core.facts import Facts, Unknown, Value
from sanctuary.core.findings import Finding
from sanctuary.core.forms import compartments_of_fact
from sanctuary.core.gates import counting
from sanctuary.core.known import Known, settle
from sanctuary.core.progress import Progress
from sanctuary.core.scheme import Clock, Criterion, Gate, Scheme, Stance
from sanctuary.core.timing import ClockState, counts
from sanctuary.core.topics import behind
from sanctuary.core.what_if import Change, changes
from sanctuary.core.wording import Wording


class Answer(Enum):
    """What a rule says. The value is how it is told."""

    NO = "It says no"
    CLEAR = "It does not stand in the way"
    UNDECIDED = "It is not decided yet"
    HELD = "It rests on what you may not read"
    NOT_IN_FORCE = "It does not apply today"
    SET_ASIDE = "It was set aside for this case"
    NOT_YET = "It does not count yet"


_JUDGED = (Answer.NO, Answer.CLEAR, Answer.UNDECIDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A fact that a rule looks at. `value` in words; "" where that is not known; `held`: it is not for this reader."""

    fact: str
    title: str
    value: str
    held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Otherwise:
    """What would change an answer: facts in words, and what would be said then."""

    facts: tuple[str, ...]
    becomes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule, in words, with what it says in this case and why. `name` is "gate.criterion" for a gate's."""

    name: str
    says: str
    rule: str
    text: str = ""
    source: str = ""
    alternatives: tuple[str, ...] = ()
    reads: tuple[Read, ...] = ()
    otherwise: tuple[Otherwise, ...] = ()

    @property
    def is_told(self) -> bool:
        """Whether `text` is said in this case, and is not only what would be said."""
        return self.says in (Answer.NO.value, Answer.SET_ASIDE.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why something is as it is. `name` is "gate.name", "clock.name" or the name of a derived fact."""

    name: str
    title: str
    says: str
    more: tuple[str, ...]
    rules: tuple[Rule, ...]


def names(scheme: Scheme) -> tuple[str, ...]:
    """Everything that can be explained, in the scheme's order."""
    gates = (f"gate.{name}" for name in scheme.gates)
    clocks = (f"clock.{clock.name}" for clock in scheme.clocks)
    return (*gates, *clocks, *(one.name for one in scheme.derived))


def explain(
    scheme: Scheme, facts: Facts, progress: Progress, name: str, may_read: frozenset[str] | None = None
) -> Explanation | None:
    """Why `name` says what it says where the case stands at `progress`; None where the scheme has no such thing.

    `may_read` are the compartments open to the reader, None all of them; `facts` need hold no more than those.
    """
    teller = _Teller(scheme, facts, progress, may_read)
    head, _, rest = name.partition(".")
    if head == "gate" and rest in scheme.gates:
        return teller.gate(scheme.gates[rest])
    clock = next((each for each in scheme.clocks if each.name == rest), None) if head == "clock" else None
    if clock is not None:
        return teller.clock(clock)
    derived = next((each for each in scheme.derived if each.name == name), None)
    return teller.derived(derived) if derived else None


class _Teller:
    """What the explanations of one case share."""

    def __init__(self, scheme: Scheme, facts: Facts, progress: Progress, may_read: frozenset[str] | None) -> None:
        self.scheme = scheme
        self.facts = facts
        self.progress = progress
        self.may_read = may_read
        self.now = progress.at
        self.known: Known = settle(scheme, facts, progress.at)
        self.words = Wording(scheme=scheme)

    def gate(self, gate: Gate) -> Explanation:
        rules = tuple(self._criterion(gate, criterion) for criterion in gate.criteria)
        said = {rule.says for rule in rules}
        if any(_is_of(reason.rule, gate.name) for reason in self.progress.stopped):
            said.add(Answer.NO.value)  # which of the rules says so may not be for this reader
        order = (Answer.NO, Answer.UNDECIDED, Answer.HELD)
        says = next((each.value for each in order if each.value in said), Answer.CLEAR.value)
        guards = listed([f"“{self.scheme.steps[name].title}”" for name in gate.guards], "and")
        return Explanation(
            name=f"gate.{gate.name}",
            title=gate.title,
            says=says,
            more=(f"It stands before {guards}, and all that follows.",),
            rules=rules,
        )

    def clock(self, clock: Clock) -> Explanation:
        state = next(each for each in self.progress.clocks if each.clock == clock.name)
        reads = self._reads(frozenset(name for name in (clock.start, clock.before, clock.until) if "." in name))
        rule = Rule(
            name=clock.name,
            says=_clock_says(state, clock),
            rule=f"{self.words.time(clock)}, until {self.words.anchor(clock.until)}",
            source=clock.origin.source,
            reads=reads,
        )
        return Explanation(
            name=f"clock.{clock.name}",
            title=clock.title,
            says=rule.says,
            more=tuple(self._clock_more(clock, state)),
            rules=(rule,),
        )

    def derived(self, derived: Derived) -> Explanation:
        """What a derived fact comes to, with the rows of a finding."""
        reads = behind(self.scheme, derived.reads)
        held = self._is_held(reads)
        value = self.known.scope.facts.get(derived.name)
        says = Answer.HELD.value if held else self._value(derived.name, value)
        otherwise = () if held else self._otherwise(derived, reads)
        title = self.words.fact(derived.name)
        rules = tuple(self._rows(derived)) if isinstance(derived, Finding) else ()
        whole = Rule(name=derived.name, says=says, rule=title, reads=self._reads(reads), otherwise=otherwise)
        return Explanation(name=derived.name, title=title, says=says, more=(), rules=(whole, *rules))

    def _criterion(self, gate: Gate, criterion: Criterion) -> Rule:
        name, reads = f"{gate.name}.{criterion.name}", behind(self.scheme, criterion.stops_if.reads)
        answer = self._answer(name, criterion, reads)
        stance = "the steps wait" if criterion.unknown is Stance.HOLD else "the steps go on meanwhile"
        return Rule(
            name=name,
            says=answer.value,
            rule=f"It says no if {self.words.condition(criterion.stops_if)}. While that is not decided, {stance}.",
            text=self._text(gate, criterion, answer),
            source=criterion.origin.source,
            alternatives=tuple(self.scheme.alternatives[each] for each in criterion.alternatives),
            reads=self._reads(reads),
            otherwise=self._changes(criterion, reads) if answer in _JUDGED else (),
        )

    def _text(self, gate: Gate, criterion: Criterion, answer: Answer) -> str:
        """What it says to the person; of several needs those that fail, or why it was set aside."""
        name = f"{gate.name}.{criterion.name}"
        if answer is Answer.HELD:
            return ""
        if answer is Answer.SET_ASIDE:
            override = self.facts.overridden.get(name)
            if override is None:
                return "Why is in a part of the record that you do not read."
            return f"By {self.words.roles([override.role])}: {override.reason}"
        verdict = self.known.verdicts[gate.name]
        said = [reason.text for reason in (*verdict.stopped, *verdict.held) if _is_of(reason.rule, name)]
        return " ".join(said) or criterion.reason

    def _answer(self, name: str, criterion: Criterion, reads: frozenset[str]) -> Answer:
        if not criterion.in_force.on(self.known.day):
            return Answer.NOT_IN_FORCE
        if self._is_held(reads):
            return Answer.HELD
        eased = self.known.verdicts[name.partition(".")[0]].eased
        if name in self.progress.overridden:
            return Answer.SET_ASIDE
        if any(each.rule == name for each in eased.deferred):
            return Answer.NOT_YET
        gate = self.scheme.gates[name.partition(".")[0]]
        scope = counting(self.known.scheme, gate, criterion, self.known.scope, self.known.facts)
        answer = criterion.stops_if.decide(scope)
        return Answer.UNDECIDED if isinstance(answer, Unknown) else Answer.NO if answer else Answer.CLEAR

    def _changes(self, criterion: Criterion, reads: frozenset[str]) -> tuple[Otherwise, ...]:
        condition = criterion.stops_if
        found = changes(
            self.scheme,
            self.facts,
            self.now,
            reads,
            (condition.tree,),
            lambda known: condition.decide(known.scope),
        )
        return self._told(found, {True: Answer.NO.value, False: Answer.CLEAR.value})

    def _otherwise(self, derived: Derived, reads: frozenset[str]) -> tuple[Otherwise, ...]:
        trees = [row.when.tree for row in derived.rows if row.when] if isinstance(derived, Finding) else []
        found = changes(
            self.scheme, self.facts, self.now, reads, trees, lambda known: known.scope.facts.get(derived.name)
        )
        return self._told(found, {}, derived.name)

    def _told(self, found: tuple[Change, ...], says: Mapping[object, str], fact: str = "") -> tuple[Otherwise, ...]:
        told: dict[tuple[str, ...], Otherwise] = {}
        for change in found:
            becomes = says[change.becomes] if says else self._value(fact, change.becomes)
            names = (becomes, *(name for name, _ in change.facts))
            facts = tuple(self._with(name, value) for name, value in change.facts)
            if len(facts) == 1 and names in told:
                value = self.words.value(*change.facts[0])
                facts = (f"{told[names].facts[0]} or {value}",)
            key = names if len(facts) == 1 else (becomes, *facts)
            told[key] = Otherwise(facts=facts, becomes=becomes)
        return tuple(told.values())

    def _with(self, name: str, value: Value) -> str:
        if name.startswith("done."):
            return f"“{self.words.fact(name)}” done"
        return f"“{self.words.fact(name)}”: {self.words.value(name, value)}"

    def _rows(self, finding: Finding) -> Iterator[Rule]:
        held = self._is_held(behind(self.scheme, finding.reads))
        for row in finding.rows:
            answer = row.when.decide(self.known.scope) if row.when is not None else None
            decided = "otherwise" if answer is None else "undecided" if isinstance(answer, Unknown) else _holds(answer)
            when = f"if {self.words.condition(row.when)}" if row.when is not None else "otherwise"
            yield Rule(
                name=f"{finding.name}.{row.name}",
                says=Answer.HELD.value if held else decided,
                rule=f"{self.words.value(finding.name, row.value)} {when}",
                source=row.origin.source,
            )

    def _value(self, name: str, value: object) -> str:
        return Answer.UNDECIDED.value if value is None else self.words.value(name, value)  # type: ignore[arg-type]

    def _reads(self, reads: frozenset[str]) -> tuple[Read, ...]:
        return tuple(self._read(name) for name in sorted(reads))

    def _read(self, name: str) -> Read:
        title, value = self.words.fact(name), self.known.scope.facts.get(name)
        if not self._may(name):
            return Read(fact=name, title=title, value="", held=True)
        return Read(fact=name, title=title, value="" if value is None else self.words.value(name, value))

    def _is_held(self, reads: frozenset[str]) -> bool:
        return not all(self._may(name) for name in reads)

    def _may(self, name: str) -> bool:
        """Whether the reader may know the fact; what a gate says, where they may know all that it rests on."""
        head, _, rest = name.partition(".")
        if self.may_read is None:
            return True
        if head == "gate" and rest in self.scheme.gates:
            criteria = self.scheme.gates[rest].criteria
            return all(self._may(fact) for criterion in criteria for fact in criterion.stops_if.reads)
        return compartments_of_fact(self.scheme, name) <= self.may_read

    def _clock_more(self, clock: Clock, state: ClockState) -> Iterator[str]:
        if state.started is not None:
            yield f"It started {_at(state.started)}."
        else:
            yield f"It starts with {self.words.anchor(clock.before or clock.start)}."
        if state.due is not None:
            yield f"It is due {_at(state.due)}."
        if state.ended is not None:
            yield f"It ended {_at(state.ended)}."
        if state.charged_to:
            yield f"Whose time it is: {self.words.roles(state.charged_to, 'and')}."
        for pause in self.facts.pauses:
            if counts(clock, pause):
                until = f"until {_at(pause.end)}" if pause.end else "and still does"
                yield f"It stood still from {_at(pause.start)} {until}: {pause.reason or 'the reason is not for you'}."
                cause = self.scheme.pauses.get(pause.cause)
                if cause and cause.charged_to:
                    yield f"Whose time that is: {self.words.roles([cause.charged_to])}."
        for each in clock.escalations:
            yield f"{self.words.roles([each.to])} is to know of it {self.words.escalation(each)}."
        if state.ended is None:
            yield f"It ends once {self.words.anchor(clock.until)} is {'answered' if '.' in clock.until else 'done'}."


def _clock_says(state: ClockState, clock: Clock) -> str:
    if clock.within is None:
        return "The document states no target, so nobody is late"
    if state.overdue:
        return "It was overdue when it ended" if state.ended else "It is overdue"
    if state.ended:
        return "It ended in time"
    return "It runs" if state.started or state.due else "It has not started"


def _is_of(rule: str, criterion: str) -> bool:
    """Whether a reason's rule is the criterion, or a member of its needs."""
    return rule == criterion or rule.startswith(f"{criterion}.")


def _holds(answer: bool) -> str:
    return "holds" if answer else "does not hold"


def _at(at: datetime) -> str:
    local = at.astimezone(LONDON)
    return f"{local.day} {local:%B %Y at %H:%M}"
