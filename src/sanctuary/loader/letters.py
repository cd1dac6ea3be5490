"""What do the scheme's letters say? Their files, and whether every merge field stands for something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from sanctuary.core.conditions.names import suggestion
from sanctuary.core.letters import GIVEN, Letter, parse
from sanctuary.loader.draft import Draft, Spot
from sanctuary.loader.problems import Place
from sanctuary.loader.yaml import Source, read_text

_BRACES = re.compile(r"\{(?P<field>[a-z_0-9.]+)\}|\{[^{}\n]*\}?|\}")


def letters(draft: Draft) -> Mapping[str, Letter]:
    """The letters, checked."""
    found: dict[str, Letter] = {}
    for name, shape in draft.scheme.letters.items():
        spot = draft.spot["letters"][name]
        for key, words in (("subject", shape.subject), ("sender", shape.sender)):
            if "{" in words or "}" in words:
                draft.note(spot[key].place, f"a {key} has no merge field: it may be seen by others")
        text = _text(draft, spot["file"], shape.file)
        if text is not None:
            found[name] = Letter(name=name, subject=shape.subject, blocks=parse(text), sender=shape.sender)
    return found


def _text(draft: Draft, spot: Spot, file: str) -> str | None:
    """What the letter's file says. It lies in the folder of the definition that names it."""
    parts = PurePosixPath(file).parts
    if len(parts) != 2 or parts[0] != "letters" or not file.endswith(".md") or "\\" in file:
        draft.note(spot.place, "a letter's file is in the folder letters: write letters/NAME.md")
        return None
    path = Path(spot.place.file).parent / file
    if not path.is_file():
        there = [f"letters/{other.name}" for other in sorted(path.parent.glob("*.md"))]
        draft.note(spot.place, f"there is no file {file}{suggestion(file, there)}")
        return None
    text, problems = read_text(path)
    draft.problems.extend(problems)
    if text is not None:
        _check(draft, Source(file=str(path), text=text))
    return text


def _check(draft: Draft, source: Source) -> None:
    if not source.text.strip():
        draft.note(Place(file=source.file, line=1, column=1), "this letter is empty")
    for place, field in _fields(draft, source):
        if field and field not in GIVEN and "." in field:
            draft.fact(Spot(name=place, node=None), field)
        elif field not in GIVEN:
            message = f"there is no merge field '{field}'{suggestion(field, GIVEN)}" if field else _BROKEN
            draft.note(place, message)


_BROKEN = "write a merge field as {step.question}, in lower case and with both braces"


def _fields(draft: Draft, source: Source) -> Iterator[tuple[Place, str]]:
    """Every merge field in the text; an empty name where the braces hold none."""
    for match in _BRACES.finditer(source.text):
        field = match["field"] or ""
        yield source.place(match.start() + bool(field)), field
