"""How sequences of parts of a step are compared, and merged into a baseline change by change."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from mock_sites.review.changes import Accepts, Change
from mock_sites.review.comparing.sequences import Pair, align_sequences

T = TypeVar("T")


@dataclass(frozen=True)
class SequenceDiff(Generic[T]):
    """A way to compare two sequences.

    Attributes:
        key: what is the same in both.
        alike: how similar two are; 0 if they have nothing in common.
        differences: what changed in a pair.
        marks: what an item keeps when it changes.
        follows: whether an item that is new, or gone, is so because the one before it is, too.
    """

    key: Callable[[T], Hashable]
    alike: Callable[[T, T], float]
    differences: Callable[[Pair[T]], Iterator[Change]]
    marks: Callable[[T], Iterable[Hashable]] = lambda _item: ()
    follows: Callable[[T, T], bool] = lambda _first, _second: False

    def compare(self, before: Sequence[T], after: Sequence[T]) -> Iterator[Change]:
        """What changed. A change that follows from the one before it is about that one."""
        earlier: tuple[int, T, Change] | None = None
        for pair in align_sequences(before, after, key=self.key, alike=self.alike, marks=self.marks):
            more = (pair.before is None) - (pair.after is None)
            changes = [replace(change, more=change.more or more) for change in self.differences(pair)]
            item = pair.before if pair.after is None else pair.after
            if more and item is not None and changes:
                if earlier and earlier[0] == more and self.follows(earlier[1], item):
                    changes[0] = changes[0].with_topics(earlier[2].topic)
                earlier = more, item, changes[0]
            else:
                earlier = None
            yield from changes

    def merge(
        self, before: Sequence[T], after: Sequence[T], accepts: Accepts, blend: Callable[[T, T], T] | None = None
    ) -> list[T]:
        """``before`` with the changes that are accepted, and no others.

        ``blend`` merges two that differ. Without it, the new one is used if all its changes are accepted.
        """
        pairs = align_sequences(
            [*enumerate(before)],
            [*enumerate(after)],
            key=lambda item: self.key(item[1]),
            alike=lambda old, new: self.alike(old[1], new[1]),
            marks=lambda item: self.marks(item[1]),
        )
        merged: list[tuple[int | None, T]] = []
        back: list[tuple[int, T]] = []
        for pair in pairs:
            old, new = pair.before, pair.after
            changes = self.differences(Pair(old[1] if old else None, new[1] if new else None, pair.moved))
            accepted = all(map(accepts, changes))
            if old and new and pair.moved and not accepted:
                back.append(old)
            elif old and new:
                whole = new[1] if accepted else old[1]
                merged.append((old[0], blend(old[1], new[1]) if blend and not pair.moved else whole))
            elif new and accepted:
                merged.append((None, new[1]))
            elif old and not accepted:
                merged.append(old)
        return put_back(merged, back)


def put_back(merged: list[tuple[int | None, T]], back: Sequence[tuple[int, T]]) -> list[T]:
    """The items of ``merged``, with those of ``back`` after the items that they followed before."""
    for number, item in back:
        before = [(was, place) for place, (was, _item) in enumerate(merged) if was is not None and was < number]
        merged.insert(max(before)[1] + 1 if before else 0, (number, item))
    return [item for _was, item in merged]
