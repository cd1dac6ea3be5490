"""Are the needs of a criterion good ones? Groups of two or more, and a reason for everything that can fail."""

from __future__ import annotations

from collections.abc import Mapping

from sanctuary.core.conditions.names import nearest
from sanctuary.core.needs import Account, Mode, Need, Onward, joined
from sanctuary.loader.conditions import condition
from sanctuary.loader.draft import Draft, Spot
from sanctuary.loader.parties import outsider
from sanctuary.loader.rules import AccountShape, CriterionShape, GroupShape, NeedShape

_MODES = tuple(mode.value for mode in Mode)


def needs(draft: Draft, name: str, criterion: CriterionShape, spot: Spot) -> Need | None:
    """What a criterion needs; None where it has no needs, or something is wrong with them."""
    if criterion.needs is None:
        return None
    spoken_for = name if criterion.reason else ""
    return _Builder(draft, criterion).group(criterion.needs, spot["needs"], "", spoken_for)


def check_account(draft: Draft, shape: AccountShape, spot: Spot, then: Onward) -> None:
    """The names in what is said where a rule is not met, and the keys that go with what happens next."""
    if shape.code:
        draft.refer(spot["code"], shape.code, draft.spot["closing_reasons"].keys, "closing reason")
    draft.refer_all(spot["instead"], shape.instead, draft.spot["alternatives"].keys, "alternative")
    outsider(draft, shape.to, spot["to"])
    if shape.then is Onward.PASS_ON and "to" not in spot.keys:
        draft.note(spot["then"].name, "say with 'to' whom it is passed on to")
    for key, wanted in (("to", Onward.PASS_ON), ("status", Onward.WAIT)):
        if key in spot.keys and then is not wanted:
            draft.note(spot[key].name, f"'{key}' belongs to 'then: {wanted.value}'")


def lacks(spot: Spot, key: str) -> bool:
    """Whether `key` is not written at `spot`, not even misspelt: that is told already."""
    return key not in spot.keys and not any(nearest(written, [key]) for written in spot.keys)


class _Builder:
    """The needs of one criterion while they are built."""

    def __init__(self, draft: Draft, criterion: CriterionShape) -> None:
        self._draft = draft
        self._criterion = criterion
        self._then = criterion.then or Onward.REFUSE

    def group(self, shape: GroupShape, spot: Spot, path: str, spoken_for: str) -> Need | None:
        """The group written at `spot`. `spoken_for` names what gives the reason for all that is in it, if anything."""
        written = [mode for mode in _MODES if mode in spot.keys]
        if len(written) != 1:
            self._draft.note(spot.name, f"write one of {', '.join(_MODES)} here, and only one")
            return None
        mode, inner = written[0], spot[written[0]]
        if len(inner.keys) < 2:
            self._draft.note(inner.name, f"'{mode}' needs two members or more; write one alone without a group")
        shapes: Mapping[str, NeedShape] = getattr(shape, mode) or {}
        found = [self._member(one, inner[name], name, path, spoken_for) for name, one in shapes.items()]
        members = tuple(one for one in found if one is not None)
        if len(members) < max(2, len(inner.keys)):
            return None
        account = self._account(shape) if isinstance(shape, NeedShape) else self._own()
        return Need(name=path, mode=Mode(mode), members=members, holds_if=joined(Mode(mode), members), account=account)

    def _member(self, shape: NeedShape, spot: Spot, name: str, path: str, spoken_for: str) -> Need | None:
        check_account(self._draft, shape, spot, shape.then or self._then)
        if shape.reason and spoken_for:
            self._draft.note(
                spot["reason"].name, f"nobody would read this: the reason of '{spoken_for}' is given for all"
            )
        path = f"{path}.{name}" if path else name
        if not set(_MODES).isdisjoint(spot.keys):
            if shape.holds_if:
                self._draft.note(spot["holds_if"].name, "this is a group; write 'holds_if' in its members")
            return self.group(shape, spot, path, spoken_for or (name if shape.reason else ""))
        if lacks(spot, "holds_if"):
            self._draft.note(spot.name, f"'{name}' needs the key 'holds_if', or one of {', '.join(_MODES)}")
        if not spoken_for and lacks(spot, "reason"):
            self._draft.note(spot.name, f"'{name}' needs the key 'reason', or the group around it does")
        holds_if = condition(self._draft, spot["holds_if"], shape.holds_if)
        return Need(name=path, holds_if=holds_if, account=self._account(shape)) if holds_if else None

    def _account(self, shape: NeedShape) -> Account | None:
        """What the member says; what it leaves out is as the criterion has it."""
        if not shape.reason:
            return None
        rest = self._criterion
        then = shape.then or self._then
        same = then is self._then
        return Account(
            reason=shape.reason,
            then=then,
            to=shape.to or (rest.to if same else None) or "",
            status=shape.status or (rest.status if same else None) or "",
            code=shape.code or rest.code or "",
            alternatives=shape.instead or rest.instead,
            source=shape.source or rest.source,
        )

    def _own(self) -> Account | None:
        """What the criterion says for all of its needs, where it does."""
        rest = self._criterion
        return (
            Account(
                reason=rest.reason,
                then=self._then,
                to=rest.to or "",
                status=rest.status or "",
                code=rest.code or "",
                alternatives=rest.instead,
                source=rest.source,
            )
            if rest.reason
            else None
        )
