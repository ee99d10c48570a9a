"""What follows along a journey from changes of earlier steps: counters are ahead or behind, and steps are missing."""

import re
from collections.abc import Hashable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from mock_sites.review.changes import Change, Topic, Value

FAILS: Final[Topic] = ("fails",)
"""The topic of a step that fails in one recording only. The rest of the journey is not played there."""
ENDS: Final[Topic] = ("ends",)
"""The topic of the last actions of one recording, which the other one does not have."""
LACKS: Final[Topic] = ("lacks",)
"""The topic of a step that only one recording has."""
NUMBER: Final = re.compile(r"(?<![\w$€£¥%-])(?<!\d[.,:])\d{1,9}(?![\w%]|[.,:]\d)")
"""A whole number that stands alone: no part of a word, a price, a time or a date."""

Group = Sequence[Change]
"""Changes of one cause in a step, the most telling one first."""


class _Cause(NamedTuple):
    """How many more there are of something, and the latest group that had some of them."""

    more: int
    place: int


_Counted = dict[Hashable, _Cause]
"""What there is more of: each kind of change, and each change."""


def consequences(groups: Sequence[tuple[str, Group]]) -> Iterator[tuple[int, int]]:
    """The places of groups that follow from another group of a journey, and of those. Each comes with its step's id.

    Where one recording fails or ends early, the steps that it lacks follow from that; if it fails, so does all else in
    the step. A number follows if it grew by as many as there are more of something in its step, or up to its step:
    events, calls or elements.
    """
    yield from _after_end(groups)
    so_far: _Counted = {}
    for _step, several in groupby(enumerate(groups), key=lambda item: item[1][0]):
        here: _Counted = {}
        counters: list[tuple[int, int]] = []
        for place, (_id, group) in several:
            by = shift(group[0].value) if group[0].value else 0
            if by:
                counters.append((place, by))
            else:
                _count(here, place, group)
                _count(so_far, place, group)
        for place, by in counters:
            cause = next((cause for cause in (*here.values(), *so_far.values()) if cause.more == by), None)
            if cause:
                yield place, cause.place


def _after_end(groups: Sequence[tuple[str, Group]]) -> Iterator[tuple[int, int]]:
    """The places of groups that are there because one recording fails or ends early, and the place of that."""
    failed, ended = _place_of(FAILS, groups), _place_of(ENDS, groups)
    end = ended if failed is None else failed
    if end is None:
        return
    for place, (step, group) in enumerate(groups):
        is_beside = end == failed and step == groups[end][0]
        if place != end and (is_beside or LACKS in group[0].topics):
            yield place, end


def _place_of(topic: Topic, groups: Sequence[tuple[str, Group]]) -> int | None:
    return next((place for place, (_id, group) in enumerate(groups) if topic in group[0].topics), None)


def _count(counted: _Counted, place: int, group: Group) -> None:
    """Count the changes of a group."""
    for change in group:
        for key in (change.kind, change.cause) if change.more else ():
            earlier = counted.get(key)
            counted[key] = _Cause(change.more + (earlier.more if earlier else 0), place)


def shift(value: Value) -> int:
    """By how much each number in a text that differs grew; 0 if anything else differs, or they grew unequally."""
    if NUMBER.split(value.before) != NUMBER.split(value.after):
        return 0
    numbers = zip(NUMBER.findall(value.before), NUMBER.findall(value.after), strict=True)
    distances = {int(after) - int(before) for before, after in numbers if before != after}
    return distances.pop() if len(distances) == 1 else 0
