"""What moved or changed its size on a page."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from e2e.review.changes import Change, Kind, Spot
from e2e.review.recording import Box

TOLERANCE: Final = 2
"""Pixels that a box may move or grow without a change: the effect of rounding and font hinting."""


def compare_boxes(before: Sequence[Box] | None, after: Sequence[Box] | None, *, page_changed: bool) -> Iterator[Change]:
    """Which boxes of the same elements moved or grew. Boxes that moved together are reported together.

    If something on the page is new or gone, a move of everything below it is not reported.
    """
    pairs = list(same_elements(before or (), after or ()))
    below = _Below(pairs)
    moved: dict[tuple[int, int], list[Box]] = defaultdict(list)
    for old, new in pairs:
        wider, higher = round(new.width - old.width), round(new.height - old.height)
        if max(abs(wider), abs(higher)) > TOLERANCE:
            size = f"{new.width:.0f} × {new.height:.0f} instead of {old.width:.0f} × {old.height:.0f} pixels"
            yield _change(f"{old.role} “{old.name}” is {size}", [old])
        elif did_move(old, new):
            moved[round(new.x - old.x), round(new.y - old.y)].append(old)
    for (right, down), boxes in moved.items():
        if page_changed and not right and below.moved_down(min(box.y for box in boxes), down):
            continue
        first, *others = boxes
        who = f"{first.role} “{first.name}”" + (f" and {len(others)} more" if others else "")
        ways = [f"{abs(right)} pixels to the {'right' if right > 0 else 'left'}"] if abs(right) > TOLERANCE else []
        ways += [f"{abs(down)} pixels {'down' if down > 0 else 'up'}"] if abs(down) > TOLERANCE else []
        yield _change(f"{who} moved {' and '.join(ways)}", boxes)


def _change(what: str, boxes: Sequence[Box]) -> Change:
    places = tuple(Spot(box.role, box.name) for box in boxes)
    return Change(Kind.LAYOUT, what, before=places, after=places)


class _Below:
    """How far everything below a place moved down."""

    def __init__(self, pairs: Sequence[tuple[Box, Box]]) -> None:
        """Look at the boxes of the same elements, before and after."""
        moves = sorted((old.y, new.y - old.y) for old, new in pairs)
        upwards = [distance for _y, distance in reversed(moves)]
        self._places = [y for y, _distance in moves]
        self._least = [*accumulate(upwards, min)][::-1]
        self._most = [*accumulate(upwards, max)][::-1]

    def moved_down(self, top: float, down: int) -> bool:
        """Whether everything at or below ``top``, where there is a box, moved down by ``down``."""
        first = bisect_left(self._places, top)
        return max(down - self._least[first], self._most[first] - down) <= TOLERANCE


def same_elements(before: Sequence[Box], after: Sequence[Box]) -> Iterator[tuple[Box, Box]]:
    """The boxes of elements of the same role and name, in order."""
    places: dict[tuple[str, str], list[Box]] = defaultdict(list)
    for box in after:
        places[box.role, box.name].append(box)
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for box in before:
        counts[box.role, box.name] += 1
    seen: dict[tuple[str, str], int] = defaultdict(int)
    for box in before:
        key = (box.role, box.name)
        if counts[key] == len(places[key]):
            yield box, places[key][seen[key]]
            seen[key] += 1


def did_move(old: Box, new: Box) -> bool:
    """Whether two boxes of one element differ in place or size."""
    return any(abs(a - b) > TOLERANCE for a, b in zip(old[2:], new[2:], strict=True))
