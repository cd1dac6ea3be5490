"""What does an action need to know of a case, and how does it add to it? Shared by every action that writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from sanctuary.actions import definitions, kept
from sanctuary.actions.results import Faulty, Missing, Overtaken, Recorded, Refused, Result
from sanctuary.core.access import may_do
from sanctuary.core.alarms import Kind
from sanctuary.core.consequences import consequences
from sanctuary.core.events import Event, EventKind, fold
from sanctuary.core.facts import Facts, Value
from sanctuary.core.forms import compartments_of_fact, parted
from sanctuary.core.gates import held_by, shut_by
from sanctuary.core.known import informed
from sanctuary.core.progress import Progress, evaluate
from sanctuary.core.reach import names_of_people, refused
from sanctuary.core.reasons import Reason
from sanctuary.core.routes import goes_to
from sanctuary.core.scheme import Scheme, Step
from sanctuary.records import accounts, alarms, cases, events, idempotency, messages, screening, search
from sanctuary.records.accounts import Staff
from sanctuary.records.payload import dump_progress, load_event

HELD_ELSEWHERE = "The reason is in a part of the record that your role does not read."
_SOMETHING = "recorded something on it"
# What may be said of an event to somebody who was overtaken by it.
_SAID: Mapping[str, str] = {
    EventKind.ANSWERED.value: "answered it",
    EventKind.DRAFTED.value: "saved answers to it",
    EventKind.DONE.value: "recorded it as done",
    EventKind.ASKED.value: "sent it",
    EventKind.ACKNOWLEDGED.value: "confirmed receipt",
    EventKind.REOPENED.value: "opened it again",
    EventKind.PAUSED.value: "paused its clock",
    EventKind.RESUMED.value: "started its clock again",
    EventKind.PASSED_ON.value: "passed it on",
    EventKind.PASSED_ON.value: "passed it on",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A whole case in the hands of an action: more than the person acting may read, so nothing of it is shown."""

    id: UUID
    reference: str
    scheme: Scheme
    facts: Facts
    staff: Staff
    stored: tuple[tuple[events.StoredEvent, Event], ...]

    def step(self, name: str) -> Step:
        """A step of the case's scheme. Raises No where there is none of that name: somebody typed an address."""
        if name not in self.scheme.steps:
            raise No(Missing())
        return self.scheme.steps[name]

    def event(self, kind: EventKind, at: datetime, step: str = "", **rest: Any) -> Event:
        """Something that the person acting does, by their role and agency."""
        return Event(kind=kind, at=at, step=step, role=self.staff.role, agency=self.staff.agency, **rest)

    def answered(self, kind: EventKind, at: datetime, step: Step, answers: Mapping[str, Value]) -> list[Event]:
        """One event for each compartment that `answers` fall into."""
        return [self.event(kind, at, step.name, answers=part) for part in parted(step, answers)]

    def handed_in(self, at: datetime, step: Step, answers: Mapping[str, Value]) -> list[Event]:
        """The step done with these answers, and what follows; or passed on with them, by whom it is not for."""
        onward = goes_to(self.scheme, step, self.facts, self.staff.role, self.staff.agency)
        if onward:
            drafted = self.answered(EventKind.DRAFTED, at, step, answers)
            return [*drafted, self.event(EventKind.PASSED_ON, at, step.name, to=onward)]
        happened = [*self.answered(EventKind.ANSWERED, at, step, answers), self.event(EventKind.DONE, at, step.name)]
        return [*happened, *consequences(self.scheme, fold(happened, self.facts), step, at)]


class No(Exception):
    """Carries the result of an action that records nothing out of its transaction.

    `unsafe`: the case in which somebody gave as safe what is the perpetrator's; oversight hears of that all the same.
    """

    def __init__(self, result: Result, unsafe: UUID | None = None) -> None:
        super().__init__(type(result).__name__)
        self.result, self.unsafe = result, unsafe


def once(key: UUID, act: Callable[[], Recorded], *sent: object) -> Result:
    """What came of `act`, done once for this `key` and all that was `sent` with it: again, they give the first outcome.

    The same key with something else is another form: a page that was sent, changed and sent again.
    Where somebody else recorded something at the same moment, `act` is tried once more on the case as it then is.
    """
    try:
        return _load(idempotency.once(uuid5(key, repr(sent)) if sent else key, lambda: _dump(_tried(act))))
    except No as no:
        if no.unsafe is not None:
            alarms.raise_alarm(Kind.CONTACT_REFUSED, no.unsafe)
        return no.result
    except cases.NotAllowed:
        return Missing()
    except cases.Overtaken as other:
        by_name, by_agency = other.by_name or "Somebody", other.by_agency or "another agency"
        return Overtaken(by_name=by_name, by_agency=by_agency, what=_SOMETHING, at=other.at)


def hold(case_id: UUID, now: datetime, expected_seq: int | None = None, step: str = "") -> Held:
    """The whole case, as it is at `now`.

    Raises No: Missing where there is none for this person, Overtaken where `step` has moved on.
    """
    staff = accounts.current()
    row = cases.find(case_id, "writing") if staff else None
    if row is None or staff is None:
        raise No(Missing())
    stored = tuple((event, _event(event)) for event in events.whole(case_id))
    facts = replace(fold(event for _, event in stored), area=row.area)  # known even where its event was erased
    scheme = definitions.version(facts.version or row.version)
    facts = informed(scheme, facts, now)
    held = Held(id=case_id, reference=row.reference, scheme=scheme, facts=facts, staff=staff, stored=stored)
    if expected_seq is not None and may_do(scheme, held.step(step), facts, staff.role):
        _refuse_stale(stored, expected_seq, step, row.reads)
    return held


def begin(scheme: Scheme, area: str, now: datetime) -> Held:
    """A new case of the scheme, with nothing in it yet: record the event that opens it in the same transaction."""
    staff = accounts.current()
    if staff is None:
        raise No(Missing())
    numbers = [compartment.number for compartment in scheme.compartments.values()]
    case = cases.open_case(version=scheme.version, area=area, numbers=numbers)
    facts = Facts(opened_at=now, area=area, version=scheme.version)
    return Held(id=case.id, reference=case.reference, scheme=scheme, facts=facts, staff=staff, stored=())


def refuse_unless_theirs(held: Held, step: Step, now: datetime, roles: Sequence[str]) -> Progress:
    """The case's progress at `now`. Raises No: Refused unless the step can be done now, by the person's role."""
    progress = evaluate(held.scheme, held.facts, now)
    reasons: tuple[str, ...] = ()
    if step.name not in {place.step for place in progress.open} and step.name not in progress.available:
        behind = [reason for reason in progress.stopped if step.name in shut_by(held.scheme, reason.rule)]
        behind += [reason for reason in progress.held if step.name in held_by(held.scheme, reason.rule)]
        mine = progress.reads[held.staff.role]
        reasons = tuple(dict.fromkeys(as_far_as(held.scheme, mine, reason).text for reason in behind))
        reasons = reasons or (f"“{step.title}” cannot be done now.",)
    elif held.staff.role not in roles:
        titles = ", ".join(held.scheme.roles[role].title for role in roles if role in held.scheme.roles)
        reasons = (f"“{step.title}” is for: {titles}.",)
    if reasons:
        raise No(Refused(reasons=reasons))
    return progress


def refuse_within_reach(
    scheme: Scheme, step: Step, answers: Mapping[str, Value], facts: Facts, reads: frozenset[str], case_id: UUID | None
) -> None:
    """Raises No: Faulty where `answers` give as safe what is given as the perpetrator's, whoever may read that."""
    faults = refused(scheme, step, answers, facts, reads)
    if faults:
        raise No(Faulty(faults=faults), unsafe=case_id)


def as_far_as(scheme: Scheme, reads: frozenset[str], reason: Reason) -> Reason:
    """The reason itself where it rests only on compartments in `reads`; otherwise that there is one, and what else."""
    if all(compartments_of_fact(scheme, name) <= reads for name in reason.facts):
        return reason
    return replace(reason, text=HELD_ELSEWHERE, facts=(), source="", status="", to="")


def record(held: Held, happened: Sequence[Event], now: datetime) -> Recorded:
    """Add `happened` to the case, conclude what follows and keep that, all in the transaction of the action."""
    facts = fold(happened, held.facts)
    seq = events.append(held.id, held.facts.seq, [kept.entry(held.scheme, event) for event in happened])
    progress = evaluate(held.scheme, facts, now)
    search_values = kept.search_values(held.scheme, facts, happened)
    if search_values:
        search.describe(held.id, kept.summary(held.scheme, facts), search_values)
    keep(held.id, held.scheme, facts, progress, now)
    _screen(held, facts, happened)
    onward = happened[-1].to if happened and happened[-1].kind is EventKind.PASSED_ON else ""
    return Recorded(case_id=held.id, reference=held.reference, seq=seq, passed_on_to=onward)


def _screen(held: Held, facts: Facts, happened: Sequence[Event]) -> None:
    """Mark the people of the case where anything was said of them just now: last, since that may shut out who acts."""
    just_now = {f"{event.step}.{name}" for event in happened for name in event.answers}
    if just_now & names_of_people(held.scheme):
        screening.mark_case(held.id, kept.traces(held.scheme, facts))


def keep(case_id: UUID, scheme: Scheme, facts: Facts, progress: Progress, now: datetime) -> None:
    """Keep what was concluded, with everybody's grants; what waits to be told goes with what it rests on.

    That first, since the grants may shut out whoever acts.
    """
    grants = kept.grants(scheme, facts, progress, now)
    with transaction.atomic():
        messages.settle(case_id, kept.holding(scheme, facts, progress, now))
        cases.store(case_id, facts.seq, dump_progress(progress), grants, progress.recheck_at)


def _event(stored: events.StoredEvent) -> Event:
    """The event as recorded; without its content where its compartment was erased."""
    return load_event(stored.kind, stored.happened_at, stored.payload if stored.payload is not None else b"{}")


def _refuse_stale(
    stored: Sequence[tuple[events.StoredEvent, Event]], expected_seq: int, step: str, reads: frozenset[int]
) -> None:
    for row, event in reversed(stored[expected_seq:]):  # the last says most: saved, then done
        if event.step == step:
            what = _SAID.get(row.kind, _SOMETHING) if row.compartment in reads else _SOMETHING
            raise No(Overtaken(by_name=row.author_name, by_agency=row.agency, what=what, at=row.recorded_at))


def _tried(act: Callable[[], Recorded]) -> Recorded:
    try:
        return act()
    except cases.Overtaken:
        return act()


def _dump(recorded: Recorded) -> str:
    return f"{recorded.case_id} {recorded.reference} {recorded.seq} {recorded.passed_on_to}".strip()


def _load(outcome: str) -> Recorded:
    case_id, reference, seq, *onward = outcome.split()
    return Recorded(case_id=UUID(case_id), reference=reference, seq=int(seq), passed_on_to="".join(onward))
