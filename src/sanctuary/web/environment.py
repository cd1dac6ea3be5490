"""What may a template use? The Jinja2 environment: GOV.UK components, addresses of pages, words for times and money."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.templatetags.static import static
from django.urls import get_resolver
from jinja2 import ChoiceLoader, Environment

from sanctuary.web import wording
from sanctuary.web.components import GOVUK_TEMPLATES, component

# Written as they are: nothing in them has a meaning of its own in an address.
_PLAIN = (UUID, int)


def environment(**options: Any) -> Environment:
    """The environment of Django's Jinja2 backend."""
    options["loader"] = ChoiceLoader([options["loader"], GOVUK_TEMPLATES])
    options |= {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**options)  # noqa: S701 - it is on
    made.globals.update(static=static, url=_address, component=component)
    made.filters.update(moment=wording.moment, day=wording.day, machine_time=wording.machine_time)
    return made


def _address(name: str, **parts: Any) -> str:
    """The address of a page, as Django's `reverse` gives it: lists have hundreds, so the way there is kept."""
    return _way(name, *parts) % {
        part: value if isinstance(value, _PLAIN) else quote(str(value)) for part, value in parts.items()
    }


@lru_cache(maxsize=256)
def _way(name: str, *parts: str) -> str:
    """The address with a place for each of its `parts`. Raises LookupError where no page is called so."""
    for ways, _, _, _ in get_resolver().reverse_dict.getlist(name):
        for way, wanted in ways:
            if set(parts) == set(wanted):
                return "/" + way
    raise LookupError(f"no page is called {name!r} with {', '.join(sorted(parts)) or 'no parts'}")
