"""What is a chapter of the language reference? Text, the keys it is about, and cases that are both shown and run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

BEGUN = """\
- at: 2026-03-02 09:00
  opened: {area: town}
- at: 2026-03-02 09:10
  did: referral
  as: support
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A snippet laid over the small base scheme, what happens in a case, and what `evaluate` then says.

    `files` maps file names of a definition to YAML; `events` is a case file that goes on after `begun`;
    `expect` is written as in examples. Letters stand in `files` under their path.
    """

    title: str
    files: Mapping[str, str] = field(default_factory=dict)
    events: str = ""
    expect: str
    text: str = ""
    begun: str = BEGUN


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A snippet that does not load, and what is said about it: "file:line:col: message", the file as in `files`."""

    title: str
    files: Mapping[str, str]
    problems: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Conditions on the questions of `files`, and what each comes to while `answers` is known.

    An outcome is "true", "false", or "unknown: " and the facts that would settle it. Now is noon on 4 March 2026.
    """

    title: str
    files: Mapping[str, str]
    answers: Mapping[str, object]
    outcomes: tuple[tuple[str, str], ...]
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One page of the reference. `keys` are written "Shape.key" or "Shape.*", with the shapes of `sanctuary.loader`."""

    name: str
    title: str
    text: str
    keys: tuple[str, ...] = ()
    cases: tuple[Case | Refused | Decided, ...] = ()
