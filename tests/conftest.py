"""What does every test share? A database server once one is asked for, and how many examples a property draws."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

from tests.support.database import django_db_modify_db_settings
from tests.support.proof import length

__all__ = ["django_db_modify_db_settings"]

# A loaded machine is slow, not wrong: no example is timed.
settings.register_profile(
    "patient", deadline=None, max_examples=length(full=200, short=50), suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("patient")
