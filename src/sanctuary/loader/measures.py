"""Which measures and packages are there, and do their rules agree with each other? What is paid for is in `funds`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from sanctuary.core.chosen import ON_LOAN, Chosen, OnLoan, Part, PartChosen
from sanctuary.core.conditions import FactType, Kind
from sanctuary.core.derived import Derived
from sanctuary.core.fittings import Measure, Package, Sort, Status
from sanctuary.core.measures import DWELLING, Choosing, Stock
from sanctuary.core.scheme import Step, StepKind
from sanctuary.loader import means
from sanctuary.loader.conditions import condition
from sanctuary.loader.draft import Draft, Spot, Written, origin, pages
from sanctuary.loader.provisions import MeasureShape

_LISTS = ("measures", "packages")
_EXCEPTION = ("justified_in", "approved_by", "approved_in")
_REFUSAL = ("reason", "instead")
_BARRED = (Status.DENIED, Status.EXCEPTIONAL)


def facts(draft: Draft) -> Mapping[str, FactType]:
    """The facts about what is chosen: one or more for each step in which measures are, and what is on loan."""
    kind = FactType(kind=Kind.CHOICES, options=tuple(draft.measures.measures))
    steps = [(f"measures.{step.name}", _parts(step)) for step in _choosing(draft)]
    found = {f"{name}{end}": kind for name, parts in steps for end in ("", *(part.value for part in parts))}
    lent = any(shape.returned_in for shape in draft.measures.measures.values())
    return {**found, ON_LOAN: kind} if lent else found


def derived(draft: Draft) -> tuple[Derived, ...]:
    """What follows from what is chosen."""
    found, chosen = list[Derived](), choosing(draft, stock(draft))
    for step in _choosing(draft):
        whole = Chosen(choosing=chosen[step.name])
        found += [whole, *(PartChosen(whole=whole, part=part) for part in _parts(step))]
    if ON_LOAN in draft.names and chosen:
        lending = tuple(name for name, one in chosen.items() if one.specifies)
        found.append(OnLoan(stock=next(iter(chosen.values())).stock, steps=lending))
    return tuple(found)


def choosing(draft: Draft, stock: Stock) -> Mapping[str, Choosing]:
    """For each step in which measures are chosen: how its answers are judged, and what they come to."""
    return {
        step.name: Choosing(
            step=step.name,
            title=step.shape.title,
            stock=stock,
            offers=tuple(_offers(draft, step)),
            specifies=step.shape.kind is StepKind.SPECIFICATION,
        )
        for step in _choosing(draft)
    }


def checked(draft: Draft, steps: Mapping[str, Step], stock: Stock) -> Mapping[str, Step]:
    """The steps, those in which measures are chosen with the check of that."""
    chosen = choosing(draft, stock)
    return {name: replace(step, checks=(chosen[name],)) if name in chosen else step for name, step in steps.items()}


def stock(draft: Draft) -> Stock:
    """What can be fitted or provided, and the model specifications."""
    spots = draft.measures_spot["measures"]
    measures = {name: _measure(draft, name, shape, spots[name]) for name, shape in draft.measures.measures.items()}
    _check_circles(draft, "measures", "implies", {name: each.implies for name, each in measures.items()}, "measure")
    _check_added(draft, measures)
    return Stock(measures=measures, packages=_packages(draft, measures))


def contents(draft: Draft, name: str, above: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The measures that are meant by the name of a measure or a package; a package inside itself has nothing more."""
    package = draft.measures.packages.get(name)
    if package is None:
        return (name,) if name in draft.measures.measures else ()
    inner = [each for each in package.includes if each not in (*above, name)]
    nested = [measure for each in inner for measure in contents(draft, each, (*above, name))]
    return (*nested, *package.measures)


def chosen_in(draft: Draft, kind: StepKind) -> tuple[str, ...]:
    """The steps of a kind in which measures are chosen."""
    return tuple(step.name for step in _choosing(draft) if step.shape.kind is kind)


def _choosing(draft: Draft) -> list[Written]:
    return [step for step in draft.steps.values() if any(True for _ in _offers(draft, step))]


def _offers(draft: Draft, step: Written) -> Iterator[tuple[str, str]]:
    """The questions, and columns, that offer measures or packages."""
    for page in pages(draft, step):
        for name, question in page.questions.items():
            if (question.options_from or "").startswith(_LISTS):
                yield name, ""
            for column, inner in (question.columns or {}).items():
                if (inner.options_from or "").startswith(_LISTS):
                    yield name, column


def _parts(step: Written) -> tuple[Part, ...]:
    return tuple(Part) if step.shape.kind is StepKind.SPECIFICATION else (Part.FITTED,)


def _measure(draft: Draft, name: str, shape: MeasureShape, spot: Spot) -> Measure:
    _check_status(draft, shape, spot)
    for key in ("justified_in", "approved_in", "returned_in"):
        _check_question(draft, key, getattr(shape, key), name, spot[key])
    draft.refer_all(spot["implies"], shape.implies, draft.measures_spot["measures"].keys, "measure")
    draft.refer_all(spot["approved_by"], shape.approved_by, draft.spot["roles"].keys, "role")
    return Measure(
        name=name,
        title=shape.title,
        group=shape.group or "",
        standard=shape.standard or "",
        origin=origin(shape),
        means=means.of_measure(draft, shape, spot),
        status=Status(shape.status),
        sort=Sort(shape.sort),
        reason=shape.reason or "",
        instead=_instead(draft, shape, spot),
        justified_in=shape.justified_in or "",
        approved_in=shape.approved_in or "",
        approved_by=shape.approved_by,
        approver=_approver(draft, shape),
        mandatory_when=condition(draft, spot["mandatory_when"], shape.mandatory_when),
        implies=shape.implies,
        not_in=_not_in(draft, shape, spot),
        replaced_in=_replaced_in(draft, shape, spot),
        returned_in=shape.returned_in or "",
    )


def _check_status(draft: Draft, shape: MeasureShape, spot: Spot) -> None:
    """Each status has keys that it needs, and keys that are for it alone."""
    needed = {"denied": ("reason", "source"), "exceptional": ("justified_in", "source")}
    for key in needed.get(shape.status, ()):
        if not getattr(shape, key):
            draft.note(spot.name, f"a measure that is {shape.status} needs the key '{key}'")
    if shape.status == "exceptional" and not (shape.approved_by or shape.approved_in):
        draft.note(spot.name, "a measure that is exceptional needs someone who agrees to it: 'approved_by'")
    for status, keys in (("denied", _REFUSAL), ("exceptional", _EXCEPTION)):
        for key in keys if shape.status != status else ():
            if getattr(shape, key):
                draft.note(spot[key].name, f"'{key}' is for a measure that is {status}; this one is {shape.status}")


def _check_question(draft: Draft, key: str, name: str | None, measure: str, spot: Spot) -> None:
    """A justification is any answer; an agreement is yes or no, or the measures agreed; a return is those returned."""
    fact = draft.fact(spot, name) if name else None
    if fact is None or key == "justified_in":
        return
    lists_it = fact.kind is Kind.CHOICES and measure in fact.options
    says_yes = key == "approved_in" and fact.kind is Kind.CHOICE and set(fact.options) == {"yes", "no"}
    if not lists_it and not says_yes:
        wanted = "yes or no, or measures with this one among them" if key == "approved_in" else "measures with this one"
        draft.note(spot.place, f"{name} has to ask for {wanted}")


def _approver(draft: Draft, shape: MeasureShape) -> str:
    roles = [draft.scheme.roles[role].title for role in shape.approved_by if role in draft.scheme.roles]
    step = draft.steps.get((shape.approved_in or "").partition(".")[0])
    where = f"“{step.shape.title}”" if step else ""
    return f"{' or '.join(roles)} (in {where})" if roles and where else " or ".join(roles) or where


def _instead(draft: Draft, shape: MeasureShape, spot: Spot) -> tuple[str, ...]:
    words = {name: each.title for name, each in draft.measures.measures.items()} | dict(draft.scheme.alternatives)
    known = {*draft.measures_spot["measures"].keys, *draft.spot["alternatives"].keys}
    draft.refer_all(spot["instead"], shape.instead, known, "measure or alternative")
    return tuple(words[name] for name in shape.instead if name in words)


def _not_in(draft: Draft, shape: MeasureShape, spot: Spot) -> frozenset[str]:
    for key in ("not_in", "only_in"):
        _check_kinds(draft, spot[key], getattr(shape, key))
    if shape.not_in and shape.only_in:
        draft.note(spot["only_in"].name, "write either 'not_in' or 'only_in', not both")
    if shape.only_in:
        return frozenset(_kinds(draft)) - frozenset(shape.only_in)
    return frozenset(shape.not_in)


def _replaced_in(draft: Draft, shape: MeasureShape, spot: Spot) -> Mapping[str, str]:
    known, spots = draft.measures_spot["measures"].keys, spot["replaced_in"]
    for kind, name in shape.replaced_in.items():
        _check_kinds(draft, Spot(name=spots[kind].name, node=None), (kind,))
        if draft.refer(spots[kind], name, known, "measure"):
            other = draft.measures.measures.get(name)
            if other and _is_barred(other, kind):
                draft.note(spots[kind].place, f"'{name}' is not for '{kind}' either")
    return shape.replaced_in


def _is_barred(shape: MeasureShape, kind: str) -> bool:
    elsewhere = bool(shape.only_in) and kind not in shape.only_in
    return elsewhere or kind in shape.not_in or kind in shape.replaced_in or shape.status == "denied"


def _kinds(draft: Draft) -> tuple[str, ...]:
    fact = draft.names.get(DWELLING)
    return fact.options if fact else ()


def _check_kinds(draft: Draft, spot: Spot, kinds: Collection[str]) -> None:
    if kinds and DWELLING not in draft.names:
        draft.note(spot.name, "no kinds of dwelling are known: the scheme needs 'property' with 'kind'")
        return
    for number, kind in enumerate(kinds):
        draft.refer(spot[number] if spot[number].node else spot, kind, _kinds(draft), "kind of dwelling")


def _check_added(draft: Draft, measures: Mapping[str, Measure]) -> None:
    """Nothing adds what is not to be chosen, or only by exception."""
    spots = draft.measures_spot["measures"]
    for name, measure in measures.items():
        if measure.status is not Status.ALLOWED and measure.mandatory_when:
            draft.note(
                spots[name]["mandatory_when"].name, f"a measure that is {measure.status.value} is never mandatory"
            )
        for number, other in enumerate(measure.implies):
            _check_addition(draft, measures, other, spots[name]["implies"][number], _BARRED)


def _check_addition(
    draft: Draft, measures: Mapping[str, Measure], name: str, spot: Spot, barred: Collection[Status]
) -> None:
    status = measures[name].status if name in measures else Status.ALLOWED
    if status in barred:
        draft.note(spot.place, f"'{name}' is {status.value}, so nothing else may bring it along")


def _packages(draft: Draft, measures: Mapping[str, Measure]) -> Mapping[str, Package]:
    spots = draft.measures_spot["packages"]
    for name, shape in draft.measures.packages.items():
        spot = spots[name]
        draft.refer_all(spot["measures"], shape.measures, draft.measures_spot["measures"].keys, "measure")
        for number, each in enumerate(shape.measures):
            _check_addition(draft, measures, each, spot["measures"][number], (Status.DENIED,))
        for number, each in enumerate(shape.includes):
            inner = spot["includes"][number]
            draft.refer(inner if inner.node else spot["includes"], each, spots.keys, "package")
    includes = {name: shape.includes for name, shape in draft.measures.packages.items()}
    _check_circles(draft, "packages", "includes", includes, "package")
    return {
        name: Package(
            name=name, title=shape.title, measures=shape.measures, includes=shape.includes, origin=origin(shape)
        )
        for name, shape in draft.measures.packages.items()
    }


def _check_circles(draft: Draft, kind: str, key: str, graph: Mapping[str, tuple[str, ...]], what: str) -> None:
    """Note each that comes back to itself."""
    for start in graph:
        chain = _way_back(start, graph)
        if chain:
            verb = {"includes": "includes", "implies": "implies"}[key]
            place = draft.measures_spot[kind][start][key].place
            draft.note(place, f"this {what} {verb} itself: {' → '.join([*chain, start])}")


def _way_back(start: str, graph: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The shortest way from `start` back to it; empty where there is none."""
    ways: dict[str, tuple[str, ...]] = {start: (start,)}
    for name in (queue := [start]):
        for other in graph.get(name, ()):
            if other == start:
                return ways[name]
            if other not in ways and other in graph:
                ways[other] = (*ways[name], other)
                queue.append(other)
    return ()
