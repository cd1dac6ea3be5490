"""Does a "no such page" leave at a whole step, and nothing else wait?"""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from sanctuary.web import evenness


@pytest.mark.parametrize(("taken", "left"), [(0.001, 0.019), (0.019, 0.001), (0.021, 0.019), (0.1, 0.02)])
def test_it_waits_for_the_next_whole_step(taken: float, left: float) -> None:
    assert evenness.rest(taken) == pytest.approx(left)


@pytest.mark.parametrize(("status", "waits"), [(200, 0), (302, 0), (403, 0), (404, 1)])
def test_only_what_is_not_there_waits(status: int, waits: int, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(evenness, "sleep", waited.append)
    answer = evenness.EvennessMiddleware(lambda request: HttpResponse(status=status))(RequestFactory().get("/"))
    assert answer.status_code == status
    assert len(waited) == waits
    assert all(0 < seconds <= evenness.STEP for seconds in waited)
