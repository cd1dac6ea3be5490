"""Which requirement is covered by what? Every ID with definitions, examples and tests, and what is not there yet."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

from sanctuary.core.origin import NOWHERE
from sanctuary.core.scheme import Scheme
from sanctuary.loader.disagreements import contradictions
from sanctuary.loader.examples import examples
from tests.support.pages.journey import SCHEMES, schemes
from tests.support.pages.markdown import page, table
from tests.support.requirements import COVERED, REQUIREMENTS, SOURCES, Requirement
from tests.support.requirements import covered as covered_before

ROOT = Path(__file__).parents[3]
Found = Mapping[str, list[str]]
_INTRODUCTION = """
Every requirement of the five source documents, by its ID, with what covers it: places in the definitions that say which
requirement they meet (`meets:`), examples that show it, and tests that say which requirement they show
(`@pytest.mark.covers`). A requirement is covered by a definition with an example, or by a test. What waits for a later
part of the work is said in `requirements-waiting.yaml`; a requirement that is covered and waits is covered in part.
`requirements-covered.txt` lists what is covered: it only grows, and a test fails where something on it is not any more.
"""


def pages() -> Mapping[str, str]:
    """The page of all requirements, and the list of those that are covered, which only grows."""
    found = definitions(), exemplified(), tests()
    strays = sorted({name for where in found for name in where} - REQUIREMENTS.keys())
    if strays:
        raise ValueError(f"no requirement is called {', '.join(strays)}")
    summary = table(
        ("source", "requirements", "covered", "in part", "waiting", "nothing yet"), (_count(p, found) for p in SOURCES)
    )
    parts = [_source(prefix, found) for prefix in SOURCES]
    kept = {*covered(found), *covered_before()}
    return {
        "docs/reference/requirements-coverage.md": page(
            "What covers which requirement", _INTRODUCTION, summary, *parts
        ),
        str(COVERED.relative_to(ROOT)): "".join(f"{name}\n" for name in REQUIREMENTS if name in kept),
    }


def covered(found: tuple[Found, Found, Found]) -> tuple[str, ...]:
    """The IDs that a definition with an example covers, or a test; `found` are all three of them."""
    defined, shown, tested = found
    return tuple(name for name in REQUIREMENTS if name in tested or (name in defined and name in shown))


def definitions() -> Found:
    """For each ID, the places in definitions that meet it."""
    found: dict[str, list[str]] = defaultdict(list)
    for key, scheme in schemes().items():
        for name, ids in _cited(scheme):
            for each in ids:
                found[each].append(f"{key}: {name}")
    return found


def exemplified() -> Found:
    """For each ID, the examples that show it, and the contradictions between schemes."""
    found: dict[str, list[str]] = defaultdict(list)
    for key in schemes():
        for example in examples(SCHEMES / key):
            for each in example.meets:
                found[each].append(f"{key}: {example.title}")
    for known in contradictions(SCHEMES):
        for each in known.meets:
            found[each].append(f"several: {known.title}")
    return found


def tests() -> Found:
    """For each ID, the tests that are marked with it."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for name, ids in marked(ast.parse(path.read_text(encoding="utf-8"))):
            for each in ids:
                found[each].append(f"{path.relative_to(ROOT)}: {name.removeprefix('test_').replace('_', ' ')}")
    return found


def _cited(scheme: Scheme) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Everything in a scheme that may say which requirement it meets."""
    for step in scheme.steps.values():
        yield f"step {step.name}", step.origin.meets
        for question in step.questions:
            yield f"question {step.name}.{question.name}", question.origin.meets
    for gate in scheme.gates.values():
        for criterion in gate.criteria:
            yield f"rule {gate.name}.{criterion.name}", criterion.origin.meets
    for clock in scheme.clocks:
        yield f"clock {clock.name}", clock.origin.meets
    yield from _around(scheme)


def _around(scheme: Scheme) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What stands around the steps and may say so too."""
    for role in scheme.roles.values():
        for rule in role.reads:
            yield f"what {role.name} reads", rule.origin.meets
    for change in scheme.reassignments:
        yield f"who plays {change.role}", change.origin.meets
    for measure in scheme.measures.values():
        yield f"measure {measure.name}", measure.origin.meets
    for package in scheme.packages.values():
        yield f"package {package.name}", package.origin.meets
    for part in (*scheme.derived, *scheme.tracks, *scheme.funds, *scheme.flags, *scheme.retention):
        yield from _inside(part)


def _inside(part: object) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A consent, a route, a fund, …, or what stands within it, and what it meets."""
    if isinstance(part, Mapping):
        part = tuple(part.values())
    if isinstance(part, tuple):
        for each in part:
            yield from _inside(each)
    elif is_dataclass(part):
        origin = getattr(part, "origin", NOWHERE)
        if origin.meets:
            yield f"{type(part).__name__.lower()} {getattr(part, 'name', '')}", origin.meets
        yield from _inside(tuple(getattr(part, each.name) for each in fields(part)))


def marked(tree: ast.Module) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The tests of a file, each with the IDs of its own marks, its class's and the file's."""
    whole = tuple(
        each for node in tree.body if isinstance(node, ast.Assign) and _is_marks(node) for each in _ids(node.value)
    )
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            own = tuple(each for mark in node.decorator_list for each in _ids(mark))
            yield from _functions(node.body, (*whole, *own))
    yield from _functions(tree.body, whole)


def _functions(body: list[ast.stmt], above: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for node in body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            own = (each for mark in node.decorator_list for each in _ids(mark))
            yield node.name, tuple(dict.fromkeys((*above, *own)))


def _is_marks(node: ast.Assign) -> bool:
    return any(isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets)


def _ids(node: ast.expr) -> Iterator[str]:
    """The IDs in pytest.mark.covers(…), alone or in a list."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "covers":
            yield from (
                each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)
            )


def _source(prefix: str, found: tuple[Found, Found, Found]) -> str:
    told = [_requirement(name, each, found) for name, each in REQUIREMENTS.items() if name[0] == prefix]
    return f"## {prefix}: {SOURCES[prefix]}\n\n" + "\n\n".join(told)


def _requirement(name: str, requirement: Requirement, found: tuple[Found, Found, Found]) -> str:
    lines = [f"### {name}\n", f"{requirement.asks}.\n"]
    for what, where in zip(("Definitions", "Examples", "Tests"), found, strict=True):
        if name in where:
            lines.append(f"- {what}: {'; '.join(dict.fromkeys(where[name]))}")
    if name not in covered(found) and not requirement.later:
        lines.append("- **Nothing covers this yet.**")
    lines += [f"- Waits for {part}: {what}" for part, what in requirement.later.items()]
    return "\n".join(lines)


def _count(prefix: str, found: tuple[Found, Found, Found]) -> tuple[str, ...]:
    names = [name for name in REQUIREMENTS if name[0] == prefix]
    known = covered(found)
    in_part = [name for name in names if name in known and REQUIREMENTS[name].later]
    waiting = [name for name in names if name not in known and REQUIREMENTS[name].later]
    nothing = [name for name in names if name not in known and not REQUIREMENTS[name].later]
    whole = len(names) - len(in_part) - len(waiting) - len(nothing)
    listed = (", ".join(each) or "–" for each in (in_part, waiting, nothing))
    return (f"{prefix}: {SOURCES[prefix]}", str(len(names)), str(whole), *listed)
