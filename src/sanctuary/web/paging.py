"""Which page of a list does an address ask for?"""

from __future__ import annotations

from django.http import HttpRequest


def page_asked(request: HttpRequest) -> int:
    """The number of the page that the address asks for; the first, where it asks for none that could be."""
    number = request.GET.get("page", "")
    return int(number) if number.isascii() and number.isdigit() and 0 < int(number) < 100_000 else 1
