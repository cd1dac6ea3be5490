"""How does Django find the pages' templates and style sheet?"""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages."""

    name = "sanctuary.web"
    label = "web"
