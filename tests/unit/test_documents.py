"""Is a letter as PDF accessible, complete, and silent about the person outside its text?"""

from __future__ import annotations

import io

import page
import pypdf
import pytest

from sanctuary.core.letters import Block, BlockKind, Merged
from sanctuary.gateways.documents import letter_as_pdf, printable, unprintable


def letter(*texts: str) -> Merged:
    """A letter of a heading, paragraphs and a list."""
    paragraphs = tuple(Block(kind=BlockKind.PARAGRAPH, text=text) for text in texts)
    items = tuple(Block(kind=BlockKind.ITEM, text=f"Item {number}") for number in (1, 2))
    heading = Block(kind=BlockKind.HEADING, text="What happens now")
    return Merged(subject="A letter about your home", blocks=(heading, *paragraphs, *items), missing=())


def made(*texts: str) -> bytes:
    """The letter as PDF."""
    return letter_as_pdf(letter(*texts), reference="NOR-4K7P-2X", agency="Example District Council")


def text_of(pdf: bytes) -> str:
    """Everything that a reader would read."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_it_meets_the_accessible_standard() -> None:
    report = page.validate_pdf_bytes(made("Dear Amina Example"), profile=page.ValidationProfile.PDF_UA_1)
    assert report.is_compliant, [failure.message for failure in report.failures]
    assert report.rules.total > 100


def test_it_says_what_the_letter_says_and_markup_is_text() -> None:
    said = text_of(made("Dear Amina Example", '#strong[not markup] *either* $x$ @cite <label> \\ #image("x")'))
    assert "Dear Amina Example" in said
    assert "#strong[not markup]" in said
    assert "Item 2" in said
    assert "Page 1 of 1" in said


def test_its_properties_name_nobody() -> None:
    reader = pypdf.PdfReader(io.BytesIO(made("Dear Amina Example", "1 Alder Close")))
    everything = f"{reader.metadata} {reader.xmp_metadata.stream.get_data() if reader.xmp_metadata else ''}"
    assert "A letter about your home" in everything
    assert "Amina" not in everything
    assert "Alder" not in everything


def test_a_long_letter_runs_over_pages() -> None:
    pdf = made(*(f"Paragraph {number}. " + "Words and more words. " * 20 for number in range(20)))
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) > 2


@pytest.mark.parametrize("name", ["Łucja Śliwińska", "Анна Иванова", "Ελένη", "محمد", "Nguyễn Thị Ánh", "ਗੁਰਪ੍ਰੀਤ"])
def test_names_in_many_scripts_are_printed(name: str) -> None:
    assert unprintable(letter(name)) == ""
    assert made(f"Dear {name}").startswith(b"%PDF")


def test_what_no_font_has_does_not_stop_a_letter_and_is_told() -> None:
    assert printable("Dear \U00012000") == "Dear ?"
    assert unprintable(letter("Dear \U00012000?")) == "\U00012000"
    assert made("Dear \U00012000\u200b").startswith(b"%PDF")
