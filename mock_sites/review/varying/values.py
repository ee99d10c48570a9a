"""Values that correspond one to one in two recordings."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

OccursInBoth = Callable[[str], bool]


@dataclass
class Correspondence:
    """Which value of the later recording stands for which of the earlier one.

    The first pair counts, so a value that is mixed up with another one later still differs there. What occurs in both
    recordings was not made for one of them, and stands for itself.
    """

    occurs_in_both: OccursInBoth
    earlier: dict[str, str] = field(default_factory=dict[str, str])
    _taken: set[str] = field(default_factory=set[str])

    def propose(self, before: str, after: str) -> None:
        """Pair two values that stand at the same place, if neither has a partner."""
        if before in self._taken or after in self.earlier:
            return
        if before != after and (self.occurs_in_both(before) or self.occurs_in_both(after)):
            return
        self.earlier[after] = before
        self._taken.add(before)


def complete(earlier: dict[str, str], others: Iterable[str]) -> dict[str, str]:
    """The pairs, with partners for those ``others`` whose own value was given to another one.

    So two different values never become one. They get the values that became free, in order.
    """
    targets = set(earlier.values())
    free = [value for value in earlier if value not in targets]
    lost = [value for value in dict.fromkeys(others) if value not in earlier and value in targets]
    return {**earlier, **dict(zip(lost, free, strict=False))}
