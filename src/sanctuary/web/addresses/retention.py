"""Where is it seen how long a record is kept, why, and that it is gone?"""

from __future__ import annotations

from sanctuary.web.access_table import Address, View, Who
from sanctuary.web.screens import certificates, held, records


def _record(path: str, name: str, view: View, *, fresh: bool = False) -> Address:
    where = f"oversight/records/<str:reference>{path}"
    return Address(path=where, name=name, view=view, who=Who.OVERSIGHT, fresh=fresh)


ADDRESSES: tuple[Address, ...] = (
    Address(
        path="oversight/records",
        name="records_due",
        view=records.records_due,
        who=Who.OVERSIGHT,
    ),
    _record("", "record", records.record),
    _record("/propose/<slug:why>", "record_propose", records.propose, fresh=True),
    _record("/destroy/<uuid:proposal>", "record_destroy", records.destroy, fresh=True),
    _record("/hold", "record_hold", records.hold),
    _record("/hold/<uuid:hold>/lift", "record_lift", records.lift, fresh=True),
    Address(
        path="oversight/certificates",
        name="certificates",
        view=certificates.certificates,
        who=Who.OVERSIGHT,
    ),
    Address(
        path="oversight/certificates/<str:number>/file",
        name="certificate_pdf",
        view=certificates.certificate_pdf,
        who=Who.OVERSIGHT,
    ),
    Address(
        path="oversight/certificates/<str:number>",
        name="certificate",
        view=certificates.certificate,
        who=Who.OVERSIGHT,
    ),
    Address(path="schemes/<slug:scheme>/held", name="held", view=held.held, who=Who.STAFF),
    Address(
        path="schemes/<slug:scheme>/held/<slug:step>/<slug:question>",
        name="held_question",
        view=held.held_question,
        who=Who.STAFF,
    ),
)
