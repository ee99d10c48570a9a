"""Numbers that things get in the order in which they are made, such as ``orders/49``.

A number that differs is taken for the same thing only where all of this holds:

- It has a label that makes it a number of a thing: the part of an address before it (``/orders/49``, ``?order_id=49``)
  or a word (``Order 49``, ``#49``). "49 items" and "49.00" are content.
- It is the same pair wherever the thing occurs: one to one, in the order of the story.
- Something explains the difference: as many things of the label were added (or removed) before it as it shifted, or in
  both recordings it was made by a request of the step in which it is first seen.
- A label that is in no address is trusted only if all its numbers count from 1 without a gap; ``#`` only if an address
  shows the same pair.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from mock_sites.review.varying.kinds import Kind, read_line
from mock_sites.review.varying.lines import Lines
from mock_sites.review.varying.values import complete

READING: Final = {"GET", "HEAD", "OPTIONS"}
"""Methods of requests that make nothing."""
UNNAMED: Final = "#"
"""The label of numbers without a word."""

Numbers = Mapping[tuple[str, str], str]
"""The number that stands for a number of the later recording, by its label and itself."""


@dataclass
class Seen:
    """The numbers of a recording.

    Attributes:
        numbers: by label, in the order in which they are first seen.
        addressed: the labels that are in addresses.
        made: those that were first seen in the answer to a request that can make something.
    """

    numbers: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict[str, None]))
    addressed: set[str] = field(default_factory=set[str])
    made: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])

    @classmethod
    def of(cls, steps: Sequence[Lines]) -> "Seen":
        """The numbers in the lines of all steps."""
        seen = cls()
        for step in steps:
            sent = False
            for line in step.get("requests", ()):
                sent |= line.isupper() and line.isalpha() and line not in READING
                seen.add(line, made=sent)
            for name, lines in step.items():
                for line in lines:
                    seen.add(line, made=sent and name == "url")
        return seen

    def add(self, line: str, *, made: bool) -> None:
        """Add the numbers of a line."""
        for part in read_line(line).parts:
            if part.kind is Kind.NUMBER:
                if part.in_address:
                    self.addressed.add(part.label)
                    if made and part.text not in self.numbers[part.label]:
                        self.made.add((part.label, part.text))
                self.numbers[part.label][part.text] = None


def explained(pairs: Sequence[tuple[str, str, str]], before: Seen, after: Seen) -> Numbers:
    """The pairs of numbers whose difference is explained. ``pairs``: a label, and two numbers at the same place."""
    earlier: dict[str, dict[str, str]] = defaultdict(dict)
    given: set[tuple[str, str]] = set()
    for label, old, new in pairs:
        if new not in earlier[label] and (label, old) not in given:
            earlier[label][new] = old
            given.add((label, old))
    found: dict[tuple[str, str], str] = {}
    unnamed = earlier.pop(UNNAMED, {})
    for label, numbers in earlier.items():
        found |= {(label, new): old for new, old in _trusted(label, numbers, before, after).items()}
    shown = {(old, new) for (_label, new), old in found.items()}
    return found | {(UNNAMED, new): old for new, old in unnamed.items() if (old, new) in shown}


def _trusted(label: str, numbers: Mapping[str, str], before: Seen, after: Seen) -> dict[str, str]:
    """The explained pairs of a label, and with them those of its other numbers."""
    kept = set(numbers.values())
    added = sorted(int(number) for number in after.numbers[label] if number not in numbers)
    removed = sorted(int(number) for number in before.numbers[label] if number not in kept)
    counted = label in before.addressed & after.addressed or (
        _counts(before.numbers[label]) and _counts(after.numbers[label])
    )

    def is_explained(old: str, new: str) -> bool:
        if (label, old) in before.made and (label, new) in after.made:
            return True
        shift = bisect_right(added, int(new)) - bisect_right(removed, int(old))
        return counted and int(new) - int(old) == shift

    trusted = {new: old for new, old in numbers.items() if old != new and is_explained(old, new)}
    if not trusted:
        return {}
    given = set(trusted.values())
    same = {new: old for new, old in numbers.items() if old == new and old not in given}
    return complete({**same, **trusted}, after.numbers[label])


def _counts(numbers: Mapping[str, None]) -> bool:
    """Whether numbers count from 1 without a gap."""
    return {int(number) for number in numbers} == set(range(1, len(numbers) + 1))
