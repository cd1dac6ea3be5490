"""`sanctuary check`: is anything wrong with these definitions, or with what their examples say?"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from sanctuary.cli import find
from sanctuary.cli.case import complain
from sanctuary.cli.command import WELL, WRONG, Command, UnusableError
from sanctuary.cli.words import count
from sanctuary.core.meanings import Catalogue
from sanctuary.core.scheme import Scheme
from sanctuary.gateways.home import place
from sanctuary.loader import Problem, load, load_all
from sanctuary.loader.contacts import Contacts, contacts, named, unreached
from sanctuary.loader.disagreements import contradictions
from sanctuary.loader.disagreements import run as contradict
from sanctuary.loader.examples import examples, run
from sanctuary.loader.meanings import catalogue


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "path",
        metavar="PATH",
        type=Path,
        nargs="?",
        help="the folder of a scheme, or of several; if left out the folder schemes here, or that of the checkout",
    )


def _run(options: Namespace) -> int:
    path = options.path or find.root()
    if not path.is_dir():
        raise UnusableError(f"There is no folder {path}.")
    folders = find.folders(path)
    reached, of_contacts = contacts(place(), named(folders[0].parent))
    complain(of_contacts)
    problems = [*of_contacts, *(problem for folder in folders for problem in _checked(folder, reached))]
    problems += _contradicted(path)
    if problems:
        sys.stdout.write(f"{count(len(problems), 'problem')} found.\n")
    return WRONG if problems else WELL


def _checked(folder: Path, reached: Contacts) -> tuple[Problem, ...]:
    """Every problem of one scheme, told as it is found; where there is none, what the scheme holds and still lacks."""
    loaded = load(folder)
    found = examples(folder)
    problems = [*loaded.problems]
    for example in found:
        problems += run(example, loaded.scheme) if loaded.scheme else example.problems
    complain(problems)
    if loaded.scheme is not None and not problems:
        sys.stdout.write(f"{_held(loaded.scheme, len(found))}\n")
        if loaded.scheme.closing_reasons and not loaded.scheme.retention:
            sys.stdout.write("  nothing is said of how long records are kept, so none is ever due to go\n")
        missing = list(unreached(loaded.scheme, reached))
        if missing:
            sys.stdout.write(f"  no contact details for: {'; '.join(missing)}\n")
    return tuple(problems)


def _contradicted(path: Path) -> tuple[Problem, ...]:
    """Every known contradiction that does not hold between the schemes of the folder, told; or how many do."""
    found = contradictions(path)
    schemes = {key: loaded.scheme for key, loaded in (load_all(path) if found else {}).items() if loaded.scheme}
    known = catalogue(path)[0] or Catalogue()
    problems = [problem for one in found for problem in contradict(one, schemes, known)]
    complain(problems)
    if found and not problems:
        sys.stdout.write(f"{count(len(found), 'contradiction')} as known.\n")
    return tuple(problems)


def _held(scheme: Scheme, examples: int) -> str:
    criteria = sum(len(gate.criteria) for gate in scheme.gates.values())
    questions = sum(len(step.questions) for step in scheme.steps.values())
    parts = [count(len(scheme.steps), "step"), count(questions, "question"), count(criteria, "rule")]
    clocks, ran = count(len(scheme.clocks), "clock"), count(examples, "example")
    return f"{scheme.title}, version {scheme.version}: {', '.join(parts)}, {clocks}; {ran} as expected."


COMMAND = Command(
    name="check",
    help="check definitions and run their examples",
    about="""Checks the definition of a scheme, or of every scheme in a folder, and runs its examples. Every problem is
told as file:line:column: message, with the nearest match to a misspelt name, and each expectation of an example that
does not hold at its own line. Ends with 1 where there is any. How an agency is reached is no part of a definition: that
is in contacts.yaml in the folder that SANCTUARY_HOME names, and agencies that are not in it are listed.""",
    arguments=_arguments,
    run=_run,
)
