"""What goes into a copy of somebody's record? Their own answers; what is about others is left out, never covered up.

How it is laid out, sealed and released stands elsewhere. Nothing goes in that was not on the list and ticked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from sanctuary.core.answers import said
from sanctuary.core.events import EventKind
from sanctuary.core.mentions import POSTCODE, Known, mentioned, without, wording
from sanctuary.core.scheme import QuestionType, Scheme
from sanctuary.core.told import FREE, Entry, Told, answers, known_by, once, theirs, words_of_others
from sanctuary.core.whose import Whose

WITHHELD = "Withheld. Contact only through the agency that hands this over."
_PLACES = (QuestionType.ADDRESS, QuestionType.POSTCODE)
_AGAINST = (Whose.PERPETRATOR, Whose.PERPETRATORS_LANDLORD)
_HAPPENED: Mapping[EventKind, str] = {
    EventKind.OPENED: "Opened",
    EventKind.DONE: "Done",
    EventKind.ASKED: "Asked or sent",
    EventKind.REOPENED: "Opened again, and why",
    EventKind.PAUSED: "Its clock paused, and why",
    EventKind.WITHDRAWN: "Consent taken back, and what was said",
    EventKind.OVERRIDDEN: "A rule set aside, and why",
    EventKind.SHARED: "Shown to another agency, and why",
    EventKind.UNSHARED: "Not shown to it any more",
    EventKind.EMERGENCY: "Looked at in an emergency, and why",
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
    was ticked, by key. `named`: who acts for the person, where it goes to them.
    """

    recipient: Recipient
    parts_left: frozenset[str]
    ticked: frozenset[str]
    named: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """All that may be ticked, how much was left out since it is about somebody else, and what must not stand in it.

    `against`: what the perpetrator and those on their side are known by, to whom it must not go.
    """

    items: tuple[Item, ...]
    about_others: int
    others: tuple[Known, ...]
    own_places: tuple[Known, ...]
    secrets: tuple[Known, ...]
    against: tuple[Known, ...]


def offer(scheme: Scheme, entries: Iterable[Entry], whole: Iterable[Entry], recipient: Recipient) -> Offer:
    """What may go into a copy made of `entries`, which are what its maker may read.

    `whole` is all of the case: it is searched for what others are known by, and nothing else is taken from it.
    """
    told, everything = tuple(entries), tuple(answers(whole))
    own_places = tuple(known_by(everything, {Whose.PERSON}, _PLACES))
    own = tuple(known_by(everything, {Whose.PERSON}, set(QuestionType) - set(FREE)))
    others = without(_of_others(everything), own)
    found = tuple(once(answers(told)))
    kept = tuple(each for each in map(theirs, found) if each is not None)
    places = own_places if recipient is not Recipient.PERSON else None
    sources = _sources(told)
    items = [_item(each, sources, recipient) for each in kept] + list(_happened(told, sources))
    order = {name: number for number, name in enumerate(scheme.steps)}
    items.sort(key=lambda item: (order.get(item.step, len(order)), item.at, int(item.key.partition(".")[0])))
    return Offer(
        items=tuple(_held(each, others, places) for each in items),
        about_others=len(found) - len(kept),
        others=others,
        own_places=places or (),
        secrets=tuple(each for one in found for each in words_of_others(one)),
        against=without(known_by(everything, _AGAINST, set(QuestionType)), own),
    )


def refused(offered: Offer, choices: Choices) -> str:
    """Why it may not go to whoever is named; "" where it may, as far as the case knows."""
    if choices.recipient is Recipient.PERSON:
        return ""
    if not choices.named:
        return "Enter who acts for the person"
    if mentioned(choices.named, offered.against):
        return "Somebody from whom this has to be kept is called so too. Give the copy to the person themself"
    return ""


def _of_others(everything: tuple[Told, ...]) -> Iterator[Known]:
    """What everybody else is known by. Of days only those of children: others' are dates like any."""
    yield from known_by(everything, set(Whose) - {Whose.PERSON}, set(QuestionType) - {QuestionType.DATE})
    yield from known_by(everything, {Whose.CHILD}, {QuestionType.DATE})


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
        *offered.secrets,
        *(each for line in left for each in wording(line)),
    )
    seen = {*mentioned(text, wanted), *mentioned(always, wanted)}
    return tuple(dict.fromkeys(each for each in wanted if each not in seen))


def usual(offered: Offer) -> frozenset[str]:
    """What is ticked before anybody has looked: everything about which there is nothing to decide."""
    return frozenset(item.key for item in offered.items if item.hold is Hold.NONE)


def _item(found: Told, sources: frozenset[str], recipient: Recipient) -> Item:
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
                lines=(*_lines(event.reason), *_shared(entry)),
                at=event.at,
                by="" if event.step in sources or event.kind is EventKind.OPENED else _who(entry),
            )


def _shared(entry: Entry) -> tuple[str, ...]:
    """With whom, for what and until when: whoever a record is about may know who else has seen it."""
    terms = entry.event.share
    if terms is None:
        return ()
    return entry.scheme.agencies.get(terms.agency, terms.role), *_lines(terms.purpose)


def _held(item: Item, others: tuple[Known, ...], places: tuple[Known, ...] | None) -> Item:
    """Held for somebody to decide where others are named in it or, with `places`, where the person may live."""
    text = "\n".join(item.lines)
    if names := _names(text, others):
        return replace(item, hold=Hold.NAMES if item.hold is Hold.NONE else item.hold, names=names)
    if places is not None and (_names(text, places) or POSTCODE.search(text)) and item.hold is Hold.NONE:
        return replace(item, hold=Hold.PLACE)
    return item


def _names(text: str, looked_for: Iterable[Known]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.shown for each in mentioned(text, looked_for)))


def _sources(entries: tuple[Entry, ...]) -> frozenset[str]:
    """The steps whose recorder would say who the case came from, or who was asked about the person."""
    begun = {entry.event.at for entry in entries if entry.event.kind is EventKind.OPENED}
    came = {entry.event.step for entry in entries if entry.event.at in begun}
    return frozenset(
        came - {""} | {name for entry in entries for name, step in entry.scheme.steps.items() if step.asks}
    )


def _who(entry: Entry) -> str:
    role = entry.scheme.roles.get(entry.event.role)
    return entry.scheme.agencies.get(entry.event.agency, "") or (role.title if role else "")
