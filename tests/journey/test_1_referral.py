"""probe"""
from tests.support.journey import Journey
from tests.support.norfolk import REFERRAL, reach, ASSESSMENT
import time
from tests.support.database import on_the_record
pytestmark = on_the_record

def test_x(norfolk: Journey) -> None:
    page = norfolk.refer("police", {**REFERRAL, "approached": "police"})
    print(page.turns, page.lines, page.standing)
    t = time.perf_counter_ns()
    page = norfolk.do("police", "initial_assessment", ASSESSMENT)
    print(page.turns)

def test_y(norfolk: Journey) -> None:
    reach(norfolk, "closure")
    page = norfolk.look("housing")
    print(page.turns, page.text)
    norfolk.do("housing", "closure", {"reason": "measures_in_place"})
