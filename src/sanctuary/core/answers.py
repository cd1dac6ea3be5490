"""Is this a good answer to that question, and how is it said? One question at a time; whole forms are in `forms`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Union

from sanctuary.core.clocks import LONDON
from sanctuary.core.facts import Silence, Value
from sanctuary.core.scheme import Question, QuestionType

# What a person typed or a file holds, before anybody has looked at it.
Plain = Union[str, Sequence["Plain"], Mapping[str, "Plain"]]

PERIODS: Mapping[str, int] = {"week": 52, "month": 12, "quarter": 4, "year": 1}
SAID_SILENCE: Mapping[Silence, str] = {
    Silence.NOT_APPLICABLE: "Does not apply",
    Silence.NOT_KNOWN: "Not known yet",
    Silence.DECLINED: "Declined to say",
}
LONGEST = 20_000

_POSTCODE = re.compile(r"(GIR ?0AA|[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}|BFPO ?[0-9]{1,4})")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_PHONE = re.compile(r"\+?[0-9]{10,15}")
_AMOUNT = re.compile(r"(?P<amount>[^a-z]+?)\s+(?:a|per|each|every)\s+(?P<per>[a-z]+)")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an answer, as the thing to do about it; `at` is the part of the question concerned."""

    message: str
    at: str = ""


def check(question: Question, plain: Plain, *, drafting: bool = False) -> Value | Fault | None:
    """The value of an answer, what is wrong with it, or None where nothing was answered.

    While `drafting` a row may lack what it needs; `unfinished` finds that later.
    """
    if _blank(plain):
        return None
    silence = _SILENCES.get(plain) if isinstance(plain, str) else None
    if silence is not None:
        return silence if silence in question.allow else Fault(_prompt(question))
    if question.type is QuestionType.ROWS:
        return _rows(question, plain, drafting)
    return _CHECKS[question.type](question, plain)


def unfinished(question: Question, value: Value | None) -> Fault | None:
    """The fault of the first row, among rows that were drafted, which lacks an answer that it needs."""
    for number, row in enumerate(value if isinstance(value, tuple) else ()):
        for column in question.columns:
            if isinstance(row, Mapping) and column.name not in row and not column.optional:
                return Fault(missing(column).message, f"{number}-{column.name}")
    return None


def missing(question: Question) -> Fault:
    """The fault of a question left without an answer."""
    return Fault(_prompt(question))


def said(question: Question, value: Value) -> str:
    """An answer in words, on one or more lines."""
    if isinstance(value, Silence):
        return SAID_SILENCE[value]
    if isinstance(value, Mapping):
        return f"{pounds(value['amount'])} a {value['per']}"
    if isinstance(value, tuple):
        return "\n".join(_said_row(question, row) if isinstance(row, Mapping) else said(question, row) for row in value)
    if isinstance(value, datetime):
        local = value.astimezone(LONDON)
        return f"{_day(local)} at {local:%H:%M}"
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, Decimal):
        return pounds(value)
    if question.type is QuestionType.YES_NO:
        return str(value).capitalize()
    return question.options.get(str(value), str(value))


def pounds(value: Value) -> str:
    """Pounds and pence, with a minus sign before the pound sign."""
    if not isinstance(value, Decimal):
        raise TypeError("money is Decimal pounds")
    return f"{'-' if value < 0 else ''}£{abs(value):,.2f}"


def per_period(amount: Decimal, per: str, wanted: str) -> Decimal:
    """`amount` of each `per`, brought to `wanted` ("week", "month", "quarter", "year") and rounded to the penny."""
    return (amount * PERIODS[per] / PERIODS[wanted]).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _said_row(question: Question, row: Mapping[str, Value]) -> str:
    return ", ".join(said(column, row[column.name]) for column in question.columns if column.name in row)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _blank(plain: Plain) -> bool:
    if isinstance(plain, str):
        return not plain.strip()
    if isinstance(plain, Mapping):
        return all(_blank(part) for name, part in plain.items() if name != "per")
    return all(_blank(part) for part in plain)


_SILENCES: Mapping[str, Silence] = {silence.value: silence for silence in Silence}


def _prompt(question: Question) -> str:
    return f"{_PROMPTS[question.type]} for ‘{question.ask}’"


def _option(question: Question, plain: Plain) -> Value | Fault:
    return plain if isinstance(plain, str) and plain in question.options else Fault(_prompt(question))


def _yes_no(question: Question, plain: Plain) -> Value | Fault:
    return plain if isinstance(plain, str) and plain in ("yes", "no") else Fault(_prompt(question))


def _several(question: Question, plain: Plain) -> Value | Fault:
    picked = [plain] if isinstance(plain, str) else plain
    if isinstance(picked, Mapping) or any(_option(question, one) is not one for one in picked):
        return Fault(_prompt(question))
    return tuple(str(one) for one in picked)


def _text(question: Question, plain: Plain) -> Value | Fault:
    if not isinstance(plain, str):
        return Fault(_prompt(question))
    if len(plain) > LONGEST:
        return Fault(f"‘{question.ask}’ must be {LONGEST:,} characters or fewer")
    if any(ord(character) < 32 and character not in "\n\r\t" for character in plain):
        return Fault(f"Remove the control characters from ‘{question.ask}’")
    return plain.replace("\r\n", "\n").strip()


def _line(question: Question, plain: Plain) -> Value | Fault:
    text = _text(question, plain)
    return text if isinstance(text, Fault) else " ".join(str(text).split())


def _postcode(question: Question, plain: Plain) -> Value | Fault:
    text = re.sub(r"[^A-Z0-9]", "", plain.upper()) if isinstance(plain, str) else ""
    if text == "ZZ993VZ" or _POSTCODE.fullmatch(text):
        return f"{text[:-3]} {text[-3:]}" if not text.startswith("BFPO") else f"BFPO {text[4:]}"
    return Fault(f"Enter a full UK postcode for ‘{question.ask}’, like AB1 2CD")


def _phone(question: Question, plain: Plain) -> Value | Fault:
    text = re.sub(r"[\s()./-]", "", plain) if isinstance(plain, str) else ""
    if _PHONE.fullmatch(text):
        return " ".join(str(plain).split())
    return Fault(f"Enter a telephone number for ‘{question.ask}’, like 020 7946 0123")


def is_email(text: str) -> bool:
    """Whether this can be an e-mail address."""
    return len(text) < 255 and _EMAIL.fullmatch(text.strip()) is not None


def _email(question: Question, plain: Plain) -> Value | Fault:
    if isinstance(plain, str) and is_email(plain):
        return plain.strip()
    return Fault(f"Enter an email address for ‘{question.ask}’, like name@mail.example")


def _number(question: Question, plain: Plain) -> Value | Fault:
    if isinstance(plain, str) and re.fullmatch(r"\s*[0-9]{1,9}\s*", plain, re.ASCII):
        return int(plain)
    return Fault(f"Enter a whole number for ‘{question.ask}’, like 3")


def _money(question: Question, plain: Plain) -> Value | Fault:
    text = re.sub(r"[£,\s]", "", plain) if isinstance(plain, str) else ""
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,2})?", text, re.ASCII):
        return Decimal(text).quantize(Decimal("0.01"))
    return Fault(f"Enter an amount in pounds for ‘{question.ask}’, like 12.50")


def _amount(question: Question, plain: Plain) -> Value | Fault:
    parts: Plain = plain
    if isinstance(plain, str):
        found = _AMOUNT.fullmatch(plain.strip())
        parts = found.groupdict() if found else {}
    if not isinstance(parts, Mapping) or parts.get("per") not in tuple(PERIODS):
        return Fault(f"Select how often for ‘{question.ask}’: a week, month, quarter or year")
    amount = _money(question, parts.get("amount", ""))
    return (
        Fault(amount.message, "amount") if isinstance(amount, Fault) else {"amount": amount, "per": str(parts["per"])}
    )


def _date(question: Question, plain: Plain) -> Value | Fault:
    parts = _parts(plain)
    numbers = {name: _whole(parts.get(name, "")) for name in ("day", "month", "year")}
    for name, number in numbers.items():
        if number is None:
            return Fault(f"Enter a date with a {name} for ‘{question.ask}’, like 27 3 2026", name)
    day, month, year = (number or 0 for number in numbers.values())
    try:
        found = date(year, month, day)
    except ValueError:
        return Fault(f"Enter a real date for ‘{question.ask}’, like 27 3 2026", "day")
    return found if 1900 <= year < 2200 else Fault(f"Enter the year of ‘{question.ask}’ in full", "year")


def _moment(question: Question, plain: Plain) -> Value | Fault:
    parts = _parts(plain)
    day = _date(question, parts)
    clock = re.fullmatch(r"\s*([01]?[0-9]|2[0-3])[:.]([0-5][0-9])\s*", str(parts.get("time", "")), re.ASCII)
    if isinstance(day, Fault):
        return day
    if clock is None or not isinstance(day, date):
        return Fault(f"Enter the time of ‘{question.ask}’ on the 24-hour clock, like 14:30", "time")
    return datetime(day.year, day.month, day.day, int(clock[1]), int(clock[2]), tzinfo=LONDON)


def _parts(plain: Plain) -> Mapping[str, Plain]:
    if isinstance(plain, Mapping):
        return plain
    found = re.fullmatch(
        r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})(?:[ T](?P<time>[0-9:]{4,5}))?",
        plain.strip() if isinstance(plain, str) else "",
        re.ASCII,
    )
    return {name: part or "" for name, part in found.groupdict().items()} if found else {}


def _whole(plain: Plain) -> int | None:
    text = plain.strip() if isinstance(plain, str) else ""
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text, re.ASCII) else None


def _rows(question: Question, plain: Plain, drafting: bool) -> Value | Fault:
    if isinstance(plain, str | Mapping):
        return Fault(_prompt(question))
    rows: list[Value] = []
    for number, row in enumerate(plain):
        if not isinstance(row, Mapping):
            return Fault(_prompt(question))
        if _blank(row):
            continue
        read = _row(question, row, drafting)
        if isinstance(read, Fault):
            return Fault(read.message, f"{number}-{read.at}")
        rows.append(read)
    return tuple(rows)


def _row(question: Question, row: Mapping[str, Plain], drafting: bool) -> Mapping[str, Value] | Fault:
    values: dict[str, Value] = {}
    for column in question.columns:
        value = check(column, row.get(column.name, ""))
        if value is None and not column.optional and not drafting:
            value = missing(column)
        if isinstance(value, Fault):
            return Fault(value.message, column.name if not value.at else f"{column.name}-{value.at}")
        if value is not None:
            values[column.name] = value
    return values


_CHECKS: Mapping[QuestionType, Callable[[Question, Plain], Value | Fault]] = {
    QuestionType.YES_NO: _yes_no,
    QuestionType.CHOICE: _option,
    QuestionType.CHOICES: _several,
    QuestionType.JUDGEMENT: _option,
    QuestionType.TEXT: _line,
    QuestionType.LONG_TEXT: _text,
    QuestionType.NAME: _line,
    QuestionType.ADDRESS: _text,
    QuestionType.POSTCODE: _postcode,
    QuestionType.PHONE: _phone,
    QuestionType.EMAIL: _email,
    QuestionType.NUMBER: _number,
    QuestionType.MONEY: _money,
    QuestionType.AMOUNT: _amount,
    QuestionType.DATE: _date,
    QuestionType.MOMENT: _moment,
}
_PROMPTS: Mapping[QuestionType, str] = {
    QuestionType.YES_NO: "Select yes or no",
    QuestionType.CHOICE: "Select an answer",
    QuestionType.CHOICES: "Select at least one answer",
    QuestionType.JUDGEMENT: "Select your judgement",
    QuestionType.TEXT: "Enter an answer",
    QuestionType.LONG_TEXT: "Enter an answer",
    QuestionType.NAME: "Enter a name",
    QuestionType.ADDRESS: "Enter an address",
    QuestionType.POSTCODE: "Enter a full UK postcode",
    QuestionType.PHONE: "Enter a telephone number",
    QuestionType.EMAIL: "Enter an email address",
    QuestionType.NUMBER: "Enter a whole number",
    QuestionType.MONEY: "Enter an amount in pounds",
    QuestionType.AMOUNT: "Enter an amount in pounds",
    QuestionType.DATE: "Enter a date",
    QuestionType.MOMENT: "Enter a date and a time",
    QuestionType.ROWS: "Enter at least one row",
}
