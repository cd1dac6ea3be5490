"""How long does a "no such page" take? As long for a case that is hidden as for one that never was."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic, sleep

from django.http import HttpRequest
from django.http.response import HttpResponseBase

# Finding that somebody is shut out takes a twentieth of a millisecond longer than finding nothing.
STEP = 0.02


class EvennessMiddleware:
    """Lets every 404 leave at a whole number of steps after its request came."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, a little later where there is no such page."""
        start = monotonic()
        response = self.get_response(request)
        if response.status_code == 404:
            sleep(rest(monotonic() - start))
        return response


def rest(taken: float) -> float:
    """Seconds from `taken` to the next whole step."""
    return STEP - taken % STEP
