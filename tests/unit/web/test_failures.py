"""Is somebody told calmly, and truly, what was not done when something goes wrong?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from sanctuary.web import failures


def request() -> HttpRequest:
    """A request of somebody who has not signed in."""
    return RequestFactory().get("/somewhere")


@pytest.mark.parametrize(
    ("page", "status"),
    [(failures.missing, 404), (failures.misunderstood, 400), (failures.broken, 500), (failures.unproven, 403)],
)
def test_each_says_that_nothing_was_recorded(page: Callable[[HttpRequest], HttpResponse], status: int) -> None:
    answer = page(request())
    assert answer.status_code == status
    said = answer.content.decode()
    assert "nothing was sent" in said
    assert "Nothing was recorded" in said or "not saved" in said


def test_a_database_that_is_away_is_told_as_such() -> None:
    try:
        raise OperationalError
    except OperationalError:
        answer = failures.broken(request())
    assert answer.status_code == 503
    assert "not saved" in answer.content.decode()
