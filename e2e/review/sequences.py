"""Aligns two sequences."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Pair(Generic[T]):
    """An item of both sequences, or of one of them if the other is None. ``moved``: whether its place changed."""

    before: T | None
    after: T | None
    moved: bool = False


def align_sequences(
    before: Sequence[T], after: Sequence[T], *, key: Callable[[T], Hashable], alike: Callable[[T, T], float]
) -> list[Pair[T]]:
    """Pair items with the same key, first in order and then moved ones; then similar items between those.

    ``alike`` gives the similarity of two items: 0 if they have nothing in common.
    """
    before_keys, after_keys = [key(item) for item in before], [key(item) for item in after]
    partner: dict[int, int] = {}
    gaps: list[tuple[range, range]] = []
    blocks = SequenceMatcher(None, before_keys, after_keys, autojunk=False).get_opcodes()
    for tag, first, last, first_after, last_after in blocks:
        if tag == "equal":
            partner.update(zip(range(first_after, last_after), range(first, last), strict=True))
        else:
            gaps.append((range(first, last), range(first_after, last_after)))
    moved = _find_moved(before_keys, after_keys, gaps)
    partner |= moved
    taken = set(moved.values())
    for gone, new in gaps:
        left = [number for number in gone if number not in taken]
        right = [number for number in new if number not in moved]
        found = _align([before[number] for number in left], [after[number] for number in right], alike)
        partner.update({right[new_place]: left[place] for place, new_place in found})
    return _in_order(before, after, partner, moved)


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


def _align(before: Sequence[T], after: Sequence[T], alike: Callable[[T, T], float]) -> list[tuple[int, int]]:
    """The pairs, in order, with the greatest sum of similarities (Needleman-Wunsch without a cost for gaps)."""
    similarity = [[alike(old, new) for new in after] for old in before]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i in reversed(range(len(before))):
        for j in reversed(range(len(after))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + similarity[i][j])
    found: list[tuple[int, int]] = []
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
