"""What a load run does: how many users there are, for how long, and in which worlds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

WorldsUsed = Literal["many", "one"]

USERS: Final = (1, 5, 10, 25, 50, 100, 200)
"""How many users there are at once, step by step."""

SECONDS: Final = 20.0
"""How long each step takes."""

SETTLING: Final = 0.2
"""The share of a step that is not measured: the new users arrive, and the queue grows to its length."""


@dataclass(frozen=True)
class Plan:
    """Steps of equal length, each with more users than the one before.

    In ``many`` worlds each user plays the main journey in worlds of their own. In ``one`` world all users do what many
    people can do in the same world.
    """

    worlds: WorldsUsed
    users: Sequence[int] = USERS
    seconds: float = SECONDS

    @property
    def total(self) -> float:
        """Seconds of the whole run."""
        return self.seconds * len(self.users)

    @property
    def settling(self) -> float:
        """Seconds at the beginning of each step that are not measured."""
        return self.seconds * SETTLING

    @property
    def measured(self) -> float:
        """Seconds of each step that are measured."""
        return self.seconds - self.settling
