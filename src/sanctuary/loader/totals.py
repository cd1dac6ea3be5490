"""Do the totals of a step add up? Money with money, amounts brought to one period, and totals of totals written out."""

from __future__ import annotations

from collections.abc import Mapping

from sanctuary.core.scheme import QuestionType, Total
from sanctuary.loader.draft import Draft, Spot
from sanctuary.loader.procedure import QuestionShape, TotalShape

_SUMMED = (QuestionType.MONEY, QuestionType.AMOUNT)


class Summing:
    """The totals of one step, in order. `asked` are its questions; `damaged`: some of it did not fit its shape."""

    def __init__(self, draft: Draft, asked: Mapping[str, QuestionShape], *, damaged: bool) -> None:
        self._draft = draft
        self._asked = asked
        self._damaged = damaged
        self._totals: dict[str, Total] = {}

    def total(self, name: str, shape: TotalShape, spot: Spot) -> Total:
        """The total, checked; a total in it is replaced by what that one adds and takes away."""
        for key, parts in (("add", shape.add), ("subtract", shape.subtract)):
            for number, part in enumerate(parts):
                self._check(part, spot[key][number], shape)
        total = Total(
            name=name,
            title=shape.title,
            add=(*self._added(shape.add), *self._taken(shape.subtract)),
            subtract=(*self._taken(shape.add), *self._added(shape.subtract)),
            per=shape.per or "",
        )
        self._totals[name] = total
        return total

    def _added(self, parts: tuple[str, ...]) -> list[str]:
        return [one for part in parts for one in (self._totals[part].add if part in self._totals else (part,))]

    def _taken(self, parts: tuple[str, ...]) -> list[str]:
        return [one for part in parts if part in self._totals for one in self._totals[part].subtract]

    def _check(self, part: str, spot: Spot, shape: TotalShape) -> None:
        if part in self._totals:
            if bool(self._totals[part].per) != bool(shape.per):
                self._draft.note(spot.place, f"of '{part}' and this total only one is for a period: look at 'per'")
            return
        question = self._question(part, spot)
        if question is None:
            return
        kind = question.type
        if kind not in _SUMMED:
            self._draft.note(spot.place, f"only money and amounts can be summed; '{part}' has the type {kind.value}")
        elif kind is QuestionType.AMOUNT and not shape.per:
            self._draft.note(spot.place, f"'{part}' is for a period: give this total 'per: month', or another period")
        elif kind is QuestionType.MONEY and shape.per:
            self._draft.note(spot.place, f"'{part}' is money without a period, and this total is per {shape.per}")

    def _question(self, part: str, spot: Spot) -> QuestionShape | None:
        if part not in self._asked and self._damaged:
            return None
        what = "amount of this step, or total further up,"
        return self._asked.get(part) if self._draft.refer(spot, part, [*self._asked, *self._totals], what) else None
