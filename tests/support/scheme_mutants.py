"""Which rules could a scheme lose without any of its examples noticing? Weakens each in turn, and runs the examples.

`python -m tests.support.scheme_mutants [scheme ...]` names what survives and ends with 1 where anything does.
Wording, forms and who does a step are not weakened: examples say where a case stands.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sanctuary.core.scheme import Scheme
from sanctuary.loader import load
from sanctuary.loader.examples import Example, examples, run
from tests.support.proof import figure, length
from tests.support.source import ROOT
from tests.support.weakened import weakened

SCHEMES = ROOT / "schemes"
# What a definition says twice, so that it can be read by itself: taking one of the two away changes nothing.
_DEPENDS = "asked only if the part that remains can be answered so"
SAID_TWICE: Mapping[str, Mapping[str, str]] = {
    "norfolk": {
        "possible.shorthold_without_consent stops_if without part 1": _DEPENDS,
        "supporters_enquiry when without part 1": _DEPENDS,
        "signed_permission when without part 1": _DEPENDS,
        "housing_section asks shorthold_fixed_term on all days": "asked of a shorthold, of which nobody is asked",
        "housing_section asks shorthold_term on all days": "asked of a shorthold, of which nobody is asked",
        "housing_section asks shorthold_consent on all days": "asked of a shorthold, of which nobody is asked",
    },
    "uttlesford": {
        "permission.landlord_refused stops_if without part 1": _DEPENDS,
        "help_after_refusal when without part 1": _DEPENDS,
        "home_suits does not guard add_ons": "add-ons are asked about only in a home that suits",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many weakened schemes there were, and what had been done to those that no example noticed."""

    tried: int
    survivors: tuple[str, ...]


def tally(scheme: Scheme, shown_by: Sequence[Example], every: int = 1) -> Tally:
    """Each way of weakening the scheme, or one in `every`."""
    order, survivors = list(shown_by), []
    mutants = list(weakened(scheme))[::every]
    for what, mutant in mutants:
        noticed = next((example for example in order if run(example, mutant)), None)
        if noticed is None:
            survivors.append(what)
        else:  # rules of one kind stand together, and so does what notices them
            order.remove(noticed)
            order.insert(0, noticed)
    return Tally(tried=len(mutants), survivors=tuple(survivors))


def faults(result: Tally, said_twice: Mapping[str, str], every: int = 1) -> Iterator[str]:
    """What no example noticed, and what is excused without need."""
    for what in result.survivors:
        if what not in said_twice:
            yield f"no example notices: {what}"
    for what in said_twice if every == 1 else ():
        if what not in result.survivors:
            yield f"an example notices, so it is not said twice: {what}"


def main(names: Sequence[str]) -> int:
    """Weaken the schemes of these names, or all of them."""
    every, found = length(full=1, short=10), 0
    for path in sorted(SCHEMES.glob("*/scheme.yaml")):
        scheme = load(path.parent).scheme
        if scheme is None or (names and scheme.key not in names):
            continue
        result = tally(scheme, examples(path.parent), every)
        figure(f"{scheme.key}: {result.tried} rules weakened")
        for fault in faults(result, SAID_TWICE.get(scheme.key, {}), every):
            print(f"   {fault}")
            found += 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
