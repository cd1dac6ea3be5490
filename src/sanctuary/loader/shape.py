"""Which keys do scheme.yaml and measures.yaml have, and what may stand under each? Steps are in `procedure`.

The sentences under the keys are their reference documentation. Written order is kept everywhere.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Union

from pydantic import Discriminator, Field, Tag, TypeAdapter

from sanctuary.loader.entries import EntryShape, ExampleFile
from sanctuary.loader.keeping import RetentionShape
from sanctuary.loader.mapping import Cited, Shape
from sanctuary.loader.meanings import MeaningsFile
from sanctuary.loader.people import AccreditationShape, ConsentShape
from sanctuary.loader.procedure import FormShape, StageFile
from sanctuary.loader.provisions import FlagShape
from sanctuary.loader.provisions import MeasuresFile as MeasuresFile
from sanctuary.loader.provisions import MeasureShape as MeasureShape
from sanctuary.loader.scalars import Day, FactName, Flag, Name, Whole, Words
from sanctuary.loader.situation import DatedShape, PropertyShape, RiskShape


class WordShape(Shape):
    """What the scheme calls something."""

    one: Words
    """One of them."""
    many: Words
    """Many of them."""


class CompartmentShape(Shape):
    """A part of the record that is read, encrypted and erased as one."""

    number: Annotated[Whole, Field(le=30)]
    """0 to 30, and never another one."""
    title: Words
    """What it is called."""
    holds: Words
    """What belongs in it."""
    guarded: bool = False
    """Whether telling of it could hinder preventing crime, or harm somebody."""


class ReadingShape(Cited):
    """Compartments that a role may read."""

    compartments: tuple[Name, ...]
    """Which."""
    when: Words | None = None
    """The condition under which it may."""
    until: Name | None = None
    """The step that ends it, once that is done."""


def _reading(value: Any) -> str:
    return "rule" if isinstance(value, dict) else "always"


ReadsShape = Annotated[
    Union[Annotated[tuple[Name, ...], Tag("always")], Annotated[ReadingShape, Tag("rule")]], Discriminator(_reading)
]


class RoleShape(Shape):
    """A part that an agency plays in a case."""

    title: Words
    """What it is called."""
    reads: tuple[ReadsShape, ...] = ()
    """What it may read: lists of compartments, or rules with a condition."""
    may: tuple[Literal["move_cases"], ...] = ()
    """What else it may do. move_cases: let a case go on under this version of the scheme."""


class AreaShape(Shape):
    """A place where the scheme runs."""

    title: Words
    """What it is called."""
    agencies: dict[Name, Name]
    """The agency that plays each role there."""


class ReassignmentShape(Cited):
    """A role that in some cases is played by another agency."""

    role: Name
    """Which role."""
    agency: Name
    """The agency that plays it."""
    when: Words
    """The condition under which it does."""


class HeaderShape(Shape):
    """The questions that say who a case is about."""

    name: FactName
    """The person's name."""
    birth_date: FactName
    """The person's date of birth."""
    address: FactName
    """The person's address."""
    postcode: FactName
    """The postcode of the address."""
    safe_contact: tuple[FactName, ...]
    """How and when the person can be contacted safely."""
    people: tuple[FactName, ...] = ()
    """Who else there is."""


class ClosingReasonShape(Shape):
    """A reason for which a case ends."""

    title: Words
    """What it is called."""
    helped: Flag
    """Whether the scheme did for the person what it is for."""


class LetterShape(Shape):
    """A letter of the scheme."""

    subject: Words
    """What it is about. Others may see this, so it has no merge field."""
    sender: Words = ""
    """Who it is from, where the name of the agency that sends it would say too much."""
    file: Words
    """The file with its text, in the folder letters."""


class PauseShape(Shape):
    """A reason for which a clock may stand still."""

    title: Words
    """What it is called."""
    charged_to: Words | None = None
    """Whose time that is, where it is not that of whoever does the step: a role, or words for an outsider."""


class SchemeFile(Shape):
    """The file scheme.yaml."""

    scheme: Name
    """The scheme's name; its folder is called the same."""
    title: Words
    """What the scheme is called."""
    about: Words = ""
    """What it is, in a paragraph."""
    edition: Day | None = None
    """The date of this text of the definition."""
    extends: Name | None = None
    """Another scheme, whose definition this one changes."""
    calendar: Literal["england-and-wales"] = "england-and-wales"
    """Whose bank holidays count."""
    sources: dict[Name, Words] = {}
    """The documents that `source` refers to."""
    vocabulary: dict[Name, WordShape] = {}
    """What things and people are called."""
    compartments: dict[Name, CompartmentShape]
    """The parts of the record."""
    agencies: dict[Name, Words]
    """The names of the agencies."""
    roles: dict[Name, RoleShape]
    """The parts that agencies play."""
    areas: dict[Name, AreaShape]
    """Where the scheme runs."""
    reassignments: tuple[ReassignmentShape, ...] = ()
    """Cases in which another agency plays a role."""
    header: HeaderShape
    """Who a case is about."""
    alternatives: dict[Name, Words] = {}
    """What else there is for a person."""
    closing_reasons: dict[Name, ClosingReasonShape] = {}
    """The reasons for which a case ends."""
    retention: dict[Name, RetentionShape] = {}
    """How long the record of a case is kept once it has ended. Without it, no record is ever due to go."""
    risk: RiskShape | None = None
    """How the risk is measured."""
    dated: dict[Name, DatedShape] = {}
    """What is in force for a time: orders, bail, a tenancy."""
    property: PropertyShape | None = None
    """The home that is to be made safer."""
    pauses: dict[Name, PauseShape] = {}
    """The reasons for which a clock may stand still; where there are any, a pause names one of them."""
    letters: dict[Name, LetterShape] = {}
    """The letters."""
    forms: dict[Name, FormShape] = {}
    """Questions that several steps share."""
    flags: dict[Name, FlagShape] = {}
    """What others keep about a case, and have to take down again."""
    accreditations: dict[Name, AccreditationShape] = {}
    """Recognitions that some agencies hold, such as being nominated to refer."""
    consents: dict[Name, ConsentShape] = {}
    """What the person may agree to, each apart from the others."""


def json_schema() -> dict[str, dict[str, Any]]:
    """The JSON Schemas of every kind of file of a definition, and of a case file, for editors."""
    files: dict[str, TypeAdapter[Any]] = {
        "scheme": TypeAdapter(SchemeFile),
        "stage": TypeAdapter(StageFile),
        "measures": TypeAdapter(MeasuresFile),
        "meanings": TypeAdapter(MeaningsFile),
        "case": TypeAdapter(tuple[EntryShape, ...]),
        "example": TypeAdapter(ExampleFile),
    }
    return {name: file.json_schema() for name, file in files.items()}
