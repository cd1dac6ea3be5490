"""What stands beside the way? Steps that can be taken at any time, and what the signs mean."""

from __future__ import annotations

from collections.abc import Mapping

from sanctuary.core.scheme import Scheme, StepKind
from sanctuary.web.pathway import cards, marks
from sanctuary.web.pathway.plan import Plan
from sanctuary.web.pathway.sheet import Make, Measures
from sanctuary.web.pathway.standing import Standing, State
from sanctuary.web.pathway.svg import element, group, text
from sanctuary.web.pathway.text import wrap

_PAD = 12.0
_HEAD = 40.0
_GAP = 18.0
_LEAD = 17.0
_TEXT = 13.5
_ROW = 27.0
Drawn = tuple[str, float]


def any_time(whole: Plan, scheme: Scheme, make: Make, cut: Measures, y: float) -> Drawn:
    """The panel of steps outside the line, and where it ends; nothing where there are none."""
    if not whole.any_time:
        return "", y
    names, below, drawn = whole.any_time, y + _HEAD, []
    for row in (names[start : start + cut.columns] for start in range(0, len(names), cut.columns)):
        placed = [make(name, cut.card).at(cut.column(index), below) for index, name in enumerate(row)]
        drawn += [cards.draw(card, scheme) for card in placed]
        below = max(card.y + card.height for card in placed) + _PAD
    return _panel("At any time", drawn, cut, y, below + 4 - y), below + 4 + _GAP


def key(scheme: Scheme, standing: Mapping[str, Standing], cut: Measures, y: float) -> Drawn:
    """The panel that explains the signs used, and where it ends."""
    below, drawn = y + _HEAD + 4, []
    signs = _signs(scheme, standing)
    for row in (signs[start : start + cut.columns] for start in range(0, len(signs), cut.columns)):
        lines = [wrap(words, _TEXT, cut.card - 32) for _, words in row]
        for index, (sign, _) in enumerate(row):
            drawn.append(_entry(sign, lines[index], cut.column(index), below))
        below += _ROW + _LEAD * (max(map(len, lines)) - 1)
    return _panel("What the signs mean", drawn, cut, y, below + 4 - y), below + 6


def _entry(sign: str, lines: tuple[str, ...], x: float, y: float) -> str:
    words = [text(line, x + 32, y + 16 + _LEAD * index, _TEXT, marks.INK) for index, line in enumerate(lines)]
    return group(group(sign, transform=f"translate({x:g} {y:g})"), *words)


def _signs(scheme: Scheme, standing: Mapping[str, Standing]) -> list[tuple[str, str]]:
    found = {each.state for each in standing.values()}
    states = [state for state in State if state in found and state is not State.PLAIN]
    kinds = {step.kind for step in scheme.steps.values()}
    signs = [(marks.badge(state, 12, 11), state.value) for state in states]
    signs += [(marks.kind(kind, 0, -1, marks.SOFT), marks.KIND_NAMES[kind]) for kind in StepKind if kind in kinds]
    return [*signs, (_diamond(), "Must be clear to go on")] if scheme.gates else signs


def _diamond() -> str:
    return element("path", d="M12 0l11 11-11 11L1 11z", fill=marks.PAPER, stroke=marks.SOFT, stroke_width=1.6)


def _panel(title: str, inner: list[str], cut: Measures, y: float, height: float) -> str:
    box = element(
        "rect",
        x=1.5,
        y=y,
        width=cut.width - 3,
        height=height,
        rx=14,
        fill=marks.PAPER,
        stroke=marks.LINE,
        stroke_dasharray="2 4",
    )
    return group(box, text(title, cut.edge, y + 26, 16, marks.INK, bold=True), *inner)
