"""Who takes part, and what do they read and write? Compartments, roles, areas, reassignments and the header."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sanctuary.core.conditions import Kind
from sanctuary.core.conditions.names import nearest
from sanctuary.core.scheme import Area, Compartment, Gate, Header, ReadingRule, Reassignment, Role, Step
from sanctuary.loader.conditions import condition
from sanctuary.loader.draft import Draft, Spot, origin
from sanctuary.loader.shape import ReadingShape, RoleShape
from sanctuary.loader.whose import check_header, check_listed


def compartments(draft: Draft) -> Mapping[str, Compartment]:
    """The compartments; no two have one number."""
    taken: dict[int, str] = {}
    for name, shape in draft.scheme.compartments.items():
        if shape.number in taken:
            place = draft.spot["compartments"][name]["number"].place
            draft.note(place, f"the number {shape.number} belongs to '{taken[shape.number]}'; give this another")
        taken.setdefault(shape.number, name)
    if 0 not in taken and len(taken) == len(draft.spot["compartments"].keys):
        draft.note(
            draft.spot["compartments"].name, "give one compartment the number 0: every role may write to that one"
        )
    return {
        name: Compartment(name=name, number=shape.number, title=shape.title, holds=shape.holds, guarded=shape.guarded)
        for name, shape in draft.scheme.compartments.items()
    }


def roles(draft: Draft, steps: Mapping[str, Step], gates: Mapping[str, Gate]) -> Mapping[str, Role]:
    """The roles, with what they may read, and the compartments of all steps that they may do or let go ahead."""
    return {name: _role(draft, name, shape, steps, gates) for name, shape in draft.scheme.roles.items()}


def doers(draft: Draft, step: Step) -> frozenset[str]:
    """Every role that may at some time do, answer or acknowledge `step`."""
    chosen = draft.names.get(step.who.chosen_in)
    return frozenset((*step.who.roles, *(chosen.options if chosen else ()), step.asks, *step.tells))


def outsider(draft: Draft, words: str | None, spot: Spot) -> str:
    """A role, or words for somebody who has none; a word that is nearly a role was meant to be one."""
    known = draft.spot["roles"].keys
    if words and words not in known and nearest(words, known):
        draft.refer(spot, words, known, "role")
    return words or ""


def areas(draft: Draft, steps: Mapping[str, Step], gates: Mapping[str, Gate]) -> Mapping[str, Area]:
    """The areas; each has an agency for every role that has something to do."""
    able = frozenset(role for role, _ in _overriders(gates))
    busy = able.union(*(doers(draft, step) for step in steps.values())) & draft.scheme.roles.keys()
    for name, shape in draft.scheme.areas.items():
        spot = draft.spot["areas"][name]["agencies"]
        for role, agency in shape.agencies.items():
            if role not in draft.scheme.roles:
                draft.refer(Spot(name=spot[role].name, node=None), role, draft.spot["roles"].keys, "role")
            draft.refer(spot[role], agency, draft.spot["agencies"].keys, "agency")
        for role in sorted(busy - set(spot.keys)):
            draft.note(spot.name, f"the role '{role}' has steps to do, but no agency here")
    return {
        name: Area(name=name, title=shape.title, agencies=shape.agencies) for name, shape in draft.scheme.areas.items()
    }


def reassignments(draft: Draft) -> tuple[Reassignment, ...]:
    """The cases in which another agency plays a role."""
    found = []
    for number, shape in enumerate(draft.scheme.reassignments):
        spot = draft.spot["reassignments"][number]
        draft.refer(spot["role"], shape.role, draft.spot["roles"].keys, "role")
        draft.refer(spot["agency"], shape.agency, draft.spot["agencies"].keys, "agency")
        when = condition(draft, spot["when"], shape.when)
        if when:
            found.append(Reassignment(role=shape.role, agency=shape.agency, when=when, origin=origin(shape)))
    return tuple(found)


def header(draft: Draft) -> Header:
    """The facts that say who a case is about."""
    shape, spot = draft.scheme.header, draft.spot["header"]
    for key in ("name", "birth_date", "address", "postcode"):
        fact = draft.fact(spot[key], getattr(shape, key))
        wanted = Kind.DATE if key == "birth_date" else Kind.TEXT
        if fact and fact.kind is not wanted:
            message = f"this should be {wanted.value}, and {getattr(shape, key)} is {fact.kind.value}"
            draft.note(spot[key].place, message)
        check_header(draft, spot[key], getattr(shape, key))
    check_listed(draft, spot["name"], shape.name)
    for key in ("safe_contact", "people"):
        for number, name in enumerate(getattr(shape, key)):
            draft.fact(spot[key][number], name)
            if key == "safe_contact":
                check_header(draft, spot[key][number], name)
    return Header(**shape.model_dump())


def _overriders(gates: Mapping[str, Gate]) -> Iterator[tuple[str, str]]:
    """Each role that may set a rule aside, and the step with which the reason for that is kept."""
    for gate in gates.values():
        for criterion in gate.criteria:
            for role in criterion.easing.overridden_by if criterion.easing else ():
                yield from ((role, step) for step in gate.guards[:1])


def _role(draft: Draft, name: str, shape: RoleShape, steps: Mapping[str, Step], gates: Mapping[str, Gate]) -> Role:
    spot = draft.spot["roles"][name]["reads"]
    writes = {part for step in steps.values() if name in doers(draft, step) for part in _parts(step)}
    writes |= {steps[step].compartment for role, step in _overriders(gates) if role == name and step in steps}
    return Role(
        name=name,
        title=shape.title,
        reads=tuple(_rules(draft, shape, spot)),
        writes=tuple(part for part in draft.scheme.compartments if part in writes),
        may=shape.may,
    )


def _parts(step: Step) -> Iterator[str]:
    """The compartments that doing `step` writes to."""
    yield step.compartment
    for question in step.questions:
        yield question.compartment


def _rules(draft: Draft, shape: RoleShape, spots: Spot) -> Iterator[ReadingRule]:
    known = draft.spot["compartments"].keys
    for number, rule in enumerate(shape.reads):
        spot = spots[number]
        if not isinstance(rule, ReadingShape):
            draft.refer_all(spot, rule, known, "compartment")
            yield ReadingRule(compartments=rule)
            continue
        draft.refer_all(spot["compartments"], rule.compartments, known, "compartment")
        if rule.until:
            draft.refer(spot["until"], rule.until, draft.step_names, "step")
        when = condition(draft, spot["when"], rule.when)
        # A rule whose condition is not understood grants nothing, ever.
        if when is not None or rule.when is None:
            yield ReadingRule(compartments=rule.compartments, when=when, until=rule.until or "", origin=origin(rule))
