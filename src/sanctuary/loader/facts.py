"""Which facts does a definition have, and of what type? Every name that a condition, a letter or a clock may read."""

from __future__ import annotations

from collections.abc import Mapping

from sanctuary.core.conditions import RESERVED, FactType, Kind
from sanctuary.core.meanings import YES_NO
from sanctuary.core.scheme import QuestionType
from sanctuary.loader import risk
from sanctuary.loader.draft import Draft, Spot, Written, pages
from sanctuary.loader.procedure import ColumnShape, QuestionShape

_DERIVED = (
    *("found", "risk", "dated", "property", "route", "decided", "consented", "permitted", "flagged", "fund"),
    "measures",
    "limited",
)
_TAKEN = frozenset({"done", "by", "gate", "case", "opened", "asked", *_DERIVED})
# The first halves of facts that are settled from others and asked of nobody.
SETTLED = frozenset({"gate", *_DERIVED})
_MOMENT = FactType(kind=Kind.MOMENT)
_KINDS = {
    QuestionType.YES_NO: Kind.CHOICE,
    QuestionType.CHOICE: Kind.CHOICE,
    QuestionType.CHOICES: Kind.CHOICES,
    QuestionType.JUDGEMENT: Kind.CHOICE,
    QuestionType.TEXT: Kind.TEXT,
    QuestionType.LONG_TEXT: Kind.TEXT,
    QuestionType.NAME: Kind.TEXT,
    QuestionType.ADDRESS: Kind.TEXT,
    QuestionType.POSTCODE: Kind.TEXT,
    QuestionType.PHONE: Kind.TEXT,
    QuestionType.EMAIL: Kind.TEXT,
    QuestionType.NUMBER: Kind.NUMBER,
    QuestionType.MONEY: Kind.MONEY,
    # An amount is only ever asked for with has(): `conditions` refuses everything else, since it is for a period.
    QuestionType.AMOUNT: Kind.ROWS,
    QuestionType.DATE: Kind.DATE,
    QuestionType.MOMENT: Kind.MOMENT,
    QuestionType.ROWS: Kind.ROWS,
}


def collect(draft: Draft) -> None:
    """Fill `draft.names`, and note which of the facts are amounts and which are dates."""
    areas = tuple(draft.scheme.areas)
    role = FactType(kind=Kind.CHOICE, options=tuple(draft.scheme.roles))
    agency = FactType(kind=Kind.CHOICE, options=tuple(draft.scheme.agencies))
    draft.names.update({"case.area": FactType(kind=Kind.CHOICE, options=areas), "case.opened": _MOMENT})
    draft.names.update({"case.opened_by": role, "case.agency": agency})
    for step in draft.steps.values():
        _check_name(draft, step.spot, step.name, "step")
        draft.names[f"done.{step.name}"] = _MOMENT
        draft.names[f"by.{step.name}"] = role
        _collect_step(draft, step)
    for stage, spot in draft.stages.values():
        for gate in stage.gates:
            _check_name(draft, spot["gates"][gate], gate, "gate")
            draft.names[f"gate.{gate}"] = FactType(kind=Kind.CHOICE, options=("open", "stopped"))


def options(draft: Draft, question: ColumnShape) -> Mapping[str, str]:
    """What can be chosen: name and words. Empty where `options_from` names nothing; `questions` says so."""
    if question.type is QuestionType.YES_NO:
        return YES_NO
    found = question.options or listed(draft, question.options_from or "") or {}
    return YES_NO if question.type is QuestionType.JUDGEMENT and not _is_listed(question) else found


def _is_listed(question: ColumnShape) -> bool:
    return question.options is not None or question.options_from is not None


def listed(draft: Draft, source: str) -> Mapping[str, str] | None:
    """The list that `options_from` names; None where there is no such list."""
    scheme, measures = draft.scheme, draft.measures
    lists: dict[str, Mapping[str, str]] = {
        "roles": {name: role.title for name, role in scheme.roles.items()},
        "areas": {name: area.title for name, area in scheme.areas.items()},
        "closing_reasons": {name: reason.title for name, reason in scheme.closing_reasons.items()},
        "packages": {name: package.title for name, package in measures.packages.items()},
        "measures": {name: measure.title for name, measure in measures.measures.items()},
    }
    if measured := risk.written(draft):
        lists[risk.LIST] = measured.options()
    for name, measure in measures.measures.items():
        if measure.group:
            group = dict(lists.get(f"measures.{measure.group}", {}))
            lists[f"measures.{measure.group}"] = {**group, name: measure.title}
    return lists.get(source)


def lists(draft: Draft) -> tuple[str, ...]:
    """Everything that `options_from` may name."""
    groups = {f"measures.{measure.group}" for measure in draft.measures.measures.values() if measure.group}
    measured = (risk.LIST,) if risk.is_written(draft) else ()
    return ("roles", "areas", "closing_reasons", "packages", "measures", *measured, *sorted(groups))


def _collect_step(draft: Draft, step: Written) -> None:
    seen: set[str] = set()
    for page in pages(draft, step):
        for name, question in page.questions.items():
            _once(draft, seen, page.spot[name], name)
            draft.names[f"{step.name}.{name}"] = _type(draft, question)
            if question.type is QuestionType.AMOUNT:
                draft.amounts.add(f"{step.name}.{name}")
        for name, (_, spot) in page.totals.items():
            _once(draft, seen, spot, name)
            draft.names[f"{step.name}.{name}"] = FactType(kind=Kind.MONEY)


def _once(draft: Draft, seen: set[str], spot: Spot, name: str) -> None:
    if name in seen:
        draft.note(spot.name, f"this step has a question or total '{name}' already")
    seen.add(name)


def _type(draft: Draft, question: ColumnShape) -> FactType:
    columns = (question.columns or {}) if isinstance(question, QuestionShape) else {}
    flat = {name: column for name, column in columns.items() if column.type is not QuestionType.ROWS}
    return FactType(
        kind=_KINDS[question.type],
        options=tuple(options(draft, question)),
        columns={name: _type(draft, column) for name, column in flat.items()},
    )


def _check_name(draft: Draft, spot: Spot, name: str, what: str) -> None:
    if name in RESERVED or name in _TAKEN:
        draft.note(spot.name, f"'{name}' has a meaning of its own in conditions; call the {what} something else")
