"""What does every test share? A database server once one is asked for, and how many examples a property draws."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from tests.support.proof import length

# A loaded machine is slow, not wrong: no example is timed.
settings.register_profile(
    "patient", deadline=None, max_examples=length(full=200, short=50), suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Start the embedded server, or reach the one that DATABASE_URL names, before the first test that needs it."""
    from sanctuary.gateways.database import ensure_server

    ensure_server()
