"""What does a scheme say about each topic on which schemes differ? With the same facts given, in comparable words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sanctuary.core.access import agencies
from sanctuary.core.conditions.amounts import listed
from sanctuary.core.decisions import Decision, Rule
from sanctuary.core.facts import Facts, Unknown
from sanctuary.core.fittings import Measure, Status
from sanctuary.core.known import Known, settle
from sanctuary.core.meanings import Catalogue
from sanctuary.core.needs import Onward
from sanctuary.core.putting import Given, asking, put, questions
from sanctuary.core.reasons import Reason
from sanctuary.core.routes import RouteFact
from sanctuary.core.scheme import Criterion, Gate, Question, Scheme, Step, StepKind
from sanctuary.core.stages import Stage
from sanctuary.core.wording import Wording

DECIDES, ASKED, NOT_ASKED = "decides", "asked", "not asked"
DEPENDS = "depends"
NOT_OFFERED = "not offered"
ROUTE = "route"
NOT_STATED = "not stated"
ONCE = "once"
COURSE = "course"
_COURSE = (StepKind.SPECIFICATION, StepKind.DECISION, StepKind.WORKS)
_RULES: Mapping[Rule, str] = {
    Rule.SINGLE: "One opinion decides.",
    Rule.JOINT: "All {count} opinions have to be the same.",
    Rule.UNANIMOUS: "All {count} have to agree.",
    Rule.PANEL: "Most of those who answer decide, once {quorum} have.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing that a scheme says. `about` and `value` are names to compare by, `text` is for people."""

    about: str
    value: str
    text: str
    source: str = ""
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a scheme says, by topic."""

    scheme: Scheme
    said: Mapping[str, tuple[Said, ...]]


def account(scheme: Scheme, facts: Facts, given: Given, catalogue: Catalogue, now: datetime) -> Account:
    """What `scheme` says in a case of `facts` about every topic; `given` are the facts to be told of one by one."""
    teller = _Teller(scheme, settle(scheme, facts, now), given, catalogue)
    return Account(scheme=scheme, said={topic: tuple(getattr(teller, f"tell_{topic}")()) for topic in TOPICS})


def imagined(scheme: Scheme, given: Given, now: datetime, area: str = "") -> Facts:
    """A case of which no more is known than `given`, where steps that ask for it are done."""
    answers = put(scheme, given, now)
    steps = dict.fromkeys((name.partition(".")[0] for name in answers), now)
    return Facts(opened_at=now, area=area or next(iter(scheme.areas), ""), answers=answers, done=steps)


# In the order in which they are told; for each `_Teller` has a method.
TOPICS: Mapping[str, str] = {
    "asks": "What is asked, and what it decides",
    "stops": "What says no with these facts",
    "depends": "What is still to be known",
    "refers": "Who may refer",
    "decides": "Who decides, and how",
    "order": "What comes first",
    "takes_part": "Who takes part",
    "measures": "What can be fitted",
    "times": "How long things may take",
    "follow_up": "What follows afterwards",
    "words": "What people and things are called",
}


class _Teller:
    """The topics, each a method; what they share is worked out once."""

    def __init__(self, scheme: Scheme, known: Known, given: Given, catalogue: Catalogue) -> None:
        self.scheme = scheme
        self.known = known
        self.given = given
        self.catalogue = catalogue
        self.words = Wording(scheme=scheme)

    def tell_asks(self) -> Iterator[Said]:
        for name in self.given:
            asked, decided = questions(self.scheme, name), [*self._decided(asking(self.scheme, name))]
            title = self.catalogue.facts[name].title
            if not asked:
                yield Said(about=name, value=NOT_ASKED, text=f"{title}: this is not asked.")
                continue
            value = DECIDES if decided else ASKED
            more = tuple(f"{gate.title} {criterion.reason}" for gate, criterion in decided)
            words = " / ".join(dict.fromkeys(each.ask for each in asked))
            yield Said(about=name, value=value, text=f"{title}: {words}", source=_source(asked, decided), more=more)

    def tell_stops(self) -> Iterator[Said]:
        for verdict in self.known.verdicts.values():
            for reason in (*verdict.stopped, *verdict.held):
                yield Said(
                    about=reason.rule,
                    value=reason.onward.value,
                    text=reason.text,
                    source=reason.source,
                    more=(*self._onward(reason), *reason.alternatives),
                )

    def tell_depends(self) -> Iterator[Said]:
        asked = frozenset(fact for name in self.given for fact in asking(self.scheme, name))
        for gate, criterion in self._rules():
            answer = criterion.stops_if.decide(self.known.scope)
            if isinstance(answer, Unknown) and not asked.isdisjoint(behind(self.scheme, criterion.stops_if.reads)):
                lacking = tuple(self.words.fact(fact) for fact in sorted(answer.facts))
                yield Said(
                    about=f"{gate.name}.{criterion.name}",
                    value=DEPENDS,
                    text=f"{gate.title} That is not decided with these facts alone.",
                    source=criterion.origin.source,
                    more=lacking,
                )

    def tell_refers(self) -> Iterator[Said]:
        routes = [route for one in self.scheme.derived if isinstance(one, RouteFact) for route in one.referral.routes]
        for route in dict.fromkeys(routes):
            who = self.words.roles(route.roles)
            yield Said(about=route.name, value=ROUTE, text=_told(route.title, who), source=route.origin.source)
        for step in self.scheme.steps.values():
            if step.stage is Stage.REFERRAL and not step.after and not step.any_time and step.when is None:
                for role in step.who.roles:
                    yield Said(about=role, value=step.name, text=self.words.roles([role]), source=step.origin.source)

    def tell_decides(self) -> Iterator[Said]:
        for step in self.scheme.steps.values():
            if step.kind is StepKind.DECISION:
                yield self._step(step, self.words.who(step), ", ".join(step.who.roles) or step.who.chosen_in)
        for one in self.scheme.derived:
            if isinstance(one, Decision):
                count = len(one.opinions)
                text = _told(one.title, _RULES[one.rule].format(count=count, quorum=one.quorum))
                yield Said(about=one.name, value=one.rule.value, text=text, source=one.origin.source)

    def tell_order(self) -> Iterator[Said]:
        """In which order the home is looked at, things are decided and works are done."""
        steps = [step for step in self.scheme.steps.values() if step.kind in _COURSE and not step.any_time]
        kinds = [kind for kind, _ in groupby(step.kind.value for step in steps)]
        titles = listed([f"“{step.title}”" for step in steps], "then") if steps else "nothing"
        yield Said(about=COURSE, value=", ".join(kinds), text=f"In this order: {titles}.")

    def tell_takes_part(self) -> Iterator[Said]:
        parts = agencies(self.scheme, self.known.facts, self.known.scope)
        for role, agency in parts.items():
            title = self.scheme.agencies.get(agency, agency)
            yield Said(about=role, value=agency, text=f"{self.words.roles([role])}: {title}")

    def tell_measures(self) -> Iterator[Said]:
        for name, title in self.catalogue.measures.items():
            found = [one for one in self.scheme.measures.values() if name in one.means]
            if not found:
                yield Said(about=name, value=NOT_OFFERED, text=f"{title}: not offered")
                continue
            status = _status(found)
            more = (*dict.fromkeys(one.title for one in found), *(one.reason for one in found if one.reason))
            yield Said(about=name, value=status, text=f"{title}: {status}", source=found[0].origin.source, more=more)

    def tell_times(self) -> Iterator[Said]:
        day = self.known.day
        for clock in self.scheme.clocks:
            if clock.in_force.on(day):
                value = str(clock.within) if clock.within is not None else NOT_STATED
                text = _told(clock.title, self.words.time(clock))
                yield Said(about=clock.name, value=value, text=text, source=clock.origin.source)

    def tell_follow_up(self) -> Iterator[Said]:
        for step in self.scheme.steps.values():
            if step.stage is Stage.AFTERCARE:
                when = self.words.opening(step.opens) if step.opens else ""
                every = f"every {step.every}" if step.every else ""
                value = str(step.opens.period) if step.opens else str(step.every or ONCE)
                yield self._step(step, when or every or self.words.who(step), value)

    def tell_words(self) -> Iterator[Said]:
        for name, word in self.scheme.vocabulary.items():
            yield Said(about=name, value=word.one, text=_told(name, ", ".join(dict.fromkeys((word.one, word.many)))))

    def _onward(self, reason: Reason) -> Iterator[str]:
        """What happens next, where that is not that it ends here."""
        if reason.onward is Onward.PASS_ON:
            yield f"Passed on to {self.words.roles([reason.to])}." if reason.to else "Passed on."
        elif reason.onward is Onward.WAIT:
            yield f"It waits{f': {reason.status}' if reason.status else ''}."
        elif reason.onward is Onward.ADVISE:
            yield "Advice is given instead."

    def _rules(self) -> Iterator[tuple[Gate, Criterion]]:
        for gate in self.scheme.gates.values():
            for criterion in gate.criteria:
                if criterion.in_force.on(self.known.day):
                    yield gate, criterion

    def _decided(self, facts: frozenset[str]) -> Iterator[tuple[Gate, Criterion]]:
        """The rules that look at any of the `facts`, themselves or through what follows from them."""
        for gate, criterion in self._rules():
            if not facts.isdisjoint(behind(self.scheme, criterion.stops_if.reads)):
                yield gate, criterion

    def _step(self, step: Step, words: str, value: str) -> Said:
        return Said(about=step.name, value=value, text=_told(step.title, words), source=step.origin.source)


def _told(title: str, words: str) -> str:
    """A title with what is said of it; a title may be a question."""
    return f"{title} {words}" if title.endswith("?") else f"{title}: {words}"


def behind(scheme: Scheme, facts: frozenset[str]) -> frozenset[str]:
    """`facts`, and the answers from which the derived ones among them follow."""
    derived = {one.name: one.reads for one in scheme.derived}
    found: frozenset[str] = frozenset()
    ahead = set(facts)
    while ahead:
        name = ahead.pop()
        found |= {name}
        ahead |= derived.get(name, frozenset()) - found
    return found


def _source(asked: tuple[Question, ...], decided: list[tuple[Gate, Criterion]]) -> str:
    sources = [criterion.origin.source for _, criterion in decided] + [each.origin.source for each in asked]
    return next(filter(None, sources), "")


def _status(found: list[Measure]) -> str:
    """Whether measures that mean the same may be chosen: the most that any of them allows."""
    return Status.ALLOWED.value if any(one.status is Status.ALLOWED for one in found) else found[0].status.value
