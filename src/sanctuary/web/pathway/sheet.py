"""Where does each card stand? Columns from left to right on a wide sheet, one below the other on a narrow one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sanctuary.core.stages import Stage
from sanctuary.web.pathway.cards import Card
from sanctuary.web.pathway.plan import StagePlan

HEAD = 50.0
_STACK = 12.0
_LINE_GAP = 32.0
Make = Callable[[str, float], Card]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """How a sheet is cut: the width of the journey, how many columns, the space around and between them."""

    width: float
    columns: int
    edge: float
    gutter: float

    @property
    def card(self) -> float:
        """The width of a card."""
        return (self.width - 2 * self.edge - (self.columns - 1) * self.gutter) / self.columns

    def column(self, index: int) -> float:
        """Where a column begins."""
        return self.edge + index * (self.card + self.gutter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A stage on the sheet: its cards in lines of columns, and those that stand apart."""

    stage: Stage
    y: float
    height: float
    lines: tuple[tuple[tuple[Card, ...], ...], ...]
    apart: tuple[Card, ...]

    @property
    def cards(self) -> tuple[Card, ...]:
        """Every card of the band."""
        return (*(card for line in self.lines for column in line for card in column), *self.apart)


def band(stage: StagePlan, y: float, cut: Measures, make: Make) -> Band:
    """`stage` placed from `y` down: what is linked in layers side by side, what stands apart where there is room."""
    lines, below = [], y + HEAD
    bottoms = [below - _STACK] * cut.columns
    for start in range(0, len(stage.layers), cut.columns):
        layers = stage.layers[start : start + cut.columns]
        placed = tuple(_stack(names, cut.column(index), below, cut, make) for index, names in enumerate(layers))
        bottoms = [_bottom(column) for column in placed] + [below - _STACK] * (cut.columns - len(placed))
        lines.append(placed)
        below = max(bottoms) + _LINE_GAP
    apart = tuple(_fitted(name, bottoms, cut, make) for name in stage.apart)
    return Band(stage=stage.stage, y=y, height=max(bottoms) + 18 - y, lines=tuple(lines), apart=apart)


def _fitted(name: str, bottoms: list[float], cut: Measures, make: Make) -> Card:
    """A card at the end of the shortest column, whose bottom moves down."""
    column = bottoms.index(min(bottoms))
    card = make(name, cut.card).at(cut.column(column), bottoms[column] + _STACK)
    bottoms[column] = card.y + card.height
    return card


def _bottom(column: tuple[Card, ...]) -> float:
    return column[-1].y + column[-1].height


def _stack(layer: tuple[str, ...], x: float, y: float, cut: Measures, make: Make) -> tuple[Card, ...]:
    placed: list[Card] = []
    for name in layer:
        card = make(name, cut.card).at(x, y)
        placed.append(card)
        y += card.height + _STACK
    return tuple(placed)
