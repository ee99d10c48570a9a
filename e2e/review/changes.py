"""What a comparison says of one step."""

from dataclasses import dataclass
from enum import StrEnum


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


@dataclass(frozen=True)
class Change:
    """A difference in words; the same words mean the same cause.

    Attributes:
        advice: it is only to be known, and no reason to stop.
    """

    kind: Kind
    what: str
    advice: bool = False
