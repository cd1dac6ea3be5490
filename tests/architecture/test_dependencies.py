"""Does every package that is asked for have its reason, and every reason its package?"""

from __future__ import annotations

import json
import re

from tests.support.source import ROOT

RECORD = ROOT / "docs" / "decisions" / "0004-dependencies.md"
MANIFESTS = (ROOT / "package.json", ROOT / "tools" / "fallback_browser" / "package.json")


def asked_for() -> set[str]:
    """The names in requirements*.in and package.json."""
    lines = [line for path in sorted(ROOT.glob("requirements*.in")) for line in path.read_text().splitlines()]
    found = {name[0] for line in lines if (name := re.match(r"[A-Za-z][A-Za-z0-9_-]*", line))}
    for path in MANIFESTS:
        manifest = json.loads(path.read_text())
        found |= {*manifest.get("dependencies", {}), *manifest.get("devDependencies", {})}
    return found


def explained() -> set[str]:
    """The names that stand as code in the record's tables and in what it says of the front end."""
    text = RECORD.read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    front_end = text[text.index("For the front end") : text.index("**Consequences.**")]
    return set(re.findall(r"`([^`]+)`", " ".join([*rows, front_end])))


def test_each_package_has_its_reason_and_each_reason_its_package() -> None:
    assert explained() == asked_for()
