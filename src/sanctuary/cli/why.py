"""`sanctuary why`: where does a case stand, and why?"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from sanctuary.cli import explained, standing
from sanctuary.cli.case import facts_of, moment, scheme_of
from sanctuary.cli.command import WELL, WRONG, Command, UnusableError
from sanctuary.core.conditions.names import suggestion
from sanctuary.core.explain import Explanation, explain, names
from sanctuary.core.facts import Facts
from sanctuary.core.progress import Progress, evaluate
from sanctuary.core.scheme import Scheme


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("scheme", metavar="SCHEME", help="the key of a scheme, or the path of its folder")
    parser.add_argument("casefile", metavar="CASEFILE", type=Path, help="a case file: a YAML list of what happened")
    parser.add_argument(
        "--at", metavar="TIME", help="the time asked about, in London, like '2026-03-02 14:30'; now if left out"
    )
    parser.add_argument(
        "--rule", metavar="NAME", help="explain one gate, clock or derived fact: gate.NAME, clock.NAME, found.NAME"
    )
    parser.add_argument("--role", metavar="ROLE", help="tell only what this role may read")
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def _run(options: Namespace) -> int:
    at = moment(options.at)
    scheme = scheme_of(options.scheme)
    facts = facts_of(options.casefile, scheme, at) if scheme else None
    if scheme is None or facts is None:
        return WRONG
    progress = evaluate(scheme, facts, at)
    may_read = _may_read(options.role, progress)
    if options.rule:
        told = [_explained(scheme, facts, progress, options.rule, may_read)]
    else:
        every = (explain(scheme, facts, progress, name, may_read) for name in names(scheme))
        told = [each for each in every if each is not None and _matters(each, progress)]
    _tell(options, scheme, progress, told)
    return WELL


def _tell(options: Namespace, scheme: Scheme, progress: Progress, told: list[Explanation]) -> None:
    if options.json:
        answer = explained.as_json(told[0]) if options.rule else standing.as_json(progress)
        sys.stdout.write(json.dumps(answer, indent=2, ensure_ascii=False) + "\n")
        return
    if not options.rule:
        sys.stdout.write(standing.in_words(scheme, progress) + ("\n\nWhy\n\n" if told else ""))
    sys.stdout.write("\n".join(explained.in_words(each) for each in told))


def _may_read(role: str | None, progress: Progress) -> frozenset[str] | None:
    """The compartments of the role asked for; None, all of them, where none is."""
    if role is not None and role not in progress.reads:
        raise UnusableError(f"There is no role '{role}'{suggestion(role, progress.reads)}.")
    return progress.reads[role] if role is not None else None


def _explained(
    scheme: Scheme, facts: Facts, progress: Progress, name: str, may_read: frozenset[str] | None
) -> Explanation:
    """The gate, clock or derived fact of this name; a gate or a clock may be named without saying which it is."""
    known = names(scheme)
    meant = next((each for each in (name, f"gate.{name}", f"clock.{name}") if each in known), name)
    found = explain(scheme, facts, progress, meant, may_read)
    if found is None:
        raise UnusableError(f"There is no rule '{name}'{suggestion(name, known)}.")
    return found


def _matters(explanation: Explanation, progress: Progress) -> bool:
    """Whether it has to do with where the case stands now: a gate that stops it, or a clock that runs."""
    head, _, name = explanation.name.partition(".")
    if progress.is_closed:
        return False
    if head == "clock":
        return any(each.clock == name and each.due and not each.ended for each in progress.clocks)
    return head == "gate" and any(reason.rule.startswith(f"{name}.") for reason in progress.stopped)


COMMAND = Command(
    name="why",
    help="say where a case stands and why",
    about="""Says where the case in a case file stands: what is next and whose turn it is, what waits for what, what
says no with the reason, the source and what else there is, and what would settle what is undecided. Each gate that
stops and each clock that runs is explained: the rule in words, what it looks at, and what would change the answer.""",
    arguments=_arguments,
    run=_run,
)
