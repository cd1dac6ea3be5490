"""What do two schemes say to the same facts? Chosen by coded values only: the address tells of nobody."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict

from sanctuary.actions import definitions
from sanctuary.core.compare import compare as compared
from sanctuary.core.meanings import Catalogue, Meaning
from sanctuary.core.putting import Given
from sanctuary.core.scheme import Scheme
from sanctuary.core.topics import account, imagined
from sanctuary.loader.meanings import catalogue
from sanctuary.web.showing import now, show


def compare(request: HttpRequest) -> HttpResponse:
    """The form of facts, and below it what both schemes say."""
    schemes, known, at = definitions.running(), catalogue(Path(settings.SCHEMES))[0] or Catalogue(), now()
    one, other = _chosen(request.GET, schemes)
    given = _given(request.GET, known)
    told = [account(each, imagined(each, given, at), given, known, at) for each in (one, other) if each]
    return show(
        request,
        "compare.html",
        choices=[{"value": key, "text": scheme.title} for key, scheme in schemes.items()],
        sides=[("one", "This scheme", one), ("other", "And this one", other)],
        asked=_asked(known, given),
        given=given,
        topics=[topic for topic in compared(told) if topic.rows] if one and other else [],
        titles=[each.title for each in (one, other) if each],
        here="compare",
    )


def _chosen(sent: QueryDict, schemes: Mapping[str, Scheme]) -> tuple[Scheme | None, Scheme | None]:
    """The schemes asked for; the first two where nothing sensible is."""
    first = [*schemes.values(), None, None]
    return schemes.get(sent.get("one", ""), first[0]), schemes.get(sent.get("other", ""), first[1])


def _given(sent: QueryDict, known: Catalogue) -> Given:
    """The facts chosen: only those that the catalogue has, with answers that it has."""
    return {name: str(sent[name]) for name, meaning in known.facts.items() if sent.get(name) in meaning.options}


def _asked(known: Catalogue, given: Given) -> list[dict[str, Any]]:
    """A choice for each fact that schemes may ask for."""
    return [
        {"name": name, "title": meaning.title, "items": _options(meaning, given.get(name))}
        for name, meaning in known.facts.items()
    ]


def _options(meaning: Meaning, chosen: object) -> list[dict[str, Any]]:
    answers = ({"value": one, "text": text, "selected": one == chosen} for one, text in meaning.options.items())
    return [{"value": "", "text": "Not said"}, *answers]
