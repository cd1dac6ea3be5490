"""Are the questions of a step good questions? Sections, options, columns and conditions."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sanctuary.core.conditions import Condition
from sanctuary.core.facts import Silence
from sanctuary.core.scheme import ALWAYS, Origin, Question, QuestionType, Section
from sanctuary.loader import means
from sanctuary.loader.conditions import condition
from sanctuary.loader.draft import Draft, Page, Spot, Written, in_force, origin, pages
from sanctuary.loader.facts import lists, options
from sanctuary.loader.judgements import reason_of
from sanctuary.loader.procedure import ColumnShape, QuestionShape
from sanctuary.loader.totals import Summing
from sanctuary.loader.whose import check_search, whose

_CHOSEN = (QuestionType.CHOICE, QuestionType.CHOICES, QuestionType.JUDGEMENT)
_COUNTED = (QuestionType.YES_NO, *_CHOSEN, QuestionType.NUMBER)
_SEARCHED = {
    "name": (QuestionType.NAME, QuestionType.TEXT),
    "postcode": (QuestionType.POSTCODE,),
    "birth_date": (QuestionType.DATE,),
}
_NOT_IN_ROWS = {
    QuestionType.ROWS: "rows of its own",
    QuestionType.JUDGEMENT: "judgements in it; ask for one outside the rows",
}
_SILENCES = frozenset(silence.value for silence in Silence)


def sections(draft: Draft, step: Written) -> tuple[Section, ...]:
    """The sections of a step, checked."""
    found = pages(draft, step)
    asked = {name: question for page in found for name, question in page.questions.items()}
    summing = Summing(draft, asked, damaged=step.name in draft.damaged)
    order = tuple(name for page in found for name in (*page.questions, *page.totals))
    built = (_section(draft, step, page, summing, order) for page in found)
    return tuple(section for section in built if section.questions)


def _section(draft: Draft, step: Written, page: Page, summing: Summing, order: tuple[str, ...]) -> Section:
    return Section(
        name=page.name,
        title=page.title,
        hint=page.hint,
        questions=tuple(_question(draft, step, page, name, order[order.index(name) :]) for name in page.questions),
        totals=tuple(summing.total(name, total, spot) for name, (total, spot) in page.totals.items()),
    )


def _question(draft: Draft, step: Written, page: Page, name: str, later: Collection[str]) -> Question:
    shape, spot = page.questions[name], page.spot[name]
    if shape.compartment:
        draft.refer(spot["compartment"], shape.compartment, draft.spot["compartments"].keys, "compartment")
    _check_columns(draft, shape, spot)
    _check_uses(draft, shape, spot)
    check_search(draft, shape, shape.compartment or page.compartment, spot)
    if shape.type is QuestionType.JUDGEMENT and reason_of(name) in page.spot.keys:
        place = page.spot[reason_of(name)].name
        draft.note(place, f"'{name}' is a judgement, and its reason is asked for already; take this out")
    return Question(
        name=name,
        ask=shape.ask,
        type=shape.type,
        compartment=shape.compartment or page.compartment,
        hint=shape.hint or "",
        options=_options(draft, shape, spot),
        allow=shape.allow,
        optional=shape.optional,
        when=_when(draft, step, shape, spot, later),
        columns=tuple(
            _column(draft, column, shape.compartment or page.compartment, (inner, shape), spot["columns"][column])
            for column, inner in (shape.columns or {}).items()
        ),
        search=shape.search or "",
        counted=shape.counted,
        origin=origin(shape),
        in_force=in_force(draft, shape.in_force, spot),
        means=means.of_question(draft, shape, spot),
        of=whose(shape),
    )


def _when(draft: Draft, step: Written, shape: QuestionShape, spot: Spot, later: Collection[str]) -> Condition | None:
    """The condition under which the question is asked; it reads nothing that comes `later`, its own answer first."""
    when = condition(draft, spot["when"], shape.when, step.shape.form or "", step.name)
    read = {fact.split(".")[1] for fact in when.reads if fact.startswith(f"{step.name}.")} if when else set()
    for number, name in enumerate(later):
        if name in read:
            message = f"this question is asked before '{name}' has its answer; move it further down"
            draft.note(spot["when"].place, message if number else "this question waits for its own answer")
    return when


def _column(
    draft: Draft, name: str, compartment: str, shapes: tuple[ColumnShape, QuestionShape], spot: Spot
) -> Question:
    shape, rows = shapes
    if shape.type in _NOT_IN_ROWS:
        draft.note(spot["type"].place, f"a row cannot have {_NOT_IN_ROWS[shape.type]}")
    return Question(
        name=name,
        ask=shape.ask,
        type=shape.type,
        compartment=compartment,
        hint=shape.hint or "",
        options=_options(draft, shape, spot),
        allow=shape.allow,
        optional=shape.optional,
        origin=Origin(),
        in_force=ALWAYS,
        of=whose(shape, rows),
    )


def _options(draft: Draft, shape: ColumnShape, spot: Spot) -> Mapping[str, str]:
    written = [key for key in ("options", "options_from") if getattr(shape, key) is not None]
    if shape.type not in _CHOSEN:
        for key in written:
            draft.note(spot[key].name, f"only a choice has '{key}'; this is {shape.type.value}")
    elif len(written) == 2:
        draft.note(spot["options_from"].name, "write either 'options' or 'options_from', not both")
    elif (not written and shape.type is not QuestionType.JUDGEMENT) or shape.options == {}:
        draft.note(spot.name, f"a {shape.type.value} needs 'options', or 'options_from'")
    elif shape.options_from:
        _check_source(draft, shape.options_from, spot["options_from"])
    for name in sorted(_SILENCES & (shape.options or {}).keys()):
        draft.note(spot["options"][name].name, f"write allow: [{name}] instead of an option of that name")
    return options(draft, shape)


def _check_source(draft: Draft, source: str, spot: Spot) -> None:
    if draft.refer(spot, source, lists(draft), "list") and source in ("packages", "measures", "closing_reasons"):
        written = draft.spot if source == "closing_reasons" else draft.measures_spot
        if not written[source].keys:
            draft.note(spot.place, f"the scheme has no {source.replace('_', ' ')} to choose from")


def _check_columns(draft: Draft, shape: QuestionShape, spot: Spot) -> None:
    if shape.type is QuestionType.ROWS and not shape.columns and not spot["columns"].keys:
        draft.note(spot.name, "rows need 'columns': the questions of each row")
    if shape.type is not QuestionType.ROWS and shape.columns is not None:
        draft.note(spot["columns"].name, f"only rows have 'columns'; this is {shape.type.value}")


def _check_uses(draft: Draft, shape: QuestionShape, spot: Spot) -> None:
    if shape.because and shape.type is not QuestionType.JUDGEMENT:
        draft.note(spot["because"].name, f"only a judgement has 'because'; this is {shape.type.value}")
    if shape.search and shape.type not in _SEARCHED[shape.search]:
        wanted = " or ".join(kind.value for kind in _SEARCHED[shape.search])
        message = f"a search by {shape.search} needs the type {wanted}, not {shape.type.value}"
        draft.note(spot["search"].place, message)
    if shape.counted and shape.type not in _COUNTED:
        wanted = ", ".join(kind.value for kind in _COUNTED)
        draft.note(spot["counted"].place, f"only {wanted} can be counted, not {shape.type.value}")
