"""Groups of items that have something in common."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")


def join_by(items: Sequence[T], keys: Callable[[T], Iterable[Hashable]]) -> list[list[T]]:
    """The items in groups, in order. Items with a common key are in one group, and so are those that others join."""
    parents = list(range(len(items)))

    def first_of(place: int) -> int:
        while parents[place] != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    owners: dict[Hashable, int] = {}
    for place, item in enumerate(items):
        for key in keys(item):
            one, other = first_of(place), first_of(owners.setdefault(key, place))
            parents[max(one, other)] = min(one, other)
    groups: dict[int, list[T]] = {}
    for place, item in enumerate(items):
        groups.setdefault(first_of(place), []).append(item)
    return list(groups.values())
