"""What may a template use? The Jinja2 environment: GOV.UK components, addresses of pages, words for times and money."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChoiceLoader, Environment

from sanctuary.web import wording
from sanctuary.web.components import GOVUK_TEMPLATES, component


def environment(**options: Any) -> Environment:
    """The environment of Django's Jinja2 backend."""
    options["loader"] = ChoiceLoader([options["loader"], GOVUK_TEMPLATES])
    options |= {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**options)  # noqa: S701 - it is on
    made.globals.update(static=static, url=_address, component=component)
    made.filters.update(moment=wording.moment, day=wording.day, machine_time=wording.machine_time)
    return made


def _address(name: str, **parts: Any) -> str:
    return reverse(name, kwargs=parts)
