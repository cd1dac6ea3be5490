"""Which keys has a rule of how long records are kept? Whether what it says makes sense, `retention` asks.

The sentences under the keys are their reference documentation. Written order is kept everywhere.
"""

from __future__ import annotations

from pydantic import Field

from sanctuary.core.keeping import ENDED
from sanctuary.loader.mapping import Cited
from sanctuary.loader.scalars import Lasting, Name, Within, Words


class RetentionShape(Cited):
    """How long the record of a case is kept once it has ended."""

    title: Words
    """Which cases this is about, in words."""
    outcomes: tuple[Name, ...] = ()
    """The closing reasons that it is about; all that no other rule names, where nothing is said."""
    keep: Within
    """How long, or: not stated."""
    default: Lasting | None = None
    """With keep: not stated, how long the partnership keeps the record until its document says so."""
    start: Name = Field(default=ENDED, alias="from")
    """The step from which the time is counted; the end of the case, where nothing is said."""
    because: Words
    """Why that long, in words that can be said to the person."""
    source: Words
    """Where in the scheme's own document this stands, or that it stands nowhere."""
