"""Aligns two sequences."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Generic, TypeVar

from rapidfuzz.distance import LCSseq

T = TypeVar("T")
Places = tuple[int, int]
"""The place of an item in the first sequence, and of its partner in the second."""

MOST_COMPARED: Final = 50
"""The most items of each sequence of which each is compared with each. Longer sequences are divided first."""


@dataclass(frozen=True)
class Pair(Generic[T]):
    """An item of both sequences, or of one of them if the other is None. ``moved``: whether its place changed."""

    before: T | None
    after: T | None
    moved: bool = False


def align_sequences(
    before: Sequence[T],
    after: Sequence[T],
    *,
    key: Callable[[T], Hashable],
    alike: Callable[[T, T], float],
    marks: Callable[[T], Iterable[Hashable]] = lambda _item: (),
) -> list[Pair[T]]:
    """Pair items with the same key, first in order and then moved ones; then similar items between those.

    Args:
        before: the first sequence.
        after: the second one.
        key: what is the same in items that are the same.
        alike: the similarity of two items: 0 if they have nothing in common.
        marks: what items keep when they change. A mark that one item of each sequence has makes them a pair where too
            many items changed to compare each with each.
    """
    before_keys, after_keys = [key(item) for item in before], [key(item) for item in after]
    partner: dict[int, int] = {}
    gaps: list[tuple[range, range]] = []
    i = j = 0
    for block in LCSseq.opcodes(before_keys, after_keys).as_matching_blocks():
        gaps.append((range(i, block.a), range(j, block.b)))
        i, j = block.a + block.size, block.b + block.size
        partner.update(zip(range(block.b, j), range(block.a, i), strict=True))
    moved = _find_moved(before_keys, after_keys, gaps)
    partner |= moved
    taken = set(moved.values())
    for gone, new in gaps:
        left = [number for number in gone if number not in taken]
        right = [number for number in new if number not in moved]
        old_items, new_items = [before[number] for number in left], [after[number] for number in right]
        for old_part, new_part in _divide(old_items, new_items, marks):
            found = _align([old_items[i] for i in old_part], [new_items[j] for j in new_part], alike)
            partner.update({right[new_part.start + j]: left[old_part.start + i] for i, j in found})
    return _in_order(before, after, partner, moved)


def _divide(
    before: Sequence[T], after: Sequence[T], marks: Callable[[T], Iterable[Hashable]]
) -> Iterator[tuple[range, range]]:
    """Parts of both sequences that are short enough to compare each item with each.

    They are divided where two items have the same mark, and evenly where no marks help.
    """
    if max(len(before), len(after)) <= MOST_COMPARED:
        yield range(len(before)), range(len(after))
        return
    ends = (len(before), len(after))
    for (i, j), (next_i, next_j) in pairwise([(-1, -1), *_marked(before, after, marks), ends]):
        if i >= 0:
            yield range(i, i + 1), range(j, j + 1)
        parts = -(-max(next_i - i - 1, next_j - j - 1) // MOST_COMPARED)
        for part in range(parts):
            yield _part(i + 1, next_i, part, parts), _part(j + 1, next_j, part, parts)


def _part(first: int, last: int, part: int, parts: int) -> range:
    """One of ``parts`` parts of equal length."""
    return range(first + (last - first) * part // parts, first + (last - first) * (part + 1) // parts)


def _marked(before: Sequence[T], after: Sequence[T], marks: Callable[[T], Iterable[Hashable]]) -> list[Places]:
    """The items with most marks that no other item of their sequence has, in the same order in both."""
    old, new = _owners(before, marks), _owners(after, marks)
    votes = Counter((old[mark], new[mark]) for mark in old.keys() & new.keys())
    best: dict[int, Places] = {}
    for (i, j), count in sorted(votes.items()):
        if i not in best or count > votes[best[i]]:
            best[i] = (i, j)
    return _increasing(list(best.values()))


def _owners(items: Sequence[T], marks: Callable[[T], Iterable[Hashable]]) -> dict[Hashable, int]:
    """The places of marks that only one item has."""
    given = [frozenset(marks(item)) for item in items]
    counts = Counter(mark for each in given for mark in each)
    return {mark: place for place, each in enumerate(given) for mark in each if counts[mark] == 1}


def _increasing(pairs: Sequence[Places]) -> list[Places]:
    """As many of ``pairs``, which increase in their first place, as increase in the second one too (patience sort)."""
    ends: list[int] = []
    lasts: list[int] = []
    earlier: list[int | None] = []
    for number, (_i, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        earlier.append(lasts[length - 1] if length else None)
        ends[length : length + 1] = [j]
        lasts[length : length + 1] = [number]
    found: list[Places] = []
    number = lasts[-1] if lasts else None
    while number is not None:
        found.append(pairs[number])
        number = earlier[number]
    return found[::-1]


def _find_moved(
    before: Sequence[Hashable], after: Sequence[Hashable], gaps: Sequence[tuple[range, range]]
) -> dict[int, int]:
    """The earlier places of items that are new in their place."""
    places: dict[Hashable, list[int]] = {}
    for gone, _new in gaps:
        for number in gone:
            places.setdefault(before[number], []).append(number)
    found: dict[int, int] = {}
    for _gone, new in gaps:
        for number in new:
            if places.get(after[number]):
                found[number] = places[after[number]].pop(0)
    return found


def _align(before: Sequence[T], after: Sequence[T], alike: Callable[[T, T], float]) -> list[Places]:
    """The pairs, in order, with the greatest sum of similarities (Needleman-Wunsch without a cost for gaps)."""
    similarity = [[alike(old, new) for new in after] for old in before]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i in reversed(range(len(before))):
        for j in reversed(range(len(after))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + similarity[i][j])
    found: list[Places] = []
    i = j = 0
    while i < len(before) and j < len(after):
        if similarity[i][j] > 0 and best[i][j] == best[i + 1][j + 1] + similarity[i][j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _in_order(before: Sequence[T], after: Sequence[T], partner: dict[int, int], moved: dict[int, int]) -> list[Pair[T]]:
    """All pairs in the order of ``after``. Items that are gone keep their old place."""
    pairs: list[Pair[T]] = []
    kept = set(partner.values())
    next_before = 0
    for number, item in enumerate(after):
        place = partner.get(number)
        if place is not None and number not in moved:
            pairs += [Pair(before[gone], None) for gone in range(next_before, place) if gone not in kept]
            next_before = max(next_before, place + 1)
        pairs.append(Pair(before[place] if place is not None else None, item, number in moved))
    return pairs + [Pair(before[gone], None) for gone in range(next_before, len(before)) if gone not in kept]
