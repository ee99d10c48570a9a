"""What a load run does: how many users there are, for how long, and in which worlds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

WorldsUsed = Literal["many", "one"]

USERS: Final = (1, 5, 10, 25, 50, 100, 200)
"""How many users there are at once, step by step."""

SECONDS: Final = 30.0
"""How long a step takes with few users: with 200, all play a whole journey before they are measured, and one then."""

FEW: Final = 20
"""With more users than these a step takes longer, in proportion, so that all play whole journeys. In a short step many
users are measured only at the beginning of their journeys, where they sign in, which costs more than other requests.
"""

SETTLING: Final = 0.5
"""The share of a step that is not measured. The new users arrive one after the other in that time, so that they are at
different places of their journeys: otherwise all would sign in at the same moment.
"""


@dataclass(frozen=True)
class Plan:
    """Steps, each with more users than the one before.

    In ``many`` worlds each user plays the main journey in worlds of their own. In ``one`` world all users do what many
    people can do in the same world.
    """

    worlds: WorldsUsed
    users: Sequence[int] = USERS
    seconds: float = SECONDS

    @property
    def total(self) -> float:
        """Seconds of the whole run."""
        return sum(self.seconds_of(step) for step in range(len(self.users)))

    def seconds_of(self, step: int) -> float:
        """Seconds of a step."""
        return self.seconds * max(1, self.users[step] / FEW)

    def settling(self, step: int) -> float:
        """Seconds at the beginning of a step that are not measured."""
        return self.seconds_of(step) * SETTLING

    def spawn_rate(self, step: int) -> float:
        """How many users arrive a second at the beginning of a step. All are there before it is measured."""
        new = self.users[step] - (self.users[step - 1] if step else 0)
        return max(1.0, 1.25 * new / self.settling(step))

    def measured(self, step: int) -> float:
        """Seconds of a step that are measured."""
        return self.seconds_of(step) - self.settling(step)
