"""How long does a condition take? Prints microseconds a rule, with all answers known and with none; asserts nothing.

Run it with `python -m tests.support.bench_conditions`, from the top of the repository.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from timeit import repeat

from sanctuary.core.conditions import Scope
from sanctuary.core.facts import Value
from tests.support.questions import CALENDAR, NOW, compiled

ANSWERS: dict[str, Value] = {
    "referral.safe": "no",
    "referral.moved": "yes",
    "referral.area": "norwich",
    "referral.made": NOW - timedelta(hours=30),
    "home.since": date(2024, 5, 1),
    "home.rooms": 3,
    "home.locks": ("front", "back"),
    "home.children": ({"age": 7, "school": "yes"}, {"age": 3, "school": "no"}),
    "money.savings": Decimal("2500.00"),
    "money.debts": Decimal("99.50"),
}
RULES = (
    "referral.safe == 'no'",
    "referral.area in ['norwich', 'breckland']",
    "'front' in home.locks",
    "has(home.rooms) && home.rooms > 2",
    "referral.safe == 'no' && money.savings >= 2000.00",
    "referral.safe == 'yes' || referral.moved == 'yes' || referral.area == 'broadland'",
    "referral.moved == 'yes' ? money.savings > 16000.00 : money.savings > 6000.00",
    "!(referral.safe == 'no' && (home.rooms < 2 || referral.area != 'norwich'))",
    "money.savings - money.debts > 0.00",
    "now - referral.made > duration('24h')",
    "referral.made + working_days(2) < now",
    "today >= date('2026-05-01')",
    "home.since + months(6) <= today",
    "home.children.exists(c, c.age < 5 && c.school == 'no')",
)
_TIMES, _REPEATS = 5_000, 5


def main() -> None:
    """Print the best of a few runs for each rule, then the mean of all rules."""
    known, nothing = Scope(ANSWERS, NOW, CALENDAR), Scope({}, NOW, CALENDAR)
    measured = [(rule, _microseconds(rule, known), _microseconds(rule, nothing)) for rule in RULES]
    print("   known  unknown  condition")
    for rule, *both in measured:
        print("{:8.2f} {:8.2f}  ".format(*both) + rule)
    means = (sum(column) / len(RULES) for column in list(zip(*measured, strict=True))[1:])
    print("{:8.2f} {:8.2f}  mean, microseconds a rule".format(*means))


def _microseconds(rule: str, scope: Scope) -> float:
    decide = compiled(rule).decide
    return min(repeat(lambda: decide(scope), number=_TIMES, repeat=_REPEATS)) / _TIMES * 1e6


if __name__ == "__main__":
    main()
