"""Are the built assets ours to serve? Our font and colours, no crown and no GDS Transport, and fonts for letters."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typst

BUILD = Path(__file__).resolve().parents[2] / "build"
STATIC = BUILD / "static" / "govuk"

# Names as people in Britain write them, one a script that the fonts cover.
NAMES = {
    "Latin": "Łukasz Şahin Siân Ŵyn Żółć",
    "Vietnamese": "Nguyễn Thị Hồng",
    "Cyrillic": "Олена Шевченко",
    "Greek": "Ελένη Παπαδοπούλου",
    "Devanagari": "नेहा शर्मा",
    "Arabic": "فاطمة علی",
    "Bengali": "ফাতেমা বেগম",
    "Gujarati": "પ્રિયા પટેલ",
    "Gurmukhi": "ਹਰਪ੍ਰੀਤ ਕੌਰ",
    "Hebrew": "רחל כהן",
    "Tamil": "பிரியா குமார்",
    "Chinese": "王小明",
}


@pytest.fixture
def styles() -> str:
    return (STATIC / "govuk.css").read_text(encoding="utf-8")


def letter(text: str) -> bytes | None:
    """A letter of one line, in a standard that refuses a glyph that no font has."""
    found = typst.Fonts(font_paths=[BUILD / "fonts"], include_system_fonts=False, include_embedded_fonts=False)
    fonts = ", ".join(f'"{family}"' for family in found.families())
    source = f'#set document(title: "Name")\n#set text(lang: "en", font: ({fonts}))\n= Name\n{text}'
    return typst.compile(
        source.encode(), font_paths=[BUILD / "fonts"], ignore_system_fonts=True, pdf_standards=["ua-1"]
    )


def test_the_style_sheet_has_neither_the_crown_nor_its_font(styles: str) -> None:
    assert "GDS Transport" not in styles
    assert "crest" not in styles


def test_the_style_sheet_has_our_colour_and_font(styles: str) -> None:
    assert "--govuk-brand-colour: #5b2a86" in styles
    assert 'font-family:"Atkinson Hyperlegible Next"' in styles


def test_everything_that_the_style_sheet_asks_for_is_there(styles: str) -> None:
    wanted = re.findall(r'url\("?([^")]+)"?\)', styles)

    assert wanted
    assert [name for name in wanted if not (STATIC / name).is_file()] == []


def test_the_scripts_ask_for_nothing_that_is_not_there() -> None:
    for script in STATIC.glob("*.js"):
        text = script.read_text(encoding="utf-8")
        assert "sourceMappingURL" not in text
        assert [name for name in re.findall(r'from "\./([^"]+)"', text) if not (STATIC / name).is_file()] == []


@pytest.mark.parametrize("script", NAMES)
def test_a_letter_can_show_a_name(script: str) -> None:
    assert (letter(NAMES[script]) or b"").startswith(b"%PDF")


def test_a_letter_refuses_a_script_that_it_has_no_font_for() -> None:
    with pytest.raises(typst.TypstError):
        letter("สมชาย")
