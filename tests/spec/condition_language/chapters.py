"""What does the language of conditions say? Its chapters, with examples that are run and printed in the reference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from sanctuary.core.facts import Silence, Value

NA, NOT_KNOWN, DECLINED = Silence.NOT_APPLICABLE, Silence.NOT_KNOWN, Silence.DECLINED
Row = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Example:
    """A condition, some answers, and its outcome: true, false, or the facts that would settle it."""

    condition: str
    answers: dict[str, Value]
    outcome: bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the language in plain words, and examples of it."""

    title: str
    words: str
    examples: tuple[Example, ...]


def children(*rows: Row) -> dict[str, Value]:
    """Answers about some children."""
    return {"home.children": rows}


CHAPTERS = (
    Chapter(
        "One question and its answer",
        "A question is named by its step, a dot and its own name. Answers to choices are written in quotes, "
        "`'yes'` and `'no'` too. `==` is for is, `!=` for is not, `in` for is one of.",
        (
            Example("referral.safe == 'no'", {"referral.safe": "no"}, True),
            Example("referral.safe == 'no'", {"referral.safe": "yes"}, False),
            Example("referral.safe != 'no'", {"referral.safe": "yes"}, True),
            Example("referral.area in ['norwich', 'breckland']", {"referral.area": "broadland"}, False),
            Example('referral.language == "O\'odham"', {"referral.language": "Welsh"}, False),
        ),
    ),
    Chapter(
        "What is not known is not no",
        "A condition is true, false or unknown. It is unknown where it needs an answer that nobody has asked for "
        "yet, that is not known yet, or that was declined; then it names the questions that would settle it. It is "
        "never taken for false.",
        (
            Example("referral.safe == 'no'", {}, ("referral.safe",)),
            Example("referral.safe == 'no'", {"referral.safe": NOT_KNOWN}, ("referral.safe",)),
            Example("referral.safe != 'no'", {"referral.safe": DECLINED}, ("referral.safe",)),
        ),
    ),
    Chapter(
        "What is not applicable",
        "An answer that is not applicable is equal to nothing, so `==` and `in` are false and `!=` is true. It "
        "cannot be counted, added up or put in order: a condition that needs that is unknown.",
        (
            Example("referral.safe == 'no'", {"referral.safe": NA}, False),
            Example("referral.safe != 'no'", {"referral.safe": NA}, True),
            Example("referral.area in ['norwich']", {"referral.area": NA}, False),
            Example("home.rooms > 2", {"home.rooms": NA}, ("home.rooms",)),
        ),
    ),
    Chapter(
        "Is there an answer?",
        "`has()` asks whether there is a value. Not applicable and declined are no; not known yet and not asked "
        "are unknown, because an answer may still come.",
        (
            Example("has(referral.area)", {"referral.area": "norwich"}, True),
            Example("has(referral.area)", {"referral.area": NA}, False),
            Example("has(referral.area)", {"referral.area": DECLINED}, False),
            Example("has(referral.area)", {}, ("referral.area",)),
        ),
    ),
    Chapter(
        "And, or, not",
        "`&&` is and, `||` is or, `!` is not; `&&` binds tighter than `||`, and brackets help. One false settles "
        "an and, and one true settles an or, whatever else is unknown. Otherwise everything that is unknown is "
        "named.",
        (
            Example("referral.safe == 'no' && home.rooms > 2", {"referral.safe": "yes"}, False),
            Example("home.rooms > 2 || referral.safe == 'no'", {"referral.safe": "no"}, True),
            Example("referral.safe == 'no' && home.rooms > 2", {"referral.safe": "no"}, ("home.rooms",)),
            Example("referral.safe == 'no' || home.rooms > 2", {}, ("home.rooms", "referral.safe")),
            Example("!(referral.safe == 'no' || has(home.rooms))", {"referral.safe": "yes", "home.rooms": NA}, True),
        ),
    ),
    Chapter(
        "One or the other",
        "`test ? one : other` is one where the test is true and other where it is false. Where the test is unknown "
        "so is all of it.",
        (
            Example(
                "home.rooms > 2 ? referral.safe == 'no' : referral.moved == 'no'",
                {"home.rooms": 1},
                ("referral.moved",),
            ),
            Example("home.rooms > (referral.moved == 'yes' ? 2 : 4)", {"referral.moved": "yes", "home.rooms": 3}, True),
        ),
    ),
    Chapter(
        "Numbers and money",
        "Amounts of money have pence: `2000.00`. Numbers have none. The two are not compared with each other. `+` "
        "and `-` add and take away; a condition does not multiply, because a form can have totals.",
        (
            Example("money.savings >= 2000.00", {"money.savings": Decimal("2000")}, True),
            Example(
                "money.savings - money.debts < 0.00",
                {"money.savings": Decimal("1"), "money.debts": Decimal("2.50")},
                True,
            ),
            Example("home.rooms + 1 > home.doors", {"home.rooms": 2, "home.doors": 3}, False),
        ),
    ),
    Chapter(
        "Several choices",
        "Where several may be chosen, ask for each with `in`, and how many with `size()`.",
        (
            Example("'front' in home.locks", {"home.locks": ("front", "back")}, True),
            Example("'window' in home.locks", {"home.locks": ()}, False),
            Example("size(home.locks) >= 2", {"home.locks": ("front", "back")}, True),
        ),
    ),
    Chapter(
        "Rows",
        "`exists(x, …)` is true where at least one row passes; `all(x, …)` where every row does. `x` is any name "
        "for one row, and its questions come after a dot. A missing answer in a row matters only where no other "
        "row settles it. `size()` counts the rows.",
        (
            Example("home.children.exists(child, child.age < 5)", children({"age": 7}, {"age": 3}), True),
            Example("home.children.exists(child, child.age < 5)", children({"age": 3}, {}), True),
            Example("home.children.exists(child, child.age < 5)", children({"age": 7}, {}), ("home.children.age",)),
            Example("home.children.all(child, child.school == 'yes')", children({"school": "yes"}), True),
            Example("home.children.all(child, child.age < 5)", children(), True),
            Example("size(home.children) == 0", children(), True),
        ),
    ),
    Chapter(
        "Dates",
        "`today` is the date in London, and `date('2026-05-01')` one written out. `days()`, `working_days()` and "
        "`months()` come after a date with `+` or `-`. A month later is the same day of the month, or its last. "
        "Two dates are a length of time apart. Here today is 1 May 2026, a Friday, and Monday is a bank holiday.",
        (
            Example("today >= date('2026-05-01')", {}, True),
            Example("home.since + months(3) <= today", {"home.since": date(2026, 1, 31)}, True),
            Example("home.until <= today + working_days(1)", {"home.until": date(2026, 5, 5)}, True),
            Example("home.until - today > duration('48h')", {"home.until": date(2026, 5, 3)}, False),
        ),
    ),
    Chapter(
        "Times",
        "`now` is a date with a time; it is compared with other times, never with dates. `duration('48h')` is a "
        "length of elapsed time, also `'1h30m'` or `'45s'`. Days, working days and months keep the time of day in "
        "London. Here it is half past twelve there.",
        (
            Example(
                "now - referral.made > duration('48h')", {"referral.made": datetime(2026, 4, 29, 9, tzinfo=UTC)}, True
            ),
            Example(
                "referral.made + working_days(1) > now", {"referral.made": datetime(2026, 4, 30, 12, tzinfo=UTC)}, True
            ),
            Example(
                "referral.made <= referral.seen",
                {"referral.made": datetime(2026, 4, 30, tzinfo=UTC)},
                ("referral.seen",),
            ),
        ),
    ),
)
