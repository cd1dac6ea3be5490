"""Does a copy of anything, under any scheme, hold exactly what was ticked? A planted word in every answer tells.

Nothing here needs the record: what may go in, its words, the file and its reading back are all there is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
from django.conf import settings

from sanctuary.actions.packed import Held, copy_of, wrong_with
from sanctuary.core.events import Event, EventKind
from sanctuary.core.facts import Value
from sanctuary.core.packs import Choices, Hold, Item, Recipient, chosen, offer
from sanctuary.core.scheme import Question, QuestionType, Scheme, Step
from sanctuary.core.told import Entry
from sanctuary.core.whose import Whose
from sanctuary.gateways.copies import copy_as_pdf
from sanctuary.gateways.reading_back import read_back
from sanctuary.loader import load_all
from sanctuary.records.accounts import Staff
from tests.support.proof import figure, length

pytestmark = pytest.mark.slow

PACKS = length(full=1_000, short=25)
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
STAFF = Staff(
    account=uuid4(), name="Kim", role="housing", agency_id=1, agency="council", agency_title="Example council"
)
T = QuestionType
MARKED = (T.TEXT, T.LONG_TEXT, T.NAME, T.ADDRESS, T.EMAIL)


@dataclass(slots=True)
class Planting:
    """Words like no other that were planted, about the person and about anybody else, and what others are called."""

    chance: Random
    own: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    names: list[str] = field(default_factory=list)

    def mark(self, whose: Whose) -> str:
        """A new one."""
        made = "q" + "".join(self.chance.choice("bcdfghjklmnpqrstvwxz") for _ in range(9))
        (self.own if whose is Whose.PERSON else self.others).add(made)
        return made

    def value(self, question: Question) -> Value | None:
        """An answer with a mark in it; now and then one of the person's own that names somebody else as well."""
        if question.columns:
            return ({column.name: said for column in question.columns if (said := self.value(column)) is not None},)
        if question.type not in MARKED:
            return date(1999, 1, 1) + timedelta(self.chance.randrange(9_000)) if question.type is T.DATE else None
        mark = self.mark(question.of)
        if question.type in (T.TEXT, T.LONG_TEXT):
            names = question.of is Whose.PERSON and self.names and self.chance.random() < 0.5
            with_whom = f" with {self.chance.choice(self.names)}" if names else ""
            return f"There was {mark}{with_whom}, and then nothing"
        called, rest = {
            T.NAME: (mark.capitalize(), " Example"),
            T.ADDRESS: (f"{mark.capitalize()} House", "\nExample Town"),
            T.EMAIL: (f"{mark}@post.example", ""),
        }[question.type]
        if question.of is not Whose.PERSON:
            self.names.append(called)
        return called + rest


def schemes() -> list[Scheme]:
    """Those of this checkout."""
    return [loaded.scheme for loaded in load_all(Path(settings.SCHEMES)).values() if loaded.scheme]


def told(scheme: Scheme, steps: list[Step], planting: Planting) -> Iterator[Entry]:
    """Some steps of a case, every question of which was answered."""
    for number, step in enumerate(steps, 1):
        answers = {each.name: said for each in step.questions if (said := planting.value(each)) is not None}
        kind = planting.chance.choice([EventKind.ANSWERED, EventKind.ANSWERED, EventKind.DRAFTED])
        role = planting.chance.choice(sorted(scheme.roles))
        event = Event(kind=kind, at=START + timedelta(hours=number), step=step.name, answers=answers, role=role)
        yield Entry(seq=number, part=step.compartment, event=event, scheme=scheme)


def random_case(chance: Random, found: list[Scheme]) -> tuple[Planting, Held, Recipient]:
    """A case of any scheme, and a recipient."""
    scheme, planting = chance.choice(found), Planting(chance)
    about_others = [
        step for step in scheme.steps.values() if any(each.of is not Whose.PERSON for each in step.questions)
    ]
    steps = [chance.choice(about_others), *chance.sample(sorted(scheme.steps), 3)]
    named = [step if isinstance(step, Step) else scheme.steps[step] for step in steps]
    entries, recipient = tuple(told(scheme, named, planting)), chance.choice(list(Recipient))
    it = Held(
        case_id=uuid4(), reference="NOR-4K7P-2X", scheme=scheme, seq=len(entries), staff=STAFF, numbers={},
        offered=offer(scheme, entries, entries, recipient),
    )  # fmt: skip
    return planting, it, recipient


def random_choices(chance: Random, it: Held, recipient: Recipient) -> Choices:
    """Some of what is offered ticked, something that is not, and now and then a part that stays out."""
    ticked = {item.key for item in it.offered.items if chance.random() < 0.6}
    parts = sorted({item.part for item in it.offered.items})
    left = chance.sample(parts, 1) if parts and chance.random() < 0.3 else []
    ticked |= {"99.nothing"}
    return Choices(recipient=recipient, parts_left=frozenset(left), ticked=frozenset(ticked), named="Example Law")


def marks_in(text: str, planting: Planting) -> set[str]:
    return {mark for mark in planting.own | planting.others if mark in text.casefold()}


def said(items: tuple[Item, ...]) -> str:
    return "\n".join(line for item in items for line in item.lines)


@pytest.mark.failure(4, 9, 14)
def test_random_copies_hold_what_was_ticked_and_nothing_else() -> None:
    chance, found, counted, left_out, ticked_others = Random(14), schemes(), 0, 0, 0
    for _ in range(PACKS):
        planting, it, recipient = random_case(chance, found)
        choices = random_choices(chance, it, recipient)
        inside = chosen(it.offered, choices)
        assert {item.key for item in inside} <= choices.ticked
        file = copy_as_pdf(copy_of(it, choices, START))
        assert wrong_with(file, it, choices) == ()
        read = read_back(file)
        assert read.alien == ()
        assert marks_in(read.everything, planting) == marks_in(said(inside), planting)
        assert not marks_in("\n".join(read.properties), planting)
        foreign = marks_in(read.everything, planting) & planting.others
        held = {name for item in inside if item.hold is not Hold.NONE for name in marks_in(said((item,)), planting)}
        assert foreign <= held, "somebody else's word went in without a decision"
        counted += len(marks_in(read.everything, planting))
        left_out += len(planting.others - foreign)
        ticked_others += len(foreign)
    assert left_out
    assert ticked_others
    figure(
        f"{PACKS:,} random copies: {counted:,} planted words in them, each where it was ticked; {left_out:,} about "
        f"others left out, 0 of them found; {ticked_others:,} that somebody saw and ticked"
    )


@pytest.mark.failure(5)
def test_whatever_leaks_into_a_random_copy_is_found() -> None:
    """The control: a word that was left out, put into the words of the copy behind the back of what was chosen."""
    chance, found, caught = Random(15), schemes(), 0
    for _ in range(length(full=200, short=10)):
        planting, it, recipient = random_case(chance, found)
        choices = replace(random_choices(chance, it, recipient), ticked=frozenset())
        leaks = [each for each in it.offered.others if each.plain in planting.others]
        if not leaks:
            continue
        copy = copy_of(it, choices, START)
        leaky = replace(copy, opening=(*copy.opening, f"Spoke with {chance.choice(leaks).shown.upper()} today."))
        assert wrong_with(copy_as_pdf(copy), it, choices) == ()
        assert wrong_with(copy_as_pdf(leaky), it, choices) != ()
        caught += 1
    assert caught
    figure(f"{caught:,} leaks planted in finished copies, {caught:,} caught")
