"""How does a copy of somebody's record become a file? Tagged PDF (PDF/UA-1); what stands in it is decided elsewhere."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst

from sanctuary.gateways.documents import FONTS, families, printable

_TEMPLATE = Path(__file__).with_name("copy.typ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A question, its answer in lines, and when that was recorded, by whom."""

    ask: str
    lines: tuple[str, ...]
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What belongs under one heading."""

    title: str
    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy in words. `label` stands on every page and in the file's properties, `mark` at the foot of every page."""

    title: str
    label: str
    agency: str
    mark: str
    opening: tuple[str, ...]
    parts: tuple[Part, ...]
    closing_title: str
    closing: tuple[str, ...]
    keywords: tuple[str, ...] = ()


def copy_as_pdf(copy: Copy) -> bytes:
    """The copy as a PDF file. Its properties hold title, label, agency and keywords, and nothing from its parts."""
    data: dict[str, Any] = {
        "title": printable(copy.title),
        "label": printable(copy.label),
        "agency": printable(copy.agency),
        "mark": printable(copy.mark),
        "keywords": _printable(copy.keywords),
        "opening": _printable(copy.opening),
        "sections": [
            {"title": printable(part.title), "items": [_line(item) for item in part.items]} for part in copy.parts
        ],
        "closing-title": printable(copy.closing_title),
        "closing": _printable(copy.closing),
        "fonts": families(),
    }
    return bytes(
        typst.compile(
            str(_TEMPLATE),
            sys_inputs={"copy": json.dumps(data, ensure_ascii=False)},
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
        )
    )


def _line(item: Line) -> dict[str, object]:
    return {"ask": printable(item.ask), "lines": _printable(item.lines), "when": printable(item.when)}


def _printable(texts: Sequence[str]) -> list[str]:
    return [printable(text) for text in texts]
