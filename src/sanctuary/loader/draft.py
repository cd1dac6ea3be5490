"""What is known about a definition while it is built? Its shapes, where each piece stands, the problems so far."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from sanctuary.core.conditions import FactType
from sanctuary.core.conditions.names import suggestion
from sanctuary.core.meanings import Catalogue
from sanctuary.core.scheme import ALWAYS, InForce, Origin, Step
from sanctuary.core.stages import Stage
from sanctuary.loader.fit import Path as TreePath
from sanctuary.loader.judgements import with_reasons
from sanctuary.loader.mapping import Cited, InForceShape
from sanctuary.loader.meanings import catalogue
from sanctuary.loader.problems import Place, Problem, problem
from sanctuary.loader.procedure import (
    FormShape,
    QuestionShape,
    SectionShape,
    StageFile,
    StepShape,
    TotalShape,
)
from sanctuary.loader.shape import MeasuresFile, SchemeFile
from sanctuary.loader.yaml import Map, Node, Row, Text

# Blocks of scheme.yaml from which facts follow.
_BLOCKS = ("risk", "dated", "property")
# The keys under which derived facts are written, by the first half of their names.
WRITTEN_UNDER = {
    "found": "findings",
    "decided": "decisions",
    "permitted": "permissions",
    "consented": "consents",
    "route": "routes",
    "flagged": "flags",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A piece of a file: the place of its name, and its value. What is not written stands where its mapping does."""

    name: Place
    node: Node | None

    def __getitem__(self, part: str | int) -> Spot:
        node = self.node
        if isinstance(node, Map) and part in node.entries:
            entry = node.entries[str(part)]
            return Spot(name=entry.key.place, node=entry.value)
        if isinstance(node, Row) and isinstance(part, int) and part < len(node.items):
            return Spot(name=node.items[part].place, node=node.items[part])
        return Spot(name=self.name, node=None)

    @property
    def place(self) -> Place:
        """Where the value begins."""
        return self.node.place if self.node is not None else self.name

    @property
    def keys(self) -> tuple[str, ...]:
        """The names written in a mapping, those whose values did not fit among them."""
        return tuple(self.node.entries) if isinstance(self.node, Map) else ()

    def find(self, name: str) -> Place:
        """Where `name` is written, as a key, as an item of a list or as a key of one; failing that, the value."""
        match self.node:
            case Map() if name in self.node.entries:
                return self.node.entries[name].key.place
            case Row():
                items = [Spot(name=item.place, node=item) for item in self.node.items]
                holding = [item for item in items if name in item.keys or item.text == name]
                return holding[0].find(name) if holding else self.place
        return self.place

    @property
    def text(self) -> str:
        """The value of a text."""
        return self.node.value if isinstance(self.node, Text) else ""

    def at(self, offset: int) -> Place:
        """Where the character at `offset` of a text was written."""
        return self.node.at(offset) if isinstance(self.node, Text) else self.place


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A section as it was written, in a step or in a form that the step shares."""

    name: str
    title: str
    hint: str
    compartment: str
    questions: Mapping[str, QuestionShape]
    totals: Mapping[str, tuple[TotalShape, Spot]]
    spot: Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A step as it was written, and where."""

    name: str
    stage: Stage
    shape: StepShape
    spot: Spot


@dataclass(kw_only=True, eq=False)
class Draft:
    """A definition that is being built. `names` are its facts and `built` its steps, each once they have been found."""

    folder: Path
    scheme: SchemeFile
    spot: Spot
    stages: Mapping[Stage, tuple[StageFile, Spot]]
    measures: MeasuresFile
    measures_spot: Spot
    lost: set[TreePath]
    problems: list[Problem] = field(default_factory=list)
    names: dict[str, FactType] = field(default_factory=dict)
    amounts: set[str] = field(default_factory=set)
    built: Mapping[str, Step] = field(default_factory=dict)

    @cached_property
    def meanings(self) -> tuple[Catalogue | None, tuple[Problem, ...]]:
        """What questions and measures can mean, and what is wrong with that: noted once something refers to it."""
        found = catalogue(self.folder.parent)
        self.problems += found[1]
        return found

    @cached_property
    def steps(self) -> Mapping[str, Written]:
        """Every step that has its shape, in order; of two with one name, the first."""
        found: dict[str, Written] = {}
        for stage, (shape, spot) in self.stages.items():
            for name, step in shape.steps.items():
                found.setdefault(name, Written(name=name, stage=stage, shape=step, spot=spot["steps"][name]))
        return found

    def written(self, kind: str) -> tuple[str, ...]:
        """The names of all steps, gates and the like, in order, whether or not they fit."""
        spots = [self.spot, *(spot for _, spot in self.stages.values())]
        return tuple(name for spot in spots for name in spot[kind].keys)

    @cached_property
    def step_names(self) -> frozenset[str]:
        """The names of all steps."""
        return frozenset(self.written("steps"))

    def note(self, place: Place, message: str) -> None:
        """Note a problem."""
        self.problems.append(problem(place, message))

    def refer(self, spot: Spot, name: str, known: Collection[str], what: str) -> bool:
        """Whether `name`, written at `spot`, is among the `known`; a problem where it is not."""
        if name not in known:
            self.note(spot.place, f"there is no {what} '{name}'{suggestion(name, known)}")
        return name in known

    def refer_all(self, spot: Spot, names: Collection[str], known: Collection[str], what: str) -> None:
        """`refer` for each item of the list at `spot`; a name that is there twice is a problem as well."""
        seen: set[str] = set()
        for number, name in enumerate(names):
            self.refer(spot[number], name, known, what)
            if name in seen:
                self.note(spot[number].place, f"'{name}' is in this list twice")
            seen.add(name)

    def fact(self, spot: Spot, name: str) -> FactType | None:
        """The type of the fact `name`, written at `spot`; a problem where there is no such fact."""
        if name in self.names:
            return self.names[name]
        if self.unsettled(name):
            return None
        step, _, question = name.partition(".")
        steps = {known.partition(".")[0] for known in self.names}
        if step not in steps:
            there = suggestion(step, steps & self.step_names)
            self.note(spot.place, f"there is no step '{step}' with questions{there}")
            return None
        questions = [known.partition(".")[2] for known in self.names if known.partition(".")[0] == step]
        what = f"the step '{step}' has no question" if step in self.step_names else f"there is no '{step}' fact"
        message = f"{what} '{question}'{suggestion(question, questions)}"
        self.note(spot.at(len(step) + 1), message)
        return None

    def unsettled(self, fact: str) -> bool:
        """Whether `fact` may be written somewhere, but among pieces that did not fit: nothing can be said about it."""
        step, _, question = fact.partition(".")
        if step in ("done", "by", "gate"):
            return fact not in self.names and question in self.written("gates" if step == "gate" else "steps")
        if step in _BLOCKS:
            broken = question in self.spot[step].keys or any(path[:1] == (step,) for path in self.lost)
            return fact not in self.names and broken
        if step in WRITTEN_UNDER:
            written = self.written(WRITTEN_UNDER[step])
            return fact not in self.names and (question in written if step != "route" else bool(written))
        if step in ("measures", "fund"):
            return fact not in self.names and bool(self.lost)
        return fact not in self.names and step in self.damaged

    @cached_property
    def damaged(self) -> frozenset[str]:
        """The steps of which some piece did not fit."""
        forms = {str(path[1]) for path in self.lost if path[0] == "forms" and len(path) > 1}
        sharing = {name for name, step in self.steps.items() if step.shape.form in forms}
        return frozenset(sharing.union(str(path[1]) for path in self.lost if path[0] == "steps" and len(path) > 1))


def pages(draft: Draft, step: Written) -> tuple[Page, ...]:
    """The sections of a step, wherever their questions are written; totals of the whole step stand on the last."""
    form = draft.scheme.forms.get(step.shape.form) if step.shape.form else None
    source: StepShape | FormShape = form or step.shape
    spot = draft.spot["forms"][str(step.shape.form)] if form else step.spot
    sections = source.sections or {}
    found = [_page(name, section, step.shape, spot["sections"][name]) for name, section in sections.items()]
    if source.questions or not found:
        found.append(_single(source, step.shape, spot))
    found = [replace(page, questions=with_reasons(page.questions, step.shape.form or step.name)) for page in found]
    totals = {name: (total, spot["totals"][name]) for name, total in source.totals.items()}
    return (*found[:-1], replace(found[-1], totals={**found[-1].totals, **totals}))


def _page(name: str, section: SectionShape, step: StepShape, spot: Spot) -> Page:
    return Page(
        name=name,
        title=section.title,
        hint=section.hint or "",
        compartment=section.compartment or step.compartment,
        questions=section.questions,
        totals={total: (shape, spot["totals"][total]) for total, shape in section.totals.items()},
        spot=spot["questions"],
    )


def _single(source: StepShape | FormShape, step: StepShape, spot: Spot) -> Page:
    return Page(
        name="questions",
        title="",
        hint="",
        compartment=step.compartment,
        questions=source.questions or {},
        totals={},
        spot=spot["questions"],
    )


def origin(shape: Cited) -> Origin:
    """Where a rule comes from."""
    return Origin(source=shape.source or "", meets=shape.meets)


def in_force(draft: Draft, shape: InForceShape | None, spot: Spot) -> InForce:
    """The days on which a rule applies."""
    if shape is None:
        return ALWAYS
    if shape.start and shape.until and shape.until < shape.start:
        draft.note(spot["in_force"]["until"].place, f"this ends before it begins: 'from' is {shape.start}")
    return InForce(start=shape.start, end=shape.until)
