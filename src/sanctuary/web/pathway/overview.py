"""Where is the case among the seven stages, at a glance? The row of numbered stages at the top of the picture."""

from __future__ import annotations

from sanctuary.core.stages import Stage
from sanctuary.web.pathway.marks import BRAND, COLOURS, INK, LINE, PAPER, SOFT
from sanctuary.web.pathway.standing import State
from sanctuary.web.pathway.svg import element, group, text

_ROOM = 64.0
_TEXT = 14.0


def overview(here: Stage | None, width: float, *, narrow: bool) -> tuple[str, float]:
    """The row, and how high it is. `here` is the stage the case is in."""
    pitch = width / len(Stage)
    drawn = [_rail(stage, here, pitch) for stage in Stage if stage.position > 1]
    drawn += [number(stage, here, pitch * (stage.position - 0.5), 20) for stage in Stage]
    if not narrow:
        drawn += [_name(stage, here, pitch * (stage.position - 0.5)) for stage in Stage]
    elif here:
        words = f"Stage {here.position} of {len(Stage)}: {here.value}"
        drawn.append(text(words, width / 2, 56, _TEXT + 1, INK, bold=True, middle=True))
    return group(*drawn), _ROOM + 8 if here or not narrow else 48.0


def number(stage: Stage, here: Stage | None, x: float, y: float) -> str:
    """The disc with the number of a stage: filled where the case is, ticked where it has been."""
    passed, current = here is not None and stage.position < here.position, stage is here
    colour = COLOURS[State.DONE][0] if passed else BRAND
    disc = element("circle", cx=x, cy=y, r=15, fill=colour if current else PAPER, stroke=colour, stroke_width=2)
    halo = element("circle", cx=x, cy=y, r=19, fill="none", stroke=BRAND, stroke_width=1.5) if current else ""
    figure = text(str(stage.position), x, y + 5.5, 16, PAPER if current else colour, bold=True, middle=True)
    return group(halo, disc, figure)


def _rail(stage: Stage, here: Stage | None, pitch: float) -> str:
    """The line that leads to a stage."""
    reached = here is not None and stage.position <= here.position
    start, end = pitch * (stage.position - 1.5) + 20, pitch * (stage.position - 0.5) - 20
    colour = COLOURS[State.DONE][0] if reached else LINE
    dashes = None if reached or here is None else "3 5"
    return element("line", x1=start, y1=20, x2=end, y2=20, stroke=colour, stroke_width=2.5, stroke_dasharray=dashes)


def _name(stage: Stage, here: Stage | None, x: float) -> str:
    current = stage is here
    return text(stage.value.capitalize(), x, 58, _TEXT, INK if current else SOFT, bold=current, middle=True)
