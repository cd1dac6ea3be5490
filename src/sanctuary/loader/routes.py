"""Are the routes good ones? Roles and agencies that exist, no two for the same, and somebody who hands in the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from sanctuary.core.conditions import FactType, Kind
from sanctuary.core.routes import EVIDENCE, ROUTE, SURVEY, Referral, Route, RouteFact, Survey
from sanctuary.core.scheme import Step
from sanctuary.core.stages import Stage
from sanctuary.loader.draft import Draft, Spot, origin
from sanctuary.loader.people import RouteShape
from sanctuary.loader.procedure import StageFile


def facts(draft: Draft) -> Mapping[str, FactType]:
    """The facts of the route, where there are routes."""
    routes, _ = draft.stages[Stage.REFERRAL]
    if not routes.routes:
        return {}
    surveys = tuple(survey.value for survey in Survey)
    return {
        f"gate.{EVIDENCE}": FactType(kind=Kind.CHOICE, options=("open", "stopped")),
        ROUTE: FactType(kind=Kind.CHOICE, options=tuple(routes.routes)),
        SURVEY: FactType(kind=Kind.CHOICE, options=surveys),
    }


def derived(draft: Draft) -> tuple[RouteFact, ...]:
    """The facts of the route, checked; none where the scheme has no routes."""
    _check_accreditations(draft)
    _check_place(draft)
    file, spot = draft.stages[Stage.REFERRAL]
    if not file.routes or not draft.built:
        return ()
    first = next(iter(draft.built.values()))
    found = tuple(_route(draft, name, shape, spot["routes"][name], first) for name, shape in file.routes.items())
    _check_apart(draft, found, spot["routes"])
    referral = Referral(
        step=first.name,
        routes=found,
        onward=file.passed_on_to or "",
        agencies={name: area.agencies for name, area in draft.scheme.areas.items()},
    )
    _check_onward(draft, file, spot, referral, first)
    return (RouteFact(name=ROUTE, referral=referral), RouteFact(name=SURVEY, referral=referral))


def _check_accreditations(draft: Draft) -> None:
    for name, shape in draft.scheme.accreditations.items():
        spot = draft.spot["accreditations"][name]["held_by"]
        draft.refer_all(spot, shape.held_by, draft.spot["agencies"].keys, "agency")


def _check_place(draft: Draft) -> None:
    """Cases begin in the first stage, and so do their routes."""
    for stage, (_, spot) in draft.stages.items():
        for key in ("routes", "passed_on_to") if stage is not Stage.REFERRAL else ():
            if key in spot.keys:
                draft.note(spot[key].name, f"'{key}' belongs in the file of the first stage, where a case begins")


def _route(draft: Draft, name: str, shape: RouteShape, spot: Spot, first: Step) -> Route:
    draft.refer_all(spot["who"], shape.who, draft.spot["roles"].keys, "role")
    for number, role in enumerate(shape.who):
        if first.who.roles and role in draft.scheme.roles and role not in first.who.roles:
            message = f"'{role}' does not do '{first.name}', with which a case begins; add it to that step's 'who'"
            draft.note(spot["who"][number].place, message)
    draft.refer_all(spot["agencies"], shape.agencies or (), draft.spot["agencies"].keys, "agency")
    known = draft.spot["accreditations"].keys
    draft.refer_all(spot["accredited"], shape.accredited or (), known, "accreditation")
    return Route(
        name=name,
        title=shape.title,
        roles=shape.who,
        agencies=_agencies(draft, shape),
        survey=shape.survey,
        origin=origin(shape),
    )


def _agencies(draft: Draft, shape: RouteShape) -> frozenset[str] | None:
    """The agencies to which the route is open: those named, as far as they hold an accreditation that is asked for."""
    named = frozenset(shape.agencies) if shape.agencies is not None else None
    if shape.accredited is None:
        return named
    held = [
        draft.scheme.accreditations[name].held_by for name in shape.accredited if name in draft.scheme.accreditations
    ]
    holders = frozenset(agency for agencies in held for agency in agencies)
    return holders if named is None else holders & named


def _check_apart(draft: Draft, found: tuple[Route, ...], spot: Spot) -> None:
    """No role of one agency may have two routes: it would not be plain which of them is taken."""
    every = frozenset(draft.scheme.agencies)
    for one, other in combinations(found, 2):
        roles = [role for role in other.roles if role in one.roles]
        agencies = (every if one.agencies is None else one.agencies) & (
            every if other.agencies is None else other.agencies
        )
        if roles and agencies:
            message = f"'{one.name}' entitles the role '{roles[0]}' of '{min(agencies)}' already"
            draft.note(spot[other.name].name, f"{message}; say which agencies each of the two is for")


def _check_onward(draft: Draft, file: StageFile, spot: Spot, referral: Referral, first: Step) -> None:
    """Somebody can always hand in what others may not: they are entitled everywhere, and read what was written."""
    onward = file.passed_on_to
    if onward is None:
        message = "say with 'passed_on_to' which role hands in what somebody without a route has written"
        draft.note(spot["routes"].name, message)
        return
    place = spot["passed_on_to"]
    if not draft.refer(place, onward, draft.spot["roles"].keys, "role"):
        return
    for area, agencies in referral.agencies.items():
        if onward in agencies and referral.route(onward, agencies[onward]) is None:
            draft.note(place.place, f"in the area '{area}' no route entitles '{onward}' itself, as {agencies[onward]}")
    unread = [part for part in _parts(first) if part not in _always_read(draft, onward)]
    if unread:
        draft.note(place.place, f"'{onward}' has to read {unread[0]} always, to hand in what was written there")


def _parts(step: Step) -> Iterator[str]:
    yield step.compartment
    for question in step.questions:
        yield question.compartment


def _always_read(draft: Draft, role: str) -> frozenset[str]:
    rules = draft.scheme.roles[role].reads if role in draft.scheme.roles else ()
    return frozenset(part for rule in rules if isinstance(rule, tuple) for part in rule)
