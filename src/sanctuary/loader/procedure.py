"""Which keys do steps, questions, gates and clocks have, and what may stand under each? The stages' files.

The sentences under the keys are their reference documentation. Written order is kept everywhere.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Union

from pydantic import Discriminator, Field, Tag

from sanctuary.core.facts import Silence
from sanctuary.core.scheme import QuestionType, StepKind
from sanctuary.core.whose import Whose
from sanctuary.loader.mapping import Cited, InForceShape, Shape
from sanctuary.loader.people import DecisionShape, PermissionShape, RouteShape
from sanctuary.loader.rules import GateShape, TrackShape
from sanctuary.loader.scalars import FactName, Flag, Lasting, Length, Name, OneOrMore, OptionName, Within, Words


class ColumnShape(Shape):
    """One question of each row."""

    ask: Words
    """The question."""
    type: QuestionType
    """How it is asked and what a good answer is; any but rows."""
    hint: Words | None = None
    """Help below the question."""
    options: dict[OptionName, Words] | None = None
    """What can be chosen: name and words."""
    options_from: Words | None = None
    """A list of the scheme: roles, areas, closing_reasons, packages, measures, measures.GROUP or risk."""
    optional: Flag = False
    """Whether it may be left without an answer."""
    allow: tuple[Silence, ...] = ()
    """The answers that are no value and yet may be chosen."""
    of: Whose | None = None
    """Whom the answer is about, or whose contact it is; the person, if left out, and in a row whomever the rows are."""


def _means(value: Any) -> str:
    return "mapped" if isinstance(value, dict) else "named"


MeansShape = Annotated[
    Union[Annotated[Name, Tag("named")], Annotated[dict[Name, dict[OptionName, OneOrMore]], Tag("mapped")]],
    Discriminator(_means),
]


class QuestionShape(ColumnShape, Cited):
    """One question of a form."""

    when: Words | None = None
    """The condition under which it is asked. Where it is false the answer is recorded as not applicable."""
    columns: dict[Name, ColumnShape] | None = None
    """The questions of each row."""
    compartment: Name | None = None
    """The part of the record that the answer belongs to, where it is not the step's."""
    search: Literal["name", "postcode", "birth_date"] | None = None
    """What a case can be found by with this answer."""
    counted: Flag = False
    """Whether the answer is counted in the scheme's figures."""
    in_force: InForceShape | None = None
    """The days on which it is asked."""
    because: Words | None = None
    """For a judgement: how its reason is asked for; "Why?", if left out."""
    means: MeansShape | None = None
    """What it asks in the words of meanings.yaml: a meaning with the same options, or which option means what."""


class TotalShape(Shape):
    """A sum that the form works out."""

    title: Words
    """What the sum is called."""
    add: Annotated[tuple[Name, ...], Field(min_length=1)]
    """The questions whose amounts are added; also totals that stand further up."""
    subtract: tuple[Name, ...] = ()
    """The questions whose amounts are taken away."""
    per: Literal["week", "month", "quarter", "year"] | None = None
    """The period that amounts are brought to; none for plain money."""


class SectionShape(Shape):
    """Questions that stand together on one page."""

    title: Words
    """The heading of the page."""
    hint: Words | None = None
    """Help below the heading."""
    compartment: Name | None = None
    """The part of the record that its answers belong to, where it is not the step's."""
    questions: dict[Name, QuestionShape]
    """The questions."""
    totals: dict[Name, TotalShape] = {}
    """The sums worked out on it."""


class FormShape(Shape):
    """Questions that several steps share."""

    questions: dict[Name, QuestionShape] | None = None
    """The questions."""
    sections: dict[Name, SectionShape] | None = None
    """The questions, where they stand on several pages."""
    totals: dict[Name, TotalShape] = {}
    """The sums worked out."""


class ChosenShape(Shape):
    """A role that an answer names."""

    chosen_in: FactName
    """The question, a choice whose options are roles."""


class OpensShape(Shape):
    """When a step opens by itself."""

    after: Words | None = None
    """A step, "opened", or a question answered with a date."""
    period: Length | None = Field(default=None, alias="in")
    """How long after that."""
    before: FactName | None = None
    """Instead of `after`: a question answered with a date, mostly one to come."""
    by: Length | None = None
    """How long before that."""


class EscalationShape(Shape):
    """A role that is to know of a clock although it is not its turn."""

    to: Name
    """Which role."""
    before: Length | None = None
    """From how long before the time has run out."""
    after: Length | None = None
    """From how long after the time has run out; `0 days`: as soon as it has."""


class StepClockShape(Cited):
    """How long a step may take."""

    within: Within = None
    """The time allowed, or: not stated."""
    start: Words | None = Field(default=None, alias="from")
    """Where the clock starts: a step, "opened", "asked", or a question answered with a date."""
    before: FactName | None = None
    """Instead of `from`: a question answered with a date before which it has to be done."""
    by: Length | None = None
    """How long before that."""
    charged_to: Words | None = None
    """Whose time it is, where it is not that of whoever does the step."""
    escalates: tuple[EscalationShape, ...] = ()
    """Who else is to know, before the time has run out or after it."""
    pauses_for: tuple[Name, ...] | None = None
    """The causes of a pause for which this clock stands still; all of them where nothing is said."""
    source: Words
    """Where in the scheme's own document this stands."""
    in_force: InForceShape | None = None
    """The days on which it runs."""


class ReopensShape(Shape):
    """What has to be done again once this step is done."""

    steps: tuple[Name, ...]
    """The steps to do again."""
    condition: Words = Field(alias="if")
    """The condition under which they are."""


def _who(value: Any) -> str:
    return "chosen" if isinstance(value, dict) else "roles"


WhoShape = Annotated[
    Union[Annotated[tuple[Name, ...], Tag("roles")], Annotated[ChosenShape, Tag("chosen")]], Discriminator(_who)
]


class StepShape(Cited):
    """One step of the procedure."""

    kind: StepKind
    """What sort of thing the step is."""
    title: Words
    """What it is called."""
    help: Words | None = None
    """What is said above the form."""
    who: WhoShape
    """The roles that do it, or the question whose answer names the role."""
    compartment: Name
    """The part of the record that its answers belong to."""
    when: Words | None = None
    """The condition under which it applies. While that is unknown the step is not open yet."""
    after: tuple[Name, ...] = ()
    """The steps that have to be done, or not apply, before it."""
    opens: OpensShape | None = None
    """The time before which it is not open."""
    clock: StepClockShape | None = None
    """How long it may take."""
    any_time: Flag = False
    """Whether it can be done, again and again, whenever the case is open."""
    every: Lasting | None = None
    """How long after it was done it comes back, while it applies."""
    reopens: ReopensShape | None = None
    """The steps that have to be done again after it."""
    asks: Words | None = None
    """For an enquiry: the role, or the words for the outsider, whose answer is awaited."""
    tells: tuple[Name, ...] = ()
    """For a notice: the roles that each confirm that they have seen it."""
    letter: Name | None = None
    """For a letter: which one is sent."""
    closes_with: FactName | None = None
    """The question whose answer is the closing reason: doing this step ends the case."""
    questions: dict[Name, QuestionShape] | None = None
    """The questions, on one page."""
    sections: dict[Name, SectionShape] | None = None
    """The questions, on several pages."""
    form: Name | None = None
    """A form of the scheme whose questions are asked."""
    totals: dict[Name, TotalShape] = {}
    """The sums worked out."""


class ClockShape(StepClockShape):
    """How long several steps together may take."""

    title: Words
    """What is timed."""
    until: Words
    """The step that ends it, or a question answered with the date on which it ended."""


class FindingRowShape(Cited):
    """One row of a finding."""

    when: Words | None = None
    """The condition under which the row holds. No two rows with different values may hold at once."""
    otherwise: Flag = False
    """Whether this is the row for where no other holds."""
    value: Name = Field(alias="is")
    """What is found where the row holds."""
    source: Words
    """Where in the scheme's own document this stands."""


class FindingShape(Shape):
    """Something that rules find out, such as who decides. Its fact is `found.name`."""

    title: Words
    """What is found out."""
    rows: dict[Name, FindingRowShape]
    """The rows of the table."""


class StageFile(Shape):
    """One of the files 1-referral.yaml to 7-monitoring.yaml."""

    steps: dict[Name, StepShape] = {}
    """The steps of the stage."""
    gates: dict[Name, GateShape] = {}
    """What may stand in the way."""
    tracks: dict[Name, TrackShape] = {}
    """Orders of the steps other than the usual one."""
    clocks: dict[Name, ClockShape] = {}
    """The times allowed for more than one step."""
    findings: dict[Name, FindingShape] = {}
    """What rules find out from the answers."""
    routes: dict[Name, RouteShape] = {}
    """The ways in which a case may be referred; in the file of the first stage."""
    passed_on_to: Name | None = None
    """The role that hands in a referral made by somebody whom no route entitles."""
    decisions: dict[Name, DecisionShape] = {}
    """What several opinions come to."""
    permissions: dict[Name, PermissionShape] = {}
    """What several owners permit, one after the other."""
