"""What happened in this case? A case file in YAML, read as the events that the record would hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from sanctuary.core.access import agencies, doers, gone_out, may_do
from sanctuary.core.conditions import Scope
from sanctuary.core.conditions.names import suggestion
from sanctuary.core.consequences import consequences
from sanctuary.core.events import Event, EventKind, fold
from sanctuary.core.facts import Facts, Value
from sanctuary.core.forms import Reading, anew, hand_in, parted, read
from sanctuary.core.gates import overridden_by
from sanctuary.core.known import informed, known
from sanctuary.core.routes import goes_to
from sanctuary.core.scheme import Scheme, Step
from sanctuary.loader.draft import Spot
from sanctuary.loader.entries import VERBS, CaseShape, EntryShape
from sanctuary.loader.fit import fit
from sanctuary.loader.problems import Place, Problem, ordered, problem
from sanctuary.loader.yaml import Entry, Map, Node, Row, Text, parse, read_file

Read = tuple[tuple[Event, ...] | None, tuple[Problem, ...]]


def read_case(case: Path | str, scheme: Scheme) -> Read:
    """The events of a case file, given as its path or its text; None, and every problem in it, where there are any."""
    tree, problems = read_file(case) if isinstance(case, Path) else parse(case, "case")
    if tree is None:
        place = Place(file=str(case) if isinstance(case, Path) else "case", line=1, column=1)
        return None, ordered(problems or [problem(place, "this file is empty; a case file is a list of events")])
    events, more = read_events(tree, scheme)
    problems = [*problems, *more]
    return (None if problems else events), ordered(problems)


def read_events(tree: Node, scheme: Scheme) -> Read:
    """The events in the list `tree`; problems as in `read_case`."""
    if not isinstance(tree, Row):
        return None, (problem(tree.place, "a case file is a list of events, each starting with '- at: '"),)
    found = fit(CaseShape, under("events", tree))
    shape = found.value
    if shape is None or found.problems:
        return None, ordered(found.problems)
    reader = _Reader(scheme)
    for number, entry in enumerate(shape.events):
        reader.take(entry, Spot(name=tree.items[number].place, node=tree.items[number]))
    if not shape.events:
        reader.note(tree.place, "a case begins with the event that opens it: {at: …, opened: {area: …}}")
    return (None if reader.problems else tuple(reader.events)), ordered(reader.problems)


def under(key: str, tree: Node) -> Map:
    """A mapping with `tree` as the value of its only `key`."""
    name = Text(source=tree.source, start=tree.start, value=key, end=tree.start, style="")
    return Map(source=tree.source, start=tree.start, entries={key: Entry(key=name, value=tree)})


class _Reader:
    """A case while its file is being read: the events so far, and the facts that they add up to."""

    def __init__(self, scheme: Scheme) -> None:
        self.events: list[Event] = []
        self.problems: list[Problem] = []
        self._scheme = scheme
        self._facts: Facts | None = None

    def note(self, place: Place, message: str) -> None:
        """Note a problem."""
        self.problems.append(problem(place, message))

    def take(self, entry: EntryShape, spot: Spot) -> None:
        """Add what `entry` tells."""
        verb = self._verb(entry, spot)
        if not verb:
            return
        if self.events and entry.at < self.events[-1].at:
            self.note(spot["at"].place, "this is before the event above it; write events in the order of their times")
        if verb == "opened":
            self._open(entry, spot)
        elif self._facts is None:
            self.note(spot.place, "a case begins with the event that opens it: {at: …, opened: {area: …}}")
        else:
            self._go_on(verb, entry, spot, informed(self._scheme, self._facts, entry.at))

    def _verb(self, entry: EntryShape, spot: Spot) -> str:
        """The one key that says what happened."""
        verbs = [verb for verb in VERBS if verb in spot.keys]
        if len(verbs) != 1:
            one_of = f"write one of {', '.join(VERBS)}, to say what happened"
            self.note(spot.place, f"write either {' or '.join(verbs)}, not both" if verbs else one_of)
            return ""
        for key in set(spot.keys) - {"at", "as", verbs[0], *VERBS[verbs[0]]}:
            self.note(spot[key].name, f"'{key}' does not belong to '{verbs[0]}'")
        if entry.role:
            self._refer(spot["as"], entry.role, self._scheme.roles, "role")
        return verbs[0]

    def _refer(self, spot: Spot, name: str, known: Collection[str], what: str) -> bool:
        if name not in known:
            self.note(spot.place, f"there is no {what} '{name}'{suggestion(name, known)}")
        return name in known

    def _open(self, entry: EntryShape, spot: Spot) -> None:
        area = entry.opened.area if entry.opened else ""
        if self._facts is not None:
            self.note(spot["opened"].name, "a case is opened only once")
        elif self._refer(spot["opened"]["area"], area, self._scheme.areas, "area"):
            agency = self._scheme.areas[area].agencies.get(entry.role, "")
            version = self._scheme.version
            self._add(
                Event(kind=EventKind.OPENED, at=entry.at, area=area, role=entry.role, agency=agency, version=version)
            )

    def _add(self, *events: Event) -> Facts:
        self.events += events
        self._facts = fold(events, self._facts)
        return self._facts

    def _go_on(self, verb: str, entry: EntryShape, spot: Spot, facts: Facts) -> None:
        if verb == "moved":
            self._add(Event(kind=EventKind.MOVED, at=entry.at, version=str(entry.moved), role=entry.role))
            return
        name = str(getattr(entry, verb))
        if verb in _ELSEWHERE:
            self._happen(verb, name, entry, spot, facts)
            return
        if not self._refer(spot[verb], name, self._scheme.steps, "step"):
            return
        step = self._scheme.steps[name]
        if verb in ("did", "drafted"):
            self._answer(verb, step, entry, spot, facts)
        elif verb in ("asked", "acknowledged") and not (step.asks or step.tells):
            self.note(spot[verb].place, f"only an enquiry or a notice is {verb}; '{name}' is a {step.kind.value}")
        elif verb == "acknowledged":
            self._acknowledge(step, entry, spot, facts)
        else:
            if verb == "passed_on":
                self._refer(spot["to"], entry.to, self._scheme.roles, "role")
            if verb == "paused":
                self._check_cause(entry, spot)
            happened = self._event(
                EventKind(verb), step, entry, facts, reason=entry.because, to=entry.to, cause=entry.cause
            )
            facts = self._add(happened)
            if verb == "asked":
                self._follow(step, entry, facts)

    def _check_cause(self, entry: EntryShape, spot: Spot) -> None:
        """Where the scheme has causes for a pause, one of them is named."""
        if entry.cause:
            self._refer(spot["cause"], entry.cause, self._scheme.pauses, "cause of a pause")
        elif self._scheme.pauses:
            self.note(spot["paused"].place, f"say for which cause: one of {', '.join(self._scheme.pauses)}")

    def _event(
        self,
        kind: EventKind,
        step: Step,
        entry: EntryShape,
        facts: Facts,
        answers: Mapping[str, Value] | None = None,
        **rest: Any,
    ) -> Event:
        role = entry.role or self._only_doer(step, facts)
        agency = self._agency(role, entry, facts)
        return Event(kind=kind, at=entry.at, step=step.name, role=role, agency=agency, answers=answers or {}, **rest)

    def _happen(self, verb: str, name: str, entry: EntryShape, spot: Spot, facts: Facts) -> None:
        """Add what happened to something that is no step: a consent, or a rule."""
        kind, known_names, what = _ELSEWHERE[verb](self._scheme)
        if self._refer(spot[verb], name, known_names, what):
            agency = self._agency(entry.role, entry, facts)
            self._check_override(kind, name, entry, spot)
            self._add(Event(kind=kind, at=entry.at, step=name, role=entry.role, agency=agency, reason=entry.because))

    def _check_override(self, kind: EventKind, rule: str, entry: EntryShape, spot: Spot) -> None:
        if kind is EventKind.OVERRIDDEN:
            may = overridden_by(self._scheme, rule)
            if entry.role not in may:
                who = f"'{rule}' is set aside by {' or '.join(may)}: say who with 'as'"
                self.note(spot["as"].place, who if may else f"nobody may set '{rule}' aside")
            if not entry.because.strip():
                self.note(spot["overrode"].name, "say with 'because' why this is set aside")

    def _agency(self, role: str, entry: EntryShape, facts: Facts) -> str:
        scope = Scope(known(self._scheme, facts, entry.at), entry.at, self._scheme.calendar)
        return agencies(self._scheme, facts, scope).get(role, "")

    def _only_doer(self, step: Step, facts: Facts) -> str:
        roles = doers(self._scheme, step, facts)
        return roles[0] if len(roles) == 1 else ""

    def _answer(self, verb: str, step: Step, entry: EntryShape, spot: Spot, facts: Facts) -> None:
        scheme = self._scheme
        if entry.role in scheme.roles and not may_do(scheme, step, facts, entry.role):
            who = " or ".join(doers(scheme, step, facts))
            self.note(spot["as"].place, f"'{step.name}' is done by {who}, not by {entry.role}")
        reading = self._reading(verb, step, entry, facts)
        for field, message in reading.faults.items():
            self.note(*_fault(step, spot, verb, field, message))
        role = entry.role or self._only_doer(step, facts)
        onward = goes_to(scheme, step, facts, role, self._agency(role, entry, facts)) if verb == "did" else ""
        kind = EventKind.ANSWERED if verb == "did" and not onward else EventKind.DRAFTED
        for answers in parted(step, reading.answers):
            facts = self._add(self._event(kind, step, entry, facts, answers))
        if onward:
            self._add(self._event(EventKind.PASSED_ON, step, entry, facts, to=onward))
        elif verb == "did":
            facts = self._add(self._event(EventKind.DONE, step, entry, facts))
            self._follow(step, entry, facts)

    def _reading(self, verb: str, step: Step, entry: EntryShape, facts: Facts) -> Reading:
        """The answers; whoever a step was passed on to may do it with those that came along."""
        calendar, so_far = self._scheme.calendar, known(self._scheme, facts, entry.at)
        if verb == "drafted":
            return read(step, entry.answers, anew(step, so_far, facts.drafts), entry.at, calendar, drafting=True)
        if step.name in facts.passed_on and not entry.answers:
            return hand_in(step, facts.drafts, anew(step, so_far, {}), entry.at, calendar)
        return read(step, entry.answers, anew(step, so_far, {}), entry.at, calendar)

    def _acknowledge(self, step: Step, entry: EntryShape, spot: Spot, facts: Facts) -> None:
        if not gone_out(step, facts):
            message = f"'{step.name}' has not gone out yet: write {{asked: {step.name}}} first"
            self.note(spot["acknowledged"].place, message)
        elif entry.role not in step.tells:
            self.note(spot["as"].place, f"'{step.name}' is seen by {' or '.join(step.tells)}: say who with 'as'")
        else:
            facts = self._add(self._event(EventKind.ACKNOWLEDGED, step, entry, facts))
            self._follow(step, entry, facts)

    def _follow(self, step: Step, entry: EntryShape, facts: Facts) -> None:
        """Add what follows of itself."""
        events = consequences(self._scheme, facts, step, entry.at)
        if events:
            self._add(*events)


def _consents(scheme: Scheme) -> tuple[EventKind, Collection[str], str]:
    names = [name.partition(".")[2] for name in scheme.names if name.startswith("consented.")]
    return EventKind.WITHDRAWN, names, "consent"


def _rules(scheme: Scheme) -> tuple[EventKind, Collection[str], str]:
    names = [f"{gate.name}.{criterion.name}" for gate in scheme.gates.values() for criterion in gate.criteria]
    return EventKind.OVERRIDDEN, names, "criterion"


# What happens to something that is no step: the event, the names there are, and what they name.
_ELSEWHERE = {"withdrew": _consents, "overrode": _rules}


def _fault(step: Step, spot: Spot, verb: str, field: str, message: str) -> tuple[Place, str]:
    """Where a fault of a form stands in the file, and what it says there."""
    name, *parts = field.split("-")
    asked = {question.name for question in step.questions}
    if name not in asked:
        return spot["answers"][name].name, f"'{step.name}' has no question '{name}'{suggestion(name, asked)}"
    if name not in spot["answers"].keys:
        return spot[verb].place, f"'{name}' has no answer: {message[0].lower()}{message[1:]}"
    place = spot["answers"][name]
    for part in parts:
        inner = place[int(part) if part.isdigit() else part]
        place = inner if inner.node is not None else place
    return place.place, message
