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
    """A stage on the sheet: its cards in lines of columns."""

    stage: Stage
    y: float
    height: float
    lines: tuple[tuple[tuple[Card, ...], ...], ...]
    flows: bool

    @property
    def cards(self) -> tuple[Card, ...]:
        """Every card of the band."""
        return tuple(card for line in self.lines for column in line for card in column)


def band(stage: StagePlan, y: float, cut: Measures, make: Make) -> Band:
    """`stage` placed from `y` down."""
    lines, bottom = [], y + HEAD
    for layers in _rows(stage, cut.columns):
        placed = tuple(_stack(layer, cut.column(index), bottom, cut, make) for index, layer in enumerate(layers))
        lines.append(placed)
        bottom = max(card.y + card.height for column in placed for card in column) + _LINE_GAP
    height = bottom - _LINE_GAP + 18 - y
    return Band(stage=stage.stage, y=y, height=height, lines=tuple(lines), flows=len(stage.layers) > 1)


def _rows(stage: StagePlan, columns: int) -> list[tuple[tuple[str, ...], ...]]:
    """The layers that stand beside each other; a single layer is spread over the columns."""
    layers = stage.layers if len(stage.layers) > 1 or columns == 1 else tuple((name,) for name in stage.layers[0])
    return [layers[start : start + columns] for start in range(0, len(layers), columns)]


def _stack(layer: tuple[str, ...], x: float, y: float, cut: Measures, make: Make) -> tuple[Card, ...]:
    placed: list[Card] = []
    for name in layer:
        card = make(name, cut.card).at(x, y)
        placed.append(card)
        y += card.height + _STACK
    return tuple(placed)
