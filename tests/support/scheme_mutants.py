"""Which rules could a scheme lose without any of its examples noticing? Weakens each in turn, and runs the examples.

`python -m tests.support.scheme_mutants [scheme ...]` names what survives and ends with 1 where anything does.
Wording, forms and who does a step are not weakened: examples say where a case stands.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from sanctuary.core.events import Event, fold
from sanctuary.core.facts import Unknown
from sanctuary.core.progress import evaluate
from sanctuary.core.scheme import Scheme
from sanctuary.loader import load
from sanctuary.loader.differences import differences
from sanctuary.loader.examples import Example, examples, run
from sanctuary.loader.worlds import Asked, turns
from tests.support.proof import figure, length
from tests.support.reached import events_of
from tests.support.source import ROOT
from tests.support.weakened import weakened
from tests.support.weakened_gates import Mutant

WORKERS = os.cpu_count() or 1
SCHEMES = ROOT / "schemes"
# What a definition says twice, so that it can be read by itself: taking one of the two away changes nothing.
_DEPENDS = "asked only if the part that remains can be answered so"
_JUDGED = "asked with every judgement"
_ALONE = "the one opinion decides, whatever the rule"
_OF_TWO = "two opinions agree, both refuse or conflict, by either of these rules"
SAID_TWICE: Mapping[str, Mapping[str, str]] = {
    "national_model": {
        "decided.together rule panel for joint": _OF_TWO,
    },
    "norfolk": {
        "signed_permission when without part 1": _DEPENDS,
        "housing_section asks shorthold_fixed_term on all days": "asked of a shorthold, of which nobody is asked",
        "housing_section asks shorthold_term on all days": "asked of a shorthold, of which nobody is asked",
        "housing_section asks shorthold_consent on all days": "asked of a shorthold, of which nobody is asked",
    },
    "uttlesford": {
        "home_suits does not guard add_ons": "add-ons are asked about only in a home that suits",
    },
    "hammersmith_fulham": {
        "access does not guard limited_fitting": "lifted there again, for the measures that it names",
        "triage asks complex_because always": _JUDGED,
        "triage asks cannot_wait_because always": _JUDGED,
        "decision asks outcome_because always": _JUDGED,
        "decided.referral rule panel for single": _ALONE,
        "decided.referral rule unanimous for single": _ALONE,
        "agent_answer not after works_agreed": "the letters that it comes after come after that",
        "landlord_permission not after works_agreed": "the letters that it comes after come after that",
        "removal_offer reopens always": "sent only where it is true",
        "discreet_again reopens always": "sent only where it is true",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many weakened schemes there were, what had been done to those that no example noticed, and to those alike.

    `alike` decide as before whatever is answered, which has been tried, so there is nothing for an example to notice.
    """

    tried: int
    survivors: tuple[str, ...]
    alike: tuple[str, ...] = ()

    def __add__(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(
            tried=self.tried + other.tried,
            survivors=(*self.survivors, *other.survivors),
            alike=(*self.alike, *other.alike),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An example, and the events of its case as the whole scheme reads them."""

    example: Example
    events: tuple[Event, ...]

    def differs(self, scheme: Scheme) -> bool:
        """Whether the same events come to something else under `scheme`."""
        assert self.example.shape is not None, self.example.file
        for expected in self.example.shape.expect:
            facts = fold([event for event in self.events if event.at <= expected.at])
            if any(differences(expected, scheme, facts, evaluate(scheme, facts, expected.at))):
                return True
        return False


def tally(scheme: Scheme, shown_by: Sequence[Example], every: int = 1, first: int = 0) -> Tally:
    """Each way of weakening the scheme, or one in `every`, beginning with the `first`."""
    told, survivors, same = [Told(example=one, events=events_of(scheme, one)) for one in shown_by], [], []
    mutants = list(weakened(scheme))[first::every]
    for mutant in mutants:
        noticed = next((one for one in told if one.differs(mutant.scheme)), None)
        if noticed is not None:  # rules of one kind stand together, and so does what notices them
            told.remove(noticed)
            told.insert(0, noticed)
        elif any(run(one.example, mutant.scheme) for one in told):
            continue  # the case would go on differently: questions, or what follows of itself
        elif is_alike(scheme, mutant):
            same.append(mutant.what)
        else:
            survivors.append(mutant.what)
    return Tally(tried=len(mutants), survivors=tuple(survivors), alike=tuple(same))


def is_alike(scheme: Scheme, mutant: Mutant) -> bool:
    """Whether the changed condition decides as the one before, in every way in which its questions can be answered."""
    if mutant.was is None or mutant.now is None:
        return False
    found = turns([mutant.was, mutant.now], Asked.of(scheme.steps.values(), scheme.calendar))
    return found is not None and all(_told(was) is _told(now) for was, now in found)


def _told(answer: bool | Unknown) -> bool | None:
    return answer if isinstance(answer, bool) else None


def faults(result: Tally, said_twice: Mapping[str, str], every: int = 1) -> Iterator[str]:
    """What no example noticed, and what is excused without need."""
    for what in result.survivors:
        if what not in said_twice:
            yield f"no example notices: {what}"
    for what in said_twice if every == 1 else ():
        if what not in result.survivors:
            yield f"an example notices, so it is not said twice: {what}"


def share(place: Path, every: int, first: int) -> Tally:
    """The tally of some of the ways of weakening the scheme in `place`: conditions cannot be sent between processes."""
    scheme = load(place).scheme
    assert scheme is not None, f"{place} has problems"
    return tally(scheme, examples(place), every, first)


def main(names: Sequence[str]) -> int:
    """Weaken the schemes of these names, or all of them."""
    every, found = length(full=1, short=10), 0
    places = sorted(path.parent for path in SCHEMES.glob("*/scheme.yaml"))
    with ProcessPoolExecutor(WORKERS) as pool:
        shares = {
            place: [pool.submit(share, place, every * WORKERS, every * worker) for worker in range(WORKERS)]
            for place in places
            if not names or place.name in names
        }
        for place, parts in shares.items():
            result = sum((part.result() for part in parts), Tally(tried=0, survivors=()))
            figure(
                f"{place.name}: {result.tried} rules weakened, {len(result.alike)} of them alike whatever is answered"
            )
            for fault in faults(result, SAID_TWICE.get(place.name, {}), every):
                print(f"   {fault}")
                found += 1
    figure(f"survivors: {found or 'none'}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
