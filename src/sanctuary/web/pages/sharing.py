"""What is asked to share a case? One thing a page: with whom, what, on which ground, what for, until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from sanctuary.actions.share_case import Offer, Wanted
from sanctuary.core.clocks import LONDON, midnight
from sanctuary.core.scheme import Question, QuestionType
from sanctuary.core.shares import GROUNDS
from sanctuary.web import naming, wording
from sanctuary.web.forms.own import Filled, ask, filled
from sanctuary.web.forms.posted import Posted
from sanctuary.web.pages.answers import Line
from sanctuary.web.pages.who import basis

CHECK = "check"
# What an action finds wrong, and the question that it is about.
OF_FIELD: Mapping[str, str] = {"with": "agency"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One page of the form: its questions, and what is said above them."""

    name: str
    title: str
    questions: tuple[Question, ...]
    said: tuple[str, ...] = ()
    about: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Sharing:
    """The form as far as it has been filled in."""

    offer: Offer
    posted: Posted
    now: datetime

    @cached_property
    def leaves(self) -> Mapping[str, Leaf]:
        """Its pages by name, in order. Later ones offer what goes with earlier answers."""
        made = (self._with(), self._parts(), self._basis(), _purpose(), self._until())
        return {leaf.name: leaf for leaf in made}

    def filled(self, name: str) -> Filled:
        """What was typed on a page."""
        found = filled(self.leaves[name].questions, self.posted)
        wrong = self._wrong_day(found) if name == "until" and not found.faults else {}
        return Filled(plain=found.plain, values=found.values, faults={**found.faults, **wrong})

    @property
    def unready(self) -> str:
        """The first page with something missing or wrong; CHECK where all is there."""
        return next((name for name in self.leaves if self.filled(name).faults), CHECK)

    @property
    def wanted(self) -> Wanted:
        """What is to be shared, once all is there."""
        kind, _, name = self.filled("basis").text("basis").partition("-")
        chosen = self.filled("parts").several("parts")
        return Wanted(
            role=self._role,
            agency=self._first.text("agency"),
            parts=tuple(part for part in self.offer.held.scheme.compartments if part in chosen),
            purpose=self.filled("purpose").text("purpose"),
            until=self._end(self.filled("until")),
            consent=name if kind == "consent" else "",
            ground=name if kind == "ground" else "",
        )

    def lines(self) -> tuple[tuple[str, Line], ...]:
        """The answers in words, each with the page on which it is changed."""
        scheme, wanted = self.offer.held.scheme, self.wanted
        titles = tuple(scheme.compartments[part].title for part in wanted.parts)
        who = (self.offer.agencies[wanted.agency], naming.role(scheme, wanted.role))
        last = wording.day(wanted.until - timedelta(days=1))
        return (
            ("with", Line(label="With whom", lines=who)),
            ("parts", Line(label="What they can see", lines=titles)),
            ("basis", Line(label="What allows it", lines=(basis(scheme, wanted.consent, wanted.ground),))),
            ("purpose", Line(label="What for", lines=tuple(wanted.purpose.split("\n")))),
            ("until", Line(label="Until the end of", lines=(last,))),
        )

    @cached_property
    def _first(self) -> Filled:
        return filled(self._with().questions, self.posted)

    @property
    def _role(self) -> str:
        return self._first.text("role")

    def _with(self) -> Leaf:
        scheme = self.offer.held.scheme
        roles = {role: naming.role(scheme, role) for role in self.offer.parts}
        questions = (
            ask("agency", "Which agency?", QuestionType.CHOICE, options=self.offer.agencies),
            ask("role", "In which role?", QuestionType.CHOICE, options=roles,
                hint="Only colleagues of this agency who have this role see what you share."),
        )  # fmt: skip
        return Leaf(name="with", title="Who is it to be shared with?", questions=questions)

    def _parts(self) -> Leaf:
        parts = {name: self.offer.held.scheme.compartments[name] for name in self.offer.parts.get(self._role, ())}
        options = {name: part.title for name, part in parts.items()}
        said = ("Share what they need for their work, and no more. They read it and change nothing in it.",)
        return Leaf(
            name="parts",
            title="What may they see?",
            questions=(ask("parts", "Parts of the record", QuestionType.CHOICES, options=options),),
            said=said,
            about={"parts": {name: part.holds for name, part in parts.items()}},
        )

    def _basis(self) -> Leaf:
        consents = {f"consent-{one.key}": one for one in self.offer.consents.get(self._role, ())}
        grounds = {f"ground-{ground.value}": law for ground, law in GROUNDS.items()}
        options = {
            **{name: f"The person’s consent: {one.title}" for name, one in consents.items()},
            **{name: law.title for name, law in grounds.items()},
        }
        about = {
            **{name: f"{one.purpose} What is shared ends with the consent." for name, one in consents.items()},
            **{name: f"{law.asks} {law.act}." for name, law in grounds.items()},
        }
        said = (
            "Ask for consent wherever that is safe and possible.",
            "Without it, say which lawful ground there is: it stands in the record with your name.",
        )
        return Leaf(
            name="basis",
            title="What allows it to be shared?",
            questions=(ask("basis", "Consent or lawful ground", QuestionType.CHOICE, options=options),),
            said=said,
            about={"basis": about},
        )

    def _until(self) -> Leaf:
        hint = f"For example, {_example(self.now)}. At most a year from now. It ends by itself at the end of that day."
        return Leaf(
            name="until",
            title="Until when?",
            questions=(ask("until", "Last day on which they see it", QuestionType.DATE, hint=hint),),
        )

    def _wrong_day(self, found: Filled) -> Mapping[str, str]:
        until = self._end(found)
        if until <= self.now:
            return {"until": "The last day must be today or later"}
        return (
            {"until": "The last day must be within a year. It can be shared again then"}
            if until > self.offer.latest
            else {}
        )

    def _end(self, found: Filled) -> datetime:
        """The end of the day that was given."""
        day = found.values.get("until")
        return midnight(day + timedelta(days=1)) if isinstance(day, date) else self.now


def _purpose() -> Leaf:
    said = ("Write it so that the person could read it. Whoever reads the core of the case will see it.",)
    return Leaf(
        name="purpose",
        title="What is it shared for?",
        questions=(ask("purpose", "What they need it for", QuestionType.LONG_TEXT),),
        said=said,
    )


def _example(now: datetime) -> str:
    day = now.astimezone(LONDON).date() + timedelta(days=30)
    return f"{day.day} {day.month} {day.year}"
