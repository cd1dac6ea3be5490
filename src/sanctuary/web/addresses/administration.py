"""Where are people, teams and deputies looked after?"""

from __future__ import annotations

from sanctuary.web.access_table import Address, View, Who
from sanctuary.web.screens import administration, deputies, invitations, people, teams


def _administered(path: str, name: str, view: View) -> Address:
    """A page for administrators that only reads."""
    return Address(path=f"administration{path}", name=name, view=view, who=Who.ADMINISTRATOR)


def _arranged(path: str, name: str, view: View) -> Address:
    """A page on which an administrator changes something, just after proving who they are."""
    return Address(path=f"administration{path}", name=name, view=view, who=Who.ADMINISTRATOR, fresh=True)


ADDRESSES: tuple[Address, ...] = (
    _administered("", "administration", administration.administration),
    Address(path="oversight", name="oversight", view=administration.oversight, who=Who.OVERSIGHT),
    Address(path="account", name="account", view=administration.account, who=Who.STAFF),
    _administered("/people", "people", people.everybody),
    _arranged("/people/invite", "invite", invitations.invite),
    _administered("/people/<uuid:account>", "person", people.person),
    _arranged("/people/<uuid:account>/change", "change_person", people.change),
    _arranged("/people/<uuid:account>/end", "end_person", people.end),
    _arranged("/people/<uuid:account>/again", "invite_again", invitations.again),
    _arranged("/invitations/<uuid:invitation>/withdraw", "withdraw_invitation", invitations.withdraw),
    _administered("/teams", "teams", teams.all_teams),
    _arranged("/teams/new", "new_team", teams.new_team),
    _arranged("/teams/<uuid:team>", "team", teams.team),
    _arranged("/teams/<uuid:team>/end", "end_team", teams.end),
    Address(
        path="deputies", name="deputies", view=deputies.all_deputies, who=Who.STAFF,
    ),
    Address(path="deputies/new", name="appoint_deputy", view=deputies.appoint, who=Who.STAFF, fresh=True),
    Address(path="deputies/<uuid:deputy>/end", name="end_deputy", view=deputies.end, who=Who.STAFF),
    Address(path="deputies/<uuid:deputy>/act", name="act_for", view=deputies.act, who=Who.STAFF),
    Address(path="deputies/stop", name="act_as_self", view=deputies.stop, who=Who.STAFF),
    _administered("/log", "people_log", administration.log),
    Address(
        path="oversight/people", name="oversight_people", view=administration.log, who=Who.OVERSIGHT,
    ),
    Address(path="invitation/<str:token>", name="accept", view=invitations.accept, who=Who.ANYONE),
)  # fmt: skip
