"""Do schemes still contradict each other where they are known to? The same facts put to several, and what each says.

The sentences under the keys are their reference documentation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from sanctuary.core.conditions.names import suggestion
from sanctuary.core.meanings import Catalogue
from sanctuary.core.scheme import Scheme
from sanctuary.core.topics import TOPICS, Account, account, imagined
from sanctuary.loader.draft import Spot
from sanctuary.loader.given import check, given
from sanctuary.loader.mapping import Cited, Shape
from sanctuary.loader.problems import Problem, ordered, problem
from sanctuary.loader.scalars import Moment, Name, OneOrMore, Requirement, Words
from sanctuary.loader.shown import Shown, shown

FOLDER = "contradictions"


class SideShape(Cited):
    """What one scheme says to the facts."""

    words: Words
    """What it says, for people."""
    source: Words
    """Where in the scheme's own document this stands."""
    stops: tuple[Words, ...] | None = None
    """Every rule that says no, as gate.criterion; [] where none does."""
    says: dict[Name, dict[Words, Words]] = {}
    """By topic: a name, such as that of a meaning, a measure, a step or a clock, and what is so about it."""


class ContradictionFile(Shape):
    """A file of the folder contradictions, beside the folders of the schemes."""

    title: Words
    """What the schemes do not agree on."""
    meets: tuple[Requirement, ...] = ()
    """The requirements that this shows, by their IDs."""
    at: Moment
    """The time for which this is asked."""
    facts: dict[Name, OneOrMore] = {}
    """What is put to every one of the schemes: meanings and their answers."""
    schemes: dict[Name, SideShape]
    """What each of them says."""


# A file of contradictions/.
Contradiction = Shown[ContradictionFile]


def contradictions(root: Path) -> tuple[Contradiction, ...]:
    """The known contradictions of the schemes in the folder `root`, by name."""
    needs = "it has a title, facts and schemes"
    return tuple(shown(path, ContradictionFile, needs) for path in sorted((root / FOLDER).glob("*.yaml")))


def run(found: Contradiction, schemes: Mapping[str, Scheme], catalogue: Catalogue) -> tuple[Problem, ...]:
    """Everything in which a scheme says otherwise than the file has it, or that is wrong with the file."""
    shape, spot = found.shape, found.spot
    if shape is None or found.problems:
        return found.problems
    problems = [*check(shape.facts, spot["facts"], catalogue)]
    if problems:
        return ordered(problems)
    if len({_said(side) for side in shape.schemes.values()}) < 2:
        problems.append(problem(spot["schemes"].name, "these schemes all say the same; a contradiction has two sides"))
    for key, side in shape.schemes.items():
        place = spot["schemes"][key]
        if key not in schemes:
            problems.append(problem(place.name, f"there is no scheme '{key}'{suggestion(key, schemes)}"))
            continue
        put = given(shape.facts)
        told = account(schemes[key], imagined(schemes[key], put, shape.at), put, catalogue, shape.at)
        problems += [*_stopped(side, told, place), *_differing(side, told, place)]
    return ordered(problems)


def _said(side: SideShape) -> tuple[object, ...]:
    stops = None if side.stops is None else bool(side.stops)
    return (stops, *((topic, tuple(sorted(said.items()))) for topic, said in sorted(side.says.items())))


def _stopped(side: SideShape, told: Account, spot: Spot) -> Iterator[Problem]:
    stopped = {one.about for one in told.said["stops"]}
    if side.stops is not None and set(side.stops) != stopped:
        yield problem(spot["stops"].name, f"stops should be {_list(side.stops)}, and is {_list(sorted(stopped))}")


def _differing(side: SideShape, told: Account, spot: Spot) -> Iterator[Problem]:
    for topic, expected in side.says.items():
        place = spot["says"][topic]
        if topic not in TOPICS:
            yield problem(place.name, f"there is no topic '{topic}'{suggestion(topic, TOPICS)}")
            continue
        values = {one.about: one.value for one in told.said[topic]}
        for about, wanted in expected.items():
            if about not in values:
                yield problem(place[about].name, f"nothing is said about '{about}' here{suggestion(about, values)}")
            elif values[about] != wanted:
                yield problem(place[about].place, f"'{about}' should be '{wanted}', and is '{values[about]}'")


def _list(names: tuple[str, ...] | list[str]) -> str:
    return f"[{', '.join(names)}]"
