"""The place of each finding in small pictures, as it was and as it is now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mock_sites.review.changes import Area, Change
from mock_sites.review.comparing.align import align
from mock_sites.review.findings import Finding, Place
from mock_sites.review.recording import RecordedStep
from mock_sites.review.report.marks import marked, marks
from mock_sites.review.report.pictures import ReportPicture, ReportPictures
from mock_sites.review.review import Compared

MOST: Final = 40
"""Findings with a small picture. The others have theirs in their steps."""
AROUND: Final = 32
"""Pixels that are shown around a place."""
LARGEST: Final = 560, 220
"""Pixels of a small picture at most."""

Sides = tuple[RecordedStep | None, RecordedStep | None]
"""A step as it was, and as it is now."""


@dataclass(frozen=True)
class Preview:
    """A part of a page as it was, and as it is now; None if it was not there."""

    place: Place
    before: ReportPicture | None
    after: ReportPicture | None


def previews(compared: Sequence[Compared], findings: Sequence[Finding], pictures: ReportPictures) -> dict[int, Preview]:
    """The small pictures of the first findings, by their numbers in the report."""
    steps: dict[str, Sides] = {}
    for pair in compared:
        for aligned in align(pair.before.steps, pair.after.steps):
            last = (aligned.after or aligned.before)[-1]
            sides = next(iter(aligned.before[-1:]), None), next(iter(aligned.after[-1:]), None)
            steps[Place.name(pair.after.name, last.id)] = sides
    found = ((number, _preview(finding, steps, pictures)) for number, finding in enumerate(findings[:MOST], 1))
    return {number: preview for number, preview in found if preview}


def _preview(finding: Finding, steps: Mapping[str, Sides], pictures: ReportPictures) -> Preview | None:
    """The first place of a finding that is in a picture."""
    for place in finding.places:
        before, after = steps.get(place.id, (None, None))
        files = [step.image if step else None for step in (before, after)]
        if not any(files):
            continue
        changes = marked(finding, place)
        shown = (_area(changes, step, pictures, later=later) for step, later in ((after, True), (before, False)))
        area = next((area for area in shown if area), None)
        if area:
            return Preview(place, *(pictures.crop(file, area) if file else None for file in files))
    return None


def _area(
    changes: Sequence[Change], step: RecordedStep | None, pictures: ReportPictures, *, later: bool
) -> Area | None:
    """What is shown of a page: its first marked place, and what is around it."""
    if not step or not step.image:
        return None
    size = pictures.size(step.image)
    for mark in marks(changes, step, size, later=later):
        x, y = max(mark.area.x - AROUND, 0), max(mark.area.y - AROUND, 0)
        right, bottom = mark.area.x + mark.area.width + AROUND, mark.area.y + mark.area.height + AROUND
        return Area(x, y, min(right, x + LARGEST[0], size[0]) - x, min(bottom, y + LARGEST[1], size[1]) - y)
    return None
