"""Contact sheets: many small pictures on one."""

from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

from e2e.gallery.shown import Look, ShownPage

COLUMNS: Final = 8
ROWS: Final = 6
_SMALL: Final = 240
"""Pixels of the width of a small picture."""
_TALLEST: Final = 360
"""Pixels of its height; what does not fit is cut off."""
_GAP: Final = 12
_TITLE: Final = 16
"""Pixels above each picture, for its number."""
_QUALITY: Final = 80


def write_sheets(folder: Path, pages: Sequence[ShownPage], looks: Sequence[Look]) -> dict[str, list[str]]:
    """Write the contact sheets of each language and look. Returns the files by their title."""
    files: dict[str, list[str]] = {}
    languages = list(dict.fromkeys(page.language for page in pages))
    for language, look in product(languages, looks):
        shown = [page for page in pages if page.language == language]
        for first in range(0, len(shown), COLUMNS * ROWS):
            name = f"sheet-{language}-{look.name}-{first // (COLUMNS * ROWS) + 1}.jpg"
            _sheet(folder, shown[first : first + COLUMNS * ROWS], look).save(folder / name, quality=_QUALITY)
            files.setdefault(f"{language}, {look.width} px, {look.theme}", []).append(name)
    return files


def _sheet(folder: Path, pages: Sequence[ShownPage], look: Look) -> Image.Image:
    rows = -(-len(pages) // COLUMNS)
    wide, tall = _SMALL + _GAP, _TALLEST + _GAP + _TITLE
    sheet = Image.new("RGB", (COLUMNS * wide + _GAP, rows * tall + _GAP), "#d7dbe0")
    draw = ImageDraw.Draw(sheet)
    for place, page in enumerate(pages):
        left, top = _GAP + place % COLUMNS * wide, _GAP + place // COLUMNS * tall
        draw.text((left, top), f"{page.number:03}", fill="#1b1f24")
        with Image.open(folder / page.pictures[look]) as picture:
            picture.draft("RGB", (2 * _SMALL, 1))  # reads a JPEG file at half, a quarter or an eighth of its size
            height = round(picture.height * _SMALL / picture.width)
            small = picture.resize((_SMALL, height)).crop((0, 0, _SMALL, min(height, _TALLEST)))
        sheet.paste(small, (left, top + _TITLE))
    return sheet
