"""Which days are bank holidays? Those of England and Wales, from a list that is installed; nothing is fetched."""

from __future__ import annotations

from datetime import date
from functools import cache

from govuk_bank_holidays.bank_holidays import BankHolidays

from sanctuary.core.clocks import Calendar


@cache
def england_and_wales() -> Calendar:
    """The working calendar, known to the end of the last year that the list covers."""
    holidays = BankHolidays(use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    days = frozenset(day["date"] for day in holidays)
    return Calendar(bank_holidays=days, known_to=date(max(days).year, 12, 31))
