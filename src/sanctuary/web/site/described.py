"""What does a page of the static site say of a scheme? Steps, rules, times and reading rules, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from sanctuary.core.letters import Letter
from sanctuary.core.needs import Onward
from sanctuary.core.scheme import Clock, Criterion, InForce, Question, QuestionType, Scheme, Stance, Step
from sanctuary.core.stages import Stage
from sanctuary.core.wording import Wording
from sanctuary.loader.examples import Example
from sanctuary.web import wording
from sanctuary.web.pages.held import HeldPage, held_page, kept
from sanctuary.web.pathway import for_screens
from sanctuary.web.pathway.marks import KIND_NAMES
from sanctuary.web.site.blocks import Block, blocks

_TYPES = {
    QuestionType.YES_NO: "yes or no",
    QuestionType.CHOICE: "one of these",
    QuestionType.CHOICES: "any of these",
    QuestionType.TEXT: "a line of text",
    QuestionType.LONG_TEXT: "text",
    QuestionType.NUMBER: "a number",
    QuestionType.MONEY: "an amount of money",
    QuestionType.AMOUNT: "an amount of money for a period",
    QuestionType.MOMENT: "a date and a time",
    QuestionType.ROWS: "as many rows as needed, in each",
}
_ONWARD = {
    Onward.REFUSE: "The way forward stops here.",
    Onward.WAIT: "The case waits; nobody is refused.",
    Onward.PASS_ON: "It is passed on.",
    Onward.ADVISE: "Advice is given instead.",
}
_GIVEN = {
    "today": "the day",
    "reference": "the reference of the case",
    "agency": "the agency",
    "officer": "the officer",
    "person": "the person",
    "reasons": "the reasons",
    "alternatives": "what else there is",
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Described:
    """One scheme, as the templates of the site speak of it."""

    scheme: Scheme
    examples: tuple[Example, ...] = ()

    @cached_property
    def words(self) -> Wording:
        """Its words."""
        return Wording(scheme=self.scheme)

    @cached_property
    def stages(self) -> tuple[tuple[Stage, tuple[Step, ...]], ...]:
        """The stages in which there is something to do, with their steps."""
        steps = tuple(self.scheme.steps.values())
        found = ((stage, tuple(step for step in steps if step.stage is stage)) for stage in Stage)
        return tuple((stage, inside) for stage, inside in found if inside)

    @cached_property
    def pathways(self) -> tuple[tuple[str, Markup], ...]:
        """The picture for a wide screen and for a telephone."""
        return for_screens(self.scheme, None)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """What follows from the answers."""
        return blocks(self.scheme, self.words)

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The groups of the measures."""
        return tuple(dict.fromkeys(measure.group for measure in self.scheme.measures.values()))

    @cached_property
    def kept(self) -> tuple[str, ...]:
        """How long records are kept."""
        return kept(self.scheme)

    @cached_property
    def held(self) -> tuple[tuple[Step, tuple[HeldPage, ...]], ...]:
        """Every step that asks something, with why each answer is held."""
        asking = (step for step in self.scheme.steps.values() if step.questions)
        return tuple((step, tuple(self._held(step))) for step in asking)

    def _held(self, step: Step) -> Iterator[HeldPage]:
        found = (held_page(self.scheme, step.name, question.name) for question in step.questions)
        yield from (page for page in found if page)

    def kind(self, step: Step) -> str:
        """What sort of step it is."""
        return KIND_NAMES[step.kind]

    def before(self, step: Step) -> str:
        """What comes before a step."""
        if step.opens:
            return self.words.opening(step.opens)
        return wording.listed([f"“{self.scheme.steps[name].title}”" for name in step.after])

    def times(self, step: Step) -> tuple[Clock, ...]:
        """The clocks that a step ends."""
        return tuple(clock for clock in self.scheme.clocks if clock.step == step.name)

    def answer(self, question: Question) -> str:
        """What is answered to a question, where that is not plain from its name."""
        return _TYPES.get(question.type, question.type.value.replace("_", " "))

    def stance(self, criterion: Criterion) -> str:
        """What happens while a rule is not decided."""
        return "the steps behind it wait" if criterion.unknown is Stance.HOLD else "the steps behind it go on"

    def onward(self, criterion: Criterion) -> str:
        """What happens where a rule says no."""
        to = f" To: {self.words.roles([criterion.to])}." if criterion.to else ""
        return f"{_ONWARD[criterion.then]}{to}"

    def reasons(self, criterion: Criterion) -> tuple[str, ...]:
        """Why it says no: its own reason, or those of its needs."""
        return tuple(_reasons(criterion))

    def in_force(self, rule: InForce) -> str:
        """The days on which something applies; "" for always."""
        parts = [f"from {wording.day(rule.start)}"] if rule.start else []
        return " ".join([*parts, *([f"until {wording.day(rule.end)}"] if rule.end else [])])

    def letter(self, letter: Letter) -> Iterator[tuple[str, str]]:
        """The pieces of a letter: what each is, and its text with words for the gaps."""
        for block in letter.blocks:
            text = block.text
            for field in block.fields:
                called = self.words.titles.get(field) or _GIVEN.get(field, field)
                text = text.replace(f"{{{field}}}", f"[{called}]")
            yield block.kind.value, text


def _reasons(criterion: Criterion) -> Iterator[str]:
    if criterion.reason or criterion.needs is None:
        yield criterion.reason
        return
    ahead = [criterion.needs]
    while ahead:
        need = ahead.pop(0)
        if need.account is not None:
            yield need.account.reason
        ahead = [*need.members, *ahead]
