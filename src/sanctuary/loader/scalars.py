"""How are names, flags, days and periods written? What the shapes are made of, and what is wrong with others."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, NoReturn

from pydantic import BeforeValidator, PlainValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from sanctuary.core.clocks import LONDON, Period, Unit

_NAME = r"^[a-z][a-z0-9_]*$"
_OPTION = r"^[a-z0-9][a-z0-9_]*$"
_FACT = r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$"
_REQUIREMENT = r"^[A-Z]{1,3}[0-9]{1,3}$"
_PERIOD = re.compile(r"([0-9]{1,4}) (hour|day|working day|month)(s?)")
# Years that a case can have to do with, so that no sum of a date and a period leaves the calendar.
_DATE = r"(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}"
_MOMENT = re.compile(rf"{_DATE}[ T][0-9]{{2}}:[0-9]{{2}}(:[0-9]{{2}})?( ?(Z|[+-][0-9]{{2}}:[0-9]{{2}}))?")
_FLAGS = {"yes": True, "true": True, "no": False, "false": False}
NOT_STATED = "not stated"


def moment(text: str) -> datetime | None:
    """The time that `text` names, aware: London time unless it says its offset; None where it names none."""
    if not _MOMENT.fullmatch(text):
        return None
    try:
        found = datetime.fromisoformat(text.replace(" +", "+").replace(" -", "-").replace(" Z", "Z"))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=LONDON)


def _refuse(message: str) -> NoReturn:
    # The message goes in as a value, so that braces in it stay as they are.
    raise PydanticCustomError("plain", "{message}", {"message": message})


def _flag(value: Any) -> bool:
    if not isinstance(value, str) or value not in _FLAGS:
        _refuse("write yes or no")
    return _FLAGS[value]


def _whole(value: Any) -> int:
    if not isinstance(value, str) or not re.fullmatch(r"0|[1-9][0-9]{0,8}", value, re.ASCII):
        _refuse("write a whole number, like 3")
    return int(value)


def _day(value: Any) -> date:
    if not isinstance(value, str) or not re.fullmatch(_DATE, value, re.ASCII):
        _refuse("write a date with year, month and day, like 2026-05-01")
    try:
        return date.fromisoformat(value)
    except ValueError:
        _refuse(f"there is no such day as {value}")


def _pounds(value: Any) -> Decimal:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{2})?", value, re.ASCII):
        _refuse("write an amount in pounds, like 1200.00")
    return Decimal(value).quantize(Decimal("0.01"))


def _period(value: Any) -> Period:
    found = _PERIOD.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        _refuse("write a length of time like 24 hours, 1 working day, 7 days or 3 months")
    return Period(count=int(found[1]), unit=Unit(f"{found[2]}s"))


def _lasting(value: Any) -> Period:
    found = _period(value)
    if not found.count:
        _refuse("write a length of time that is longer than none, like 28 days or 3 months")
    return found


def _at(value: Any) -> datetime:
    found = moment(value) if isinstance(value, str) else None
    if found is None:
        _refuse("write a date and a time, like 2026-03-02 09:30")
    return found


def _due(value: Any) -> datetime | None:
    return None if value == "none" else _at(value)


def _several(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _within(value: Any) -> Period | None:
    if value == NOT_STATED:
        return None
    try:
        return _period(value)
    except PydanticCustomError:
        _refuse("write a length of time like 24 hours, 1 working day, 7 days or 3 months, or: not stated")


_PERIOD_SCHEMA = {"type": "string", "pattern": r"^[0-9]{1,4} (hour|day|working day|month)s?$"}
_MOMENT_SCHEMA = {"type": "string", "pattern": f"^{_MOMENT.pattern}$"}
_WITHIN_SCHEMA = {"anyOf": [_PERIOD_SCHEMA, {"const": NOT_STATED}]}
_WORD_SCHEMA = {"type": "string", "pattern": _OPTION}
_SEVERAL_SCHEMA = {"anyOf": [_WORD_SCHEMA, {"type": "array", "items": _WORD_SCHEMA}]}
_POUNDS_SCHEMA = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^[0-9]{1,9}(\.[0-9]{2})?$"}]}
_FLAG_SCHEMA = {"enum": ["yes", "no", True, False]}

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Name = Annotated[str, StringConstraints(pattern=_NAME)]
OptionName = Annotated[str, StringConstraints(pattern=_OPTION)]
OneOrMore = Annotated[tuple[OptionName, ...], BeforeValidator(_several), WithJsonSchema(_SEVERAL_SCHEMA)]
FactName = Annotated[str, StringConstraints(pattern=_FACT)]
Requirement = Annotated[str, StringConstraints(pattern=_REQUIREMENT)]
Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema(_FLAG_SCHEMA)]
Whole = Annotated[int, BeforeValidator(_whole)]
Pounds = Annotated[Decimal, BeforeValidator(_pounds), WithJsonSchema(_POUNDS_SCHEMA)]
Day = Annotated[date, BeforeValidator(_day)]
Moment = Annotated[datetime, PlainValidator(_at), WithJsonSchema(_MOMENT_SCHEMA)]
Due = Annotated[datetime | None, PlainValidator(_due), WithJsonSchema({"anyOf": [_MOMENT_SCHEMA, {"const": "none"}]})]
Length = Annotated[Period, PlainValidator(_period), WithJsonSchema(_PERIOD_SCHEMA)]
# A time after which something counts no longer: with none, it would never have counted.
Lasting = Annotated[Period, PlainValidator(_lasting), WithJsonSchema(_PERIOD_SCHEMA)]
Within = Annotated[Period | None, PlainValidator(_within), WithJsonSchema(_WITHIN_SCHEMA)]
