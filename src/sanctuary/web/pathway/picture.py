"""How do the parts make one picture? Overview, stages, what can be done at any time, and what the signs mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

from markupsafe import Markup

from sanctuary.core.progress import Progress
from sanctuary.core.scheme import Scheme
from sanctuary.core.stages import Stage
from sanctuary.web.pathway import cards, links, marks, side
from sanctuary.web.pathway.account import account, title
from sanctuary.web.pathway.overview import number, overview
from sanctuary.web.pathway.plan import Plan, plan
from sanctuary.web.pathway.sheet import Band, Measures, band
from sanctuary.web.pathway.standing import Standing, ended, standings
from sanctuary.web.pathway.svg import element, group, text
from sanctuary.web.pathway.text import width as width_of

FONT = "'Atkinson Hyperlegible Next', 'Atkinson Hyperlegible', Arial, sans-serif"
NARROW = 600
_SCREENS: Mapping[str, int] = {"wide": 1080, "narrow": 340}
_BETWEEN = 26.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """Everything that is drawn, settled before any of it has a place."""

    scheme: Scheme
    whole: Plan
    standing: Mapping[str, Standing]
    here: Stage | None
    tag: str
    width: int

    @property
    def narrow(self) -> bool:
        """Whether this is for a telephone."""
        return self.width < NARROW

    def make(self, name: str, room: float) -> cards.Card:
        """The card of a step or gate."""
        return cards.card(name, self.scheme, self.standing[name], room)


def draw(scheme: Scheme, progress: Progress | None = None, *, width: int = 960, only: Stage | None = None) -> str:
    """The pathway as one SVG element, `width` units wide: below 600 one column, meant for a telephone.

    Holds titles, roles and times only, nothing that a person said. `width` is part of its ids, so two may share a page.
    `only` draws one stage of it, without the overview.
    """
    return _drawn(scheme, progress, (width,), only)[0]


def for_screens(scheme: Scheme, progress: Progress | None, only: Stage | None = None) -> tuple[tuple[str, Markup], ...]:
    """The picture for a "wide" screen and for a "narrow" one, as `draw` makes it."""
    pictures = _drawn(scheme, progress, tuple(_SCREENS.values()), only)
    return tuple((name, Markup(each)) for name, each in zip(_SCREENS, pictures, strict=True))  # noqa: S704 - it escapes its words


def _drawn(scheme: Scheme, progress: Progress | None, widths: Sequence[int], only: Stage | None) -> tuple[str, ...]:
    """One picture for each width: how the case stands is worked out once for all of them."""
    whole = plan(scheme)
    standing = standings(scheme, whole, progress)
    shown = whole if only is None else _part(whole, only)
    sheet = _Sheet(
        scheme=scheme,
        whole=shown,
        standing=standing,
        here=progress.stage if progress else None,
        tag="The case ended here" if progress and ended(progress) else "The case is here",
        width=0,
    )
    name, said = title(scheme, progress), account(scheme, shown, standing, progress)
    sheets = (replace(sheet, width=width) for width in widths)
    return tuple(_root(*_inside(each, only), each.width, name, said) for each in sheets)


def _inside(sheet: _Sheet, only: Stage | None) -> tuple[str, float]:
    return _whole(sheet) if only is None else _stages(sheet, _cut(sheet), 2)


def _part(whole: Plan, only: Stage) -> Plan:
    return replace(whole, stages=tuple(stage for stage in whole.stages if stage.stage is only), any_time=())


def _root(inner: str, height: float, width: int, name: str, said: str) -> str:
    ids = f"pathway-title-{width}", f"pathway-said-{width}"
    return element(
        "svg",
        element("title", escape(name), id=ids[0]),
        element("desc", escape(said), id=ids[1]),
        inner,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height:.0f}",
        role="img",
        aria_labelledby=ids[0],
        aria_describedby=ids[1],
        font_family=FONT,
        class_="pathway",
    )


def _whole(sheet: _Sheet) -> tuple[str, float]:
    top, y = overview(sheet.here, sheet.width, narrow=sheet.narrow)
    cut = _cut(sheet)
    drawn, y = _stages(sheet, cut, y)
    outside, y = side.any_time(sheet.whole, sheet.scheme, sheet.make, cut, y)
    signs, y = side.key(sheet.scheme, sheet.standing, cut, y)
    return group(top, drawn, outside, signs), y


def _cut(sheet: _Sheet) -> Measures:
    if sheet.narrow:
        return Measures(width=sheet.width, columns=1, edge=12, gutter=0)
    return Measures(width=sheet.width, columns=4, edge=24, gutter=32)


def _stages(sheet: _Sheet, cut: Measures, y: float) -> tuple[str, float]:
    drawn: list[str] = []
    for index, stage in enumerate(sheet.whole.stages):
        if index:
            middle = cut.width / 2
            drawn.append(links.arrow([(middle, y - _BETWEEN + 3), (middle, y - 3)]))
        placed = band(stage, y, cut, sheet.make)
        drawn.append(_band(placed, sheet, cut))
        drawn += links.lines(placed, stage.links, cut)
        drawn += [cards.draw(card, sheet.scheme) for card in placed.cards]
        y += placed.height + _BETWEEN
    return group(*drawn), y


def _band(placed: Band, sheet: _Sheet, cut: Measures) -> str:
    current = placed.stage is sheet.here
    line, thick = (marks.BRAND, 2.5) if current else ("#d5d8da", 1)
    box = element(
        "rect",
        x=1.5,
        y=placed.y,
        width=cut.width - 3,
        height=placed.height,
        rx=14,
        fill="#fbf8fd" if current else "#f8f8f8",
        stroke=line,
        stroke_width=thick,
    )
    name = text(placed.stage.value.capitalize(), cut.edge + 40, placed.y + 32, 18, marks.INK, bold=True)
    disc = number(placed.stage, sheet.here, cut.edge + 15, placed.y + 26)
    return group(box, disc, name, _here(placed, sheet.tag, cut) if current else "")


def _here(placed: Band, words: str, cut: Measures) -> str:
    """The tag on the stage that the case is in."""
    room = width_of(words, 13.5, bold=True) + 22
    x = cut.width - cut.edge - room
    tag = element("rect", x=x, y=placed.y + 14, width=room, height=25, rx=12.5, fill=marks.BRAND)
    return group(tag, text(words, x + room / 2, placed.y + 31, 13.5, marks.PAPER, bold=True, middle=True))
