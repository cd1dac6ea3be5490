"""Does every scheme say how long its records are kept, and whether that is its document's word or its partners' own?"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from sanctuary.core.scheme import Scheme
from sanctuary.loader import load_all
from tests.support.source import ROOT

SCHEMES: Mapping[str, Scheme | None] = {key: loaded.scheme for key, loaded in load_all(ROOT / "schemes").items()}


@pytest.mark.parametrize("key", SCHEMES)
@pytest.mark.covers("A5")
def test_every_way_out_has_one_rule_with_its_source_and_its_reason(key: str) -> None:
    scheme = SCHEMES[key]
    assert scheme is not None
    named = [outcome for rule in scheme.retention for outcome in rule.outcomes]
    assert sorted(named) == sorted(scheme.closing_reasons)
    assert all(rule.origin.source and rule.because and rule.period.count for rule in scheme.retention)


@pytest.mark.parametrize("key", SCHEMES)
def test_no_time_is_put_into_a_document_s_mouth(key: str) -> None:
    """None of the five documents says how long a record is kept, so no scheme may say that its document does."""
    scheme = SCHEMES[key]
    assert scheme is not None
    assert not any(rule.stated for rule in scheme.retention)
    assert all("no time is given" in rule.origin.source for rule in scheme.retention)


def test_what_was_done_is_kept_at_least_as_long_as_what_was_not() -> None:
    for scheme in SCHEMES.values():
        assert scheme is not None
        by_name = {rule.name: rule.period.count for rule in scheme.retention}
        assert by_name["works"] >= by_name["others"] >= by_name["not_taken_up"]
