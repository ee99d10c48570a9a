"""Which moves on a page follow from something that is new, gone or of another length there."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from mock_sites.review.changes import Change
from mock_sites.review.comparing.places import contains
from mock_sites.review.recording import Box

TOLERANCE: Final = 2
"""Pixels that a box may move or grow without a change: the effect of rounding and font hinting."""


class Move(NamedTuple):
    """How far an element moved, and how much it grew, in whole pixels."""

    right: int
    down: int
    wider: int
    higher: int

    @staticmethod
    def of(old: Box, new: Box) -> "Move":
        """The move of an element. What is within the tolerance is none."""
        distances = (b - a for a, b in zip(old[2:], new[2:], strict=True))
        return Move(*(round(each) if abs(each) > TOLERANCE else 0 for each in distances))


class PageChange(NamedTuple):
    """A change of the page's content, and its place; None if that is not known."""

    change: Change
    place: Box | None


class Consequences:
    """Tells which part of a move follows from changes of the page's content.

    What is below such a change, as far down as the next one, follows it if it moved as far as most of what is there.
    What is in the same row may move sideways, and what is around it may grow.
    """

    def __init__(self, changes: Sequence[PageChange], moves: Iterable[tuple[Box, Move]]) -> None:
        """Look at all elements that are on both pages."""
        located = sorted((each.place.y, place) for place, each in enumerate(changes) if each.place)
        self._changes = [changes[place] for _top, place in located]
        self._tops = [top for top, _place in located]
        self._somewhere = next((each.change for each in changes if not each.place), None)
        downs: dict[int, Counter[int]] = {}
        for old, move in moves:
            downs.setdefault(self._band(old), Counter())[move.down] += 1
        self._down = {band: counter.most_common(1)[0][0] for band, counter in downs.items()}

    def explain(self, old: Box, move: Move) -> tuple[Move, Change | None]:
        """The part of a move that does not follow from a change of the content, and the change it follows from."""
        band = self._band(old)
        above = self._changes[band] if band >= 0 else None
        cause = above.change if above else self._somewhere
        left = move
        if cause and move.down == self._down[band]:
            left = left._replace(down=0)
        if above and above.place and old.y < above.place.y + above.place.height:
            left = left._replace(right=0, wider=0)
        inside = self._inside(old)
        if inside:
            left, cause = left._replace(wider=0, higher=0), cause or inside.change
        return left, cause if left != move else None

    def _band(self, old: Box) -> int:
        """Between which changes an element is: the place of the one above it; -1 above the first."""
        return bisect_right(self._tops, old.y + TOLERANCE) - 1

    def _inside(self, old: Box) -> PageChange | None:
        """The first change within an element."""
        first = bisect_left(self._tops, old.y - TOLERANCE)
        for change in self._changes[first : first + 1]:
            if change.place and contains(old, change.place[2:], TOLERANCE):
                return change
        return None
