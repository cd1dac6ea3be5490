"""Which home is to be made safer, and what is it? The present one, or one to return to or to move into."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sanctuary.core.conditions import Scope
from sanctuary.core.derived import Derived
from sanctuary.core.facts import Answers, Facts, Silence, Unknown, Value

WHICH = "which"
_TITLES = {
    WHICH: "The home that it is about",
    "address": "The address of the home that it is about",
    "postcode": "The postcode of the home that it is about",
    "kind": "The kind of home that it is about",
    "holders": "Who holds the home that it is about",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """One of the homes that it can be, and for each thing to know of it the question that asks."""

    name: str
    title: str
    asked: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """The home of concern: what `which` answers, one of the `homes`; "" where there is only one.

    `labels` are the words of what can be chosen, for what is known of it ("kind", "holders").
    """

    homes: Mapping[str, Home]
    which: str = ""
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def home(self, answers: Answers) -> Home | None:
        """The home that it is; None while that is not known."""
        if not self.which:
            return next(iter(self.homes.values()), None)
        chosen = answers.get(self.which)
        return self.homes.get(chosen) if isinstance(chosen, str) else None

    def asked(self, fact: str, answers: Answers) -> str:
        """The question that gives `fact`: for "property.address", that of the home that it is; "" for none yet."""
        kind, _, part = fact.partition(".")
        if kind != "property":
            return fact
        home = self.home(answers)
        return home.asked.get(part, "") if home else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyFact:
    """Something known of the home of concern: which it is, its address, kind or holders."""

    part: str
    concern: Property

    @property
    def name(self) -> str:
        """How conditions read it."""
        return f"property.{self.part}"

    @property
    def reads(self) -> frozenset[str]:
        """The question that says which home it is, and those that ask this of each."""
        asked = [home.asked.get(self.part, "") for home in self.concern.homes.values()]
        return frozenset(filter(None, (self.concern.which, *asked)))

    @property
    def title(self) -> str:
        """What it is called."""
        return _TITLES[self.part]

    @property
    def labels(self) -> Mapping[str, str]:
        """The words of what can be chosen: the homes, for which of them it is."""
        if self.part == WHICH:
            return {home.name: home.title for home in self.concern.homes.values()}
        return self.concern.labels.get(self.part, {})

    def decide(self, facts: Facts, scope: Scope) -> Value | Unknown:
        """The answer given for the home that it is."""
        home = self.concern.home(scope.facts)
        if home is None:
            return _none_yet(scope.facts, self.concern.which)
        if self.part == WHICH:
            return home.name
        asked = home.asked.get(self.part, "")
        return _answer(scope.facts, asked) if asked else Silence.NOT_APPLICABLE


def of(derived: Iterable[Derived]) -> Property | None:
    """What a scheme says of the home of concern, if anything."""
    return next((one.concern for one in derived if isinstance(one, PropertyFact)), None)


def _none_yet(answers: Answers, which: str) -> Value | Unknown:
    """Where it is no home: that the question does not arise, or is to be asked."""
    nowhere = answers.get(which) is Silence.NOT_APPLICABLE
    return Silence.NOT_APPLICABLE if nowhere else Unknown(frozenset({which}))


def _answer(answers: Answers, name: str) -> Value | Unknown:
    """The answer to `name`; where it is not known, that is what is to be asked."""
    value = answers.get(name, Silence.NOT_KNOWN)
    return Unknown(frozenset({name})) if value in (Silence.NOT_KNOWN, Silence.DECLINED) else value
