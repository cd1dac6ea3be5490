"""Is enough of today left? Who types today's date on several pages waits for tomorrow where midnight is near."""

from __future__ import annotations

from datetime import datetime, timedelta
from time import sleep

from sanctuary.core.clocks import LONDON

# Longer than any test takes from the day that it read off the clock to the page that judges it.
NEAR = timedelta(minutes=2)


def until_midnight(now: datetime) -> timedelta:
    """How long today lasts yet, by the clock in London."""
    midnight = datetime.combine(now.astimezone(LONDON).date() + timedelta(days=1), datetime.min.time(), tzinfo=LONDON)
    return timedelta(seconds=midnight.timestamp() - now.timestamp())


def away_from_midnight() -> datetime:
    """The time in London, once it is not shortly before midnight."""
    left = until_midnight(datetime.now(LONDON))
    if left < NEAR:
        sleep(left.total_seconds() + 0.1)
    return datetime.now(LONDON)
