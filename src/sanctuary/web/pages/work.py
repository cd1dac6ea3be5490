"""What is there to do in a step? Its sections and what has been drafted in them, for the person who is to do it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sanctuary.actions.see_case import SeenCase
from sanctuary.core.access import may_do
from sanctuary.core.answers import Plain
from sanctuary.core.facts import Answers
from sanctuary.core.forms import Reading, hand_in, read
from sanctuary.core.known import known
from sanctuary.core.progress import Open
from sanctuary.core.scheme import Question, Section, Step, StepKind
from sanctuary.web.forms.asking import asked, only_if, sections
from sanctuary.web.forms.kept import kept
from sanctuary.web.pages.answers import Reader, reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A step of a case, seen by somebody at a moment."""

    seen: SeenCase
    step: Step
    now: datetime

    @property
    def place(self) -> Open | None:
        """Where it stands among the open steps."""
        return next((place for place in self.seen.progress.open if place.step == self.step.name), None)

    @property
    def can_be_done(self) -> bool:
        """Whether it can be done now, by anybody."""
        return self.place is not None or self.step.name in self.seen.progress.available

    @property
    def theirs(self) -> bool:
        """Whether this person's role may do it."""
        return any(may_do(self.seen.scheme, self.step, self.seen.facts, role) for role in self.seen.mine)

    @property
    def to_be_sent(self) -> bool:
        """Whether a question or a notice has yet to go out before there is anything to record."""
        unsent = self.step.name not in self.seen.facts.asked
        return unsent and self.step.kind in (StepKind.ENQUIRY, StepKind.NOTICE)

    @property
    def to_be_confirmed(self) -> bool:
        """Whether this person's role has yet to confirm that a notice has arrived."""
        turn = self.place.who if self.place else ()
        return self.step.kind is StepKind.NOTICE and not self.to_be_sent and bool(set(turn) & set(self.seen.mine))

    @property
    def drafts(self) -> Answers:
        """What has been drafted in this step ("step.question")."""
        own = f"{self.step.name}."
        return {name: value for name, value in self.seen.facts.drafts.items() if name.startswith(own)}

    @property
    def answers(self) -> Answers:
        """What conditions may read, with this step's drafts in place of what it said when it was last done."""
        own = f"{self.step.name}."
        facts = known(self.seen.scheme, self.seen.facts, self.now)
        return {**{name: value for name, value in facts.items() if not name.startswith(own)}, **self.drafts}

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections in which there is something to ask."""
        return sections(self.seen.scheme, self.step, self.answers, self.now)

    @property
    def reader(self) -> Reader:
        """What this person may read."""
        return reader(self.seen)

    def asked(self, section: Section) -> tuple[Question, ...]:
        """The questions to be drawn in `section`."""
        return asked(self.seen.scheme, self.step, section, self.answers, self.now)

    def only_if(self, questions: tuple[Question, ...]) -> dict[str, str]:
        """When each question is to be answered, where that is not certain."""
        return {each.name: only_if(self.seen.scheme, each, self.answers, self.now) for each in questions}

    def kept(self) -> dict[str, Plain]:
        """What has been drafted, as it was typed."""
        return kept(self.step, self.drafts)

    def read(self, section: Section, plain: Mapping[str, Plain]) -> Reading:
        """What `plain` comes to as the answers to `section`."""
        calendar = self.seen.scheme.calendar
        return read(self.step, plain, self.answers, self.now, calendar, section=section.name)

    def handed_in(self) -> Reading:
        """What the drafts come to as the whole step's answers. What this person may not read is not missing."""
        reading = hand_in(self.step, self.drafts, self.answers, self.now, self.seen.scheme.calendar)
        unread = {each.name for each in self.step.questions if not self.reader.may(each.compartment)}
        faults = {key: text for key, text in reading.faults.items() if key.partition("-")[0] not in unread}
        return Reading(answers=reading.answers, faults=faults)

    def section(self, name: str) -> Section | None:
        """The section of this name, if there is anything to ask in it."""
        return next((section for section in self.sections if section.name == name), None)

    def after(self, section: Section) -> Section | None:
        """The section that comes next."""
        here = [each.name for each in self.step.sections]
        later = here[here.index(section.name) + 1 :]
        return next((each for each in self.sections if each.name in later), None)
