"""What goes into a copy of somebody's record? Their own answers; what is about others is left out, never covered up.

How it is laid out, sealed and released stands elsewhere. Nothing goes in that was not on the list and ticked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from sanctuary.core.answers import said
from sanctuary.core.events import Event, EventKind
from sanctuary.core.facts import Silence, Value
from sanctuary.core.forms import compartment_of
from sanctuary.core.mentions import POSTCODE, Known, known, mentioned, without, wording
from sanctuary.core.scheme import Question, QuestionType, Scheme, Total
from sanctuary.core.whose import Whose

WITHHELD = "Withheld. Contact only through the agency that hands this over."
_PLACES = (QuestionType.ADDRESS, QuestionType.POSTCODE)
_FREE = (QuestionType.TEXT, QuestionType.LONG_TEXT)
_ANSWERS = (EventKind.ANSWERED, EventKind.DRAFTED)
_HAPPENED: Mapping[EventKind, str] = {
    EventKind.OPENED: "Opened",
    EventKind.DONE: "Done",
    EventKind.ASKED: "Asked or sent",
    EventKind.REOPENED: "Opened again, and why",
    EventKind.PAUSED: "Its clock paused, and why",
    EventKind.WITHDRAWN: "Consent taken back, and what was said",
    EventKind.OVERRIDDEN: "A rule set aside, and why",
}


class Recipient(Enum):
    """To whom a copy may be handed. There is no other: not the perpetrator, nor anybody who acts for them."""

    PERSON = "person"
    ACTING_FOR_PERSON = "acting_for_person"

    @property
    def of(self) -> Whose:
        """Whose side they are on."""
        return Whose.PERSON


class Hold(Enum):
    """Why something does not go in unless somebody ticks it."""

    NONE = "none"
    CHILD = "child"
    NAMES = "names"
    PLACE = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An event with the scheme under which it was recorded, its number and the part of the record that it lies in."""

    seq: int
    part: str
    event: Event
    scheme: Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something recorded that may go in. `by` is "" where it would say who the case came from or who was asked.

    `part` is the part of the record that it tells of, `lies` the one in which it lies; `names` are those of others that
    stand in it.
    """

    key: str
    part: str
    lies: str
    step: str
    title: str
    ask: str
    lines: tuple[str, ...]
    at: datetime
    by: str
    draft: bool = False
    hold: Hold = Hold.NONE
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What somebody chose for a copy: to whom it goes, which parts are left out because telling could do harm, and what
    was ticked, by key.
    """

    recipient: Recipient
    parts_left: frozenset[str]
    ticked: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """All that may be ticked, how much was left out since it is about somebody else, and what must not stand in it."""

    items: tuple[Item, ...]
    about_others: int
    others: tuple[Known, ...]
    own_places: tuple[Known, ...]
    secrets: Mapping[str, tuple[Known, ...]]


@dataclass(frozen=True, slots=True)
class _Found:
    """An answer before it is known whether it may go in."""

    entry: Entry
    name: str
    question: Question
    value: Value

    @property
    def key(self) -> str:
        return f"{self.entry.seq}.{self.name}"


def offer(scheme: Scheme, entries: Iterable[Entry], whole: Iterable[Entry], recipient: Recipient) -> Offer:
    """What may go into a copy made of `entries`, which are what its maker may read.

    `whole` is all of the case: it is searched for what others are known by, and nothing else is taken from it.
    """
    told, everything = tuple(entries), tuple(_answers(whole))
    own_places = tuple(_known(everything, {Whose.PERSON}, _PLACES))
    own = tuple(_known(everything, {Whose.PERSON}, None, free=False))
    others = without(_known(everything, set(Whose) - {Whose.PERSON}, None), own)
    found = tuple(_once(_answers(told)))
    kept = tuple(each for each in map(_theirs, found) if each is not None)
    looked_for = (*others, *(own_places if recipient is not Recipient.PERSON else ()))
    sources = _sources(told)
    items = [_item(each, sources, recipient) for each in kept] + list(_happened(told, sources))
    left = [each for each in found if _theirs(each) is None]
    return Offer(
        items=tuple(_held(each, looked_for, recipient) for each in sorted(items, key=_order(scheme))),
        about_others=len(left),
        others=others,
        own_places=own_places if recipient is not Recipient.PERSON else (),
        secrets={each.key: tuple(_words(each)) for each in found if _theirs(each) is None},
    )


def chosen(offered: Offer, choices: Choices) -> tuple[Item, ...]:
    """What goes in: what was on the list, was ticked, and lies in no part that is left out."""
    return tuple(item for item in offered.items if item.key in choices.ticked and item.part not in choices.parts_left)


def forbidden(offered: Offer, choices: Choices, always: str = "") -> tuple[Known, ...]:
    """What must not stand in the finished copy: whatever others are known by and whatever was left out, except where
    somebody saw it in an answer and ticked that, and for words that stand in every copy, as `always` has them.
    """
    goes_in = chosen(offered, choices)
    text = "\n".join(line for item in goes_in for line in (item.title, item.ask, item.by, *item.lines))
    left = [line for item in offered.items if item not in goes_in for line in item.lines]
    wanted = (
        *offered.others,
        *offered.own_places,
        *(each for words in offered.secrets.values() for each in words),
        *(each for line in left for each in wording(line)),
    )
    seen = {*mentioned(text, wanted), *mentioned(always, wanted)}
    return tuple(dict.fromkeys(each for each in wanted if each not in seen))


def usual(offered: Offer) -> frozenset[str]:
    """What is ticked before anybody has looked: everything about which there is nothing to decide."""
    return frozenset(item.key for item in offered.items if item.hold is Hold.NONE)


def _answers(entries: Iterable[Entry]) -> Iterator[_Found]:
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
                yield _Found(entry, name, question, value)


def _once(found: Iterable[_Found]) -> Iterator[_Found]:
    """Without drafts of what was then answered, or drafted again, in the same words."""
    listed = list(found)
    last = {(each.entry.event.step, each.name, repr(each.value)): each for each in listed}
    for each in listed:
        final = last[each.entry.event.step, each.name, repr(each.value)]
        if each.entry.event.kind is EventKind.ANSWERED or (each is final):
            yield each


def _theirs(found: _Found) -> _Found | None:
    """The answer as far as it is about the person or their children; of rows, the columns that are."""
    question = found.question
    if not question.columns:
        return found if question.of in (Whose.PERSON, Whose.CHILD) else None
    columns = tuple(column for column in question.columns if column.of in (Whose.PERSON, Whose.CHILD))
    if not columns or not isinstance(found.value, tuple):
        return None
    return replace(found, question=replace(question, columns=columns))


def _item(found: _Found, sources: frozenset[str], recipient: Recipient) -> Item:
    entry, question = found.entry, found.question
    whose = {question.of, *(column.of for column in question.columns)}
    places = {question.type, *(column.type for column in question.columns)} & set(_PLACES)
    withheld = bool(places) and recipient is not Recipient.PERSON
    return Item(
        key=found.key,
        part=entry.part,
        lies=entry.part,
        step=entry.event.step,
        title=entry.scheme.steps[entry.event.step].title,
        ask=question.ask,
        lines=(WITHHELD,) if withheld else _lines(said(question, found.value)),
        at=entry.event.at,
        by="" if entry.event.step in sources else _who(entry),
        draft=entry.event.kind is EventKind.DRAFTED,
        hold=Hold.CHILD if Whose.CHILD in whose else Hold.NONE,
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.split("\n") if line.strip())


def _happened(entries: Iterable[Entry], sources: frozenset[str]) -> Iterator[Item]:
    """What was done besides answering, and the reasons that were given for it."""
    for entry in entries:
        event, step = entry.event, entry.scheme.steps.get(entry.event.step)
        if event.kind in _HAPPENED:
            yield Item(
                key=f"{entry.seq}",
                part=step.compartment if step else entry.part,
                lies=entry.part,
                step=event.step,
                title=step.title if step else "The case",
                ask=_HAPPENED[event.kind],
                lines=_lines(event.reason),
                at=event.at,
                by="" if event.step in sources or event.kind is EventKind.OPENED else _who(entry),
            )


def _held(item: Item, looked_for: tuple[Known, ...], recipient: Recipient) -> Item:
    """Held for somebody to decide where others, or for a stranger's eyes a place, are named in it."""
    text = "\n".join(item.lines)
    names = tuple(dict.fromkeys(each.shown for each in mentioned(text, looked_for)))
    if names:
        return replace(item, hold=item.hold if item.hold is not Hold.NONE else Hold.NAMES, names=names)
    if recipient is not Recipient.PERSON and POSTCODE.search(text) and item.hold is Hold.NONE:
        return replace(item, hold=Hold.PLACE)
    return item


def _sources(entries: tuple[Entry, ...]) -> frozenset[str]:
    """The steps whose recorder would say who the case came from, or who was asked about the person."""
    begun = {entry.event.at for entry in entries if entry.event.kind is EventKind.OPENED}
    came = {entry.event.step for entry in entries if entry.event.at in begun}
    return frozenset(came | {name for entry in entries for name, step in entry.scheme.steps.items() if step.asks})


def _who(entry: Entry) -> str:
    role = entry.scheme.roles.get(entry.event.role)
    return entry.scheme.agencies.get(entry.event.agency, "") or (role.title if role else "")


def _known(
    found: Iterable[_Found], whose: Collection[Whose], kinds: Collection[QuestionType] | None, *, free: bool = True
) -> Iterator[Known]:
    """What those in `whose` are known by, from answers of these kinds (None: all; with `free` off, no free text)."""
    for each in found:
        for question, value in _parts(each):
            wanted = question.type in kinds if kinds is not None else free or question.type not in _FREE
            if question.of in whose and wanted:
                yield from known(question.type, value)


def _parts(found: _Found) -> Iterator[tuple[Question, Value]]:
    """The answer itself, or each cell of its rows."""
    if not found.question.columns or not isinstance(found.value, tuple):
        yield found.question, found.value
        return
    for row in found.value:
        if isinstance(row, Mapping):
            yield from ((column, row[column.name]) for column in found.question.columns if column.name in row)


def _words(found: _Found) -> Iterator[Known]:
    """A text about somebody else, to be found again word for word."""
    for question, value in _parts(found):
        if question.type in _FREE and isinstance(value, str):
            yield from (each for line in value.split("\n") for each in wording(line))


@dataclass(frozen=True, slots=True)
class _Order:
    """In the order of the procedure; what was answered again, in the order of time."""

    steps: Mapping[str, int]

    def __call__(self, item: Item) -> tuple[int, datetime, int]:
        return self.steps.get(item.step, len(self.steps)), item.at, int(item.key.partition(".")[0])


def _order(scheme: Scheme) -> _Order:
    return _Order({name: number for number, name in enumerate(scheme.steps)})
