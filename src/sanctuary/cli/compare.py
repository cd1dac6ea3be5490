"""`sanctuary compare`: what do two schemes, or two versions of one, say to the same facts?"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sanctuary.cli import find, words
from sanctuary.cli.case import complain, facts_of, moment, scheme_of
from sanctuary.cli.command import WELL, WRONG, Command, UnusableError
from sanctuary.core.compare import Row, Topic, compare
from sanctuary.core.facts import Facts
from sanctuary.core.meanings import Catalogue
from sanctuary.core.putting import Given, meant
from sanctuary.core.scheme import Scheme
from sanctuary.core.topics import Said, account, imagined
from sanctuary.loader.given import read_given
from sanctuary.loader.meanings import catalogue
from sanctuary.loader.yaml import Row as List
from sanctuary.loader.yaml import read_file


def _arguments(parser: ArgumentParser) -> None:
    for name, which in (("one", "ONE"), ("other", "OTHER")):
        parser.add_argument(name, metavar=which, help="the key of a scheme, or the path of its folder")
    parser.add_argument(
        "facts",
        metavar="FACTS",
        type=Path,
        nargs="?",
        help="a file with facts in the words of meanings.yaml, or a case file of the first scheme",
    )
    parser.add_argument("--at", metavar="TIME", help="the time asked about, in London; now if left out")
    parser.add_argument("--all", action="store_true", help="tell also what is the same in both")
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def _run(options: Namespace) -> int:
    at = moment(options.at)
    schemes = [scheme_of(named) for named in (options.one, options.other)]
    one, other = schemes
    if one is None or other is None:
        return WRONG
    known, problems = catalogue(find.folder(options.one).resolve().parent)
    put = _put(options.facts, (one, other), known or Catalogue(), at) if not problems else None
    complain(problems)
    if put is None:
        return WRONG
    accounts = [account(scheme, case, put.given, known or Catalogue(), at) for scheme, case in put.cases]
    _tell(options, (one, other), compare(accounts))
    return WELL


@dataclass(frozen=True, slots=True, kw_only=True)
class _Put:
    """What is put to the schemes, and the case that it makes under each."""

    given: Given
    cases: tuple[tuple[Scheme, Facts], ...]


def _put(path: Path | None, schemes: tuple[Scheme, Scheme], known: Catalogue, at: datetime) -> _Put | None:
    """What is in the file at `path`; None where it has problems, which are told."""
    if path is not None and not path.is_file():
        raise UnusableError(f"There is no file {path}.")
    if path is not None and isinstance(read_file(path)[0], List):
        case = facts_of(path, schemes[0], at)
        return _of_case(case, schemes, at) if case else None
    read = read_given(path, known) if path else None
    complain(read.problems if read else ())
    if read and read.problems:
        return None
    given = read.given if read else {}
    return _Put(given=given, cases=tuple((scheme, imagined(scheme, given, at)) for scheme in schemes))


def _of_case(case: Facts, schemes: tuple[Scheme, Scheme], at: datetime) -> _Put:
    """A case of the first scheme: another version of it knows the same answers, another scheme what they mean."""
    one, other = schemes
    given = meant(one, case.answers)
    return _Put(given=given, cases=((one, case), (other, case if one.key == other.key else imagined(other, given, at))))


def _tell(options: Namespace, schemes: tuple[Scheme, Scheme], topics: tuple[Topic, ...]) -> None:
    if options.json:
        sys.stdout.write(json.dumps(_as_json(schemes, topics), indent=2, ensure_ascii=False) + "\n")
        return
    for topic in topics:
        rows = topic.rows if options.all else topic.differences
        if rows:
            lines = [line for row in rows for line in _lines(schemes, row)]
            sys.stdout.write(f"{topic.title}\n{chr(10).join(lines)}\n\n")


def _lines(schemes: tuple[Scheme, Scheme], row: Row) -> Iterator[str]:
    for scheme, said in zip(schemes, row.said, strict=True):
        if said is not None:
            yield words.paragraph(f"{scheme.title}: {said.text}")
            yield from (words.paragraph(more, 4) for more in said.more)
            if said.source:
                yield words.paragraph(f"Where it says so: {said.source}", 4)


def _as_json(schemes: tuple[Scheme, Scheme], topics: tuple[Topic, ...]) -> dict[str, Any]:
    return {
        "schemes": [{"scheme": scheme.key, "version": scheme.version} for scheme in schemes],
        "topics": [
            {
                "topic": topic.name,
                "title": topic.title,
                "rows": [
                    {"about": row.about, "differs": row.differs, "says": [_said(one) for one in row.said]}
                    for row in topic.rows
                ],
            }
            for topic in topics
        ],
    }


def _said(said: Said | None) -> dict[str, Any] | None:
    if said is None:
        return None
    return {"value": said.value, "text": said.text, "source": said.source, "more": list(said.more)}


COMMAND = Command(
    name="compare",
    help="compare what two schemes say to the same facts",
    about="""Puts the same facts to two schemes, or to two versions of one, and tells where they differ: what is asked
and what it decides, what says no with the reason and the source, who decides, what can be fitted, how long it may take
and what follows. Facts are in the words of meanings.yaml, which stands beside the schemes; a case file is told in the
words of the first scheme.""",
    arguments=_arguments,
    run=_run,
)
