"""What do the flows of a scheme's cases look like? Two days, a scheme, and counts that reconcile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sanctuary.core.answers import Fault, check
from sanctuary.core.flows import Flows
from sanctuary.core.scheme import Question, QuestionType, Scheme
from sanctuary.web import wording
from sanctuary.web.forms.page import Problem

PARTS = ("day", "month", "year")
_WHEN = {"from": "The first day", "until": "The last day"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the table."""

    label: str
    cases: int
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowsPage:
    """The page. `rows` are empty while something is wrong with the days."""

    scheme: str
    schemes: tuple[dict[str, object], ...]
    dates: tuple[dict[str, object], ...]
    between: str
    rows: tuple[Row, ...]
    sum: str
    problems: tuple[Problem, ...]


def days(typed: Mapping[str, str], today: date) -> tuple[dict[str, date], tuple[Problem, ...]]:
    """The first and the last day that were asked for; without any, the financial year up to today."""
    year = today.year - (today < date(today.year, 4, 1))
    found, problems = {"from": date(year, 4, 1), "until": today}, []
    for name, ask in _WHEN.items():
        plain = {part: typed.get(f"{name}-{part}", "") for part in PARTS}
        value = check(Question(name=name, ask=ask, type=QuestionType.DATE, compartment=""), plain)
        if isinstance(value, Fault):
            problems.append(Problem(text=value.message, href=f"#{name}-{value.at}"))
        elif isinstance(value, date):
            found[name] = value
    if not problems and found["until"] < found["from"]:
        problems.append(Problem(text="The last day has to be the first day or later", href="#until-day"))
    return found, tuple(problems)


def flows_page(
    schemes: Mapping[str, Scheme],
    chosen: str,
    typed: Mapping[str, str],
    found: Flows | None,
    dates: Mapping[str, date],
    problems: tuple[Problem, ...],
) -> FlowsPage:
    """The page for one of the `schemes`; `found` is None where the days are no days."""
    return FlowsPage(
        scheme=chosen,
        schemes=tuple({"value": key, "text": each.title, "selected": key == chosen} for key, each in schemes.items()),
        dates=tuple(_date(name, ask, typed, dates[name], problems) for name, ask in _WHEN.items()),
        between=f"From {wording.day(found.first)} to {wording.day(found.last)}, both included" if found else "",
        rows=_rows(schemes[chosen], found) if found else (),
        sum=_sum(found) if found else "",
        problems=problems,
    )


def _rows(scheme: Scheme, found: Flows) -> tuple[Row, ...]:
    titles = {name: reason.title for name, reason in scheme.closing_reasons.items()}
    named = [Row(label=titles[name], cases=found.closed.get(name, 0)) for name in titles]
    others = sum(cases for name, cases in found.closed.items() if name not in titles)
    return (
        Row(label="Open before the first day", cases=found.open_before, strong=True),
        Row(label="Came", cases=found.opened, strong=True),
        *(row for row in named if row.cases),
        *((Row(label="Closed for a reason of an earlier version", cases=others),) if others else ()),
        Row(label="Ended, all reasons together", cases=found.ended, strong=True),
        Row(label="Still open after the last day", cases=found.open_after, strong=True),
    )


def _sum(found: Flows) -> str:
    return (
        f"{found.open_before} open before and {found.opened} that came make {found.open_before + found.opened}; "
        f"{found.ended} ended and {found.open_after} still open make {found.ended + found.open_after}."
    )


def _date(name: str, ask: str, typed: Mapping[str, str], day: date, problems: tuple[Problem, ...]) -> dict[str, object]:
    """The box for one of the days, with what was typed or what was taken instead."""
    kept = [typed.get(f"{name}-{part}", "") for part in PARTS]
    values = kept if any(kept) else [str(day.day), str(day.month), str(day.year)]
    wrong = next((problem.text for problem in problems if problem.href.startswith(f"#{name}-")), "")
    box: dict[str, object] = {
        "id": name,
        "fieldset": {"legend": {"text": ask, "classes": "govuk-fieldset__legend--s"}},
        "items": [_part(name, part, value, wrong) for part, value in zip(PARTS, values, strict=True)],
    }
    return {**box, "errorMessage": {"text": wrong}} if wrong else box


def _part(name: str, part: str, value: str, wrong: str) -> dict[str, object]:
    width = "govuk-input--width-4" if part == "year" else "govuk-input--width-2"
    return {
        "id": f"{name}-{part}",
        "name": f"{name}-{part}",
        "label": part.capitalize(),
        "classes": f"{width} govuk-input--error" if wrong else width,
        "inputmode": "numeric",
        "value": value,
    }
