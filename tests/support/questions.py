"""Which questions do the tests of conditions ask about? A small form, with a question of every kind."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sanctuary.core.clocks import Calendar
from sanctuary.core.conditions import Condition, FactType, Kind, Scope, compile_condition
from sanctuary.core.facts import Unknown, Value

YES_NO = FactType(kind=Kind.CHOICE, options=("yes", "no"))
CHILD = {
    "age": FactType(kind=Kind.NUMBER),
    "name": FactType(kind=Kind.TEXT),
    "school": YES_NO,
    "born": FactType(kind=Kind.DATE),
    "met": FactType(kind=Kind.MOMENT),
    "needs": FactType(kind=Kind.CHOICES, options=("play", "speech")),
}
NAMES = {
    "referral.safe": YES_NO,
    "referral.moved": YES_NO,
    "referral.area": FactType(kind=Kind.CHOICE, options=("norwich", "breckland", "broadland")),
    "referral.town": FactType(kind=Kind.CHOICE),
    "referral.language": FactType(kind=Kind.TEXT),
    "referral.made": FactType(kind=Kind.MOMENT),
    "referral.seen": FactType(kind=Kind.MOMENT),
    "home.since": FactType(kind=Kind.DATE),
    "home.until": FactType(kind=Kind.DATE),
    "home.rooms": FactType(kind=Kind.NUMBER),
    "home.doors": FactType(kind=Kind.NUMBER),
    "home.locks": FactType(kind=Kind.CHOICES, options=("front", "back", "window")),
    "home.waited": FactType(kind=Kind.DURATION),
    "home.children": FactType(kind=Kind.ROWS, columns=CHILD),
    "home.adults": FactType(kind=Kind.ROWS, columns={"name": FactType(kind=Kind.TEXT)}),
    "money.savings": FactType(kind=Kind.MONEY),
    "money.debts": FactType(kind=Kind.MONEY),
    "return.made": YES_NO,
    "money.null": YES_NO,
}
CALENDAR = Calendar(bank_holidays=frozenset({date(2026, 5, 4)}), known_to=date(2027, 12, 31))
# A Friday, half past twelve in London.
NOW = datetime(2026, 5, 1, 11, 30, tzinfo=UTC)


def compiled(text: str) -> Condition:
    """The condition in `text`, which has no problem."""
    condition = compile_condition(text, NAMES)
    assert isinstance(condition, Condition), condition
    return condition


def decided(text: str, facts: dict[str, Value], now: datetime = NOW) -> bool | set[str]:
    """What `text` decides: True, False, or the names of the facts that would settle it."""
    answer = compiled(text).decide(Scope(facts, now, CALENDAR))
    return set(answer.facts) if isinstance(answer, Unknown) else answer
