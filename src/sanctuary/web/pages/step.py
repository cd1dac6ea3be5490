"""What does the page of a step say? What can be done with it now, by this person, and how far its sections are."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sanctuary.core.gates import held_by
from sanctuary.core.scheme import Section, Step
from sanctuary.web import naming
from sanctuary.web.pages.answers import AnsweredSection, answered
from sanctuary.web.pages.standing import Turn, turn
from sanctuary.web.pages.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A section in the task list. `state` is "Completed", "In progress" or "Not started"."""

    section: str
    title: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPage:
    """A step. `mode`: "fill", "send" (a question or notice goes out first), "confirm" (receipt), or "look".

    `asks` is whoever is asked, and `asks_role` whether they have a worklist here.
    """

    case_id: UUID
    reference: str
    step: str
    title: str
    help: str
    source: str
    mode: str
    why_not: str
    asks: str
    asks_role: bool
    tells: str
    tasks: tuple[Task, ...]
    letter: str
    letter_ready: bool
    turn: Turn | None
    answered: tuple[AnsweredSection, ...]
    problems: tuple[str, ...] = ()


def step_page(work: Work) -> StepPage:
    """The page of a step as this person may use it."""
    seen, step = work.seen, work.step
    mode = _mode(work)
    place = work.place
    return StepPage(
        case_id=seen.case_id,
        reference=seen.reference,
        step=step.name,
        title=step.title,
        help=step.help,
        source=step.origin.source,
        mode=mode,
        why_not=_why_not(work) if mode == "look" else "",
        asks=naming.role(seen.scheme, step.asks, seen.progress.agencies)
        if step.asks in seen.scheme.roles
        else step.asks,
        asks_role=step.asks in seen.scheme.roles,
        tells=naming.roles(seen.scheme, step.tells, seen.progress.agencies, last="and"),
        tasks=tuple(_task(work, section) for section in work.sections) if mode == "fill" else (),
        letter=step.letter,
        letter_ready=work.can_be_done or step.name in seen.facts.done,
        turn=turn(seen, place, work.now) if place else None,
        answered=answered(step, seen.facts.answers, work.reader) if mode == "look" else (),
    )


def _mode(work: Work) -> str:
    if not work.can_be_done:
        return "look"
    if work.to_be_confirmed:
        return "confirm"
    if not work.theirs:
        return "look"
    if work.to_be_sent:
        return "send"
    return "fill" if work.sections or not work.step.tells else "look"


def _why_not(work: Work) -> str:
    """Why there is nothing for this person to do here."""
    step, progress, scheme = work.step, work.seen.progress, work.seen.scheme
    if work.can_be_done:
        who = naming.roles(scheme, work.place.who, progress.agencies) if work.place else _doers(work, step)
        return f"This is for: {who}."
    if step.name in work.seen.facts.done:
        return "This has been done."
    held = [reason.text for reason in progress.held if step.name in held_by(scheme, reason.rule)]
    if held:
        return f"This waits, and nothing is refused. {' '.join(held)}"
    waiting = next((place for place in progress.waiting if place.step == step.name), None)
    if waiting and waiting.on:
        return f"This waits for: {', '.join(dict.fromkeys(naming.thing(scheme, name) for name in waiting.on))}."
    if progress.stopped:
        return f"This cannot be done now. {' '.join(reason.text for reason in progress.stopped)}"
    return "This cannot be done now."


def _doers(work: Work, step: Step) -> str:
    return naming.roles(work.seen.scheme, step.who.roles, work.seen.progress.agencies)


def _task(work: Work, section: Section) -> Task:
    drafted = [each for each in work.asked(section) if f"{work.step.name}.{each.name}" in work.drafts]
    if not drafted:
        state = "Not started"
    else:
        kept = {name: plain for name, plain in work.kept().items() if name in {each.name for each in section.questions}}
        state = "In progress" if work.read(section, kept).faults else "Completed"
    return Task(section=section.name, title=section.title, state=state)
