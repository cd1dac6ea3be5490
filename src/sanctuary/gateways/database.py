"""Where is the database, and how does each part of Sanctuary log in to it?

The embedded server, or the one that DATABASE_URL names. Makes the database and its logins; tables come with migrations.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from sanctuary.gateways import embedded, keys
from sanctuary.gateways.home import is_production, sole_hand

EMBEDDED_NAME = "sanctuary"
# Written on the database once its roles are as this module makes them. Count up when they are to be made again.
ARRANGEMENT = "Sanctuary, roles 2"
SHAPE = "postgresql://user:password@host/name"
# Held by everyone who serves requests: nothing may hang, and nobody may leave a transaction open.
TIME_LIMITS = {
    "statement_timeout": "5s",
    "lock_timeout": "2s",
    "idle_in_transaction_session_timeout": "15s",
    "jit": "off",
    # A page of a list is read off an index in its order. A bitmap would fetch all that a role ever had, and sort it.
    "enable_bitmapscan": "off",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """How one role reaches the database. `options` are libpq's other words, such as sslmode."""

    host: str
    port: str
    database: str
    role: str
    password: str = field(repr=False)
    options: Mapping[str, str] = field(default_factory=dict)

    def connect(self, **words: Any) -> psycopg.Connection[Any]:
        """A connection in autocommit, for arranging and asking outside Django."""
        own = {
            "host": self.host,
            "port": self.port,
            "dbname": self.database,
            "user": self.role,
            "password": self.password,
        }
        given = {word: value for word, value in own.items() if value}
        return psycopg.connect(autocommit=True, **{"connect_timeout": "10", **given, **self.options, **words})


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """The logins of one installation. `owner` None: this process was given no right to change tables.

    `engine` is the role that owns the functions which act for the application; nobody logs in as it.
    """

    owner: Login | None
    app: Login
    door: Login
    engine: str


class BadAddress(Exception):
    """DATABASE_URL or one of its companions cannot be used; the message says what to change."""


def addresses() -> Addresses:
    """Where the logins are, without asking the server anything. Passwords are made on first call."""
    app, door = _given("DATABASE_APP_URL"), _given("DATABASE_DOOR_URL")
    if app and door:
        return Addresses(owner=_given("DATABASE_URL"), app=app, door=door, engine=f"{app.database}_engine")
    server = administrator()
    return Addresses(
        owner=_login(server, "own"), app=_login(server, "app"), door=_login(server, "door"),
        engine=f"{server.database}_engine",
    )  # fmt: skip


def administrator() -> Login:
    """Who makes roles and databases: the login in DATABASE_URL, or the embedded server's own, by its OS user."""
    if given := _given("DATABASE_URL"):
        return given
    host = str(embedded.socket_directory())
    return Login(host=host, port="5432", database=EMBEDDED_NAME, role=embedded.ADMINISTRATOR, password="")


def ensure_server() -> Addresses:
    """Make sure that the server answers and that the database and its logins exist. Cheap where they do.

    Raises embedded.ServerDidNotStart or BadAddress, whose words say what to do.
    """
    if not os.environ.get("DATABASE_URL") and not os.environ.get("DATABASE_APP_URL"):
        embedded.start()
    wanted = addresses()
    arranged_elsewhere = bool(os.environ.get("DATABASE_APP_URL"))
    if not arranged_elsewhere and not _arranged(wanted.app):
        with sole_hand("roles"):
            _arrange(administrator(), wanted)
    return wanted


def throw_away() -> None:
    """Drop the installation's database with everything recorded in it, whoever is connected. Roles and keys stay."""
    server = administrator()
    with closing(server.connect(dbname="postgres")) as connection:
        connection.execute(sql.SQL("drop database if exists {} with (force)").format(_name(server.database)))


def _given(variable: str) -> Login | None:
    url = os.environ.get(variable)
    if not url:
        return None
    try:
        parts = {word: str(value) for word, value in conninfo_to_dict(url).items()}
    except psycopg.ProgrammingError as error:
        raise BadAddress(f"{variable} cannot be read: it should look like {SHAPE}") from error
    if "dbname" not in parts or "user" not in parts:
        raise BadAddress(f"{variable} names no database or no user: it should look like {SHAPE}")
    return Login(
        host=parts.pop("host", ""), port=parts.pop("port", ""), database=parts.pop("dbname"), role=parts.pop("user"),
        password=parts.pop("password", ""), options=parts,
    )  # fmt: skip


def _login(server: Login, name: str) -> Login:
    return Login(
        host=server.host, port=server.port, database=server.database, role=f"{server.database}_{name}",
        password=_passwords(server)[name], options=server.options,
    )  # fmt: skip


def _passwords(server: Login) -> dict[str, str]:
    which = hashlib.sha256(f"{server.host}:{server.port}/{server.database}".encode()).hexdigest()[:12]
    path = keys.folder() / f"logins-{which}.json"
    if not path.exists():
        with sole_hand("logins"):
            if not path.exists():
                draft = path.with_suffix(".draft")
                draft.touch(mode=0o600)
                draft.write_text(json.dumps({name: secrets.token_urlsafe(24) for name in ("own", "app", "door")}))
                draft.rename(path)
    return dict(json.loads(path.read_text()))


def _arranged(login: Login) -> bool:
    try:
        with closing(login.connect()) as connection:
            said = connection.execute(
                "select shobj_description(oid, 'pg_database') from pg_database where datname = current_database()"
            ).fetchone()
    except psycopg.OperationalError:
        return False
    return said == (ARRANGEMENT,)


def _arrange(server: Login, wanted: Addresses) -> None:
    try:
        connection = server.connect(dbname="postgres")
    except psycopg.OperationalError as error:
        raise BadAddress(f"The database server cannot be reached as {server.role}: {str(error).strip()}") from error
    with closing(connection):
        connection.execute("select pg_advisory_lock(hashtext(%s))", [f"sanctuary {server.database}"])
        owning = _login(server, "own")
        _make_roles(connection, wanted, owning)
        _make_database(connection, server.database, owning.role)


def _make_roles(connection: psycopg.Connection[Any], wanted: Addresses, owning: Login) -> None:
    owner = _name(owning.role)
    creates = "nocreatedb" if is_production() else "createdb"  # tests make databases
    _make_role(connection, wanted.engine, "nologin")
    _make_role(connection, owning.role, f"login inherit {creates}", owning.password)
    # The owner may become the engine, to give it functions, but must not see what the engine sees: the step between
    # them does not inherit. (Before PostgreSQL 16 that could not be said of a grant.)
    step = f"{wanted.engine}_step"
    _make_role(connection, step, "nologin noinherit")
    connection.execute(sql.SQL("revoke {} from {}").format(_name(wanted.engine), owner))
    connection.execute(sql.SQL("grant {} to {}").format(_name(wanted.engine), _name(step)))
    connection.execute(sql.SQL("grant {} to {}").format(_name(step), owner))
    connection.execute(sql.SQL("grant {} to current_user").format(owner))
    # A migration that a policy would silently narrow fails aloud instead.
    connection.execute(sql.SQL("alter role {} set row_security = off").format(owner))
    for login in (wanted.door, wanted.app):  # the application's last: once it can log in, all is arranged
        _make_role(connection, login.role, "login", login.password)
        for setting, value in TIME_LIMITS.items():
            limit = sql.SQL("alter role {} set {} = {}").format(_name(login.role), _name(setting), sql.Literal(value))
            connection.execute(limit)


def _make_role(connection: psycopg.Connection[Any], role: str, rights: str, password: str | None = None) -> None:
    exists = connection.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone()
    verb = "alter" if exists else "create"
    connection.execute(sql.SQL(f"{verb} role {{}} {rights}").format(_name(role)))
    if password is not None:
        scrambled = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
        connection.execute(sql.SQL("alter role {} password {}").format(_name(role), sql.Literal(scrambled)))


def _make_database(connection: psycopg.Connection[Any], name: str, owner: str) -> None:
    row = connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone()
    if row is None:
        words = "create database {} owner {} encoding 'UTF8' lc_collate 'C' lc_ctype 'C' template template0"
        connection.execute(sql.SQL(words).format(_name(name), _name(owner)))
    else:
        connection.execute(sql.SQL("alter database {} owner to {}").format(_name(name), _name(owner)))
    connection.execute(sql.SQL("comment on database {} is {}").format(_name(name), sql.Literal(ARRANGEMENT)))


def _name(name: str) -> sql.Identifier:
    return sql.Identifier(name)
