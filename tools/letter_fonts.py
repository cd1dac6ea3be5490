"""Which fonts do letters use? Typst reads no web fonts and refuses a missing glyph, so subsets are merged."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

WEIGHTS = (400, 700)


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A font package and the subsets of it that one file of letters brings together, the first one leading."""

    package: str
    subsets: tuple[str, ...]
    weights: tuple[int, ...] = WEIGHTS


# In the order in which a letter should try them. Names are written in all of these on forms in Britain.
FAMILIES = (
    Family(package="atkinson-hyperlegible-next", subsets=("latin", "latin-ext")),
    Family(
        package="noto-sans",
        subsets=("latin", "latin-ext", "vietnamese", "cyrillic", "cyrillic-ext", "greek", "greek-ext", "devanagari"),
    ),
    Family(package="noto-sans-arabic", subsets=("arabic",)),
    Family(package="noto-sans-bengali", subsets=("bengali",)),
    Family(package="noto-sans-gujarati", subsets=("gujarati",)),
    Family(package="noto-sans-gurmukhi", subsets=("gurmukhi",)),
    Family(package="noto-sans-hebrew", subsets=("hebrew",)),
    Family(package="noto-sans-tamil", subsets=("tamil",)),
    Family(package="zcool-xiaowei", subsets=("chinese-simplified",), weights=(400,)),
)


def make_letter_fonts(packages: Path, folder: Path) -> None:
    """Write one TrueType file a family and weight into `folder`, from the font packages in `packages`."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    folder.mkdir(parents=True, exist_ok=True)
    for family in FAMILIES:
        for weight in family.weights:
            font = merged(list(sources(packages, family, weight)))
            font.save(folder / f"{family.package}-{weight}.ttf")


def sources(packages: Path, family: Family, weight: int) -> Iterator[Path]:
    """The web fonts that make up one weight of a family: woff, which unpacks in a tenth of the time of woff2."""
    files = packages / "@fontsource" / family.package / "files"
    for subset in family.subsets:
        yield files / f"{family.package}-{subset}-{weight}-normal.woff"


def merged(files: list[Path]) -> TTFont:
    """One TrueType font with the glyphs of all `files`."""
    font = Merger().merge([str(file) for file in files]) if len(files) > 1 else TTFont(files[0])
    font.flavor = None
    return font
