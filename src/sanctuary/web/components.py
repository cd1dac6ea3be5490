"""How is a GOV.UK component drawn from Python or a template? What it is drawn with, its caller knows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

# GOV.UK's macros import one another as govuk_frontend_jinja/…
GOVUK_TEMPLATES = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
_ENVIRONMENT = Environment(loader=GOVUK_TEMPLATES, autoescape=True, trim_blocks=True, lstrip_blocks=True)


def component(name: str, parameters: Mapping[str, Any]) -> Markup:
    """The component `name` ("date-input") with the parameters of GOV.UK Frontend's own Nunjucks macro."""
    return Markup(_macro(name)(parameters))  # noqa: S704 - the macros escape what they are given


@cache
def _macro(name: str) -> Any:
    module = _ENVIRONMENT.get_template(f"govuk_frontend_jinja/components/{name}/macro.html").module
    return getattr(module, "govuk" + "".join(part.capitalize() for part in name.split("-")))
