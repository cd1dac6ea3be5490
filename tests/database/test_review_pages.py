"""Do the pages hold where something nonsensical is posted, and keep what people said out of logs and letters?"""

from __future__ import annotations

import io
import logging
from typing import Any

import pytest
from django.conf import settings

from sanctuary.actions import definitions
from sanctuary.actions.held import HELD_ELSEWHERE
from sanctuary.config.logs import Discreet
from sanctuary.web.forms.rows import changed_rows
from sanctuary.web.pages.letter import merged
from tests.support.access.signing import browser
from tests.support.county import ASSESSMENT, County, county
from tests.support.database import on_the_record

pytestmark = on_the_record


@pytest.fixture
def norfolk() -> County:
    return county()


def test_a_character_that_no_text_can_hold_breaks_no_page(norfolk: County) -> None:
    client = browser(norfolk.people["police"])
    client.raise_request_exception = False
    assert client.post("/sign-in", {"email": "a\0b", "password": "x"}).status_code == 403
    assert client.get("/work?scheme=norfolk%00").status_code == 200
    assert client.get("/work?area=%00").status_code == 200


@pytest.mark.parametrize("number", ["²", "9" * 5000, "", "7"])
def test_taking_away_a_row_that_is_none_takes_nothing(number: str) -> None:
    assert changed_rows({"remove": f"children-{number}"}, {"children": [{}, {}]}) == {"children": [{}, {}]}


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-1"])
def test_a_count_of_rows_that_is_none_is_none(number: str, norfolk: County) -> None:
    from django.http import QueryDict

    from sanctuary.web.forms.posted import typed

    questions = [each for each in norfolk.scheme.steps["support_section"].questions if each.name == "children"]
    posted = QueryDict(mutable=True)
    posted["children-rows"] = number
    assert typed(questions, posted).plain == {"children": []}


def test_a_log_tells_where_something_failed_and_not_what_was_typed() -> None:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Discreet())
    logger = logging.getLogger("tests.discreet")
    logger.propagate = False
    logger.addHandler(handler)
    try:
        try:
            int("Ada Example")
        except ValueError as error:
            raise RuntimeError("about Ada Example") from error
    except RuntimeError:
        logger.exception("Internal Server Error")
    assert "Ada" not in written.getvalue().replace('int("Ada Example")', "").replace('"about Ada Example"', "")
    assert "ValueError" in written.getvalue()
    assert "test_review_pages" in written.getvalue()
    assert settings.LOGGING["handlers"]["console"]["formatter"] == "discreet"


def test_a_letter_does_not_go_out_with_a_reason_that_its_sender_may_not_read(norfolk: County) -> None:
    case = norfolk.case()
    norfolk.do("police", case, "initial_assessment", {**ASSESSMENT, "happy_to_explore": "no"})
    seen = norfolk.see("inspection", case)
    assert seen is not None
    assert HELD_ELSEWHERE in [reason.text for reason in seen.progress.stopped]
    step = next(
        each
        for each in norfolk.scheme.steps.values()
        if each.letter and any("reasons" in block.fields for block in norfolk.scheme.letters[each.letter].blocks)
    )
    letter = merged(seen, step, norfolk.now)
    assert "reasons" in letter.missing
    assert HELD_ELSEWHERE not in repr(letter)


def test_a_scheme_that_no_longer_loads_leaves_the_others_running(
    norfolk: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import transaction

    def lost(identity: str) -> Any:
        raise LookupError(identity)

    monkeypatch.setattr(definitions, "_running", {})
    monkeypatch.setattr(definitions, "version", lost)
    monkeypatch.setattr(definitions.schemes, "known", lambda: [("norfolk", norfolk.scheme.version), ("old", "0")])
    with norfolk.acting("police"), transaction.atomic():
        assert list(definitions.running()) == ["norfolk"]
