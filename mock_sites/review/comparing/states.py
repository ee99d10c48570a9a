"""Compares what a page was at each moment of a step, and reports a difference once, where it is first seen.

A page changes at an input, such as a click, and by itself: when time has passed, or an answer has come. When the latter
happens varies from run to run, and so does which states are seen that last only for a short time. So a page that is
only late does not differ, and a state that only one run has seen in passing is no difference.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from mock_sites.review.changes import Cause, Change, Moment
from mock_sites.review.comparing.checkpoints import Meeting, States, meetings, states_of
from mock_sites.review.comparing.page import compare_pages
from mock_sites.review.comparing.sequences import align_sequences
from mock_sites.review.recording import RecordedState, RecordedStep

NEAREST: Final = 4
"""So many states before and after a moment tell whether a page is only late."""

Found = Sequence[Change]


def compare_states(
    before: RecordedStep, after: RecordedStep, later: tuple[States, States] = ((), ())
) -> Iterator[Change]:
    """What changed in the trees of pages.

    ``later`` are the states of both pages when they are turned to again, until an input is made there.
    """
    comparison = _Comparison(states_of(before), states_of(after), later)
    for meeting in meetings(before, after):
        yield from comparison.at(meeting)


@dataclass
class _Comparison:
    """Two steps, and what was reported of them already."""

    old: States
    new: States
    later: tuple[States, States]
    reported: set[Cause] = field(default_factory=set[Cause])

    def at(self, meeting: Meeting) -> Iterator[Change]:
        """What is first seen at a moment, and in passing before it."""
        old, new = ([states[place] for place in places] for states, places in self._windows(meeting))
        i, j = meeting.old[-1], meeting.new[-1]
        if not (old[-1].whole and new[-1].whole):
            return
        if meeting.text and not _is_same_page(old[-1], new[-1]):
            return
        pair, found = self._least(old, new, meeting)
        moment = Moment(meeting.text, i, j) if meeting.text else None
        yield from self._report((change for change in found if not self._is_late(change, pair, i, j)), moment)
        passing = Moment(f"in passing, {meeting.text or 'before the end'}", i, j)
        yield from self._report((replace(change, advice=True) for change in _in_passing(old, new)), passing)

    def _windows(self, meeting: Meeting) -> tuple[tuple[States, range], tuple[States, range]]:
        return (self.old, meeting.old), (self.new, meeting.new)

    def _report(self, found: Iterable[Change], moment: Moment | None) -> Iterator[Change]:
        """Those of the differences that were not reported yet."""
        for change in found:
            if change.cause not in self.reported:
                self.reported.add(change.cause)
                yield replace(change, moment=moment)

    def _least(self, old: States, new: States, meeting: Meeting) -> tuple[tuple[RecordedState, RecordedState], Found]:
        """The least difference between the page at a moment and what the other one was since the moment before."""
        later = self.later if not meeting.text else ((), ())
        olds = [*reversed(old[-NEAREST:-1]), *later[0]]
        news = [*reversed(new[-NEAREST:-1]), *later[1]]
        pairs = [(old[-1], new[-1]), *((old[-1], state) for state in news), *((state, new[-1]) for state in olds)]
        best, least = pairs[0], self._unreported(*pairs[0])
        for pair in pairs[1:]:
            if least and _is_same_page(*pair) and len(found := self._unreported(*pair)) < len(least):
                best, least = pair, found
        return best, least

    def _unreported(self, old: RecordedState, new: RecordedState) -> Found:
        return [change for change in _differences(old, new) if change.cause not in self.reported]

    def _is_late(self, change: Change, pair: tuple[RecordedState, RecordedState], i: int, j: int) -> bool:
        """Whether each page was at some time what the other one is in this respect: the one before, the other later."""
        old, new = pair
        old_before, old_after = _around(self.old, i, self.later[0])
        new_before, new_after = _around(self.new, j, self.later[1])
        return (_was(change, old_after, [new]) and _was(change, [old], new_before)) or (
            _was(change, old_before, [new]) and _was(change, [old], new_after)
        )


def _around(states: States, place: int, later: States) -> tuple[States, States]:
    """The nearest states before and after one."""
    return states[max(place - NEAREST, 0) : place], [*states[place + 1 : place + 1 + NEAREST], *later]


def _in_passing(old: States, new: States) -> Iterator[Change]:
    """The differences between states that each run has seen only for a short time, and the other one not at all."""
    for pair in align_sequences(old, new, key=lambda state: state.tree, alike=_may_be_same):
        before, after = pair.before, pair.after
        if before and after and before is not old[-1] and after is not new[-1]:
            others = [state for state in new if state is not after], [state for state in old if state is not before]
            for change in _differences(before, after):
                if not _was(change, [before], others[0]) and not _was(change, others[1], [after]):
                    yield change


def _may_be_same(old: RecordedState, new: RecordedState) -> float:
    return float(_is_same_page(old, new))


def _was(change: Change, old: States, new: States) -> bool:
    """Whether any of two pages were equal in what a change is about."""
    pairs = (_differences(before, after) for before in old for after in new if _is_same_page(before, after))
    return any(not any(_concern_the_same(change, other) for other in found) for found in pairs)


def _concern_the_same(change: Change, other: Change) -> bool:
    return change.cause == other.cause or not (
        set(change.before).isdisjoint(other.before) and set(change.after).isdisjoint(other.after)
    )


def _is_same_page(old: RecordedState, new: RecordedState) -> bool:
    return (old.tab, _path(old)) == (new.tab, _path(new))


def _path(state: RecordedState) -> str:
    return state.url.partition("#")[0].partition("?")[0]


def _differences(old: RecordedState, new: RecordedState) -> Found:
    return _compared(old.tree, new.tree) if old.tree != new.tree else ()


@lru_cache(maxsize=64)
def _compared(before: str, after: str) -> Found:
    return tuple(compare_pages(before, after))
