"""What are the parts of a case called? Steps, questions, roles and agencies in the scheme's own words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from sanctuary.core.scheme import Clock, Question, Scheme
from sanctuary.web.wording import listed

_OTHERS = {
    "opened": "the start of the case",
    "asked": "the question going out",
    "reasons": "the reasons",
    "alternatives": "what else there is",
}


def person(scheme: Scheme) -> str:
    """What the scheme calls the one it is for: "customer"."""
    word = scheme.vocabulary.get("person")
    return word.one if word else "person"


def question(scheme: Scheme, fact: str) -> Question | None:
    """The question behind the fact "step.question"; None for a fact that is no question."""
    step, _, name = fact.partition(".")
    asked = scheme.steps[step].questions if step in scheme.steps else ()
    return next((each for each in asked if each.name == name), None)


def thing(scheme: Scheme, name: str) -> str:
    """What a case waits for, said: a step by its title, a fact by its question."""
    head, _, rest = name.partition(".")
    if name in scheme.steps:
        return scheme.steps[name].title
    if head == "gate" and rest in scheme.gates:
        return scheme.gates[rest].title
    if head == "done" and rest in scheme.steps:
        return scheme.steps[rest].title
    if asked := question(scheme, name):
        return f"“{asked.ask}” ({scheme.steps[head].title})"
    worked_out = (one.title for one in scheme.derived if one.name == name)
    return _OTHERS.get(name) or next(worked_out, "something not known yet")


def role(scheme: Scheme, name: str, agencies: Mapping[str, str] | None = None) -> str:
    """A role by the agency that plays it, where `agencies` says which; otherwise by its title."""
    agency = scheme.agencies.get((agencies or {}).get(name, ""), "")
    title = scheme.roles[name].title if name in scheme.roles else name.replace("_", " ")
    return agency or title


def roles(scheme: Scheme, names: Iterable[str], agencies: Mapping[str, str] | None = None, last: str = "or") -> str:
    """Several roles: "A or B"."""
    return listed([role(scheme, name, agencies) for name in names], last)


def holders(scheme: Scheme, reads: Mapping[str, frozenset[str]], compartment: str, mine: frozenset[str]) -> str:
    """Who holds what is kept in `compartment`: the roles, other than `mine`, that write and may read it."""
    able = [name for name, readable in reads.items() if compartment in readable and name not in mine]
    writing = [name for name in able if compartment in scheme.roles[name].writes]
    return listed([role(scheme, name) for name in writing or able]) or scheme.compartments[compartment].title


def holder_of(scheme: Scheme, fact: str, holder: Callable[[str], str]) -> str:
    """Who holds a fact, by the compartment in which its answer lies; "" for a fact that is no answer."""
    asked = question(scheme, fact)
    return holder(asked.compartment) if asked else ""


def target(scheme: Scheme, clock: Clock) -> str:
    """A clock in words: "within 1 working day of Referral"."""
    if clock.within is None:
        return "the procedure states no target"
    if clock.before:
        return f"by {clock.within} before {thing(scheme, clock.before)}"
    start = {"asked": "the question going out", "opened": "the case being opened"}.get(clock.start)
    return f"within {clock.within}, counted from {start or thing(scheme, clock.start)}"
