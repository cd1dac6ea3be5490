"""Where does the case stand? What is next and whose turn it is, what waits for what, and each "no" with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sanctuary.actions.see_case import SeenCase
from sanctuary.core.access import may_do
from sanctuary.core.gates import overridden_by
from sanctuary.core.needs import Onward
from sanctuary.core.progress import Open, Progress, Waiting
from sanctuary.core.reasons import Reason
from sanctuary.core.scheme import Scheme, Step, StepKind
from sanctuary.web import naming, wording

_SOON = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A step that can be done now. `tone` is "overdue", "soon", "later" or "none", never the only sign of it.

    `able`: this person may do it, also where it is the turn of somebody whom it asks.
    """

    step: str
    title: str
    whose: str
    yours: bool
    able: bool
    asked: bool
    due: str
    tone: str
    since: datetime
    doing: str
    why: tuple[str, ...]
    clocks: tuple[tuple[str, str], ...]
    source: str
    paused: bool = False
    pause_reason: str = ""
    reopened: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """A step that cannot be done yet, and for what it waits. `soon`: only for what can be done now, or for a day."""

    step: str
    title: str
    on: tuple[str, ...]
    until: str
    soon: bool
    gates: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class No:
    """One "no", its source, what happens next and what else there is.

    `gate` leads to why; `aside` names the rule where the reader may set it aside.
    """

    text: str
    onward: str
    source: str
    alternatives: tuple[str, ...]
    holds_up: str
    gate: str = ""
    aside: str = ""


def turns(seen: SeenCase, now: datetime) -> tuple[Turn, ...]:
    """The open steps: the reader's own first, then by when they are due."""
    made = [(place, turn(seen, place, now)) for place in seen.progress.open]
    far = datetime.max.replace(tzinfo=now.tzinfo)
    return tuple(each for place, each in sorted(made, key=lambda pair: (not pair[1].yours, pair[0].due or far)))


def turn(seen: SeenCase, place: Open, now: datetime) -> Turn:
    """One open step in words. What is overdue is judged by `now`: the case was concluded at some time before."""
    scheme, step = seen.scheme, seen.scheme.steps[place.step]
    yours = bool(set(seen.mine) & set(place.who))
    return Turn(
        step=step.name,
        title=step.title,
        yours=yours,
        able=any(may_do(scheme, step, seen.facts, role) for role in seen.mine),
        asked=place.asked is not None and bool(step.asks),
        since=place.since,
        source=step.origin.source,
        whose="You" if yours else _whose(scheme, seen.progress, step, place),
        due=_due(seen, place, now),
        tone="none" if place.paused else tone(place.due, now),
        doing=_doing(step, place, begun=any(name.startswith(f"{step.name}.") for name in seen.facts.drafts)),
        paused=place.paused or any(pause.step == step.name and pause.end is None for pause in seen.facts.pauses),
        pause_reason=_pause(seen, step.name),
        told=_told(seen, place, now),
        why=_why(scheme, step, place),
        clocks=tuple((f"clock.{clock.name}", clock.title) for clock in scheme.clocks if clock.step == step.name),
        reopened=seen.facts.reopened.get(step.name, ""),
    )


def _told(seen: SeenCase, place: Open, now: datetime) -> str:
    """Who knows that it is late, or about to be, although it is not their turn."""
    if not place.told:
        return ""
    late = place.due is not None and place.due < now
    return f"{'Late' if late else 'Due soon'}: told to {naming.roles(seen.scheme, place.told, last='and')}"


def _pause(seen: SeenCase, step: str) -> str:
    """The cause and the reason for which the step's clock stands still, as far as the reader may see them."""
    for pause in seen.facts.pauses:
        if pause.step == step and pause.end is None:
            cause = seen.scheme.pauses.get(pause.cause)
            return ": ".join(dict.fromkeys(filter(None, (cause.title if cause else "", pause.reason))))
    return ""


def waits(seen: SeenCase, now: datetime) -> tuple[Wait, ...]:
    """What cannot be done yet."""
    open_now = {place.step for place in seen.progress.open}
    return tuple(_wait(seen.scheme, place, open_now, now) for place in seen.progress.waiting)


def noes(seen: SeenCase, reasons: tuple[Reason, ...]) -> tuple[No, ...]:
    """What stops the case, or keeps it waiting."""
    return tuple(_no(seen, reason) for reason in reasons)


def tone(due: datetime | None, now: datetime) -> str:
    """How pressing it is."""
    if due is None:
        return "none"
    if due < now:
        return "overdue"
    return "soon" if due - now <= _SOON else "later"


def _due(seen: SeenCase, place: Open, now: datetime) -> str:
    if place.paused:
        return "clock paused"
    timed = {clock.name for clock in seen.scheme.clocks if clock.step == place.step and clock.within is not None}
    started = all(state.started for state in seen.progress.clocks if state.clock in timed)
    return wording.due(place.due, now) if place.due or started else "clock not started"


def _whose(scheme: Scheme, progress: Progress, step: Step, place: Open) -> str:
    if place.asked and step.asks and step.asks not in scheme.roles:
        return step.asks
    return naming.roles(scheme, place.who, progress.agencies)


def _doing(step: Step, place: Open, begun: bool) -> str:
    """What the button says."""
    if begun:
        return "Carry on"
    if place.asked is None and step.kind in (StepKind.ENQUIRY, StepKind.NOTICE):
        return "Ask" if step.kind is StepKind.ENQUIRY else "Tell them"
    return {
        StepKind.ENQUIRY: "Record the answer",
        StepKind.NOTICE: "Confirm receipt",
        StepKind.DECISION: "Decide",
        StepKind.LETTER: "Prepare the letter",
        StepKind.APPOINTMENT: "Arrange",
    }.get(step.kind, "Start")


def _why(scheme: Scheme, step: Step, place: Open) -> tuple[str, ...]:
    after = wording.listed([scheme.steps[name].title for name in step.after])
    began = f"It can be done since {wording.moment(place.since)}"
    sentences = [f"{began}, after: {after}." if after else f"{began}."]
    for clock in (each for each in scheme.clocks if each.step == step.name):
        source = f" ({clock.origin.source})" if clock.origin.source else ""
        sentences.append(f"Target: {naming.target(scheme, clock)}{source}.")
    if place.due:
        sentences.append(f"That is {wording.moment(place.due)}.")
    return tuple(sentences)


def _wait(scheme: Scheme, place: Waiting, open_now: set[str], now: datetime) -> Wait:
    step = scheme.steps[place.step]
    until = wording.coming(place.until, now) if place.until else ""
    on = tuple(dict.fromkeys(naming.thing(scheme, name) for name in place.on))
    soon = bool(until) or {name.partition(".")[0] for name in place.on} <= open_now
    gates = tuple((f"gate.{gate.name}", gate.title) for gate in scheme.gates.values() if step.name in gate.guards)
    return Wait(step=step.name, title=step.title, on=on, until=until, soon=soon, gates=gates)


def _no(seen: SeenCase, reason: Reason) -> No:
    scheme = seen.scheme
    gate = scheme.gates.get(reason.rule.partition(".")[0])
    return No(
        text=reason.text,
        onward=_onward(scheme, reason),
        source=reason.source,
        alternatives=reason.alternatives,
        holds_up=wording.listed([scheme.steps[name].title for name in gate.guards]) if gate else "",
        gate=f"gate.{gate.name}" if gate else "",
        aside=reason.rule if _may_set_aside(seen, reason.rule) else "",
    )


def _may_set_aside(seen: SeenCase, rule: str) -> bool:
    return rule in seen.progress.soft and not set(seen.mine).isdisjoint(overridden_by(seen.scheme, rule))


def _onward(scheme: Scheme, reason: Reason) -> str:
    """What happens next, where it is not a refusal; nothing where the reader may not know why."""
    if reason.onward is Onward.PASS_ON and reason.to:
        role = scheme.roles.get(reason.to)
        return f"It is passed on to: {role.title if role else reason.to}."
    return "The scheme can give advice." if reason.onward is Onward.ADVISE else ""
