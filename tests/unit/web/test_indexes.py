"""Does every page with a title stand on an index page, and is what waits there said?"""

from __future__ import annotations

from uuid import uuid4

from sanctuary.web.addresses import ALL
from sanctuary.web.pages.indexes import INDEXES, groups


def test_every_page_with_a_title_is_listed_and_nothing_else() -> None:
    listed = {name for index in INDEXES.values() for names in index.groups.values() for name in names}
    assert listed == {address.name for address in ALL if address.title}


def test_a_group_with_nothing_for_the_reader_is_left_out() -> None:
    stop = [address for address in ALL if address.name == "stop"]
    assert [title for title, _ in groups(INDEXES["oversight"], stop, {}, uuid4())] == ["If something has gone wrong"]


def test_what_waits_is_counted_where_it_can_be_counted() -> None:
    waiting = {"alarms": lambda reader: 2, "emergencies": lambda reader: 0}
    (_, entries), *_ = groups(INDEXES["oversight"], ALL, waiting, uuid4())
    said = {each.name: (each.waits, each.pressing) for each in entries}
    assert said["alarms"] == ("2 to look at", True)
    assert said["emergencies"] == ("Nothing waits", False)
    assert said["proposals"] == ("", False)
