"""Are deadlines right over nights, weekends, bank holidays, clock changes, month ends and pauses?"""

from datetime import UTC, date, datetime, timedelta

import pytest

from sanctuary.core.clocks import (
    LONDON,
    Calendar,
    Period,
    Unit,
    add_months,
    back,
    deadline,
    deadline_before,
    due,
    extended,
    midnight,
    start_of,
)
from sanctuary.core.facts import Facts, Pause

EASTER = Calendar(bank_holidays=frozenset({date(2026, 4, 3), date(2026, 4, 6)}), known_to=date(2028, 12, 31))


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("start", "count", "unit", "ends"),
    [
        ("2026-03-02 09:00", 24, Unit.HOURS, "2026-03-03 09:00"),
        ("2026-03-28 12:00", 24, Unit.HOURS, "2026-03-29 13:00"),  # the clocks go forward
        ("2026-10-24 12:00", 24, Unit.HOURS, "2026-10-25 11:00"),  # the clocks go back
        ("2026-03-28 12:00", 1, Unit.DAYS, "2026-03-29 12:00"),
        ("2026-03-06 16:30", 1, Unit.WORKING_DAYS, "2026-03-09 16:30"),  # Friday to Monday
        ("2026-04-02 10:00", 1, Unit.WORKING_DAYS, "2026-04-07 10:00"),  # over Easter
        ("2026-04-04 10:00", 1, Unit.WORKING_DAYS, "2026-04-07 10:00"),  # from a Saturday
        ("2026-04-04 10:00", 0, Unit.WORKING_DAYS, "2026-04-04 10:00"),
        ("2026-11-30 08:00", 3, Unit.MONTHS, "2027-02-28 08:00"),
        ("2023-11-30 08:00", 3, Unit.MONTHS, "2024-02-29 08:00"),
        ("2026-12-15 08:00", 12, Unit.MONTHS, "2027-12-15 08:00"),
    ],
)
def test_a_period_runs_out_when_it_should(start: str, count: int, unit: Unit, ends: str) -> None:
    assert due(london(start), Period(count=count, unit=unit), EASTER) == london(ends)


@pytest.mark.parametrize(
    ("end", "count", "unit", "starts"),
    [
        ("2026-03-03 09:00", 24, Unit.HOURS, "2026-03-02 09:00"),
        ("2026-03-29 13:00", 24, Unit.HOURS, "2026-03-28 12:00"),  # the clocks go forward
        ("2026-03-29 12:00", 1, Unit.DAYS, "2026-03-28 12:00"),
        ("2026-04-07 10:00", 1, Unit.WORKING_DAYS, "2026-04-02 10:00"),  # over Easter
        ("2026-04-05 10:00", 1, Unit.WORKING_DAYS, "2026-04-02 10:00"),  # from a Sunday
        ("2026-04-05 10:00", 0, Unit.WORKING_DAYS, "2026-04-05 10:00"),
        ("2026-05-31 08:00", 3, Unit.MONTHS, "2026-02-28 08:00"),
        ("2026-01-15 08:00", 1, Unit.MONTHS, "2025-12-15 08:00"),
    ],
)
def test_a_period_counts_back_as_it_counts_on(end: str, count: int, unit: Unit, starts: str) -> None:
    assert back(london(end), Period(count=count, unit=unit), EASTER) == london(starts)


def test_there_is_time_until_the_end_of_the_day_that_is_so_many_days_before_a_date() -> None:
    release, seven_days = midnight(date(2026, 4, 20)), Period(count=7, unit=Unit.DAYS)
    assert deadline_before(release, seven_days, EASTER) == london("2026-04-13 23:59")
    assert deadline_before(release, Period(count=12, unit=Unit.HOURS), EASTER) == london("2026-04-19 12:00")
    assert deadline_before(london("2026-04-20 15:00"), seven_days, EASTER) == london("2026-04-13 15:00")


def test_elapsed_hours_are_elapsed_hours_from_every_hour_of_the_year() -> None:
    first = datetime(2026, 1, 1, tzinfo=UTC)
    for hour in range(8760):
        start = first + timedelta(hours=hour)
        ends = due(start.astimezone(LONDON), Period(count=48, unit=Unit.HOURS), EASTER)
        assert (ends.astimezone(UTC) - start) == timedelta(hours=48)


def test_a_clock_of_no_days_lasts_to_the_end_of_the_day() -> None:
    same_day, one_day = Period(count=0, unit=Unit.DAYS), Period(count=1, unit=Unit.DAYS)
    assert deadline(london("2026-03-28 12:00"), same_day, EASTER) == london("2026-03-28 23:59")
    assert deadline(london("2026-03-28 12:00"), one_day, EASTER) == london("2026-03-29 12:00")
    assert due(london("2026-03-28 12:00"), same_day, EASTER) == london("2026-03-28 12:00")


def test_the_day_of_the_month_is_kept_or_the_last_one_taken() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 12, 31), 2) == date(2027, 2, 28)
    assert add_months(date(2026, 5, 4), 0) == date(2026, 5, 4)


def test_a_period_says_itself_and_only_counts_forwards() -> None:
    assert str(Period(count=1, unit=Unit.WORKING_DAYS)) == "1 working day"
    assert str(Period(count=48, unit=Unit.HOURS)) == "48 hours"
    with pytest.raises(ValueError, match="forwards"):
        Period(count=-1, unit=Unit.DAYS)


def test_a_clock_starts_at_whatever_the_definition_names() -> None:
    opened, done, asked, met = (london(f"2026-03-0{day} 10:00") for day in (1, 2, 3, 4))
    facts = Facts(
        opened_at=opened,
        area="north",
        done={"survey": done},
        asked={"enquiry": asked},
        answers={"visit.at": met, "works.completed_on": date(2026, 3, 5), "visit.note": "text"},
    )
    assert start_of(facts, "opened") == opened
    assert start_of(facts, "survey") == done
    assert start_of(facts, "asked", asked="enquiry") == asked
    assert start_of(facts, "visit.at") == met
    assert start_of(facts, "works.completed_on") == midnight(date(2026, 3, 5))
    assert start_of(facts, "visit.note") is start_of(facts, "fitting") is start_of(facts, "fitting.on") is None


def test_a_pause_puts_the_end_off_by_as_long_as_it_lasted() -> None:
    start, ends = london("2026-03-02 09:00"), london("2026-03-04 09:00")
    before = Pause(step="visit", start=start - timedelta(hours=5), end=start + timedelta(hours=1), reason="ill")
    running = Pause(step="visit", start=start + timedelta(hours=10), end=None, reason="away")
    other = Pause(step="works", start=start, end=None, reason="parts")
    early = Pause(step="visit", start=start - timedelta(hours=9), end=start - timedelta(hours=8), reason="early")
    later = Pause(step="visit", start=start + timedelta(hours=50), end=None, reason="not yet")
    now = start + timedelta(hours=12)
    moved = extended(ends, (before, running, other, early, later), "visit", start, now)
    assert moved == ends + timedelta(hours=3)
