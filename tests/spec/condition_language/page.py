"""How does the reference tell of conditions? One page made of the chapters, the mistakes and nothing else.

Write it anew with `python -m tests.spec.condition_language.page`, from the top of the repository.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

from sanctuary.core.clocks import LONDON
from sanctuary.core.conditions import in_words
from sanctuary.core.conditions.amounts import told
from sanctuary.core.facts import Silence, Value
from tests.spec.condition_language.chapters import CHAPTERS, Chapter, Example
from tests.support.questions import compiled

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "conditions.md"
MISTAKES = Path(__file__).with_name("mistakes.txt")
_INTRODUCTION = """\
# Conditions

<!-- Made from tests/spec/condition_language by python -m tests.spec.condition_language.page; change it there. -->

A condition says what must be so: when a step applies, what stops a case, which question is asked next. Conditions are
written in a strict subset of the [Common Expression Language](https://cel.dev), so that whoever knows it can read them.
Every example on this page is run as a test, and random conditions are compared with Google's own engine.
"""


def mistakes() -> Iterator[tuple[str, str, str]]:
    """Chapter, condition with ▸ at its mistake, and message."""
    chapter = condition = ""
    for line in MISTAKES.read_text(encoding="utf-8").splitlines()[1:]:
        if line.startswith("# "):
            chapter = line.removeprefix("# ")
        elif line.startswith("    "):
            yield chapter, condition, line.strip()
        else:
            condition = line


def page() -> str:
    """The whole page as Markdown."""
    parts = [_INTRODUCTION, *map(_chapter, CHAPTERS), "## Mistakes, and what is said about them\n\n" + _mistakes()]
    return "\n".join(parts)


def _chapter(chapter: Chapter) -> str:
    rows = "".join(map(_row, chapter.examples))
    return f"## {chapter.title}\n\n{chapter.words}\n\n| condition | answers | outcome |\n| --- | --- | --- |\n{rows}"


def _row(example: Example) -> str:
    said = f"{_code(example.condition)}<br>{in_words(compiled(example.condition), {}, {})}"
    answers = "<br>".join(f"`{name}`: {_told(value)}" for name, value in example.answers.items()) or "none"
    outcome = str(example.outcome).lower()
    if isinstance(example.outcome, tuple):
        outcome = "unknown: " + ", ".join(f"`{name}`" for name in example.outcome)
    return f"| {said} | {answers} | {outcome} |\n"


def _told(value: Value) -> str:
    match value:
        case Silence():
            return f"*{value.value.replace('_', ' ')}*"
        case datetime():
            return f"{told(date(value.year, value.month, value.day))} at {value.astimezone(LONDON):%H:%M}"
        case str():
            return value
        case Mapping():
            return ", ".join(f"{name} {_told(item)}" for name, item in value.items()) or "not asked"
        case tuple():
            return "; ".join(f"({_told(item)})" for item in value) or "none"
        case _:
            return told(value)


def _mistakes() -> str:
    lines, chapter = [], ""
    for title, condition, message in mistakes():
        if title != chapter:
            lines.append(f"\n### {title}\n\n| condition, with ▸ at the mistake | message |\n| --- | --- |")
            chapter = title
        lines.append(f"| {_code(condition)} | {_cell(message)} |")
    return "\n".join(lines).lstrip() + "\n"


def _code(text: str) -> str:
    return f"`{_cell(text)}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
