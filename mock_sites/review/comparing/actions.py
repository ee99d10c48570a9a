"""What changed in the actions, if a trace has them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import Indel

from mock_sites.review.changes import Change, Kind, Value
from mock_sites.review.comparing.selectors import in_words
from mock_sites.review.comparing.sequences import Pair, align_sequences
from mock_sites.review.comparing.step_consequences import ENDS

READS: Final = {
    "evalOnSelector",
    "evalOnSelectorAll",
    "evaluateExpression",
    "innerText",
    "inputValue",
    "isVisible",
    "queryCount",
    "textContent",
}
"""Actions that tests repeat until a page is ready. How often depends on the time."""


def compare_actions(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    """Which actions are new or gone, have another order, or another target. A read that is repeated counts once."""
    old, new = ([*without_repeated_reads(actions)] for actions in (before, after))
    pairs = align_sequences(old, new, key=lambda action: action, alike=_alike)
    until = len(pairs) - _alone_at_end(pairs)
    for place, pair in enumerate(pairs):
        was, now = in_words(pair.before or ""), in_words(pair.after or "")
        topics = (ENDS,) if place >= until else ()
        if pair.before is None:
            yield Change(Kind.FLOW, f"“{now}” is done in addition", topics=topics)
        elif pair.after is None:
            yield Change(Kind.FLOW, f"“{was}” is no longer done", topics=topics)
        elif pair.moved:
            yield Change(Kind.FLOW, f"“{now}” is done in another order")
        elif pair.before != pair.after:
            yield Change(Kind.FLOW, f"“{now}” is done instead of “{was}”", value=Value(was, now))


def _alone_at_end(pairs: Sequence[Pair[str]]) -> int:
    """How many actions at the end only one side has, which the other one ends before."""
    sides = ([pair.before for pair in pairs], [pair.after for pair in pairs])
    return max(next((many for many, action in enumerate(reversed(side)) if action), 0) for side in sides)


def without_repeated_reads(actions: Sequence[str]) -> Iterator[str]:
    """The actions, each read that is repeated only once."""
    for last, action in pairwise(["", *actions]):
        if action != last or action.partition(" ")[0] not in READS:
            yield action


def align_actions(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The places of actions that are the same, or of the same kind with another target, in order."""
    old, new = [*enumerate(before)], [*enumerate(after)]
    for pair in align_sequences(old, new, key=lambda item: item[1], alike=lambda one, other: _alike(one[1], other[1])):
        if pair.before and pair.after and not pair.moved:
            yield pair.before[0], pair.after[0]


def _alike(before: str, after: str) -> float:
    """The similarity of two actions of the same kind."""
    if before.partition(" ")[0] != after.partition(" ")[0]:
        return 0
    return Indel.normalized_similarity(before, after)
