"""How is a case's content told apart from every other's? By marks: words that name the case and the part."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from io import BytesIO

import pypdf

# (number of the case, number of the compartment)
Mark = tuple[int, int]
_MARK = re.compile(rb"quill(\d+)c(\d+)z", re.IGNORECASE)


def word(case: int, compartment: int) -> str:
    """The mark, to be written into a case: a word like no other, which survives a form, a letter and an index."""
    return f"Quill{case}c{compartment}z"


def marks(content: bytes) -> frozenset[Mark]:
    """The marks in what was served, those of a PDF's text among them."""
    text = _text(content) if content.startswith(b"%PDF") else content
    return frozenset((int(case), int(part)) for case, part in _MARK.findall(text))


def of_cases(found: Iterable[Mark]) -> frozenset[int]:
    """The cases of which something is seen."""
    return frozenset(case for case, _ in found)


def _text(pdf: bytes) -> bytes:
    """What a PDF says: the text of its pages, its metadata, and every stream that it holds."""
    reader = pypdf.PdfReader(BytesIO(pdf))
    pages = "".join(page.extract_text() for page in reader.pages)
    streams = b"".join(_inflated(part) for part in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL))
    return pages.replace("\n", "").encode() + str(reader.metadata).encode() + streams + pdf


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream
