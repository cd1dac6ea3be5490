"""What is a scheme of exactly sixty rules? Six forms of ten questions, each with a gate of ten criteria behind it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from sanctuary.core.clocks import LONDON
from sanctuary.core.events import Event, EventKind, fold
from sanctuary.core.facts import Facts, Value
from sanctuary.core.scheme import Scheme
from sanctuary.loader import load
from tests.support.source import ROOT

FORMS = 6
NOW = datetime(2026, 6, 1, 12, tzinfo=LONDON)
OPENED = datetime(2026, 5, 1, 9, tzinfo=LONDON)
QUESTIONS = """
      agrees: {ask: Do you agree?, type: yes_no}
      safe: {ask: Is it safe?, type: yes_no, allow: [not_known]}
      owner: {ask: Who owns it?, type: choice, options: {council: The council, private: A landlord, own: They do}}
      locks: {ask: Which locks?, type: choices, options: {front: Front door, back: Back door, windows: Windows}}
      rooms: {ask: How many rooms?, type: number}
      savings: {ask: How much is saved?, type: money}
      since: {ask: Since when?, type: date}
      seen: {ask: When were they seen?, type: moment}
      children: {ask: Children, type: rows, columns: {age: {ask: Age, type: number}}}
      words: {ask: In their words, type: text, optional: yes}
"""
ANSWERS: Mapping[str, Value] = {
    "agrees": "yes", "safe": "yes", "owner": "council", "locks": ("front", "back"), "rooms": 3, "savings": Decimal(250),
    "since": date(2024, 5, 1), "seen": OPENED, "children": ({"age": 7}, {"age": 3}), "words": "Nothing more",
}  # fmt: skip
RULES = (
    "{0}.agrees == 'no'",
    "{0}.safe == 'no'",
    "{0}.owner in ['private', 'own']",
    "!('front' in {0}.locks)",
    "{0}.rooms > 9",
    "{0}.savings >= 16000.00 && {0}.owner == 'own'",
    "{0}.since > date('2026-01-01')",
    "{0}.seen + working_days(2) < {0}.seen",
    "{0}.children.exists(c, c.age > 17)",
    "{0}.agrees == 'no' || {0}.safe == 'no' || ({0}.rooms < 1 && {0}.owner != 'council')",
)


def sixty() -> Scheme:
    """The scheme, read from YAML like any other."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(ROOT / "tests" / "spec" / "base", Path(place) / "base"))
        (folder / "2-assessment.yaml").write_text("\n".join(_steps()) + "\n" + "\n".join(_gates()), encoding="utf-8")
        loaded = load(folder)
    if loaded.scheme is None:
        raise ValueError("\n".join(str(problem) for problem in loaded.problems))
    return loaded.scheme


def unanswered() -> Facts:
    """A case that was opened and no more: all sixty rules are undecided."""
    return fold([Event(kind=EventKind.OPENED, at=OPENED, area="town")])


def answered() -> Facts:
    """A case in which everything was answered: all sixty rules are decided, and none stops it."""
    return fold(_happened())


def _happened() -> Iterator[Event]:
    yield Event(kind=EventKind.OPENED, at=OPENED, area="town")
    for step in ("referral", *_forms()):
        if step != "referral":
            yield Event(kind=EventKind.ANSWERED, at=OPENED, step=step, answers=ANSWERS, role="housing")
        yield Event(kind=EventKind.DONE, at=OPENED, step=step, role="housing")


def _forms() -> list[str]:
    return [f"form{number}" for number in range(1, FORMS + 1)]


def _steps() -> Iterator[str]:
    yield "steps:"
    before = "referral"
    for name in (*_forms(), "last"):
        yield f"  {name}:\n    kind: form\n    title: {name.title()}\n    who: [housing]\n    compartment: housing"
        yield f"    after: [{before}]\n    questions:{QUESTIONS}"
        before = name


def _gates() -> Iterator[str]:
    yield "gates:"
    for name, guarded in zip(_forms(), [*_forms()[1:], "last"], strict=True):
        yield f"  after_{name}:\n    title: After {name}\n    guards: [{guarded}]\n    criteria:"
        for number, rule in enumerate(RULES, start=1):
            yield f'      rule{number}:\n        stops_if: "{rule.format(name)}"\n        reason: No, by rule {number}.'
            yield "        unknown: hold\n        code: withdrawn\n        instead: [advice]\n        source: The guide"
