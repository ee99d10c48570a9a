"""What changed in the look of a page. Consequences of a change of its content or style are about that change.

Styles are the same in every run, and boxes and pixels on the same machine: differences in them are findings. Pictures
give only advice where two runs of the same code may differ.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from mock_sites.review.changes import Area, Change, Spot, Topic
from mock_sites.review.comparing.layout import compare_boxes
from mock_sites.review.comparing.layout_consequences import TOLERANCE, PageChange
from mock_sites.review.comparing.pixels import as_one, changed_boxes, compare_pictures
from mock_sites.review.comparing.places import Places, contains
from mock_sites.review.recording import Box, RecordedStep

FILMED: Final = {".jpeg", ".jpg"}
"""Files of film frames."""

FILM: Final = "only advice: a film is not taken at a certain moment"
UNSTEADY: Final = "only advice: pictures of the same state differ here within one run too"


def compare_looks(
    before: RecordedStep, after: RecordedStep, page: Sequence[Change], styles: Sequence[Change]
) -> Iterator[Change]:
    """What moved, grew or looks different on a page.

    Args:
        before: the earlier step.
        after: the later one.
        page: the changes of its content.
        styles: those of its style. What the content does not explain follows from the first of them.
    """
    places = Places(before, after)
    seen = [change for change in page if change.visible]
    located = [PageChange(change, next(iter(places.before(change) or places.after(change)), None)) for change in seen]
    layout = list(compare_boxes(before.boxes, after.boxes, located))
    yield from (change if change.topics else _follows(change, styles) for change in layout)
    if before.image and after.image and before.image.suffix == after.image.suffix:
        known = [box for change in seen for box in (*places.before(change), *places.after(change))]
        known += changed_boxes(before.boxes or (), after.boxes or ())
        known += [Box("", "", *area) for area in before.varying + after.varying]
        regions: dict[tuple[Topic, ...], list[Change]] = {}
        for change in _compare_pixels(before, after, known):
            regions.setdefault(_causes(change, located, layout, places), []).append(change)
        for causes, several in regions.items():
            change = as_one(several).with_topics(*causes)
            yield change if causes else _follows(_placed(change, after.boxes or ()), styles)


def _follows(change: Change, styles: Sequence[Change]) -> Change:
    return change.with_topics(*(style.topic for style in styles[:1]))


def _compare_pixels(before: RecordedStep, after: RecordedStep, known: Sequence[Box]) -> Iterator[Change]:
    """The differences of the pictures, as advice where two runs of the same code may differ; the text says why."""
    assert before.image
    assert after.image
    unsteady = [Box("", "", *area) for area in before.unsteady + after.unsteady]
    found = list(compare_pictures(before.image, after.image, [*known, *unsteady]))
    why = FILM if after.image.suffix in FILMED else ""
    if before.drawn_by != after.drawn_by:
        why = why or f"only advice: drawn by {after.drawn_by} instead of {before.drawn_by}"
    if not found and unsteady:
        found, why = list(compare_pictures(before.image, after.image, known)), UNSTEADY
    # Advice has the same words everywhere, so that it is one finding.
    yield from (
        replace(change, what=f"the picture differs ({why})", advice=True) if why else change for change in found
    )


def _causes(change: Change, page: Sequence[PageChange], layout: Sequence[Change], places: Places) -> tuple[Topic, ...]:
    """The changes that can have caused a change of the picture."""
    several = [each.change for each in page] + [*layout]
    if not change.area:
        return tuple(cause.topic for cause in several[:1])
    causes = [each for each in several if _is_seen(change.area, (*places.before(each), *places.after(each)))]
    return tuple(cause.topic for cause in [*causes, *(each.change for each in page if not each.place)])


def _placed(change: Change, boxes: Sequence[Box]) -> Change:
    """A change of the picture that nothing explains, about the element that it is in."""
    around = [box for box in boxes if change.area and contains(box, change.area, TOLERANCE)]
    if not around or change.advice:
        return change
    element = min(around, key=lambda box: box.width * box.height)
    spot = Spot(element.role, element.name)
    what = f"{element.role} “{element.name}” looks different: {change.what}"
    return replace(change, what=what, before=(spot,), after=(spot,)).known_by(("looks", *spot))


def _is_seen(area: Area, boxes: Sequence[Box]) -> bool:
    """Whether a part of one of the boxes is in an area."""
    return any(
        box.x < area.x + area.width
        and area.x < box.x + box.width
        and box.y < area.y + area.height
        and area.y < box.y + box.height
        for box in boxes
    )
