"""Where do schemes differ, or two versions of one? What each says on every topic, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sanctuary.core.topics import TOPICS, Account, Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What each scheme says about one thing; None where it says nothing about it."""

    about: str
    said: tuple[Said | None, ...]
    differs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What schemes say about one topic."""

    name: str
    title: str
    rows: tuple[Row, ...]

    @property
    def differences(self) -> tuple[Row, ...]:
        """The rows in which they do not all say the same."""
        return tuple(row for row in self.rows if row.differs)


def compare(accounts: Sequence[Account]) -> tuple[Topic, ...]:
    """Every topic, with the accounts side by side in the order given.

    Different schemes differ where they come to something else; two versions of one also where they word it otherwise.
    """
    exactly = len({account.scheme.key for account in accounts}) == 1
    return tuple(
        Topic(name=name, title=title, rows=_rows([account.said[name] for account in accounts], exactly))
        for name, title in TOPICS.items()
    )


def _rows(sides: Sequence[tuple[Said, ...]], exactly: bool) -> tuple[Row, ...]:
    by_name = [{one.about: one for one in side} for side in sides]
    abouts = dict.fromkeys(one.about for side in sides for one in side)
    return tuple(_row(about, tuple(side.get(about) for side in by_name), exactly) for about in abouts)


def _row(about: str, said: tuple[Said | None, ...], exactly: bool) -> Row:
    compared = said if exactly else [one.value if one else None for one in said]
    return Row(about=about, said=said, differs=len(set(compared)) > 1)
