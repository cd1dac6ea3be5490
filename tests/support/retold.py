"""Which example of a scheme is the longest that people could have lived, and what is done in it, page by page?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sanctuary.core.access import doers
from sanctuary.core.answers import SAID_SILENCE, Plain
from sanctuary.core.clocks import LONDON
from sanctuary.core.events import Event, fold
from sanctuary.core.known import informed
from sanctuary.core.progress import evaluate
from sanctuary.core.scheme import Question, QuestionType, Scheme, Step
from sanctuary.core.stages import Stage
from sanctuary.loader.casefile import under
from sanctuary.loader.entries import CaseShape, EntryShape
from sanctuary.loader.examples import Example, examples
from sanctuary.loader.fit import fit
from tests.support.reached import events_of

# What was typed stands in no title, address or log: this makes it unlike every word that a page has of its own.
MARK = "quillwort"
WRITTEN = (QuestionType.TEXT, QuestionType.LONG_TEXT, QuestionType.NAME, QuestionType.ADDRESS)
SILENCES = frozenset(silence.value for silence in SAID_SILENCE)
VERBS = ("did", "asked", "acknowledged")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Something done on the pages: when, by which role, which step, and what is said."""

    at: str
    role: str
    verb: str
    step: str
    answers: Mapping[str, Plain]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An example as it is lived: where, scene by scene, and how it ends."""

    name: str
    area: str
    scenes: tuple[Scene, ...]
    outcome: str


def longest(scheme: Scheme, folder: Path) -> Story:
    """The longest story that ends, with aftercare, and in which everything is done by whoever's turn it is."""
    told = [story for example in examples(folder) if (story := _story(scheme, example)) is not None]
    assert told, f"no example of {scheme.key} goes from referral to aftercare and ends"
    return max(told, key=lambda story: len(story.scenes))


def _story(scheme: Scheme, example: Example) -> Story | None:
    entries, events = _entries(example), events_of(scheme, example)
    area = events[0].area
    ended = evaluate(scheme, fold(events), events[-1].at)
    lived = all(any(getattr(entry, verb) for verb in VERBS) for entry in entries[1:])
    is_whole = any(scheme.steps[one.step].stage is Stage.AFTERCARE for one in ended.done)
    if not (lived and is_whole and ended.is_closed and ended.agencies == scheme.areas[area].agencies):
        return None
    scenes = tuple(_scenes(scheme, entries, events))
    return Story(name=example.name, area=area, scenes=scenes, outcome=ended.outcome) if scenes else None


def _entries(example: Example) -> Sequence[EntryShape]:
    node = example.spot["events"].node
    shape = fit(CaseShape, under("events", node)).value if node is not None else None
    assert shape is not None, example.file
    return shape.events


def _scenes(scheme: Scheme, entries: Sequence[EntryShape], events: Sequence[Event]) -> Iterator[Scene]:
    """The scenes; none at all where something is done out of turn, which no page would allow."""
    found: list[Scene] = []
    for entry in entries[1:]:
        verb = next(verb for verb in VERBS if getattr(entry, verb))
        step = scheme.steps[str(getattr(entry, verb))]
        before = [event for event in events if event.at < entry.at] or [events[0]]
        progress = evaluate(scheme, fold(before), entry.at)
        role = entry.role or doers(scheme, step, informed(scheme, fold(before), entry.at))[0]
        if step.name not in {*progress.available, *(one.step for one in progress.open)}:
            return
        at = entry.at.astimezone(LONDON).strftime("%Y-%m-%d %H:%M")
        answers = {name: _marked(_question(step, name), plain) for name, plain in entry.answers.items()}
        found.append(Scene(at=at, role=role, verb=verb, step=step.name, answers=answers))
    yield from found


def _question(step: Step, name: str) -> Question:
    return next(question for question in step.questions if question.name == name)


def _marked(question: Question, plain: Any) -> Plain:
    """What is typed, with the mark where it is free text."""
    if question.type is QuestionType.ROWS:
        columns = {column.name: column for column in question.columns}
        return [{name: _marked(columns[name], one) for name, one in row.items()} for row in plain]
    return f"{plain} {MARK}" if question.type in WRITTEN and plain not in SILENCES else plain
