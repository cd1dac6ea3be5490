"""How does a case come to where a test begins? A case file told straight to the actions, without a browser."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid4

from sanctuary.actions.acknowledge_notice import acknowledge_notice
from sanctuary.actions.ask_enquiry import ask_enquiry
from sanctuary.actions.results import Recorded, Result
from sanctuary.core.events import Event, EventKind
from tests.support.county import County
from tests.support.visits.story import plain

_ANY = 10_000


def recorded(county: County, events: Iterable[Event], **changed: str) -> UUID:
    """The case in which these events have happened; `changed` are other answers to the referral. Moves the clock."""
    case_id: UUID | None = None
    for event in events:
        county.now = event.at
        if case_id is None:
            result = county.refer(event.role, **{**plain(county.scheme, event), **changed})
        else:
            result = _done(county, case_id, event)
        assert isinstance(result, Recorded), (event.step, result)
        case_id = result.case_id
    assert case_id is not None
    return case_id


def _done(county: County, case_id: UUID, event: Event) -> Result:
    if event.kind is EventKind.DONE:
        return county.do(event.role, case_id, event.step, plain(county.scheme, event))
    with county.acting(event.role):
        if event.kind is EventKind.ASKED:
            return ask_enquiry(case_id=case_id, step=event.step, expected_seq=_ANY, key=uuid4(), now=county.now)
        return acknowledge_notice(case_id=case_id, step=event.step, key=uuid4(), now=county.now)
