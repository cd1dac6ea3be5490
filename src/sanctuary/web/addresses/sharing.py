"""Where is a case shared, and where is it seen who can see it?"""

from __future__ import annotations

from sanctuary.web.access_table import Address, Who
from sanctuary.web.screens import emergencies, sharing

ADDRESSES: tuple[Address, ...] = (
    Address(path="cases/<uuid:case_id>/who", name="who_can_see", view=sharing.who_can_see, who=Who.STAFF),
    Address(path="cases/<uuid:case_id>/share", name="share", view=sharing.share, who=Who.STAFF, fresh=True),
    Address(
        path="cases/<uuid:case_id>/shares/<int:share>/end", name="end_share", view=sharing.end, who=Who.STAFF,
        fresh=True,
    ),
    Address(path="messages/<uuid:message>", name="message", view=sharing.message, who=Who.STAFF),
    Address(path="emergency", name="emergency", view=emergencies.emergency, who=Who.STAFF, fresh=True),
    Address(path="emergency/<uuid:emergency>", name="emergency_mine", view=emergencies.own, who=Who.STAFF),
    Address(
        path="oversight/emergencies", name="emergencies", view=emergencies.all_emergencies, who=Who.OVERSIGHT,
    ),
    Address(
        path="oversight/emergencies/<uuid:emergency>", name="emergency_review", view=emergencies.review,
        who=Who.OVERSIGHT, fresh=True,
    ),
)  # fmt: skip
