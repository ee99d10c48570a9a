"""A step of a test: one thing that is done, or expected."""

from dataclasses import dataclass
from enum import StrEnum

from mock_sites.control.codegen.locators import Locator
from mock_sites.control.codegen.values import Value
from mock_sites.world.recording import SentFile


class Verb(StrEnum):
    """What is done."""

    OPEN = "open"
    RELOAD = "reload"
    CLICK = "click"
    ENTER = "enter"
    ESCAPE = "escape"
    FILL = "fill"
    CHECK = "check"
    UNCHECK = "uncheck"
    SELECT = "select"
    UPLOAD = "upload"
    ADVANCE = "advance"
    TURN_ON = "turn on"
    TURN_OFF = "turn off"
    HEADING = "heading"
    DIALOG = "dialog"
    ADDRESS = "address"
    LEFT = "left"
    ALERT = "alert"
    STATUS = "status"
    TEXT = "text"
    REMARK = "remark"


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A tab of a browser, by its number in the recording."""

    browser: int
    number: int
    opened_by: str = ""
    """"click": a link opens it; "person": somebody does; empty: it is the first of its browser."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that is done or expected.

    ``text`` is a documented address, a heading, a message, the label of an option, seconds, the name of a
    switch or a remark.
    """

    verb: Verb
    tab: Tab | None = None
    """None: it is done in the world."""
    locator: Locator | None = None
    text: str = ""
    value: Value | None = None
    file: SentFile | None = None
    opens: Tab | None = None
    """The tab that a click opens."""
    page: str = ""
    """The documented address of the page on which it is done."""
    heading: str = ""
    """The heading of that page."""
