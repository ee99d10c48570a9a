"""How something is signed, step by step, with the usual mistakes of each step."""

import hmac
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any, Final, TypeVar

Do = TypeVar("Do")
Way = tuple[str, Do]
"""One way to do a step: the name of its mistake ("" if it is right), and the function that does it."""

UNLIKE: Final = "unlike"
"""The name for a signature that none of the usual mistakes explains."""

_MOST_AT_ONCE: Final = 3
"""How many mistakes are looked for in one signature. More of them would fit by chance of reading, not of digits."""


@dataclass(frozen=True)
class Scheme:
    """The steps of signing. The first way of each step is right; a later one without a name is right too."""

    steps: Sequence[Sequence[Way[Any]]]
    sign: Callable[..., str]
    """Signs by one function for each step, and then the facts: key, text, timestamp and so on."""

    def explain(self, given: str, *facts: Any) -> tuple[str, ...]:
        """The smallest set of mistakes with which the facts are signed as ``given``. Empty if it is right."""
        for ways in self._tries():
            if hmac.compare_digest(self._signed(ways, *facts).encode(), given.encode(errors="replace")):
                return _names(ways)
        return (UNLIKE,)

    @property
    def right(self) -> Callable[..., str]:
        """The function that signs as documented."""
        return _Signing(self, [step[0] for step in self.steps])

    def with_one_mistake(self) -> Iterator[tuple[str, Callable[..., str]]]:
        """Each mistake with a function that signs with it. One that can be made in several ways comes several times."""
        for mistake in dict.fromkeys(name for step in self.steps for name, _ in step if name):
            choices = [[step[0], *(way for way in step[1:] if way[0] == mistake)] for step in self.steps]
            for ways in product(*choices):
                if _names(ways):
                    yield mistake, _Signing(self, ways)

    def _signed(self, ways: Sequence[Way[Any]], *facts: Any) -> str:
        return self.sign([do for _, do in ways], *facts)

    def _tries(self) -> Iterator[Sequence[Way[Any]]]:
        """The ways to sign, those with the fewest mistakes first."""
        right = [[way for way in step if not way[0]] for step in self.steps]
        wrong = [[way for way in step if way[0]] for step in self.steps]
        for number in range(_MOST_AT_ONCE + 1):
            for places in combinations(range(len(self.steps)), number):
                yield from product(*(wrong[at] if at in places else right[at] for at in range(len(self.steps))))


@dataclass(frozen=True)
class _Signing:
    """Signs in the chosen ways."""

    scheme: Scheme
    ways: Sequence[Way[Any]]

    def __call__(self, *facts: Any) -> str:
        return self.scheme.sign([do for _, do in self.ways], *facts)


def _names(ways: Sequence[Way[Any]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name, _ in ways if name))
