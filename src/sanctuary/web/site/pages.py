"""Which pages does the static site have, and what is in them? By their paths; writing them is the command's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader

from sanctuary.core.compare import compare
from sanctuary.core.meanings import Catalogue
from sanctuary.core.topics import account, imagined
from sanctuary.loader.disagreements import Contradiction
from sanctuary.web import wording
from sanctuary.web.components import GOVUK_TEMPLATES, component
from sanctuary.web.site.described import Described

TEMPLATES = Path(__file__).resolve().parents[1] / "jinja2"
# GOV.UK's frame brings one script of its own, which switches on what this site does not have.
_SCRIPT = re.compile(r"<script\b.*?</script>\s*", re.DOTALL)
# The pages of a scheme: their files, and what they are called.
PARTS: Mapping[str, str] = {
    "index": "The scheme",
    "steps": "Steps and forms",
    "rules": "Rules",
    "measures": "Measures",
    "times": "Times",
    "access": "Who may read what",
    "held": "Why it is held",
    "letters": "Letters",
    "examples": "Examples",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What the site is made of. `comments` says, in words, where to send comments: that is the deployment's to say."""

    schemes: tuple[Described, ...]
    catalogue: Catalogue
    contradictions: tuple[Contradiction, ...]
    comments: str
    now: datetime


def pages(site: Site) -> Iterator[tuple[str, str]]:
    """Every page: its path within the site, and its text."""
    yield "index.html", _page("site/index.html", "", site)
    yield "compare.html", _page("site/compare.html", "", site, topics=_topics(site))
    yield "contradictions.html", _page("site/contradictions.html", "", site)
    for described in site.schemes:
        for part, title in PARTS.items():
            template = f"site/{'scheme' if part == 'index' else part}.html"
            yield f"{described.scheme.key}/{part}.html", _page(template, "../", site, it=described, part=title)


def _topics(site: Site) -> Iterable[Any]:
    told = (
        account(one.scheme, imagined(one.scheme, {}, site.now), {}, site.catalogue, site.now) for one in site.schemes
    )
    return [topic for topic in compare(list(told)) if topic.rows]


def _page(template: str, root: str, site: Site, **context: Any) -> str:
    environment = _environment(root)
    text = environment.get_template(template).render(site=site, root=root, parts=PARTS, **context)
    return _SCRIPT.sub("", text)


@cache
def _environment(root: str) -> Environment:
    """The site's own environment: the templates of the screens, with links that are relative to the page."""
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(TEMPLATES), GOVUK_TEMPLATES]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        static=lambda path: f"{root}assets/{path}", url=lambda name: f"{root}index.html", component=component
    )
    made.filters.update(day=wording.day)
    return made
