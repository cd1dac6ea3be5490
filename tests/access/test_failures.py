"""Is every real failure answered by tests, or does it say for what it waits?"""

from __future__ import annotations

from tests.support.pages.failures import failures, shown_by

# Those that access is to answer now; the rest of them may wait for later parts.
OF_ACCESS = {2, 5, 6, 7, 8, 9, 10, 14, 18, 19, 20, 21}
LATER = {"Doors", "Home", "After", "Proof"}


def test_there_are_all_of_them() -> None:
    assert list(failures()) == list(range(1, 25))
    assert all(failure.happened and failure.rule for failure in failures().values())


def test_each_has_its_tests_or_what_it_waits_for() -> None:
    tested = shown_by()
    assert [number for number, failure in failures().items() if not (tested.get(number) or failure.waits)] == []
    assert OF_ACCESS - tested.keys() == set()
    assert {part for failure in failures().values() for part in failure.waits} <= LATER


def test_no_test_stands_for_a_failure_that_there_is_not() -> None:
    assert shown_by().keys() <= failures().keys()
