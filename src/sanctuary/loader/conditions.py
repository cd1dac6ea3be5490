"""What does a condition of a definition say? Compiled where it stands, with its problems at their place in the file."""

from __future__ import annotations

import re

from sanctuary.core.conditions import Condition, compile_condition
from sanctuary.loader.draft import Draft, Spot

_FACT = re.compile(r"'[^']*'|\"[^\"]*\"|(?P<has>\bhas\(\s*)?(?P<fact>\b[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*)")
_AMOUNT = "an amount is for a period and cannot be compared; compare a total of the form, or ask has(step.question)"


def condition(draft: Draft, spot: Spot, text: str | None, form: str = "", step: str = "") -> Condition | None:
    """The condition written at `spot`; None where there is none, or a problem.

    Inside a shared `form` its own questions are written "form.question", and mean those of the `step` that uses it.
    """
    if not text:
        return None
    said = _of_step(text, form, step) if form else text
    mentioned = {match["fact"] for match in _FACT.finditer(said) if match["fact"]}
    if mentioned & draft.unsettled:
        return None
    amounts = [match for match in _FACT.finditer(said) if match["fact"] in draft.amounts and not match["has"]]
    for match in amounts:
        draft.note(spot.at(_origin(match.start("fact"), text, form, step)), _AMOUNT)
    found = compile_condition(said, draft.names) if not amounts else ()
    if isinstance(found, Condition):
        return found
    for one in found:
        draft.note(spot.at(_origin(one.offset, text, form, step)), one.message)
    return None


def _of_step(text: str, form: str, step: str) -> str:
    return _own(form).sub(lambda match: match[0] if match[1] is None else f"{step}.", text)


def _origin(offset: int, text: str, form: str, step: str) -> int:
    """The offset in `text` of what stands at `offset` once the form's name has become the step's."""
    for match in _own(form).finditer(text) if form else ():
        if match[1] is not None and match.start() < offset:
            offset = max(match.start(), offset - len(step) + len(form))
    return offset


def _own(form: str) -> re.Pattern[str]:
    return re.compile(rf"'[^']*'|\"[^\"]*\"|\b({form})\.")
