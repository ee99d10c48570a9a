"""What moved or changed its size on a page."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from mock_sites.review.changes import Change, Kind, Spot, Topic
from mock_sites.review.comparing.grouping import join_by
from mock_sites.review.comparing.layout_consequences import TOLERANCE, Consequences, Move, PageChange
from mock_sites.review.recording import Box


class Moved(NamedTuple):
    """An element that moved.

    Attributes:
        cause: the change of the page's content that the whole move follows from.
        left: the part of the move that follows from none.
        run: the number of neighbours in a row that all moved.
    """

    old: Box
    new: Box
    cause: Change | None
    left: Move
    run: int

    @property
    def distances(self) -> tuple[Topic, ...]:
        """What it has in common with others that the same change of a style moved."""
        across, along = (self.left.right, self.left.wider), (self.left.down, self.left.higher)
        ways = [("across", each) for each in across] + [("along", each) for each in along]
        return tuple(dict.fromkeys((way, str(abs(distance))) for way, distance in ways if distance))


def compare_boxes(
    before: Sequence[Box] | None, after: Sequence[Box] | None, page: Sequence[PageChange] = ()
) -> Iterator[Change]:
    """Which boxes of the same elements moved or grew. Boxes that moved together are reported together.

    Moves that follow from changes of the page's content are about those. Other moves have one cause if the elements are
    neighbours, or if they moved or grew as far.
    """
    moved = list(_moved(list(same_elements(before or (), after or ())), page))
    caused: dict[Topic, list[Moved]] = defaultdict(list)
    for each in moved:
        if each.cause:
            caused[each.cause.topic].append(each)
    for topic, several in caused.items():
        yield from (change.with_topics(topic) for change in _changes(several))
    own = [each for each in moved if not each.cause]
    for several in join_by(own, lambda each: (("run", each.run), *each.distances)):
        first, *others = _changes(several)
        yield first.known_by(*dict.fromkeys(chain.from_iterable(each.distances for each in several)))
        yield from (change.with_topics(first.topic) for change in others)


def _moved(pairs: Sequence[tuple[Box, Box]], page: Sequence[PageChange]) -> Iterator[Moved]:
    """The elements that moved, with what that follows from."""
    moves = [(old, new, Move.of(old, new)) for old, new in pairs]
    consequences = Consequences(page, ((old, move) for old, _new, move in moves))
    run = 0
    for old, new, move in moves:
        left, cause = consequences.explain(old, move)
        run += not any(left)
        if any(move):
            yield Moved(old, new, None if any(left) else cause, left, run)


def _changes(moved: Sequence[Moved]) -> Iterator[Change]:
    """The changes of elements: the largest that grew first, then those that only moved, by distance."""
    grown = [each for each in moved if any(Move.of(each.old, each.new)[2:])]
    for old, new, *_rest in sorted(grown, key=lambda each: -each.old.width * each.old.height):
        size = f"{new.width:.0f} × {new.height:.0f} instead of {old.width:.0f} × {old.height:.0f} pixels"
        yield _change(f"{old.role} “{old.name}” is {size}", [old])
    by_distance: dict[tuple[int, int], list[Box]] = defaultdict(list)
    for old, new, *_rest in moved:
        move = Move.of(old, new)
        if not any(move[2:]):
            by_distance[move.right, move.down].append(old)
    for (right, down), boxes in by_distance.items():
        first, *others = boxes
        who = f"{first.role} “{first.name}”" + (f" and {len(others)} more" if others else "")
        ways = [f"{abs(right)} pixels to the {'right' if right > 0 else 'left'}"] if right else []
        ways += [f"{abs(down)} pixels {'down' if down > 0 else 'up'}"] if down else []
        yield _change(f"{who} moved {' and '.join(ways)}", boxes)


def _change(what: str, boxes: Sequence[Box]) -> Change:
    places = tuple(Spot(box.role, box.name) for box in boxes)
    return Change(Kind.LAYOUT, what, before=places, after=places)


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
