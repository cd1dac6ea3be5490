"""Which page of a list does an address ask for?"""

from __future__ import annotations

from django.http import HttpRequest

from sanctuary.web.pages.worklist import last_page


def page_asked(request: HttpRequest, count: int) -> int:
    """The number of the page to show of a list of `count`; the first, where the address asks for none that could be.

    A list may have grown shorter since somebody kept its address: beyond its end stands the last page that there is.
    """
    return min(number_asked(request), last_page(count))


def number_asked(request: HttpRequest) -> int:
    """The number in the address, for a list whose length is known only from what stands on its pages."""
    number = request.GET.get("page", "")
    return int(number) if number.isascii() and number.isdigit() and 0 < int(number) < 100_000 else 1
