"""What is a mapping of the language? The shapes that every other shape is made from.

The sentences under the keys are their reference documentation.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from sanctuary.loader.scalars import Day, Requirement, Words


class Shape(BaseModel):
    """A mapping of the language: closed, so that a misspelt key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Cited(Shape):
    """Something that may say where it comes from."""

    source: Words | None = None
    """Where in the scheme's own document this stands."""
    meets: tuple[Requirement, ...] = ()
    """The requirements that this meets, by their IDs."""


class InForceShape(Shape):
    """The days on which a rule applies, both included."""

    start: Day | None = Field(default=None, alias="from")
    """The first day."""
    until: Day | None = None
    """The last day."""
