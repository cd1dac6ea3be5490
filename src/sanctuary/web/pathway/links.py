"""How do the lines run from what is done first to what follows? In the gaps between cards, at right angles."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sanctuary.web.pathway.cards import Card
from sanctuary.web.pathway.marks import LINE
from sanctuary.web.pathway.plan import Links
from sanctuary.web.pathway.sheet import Band, Measures
from sanctuary.web.pathway.svg import element

Point = tuple[float, float]
_ROUND = 7.0
_MARGIN = 13.0


def lines(band: Band, links: Links, cut: Measures) -> list[str]:
    """Every line inside a band."""
    if cut.columns == 1:
        columns = [column for line in band.lines for column in line]
        return [_down(before, after) for before, after in pairwise(columns) if _linked(before, after, links)]
    drawn = [_across(each, links) for line in band.lines for each in pairwise(line)]
    drawn += [_around(before[-1], after[0], links, cut) for before, after in pairwise(band.lines)]
    return [path for paths in drawn for path in paths]


def arrow(points: Sequence[Point]) -> str:
    """A line through `points`, its head at the last of them."""
    line = element("path", d=_path(points), fill="none", stroke=LINE, stroke_width=1.8)
    (x0, y0), (x, y) = points[-2:]
    across, down = _sign(x - x0), _sign(y - y0)
    back = [(x - 8 * across + 5 * down * side, y - 8 * down + 5 * across * side) for side in (1, -1)]
    corners = " ".join(f"{px:g},{py:g}" for px, py in ((x, y), *back))
    return line + element("polygon", points=corners, fill=LINE)


def _across(columns: tuple[tuple[Card, ...], tuple[Card, ...]], links: Links) -> list[str]:
    """From one column to the next; cards that follow the same ones share a lane."""
    before, after = columns
    lanes = list(dict.fromkeys(links.get(card.name, frozenset()) for card in after))
    start, end = max(card.x + card.width for card in before), min(card.x for card in after)
    drawn = []
    for source in before:
        for target in after:
            if source.name in links.get(target.name, ()):
                lane = lanes.index(links[target.name])
                x = start + (end - start) * (lane + 1) / (len(lanes) + 1)
                drawn.append(arrow(_elbow(source, target, x)))
    return drawn


def _elbow(source: Card, target: Card, x: float) -> list[Point]:
    if abs(source.middle - target.middle) < 1:
        return [(source.right, source.middle), (target.left, target.middle)]
    return [(source.right, source.middle), (x, source.middle), (x, target.middle), (target.left, target.middle)]


def _around(before: tuple[Card, ...], after: tuple[Card, ...], links: Links, cut: Measures) -> list[str]:
    """From the end of one line of columns to the beginning of the next."""
    right, left = max(card.x + card.width for card in before) + _MARGIN, cut.edge - _MARGIN
    between = after[0].y - _MARGIN - 4
    return [
        arrow(
            [
                (source.right, source.middle),
                (right, source.middle),
                (right, between),
                (left, between),
                (left, target.middle),
                (target.left, target.middle),
            ]
        )
        for source in before
        for target in after
        if source.name in links.get(target.name, ())
    ]


def _linked(before: tuple[Card, ...], after: tuple[Card, ...], links: Links) -> bool:
    return any(source.name in links.get(target.name, ()) for source in before for target in after)


def _down(before: tuple[Card, ...], after: tuple[Card, ...]) -> str:
    last, first = before[-1], after[0]
    x = first.x + first.width / 2
    return arrow([(x, last.y + last.height + 4), (x, first.y - 4)])


def _path(points: Sequence[Point]) -> str:
    """Straight lines with each corner rounded."""
    drawn = [f"M{points[0][0]:g} {points[0][1]:g}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        start, end = _towards(corner, before), _towards(corner, after)
        drawn.append(f"L{start[0]:g} {start[1]:g}Q{corner[0]:g} {corner[1]:g} {end[0]:g} {end[1]:g}")
    return "".join([*drawn, f"L{points[-1][0]:g} {points[-1][1]:g}"])


def _towards(corner: Point, other: Point) -> Point:
    """The point a little way from `corner` to `other`."""
    across, down = other[0] - corner[0], other[1] - corner[1]
    reach = min(_ROUND, (abs(across) + abs(down)) / 2)
    return corner[0] + reach * _sign(across), corner[1] + reach * _sign(down)


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)
