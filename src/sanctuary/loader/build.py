"""What scheme do these files define? Everything checked at once; a scheme only where nothing is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from sanctuary.core.conditions import Condition
from sanctuary.core.conditions.tree import Clock as TimeRead
from sanctuary.core.conditions.tree import walk
from sanctuary.core.findings import Finding
from sanctuary.core.scheme import ClosingReason, Gate, InForce, Scheme, Word
from sanctuary.core.stages import Stage
from sanctuary.loader import (
    clocks,
    consents,
    dated,
    decisions,
    evidence,
    facts,
    findings,
    flags,
    funds,
    gates,
    homes,
    letters,
    measures,
    order,
    parties,
    permissions,
    retention,
    risk,
    routes,
    steps,
    tracks,
)
from sanctuary.loader.calendar import england_and_wales
from sanctuary.loader.contradictions import check_contradictions
from sanctuary.loader.draft import Draft, Spot
from sanctuary.loader.files import MEASURES, SCHEME, STAGES, Files, read
from sanctuary.loader.fit import S, fit
from sanctuary.loader.problems import Place, Problem, ordered
from sanctuary.loader.procedure import StageFile
from sanctuary.loader.shape import MeasuresFile, SchemeFile
from sanctuary.loader.version import version

# What is worked out from the answers: each module gives the types of its facts, and then the facts themselves.
DERIVED = (
    findings,
    risk,
    dated,
    homes,
    routes,
    decisions,
    consents,
    permissions,
    measures,
    funds,
    flags,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A scheme, or everything that is wrong with its definition."""

    scheme: Scheme | None
    problems: tuple[Problem, ...]


def load(folder: Path) -> Loaded:
    """The scheme defined in `folder`. Whatever its files hold, problems are told and nothing is raised."""
    files = read(folder)
    draft = _draft(folder, files)
    if draft is None:
        return Loaded(scheme=None, problems=ordered(files.problems))
    scheme = _built(draft, files)
    problems = ordered([*files.problems, *draft.problems])
    return Loaded(scheme=None if problems else scheme, problems=problems)


def load_all(root: Path) -> Mapping[str, Loaded]:
    """Every definition below `root`, by the name of its folder."""
    return {path.parent.name: load(path.parent) for path in sorted(root.glob(f"*/{SCHEME}"))}


def _draft(folder: Path, files: Files) -> Draft | None:
    """The shapes of all files, with their problems in `files`; None where what is left makes no sense by itself."""
    scheme, spot = _shaped(folder, files, SCHEME, SchemeFile)
    stages: dict[Stage, tuple[StageFile, Spot]] = {}
    for name, stage in STAGES.items():
        shape, stage_spot = _shaped(folder, files, name, StageFile)
        stages[stage] = (shape or StageFile(), stage_spot)
    found, measures_spot = _shaped(folder, files, MEASURES, MeasuresFile)
    if scheme is None or files.broken:
        return None
    return Draft(
        folder=folder,
        scheme=scheme,
        spot=spot,
        stages=stages,
        measures=found or MeasuresFile(),
        measures_spot=measures_spot,
        lost=files.lost,
    )


def _shaped(folder: Path, files: Files, name: str, shape: type[S]) -> tuple[S | None, Spot]:
    tree = files.trees.get(name)
    place = Place(file=str(folder / name), line=1, column=1)
    if tree is None:
        return None, Spot(name=place, node=None)
    found = fit(shape, tree)
    files.problems += found.problems
    files.broken |= found.value is None
    files.lost |= found.lost
    return found.value, Spot(name=tree.place, node=tree)


def _built(draft: Draft, files: Files) -> Scheme:
    written, calendar = draft.scheme, england_and_wales()
    _check_key(draft)
    facts.collect(draft)
    for block in DERIVED:
        draft.names.update(block.facts(draft))
    stock = measures.stock(draft)
    all_steps = measures.checked(draft, permissions.chained(draft, steps.steps(draft)), stock)
    draft.built = all_steps
    derived = tuple(one for block in DERIVED for one in block.derived(draft))
    settles = order.in_order(draft, {**evidence.gates(draft), **gates.gates(draft, all_steps, derived)}, derived)
    all_gates = {one.name: one for one in settles if isinstance(one, Gate)}
    order.check_waiting(draft, all_steps, all_gates, derived, calendar)
    all_letters = letters.letters(draft)
    scheme = Scheme(
        key=written.scheme,
        title=written.title,
        version=version(files.trees, all_letters),
        calendar=calendar,
        vocabulary={name: Word(one=word.one, many=word.many) for name, word in written.vocabulary.items()},
        compartments=parties.compartments(draft),
        agencies=written.agencies,
        areas=parties.areas(draft, all_steps, all_gates),
        roles=parties.roles(draft, all_steps, all_gates),
        reassignments=parties.reassignments(draft),
        steps=all_steps,
        gates=all_gates,
        clocks=clocks.clocks(draft),
        letters=all_letters,
        measures=stock.measures,
        packages=stock.packages,
        alternatives=written.alternatives,
        closing_reasons=_closing_reasons(draft),
        header=parties.header(draft),
        pauses=clocks.pauses(draft),
        names=draft.names,
        settles=settles,
        derived=derived,
        edition=written.edition,
        funds=funds.funds(draft),
        flags=flags.flags(draft),
        retention=retention.retention(draft),
        about=written.about,
        sources=written.sources,
    )
    whole = _with_tracks(draft, scheme)
    check_contradictions(draft, whole)
    return whole


def _with_tracks(draft: Draft, scheme: Scheme) -> Scheme:
    """The scheme with its tracks, and with when time alone may change what it says."""
    found = tracks.tracks(draft, scheme)
    conditions = [*_conditions(scheme), *(track.when for track in found)]
    timed = replace(
        scheme,
        changes_on=_changes(scheme),
        reads_time=any(map(_reads_time, conditions)) or any(flag.every for flag in scheme.flags),
    )
    return replace(timed, tracks=tuple(tracks.on_time(track, timed) for track in found))


def _closing_reasons(draft: Draft) -> dict[str, ClosingReason]:
    return {
        name: ClosingReason(name=name, title=reason.title, helped=reason.helped)
        for name, reason in draft.scheme.closing_reasons.items()
    }


def _check_key(draft: Draft) -> None:
    if draft.scheme.scheme != draft.folder.resolve().name:
        place = draft.spot["scheme"].place
        draft.note(place, f"the scheme is called like its folder, which is '{draft.folder.resolve().name}'")


def _changes(scheme: Scheme) -> tuple[date, ...]:
    """The days on which some rule begins to apply, or no longer does."""
    days = {day for fund in scheme.funds for day in fund.days}
    for in_force in _in_force(scheme):
        days |= {in_force.start} if in_force.start else set()
        days |= {in_force.end + timedelta(days=1)} if in_force.end else set()
    return tuple(sorted(days))


def _in_force(scheme: Scheme) -> Iterator[InForce]:
    yield from (criterion.in_force for gate in scheme.gates.values() for criterion in gate.criteria)
    yield from (clock.in_force for clock in scheme.clocks)
    yield from (question.in_force for step in scheme.steps.values() for question in step.questions)


def _conditions(scheme: Scheme) -> Iterator[Condition | None]:
    for step in scheme.steps.values():
        yield from (step.when, step.reopens_if)
        yield from (question.when for question in step.questions)
    yield from (criterion.stops_if for gate in scheme.gates.values() for criterion in gate.criteria)
    yield from (rule.when for role in scheme.roles.values() for rule in role.reads)
    yield from (change.when for change in scheme.reassignments)
    yield from (row.when for one in scheme.derived if isinstance(one, Finding) for row in one.rows)
    yield from (measure.mandatory_when for measure in scheme.measures.values())


def _reads_time(condition: Condition | None) -> bool:
    return condition is not None and any(isinstance(part, TimeRead) for part in walk(condition.tree))
