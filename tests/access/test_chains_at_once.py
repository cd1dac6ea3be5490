"""Do many readers of the same cases wait for each other for ever, or leave a chain with a gap?"""

from __future__ import annotations

import threading
from random import Random

import pytest
from django.db import connections

from sanctuary.records import audit, cases
from sanctuary.records.chains import faults
from tests.support.database import asking, grant, make_agency, make_person, on_the_record, open_case
from tests.support.proof import length

pytestmark = [on_the_record, pytest.mark.failure(20)]

READERS, CASES = 6, 4
TIMES = length(full=60, short=15)


def test_readers_of_the_same_cases_in_any_order() -> None:
    agency = make_agency()
    people = [make_person(agency) for _ in range(READERS)]
    made = [open_case(people[0], [grant(people[0], needs_us=True)]).id for _ in range(CASES)]
    failures: list[BaseException] = []

    def read(number: int) -> None:
        chance = Random(number)
        try:
            for _ in range(TIMES):
                with asking(people[number % 3]):  # some share an account, and so a chain of lists
                    for case in chance.sample(made, CASES):
                        cases.find(case)
                        audit.list_read(made, "worklist")
        except BaseException as error:
            failures.append(error)
            raise
        finally:
            connections.close_all()

    threads = [threading.Thread(target=read, args=(number,)) for number in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    chains = {*made, *(person.account for person in people)}
    assert [fault for fault in faults() if fault.chain in chains] == []
