"""Fixtures that tests of every kind may ask for."""

from tests.support.database import django_db_modify_db_settings

__all__ = ["django_db_modify_db_settings"]
