"""What does Google's CEL say about a rule? The oracle for our conditions; an error of its is unknown here."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from cel_expr_python import cel

from sanctuary.core.clocks import LONDON
from sanctuary.core.conditions import Scope
from sanctuary.core.facts import Silence, Value
from tests.support.random_conditions import BANK_HOLIDAYS

_ANSWERS = cel.Type.Map(cel.Type.STRING, cel.Type.DYN)


def oracle(rule: str) -> Callable[[Scope], bool | None]:
    """Decides `rule`, in the oracle's dialect: True, False, or None where CEL finds an error."""
    expression = _ENVIRONMENT.compile(rule)

    def decide(scope: Scope) -> bool | None:
        result = expression.eval(data=_data(scope))
        return bool(result.value()) if result.type() == cel.Type.BOOL else None

    return decide


def _data(scope: Scope) -> dict[str, Any]:
    steps: dict[str, dict[str, Value]] = {"a": {}, "b": {}}
    for name, value in scope.facts.items():
        step, _, question = name.partition(".")
        steps[step][question] = value
    today = scope.now.astimezone(LONDON).date()
    answers: dict[str, Any] = {step: _answers(asked) for step, asked in steps.items()}
    return answers | {"now": scope.now.astimezone(UTC), "today": datetime.combine(today, time(), UTC)}


def _answers(asked: Mapping[str, Value]) -> dict[str, Any]:
    """The answers, and under `has_…` whether each is a value. What is not known is left out: an error in CEL."""
    found: dict[str, Any] = {}
    for name, value in asked.items():
        if value is not Silence.NOT_KNOWN:
            found[f"has_{name}"] = not isinstance(value, Silence)
        if value not in (Silence.NOT_KNOWN, Silence.DECLINED):
            found[name] = _plain(value)
    return found


def _plain(value: Value) -> Any:
    match value:
        case Silence():
            return None
        case Decimal():
            return float(value)
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return f"{value}T00:00:00Z"
        case timedelta():
            return f"{value.total_seconds():.0f}s"
        case tuple():
            return [_plain(item) for item in value]
        case Mapping():
            return _answers(value)
        case _:
            return value


def _moved_day(start: datetime, unit: str, count: int) -> datetime:
    return datetime.combine(_day(start.date(), unit, count), time(), UTC)


def _moved_moment(start: datetime, unit: str, count: int) -> datetime:
    local = start.astimezone(LONDON)
    moved = datetime.combine(_day(local.date(), unit, count), local.time(), LONDON)
    return moved.astimezone(UTC)


def _day(day: date, unit: str, count: int) -> date:
    if unit == "days":
        return date.fromordinal(day.toordinal() + count)
    if unit == "months":
        whole = day.year * 12 + day.month - 1 + count
        year, month = whole // 12, whole % 12 + 1
        return date(year, month, min(day.day, monthrange(year, month)[1]))
    step = 1 if count > 0 else -1
    ahead = (day + timedelta(days=step * number) for number in range(1, 60))
    open_days = [each for each in ahead if each.isoweekday() < 6 and each not in BANK_HOLIDAYS]
    return open_days[abs(count) - 1] if count else day


def _function(name: str, implementation: Callable[[datetime, str, int], datetime]) -> cel.FunctionDecl:
    parameters = [cel.Type.TIMESTAMP, cel.Type.STRING, cel.Type.INT]
    overload = cel.Overload(name, return_type=cel.Type.TIMESTAMP, parameters=parameters, impl=implementation)
    return cel.FunctionDecl(name, [overload])


_ENVIRONMENT = cel.NewEnv(
    variables={"a": _ANSWERS, "b": _ANSWERS, "now": cel.Type.TIMESTAMP, "today": cel.Type.TIMESTAMP},
    functions=[_function("moved_day", _moved_day), _function("moved_moment", _moved_moment)],
)
