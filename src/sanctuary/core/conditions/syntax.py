"""How is a condition put together? A frozen tree with offsets; what its names mean is checked elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A place whose problem is already noted."""

    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """A value written out. Decimal is money."""

    offset: int
    value: str | int | Decimal | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """`now`, `step.question` or `x.question`, with the offset of each part."""

    offset: int
    parts: tuple[str, ...]
    offsets: tuple[int, ...]

    @property
    def text(self) -> str:
        """The name as it was written."""
        return ".".join(self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """A list in square brackets."""

    offset: int
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """`name(arguments)`, or `target.name(arguments)`."""

    offset: int
    name: str
    arguments: tuple[Node, ...]
    target: Name | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Negation:
    """`!operand`."""

    offset: int
    operand: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Junction:
    """Two or more operands with the same operator, `&&` or `||`, between them."""

    offset: int
    operator: str
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two operands with a comparison, `in`, `+` or `-` between them; `offset` is the operator's."""

    offset: int
    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Fork:
    """`test ? yes : no`; `offset` is the question mark's."""

    offset: int
    test: Node
    yes: Node
    no: Node


Node = Broken | Constant | Name | Several | Call | Negation | Junction | Pair | Fork
