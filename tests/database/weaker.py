"""How can a policy be weaker, or wrong? Every way that its own words offer, found without knowing what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

# What stands in a condition, and what makes something else of it.
SWAPS = (
    (r"\bread_mask\b", "write_mask"),
    (r"\bwrite_mask\b", "read_mask"),
    (r"_mask & 1\)", "_mask | 1)"),
    (r"& 1\) = 1", "& 1) = 0"),
    (r">> \(\w+\.compartment\)::integer", ">> 0"),
    (r"\bNOT \(EXISTS", "(EXISTS"),
    (r"> now\(\)", "<= now()"),
)
_ROW = re.compile(r"ROW\((\w+), (\w+)\) = \( SELECT (\w+\.\w+),\s+(\w+\.\w+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A policy that is there to keep the application or the door from rows."""

    table: str
    name: str
    using: str | None
    check: str | None

    def altered(self, clause: str, condition: str) -> sql.Composed:
        """The statement that gives one of its clauses another condition."""
        return sql.SQL("alter policy {} on {} {} ({})").format(
            sql.Identifier(self.name), sql.Identifier(self.table), sql.SQL(clause), sql.SQL(condition)
        )

    def dropped(self) -> sql.Composed:
        """The statement that takes it away."""
        return sql.SQL("drop policy {} on {}").format(sql.Identifier(self.name), sql.Identifier(self.table))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A policy made worse."""

    policy: Policy
    change: str
    statement: sql.Composed

    def __str__(self) -> str:
        return f"{self.policy.table}.{self.policy.name}: {self.change}"


def policies(connection: psycopg.Connection[Any], roles: Sequence[str]) -> list[Policy]:
    """The policies for these roles of the server, but for those that let them read what is for all."""
    found = connection.execute(
        "select c.relname, p.polname, pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid) "
        "from pg_policy p join pg_class c on c.oid = p.polrelid "
        "where exists (select 1 from pg_roles r where r.oid = any (p.polroles) and r.rolname = any (%s)) order by 1, 2",
        [list(roles)],
    ).fetchall()
    made = [Policy(table=table, name=name, using=using, check=check) for table, name, using, check in found]
    return [each for each in made if each.using != "true"]


def mutants(policy: Policy) -> Iterator[Mutant]:
    """The policy gone, true, and with each part of its condition gone or another."""
    yield Mutant(policy=policy, change="dropped", statement=policy.dropped())
    for clause, condition in (("using", policy.using), ("with check", policy.check)):
        if condition is None:
            continue
        for change, worse in {"true": "true", **dict(worse_conditions(condition, policy.table))}.items():
            yield Mutant(policy=policy, change=f"{clause} {change}", statement=policy.altered(clause, worse))


def worse_conditions(condition: str, table: str) -> Iterator[tuple[str, str]]:
    """Every way to make the condition another one, with a word on how."""
    for word in ("AND", "OR"):
        for start, end, parts in _joined(condition, word):
            for number, part in enumerate(parts):
                left = f" {word} ".join([*parts[:number], *parts[number + 1 :]])
                yield f"without {_short(part)}", condition[:start] + left + condition[end:]
    for branch in re.finditer(r"\b(THEN|ELSE) (?=\()", condition):
        end = _closing(condition, branch.end())
        yield f"{branch[1].lower()} true", condition[: branch.end()] + "true" + condition[end + 1 :]
    for pattern, by in SWAPS:
        for number, found in enumerate(re.finditer(pattern, condition)):
            text = re.sub(pattern, by, found[0])
            yield f"{found[0]} as {text} ({number})", condition[: found.start()] + text + condition[found.end() :]
    yield from _any_row(condition, table)


def _any_row(condition: str, table: str) -> Iterator[tuple[str, str]]:
    """Where two columns are compared with the asker's, each compared with itself instead."""
    for found in _ROW.finditer(condition):
        for number, column in ((3, found[1]), (4, found[2])):
            start, end = found.span(number)
            yield f"any {column}", f"{condition[:start]}{table}.{column}{condition[end:]}"


def _joined(text: str, word: str) -> Iterator[tuple[int, int, list[str]]]:
    """Every group in brackets whose parts this word joins: where it stands, and its parts."""
    for start in (number + 1 for number, letter in enumerate(text) if letter == "("):
        end = _closing(text, start - 1)
        parts = _split(text[start:end], f" {word} ")
        if len(parts) > 1:
            yield start, end, parts


def _split(text: str, joint: str) -> list[str]:
    """The text parted where the joint stands in no bracket."""
    depth, last, parts, position = 0, 0, [], 0
    while position < len(text):
        letter = text[position]
        depth += (letter == "(") - (letter == ")")
        if depth == 0 and text.startswith(joint, position):
            parts.append(text[last:position])
            position += len(joint)
            last = position
            continue
        position += 1
    return [*parts, text[last:]]


def _closing(text: str, opening: int) -> int:
    """Where the bracket that opens here closes."""
    depth = 0
    for position in range(opening, len(text)):
        depth += (text[position] == "(") - (text[position] == ")")
        if depth == 0:
            return position
    raise ValueError(f"a bracket does not close in {text}")


def _short(part: str) -> str:
    return re.sub(r"\s+", " ", part)[:90]
