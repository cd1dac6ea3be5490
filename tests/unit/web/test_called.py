"""Has every page that somebody signed in can open a name that people would use?"""

from __future__ import annotations

import pytest

from sanctuary.web.access_table import Who
from sanctuary.web.addresses import ACCESS
from sanctuary.web.pages.called import page_name


@pytest.mark.parametrize("name", sorted(name for name, who in ACCESS.items() if who is not Who.ANYONE))
def test_whoever_reads_of_it_reads_words(name: str) -> None:
    assert page_name(name) != name.replace("_", " ")


def test_a_page_of_another_release_keeps_its_address() -> None:
    assert page_name("gone_by_now") == "gone by now"
