"""What is the least that a page could take? Bare Django views: the same queries, a plain template, as many rows.

Nobody is asking, no policy applies, nothing is decrypted, noted or committed, and nothing is drawn with components.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test.utils import override_settings
from django.urls import path
from django.utils import timezone
from jinja2 import Environment

from sanctuary.gateways import database
from sanctuary.records.worklist import BY_NEED, COUNTS, LATEST, NOT_OUR_TURN, OUR_TURN, PAGE

ALIAS = "floor"
OURS = "g.agency_id = %s and g.role = %s and "
NEEDING = PAGE.format(which=OURS + OUR_TURN, order=BY_NEED)
WAITING = PAGE.format(which=OURS + NOT_OUR_TURN, order=LATEST)
COUNT = f"{COUNTS} and g.agency_id = %s and g.role = %s"
CASE = """
    select k.reference, k.scheme, k.version, k.area, k.opened_at, k.head_seq, p.progress, p.recheck_at
      from kase k left join case_projection p on p.case_id = k.id where k.id = %s
"""
EVENTS = """
    select e.seq, e.compartment, e.kind, e.recorded_at, e.happened_at, a.key, e.author_user, p.name,
           e.nonce, e.ciphertext, k.wrapped
      from event e join agency a on a.id = e.author_agency join account p on p.id = e.author_user
      left join case_key k on k.case_id = e.case_id and k.compartment = e.compartment
     where e.case_id = %s order by e.seq
"""
PLAIN = Environment(autoescape=True).from_string(
    "<!doctype html><title>{{ title }}</title><h1>{{ title }}</h1>"
    "{% for rows in tables %}<table>{% for row in rows %}"
    "<tr>{% for value in row %}<td>{{ value }}</td>{% endfor %}</tr>"
    "{% endfor %}</table>{% endfor %}"
)
# Columns shown: everything but identifiers, ciphertexts and keys.
LISTED, TOLD = slice(1, 12), slice(0, 6)


def application() -> WSGIHandler:
    """The site's own stack of middleware without the record's, before the bare views."""
    _connect()
    stack = [name for name in settings.MIDDLEWARE if not name.startswith("sanctuary.records")]
    with override_settings(MIDDLEWARE=[*stack, f"{__name__}.BareMiddleware"]):
        return WSGIHandler()


class BareMiddleware:
    """Sends a request to the bare views instead of the site's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The bare answer."""
        request.urlconf = __name__  # type: ignore[attr-defined]
        return self.get_response(request)


def worklist(request: HttpRequest, agency: int, role: str) -> HttpResponse:
    """Both lists of the worklist and how long they are."""
    at = timezone.localtime()
    counts = _rows(COUNT, [at, agency, role])
    lists = [_rows(statement, [agency, role, at, 50, 0]) for statement in (NEEDING, WAITING)]
    return _page("Worklist", [counts, *([row[LISTED] for row in rows] for rows in lists)])


def case(request: HttpRequest, case_id: UUID, lines: int) -> HttpResponse:
    """A case and its events, and as many lines more as make up `lines`: what is answered stands in ciphertexts."""
    found, told = _rows(CASE, [case_id]), _rows(EVENTS, [case_id])
    more = [("A question of a form", "An answer")] * (lines - len(told))
    return _page("Case", [[row[:6] for row in found], [row[TOLD] for row in told], more])


urlpatterns = [path("ours/<int:agency>/<slug:role>", worklist), path("cases/<uuid:case_id>/<int:lines>", case)]


def _page(title: str, tables: Sequence[Sequence[Sequence[Any]]]) -> HttpResponse:
    return HttpResponse(PLAIN.render(title=title, tables=tables))


def _rows(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _connect() -> None:
    """A login over which no policy stands, otherwise connected like the application's own."""
    own, login = connections.databases["default"], database.administrator()
    connections.databases[ALIAS] = {
        **own,
        "ENGINE": "django.db.backends.postgresql",
        "HOST": login.host,
        "PORT": login.port,
        "NAME": login.database,
        "USER": login.role,
        "PASSWORD": login.password,
        "OPTIONS": {**own["OPTIONS"], **login.options, "options": "-c jit=off -c enable_bitmapscan=off"},
    }
