"""How does a case file happen in a browser? Event by event, each by the one whose turn it is, through their pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import takewhile
from pathlib import Path

from playwright.sync_api import Locator

from sanctuary.core.answers import Plain
from sanctuary.core.events import Event, EventKind
from sanctuary.core.facts import Silence, Value
from sanctuary.core.forms import applies
from sanctuary.core.scheme import Scheme, Section, Step
from sanctuary.loader.casefile import read_case
from sanctuary.web.forms.kept import kept
from tests.support.county import County
from tests.support.visits.boxes import fill
from tests.support.visits.visitor import Visitor, path


def told(scheme: Scheme, file: Path, until: str = "") -> tuple[Event, ...]:
    """What somebody does in a case file, from the referral on; the event that does a step holds all its answers.

    With `until` only what comes before anything is done in the step of that name.
    """
    events, problems = read_case(file, scheme)
    assert events is not None, problems
    return tuple(takewhile(lambda event: event.step != until, _gathered(events)))


def _gathered(events: Iterable[Event]) -> Iterator[Event]:
    answers: dict[str, Value] = {}
    for event in events:
        answers |= event.answers
        # A notice is done of itself once everybody has confirmed it: nobody's doing.
        if event.role and event.kind in (EventKind.DONE, EventKind.ASKED, EventKind.ACKNOWLEDGED):
            yield replace(event, answers=answers)
            answers = {}


@dataclass(slots=True, kw_only=True)
class Telling:
    """A story that is happening to one case: who visits in which role, and the address of the case once it is open."""

    county: County
    visitors: Mapping[str, Visitor]
    case: str = ""
    last: Visitor | None = None

    def happen(self, events: Iterable[Event]) -> None:
        """Let events happen, each at its time."""
        for event in events:
            if event.at - self.county.now > timedelta(hours=1):
                self.last = None
            self.county.now = event.at
            if self.case:
                self.take(event)
            else:
                self.refer(event)

    def refer(self, event: Event) -> None:
        """Open the case: the form, its check, and the case's page."""
        visitor, step = self.visitors[event.role], self.county.scheme.steps[event.step]
        visitor.go("/work")
        visitor.press("Start a referral")
        if visitor.heading == "Start a referral":
            visitor.page.get_by_label(self.county.scheme.areas[self.county.area].title).check()
            visitor.press("Continue")
        fill(visitor, step.questions, plain(self.county.scheme, event))
        visitor.press("Continue")
        assert visitor.heading == "Check your answers", visitor.text
        visitor.press("Open the case")
        self.case = path(visitor.page.url)

    def take(self, event: Event) -> None:
        """Go from the case's page to the step, and do there what happens."""
        visitor, step = self.visitors[event.role], self.county.scheme.steps[event.step]
        if visitor is not self.last:  # whoever was last stands before the case as it is now
            visitor.go(self.case)
        self.last = visitor
        visitor.arrive_by(to_step(visitor, step))
        if event.kind is EventKind.ASKED:
            visitor.press("Record that it was asked" if step.asks else "Send it")
        elif event.kind is EventKind.ACKNOWLEDGED:
            visitor.press("Confirm that it has arrived")
        else:
            hand_in(visitor, step, plain(self.county.scheme, event))
        assert path(visitor.page.url) == self.case, visitor.text


def hand_in(visitor: Visitor, step: Step, answers: Mapping[str, Plain]) -> None:
    """Fill in a step from its first page to its last."""
    tasks = visitor.page.locator(".govuk-task-list__link")
    if tasks.count():
        visitor.arrive_by(tasks.first)
    while section := _section(visitor, step):
        fill(visitor, section.questions, answers)
        visitor.press("Continue")
        assert not visitor.page.locator(".govuk-error-summary").count(), visitor.text
    if path(visitor.page.url).endswith("/check"):
        visitor.press("Confirm")
    else:
        visitor.press("Record that it has gone" if step.letter else "Record that this is done")


def to_step(visitor: Visitor, step: Step) -> Locator:
    """The link to a step on a case's page: its button in what is next, or its title in what can be done at any time."""
    name = re.compile(rf"^(.*: ?)?{re.escape(step.title)}$")
    return visitor.page.locator(".sanctuary-turn, aside").get_by_role("link", name=name).first


def plain(scheme: Scheme, event: Event) -> dict[str, Plain]:
    """The event's answers as somebody types them. What does not apply is not asked, so nobody types that."""
    step = scheme.steps[event.step]
    answers = {f"{step.name}.{name}": value for name, value in event.answers.items()}
    asked = {each.name for each in step.questions if applies(each, answers, event.at, scheme.calendar) is not False}
    silent = {each.name for each in step.questions if Silence.NOT_APPLICABLE not in each.allow}
    unsaid = {name for name, value in event.answers.items() if value is Silence.NOT_APPLICABLE and name in silent}
    return {name: typed for name, typed in kept(step, answers).items() if name in asked - unsaid}


def _section(visitor: Visitor, step: Step) -> Section | None:
    """The section whose form is open."""
    _, form, name = path(visitor.page.url).rpartition("/form/")
    return next((each for each in step.sections if form and each.name == name), None)
