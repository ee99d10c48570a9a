"""Where the elements of a change are on a page."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from mock_sites.review.changes import Change, Spot
from mock_sites.review.recording import Box


class Page(Protocol):
    """A page with the boxes of its elements and texts."""

    @property
    def boxes(self) -> tuple[Box, ...] | None:
        """The boxes of named elements."""
        ...

    @property
    def texts(self) -> tuple[Box, ...]:
        """The boxes of unnamed elements with a text."""
        ...


class Places:
    """Finds the boxes of changed elements on a page as it was, and as it is now."""

    def __init__(self, before: Page, after: Page) -> None:
        self._before, self._after = _index(before), _index(after)

    def before(self, change: Change) -> list[Box]:
        """The boxes of a change on the page as it was."""
        return list(_find(change.before, self._before))

    def after(self, change: Change) -> list[Box]:
        """The boxes of a change on the page as it is now."""
        return list(_find(change.after, self._after))


def _index(page: Page) -> dict[Spot, list[Box]]:
    found: dict[Spot, list[Box]] = {}
    for box in (*(page.boxes or ()), *page.texts):
        found.setdefault(Spot(box.role, box.name), []).append(box)
    return found


def _find(spots: Sequence[Spot], boxes: dict[Spot, list[Box]]) -> Iterator[Box]:
    for spot in dict.fromkeys(spots):
        yield from boxes.get(spot, ())


def contains(outer: Box, inner: Iterable[float], tolerance: float) -> bool:
    """Whether a box contains another, given by left, top, width and height."""
    x, y, width, height = inner
    return (
        outer.x <= x + tolerance
        and outer.y <= y + tolerance
        and x + width <= outer.x + outer.width + tolerance
        and y + height <= outer.y + outer.height + tolerance
    )
