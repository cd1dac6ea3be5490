"""What does the hand-written page say of who may see what? Its tables; nothing here knows how the site decides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from tests.support.source import ROOT

PAGE = ROOT / "docs" / "reference" / "who-may-see-what.md"
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a role may do with a part of the record. `when`: letters of which one must hold; none: always."""

    reads: bool
    writes: bool
    when: frozenset[str]

    def readable(self, holding: frozenset[str]) -> bool:
        """Whether it is read where these conditions hold."""
        return self.reads and (not self.when or bool(self.when & holding))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A case of the proof: which example, up to which entry (0: the end), what holds in it, and who is not on it."""

    story: str
    entries: int
    holding: frozenset[str]
    not_on_it: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """One partnership's part of the page. `cells` by compartment and role."""

    key: str
    cells: Mapping[tuple[str, str], Cell]
    conditions: frozenset[str]
    cases: tuple[Told, ...]

    @property
    def roles(self) -> frozenset[str]:
        """The roles that have a column."""
        return frozenset(role for _, role in self.cells)

    @property
    def compartments(self) -> frozenset[str]:
        """The compartments that have a row."""
        return frozenset(part for part, _ in self.cells)

    def reads(self, role: str, told: Told) -> frozenset[str]:
        """What the role may read in that case, while it is on it."""
        return frozenset(
            part for (part, who), cell in self.cells.items() if who == role and cell.readable(told.holding)
        )

    def ever(self, role: str) -> frozenset[str]:
        """The most that the role may read, whatever the case."""
        return frozenset(part for (part, who), cell in self.cells.items() if who == role and cell.reads)

    def writes(self, role: str) -> frozenset[str]:
        """What the role may add to while it is on a case."""
        return frozenset(part for (part, who), cell in self.cells.items() if who == role and cell.writes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is said of one address, in the words of the table."""

    name: str
    about: str
    meant_for: str
    fresh: bool
    on_it: str
    not_on_it: str
    excluded: str
    signed_out: str
    records: str


@cache
def procedures() -> Mapping[str, Procedure]:
    """By the key of the scheme."""
    parts = re.split(r"^### ", section("Parts of the record"), flags=re.MULTILINE)[1:]
    return {made.key: made for made in map(_procedure, parts)}


@cache
def pages() -> Mapping[str, Page]:
    """By the name of the address."""
    found = [row for table in tables(section("Pages")) for row in table]
    made = {name: _page(name, row) for row in found for name in codes(row["Page"])}
    assert len(made) == sum(len(codes(row["Page"])) for row in found), "a page stands here twice"
    return made


def rows(heading: str) -> tuple[Row, ...]:
    """The rows of all tables under a heading of the second level."""
    return tuple(row for table in tables(section(heading)) for row in table)


def named(heading: str, column: str) -> dict[str, Row]:
    """The rows under a heading by the name in code of that column. One twice is a fault of the page."""
    found = {name: row for row in rows(heading) for name in codes(row[column])}
    assert len(found) == sum(len(codes(row[column])) for row in rows(heading)), f"{heading}: something stands twice"
    return found


def section(heading: str) -> str:
    """What stands under a heading of the second level. A page without it fails."""
    parts = re.split(r"^## (.+)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    found = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert heading in found, f"{PAGE.name} has no part called {heading!r}"
    return found[heading]


def tables(text: str) -> Iterator[list[Row]]:
    """The tables of a text, each row by its columns."""
    for block in re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE):
        head, _, *lines = (_cells(line) for line in block.splitlines())
        yield [dict(zip(head, line, strict=True)) for line in lines]


def codes(text: str) -> list[str]:
    """The names in code that a cell holds."""
    return re.findall(r"`([^`]+)`", text)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _letters(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\((\w)\)", text))


def _procedure(text: str) -> Procedure:
    key = codes(text.splitlines()[0])[0]
    record, cases = tables(text)
    conditions = frozenset(re.findall(r"^- \((\w)\) \S", text, re.MULTILINE))
    cells = {
        (codes(row["Part of the record"])[0], codes(column)[0]): _cell(said)
        for row in record
        for column, said in row.items()
        if column != "Part of the record"
    }
    made = Procedure(key=key, cells=cells, conditions=conditions, cases=tuple(map(_told, cases)))
    used = frozenset().union(*(cell.when for cell in cells.values()))
    assert used == conditions, f"{key}: conditions {sorted(used ^ conditions)} are not both said and used"
    return made


def _cell(said: str) -> Cell:
    assert re.fullmatch(r"no|(reads( \(\w\)( or \(\w\))*)?)?(, )?(writes)?", said), said
    return Cell(reads=said.startswith("reads"), writes=said.endswith("writes"), when=_letters(said))


def _told(row: Row) -> Told:
    number = re.search(r"\d+", row["As far as"])
    assert number or row["As far as"] == "the end", row
    return Told(
        story=row["Case of the proof"],
        entries=int(number[0]) if number else 0,
        holding=_letters(row["Holds"]),
        not_on_it=frozenset(codes(row["Not on the case"])),
    )


def _page(name: str, row: Row) -> Page:
    meant_for, _, lately = row["For"].partition(", ")
    return Page(
        name=name,
        about=row["What it is"],
        meant_for=meant_for,
        fresh=bool(lately),
        on_it=row["On the case"],
        not_on_it=row["Not on it, or no longer"],
        excluded=row["Excluded"],
        signed_out=row["Signed out, or account ended"],
        records=row["Records"],
    )
