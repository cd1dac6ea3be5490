"""How is an explanation told on a terminal? As JSON for programs and in plain words for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sanctuary.cli import words
from sanctuary.core.explain import Explanation, Otherwise, Read, Rule


def as_json(explanation: Explanation) -> dict[str, Any]:
    """The explanation for programs."""
    return {
        "name": explanation.name,
        "title": explanation.title,
        "says": explanation.says,
        "more": list(explanation.more),
        "rules": [_rule(rule) for rule in explanation.rules],
    }


def in_words(explanation: Explanation) -> str:
    """The explanation for people."""
    parts = [f"{explanation.title} ({explanation.name})", words.paragraph(f"{explanation.says}.")]
    parts += [words.paragraph(more) for more in explanation.more]
    parts += [line for rule in explanation.rules for line in _lines(rule, explanation.says)]
    return "\n".join(parts) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "name": rule.name,
        "says": rule.says,
        "rule": rule.rule,
        "text": rule.text,
        "source": rule.source,
        "alternatives": list(rule.alternatives),
        "reads": [_read(read) for read in rule.reads],
        "otherwise": [{"facts": list(each.facts), "says": each.becomes} for each in rule.otherwise],
    }


def _read(read: Read) -> dict[str, Any]:
    return {"fact": read.fact, "title": read.title, "value": read.value or None, "held": read.held}


def _lines(rule: Rule, whole: str) -> Iterator[str]:
    yield ""
    if rule.text or rule.says != whole:
        yield words.paragraph(f"{rule.says}: {rule.text}" if rule.text else f"{rule.says}.")
    yield words.paragraph(rule.rule, 4)
    if rule.source:
        yield words.paragraph(f"Where it says so: {rule.source} ({rule.name})", 4)
    yield from (words.paragraph(f"{read.title} – {value_of(read)}", 6) for read in rule.reads)
    yield from (words.paragraph(_otherwise(each), 6) for each in rule.otherwise)


def value_of(read: Read) -> str:
    """What a fact is, or why it is not told."""
    return "not for this reader" if read.held else read.value or "not known yet"


def _otherwise(otherwise: Otherwise) -> str:
    return f"With {' and '.join(otherwise.facts)}: {otherwise.becomes}."
