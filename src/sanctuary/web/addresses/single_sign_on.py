"""How do people come in from their own agency's sign-in?"""

from __future__ import annotations

from sanctuary.web.access_table import Address, Who
from sanctuary.web.screens import single_sign_on

ADDRESSES: tuple[Address, ...] = (
    Address(path="sign-in/agency", name="sign_in_through_agency", view=single_sign_on.choose, who=Who.ANYONE),
    Address(path="sign-in/to/<slug:agency>", name="leave_for_agency", view=single_sign_on.leave, who=Who.ANYONE),
    Address(path="sign-in/from/<slug:agency>", name="back_from_agency", view=single_sign_on.come_back, who=Who.ANYONE),
    Address(
        path="administration/sign-in",
        name="arrange_sign_in",
        view=single_sign_on.arrange,
        who=Who.ADMINISTRATOR,
        fresh=True,
    ),
)
