"""How does the site start? Database, tables, definitions, the fictional county where wanted, then the web server."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from random import Random

from sanctuary.core.clocks import LONDON
from sanctuary.core.scheme import Scheme
from sanctuary.gateways import checkpoints, database, embedded, erasures, keys
from sanctuary.gateways.home import is_production, sole_hand

ADDRESS = "127.0.0.1"
TEND = (sys.executable, "-m", "sanctuary.cli", "tend", "--every", "60", "--with-parent")
Say = Callable[[str], None]


class CannotStart(Exception):
    """The site cannot start; the message says what to do."""


# What keeps the site from starting for a reason that whoever starts it can put right: its words say how.
STOPS = (CannotStart, database.BadAddress, embedded.ServerDidNotStart, keys.BadKey, erasures.Altered, OSError)


def prepare(say: Say, *, afresh: bool = False) -> None:
    """Bring database, tables and definitions up to date, and make the fictional county where there is nobody yet.

    `afresh` throws away everything that was recorded, where that is the fictional county's alone. Says what it does
    through `say`. Two that start together do it one after the other. Raises one of STOPS.
    """
    with sole_hand("prepare"):
        _prepare(say, afresh)


def connect() -> None:
    """Make this process one that can use the record, and change nothing. Raises one of STOPS."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sanctuary.config.settings")
    database.ensure_server()
    django.setup()


def _prepare(say: Say, afresh: bool) -> None:
    from django.core.management import call_command

    say("Starting the database")
    connect()
    if afresh:
        _throw_away(say)
    say("Bringing its tables up to date")
    call_command("migrate", database="owner", verbosity=0)
    _refuse_another_key()
    _destroy_again(say)
    schemes = _publish(say)
    if not is_production():
        _county(schemes, say)


def _throw_away(say: Say) -> None:
    """Only what the fictional county left: what real people recorded is nobody's to throw away by one command."""
    from django.db import connections

    from sanctuary.records import accounts

    if is_production() or accounts.are_real():
        raise CannotStart("this database holds more than the fictional county, which alone can be started again")
    connections.close_all()
    say("Throwing away what was recorded")
    database.throw_away()
    checkpoints.set_aside()
    database.ensure_server()


def _refuse_another_key() -> None:
    """Two master keys in one record would be neither's: what is written now could not be read beside what was."""
    from django.conf import settings

    from sanctuary.records import lint

    if "owner" not in settings.DATABASES:
        return
    with closing(database.administrator().connect()) as connection:
        if not lint.opens(connection):
            place = keys.folder() / "master.key"
            raise CannotStart(
                f"the record was written with another master key: put that one back, into {place} or "
                "SANCTUARY_MASTER_KEY; without it nothing recorded can be read"
            )


def _destroy_again(say: Say) -> None:
    """What was destroyed stays so, whatever copy of the database this is."""
    from django.conf import settings

    from sanctuary.actions.replay_erasures import replay_erasures

    if "owner" not in settings.DATABASES:
        return
    done = replay_erasures()
    if done.again or done.added:
        say(f"Records destroyed before: {done.known}; destroyed again: {done.again}; added to the ledger: {done.added}")


def replay(say: Say) -> None:
    """Destroy again what an old copy of the database brought back, and say how it stands. Raises one of STOPS."""
    from django.conf import settings

    connect()
    if "owner" not in settings.DATABASES:
        raise CannotStart("this needs the login that owns the tables: say it in DATABASE_URL")
    _destroy_again(say)
    say("The database and the ledger of what was destroyed say the same.")


def serve(port: int, say: Say) -> None:
    """Serve the site on 127.0.0.1 until interrupted. Raises CannotStart where the port is taken."""
    os.environ["PORT"] = str(port)  # which is part of the address that passkeys belong to
    if not _is_free(port):
        raise CannotStart(f"something else uses port {port}: stop it, or choose another, as in: make run PORT=8001")
    prepare(say)
    if not _is_free(port):  # somebody who started at the same moment has it
        raise CannotStart(f"something else uses port {port} by now; it may be this very site")
    _let_go()
    from django.conf import settings
    from granian import Granian
    from granian.constants import Interfaces

    say(f"\nSanctuary is at {settings.SITE_ADDRESS}/   (Ctrl-C stops it)")
    with tending():
        Granian(
            "sanctuary.config.wsgi:application",
            address=ADDRESS,
            port=port,
            interface=Interfaces.WSGI,
            workers=int(os.environ.get("SANCTUARY_WORKERS", "2")),
            blocking_threads=4,
            log_access=False,
            log_level="warning",  # type: ignore[arg-type]
        ).serve()


@contextmanager
def tending(command: Sequence[str] = TEND) -> Iterator[None]:
    """Have what falls due done beside the site, in a process of its own that ends with this one, however that ends."""
    with subprocess.Popen(command, stdin=subprocess.PIPE) as child:
        try:
            yield
        finally:
            child.terminate()


def _let_go() -> None:
    """Close the connections of this process: the web server's own processes begin as copies of it."""
    from django.db import connections

    connections.close_all()
    connections["default"].close_pool()  # type: ignore[attr-defined]


def _publish(say: Say) -> list[Scheme]:
    from django.conf import settings
    from django.db import transaction

    from sanctuary.actions import definitions

    say("Reading the schemes")
    for problem in definitions.publish(Path(settings.SCHEMES)):
        say(f"  {problem}")
    with transaction.atomic():
        running = list(definitions.running().values())
    if not running:
        raise CannotStart(f"no definition in {settings.SCHEMES} can be used; put right what stands above")
    return running


def _county(schemes: list[Scheme], say: Say) -> None:
    """Make the demonstration accounts and cases of each scheme, once, and say how to sign in."""
    from django.conf import settings

    from sanctuary.config import county
    from sanctuary.jobs import demonstration
    from sanctuary.records import accounts

    if accounts.are_real():
        return
    password, secret, known = county.password(), county.secret(), accounts.addresses()
    for scheme in schemes:
        if known.isdisjoint(each.email for each in demonstration.sign_ins(scheme)):
            say(f"Making a fictional county for the {scheme.title}")
            staff, now = demonstration.make_accounts(scheme, password), datetime.now(LONDON)
            count = demonstration.happen(scheme, Path(settings.SCHEMES) / scheme.key, staff, now, Random(scheme.key))  # noqa: S311
            say(f"  {count} cases, {len(staff)} people")
    for scheme in schemes:
        demonstration.give_codes(scheme, secret)
        say(f"\n{scheme.title}: demonstration sign-ins (fictional; password of all: {password})")
        for each in demonstration.sign_ins(scheme):
            say(f"  {each.email:48} {scheme.roles[each.role].title}, {each.area}")
    say("\nAfter the password each is asked for a code: make code (or sanctuary code) prints the one of the moment.")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
        return True
