"""Where is it seen who looked at what, and what raised an alarm?"""

from __future__ import annotations

from sanctuary.web.access_table import Address, Who
from sanctuary.web.screens import alarms, audit, standstill

OVERSIGHT = Who.OVERSIGHT
ADDRESSES: tuple[Address, ...] = (
    Address(
        path="oversight/alarms", name="alarms", view=alarms.alarms, who=OVERSIGHT,
    ),
    Address(path="oversight/alarms/<uuid:alarm>/take", name="take_alarm", view=alarms.take, who=OVERSIGHT),
    Address(path="oversight/alarms/<uuid:alarm>/close", name="close_alarm", view=alarms.close, who=OVERSIGHT),
    Address(
        path="oversight/audit", name="audit", view=audit.audit, who=OVERSIGHT,
    ),
    Address(path="oversight/audit/cases/<uuid:case_id>", name="audit_case", view=audit.audit_case, who=OVERSIGHT),
    Address(path="oversight/audit/people/<uuid:account>", name="audit_person", view=audit.audit_person, who=OVERSIGHT),
    Address(
        path="oversight/audit/people/<uuid:account>/leaving", name="leaving", view=audit.leaving, who=OVERSIGHT
    ),
    Address(
        path="oversight/stop", name="stop", view=standstill.stop, who=OVERSIGHT, fresh=True,
    ),
    Address(path="oversight/stop/now", name="stop_now", view=standstill.stop_now, who=OVERSIGHT, fresh=True),
    Address(path="concern", name="concern", view=alarms.concern, who=Who.STAFF),
    Address(path="cases/<uuid:case_id>/readers", name="readers", view=audit.readers, who=Who.STAFF),
)  # fmt: skip
