"""What does one step or gate look like, and how much room does it take? Its words in lines, its box or diamond."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sanctuary.core.scheme import Scheme
from sanctuary.web.pathway import marks
from sanctuary.web.pathway.plan import GATE
from sanctuary.web.pathway.standing import Standing, State, who
from sanctuary.web.pathway.svg import element, group, text
from sanctuary.web.pathway.text import wrap

TITLE = 15.0
BODY = 13.5
PAD = 12.0
_LEAD_TITLE = 19.0
_LEAD_BODY = 17.5
_ICON = 32.0
_BADGE = 28.0
_DIAMOND = 23.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A node with its words broken into lines, standing at `x`, `y` once it has been placed."""

    name: str
    standing: Standing
    title: tuple[str, ...]
    small: tuple[str, ...]
    said: tuple[tuple[str, ...], ...]
    width: float
    height: float
    x: float = 0.0
    y: float = 0.0

    @property
    def is_gate(self) -> bool:
        """Whether this is a diamond."""
        return self.name.startswith(GATE)

    @property
    def middle(self) -> float:
        """The height at which lines come in and go out."""
        return self.y + (_DIAMOND if self.is_gate else min(self.height / 2, 32.0))

    @property
    def left(self) -> float:
        """Where lines come in."""
        return self.x + (self.width / 2 - _DIAMOND if self.is_gate else 0)

    @property
    def right(self) -> float:
        """Where lines go out."""
        return self.x + (self.width / 2 + _DIAMOND if self.is_gate else self.width)

    def at(self, x: float, y: float) -> Card:
        """The same card, standing there."""
        return replace(self, x=x, y=y)


def card(name: str, scheme: Scheme, standing: Standing, width: float) -> Card:
    """The card of a step or "gate.name", not yet placed."""
    return _gate(name, scheme, standing, width) if name.startswith(GATE) else _step(name, scheme, standing, width)


def draw(card: Card, scheme: Scheme) -> str:
    """The SVG of a placed card."""
    return _draw_gate(card) if card.is_gate else _draw_step(card, scheme)


def _step(name: str, scheme: Scheme, standing: Standing, width: float) -> Card:
    step = scheme.steps[name]
    title = wrap(step.title, TITLE, width - 2 * PAD - _ICON, bold=True)
    told = standing.state in (State.OPEN, State.OVERDUE, State.DONE, State.AWAY)
    small = () if told else wrap(who(scheme, step), BODY, width - 2 * PAD)
    room = width - 2 * PAD - (0 if standing.state is State.PLAIN else _BADGE)
    said = tuple(wrap(line, BODY, room, bold=not index and bool(room)) for index, line in enumerate(standing.lines))
    lines = len(small) + sum(map(len, said))
    height = 2 * PAD + max(len(title) * _LEAD_TITLE, 26) + lines * _LEAD_BODY + (6 if small else 0) + (8 if said else 0)
    return Card(name=name, standing=standing, title=title, small=small, said=said, width=width, height=height)


def _gate(name: str, scheme: Scheme, standing: Standing, width: float) -> Card:
    title = wrap(scheme.gates[name.removeprefix(GATE)].title, TITLE, width, bold=True)
    said = tuple(wrap(line, BODY, width) for line in standing.lines)
    height = 2 * _DIAMOND + 8 + len(title) * _LEAD_TITLE + sum(map(len, said)) * _LEAD_BODY
    return Card(name=name, standing=standing, title=title, small=(), said=said, width=width, height=height)


def _draw_step(card: Card, scheme: Scheme) -> str:
    colour = marks.COLOURS[card.standing.state][0]
    icon = marks.kind(scheme.steps[card.name].kind, card.x + PAD - 2, card.y + PAD - 1, colour)
    y = card.y + PAD + 15
    title = _lines(card.title, card.x + PAD + _ICON, y, marks.INK, head=True)
    y += max(len(card.title) * _LEAD_TITLE, 26) + (4 if card.small else 0)
    small = _lines(card.small, card.x + PAD, y, marks.SOFT)
    y += len(card.small) * _LEAD_BODY + (6 if card.said else 0)
    return group(_box(card), icon, *title, *small, *_said(card, y))


def _box(card: Card) -> str:
    state = card.standing.state
    colour, paper = marks.COLOURS[state]
    strong = state in (State.OPEN, State.OVERDUE)
    line = colour if state in (State.DONE, State.OPEN, State.OVERDUE, State.STOPPED) else marks.LINE
    dashes = "5 4" if state in (State.AWAY, State.WAITING) else None
    return element(
        "rect",
        x=card.x,
        y=card.y,
        width=card.width,
        height=card.height,
        rx=8,
        fill=paper,
        stroke=line,
        stroke_width=3 if strong else 1.3,
        stroke_dasharray=dashes,
    )


def _said(card: Card, y: float) -> list[str]:
    state = card.standing.state
    if not card.said:
        return []
    marked = state is not State.PLAIN
    drawn = [marks.badge(state, card.x + PAD + 9, y - 4.5)] if marked else []
    for index, lines in enumerate(card.said):
        x = card.x + PAD + (_BADGE if marked else 0)
        drawn += _lines(lines, x, y, marks.COLOURS[state][0], bold=marked and not index)
        y += len(lines) * _LEAD_BODY
    return drawn


def _draw_gate(card: Card) -> str:
    state = card.standing.state
    colour, paper = marks.COLOURS[state]
    x, y = card.x + card.width / 2, card.y + _DIAMOND
    shape = f"M{x:g} {y - _DIAMOND:g}l{_DIAMOND:g} {_DIAMOND:g}-{_DIAMOND:g} {_DIAMOND:g}-{_DIAMOND:g}-{_DIAMOND:g}z"
    diamond = element("path", d=shape, fill=paper, stroke=colour, stroke_width=1.8, stroke_linejoin="round")
    sign = text("?", x, y + 7, 20, colour, bold=True, middle=True) if state is State.PLAIN else marks.badge(state, x, y)
    below = y + _DIAMOND + 20
    title = _lines(card.title, x, below, marks.INK, head=True, middle=True)
    below += len(card.title) * _LEAD_TITLE
    words = tuple(line for lines in card.said for line in lines)
    return group(diamond, sign, *title, *_lines(words, x, below, colour, middle=True))


def _lines(
    lines: tuple[str, ...],
    x: float,
    y: float,
    fill: str,
    *,
    head: bool = False,
    bold: bool = False,
    middle: bool = False,
) -> list[str]:
    size, lead = (TITLE, _LEAD_TITLE) if head else (BODY, _LEAD_BODY)
    return [
        text(line, x, y + index * lead, size, fill, bold=bold or head, middle=middle)
        for index, line in enumerate(lines)
    ]
