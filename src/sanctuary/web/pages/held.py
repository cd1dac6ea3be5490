"""Why is each answer held? What is asked, what for, whom it is about, who may read it, and how long it is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sanctuary.core.held import Held, Reader, why_held
from sanctuary.core.keeping import Retention, rule_in_words
from sanctuary.core.scheme import Scheme, Step
from sanctuary.core.whose import Whose
from sanctuary.core.wording import Wording
from sanctuary.web import naming

_NO_USE = "No rule looks at it: it is for those who work on the case to read and act on."
_WHOM: Mapping[Whose, str] = {
    Whose.PERPETRATOR: "The perpetrator",
    Whose.CHILD: "A child of the household",
    Whose.REFERRER: "Whoever made the referral",
    Whose.LANDLORD: "The landlord or owner",
    Whose.PERPETRATORS_LANDLORD: "The perpetrator’s landlord",
    Whose.WORKER: "Somebody who works on the case",
    Whose.OTHER: "Somebody else",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPage:
    """One question's page. `uses`, `readers` and `kept` are sentences."""

    scheme: str
    step: str
    name: str
    ask: str
    because: str
    uses: tuple[str, ...]
    about: str
    part: str
    readers: tuple[str, ...]
    kept: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldStep:
    """A step with its questions: names and how they are asked."""

    name: str
    title: str
    questions: tuple[tuple[str, str], ...]


def held_steps(scheme: Scheme) -> tuple[HeldStep, ...]:
    """Every step that asks something."""
    return tuple(
        HeldStep(name=step.name, title=step.title, questions=tuple((each.name, each.ask) for each in step.questions))
        for step in scheme.steps.values()
        if step.questions
    )


def held_page(scheme: Scheme, step: str, question: str) -> HeldPage | None:
    """The page of one question; None where there is none of that name."""
    held = why_held(scheme, step, question)
    if held is None:
        return None
    words = Wording(scheme=scheme)
    part = scheme.compartments[held.question.compartment]
    return HeldPage(
        scheme=scheme.title,
        step=held.step.title,
        name=question,
        ask=held.question.ask,
        because=_because(held.step, words),
        uses=tuple(_uses(held)) or (_NO_USE,),
        about=_WHOM.get(held.about, f"The {naming.person(scheme)}"),
        part=f"{part.title}: {part.holds}",
        readers=tuple(_reader(scheme, each, words) for each in held.readers),
        kept=kept(scheme),
        source=held.source,
    )


def kept(scheme: Scheme) -> tuple[str, ...]:
    """How long records are kept, a sentence for each way in which a case may end."""
    said = tuple(map(_kept, scheme.retention))
    return said or ("The definition does not say how long a record is kept. Nothing is destroyed by itself.",)


def _because(step: Step, words: Wording) -> str:
    who = words.who(step)
    return f"It is asked in the step “{step.title}”{f', done by {who}' if who else ''}."


def _uses(held: Held) -> Iterator[str]:
    for each in held.used:
        title = f": “{each.title}”" if each.title else ""
        yield f"{each.use.value}{title}.{f' Source: {each.source}.' if each.source else ''}"


def _reader(scheme: Scheme, reader: Reader, words: Wording) -> str:
    rule = reader.rule
    when = f", if {words.condition(rule.when)}" if rule.when else ""
    until = f", until “{scheme.steps[rule.until].title}” is done" if rule.until else ""
    return f"{scheme.roles[reader.role].title}{when}{until}"


def _kept(rule: Retention) -> str:
    source = f" Source: {rule.origin.source}." if rule.origin.source else ""
    return f"{rule.title}: {rule_in_words(rule)}. {rule.because}{source}"
