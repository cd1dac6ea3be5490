"""What does a condition of a definition say? Compiled where it stands, with its problems at their place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sanctuary.core.conditions import Condition, Problem, compile_condition
from sanctuary.core.conditions.names import suggestion
from sanctuary.loader.draft import Draft, Spot

_FACT = re.compile(r"'[^']*'|\"[^\"]*\"|(?P<has>\bhas\(\s*)?(?P<fact>\b[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*)")
_AMOUNT = "an amount is for a period and cannot be compared; compare a total of the form, or ask has(step.question)"
# Facts that no step asks for, and what their second half names.
_COMPUTED = {
    "done": "step",
    "by": "step",
    "gate": "gate",
    "case": "fact of the case",
    "found": "finding",
    "risk": "fact of the risk",
    "dated": "dated fact",
    "property": "fact of the property",
    "route": "fact of the route",
    "decided": "decision",
    "consented": "consent",
    "permitted": "permission",
    "flagged": "flag",
    "fund": "fact of a fund",
    "measures": "step that chooses measures",
}


def condition(draft: Draft, spot: Spot, text: str | None, form: str = "", step: str = "") -> Condition | None:
    """The condition written at `spot`; None where there is none, or a problem.

    Inside a shared `form` its own questions are written "form.question", and mean those of the `step` that uses it.
    """
    if not text:
        return None
    said = _of_step(text, form, step) if form else text
    facts = [match for match in _FACT.finditer(said) if match["fact"]]
    if any(draft.unsettled(match["fact"]) for match in facts):
        return None
    found = _compiled(draft, said, facts)
    if isinstance(found, Condition):
        return found
    for one in found:
        draft.note(spot.at(_origin(one.offset, text, form, step)), one.message)
    return None


def _compiled(draft: Draft, text: str, facts: list[re.Match[str]]) -> Condition | list[Problem]:
    """The condition that `text` says, or all that is wrong with it."""
    amounts = [match.start("fact") for match in facts if match["fact"] in draft.amounts and not match["has"]]
    if amounts:
        return [Problem(offset=offset, message=_AMOUNT) for offset in amounts]
    compiled = compile_condition(text, draft.names)
    if isinstance(compiled, Condition):
        return compiled
    ours = list(_misnamed(draft, facts))
    told = {one.offset for one in ours}
    return [*ours, *(one for one in compiled if one.offset not in told)]


def _misnamed(draft: Draft, facts: list[re.Match[str]]) -> Iterator[Problem]:
    """What is read of the case, a gate or the past, but is not there."""
    for match in facts:
        kind, _, name = match["fact"].partition(".")
        if kind in _COMPUTED and match["fact"] not in draft.names:
            known = [fact.partition(".")[2] for fact in draft.names if fact.startswith(f"{kind}.")]
            message = f"there is no {_COMPUTED[kind]} '{name}'{suggestion(name, known)}"
            yield Problem(offset=match.start("fact") + len(kind) + 1, message=message)


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
