"""What of a failure goes into a log? Where it happened and of what kind; never the words of an exception."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

_Failure = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Discreet(logging.Formatter):
    """Writes the frames and types of a chain of exceptions. Their messages quote what people typed."""

    def formatException(self, ei: _Failure) -> str:  # noqa: N802 - the name that logging calls
        """The frames of each exception in the chain, first cause first, and its type."""
        lines: list[str] = []
        seen: set[int] = set()
        failure = ei[1]
        while failure is not None and id(failure) not in seen:
            seen.add(id(failure))
            kind = f"{type(failure).__module__}.{type(failure).__qualname__}\n"
            lines = [*traceback.format_tb(failure.__traceback__), kind, *lines]
            failure = failure.__cause__ or failure.__context__
        return "".join(lines).rstrip()
