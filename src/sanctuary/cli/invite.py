"""Who lets the first person of an agency in? Whoever runs the site, from the terminal; after that the agency itself."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from sanctuary.cli.command import WELL, Command, UnusableError

_SAID = """
{name} is invited, for seven days.

The link:  {link}
The code:  {code}

Neither can be shown again. Hand them over by two different means: the link in a message, for example, and the code in
person or on a telephone number that you knew before.
"""


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--agency", required=True, metavar="KEY", help="the agency, as a scheme's agencies call it")
    parser.add_argument("--email", required=True, help="their work address, with which they sign in; nothing is sent")
    parser.add_argument("--name", required=True, help="their name, as colleagues know them")
    parser.add_argument("--role", required=True, metavar="KEY", help="a role that the agency plays in a scheme")
    parser.add_argument(
        "--duty", action="append", default=[], choices=("administrator", "oversight", "specialist"),
        help="a duty beside it; may be given several times",
    )  # fmt: skip


def _invite(options: Namespace) -> int:
    from sanctuary.config import server

    try:
        server.connect()
    except server.STOPS as error:
        raise UnusableError(str(error)) from error
    from django.conf import settings

    from sanctuary.actions.arranging import Invited
    from sanctuary.actions.invite_person import invite_from_outside
    from sanctuary.actions.results import Faulty

    outcome = invite_from_outside(
        agency=options.agency, email=options.email, name=options.name, role=options.role, duties=options.duty
    )
    if isinstance(outcome, Faulty):
        raise UnusableError("; ".join(outcome.faults.values()))
    if not isinstance(outcome, Invited):
        raise UnusableError(f"there is no agency {options.agency!r} here yet: start the site once, with its schemes")
    link = f"{settings.SITE_ADDRESS}/invitation/{outcome.keys.token}"
    sys.stdout.write(_SAID.format(name=options.name, link=link, code=outcome.keys.code))
    return WELL


COMMAND = Command(
    name="invite",
    help="invite the first administrator of an agency, or let the last one in again",
    about=(
        "Makes an invitation and shows its link and its code, once. Whoever has an account in the agency under the "
        "address is shut out until they have accepted, and whoever has oversight there is told. Everybody else is "
        "invited by an administrator of their own agency, on the site."
    ),
    arguments=_arguments,
    run=_invite,
)
