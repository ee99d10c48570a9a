"""Where two pictures of a page differ, apart from changes that the comparison of the page has reported."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw
from pixelmatch.contrib.PIL import pixelmatch

from mock_sites.review.changes import Area, Change, Kind
from mock_sites.review.comparing.layout import did_move, same_elements
from mock_sites.review.errors import ReviewError
from mock_sites.review.recording import Box


def compare_pictures(before: Path, after: Path, reported: Sequence[Box] = ()) -> Iterator[Change]:
    """Whether the pictures differ outside the boxes ``reported`` already; smoothed edges do not count.

    Raises:
        ReviewError: one of them is not a picture, or is too large.
    """
    if before.read_bytes() == after.read_bytes():
        return
    old, new = _open(before, str(before)), _open(after, str(after))
    if old.size != new.size:
        yield Change(Kind.PIXELS, f"the picture is {_size(new)} instead of {_size(old)} pixels")
        return
    for box in reported:
        area = (box.x - 2, box.y - 2, box.x + box.width + 2, box.y + box.height + 2)
        for picture in (old, new):
            ImageDraw.Draw(picture).rectangle(area, fill="black")
    differs = ImageChops.difference(old, new).getbbox()
    if differs is None:
        return
    count = pixelmatch(old.crop(differs), new.crop(differs))
    if count:
        left, top, right, bottom = differs
        area = Area(left, top, right - left, bottom - top)
        yield Change(Kind.PIXELS, f"{count} pixels differ, within {_size(area)} at ({left}, {top})", area=area)


def unsteady_areas(pictures: Sequence[bytes]) -> list[Area]:
    """Where each of the pictures of one page differs from the next one.

    Raises:
        ReviewError: one of them is not a picture, or is too large.
    """
    areas: list[Area] = []
    for before, after in pairwise(pictures):
        if before != after:
            old, new = (_open(BytesIO(content), "a picture") for content in (before, after))
            if old.size == new.size and (found := ImageChops.difference(old, new).getbbox()):
                left, top, right, bottom = found
                areas.append(Area(left, top, right - left, bottom - top))
    return areas


def changed_boxes(before: Sequence[Box], after: Sequence[Box]) -> list[Box]:
    """The boxes of what is gone, new, moved or of another size."""
    pairs = list(same_elements(before, after))
    still = {box for old, new in pairs if not did_move(old, new) for box in (old, new)}
    return [box for box in (*before, *after) if box not in still]


def _open(source: Path | BytesIO, name: str) -> Image.Image:
    try:
        with Image.open(source) as picture:
            return picture.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ReviewError(f"{name}: no picture that can be read") from error


def _size(picture: Image.Image | Area) -> str:
    return f"{picture.width} × {picture.height}"
