"""What had somebody typed into a form that cannot be recorded? Field by field, so that it is not lost."""

from __future__ import annotations

from collections.abc import Iterable

from sanctuary.web.pages.answers import Line

# What a page wrote into its form for itself, and what proves who somebody is, which no page says again.
_LEFT_OUT = frozenset({"csrfmiddlewaretoken", "key", "seq", "go", "version", "next", "from"})
_PROOFS = frozenset({"password", "code", "credential"})


def typed_lines(fields: Iterable[tuple[str, str]]) -> tuple[Line, ...]:
    """What there is to show of these fields. Where one is proof of who somebody is, there is nothing."""
    several = tuple(fields)
    if _PROOFS & {name for name, _ in several}:
        return ()
    return tuple(
        Line(label=_label(name), lines=tuple(value.splitlines()))
        for name, value in several
        if name not in _LEFT_OUT and value.strip()
    )


def _label(name: str) -> str:
    """A field's name as words: "safe_phone" is "Safe phone"."""
    words = name.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]
