"""What is to be asked for at each address? For every part of it that varies, what a case of the proof offers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from random import Random
from uuid import UUID

from django.urls import reverse

from sanctuary.core.consents import Consent
from sanctuary.core.gates import rules
from sanctuary.web.access_table import Address
from sanctuary.web.addresses import ALL
from tests.support.access.planting import Planted, staff

Offer = Callable[[Planted], Sequence[str]]
NOBODY = "00000000-0000-4000-8000-000000000000"


def of_case(address: Address) -> bool:
    """Whether it is the address of one case."""
    return "<uuid:case_id>" in address.path


def varying(address: Address) -> tuple[str, ...]:
    """The parts of the address that vary, the case left out."""
    return tuple(name for _, name in _varying(address))


def _varying(address: Address) -> tuple[tuple[str, str], ...]:
    return tuple(found for found in re.findall(r"<(\w+):(\w+)>", address.path) if found[1] != "case_id")


def asked(address: Address, case: Planted, most: int, chance: Random, case_id: UUID | None = None) -> Iterator[str]:
    """Up to `most` ways to ask for the address about the case; `case_id`: as if that were its number."""
    names = varying(address)
    offers = [_offered(address, kind, name, case) for kind, name in _varying(address)]
    choices = [combined for combined in product(*offers) if _fits(case, names, combined)]
    for chosen in choices if len(choices) <= most else chance.sample(choices, most):
        parts = dict(zip(names, chosen, strict=True))
        whose = {"case_id": case_id or case.id} if of_case(address) else {}
        yield reverse(address.name, kwargs={**parts, **whose})


def _offered(address: Address, kind: str, name: str, case: Planted) -> Sequence[str]:
    """What the case offers for it; of what has a number only, somebody else's, or none."""
    if name in OFFERED and (kind not in UNKNOWN or name == "account"):
        return OFFERED[name](case)
    assert kind in UNKNOWN, f"{address.name}: say in tests/support/access/addresses.py what {name} may be"
    return [UNKNOWN[kind]]


def every() -> tuple[Address, ...]:
    """Every address of the site."""
    return ALL


def _rules(case: Planted) -> list[str]:
    scheme = case.scheme
    gates, clocks = [f"gate.{name}" for name in scheme.gates], [f"clock.{clock.name}" for clock in scheme.clocks]
    return [*gates, *clocks, *(fact.name for fact in scheme.derived), *rules(scheme)]


def _consents(case: Planted) -> list[str]:
    return [fact.name.partition(".")[2] for fact in case.scheme.derived if isinstance(fact, Consent)]


def _sections(case: Planted) -> list[str]:
    return sorted({section.name for step in case.scheme.steps.values() for section in step.sections})


def _fits(case: Planted, names: Sequence[str], chosen: Sequence[str]) -> bool:
    """A section goes with its own step, an area with its own scheme."""
    parts = dict(zip(names, chosen, strict=True))
    if "section" in parts:
        return parts["section"] in {each.name for each in case.scheme.steps[parts["step"]].sections}
    if "question" in parts:
        return parts["question"] in {each.name for each in case.scheme.steps[parts["step"]].questions}
    return True


# For what is known by a number: nobody's.
UNKNOWN: Mapping[str, str] = {"uuid": NOBODY, "int": "1"}
OFFERED: Mapping[str, Offer] = {
    "step": lambda case: list(case.scheme.steps),
    "section": _sections,
    "rule": _rules,
    "consent": _consents,
    "scheme": lambda case: [case.scheme.key],
    "area": lambda case: list(case.scheme.areas),
    "account": lambda case: [str(staff(agency, role).account) for role, agency in case.agencies.items()],
    "agency": lambda case: [next(iter(case.agencies.values()))],
    "token": lambda case: ["no-such-invitation"],
    "reference": lambda case: ["AAA-2222-22"],
    "why": lambda case: ["retention"],
    "number": lambda case: ["D-2222-2222"],
    "question": lambda case: sorted({each.name for step in case.scheme.steps.values() for each in step.questions}),
}
