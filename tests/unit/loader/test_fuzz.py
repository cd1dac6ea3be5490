"""Whatever is done to a good definition, an example or a case file: problems or a scheme, and never an error."""

from __future__ import annotations

import re
import shutil
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from sanctuary.core.clocks import LONDON
from sanctuary.core.events import Event, EventKind, fold
from sanctuary.core.progress import evaluate
from sanctuary.core.scheme import Scheme
from sanctuary.loader import load
from sanctuary.loader.casefile import read_case
from sanctuary.loader.examples import examples, run
from tests.support.definitions import SMALL, small_scheme

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=LONDON)
FILES = sorted(path.relative_to(SMALL).as_posix() for path in SMALL.rglob("*.*"))
EXAMPLE = "examples/goes_well.yaml"
PIECES = [*"-:{}[]'\"#&*!|>%@`\\,?\t\n €\u2028", "\n\n", "  ", ": ", "- ", "null", "yes", "when: ", "{referral.name}"]


@cache
def text_of(file: str) -> str:
    """What the file says, unbroken."""
    return (SMALL / file).read_text(encoding="utf-8")


@cache
def words() -> list[str]:
    """Every word, number and sign of the definition."""
    return sorted({word for file in FILES for word in re.findall(r"[\w.]+|[^\w\s]", text_of(file))})


@st.composite
def broken(draw: st.DrawFn, file: str) -> str:
    """The text of `file` after a few mishaps."""
    text = text_of(file)
    for _ in range(draw(st.integers(1, 4))):
        text = draw(st.sampled_from([_cut, _put, _swap, _lines]))(draw, text)
    return text


def _cut(draw: st.DrawFn, text: str) -> str:
    start = draw(st.integers(0, len(text)))
    return text[:start] + text[start + draw(st.integers(1, 40)) :]


def _put(draw: st.DrawFn, text: str) -> str:
    start = draw(st.integers(0, len(text)))
    return text[:start] + draw(st.sampled_from(PIECES)) + text[start:]


def _swap(draw: st.DrawFn, text: str) -> str:
    found = list(re.finditer(r"[\w.]+", text))
    if not found:
        return text
    match = draw(st.sampled_from(found))
    return text[: match.start()] + draw(st.sampled_from(words())) + text[match.end() :]


def _lines(draw: st.DrawFn, text: str) -> str:
    lines = text.splitlines(keepends=True)
    if not lines:
        return text
    taken = draw(st.sampled_from(lines))
    at = draw(st.integers(0, len(lines)))
    return "".join([*lines[:at], taken, *lines[at:]])


def opens(scheme: Scheme) -> None:
    """The engine takes what the loader passes."""
    area = next(iter(scheme.areas), "")
    evaluate(scheme, fold([Event(kind=EventKind.OPENED, at=NOW, area=area)]), NOW)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_definition_gives_a_scheme_or_problems(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from([name for name in FILES if not name.startswith("examples/")]))
    text = data.draw(broken(file))
    with TemporaryDirectory() as place:
        folder = Path(shutil.copytree(SMALL, Path(place) / "small"))
        (folder / file).write_text(text, encoding="utf-8")
        loaded = load(folder)
        assert (loaded.scheme is None) is bool(loaded.problems)
        for problem in loaded.problems:
            lines = (
                len(Path(problem.file).read_text(encoding="utf-8").splitlines()) if Path(problem.file).exists() else 1
            )
            assert 1 <= problem.line <= lines + 1
            assert problem.column >= 1
            assert problem.message
        if loaded.scheme is not None:
            opens(loaded.scheme)


@settings(max_examples=100, deadline=None)
@given(broken(EXAMPLE))
def test_an_example_holds_or_has_problems(text: str) -> None:
    with TemporaryDirectory() as place:
        path = Path(place) / EXAMPLE
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
        for example in examples(Path(place)):
            run(example, small_scheme())


@settings(max_examples=100, deadline=None)
@given(broken(EXAMPLE).map(lambda text: text.partition("events:\n")[2].partition("expect:\n")[0]))
def test_a_case_file_gives_events_or_problems(text: str) -> None:
    events, problems = read_case(text, small_scheme())
    assert (events is None) is bool(problems)
    if events is not None:
        evaluate(small_scheme(), fold(events), NOW)
