"""What does every test share? A database server once one is asked for, how much a property draws, no waiting."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from sanctuary.web import evenness
from tests.support.database import django_db_modify_db_settings
from tests.support.proof import SHORT, length

__all__ = ["django_db_modify_db_settings"]

# A loaded machine is slow, not wrong: no example is timed. What CI draws is the same every time; at full length a
# proof looks where nobody looked before.
settings.register_profile(
    "patient",
    deadline=None,
    derandomize=SHORT,
    max_examples=length(full=200, short=50),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("patient")


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """That a "no such page" waits for a whole step, test_evenness says, and the measured proof shows."""
    monkeypatch.setattr(evenness, "sleep", lambda seconds: None)
