"""Are the generated pages what they should be? Writes them, or with --check names those that are stale."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.support.pages import casefile, commands, coverage, events, failures, journey, language, schema

ROOT = Path(__file__).parents[2]
MAKERS = (language, schema, commands, events, casefile, journey, coverage, failures)
# Folders of which every page is generated: what is no longer made is taken away.
WHOLE = ("docs/reference/language", "docs/reference/schemes", "docs/journey")


def pages() -> Mapping[str, str]:
    """Every generated page, by its path from the root."""
    return {path: text for maker in MAKERS for path, text in maker.pages().items()}


def stale(made: Mapping[str, str], root: Path = ROOT) -> Iterator[str]:
    """The pages that are missing, different, or no longer made."""
    for path, text in made.items():
        if not (root / path).is_file() or (root / path).read_text(encoding="utf-8") != text:
            yield path
    for folder in WHOLE:
        for found in sorted((root / folder).rglob("*.*")):
            if str(found.relative_to(root)) not in made:
                yield str(found.relative_to(root))


def write(made: Mapping[str, str], root: Path = ROOT) -> None:
    """Bring every stale page up to date."""
    for path in stale(made, root):
        if path not in made:
            (root / path).unlink()
            continue
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(made[path], encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Write the pages; with --check only say which are stale, and end with 1 where any is."""
    made = pages()
    if "--check" not in arguments:
        write(made)
        return 0
    found = list(stale(made))
    for path in found:
        print(f"{path} is stale: run make docs")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
