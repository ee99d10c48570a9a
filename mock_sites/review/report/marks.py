"""The marks on the pictures of a step where it differs, and a sketch of the page if there is no picture."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mock_sites.review.changes import Area, Change, Kind, Spot
from mock_sites.review.findings import Finding, Place
from mock_sites.review.recording import Box, RecordedStep

SIZE: Final = 1280, 720
"""Pixels of a page of which there is no picture."""
SURROUNDING: Final = {"main", "banner", "contentinfo", "complementary", "navigation", "region", "form", "list", "table"}
"""Roles of containers: a sketch does not show their names."""


@dataclass(frozen=True)
class Mark:
    """A part of a picture that differs, and how."""

    kind: Kind
    what: str
    area: Area


def marked(finding: Finding, place: Place) -> list[Change]:
    """The changes of a finding that are marked: not the moves of what stands around something that changed."""
    return [change for change in place.changes if change.kind is not Kind.LAYOUT or finding.kind is Kind.LAYOUT]


def marks(changes: Iterable[Change], step: RecordedStep, size: tuple[int, int], *, later: bool) -> list[Mark]:
    """The marks of changes in the later or the earlier step. Changes outside of the picture have none."""
    boxes = (*(step.boxes or ()), *step.texts)
    found: list[Mark] = []
    for change in changes:
        spots = set(change.after if later else change.before)
        areas = [Area(*box[2:]) for box in boxes if Spot(box.role, box.name) in spots]
        areas += [change.area] if change.area else []
        found += [Mark(change.kind, change.what, area) for area in areas if _is_seen(area, size)]
    return found


def sketch(boxes: Sequence[Box], size: tuple[int, int]) -> Iterator[tuple[Area, str]]:
    """What is to be drawn of a page that has no picture, the larger parts first: each with what is written on it."""
    seen = [box for box in boxes if _is_seen(Area(*box[2:]), size)]
    for box in sorted(seen, key=lambda box: -box.width * box.height):
        yield Area(*box[2:]), "" if box.role in SURROUNDING else box.name


def _is_seen(area: Area, size: tuple[int, int]) -> bool:
    width, height = size
    return area.x + area.width > 0 and area.y + area.height > 0 and area.x < width and area.y < height
