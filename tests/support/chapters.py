"""Do the snippets of the language reference do what the reference says? Laid over the base scheme and run."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from textwrap import indent

from sanctuary.core.answers import Fault, check
from sanctuary.core.clocks import LONDON
from sanctuary.core.conditions import Condition, Scope, compile_condition
from sanctuary.core.facts import Answers, Unknown
from sanctuary.core.scheme import Scheme
from sanctuary.loader import Loaded, load
from sanctuary.loader.examples import examples, run
from tests.support.chapter import Case, Decided, Refused

BASE = Path(__file__).parents[1] / "spec" / "base"
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=LONDON)


def written(folder: Path, files: Mapping[str, str]) -> Path:
    """A definition in `folder` that lays `files` over the base scheme."""
    shutil.copytree(BASE, folder / "base")
    ours = folder / "ours"
    head = files.get("scheme.yaml", "")
    whole = {**files, "scheme.yaml": f"{head}scheme: ours\n" + ("" if "extends:" in head else "extends: base\n")}
    for name, text in whole.items():
        path = ours / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return ours


def differences(case: Case, folder: Path) -> tuple[str, ...]:
    """What a case's snippet does otherwise than the case expects."""
    example = (
        f"title: {case.title}\nevents:\n{indent(case.begun + case.events, '  ')}expect:\n{indent(case.expect, '  ')}"
    )
    ours = written(folder, {**case.files, "examples/case.yaml": example})
    loaded = load(ours)
    if loaded.scheme is None:
        return tuple(map(str, loaded.problems))
    return tuple(str(problem) for each in examples(ours) for problem in run(each, loaded.scheme))


def refusals(refused: Refused, folder: Path) -> tuple[str, ...]:
    """What is said about a snippet that does not load, with files named from its own folder."""
    ours = written(folder, refused.files)
    return tuple(
        str(problem).replace(f"{ours}/", "").replace(f"{ours.parent}/", "") for problem in _loaded(ours).problems
    )


def outcomes(decided: Decided, folder: Path) -> tuple[tuple[str, str], ...]:
    """What each condition comes to."""
    scheme = _loaded(written(folder, decided.files)).scheme
    assert scheme is not None
    scope = Scope(_answers(decided.answers, scheme), NOW, scheme.calendar)
    return tuple((text, _outcome(text, scheme, scope)) for text, _ in decided.outcomes)


def _loaded(folder: Path) -> Loaded:
    return load(folder)


def _answers(answers: Mapping[str, object], scheme: Scheme) -> Answers:
    known = {}
    for name, plain in answers.items():
        step, _, word = name.partition(".")
        question = next(each for each in scheme.steps[step].questions if each.name == word)
        value = check(question, plain)  # type: ignore[arg-type]
        assert value is not None
        assert not isinstance(value, Fault), value.message
        known[name] = value
    return known


def _outcome(text: str, scheme: Scheme, scope: Scope) -> str:
    condition = compile_condition(text, scheme.names)
    assert isinstance(condition, Condition), condition
    answer = condition.decide(scope)
    if isinstance(answer, Unknown):
        return f"unknown: {', '.join(sorted(answer.facts))}"
    return "true" if answer else "false"
