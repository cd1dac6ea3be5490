"""What was answered in a case, and about whom? Each answer with its question; rows without the columns about others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sanctuary.core.events import Event, EventKind
from sanctuary.core.facts import Silence, Value
from sanctuary.core.forms import compartment_of
from sanctuary.core.mentions import Known, known, wording
from sanctuary.core.scheme import Question, QuestionType, Scheme, Total
from sanctuary.core.whose import Whose

FREE = (QuestionType.TEXT, QuestionType.LONG_TEXT)
_ANSWERS = (EventKind.ANSWERED, EventKind.DRAFTED)
_THEIRS = (Whose.PERSON, Whose.CHILD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An event with the scheme under which it was recorded, its number and the part of the record that it lies in."""

    seq: int
    part: str
    event: Event
    scheme: Scheme


@dataclass(frozen=True, slots=True)
class Told:
    """An answer, with the event that holds it and the question as it was asked then."""

    entry: Entry
    name: str
    question: Question
    value: Value

    @property
    def key(self) -> str:
        """What it is called on a list of what may go into a copy."""
        return f"{self.entry.seq}.{self.name}"


def answers(entries: Iterable[Entry]) -> Iterator[Told]:
    """Every answer in them, handed in or saved; totals too, and nothing of questions that did not apply."""
    for entry in entries:
        step = entry.scheme.steps.get(entry.event.step)
        if entry.event.kind not in _ANSWERS or step is None:
            continue
        asked: dict[str, Question | Total] = {question.name: question for question in step.questions}
        asked |= {total.name: total for section in step.sections for total in section.totals}
        for name, value in entry.event.answers.items():
            question = asked.get(name)
            if isinstance(question, Total):
                part = compartment_of(step, name)
                question = Question(name=name, ask=question.title, type=QuestionType.MONEY, compartment=part)
            if question is not None and value is not Silence.NOT_APPLICABLE:
                yield Told(entry, name, question, value)


def once(found: Iterable[Told]) -> Iterator[Told]:
    """Without drafts of what was then answered, or drafted again, in the same words."""
    listed = list(found)
    last = {(each.entry.event.step, each.name, repr(each.value)): each for each in listed}
    for each in listed:
        final = last[each.entry.event.step, each.name, repr(each.value)]
        if each.entry.event.kind is EventKind.ANSWERED or each is final:
            yield each


def theirs(found: Told) -> Told | None:
    """The answer as far as it is about the person or their children; of rows, the columns that are."""
    question = found.question
    if not question.columns:
        return found if question.of in _THEIRS else None
    columns = tuple(column for column in question.columns if column.of in _THEIRS)
    if not columns:
        return None
    return replace(found, question=replace(question, columns=columns))


def known_by(found: Iterable[Told], whose: Collection[Whose], kinds: Collection[QuestionType]) -> Iterator[Known]:
    """What those in `whose` are known by, from answers of these kinds."""
    for each in found:
        for question, value in _cells(each):
            if question.of in whose and question.type in kinds:
                yield from known(question, value)


def _cells(found: Told) -> Iterator[tuple[Question, Value]]:
    """The answer itself, or each cell of its rows."""
    if not found.question.columns or not isinstance(found.value, tuple):
        yield found.question, found.value
        return
    for row in (row for row in found.value if isinstance(row, Mapping)):
        yield from ((column, row[column.name]) for column in found.question.columns if column.name in row)


def words_of_others(found: Told) -> Iterator[Known]:
    """What was written about somebody else, to be found again word for word."""
    for question, value in _cells(found):
        if question.of not in _THEIRS and question.type in FREE and isinstance(value, str):
            yield from (each for line in value.split("\n") for each in wording(line))
