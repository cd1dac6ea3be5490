"""What does a finished file say? Its text, properties and whatever else is in it, read from the bytes themselves."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pypdf
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

# What a file may do or bring along besides being read; none of it has a place in a copy.
_ALIEN = frozenset(
    {"/EmbeddedFile", "/Filespec", "/JavaScript", "/JS", "/Launch", "/AcroForm", "/XFA", "/RichMedia", "/OCG"}
)
_TEXTS = frozenset({"/ActualText", "/Alt", "/Contents", "/E", "/T", "/TU", "/Title", "/URI", "/Lang"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBack:
    """The text of each page, everything that is written besides it, and what has no place in a file to be read."""

    pages: tuple[str, ...]
    properties: tuple[str, ...]
    alien: tuple[str, ...]

    @property
    def everything(self) -> str:
        """All that stands anywhere in the file."""
        return "\n".join((*self.pages, *self.properties))


class Unreadable(Exception):
    """The bytes are not a file that can be read through, so nothing can be said of what stands in it."""


def read_back(file: bytes) -> ReadBack:
    """What the PDF file says. Raises Unreadable."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(file), strict=True)
        pages = tuple(page.extract_text() for page in reader.pages)
        properties = [f"{name} {value}" for name, value in (reader.metadata or {}).items()]
        xmp = reader.xmp_metadata
        properties += [xmp.stream.get_data().decode("utf-8", "replace")] if xmp else []
        texts, alien = _through(reader)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise Unreadable("this file cannot be read back") from error
    return ReadBack(pages=pages, properties=(*properties, *texts), alien=tuple(sorted(alien)))


def _through(reader: pypdf.PdfReader) -> tuple[list[str], set[str]]:
    """Every text in the file's objects that is on no page, and the names of what should not be there."""
    texts: list[str] = []
    alien: set[str] = set()
    for name, value in _values(reader):
        if name in _ALIEN or str(value) in _ALIEN:
            alien.add(name if name in _ALIEN else str(value))
        if name in _TEXTS and isinstance(value, str):
            texts.append(value)
    return texts, alien


def _values(reader: pypdf.PdfReader) -> Iterator[tuple[str, object]]:
    """Name and value of every entry of every object."""
    ahead: list[object] = [reader.trailer]
    seen: set[int] = set()
    while ahead:
        each = ahead.pop()
        if isinstance(each, IndirectObject):
            if each.idnum in seen:
                continue
            seen.add(each.idnum)
            ahead.append(each.get_object())
        elif isinstance(each, DictionaryObject | StreamObject):
            for name, value in each.items():
                yield str(name), value
                ahead.append(value)
        elif isinstance(each, ArrayObject):
            ahead.extend(each)
