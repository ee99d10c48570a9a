"""Where two pictures of a page differ, apart from changes that the comparison of the page has reported."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Final

from PIL import Image, ImageChops, ImageDraw
from pixelmatch.contrib.PIL import pixelmatch

from mock_sites.review.changes import Area, Change, Kind
from mock_sites.review.comparing.grouping import join_by
from mock_sites.review.comparing.layout import did_move, same_elements
from mock_sites.review.errors import ReviewError
from mock_sites.review.recording import Box

NEAR: Final = 16
"""Pixels between two differences that are taken for one."""


def compare_pictures(before: Path, after: Path, reported: Sequence[Box] = ()) -> Iterator[Change]:
    """Where the pictures differ outside the boxes ``reported`` already, by region; smoothed edges do not count.

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
    for area in _regions(ImageChops.difference(old, new)):
        place = area.x, area.y, area.x + area.width, area.y + area.height
        count = pixelmatch(old.crop(place), new.crop(place))
        if count:
            yield _differing(count, area)


def as_one(changes: Sequence[Change]) -> Change:
    """The differences of several regions of a picture as one. Advice has the same words for all."""
    first, *others = changes
    if not others or not first.area or first.advice:
        return first
    areas = [change.area for change in changes if change.area]
    left, top = min(area.x for area in areas), min(area.y for area in areas)
    right, bottom = max(area.x + area.width for area in areas), max(area.y + area.height for area in areas)
    count = sum(int(change.what.partition(" ")[0]) for change in changes)
    return _differing(count, Area(left, top, right - left, bottom - top))


def _differing(count: int, area: Area) -> Change:
    return Change(Kind.PIXELS, f"{count} pixels differ, within {_size(area)} at ({area.x}, {area.y})", area=area)


def _regions(difference: Image.Image) -> Iterator[Area]:
    """The parts of a picture that are not black, each in a box. Parts that are nearer than ``NEAR`` are one."""
    # A cell of the small picture is black only if all of its pixels are.
    small = difference.convert("L").point(lambda value: 255 * bool(value)).reduce(NEAR)
    cells = [(x, y) for y in range(small.height) for x in range(small.width) if small.getpixel((x, y))]
    for group in join_by(cells, lambda cell: [(cell[0] + i, cell[1] + j) for i in (0, 1) for j in (0, 1)]):
        left, top = (NEAR * min(cell[axis] for cell in group) for axis in (0, 1))
        right, bottom = (NEAR * (max(cell[axis] for cell in group) + 1) for axis in (0, 1))
        box = difference.crop((left, top, right, bottom)).getbbox()
        if box:
            yield Area(left + box[0], top + box[1], box[2] - box[0], box[3] - box[1])


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
