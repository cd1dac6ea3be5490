"""How does the database refuse what somebody would arrange about people? By the name of the rule that it breaks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, ProgrammingError, transaction
from psycopg import errors

LAST_ADMINISTRATOR = "last_administrator"
HAS_ACCOUNT = "has_account"
NOT_ONESELF = "not_oneself"
TITLE_TAKEN = "team_agency_id_title_key"
_RULES = frozenset({LAST_ADMINISTRATOR, HAS_ACCOUNT, NOT_ONESELF, TITLE_TAKEN})


class RuleBroken(Exception):
    """A rule about people stands against it, and nothing was done. `rule` is one of the names above."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


class NotTheirs(Exception):
    """It is not for this person to do, or there is no such person, team or time: the two are not told apart."""


@contextmanager
def deciding(using: str = "default") -> Iterator[None]:
    """Carry out what stands inside, wholly or not at all. Raises RuleBroken or NotTheirs where the database refuses."""
    try:
        with transaction.atomic(using=using):
            yield
    except (IntegrityError, ProgrammingError) as error:
        raise _refusal(error) from error


def _refusal(error: IntegrityError | ProgrammingError) -> Exception:
    cause = error.__cause__
    rule = cause.diag.constraint_name if isinstance(cause, errors.Error) else None
    if rule in _RULES:
        return RuleBroken(str(rule))
    refused = isinstance(cause, errors.CheckViolation | errors.InsufficientPrivilege)
    return NotTheirs() if refused else error
