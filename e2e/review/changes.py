"""What a comparison says of one step."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a change is a change of."""

    FLOW = "flow"
    TEXT = "text"
    STRUCTURE = "structure"
    LAYOUT = "layout"
    PIXELS = "pixels"
    REQUESTS = "requests"
    JOURNAL = "journal"
    MAIL = "mail"
    CALLS = "calls"
    CONSOLE = "console"
    TIME = "time"


class Spot(NamedTuple):
    """An element of a page: its role, and its name or else its text, by which its box is found."""

    role: str
    name: str


class Area(NamedTuple):
    """A part of a picture, in pixels."""

    x: float
    y: float
    width: float
    height: float


Cause = tuple[Kind, str]
"""What makes changes one finding: their kind and their words."""


@dataclass(frozen=True)
class Change:
    """A difference in words; the same words mean the same cause.

    Attributes:
        advice: it is only to be known, and no reason to stop.
        before: the elements that it is a change of, as they were.
        after: the same as they are now.
        area: where the pictures differ.
    """

    kind: Kind
    what: str
    advice: bool = False
    before: tuple[Spot, ...] = field(default=(), compare=False)
    after: tuple[Spot, ...] = field(default=(), compare=False)
    area: Area | None = field(default=None, compare=False)

    @property
    def cause(self) -> Cause:
        """Its kind and its words."""
        return self.kind, self.what


Accepts = Callable[[Change], bool]
"""Tells whether a change is to be taken over into the baseline."""
