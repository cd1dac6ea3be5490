"""Where does a day's work begin? Lists, searches, referrals and what is read of the schemes."""

from __future__ import annotations

from sanctuary.web.access_table import Address, Who
from sanctuary.web.screens import compare, flows, referral, search, worklist

STAFF = Who.STAFF
ADDRESSES: tuple[Address, ...] = (
    Address(path="work", name="worklist", view=worklist.worklist, who=STAFF),
    Address(path="flows", name="flows", view=flows.flows, who=STAFF),
    Address(path="compare", name="compare", view=compare.compare, who=STAFF),
    Address(path="search", name="search", view=search.search, who=STAFF),
    Address(path="referrals/new", name="referral_choice", view=referral.referral_choice, who=STAFF),
    Address(path="referrals/new/<slug:scheme>/<slug:area>", name="referral", view=referral.referral, who=STAFF),
)
