"""How does a letter become a file? Tagged PDF (PDF/UA-1) through typst; what it says is decided elsewhere."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

from sanctuary.core.letters import Block, BlockKind, Merged
from sanctuary.gateways.home import CHECKOUT

FONTS = CHECKOUT / "build" / "fonts"
_TEMPLATE = Path(__file__).with_name("letter.typ")
_FIRST = "Atkinson Hyperlegible Next"


def letter_as_pdf(letter: Merged, *, reference: str, agency: str) -> bytes:
    """The letter as a PDF file. Its properties name the subject and the agency, and no person.

    A character that no font here has is written as "?": see `unprintable`. Raises typst.TypstError where the result
    would not meet PDF/UA-1.
    """
    data = {
        "subject": printable(letter.subject),
        "agency": printable(agency),
        "reference": printable(reference),
        "fonts": families(),
        "blocks": list(_blocks(letter.blocks)),
    }
    return bytes(
        typst.compile(
            str(_TEMPLATE),
            sys_inputs={"letter": json.dumps(data, ensure_ascii=False)},
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
        )
    )


def unprintable(letter: Merged) -> str:
    """The characters of the letter that would come out as "?", each once."""
    text = letter.subject + "".join(block.text for block in letter.blocks)
    return "".join(dict.fromkeys(mark for mark in text if "?" in printable(mark) and mark != "?"))


def printable(text: str) -> str:
    """`text` with what no font has brought to its plain form, or failing that to "?"."""
    return "".join(_mark(mark) for mark in unicodedata.normalize("NFC", text))


def _mark(mark: str) -> str:
    if mark in "\n\t" or ord(mark) in _glyphs():
        return mark
    if unicodedata.category(mark) in ("Cc", "Cf"):
        return ""
    plain = unicodedata.normalize("NFKD", mark)
    return "".join(each for each in plain if ord(each) in _glyphs()) or "?"


def _blocks(blocks: tuple[Block, ...]) -> Iterator[dict[str, object]]:
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        if kind is BlockKind.ITEM:
            yield {"kind": "list", "items": [printable(block.text) for block in group]}
        else:
            yield from ({"kind": kind.value, "lines": printable(block.text).split("\n")} for block in group)


@cache
def _glyphs() -> frozenset[int]:
    """Every character that some font here can show."""
    return frozenset(code for codes, _ in _fonts() for code in codes)


@cache
def families() -> list[str]:
    """The names of the fonts, the house font first: a font is asked for what those before it lack."""
    names = {name for _, name in _fonts()}
    return sorted(names, key=lambda name: (name != _FIRST, name != "Noto Sans", name))


@cache
def _fonts() -> tuple[tuple[frozenset[int], str], ...]:
    """What each font file can show, and the name of its family."""
    found = tuple(_font(path) for path in sorted(FONTS.glob("*.ttf")))
    if not found:
        raise FileNotFoundError("the fonts of letters have not been built: run make setup")
    return found


def _font(path: Path) -> tuple[frozenset[int], str]:
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap()), str(font["name"].getBestFamilyName())
