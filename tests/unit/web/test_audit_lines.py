"""What is a role called beside what its people read? As in the scheme in which their agency has a part."""

from __future__ import annotations

from functools import cache

from sanctuary.core.scheme import Scheme
from sanctuary.loader import load
from sanctuary.web.pages.audit import role_title
from tests.support.source import ROOT


@cache
def schemes() -> dict[str, Scheme]:
    found = {key: load(ROOT / "schemes" / key).scheme for key in ("hammersmith_fulham", "norfolk", "uttlesford")}
    return {key: scheme for key, scheme in found.items() if scheme}


def test_a_role_is_called_as_in_the_scheme_of_its_agency() -> None:
    for scheme in schemes().values():
        for area in scheme.areas.values():
            for role, agency in area.agencies.items():
                assert role_title(schemes(), role, scheme.agencies[agency]) == scheme.roles[role].title


def test_elsewhere_any_scheme_serves_and_for_an_unknown_role_its_name() -> None:
    called = {scheme.roles["housing"].title for scheme in schemes().values() if "housing" in scheme.roles}
    assert len(called) > 1
    assert role_title(schemes(), "housing", "An agency that nobody knows") in called
    assert role_title(schemes(), "night_watch", "An agency that nobody knows") == "night watch"
