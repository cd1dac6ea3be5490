"""Which keys do case files and examples have, and what may stand under each? Not whether the names in them exist.

The sentences under the keys are their reference documentation.
"""

from __future__ import annotations

from typing import Annotated, Any, Union

from pydantic import BeforeValidator, Discriminator, Field, Tag

from sanctuary.core.stages import Stage
from sanctuary.loader.mapping import Shape
from sanctuary.loader.scalars import Due, FactName, Moment, Name, Requirement, Words

# What can happen, and the keys that belong to it besides `at` and `as`.
VERBS: dict[str, tuple[str, ...]] = {
    "opened": (),
    "did": ("answers",),
    "drafted": ("answers",),
    "asked": (),
    "acknowledged": (),
    "reopened": ("because",),
    "paused": ("because", "cause"),
    "resumed": (),
    "withdrew": ("because",),
    "overrode": ("because",),
    "passed_on": ("to",),
    "moved": (),
}


class OpenedShape(Shape):
    """The beginning of a case."""

    area: Name
    """The area in which the case is opened."""


class EntryShape(Shape):
    """Something that happened. One key says what: opened, did, drafted, asked, acknowledged, reopened, paused, …"""

    at: Moment
    """When: London time, or with an offset."""
    role: str = Field(default="", alias="as")
    """The role of whoever did it; where only one role does the step it can be left out."""
    opened: OpenedShape | None = None
    """The case was opened."""
    did: Name | None = None
    """A step was done."""
    drafted: Name | None = None
    """Some answers to a step were saved, and the step is not done yet."""
    asked: Name | None = None
    """An enquiry or a notice went out."""
    acknowledged: Name | None = None
    """The notice was seen by the role in `as`."""
    reopened: Name | None = None
    """A step has to be done again."""
    paused: Name | None = None
    """The clocks of a step stand still."""
    resumed: Name | None = None
    """The clocks of a step run again."""
    withdrew: Name | None = None
    """A consent was withdrawn."""
    overrode: Words | None = None
    """A rule, written gate.criterion, was set aside for this case."""
    passed_on: Name | None = None
    """A step was passed on to another role, with the answers saved so far."""
    moved: Words | None = None
    """The case goes on under another version of its scheme."""
    answers: dict[str, Any] = {}
    """The answers to the step's questions. Those that do not apply are left out."""
    because: str = ""
    """Why it was reopened, paused, withdrawn or set aside."""
    cause: str = ""
    """Why it was paused: one of the scheme's `pauses`."""
    to: str = ""
    """The role that a step was passed on to."""


class CaseShape(Shape):
    """A case file; the list itself stands under `events`."""

    events: tuple[EntryShape, ...]
    """What happened, in order."""


class OpenShape(Shape):
    """How a step should be open."""

    who: tuple[Name, ...] | None = None
    """Whose turn it should be."""
    due: Due = None
    """When it should be due; none: no target."""
    told: tuple[Name, ...] | None = None
    """Who else should know by then that it is late, or is about to be."""


def _spelt(value: Any) -> Any:
    """`{step: time}` is short for `{step: {due: time}}`."""
    return value if isinstance(value, dict) else {"due": value}


def _form(value: Any) -> str:
    return "mapping" if isinstance(value, dict) else "plain"


_OpenMap = Annotated[
    dict[Name, Annotated[OpenShape, BeforeValidator(_spelt)]],
    Tag("mapping"),
]
_OpenItem = Annotated[Union[Annotated[Name, Tag("plain")], _OpenMap], Discriminator(_form)]
OpenSteps = Annotated[Union[Annotated[tuple[_OpenItem, ...], Tag("plain")], _OpenMap], Discriminator(_form)]


class ExpectShape(Shape):
    """Where the case should stand at a time. Only the keys that are given are compared."""

    at: Moment
    """The time asked about; what happened after it does not count."""
    stage: Stage | None = None
    """The stage."""
    outcome: Name | None = None
    """open, stopped, or the closing reason."""
    open: OpenSteps | None = None
    """Exactly the steps that are open, each by its name, as {step: due time}, or as {step: {who: […], due: …}}."""
    done: tuple[Name, ...] | None = None
    """Exactly the steps that are done."""
    waiting: dict[Name, tuple[str, ...]] | None = None
    """For each of these steps, exactly what it waits for: steps, questions, or nothing but time."""
    stopped: tuple[str, ...] | None = None
    """Exactly the rules that stop the case, each as gate.criterion, or as gate.criterion.member where needs fail."""
    held: tuple[str, ...] | None = None
    """Exactly the rules for which the case waits without being refused, written as under `stopped`."""
    status: Words | None = None
    """What the case is called while it waits."""
    overridden: tuple[str, ...] | None = None
    """Exactly the rules that were set aside, each as gate.criterion."""
    soft: tuple[str, ...] | None = None
    """Exactly the rules that stand in the way and may be set aside."""
    deferred: dict[str, Due] | None = None
    """Exactly the rules that are not met and do not count yet, and from when each will; none: not known."""
    limited: dict[Name, tuple[Name, ...]] | None = None
    """Exactly the steps in which, for now, only some measures may be chosen, and which measures."""
    track: Words | None = None
    """The track that the case is on, or: none."""
    unknown: tuple[str, ...] | None = None
    """Exactly the questions that would settle what is undecided."""
    available: tuple[Name, ...] | None = None
    """Exactly the steps that can be done at any time."""
    conflicts: tuple[Name, ...] | None = None
    """Exactly the decisions on which opinions conflict."""
    facts: dict[FactName, Words] | None = None
    """For each of these facts that follow from the answers, its value; unknown where it is not decided."""
    agencies: dict[Name, Name] | None = None
    """For each of these roles, the agency that plays it."""
    reads: dict[Name, tuple[Name, ...]] | None = None
    """For each of these roles, exactly the compartments that it may read."""
    kept_until: Words | None = None
    """The day until which the record is kept now that the case has ended, or: none."""
    because: Words | None = None
    """Why this is expected, for the reader."""

    def opens(self) -> dict[str, OpenShape] | None:
        """The steps that should be open, and how; None where nothing is said about that."""
        if self.open is None or isinstance(self.open, dict):
            return self.open
        steps = [item if isinstance(item, dict) else {item: OpenShape()} for item in self.open]
        return {name: shape for step in steps for name, shape in step.items()}


class ExampleFile(Shape):
    """A file in the folder examples."""

    title: Words
    """What the example shows."""
    about: Words | None = None
    """More about it, for the reader."""
    meets: tuple[Requirement, ...] = ()
    """The requirements that it shows, by their IDs."""
    events: tuple[Any, ...]
    """What happened: a case file."""
    expect: tuple[ExpectShape, ...]
    """What should follow from it, at one time or several."""
