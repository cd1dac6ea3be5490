"""What in a case is within the perpetrator's reach? Contacts, homes and landlords that are given as theirs as well."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from sanctuary.core import spellings
from sanctuary.core.facts import Answers, Facts, Value
from sanctuary.core.scheme import Question, QuestionType, Scheme, Step
from sanctuary.core.whose import Whose

Forms = Callable[[str, str], Iterable[str]]


class Kind(Enum):
    """What a spelling is of."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    HOME = "home"
    STREET = "street"
    LANDLORD = "landlord"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One thing by which somebody in a case is known or reached, in the one form of all its spellings.

    `fact` is the question that was answered; `field` its part of it on a form, of a row "0-column".
    """

    fact: str
    whose: Whose
    kind: Kind
    form: str
    compartment: str
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Something given as safe, or as somebody's own, that is given as the perpetrator's as well."""

    trace: Trace
    theirs: Trace

    @property
    def is_refused(self) -> bool:
        """Whether it is not taken; otherwise it is recorded and pointed out, since it may well be true."""
        return self.trace.whose in _PROTECTED and self.trace.kind in (Kind.PHONE, Kind.EMAIL)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A question, or a column of one, by whose answer somebody is known or reached.

    `code`: where its postcode is; `forms` finds the kinds of traces that a text and its postcode may hold.
    """

    fact: str
    column: str
    type: QuestionType
    whose: Whose
    compartment: str
    code: str
    forms: tuple[tuple[Kind, Forms], ...]


# To nobody whom the scheme protects may anything be sent by a way that is the perpetrator's.
_PROTECTED = frozenset({Whose.PERSON, Whose.CHILD, Whose.OTHER})
# A name alone says nothing: two people may well be called the same.
_COMPARED = tuple(kind for kind in Kind if kind is not Kind.NAME)
_THEIRS = frozenset({Whose.PERPETRATOR, Whose.PERPETRATORS_LANDLORD})
REFUSED: Mapping[Kind, str] = {
    Kind.PHONE: "This number is also given as the perpetrator’s. Do not use it; ask for another one that is safe",
    Kind.EMAIL: "This address is also given as the perpetrator’s. Do not use it; ask for another one that is safe",
}
# For somebody who may not read where it is given: that it is not safe, and not whose it is or who said so.
REFUSED_UNREAD = "This cannot be kept as a safe way to make contact. Do not use it; ask for another one that is safe"


def refused(
    scheme: Scheme, step: Step, answers: Mapping[str, Value], facts: Facts, reads: frozenset[str]
) -> Mapping[str, str]:
    """What is wrong, by field, with these `answers` to the step on top of `facts`, drafts among them.

    In full where the perpetrator's was typed here too or may be read by somebody who reads the compartments `reads`.
    """
    own = {f"{step.name}.{name}": value for name, value in answers.items()}
    found = {}
    for clash in _clashes(scheme, own, facts):
        question = clash.trace.fact.partition(".")[2]
        if clash.is_refused and clash.trace.fact in own:
            field = f"{question}-{clash.trace.field}" if clash.trace.field else question
            told = clash.theirs.fact in own or clash.theirs.compartment in reads
            found[field] = REFUSED[clash.trace.kind] if told else REFUSED_UNREAD
    return found


def within_reach(scheme: Scheme, facts: Facts) -> tuple[str, ...]:
    """The questions whose answers are given as the perpetrator's as well: none of them counts as safe any more."""
    return tuple(sorted({clash.trace.fact for clash in _clashes(scheme, {}, facts)}))


def names_of_people(scheme: Scheme) -> frozenset[str]:
    """The questions by whose answers somebody is known or reached."""
    return _names(scheme)


def traces(scheme: Scheme, answers: Answers) -> tuple[Trace, ...]:
    """Everything in `answers` by which somebody is known or reached."""
    return tuple(trace for part in _asked(scheme).values() for trace in _found(part, answers, tuple(Kind)))


def _clashes(scheme: Scheme, own: Answers, facts: Facts) -> Iterator[Clash]:
    known = [own, _without(facts.answers, own), _without(facts.drafts, own)]
    theirs = [trace for answers in known for trace in _found(_asked(scheme)[True], answers, _COMPARED)]
    kinds = tuple([trace.kind for trace in theirs])
    for trace in (trace for answers in known for trace in _found(_asked(scheme)[False], answers, kinds)):
        yield from (Clash(trace=trace, theirs=other) for other in theirs if _is_same(trace, other))


def _without(answers: Answers, own: Answers) -> Answers:
    return {name: value for name, value in answers.items() if name not in own} if own else answers


def _is_same(trace: Trace, theirs: Trace) -> bool:
    """Two of a kind; a landlord may be the perpetrator's as well, or the perpetrator, and stand among other words."""
    if trace.kind is not theirs.kind:
        return False
    if trace.kind is Kind.LANDLORD:
        return f" {theirs.form} " in f" {trace.form} "
    return trace.form == theirs.form and theirs.whose is Whose.PERPETRATOR


@lru_cache(maxsize=64)
def _asked(scheme: Scheme) -> Mapping[bool, tuple[_Asked, ...]]:
    """The questions that are read, by whether they are about the perpetrator or whoever lets the perpetrator's home."""
    found = [asked for step in scheme.steps.values() for asked in _asked_in(step) if _is_read(scheme, asked)]
    return {theirs: tuple(asked for asked in found if (asked.whose in _THEIRS) is theirs) for theirs in (True, False)}


@lru_cache(maxsize=64)
def _names(scheme: Scheme) -> frozenset[str]:
    found = [asked for part in _asked(scheme).values() for asked in part]
    return frozenset(name for asked in found for name in (asked.fact, asked.code) if name)


def _asked_in(step: Step) -> Iterator[_Asked]:
    codes = {question.of: question.name for question in step.questions if question.type is QuestionType.POSTCODE}
    for question in step.questions:
        for part in question.columns or (question,):
            yield _Asked(
                fact=f"{step.name}.{question.name}",
                column=part.name if question.columns else "",
                type=part.type,
                whose=part.of,
                compartment=question.compartment,
                code=f"{step.name}.{codes[part.of]}" if part.of in codes else "",
                forms=_forms(part),
            )


def _is_read(scheme: Scheme, asked: _Asked) -> bool:
    """Of texts, only those that tell how somebody is reached, or who a landlord is."""
    if asked.type in (QuestionType.TEXT, QuestionType.LONG_TEXT):
        return asked.whose in _LETTING or asked.fact in scheme.header.safe_contact
    return asked.type in _FORMS


def _forms(part: Question) -> tuple[tuple[Kind, Forms], ...]:
    found = dict(_FORMS.get(part.type, {}))
    if part.type in _LETTING.get(part.of, ()):
        found[Kind.LANDLORD] = lambda text, code: [spellings.organisation(text)]
    return tuple(sorted(found.items(), key=lambda each: each[0].value))


def _found(questions: tuple[_Asked, ...], answers: Answers, kinds: tuple[Kind, ...]) -> Iterator[Trace]:
    """The traces of these kinds. No other spelling is worked out: that takes longer than all the rest."""
    for asked in questions if answers and kinds else ():
        if asked.fact in answers:
            yield from _of(asked, answers, kinds)


def _of(asked: _Asked, answers: Answers, kinds: tuple[Kind, ...]) -> Iterator[Trace]:
    value, code = answers[asked.fact], answers.get(asked.code, "")
    rows = value if asked.column and isinstance(value, tuple) else ({asked.column: value},)
    for number, row in enumerate(rows):
        text = row.get(asked.column) if isinstance(row, Mapping) else None
        for kind, form in _spelt(asked, text, code, kinds) if isinstance(text, str) else ():
            yield Trace(
                fact=asked.fact,
                whose=asked.whose,
                kind=kind,
                form=form,
                compartment=asked.compartment,
                field=f"{number}-{asked.column}" if asked.column else "",
            )


def _spelt(asked: _Asked, text: str, code: Value, kinds: tuple[Kind, ...]) -> Iterator[tuple[Kind, str]]:
    plain = code if isinstance(code, str) else ""
    for kind, forms in asked.forms:
        if kind in kinds:
            yield from [(kind, form) for form in forms(text, plain) if form]


# Who may turn out to let somebody's home, and the answers that name them.
_NAMES = frozenset({QuestionType.NAME, QuestionType.TEXT, QuestionType.LONG_TEXT})
_LETTING: Mapping[Whose, frozenset[QuestionType]] = {
    Whose.LANDLORD: _NAMES,
    Whose.PERPETRATORS_LANDLORD: _NAMES,
    Whose.PERPETRATOR: frozenset({QuestionType.NAME}),
}
_CONTACTS: Mapping[Kind, Forms] = {
    Kind.PHONE: lambda text, code: spellings.phones(text),
    Kind.EMAIL: lambda text, code: spellings.emails(text),
}
_FORMS: Mapping[QuestionType, Mapping[Kind, Forms]] = {
    QuestionType.NAME: {Kind.NAME: lambda text, code: [spellings.name(text)]},
    QuestionType.PHONE: {Kind.PHONE: lambda text, code: [spellings.phone(text)]},
    QuestionType.EMAIL: {Kind.EMAIL: lambda text, code: [spellings.email(text)]},
    QuestionType.ADDRESS: {
        Kind.HOME: lambda text, code: [spellings.home(text, code)],
        Kind.STREET: lambda text, code: [spellings.street(text)],
    },
    QuestionType.TEXT: _CONTACTS,
    QuestionType.LONG_TEXT: _CONTACTS,
}
