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
    way_in = {"start", "sign_in", "sign_in_passkey", "sign_in_code", "sign_in_recovery", "sign_out"}
    agencies = {"sign_in_through_agency", "leave_for_agency", "back_from_agency"}
    newcomers = {"welcome", "welcome_password", "welcome_app", "welcome_codes", "welcome_passkey", "welcome_done"}
    assert {name for name, who in ACCESS.items() if who is Who.ANYONE} == way_in | agencies | newcomers | {"accept"}
