"""How does each step and gate stand in a case, in words? Titles and roles only: never an answer, never a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from sanctuary.core.progress import Done, Open, Progress, Waiting
from sanctuary.core.scheme import Gate, Scheme, Step
from sanctuary.web.pathway.plan import GATE, Plan
from sanctuary.web.pathway.text import day, listed, moment


class State(Enum):
    """Where a node stands. The value is its name in the legend."""

    PLAIN = "Not begun"
    DONE = "Done"
    OPEN = "Open now"
    OVERDUE = "Overdue"
    WAITING = "Waiting"
    STOPPED = "Stopped"
    AWAY = "Not needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The state of one node and the lines that say it; the first line names the state."""

    state: State
    lines: tuple[str, ...] = ()


def standings(scheme: Scheme, plan: Plan, progress: Progress | None) -> Mapping[str, Standing]:
    """How every step and every "gate.name" stands; without a case, what each follows."""
    if progress is None:
        plain = {name: Standing(state=State.PLAIN, lines=_follows(name, scheme, plan)) for name in scheme.steps}
        return plain | {GATE + name: Standing(state=State.PLAIN) for name in scheme.gates}
    reached = _reached(scheme, plan, progress)
    steps = {name: reached.get(name) or _unreached(name, scheme, progress) for name in scheme.steps}
    return steps | {GATE + gate.name: _gate(gate, steps, progress) for gate in scheme.gates.values()}


def ended(progress: Progress) -> bool:
    """Whether the case is closed."""
    return progress.outcome not in ("open", "stopped")


def who(scheme: Scheme, step: Step) -> str:
    """Whose step it is, in words."""
    if step.who.chosen_in:
        return "The agency that was chosen"
    return _roles(step.who.roles, scheme)


def _roles(names: tuple[str, ...], scheme: Scheme) -> str:
    """Two roles by their titles; of more, how many, since a card has little room."""
    if len(names) > 2:
        return f"Any of {len(names)} agencies"
    return listed(tuple(scheme.roles[name].title if name in scheme.roles else name for name in names), "or")


def _reached(scheme: Scheme, plan: Plan, progress: Progress) -> dict[str, Standing]:
    waiting = {each.step: _waiting(each, scheme, plan, progress) for each in progress.waiting}
    done = {each.step: _done(each, progress) for each in progress.done}
    return waiting | done | {each.step: _open(each, scheme, progress) for each in progress.open}


def _done(done: Done, progress: Progress) -> Standing:
    times = f", {done.times} times" if done.times > 1 else ""
    return Standing(state=State.DONE, lines=(f"Done {day(done.at, progress.at)}{times}",))


def _open(step: Open, scheme: Scheme, progress: Progress) -> Standing:
    turn = _roles(step.who, scheme)
    lines = [f"Turn of: {turn}"] if turn else []
    if step.asked:
        lines.append(f"Asked {moment(step.asked, progress.at)}")
    if step.paused:
        lines.append("The clock is paused")
    if step.due:
        lines.append(f"{'Was due' if step.overdue else 'Due'} {moment(step.due, progress.at)}")
    state = State.OVERDUE if step.overdue else State.OPEN
    return Standing(state=state, lines=(state.value, *lines))


def _waiting(step: Waiting, scheme: Scheme, plan: Plan, progress: Progress) -> Standing:
    """What a step waits for; only that it waits, where the lines of the picture already show for what."""
    if step.until:
        return Standing(state=State.WAITING, lines=(f"Opens {moment(step.until, progress.at)}",))
    if _led_to(step.step, plan) >= set(step.on):
        return Standing(state=State.WAITING, lines=("Not yet",))
    names = tuple(dict.fromkeys(_waited_for(name, scheme) for name in step.on))
    return Standing(state=State.WAITING, lines=(f"Waits for: {_some(names)}",))


def _some(names: tuple[str, ...]) -> str:
    """Two names, and how many more; a card has little room."""
    return listed(names if len(names) < 3 else (*names[:2], f"{len(names) - 2} more"))


def _led_to(name: str, plan: Plan) -> set[str]:
    """The steps from which a line leads to `name`, straight or through gates."""
    before = plan.shown.get(name, frozenset())
    return {each for each in before if not each.startswith(GATE)}.union(
        *(_led_to(each, plan) | {each} for each in before if each.startswith(GATE))
    )


def _waited_for(name: str, scheme: Scheme) -> str:
    first, _, rest = name.partition(".")
    if first in ("gate", "done"):
        first = rest
    if name.startswith(GATE) and first in scheme.gates:
        return f"‘{scheme.gates[first].title}’"
    return scheme.steps[first].title if first in scheme.steps else first.replace("_", " ")


def _unreached(name: str, scheme: Scheme, progress: Progress) -> Standing:
    """A step that is neither done, open nor waiting: shut by a gate, always possible, or not needed in this case."""
    shut = {reason.rule.partition(".")[0] for reason in progress.stopped}
    if any(name in gate.behind or name in gate.guards for gate in scheme.gates.values() if gate.name in shut):
        return Standing(state=State.STOPPED, lines=("Does not go ahead",))
    if name in progress.available:
        return Standing(state=State.PLAIN, lines=("Can be done now",))
    return Standing(state=State.AWAY, lines=("Not needed",))


def _gate(gate: Gate, steps: Mapping[str, Standing], progress: Progress) -> Standing:
    if any(reason.rule.startswith(f"{gate.name}.") for reason in progress.stopped):
        return Standing(state=State.STOPPED, lines=("Stopped: the answer is no",))
    if any(reason.rule.startswith(f"{gate.name}.") for reason in progress.held):
        return Standing(state=State.WAITING, lines=("It makes others wait",))
    facts = {fact for criterion in gate.criteria for fact in criterion.stops_if.reads}
    undecided = bool(facts & set(progress.unknown))
    passed = any(steps[name].state in (State.DONE, State.OPEN, State.OVERDUE) for name in gate.guards)
    if passed:
        return Standing(state=State.DONE, lines=("Clear so far" if undecided else "Clear",))
    state = State.WAITING if not ended(progress) else State.AWAY
    return Standing(state=state, lines=("Not decided yet" if state is State.WAITING else "Not needed",))


def _follows(name: str, scheme: Scheme, plan: Plan) -> tuple[str, ...]:
    before = tuple(scheme.steps[each].title for each in plan.beyond[name])
    return (f"After: {_some(before)}",) if before else ()
