"""The results of comparing one step."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """The kind of a change."""

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
    DIALOGS = "dialogs"
    FILES = "files"
    SOCKETS = "sockets"
    STORAGE = "storage"
    STYLE = "style"
    TIME = "time"


class Spot(NamedTuple):
    """An element of a page by its role and its name, or else its text. Its box is found by them."""

    role: str
    name: str


class Area(NamedTuple):
    """A part of a picture, in pixels."""

    x: float
    y: float
    width: float
    height: float


class Moment(NamedTuple):
    """When a difference was first seen, if not at the end of its step.

    Attributes:
        text: ``before “click Add”``.
        before: the place of the state among the states of the earlier step.
        after: likewise of the later step.
    """

    text: str
    before: int
    after: int


Cause = tuple[Kind, str]
"""Changes with the same cause are one finding: the same kind and the same text."""


@dataclass(frozen=True)
class Change:
    """A difference as text. The same text means the same cause.

    Attributes:
        advice: whether it is only information and no failure.
        before: the changed elements as they were.
        after: the changed elements as they are now.
        area: where the pictures differ.
        moment: when it was first seen; None at the end of the step.
    """

    kind: Kind
    what: str
    advice: bool = False
    before: tuple[Spot, ...] = field(default=(), compare=False)
    after: tuple[Spot, ...] = field(default=(), compare=False)
    area: Area | None = field(default=None, compare=False)
    moment: Moment | None = field(default=None, compare=False)

    @property
    def cause(self) -> Cause:
        """Its kind and its text."""
        return self.kind, self.what


Accepts = Callable[[Change], bool]
"""Decides whether a change is taken over into the baseline."""
