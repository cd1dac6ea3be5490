"""What does a letter say? Its text with merge fields, and once they are filled; not how it is laid out or sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

_FIELD = re.compile(r"\{([a-z_0-9.]+)\}")
# Fields that are no fact: the day, and what the engine and the record say.
GIVEN = frozenset({"today", "reference", "agency", "officer", "person", "reasons", "alternatives"})
# Fields that become one list item each.
LISTS = frozenset({"reasons", "alternatives"})


class BlockKind(Enum):
    """What a piece of a letter is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading, a paragraph or a list item, in which "{field}" stands for a merge field."""

    kind: BlockKind
    text: str

    @property
    def fields(self) -> tuple[str, ...]:
        """The merge fields named in the text, in order."""
        return tuple(_FIELD.findall(self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter of the scheme. `subject` never holds a merge field: it may be seen by others.

    `sender` is who it is from, where the name of the agency that sends it would say too much.
    """

    name: str
    subject: str
    blocks: tuple[Block, ...]
    sender: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A letter as it would be sent, or with the fields that have no value yet in `missing`."""

    subject: str
    blocks: tuple[Block, ...]
    missing: tuple[str, ...]


def parse(text: str) -> tuple[Block, ...]:
    """Blocks of a letter file: "# heading", "- item", and paragraphs parted by blank lines."""
    return tuple(block for part in re.split(r"\n\s*\n", text.strip()) for block in _blocks(part))


def merge(letter: Letter, values: Mapping[str, str | tuple[str, ...]]) -> Merged:
    """`letter` with its fields filled; a block that is only a list field becomes an item for each entry."""
    wanted = [name for block in letter.blocks for name in block.fields]
    missing = tuple(dict.fromkeys(name for name in wanted if not values.get(name)))
    blocks = tuple(filled for block in letter.blocks for filled in _fill(block, values))
    return Merged(subject=letter.subject, blocks=blocks, missing=missing)


def _blocks(part: str) -> list[Block]:
    if part.startswith("# "):
        return [Block(kind=BlockKind.HEADING, text=part[2:].strip())]
    if part.startswith("- "):
        items = re.split(r"(?:^|\n)- ", part)[1:]
        return [Block(kind=BlockKind.ITEM, text=" ".join(item.split())) for item in items]
    return [Block(kind=BlockKind.PARAGRAPH, text=" ".join(part.split()))]


def _fill(block: Block, values: Mapping[str, str | tuple[str, ...]]) -> list[Block]:
    if len(block.fields) == 1 and block.fields[0] in LISTS and block.text == f"{{{block.fields[0]}}}":
        return [Block(kind=BlockKind.ITEM, text=text) for text in values.get(block.fields[0], ())]
    text = _FIELD.sub(lambda found: _shown(values.get(found[1], "")), block.text)
    return [Block(kind=block.kind, text=text)]


def _shown(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else ", ".join(value)
