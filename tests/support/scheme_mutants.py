"""Which rules could a scheme lose without any of its examples noticing? Weakens each in turn, and runs the examples.

`python -m tests.support.scheme_mutants [scheme ...]` names what survives and ends with 1 where anything does.
Wording, forms and who does a step are not weakened: examples say where a case stands.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sanctuary.core.scheme import Scheme
from sanctuary.loader import load
from sanctuary.loader.examples import Example, examples, run
from tests.support.proof import length
from tests.support.source import ROOT
from tests.support.weakened import weakened

SCHEMES = ROOT / "schemes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many weakened schemes there were, and what had been done to those that no example noticed."""

    tried: int
    survivors: tuple[str, ...]


def tally(scheme: Scheme, shown_by: tuple[Example, ...], every: int = 1) -> Tally:
    """Each way of weakening the scheme, or one in `every`."""
    order, survivors, tried = list(shown_by), [], 0
    for what, mutant in list(weakened(scheme))[::every]:
        tried += 1
        noticed = next((example for example in order if run(example, mutant)), None)
        if noticed is None:
            survivors.append(what)
        else:  # rules of one kind stand together, and so does what notices them
            order.remove(noticed)
            order.insert(0, noticed)
    return Tally(tried=tried, survivors=tuple(survivors))


def found(names: list[str]) -> Iterator[tuple[Path, Scheme]]:
    """The schemes of these names, or all of them, with their folders."""
    for path in sorted(SCHEMES.glob("*/scheme.yaml")):
        scheme = load(path.parent).scheme
        if scheme is not None and (not names or scheme.key in names):
            yield path.parent, scheme


def main(names: list[str]) -> int:
    """Say what survives."""
    survivors = 0
    for folder, scheme in found(names):
        result = tally(scheme, examples(folder), every=length(full=1, short=10))
        survivors += len(result.survivors)
        print(f"{scheme.key}: {result.tried} rules weakened, {len(result.survivors)} of them unnoticed by its examples")
        for what in result.survivors:
            print(f"   {what}")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
