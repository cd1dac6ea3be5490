"""Where do two people act together, and where is a pack made for somebody who asks what is held on them?"""

from __future__ import annotations

from sanctuary.web.access_table import Address, Who
from sanctuary.web.screens import copies, proposals

ADDRESSES: tuple[Address, ...] = (
    Address(path="cases/<uuid:case_id>/copy", name="copy_choice", view=copies.choose, who=Who.STAFF),
    Address(path="cases/<uuid:case_id>/copy/<uuid:pack>", name="copy", view=copies.copy, who=Who.STAFF),
    Address(
        path="cases/<uuid:case_id>/copy/<uuid:pack>/ask", name="copy_ask", view=copies.ask, who=Who.STAFF, fresh=True
    ),
    Address(
        path="cases/<uuid:case_id>/copy/<uuid:pack>/file", name="copy_file", view=copies.file, who=Who.STAFF, fresh=True
    ),
    Address(
        path="oversight/proposals",
        name="proposals",
        view=proposals.proposals,
        who=Who.OVERSIGHT,
    ),
    Address(
        path="oversight/proposals/<uuid:proposal>",
        name="proposal",
        view=proposals.proposal,
        who=Who.OVERSIGHT,
        fresh=True,
    ),
)
