"""Does every route stand in the access table, and every line of the table at a route?"""

from __future__ import annotations

from django.urls import URLPattern

from sanctuary.config.urls import urlpatterns
from sanctuary.web.access_table import Who
from sanctuary.web.addresses import ACCESS


def test_every_route_has_its_line() -> None:
    names = [pattern.name for pattern in urlpatterns]
    assert all(isinstance(pattern, URLPattern) for pattern in urlpatterns)
    assert sorted(str(name) for name in names) == sorted(ACCESS)


def test_only_the_way_in_and_out_is_open_to_anyone() -> None:
    assert {name for name, who in ACCESS.items() if who is Who.ANYONE} == {"start", "sign_in", "sign_out"}
