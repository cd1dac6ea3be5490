"""What do different schemes' questions and measures have in common? The catalogue that all of them refer to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# What an option of a question means: for each meaning, for each option, the options of the meaning that it covers.
Means = Mapping[str, Mapping[str, tuple[str, ...]]]
YES_NO: Mapping[str, str] = {"yes": "Yes", "no": "No"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """Something that questions of several schemes ask, with the answers that it can have."""

    name: str
    title: str
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Everything that questions can mean, and by name the titles of what measures can mean."""

    facts: Mapping[str, Meaning] = field(default_factory=dict)
    measures: Mapping[str, str] = field(default_factory=dict)
