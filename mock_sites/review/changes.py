"""The results of comparing one step."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final, NamedTuple


class Kind(StrEnum):
    """The kind of a change, the most telling ones first."""

    FLOW = "flow"
    DIALOGS = "dialogs"
    FILES = "files"
    CALLS = "calls"
    MAIL = "mail"
    JOURNAL = "journal"
    TEXT = "text"
    STRUCTURE = "structure"
    REQUESTS = "requests"
    SOCKETS = "sockets"
    STORAGE = "storage"
    CONSOLE = "console"
    STYLE = "style"
    LAYOUT = "layout"
    PIXELS = "pixels"
    TIME = "time"

    @property
    def weight(self) -> int:
        """Its place among all kinds: 0 for the most telling one."""
        return _WEIGHTS[self]

    @property
    def group(self) -> str:
        """The group of kinds it belongs to."""
        return next(group for first, group in reversed(GROUPS.items()) if _WEIGHTS[first] <= self.weight)


_WEIGHTS: Final = {kind: place for place, kind in enumerate(Kind)}
GROUPS: Final = {
    Kind.FLOW: "behaviour",
    Kind.TEXT: "page",
    Kind.REQUESTS: "traffic",
    Kind.STYLE: "looks",
    Kind.TIME: "time",
}
"""The names of groups of kinds, by the first kind of each."""


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


class Value(NamedTuple):
    """A text that changed, such as a name or an address, as it was and as it is now."""

    before: str
    after: str


Topic = tuple[str, ...]
"""Something that a change is about, such as an element or an address. Its first part says what sort of thing it is."""

Cause = tuple[Kind, str]
"""What a finding is known by: the kind and the text of its most telling change."""


@dataclass(frozen=True)
class Change:
    """A difference as text. Changes of one step with the same kind and text are one.

    Attributes:
        advice: whether it is only information and no failure.
        before: the changed elements as they were.
        after: the changed elements as they are now.
        area: where the pictures differ.
        moment: when it was first seen; None at the end of the step.
        value: the text that changed; None if something is new, gone or elsewhere.
        more: 1 if something is new, -1 if something is gone, or else 0.
        topics: what it is about apart from its elements and its value. Changes of a step that share one have one cause.
        causes: by what its cause is known in other steps and journeys, apart from its text and its value.
        visible: whether it can be seen in a picture. The address of a link cannot.
    """

    kind: Kind
    what: str
    advice: bool = False
    before: tuple[Spot, ...] = field(default=(), compare=False)
    after: tuple[Spot, ...] = field(default=(), compare=False)
    area: Area | None = field(default=None, compare=False)
    moment: Moment | None = field(default=None, compare=False)
    value: Value | None = field(default=None, compare=False)
    more: int = field(default=0, compare=False)
    topics: tuple[Topic, ...] = field(default=(), compare=False)
    causes: tuple[Topic, ...] = field(default=(), compare=False)
    visible: bool = field(default=True, compare=False)

    @property
    def cause(self) -> Cause:
        """Its kind and its text."""
        return self.kind, self.what

    def with_topics(self, *topics: Topic) -> "Change":
        """The same change, about more."""
        return replace(self, topics=(*self.topics, *topics))

    def known_by(self, *causes: Topic) -> "Change":
        """The same change, whose cause is known by more."""
        return replace(self, causes=(*self.causes, *causes))

    @property
    def topic(self) -> Topic:
        """It itself, as something that others are about."""
        return "text", self.kind, self.what


Accepts = Callable[[Change], bool]
"""Decides whether a change is taken over into the baseline."""

AcceptsInStep = Callable[[str, Change], bool]
"""Likewise, of a change in the step with that id."""
