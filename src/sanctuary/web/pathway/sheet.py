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

    @property
    def cards(self) -> tuple[Card, ...]:
        """Every card of the band."""
        return tuple(card for line in self.lines for column in line for card in column)


def band(stage: StagePlan, y: float, cut: Measures, make: Make) -> Band:
    """`stage` placed from `y` down: what is linked in layers side by side, what stands apart below."""
    lines, bottom = [], y + HEAD
    for columns in _rows(stage, cut.columns):
        placed = tuple(_stack(names, cut.column(index), bottom, cut, make) for index, names in enumerate(columns))
        lines.append(placed)
        bottom = max(card.y + card.height for column in placed for card in column) + _LINE_GAP
    return Band(stage=stage.stage, y=y, height=bottom - _LINE_GAP + 18 - y, lines=tuple(lines))


def _rows(stage: StagePlan, columns: int) -> list[tuple[tuple[str, ...], ...]]:
    """The columns of each line from left to right; what stands apart is spread over those that are left."""
    apart = tuple((name,) for name in stage.apart) if columns > 1 else (stage.apart,) if stage.apart else ()
    spare = -len(stage.layers) % columns
    whole = (*stage.layers, *apart[:spare])
    linked = [whole[start : start + columns] for start in range(0, len(whole), columns)]
    return linked + [apart[start : start + columns] for start in range(spare, len(apart), columns)]


def _stack(layer: tuple[str, ...], x: float, y: float, cut: Measures, make: Make) -> tuple[Card, ...]:
    placed: list[Card] = []
    for name in layer:
        card = make(name, cut.card).at(x, y)
        placed.append(card)
        y += card.height + _STACK
    return tuple(placed)
