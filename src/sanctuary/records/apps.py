"""What Django must know of the record: its name and its start-up checks. It has no models; the tables are plain SQL."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class RecordsConfig(AppConfig):
    """The record."""

    name = "sanctuary.records"
    label = "records"

    def ready(self) -> None:
        """Have `check --database default` look at the database's own safety."""
        from sanctuary.records import lint

        register(lint.check_database, Tags.database)
