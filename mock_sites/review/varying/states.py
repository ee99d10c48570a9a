"""Finds the states of two steps that are compared with each other, among the lines of all their states."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from mock_sites.review.comparing.checkpoints import meetings
from mock_sites.review.recording import RecordedState, RecordedStep
from mock_sites.review.varying.lines import lines_of
from mock_sites.review.varying.places import Block


def states_that_meet(before: RecordedStep, after: RecordedStep) -> Iterator[Block]:
    """The lines of two states at each moment at which both steps are compared."""
    old, new = _lines_of_each(before.states), _lines_of_each(after.states)
    if old and new:
        yield from ((old[meeting.old[-1]], new[meeting.new[-1]]) for meeting in meetings(before, after))


def _lines_of_each(states: Sequence[RecordedState]) -> list[slice]:
    ends = accumulate((sum(1 for _line in lines_of(state)) for state in states), initial=0)
    return [slice(*ends) for ends in pairwise(ends)]
