"""Are the steps good steps? Who does them, what they wait for, and what their kind asks of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sanctuary.core.conditions import FactType, Kind
from sanctuary.core.conditions.amounts import listed
from sanctuary.core.scheme import QuestionType, Step, StepKind, Who
from sanctuary.loader.anchors import opening
from sanctuary.loader.conditions import condition
from sanctuary.loader.draft import Draft, Spot, Written, origin, pages
from sanctuary.loader.parties import outsider
from sanctuary.loader.procedure import ChosenShape, StepShape
from sanctuary.loader.questions import sections

# The question that a step of this kind must have, and its type.
_NEEDED = {
    StepKind.DECISION: ("outcome", (QuestionType.CHOICE, QuestionType.YES_NO, QuestionType.JUDGEMENT)),
    StepKind.CONSENT: ("given", (QuestionType.YES_NO,)),
    StepKind.APPOINTMENT: ("at", (QuestionType.MOMENT,)),
    StepKind.WORKS: ("completed_on", (QuestionType.DATE,)),
}
# The key that a step of this kind must have. Only a letter may go with other kinds as well.
_OWN = {StepKind.ENQUIRY: "asks", StepKind.NOTICE: "tells", StepKind.LETTER: "letter"}
_SPECIFIED = ("packages", "measures")


def steps(draft: Draft) -> Mapping[str, Step]:
    """All steps, in order, checked."""
    check_twice(draft, "steps", "step")
    return {name: _step(draft, written) for name, written in draft.steps.items()}


def check_twice(draft: Draft, key: str, what: str) -> None:
    """Note every step, gate or clock whose name was taken before."""
    first: dict[str, Spot] = {}
    for _, stage in draft.stages.values():
        for name in stage[key].keys:
            spot = stage[key][name]
            if name in first:
                place = first[name].name
                draft.note(spot.name, f"there is a {what} '{name}' already, in {place.file} on line {place.line}")
            first.setdefault(name, spot)


def _step(draft: Draft, written: Written) -> Step:
    shape, spot = written.shape, written.spot
    _check_form(draft, shape, spot)
    _check_names(draft, shape, spot)
    found = sections(draft, written)
    if written.name not in draft.damaged:
        _check_kind(draft, written)
    return Step(
        name=written.name,
        stage=written.stage,
        kind=shape.kind,
        title=shape.title,
        who=_who(draft, shape, spot),
        compartment=shape.compartment,
        sections=found,
        help=shape.help or "",
        when=condition(draft, spot["when"], shape.when),
        after=shape.after,
        opens=opening(draft, shape.opens, spot["opens"]),
        any_time=shape.any_time,
        every=shape.every,
        reopens=shape.reopens.steps if shape.reopens else (),
        reopens_if=condition(draft, spot["reopens"]["if"], shape.reopens.condition) if shape.reopens else None,
        asks=outsider(draft, shape.asks, spot["asks"]),
        tells=shape.tells,
        letter=shape.letter or "",
        closes_with=_closes_with(draft, shape, spot),
        origin=origin(shape),
    )


def _check_form(draft: Draft, shape: StepShape, spot: Spot) -> None:
    """One way of writing questions, and only one."""
    keys = [key for key in ("questions", "sections", "form") if key in spot.keys]
    for key in keys[1:]:
        draft.note(spot[key].name, f"this step has '{keys[0]}' already; write either the one or the other")
    if shape.form:
        draft.refer(spot["form"], shape.form, draft.spot["forms"].keys, "form")


def _check_names(draft: Draft, shape: StepShape, spot: Spot) -> None:
    roles, compartments = draft.spot["roles"].keys, draft.spot["compartments"].keys
    draft.refer(spot["compartment"], shape.compartment, compartments, "compartment")
    for name, section in (shape.sections or {}).items():
        if section.compartment:
            draft.refer(spot["sections"][name]["compartment"], section.compartment, compartments, "compartment")
    draft.refer_all(spot["after"], shape.after, draft.step_names, "step")
    draft.refer_all(spot["tells"], shape.tells, roles, "role")
    if shape.reopens:
        draft.refer_all(spot["reopens"]["steps"], shape.reopens.steps, draft.step_names, "step")
    if shape.letter:
        draft.refer(spot["letter"], shape.letter, draft.spot["letters"].keys, "letter")


def _check_kind(draft: Draft, written: Written) -> None:
    shape, spot = written.shape, written.spot
    for kind, key in _OWN.items():
        if shape.kind is kind and key not in spot.keys:
            draft.note(spot.name, f"a step of the kind {kind.value} needs the key '{key}'")
        elif shape.kind is not kind and key in spot.keys and key != "letter":
            draft.note(spot[key].name, f"'{key}' is for the kind {kind.value}, and this is the kind {shape.kind.value}")
    if shape.kind in _NEEDED:
        _check_question(draft, written, *_NEEDED[shape.kind])
    sources = {question.options_from or "" for page in pages(draft, written) for question in page.questions.values()}
    if shape.kind is StepKind.SPECIFICATION and not any(source.startswith(_SPECIFIED) for source in sources):
        draft.note(spot.name, "a specification needs a question with 'options_from: packages' or 'measures'")


def _check_question(draft: Draft, written: Written, name: str, types: tuple[QuestionType, ...]) -> None:
    kind, wanted = written.shape.kind.value, listed([each.value for each in types], "or")
    for page in pages(draft, written):
        if name in page.questions:
            if page.questions[name].type not in types:
                place = page.spot[name]["type"].place
                draft.note(place, f"in a step of the kind {kind}, '{name}' is of the type {wanted}")
            return
    draft.note(written.spot.name, f"a step of the kind {kind} needs a question '{name}' of the type {wanted}")


def _who(draft: Draft, shape: StepShape, spot: Spot) -> Who:
    roles = draft.spot["roles"].keys
    if not isinstance(shape.who, ChosenShape):
        if not shape.who:
            draft.note(spot["who"].place, "name at least one role that does this step")
        draft.refer_all(spot["who"], shape.who, roles, "role")
        return Who(roles=shape.who)
    place = spot["who"]["chosen_in"]
    fact = draft.fact(place, shape.who.chosen_in)
    if fact and fact.kind is not Kind.CHOICE:
        draft.note(place.place, f"{shape.who.chosen_in} is no choice, so it cannot name the role")
    elif fact:
        _check_options(draft, place, shape.who.chosen_in, fact, roles, "role")
    return Who(chosen_in=shape.who.chosen_in)


def _closes_with(draft: Draft, shape: StepShape, spot: Spot) -> str:
    name, place = shape.closes_with, spot["closes_with"]
    fact = draft.fact(place, name) if name else None
    if fact and fact.kind is not Kind.CHOICE:
        draft.note(place.place, f"{name} is no choice, so it cannot be the closing reason")
    elif fact:
        _check_options(draft, place, str(name), fact, draft.spot["closing_reasons"].keys, "closing reason")
    return name or ""


def _check_options(draft: Draft, spot: Spot, name: str, fact: FactType, known: Collection[str], what: str) -> None:
    """Every option of the choice `name`, written at `spot`, has to be one of the `known`."""
    strange = [option for option in fact.options if option not in known]
    if strange:
        draft.note(spot.place, f"every option of {name} has to be a {what}; there is no {', '.join(strange)}")
