"""The reference of the definition language: a page for each chapter of tests/spec, with its keys and its cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sanctuary.loader.disagreements import ContradictionFile
from sanctuary.loader.entries import CaseShape, ExampleFile
from sanctuary.loader.given import GivenFile
from sanctuary.loader.meanings import MeaningsFile
from sanctuary.loader.procedure import StageFile
from sanctuary.loader.shape import MeasuresFile, SchemeFile
from tests.spec.contents import CHAPTERS
from tests.support.chapter import BEGUN, Case, Chapter, Decided, Refused
from tests.support.chapters import BASE
from tests.support.pages.markdown import code, page, table

FOLDER = "docs/reference/language"
FILES = (SchemeFile, StageFile, MeasuresFile, MeaningsFile, GivenFile, ContradictionFile, ExampleFile, CaseShape)
_INTRODUCTION = """
A scheme is a folder of YAML files. This reference goes through every key that they can have. Each snippet is laid over
the small scheme below, and the tests run it and compare what follows with what is said here. What begins a case is the
same throughout, unless a snippet says otherwise. To learn the language by writing, begin with
[how a scheme is written](../../explanation/how-a-scheme-is-written.md).
"""


def pages() -> Mapping[str, str]:
    """The chapters, and the page that leads to them."""
    return {f"{FOLDER}/{chapter.name}.md": _chapter(chapter) for chapter in CHAPTERS} | {
        f"{FOLDER}/README.md": _index()
    }


def shapes() -> Mapping[str, type[BaseModel]]:
    """Every shape that a file of the language can hold, by name."""
    ahead: list[object] = list(FILES)
    found: dict[str, type[BaseModel]] = {}
    seen: set[object] = set()
    while ahead:
        kind = ahead.pop(0)
        if kind in seen:
            continue
        seen.add(kind)
        ahead.extend(get_args(kind))
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            found[kind.__name__] = kind
            for field in kind.model_fields.values():
                ahead.extend((field.annotation, *field.metadata))
    return found


def keys(chapter: Chapter) -> list[tuple[str, str]]:
    """The keys that a chapter is about, each as its shape's name and the field's."""
    known = [(shape, name) for shape, kind in shapes().items() for name in kind.model_fields]
    told = [key.split(".") for key in chapter.keys]
    return [pair for shape, name in told for pair in known if pair[0] == shape and name in ("*", pair[1])]


def _index() -> str:
    listed = [f"- [{chapter.title}]({chapter.name}.md)" for chapter in CHAPTERS]
    base = [f"`base/{path.name}`\n\n{code(path.read_text('utf-8'), 'yaml')}" for path in sorted(BASE.glob("*.yaml"))]
    more = (
        "- [What a case file holds](../case-file.md)\n"
        "- [The schema of the files, for editors](../definition.schema.json)"
    )
    return page(
        "The definition language",
        _INTRODUCTION,
        "\n".join(listed),
        more,
        "## The small scheme",
        *base,
        f"## How a case begins\n\n{code(BEGUN, 'yaml')}",
    )


def _chapter(chapter: Chapter) -> str:
    parts = [part for case in chapter.cases for part in _parts(case)]
    return page(chapter.title, chapter.text, *_keys(chapter), "## What follows from it", *parts)


def _keys(chapter: Chapter) -> Iterator[str]:
    """A table of keys for each shape."""
    found = keys(chapter)
    if found:
        yield "## Keys"
    for shape in dict.fromkeys(name for name, _ in found):
        kind = shapes()[shape]
        rows = [_row(kind.model_fields[name], name) for of, name in found if of == shape]
        yield f"{(kind.__doc__ or '').strip()}\n\n{table(('key', 'what it says', 'needed'), rows)}"


def _row(field: FieldInfo, name: str) -> tuple[str, str, str]:
    return f"`{field.alias or name}`", field.description or "", "yes" if field.is_required() else "no"


def _parts(case: Case | Refused | Decided) -> Iterator[str]:
    yield f"### {case.title}"
    yield case.text
    for file, text in case.files.items():
        yield f"`{file}`\n\n{code(text, 'markdown' if file.endswith('.md') else 'yaml')}"
    if isinstance(case, Case):
        yield from _happened(case)
    elif isinstance(case, Refused):
        yield f"This does not load:\n\n{code(chr(10).join(case.problems), 'text')}"
    else:
        yield f"Known so far:\n\n{code(chr(10).join(_known(case)), 'yaml')}"
        yield table(("condition", "comes to"), ((f"`{text}`", _outcome(come)) for text, come in case.outcomes))


def _happened(case: Case) -> Iterator[str]:
    events = case.events if case.begun == BEGUN else case.begun + case.events
    if events:
        yield f"What happens:\n\n{code(events, 'yaml')}"
    yield f"What follows:\n\n{code(case.expect, 'yaml')}"


def _known(case: Decided) -> Iterator[str]:
    for name, value in case.answers.items():
        yield f"{name}: {value}" if isinstance(value, str) else f"{name}: {_flow(value)}"


def _flow(value: object) -> str:
    """A list or mapping on one line, as YAML writes it."""
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_flow(inner)}' for key, inner in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return str(value)


def _outcome(outcome: str) -> str:
    word, _, facts = outcome.partition(": ")
    return f"{word}: {', '.join(f'`{fact}`' for fact in facts.split(', '))}" if facts else word
