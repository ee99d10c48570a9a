"""The lines of a trace, as far as a review needs them."""

import re
import zlib
from typing import Annotated, Any, Final, Literal

import orjson
from pydantic import BeforeValidator, Field

from mock_sites.review.traces.har import TraceExchange, TracePart
from mock_sites.review.traces.requests import REPORTED_ANYWAY

_TITLED: Final = {"expect", "tracingGroup"}
"""The methods whose title tells more than they do themselves."""

_AWAITED: Final = re.compile(r"^(?:[a-z_]+\.expect_event\()?(?P<event>[A-Za-z]+)\)?$")
"""An event that was waited for. Until Playwright 1.64, that for Python wrote the function with it."""

_ACTING: Final = {"BrowserContext", "Dialog", "ElementHandle", "Frame", "Page", "Test", "Tracing"}
"""The classes whose actions all versions of Playwright record."""

_NOT_COMPARED: Final = {
    "dispose",
    "getAttribute",
    "isEditable",
    "isEnabled",
    "setDefaultNavigationTimeoutNoReply",
    "setDefaultTimeoutNoReply",
    "setNetworkInterceptionPatterns",
    "setWebSocketInterceptionPatterns",
    "title",
}
"""Actions that only some versions of Playwright record, or not in the same way. They change nothing on a page."""


def _pack(content: Any) -> bytes:
    try:
        return zlib.compress(orjson.dumps(content), level=1)
    except TypeError as error:
        raise ValueError("more than 250 elements are within each other") from error


class Options(TracePart):
    """How a browser was opened: the first line of a trace. What only sends requests has no name of a browser.

    Attributes:
        monotonic_time: when the trace began, by the clock of all that it holds, in milliseconds; 0 if it is not told.
    """

    type: Literal["context-options"]
    version: int
    origin: str = "library"
    browser_name: str = "unknown"
    wall_time: float = 0
    monotonic_time: float = 0
    platform: str = ""
    playwright_version: str = ""
    sdk_language: str = ""

    @property
    def names_waits(self) -> bool:
        """Whether it tells for which events was waited: those of Java and .NET do not."""
        return self.sdk_language not in {"java", "csharp"}

    @property
    def has_sockets(self) -> bool:
        """Whether WebSockets would be in it: since Playwright 1.61, which writes version 8 as those before it do."""
        release = tuple(map(int, re.findall("[0-9]+", self.playwright_version)[:2]))
        return self.version > 8 or (self.version == 8 and release >= (1, 61))

    @property
    def drawn_by(self) -> str:
        """What pictures depend on, apart from the page."""
        return f"{self.browser_name} on {self.platform} with Playwright {self.playwright_version}"


class Before(TracePart):
    """The beginning of an action. An action in a group has the group as its parent. Times are in milliseconds.

    Attributes:
        step_id: the step of the test that did it, if a test runner wrote its steps down.
        internal: whether it is a part of how the action before it works.
    """

    type: Literal["before"]
    call_id: str
    start_time: float
    class_name: str = Field(default="", alias="class")
    method: str = ""
    title: str = ""
    params: dict[str, Any] = Field(default={})
    parent_id: str | None = None
    step_id: str = ""
    internal: bool = False

    @property
    def is_compared(self) -> bool:
        """Whether every version of Playwright records it in the same way. The others change nothing on a page."""
        return (
            not self.internal and self.class_name in _ACTING and self.method not in _NOT_COMPARED and bool(self.label)
        )

    @property
    def label(self) -> str:
        """What was done, without its target: the same in all versions of Playwright. Empty for a wait without event."""
        if self.method in _TITLED or self.class_name == "Test":
            return self.title
        if self.method == "__waitInfo__":
            awaited = _AWAITED.match(str(self.params.get("event")))
            return f"wait for event {awaited['event']}" if awaited else ""
        return "dblclick" if self.method == "mouseClick" and self.params.get("clickCount") == 2 else self.method


class Failure(TracePart):
    """Why an action failed, or what a page has thrown."""

    message: str = ""
    stack: str = ""


class Attachment(TracePart):
    """What a test attached to its results."""

    name: str = ""
    content_type: str = ""


class After(TracePart):
    """An action has ended."""

    type: Literal["after"]
    call_id: str
    end_time: float
    error: Failure | None = None
    result: Any = None
    attachments: list[Attachment] = Field(default=[])


class TestError(TracePart):
    """Why a test failed, as its runner says."""

    type: Literal["error"]
    message: str = ""


class PageSnapshot(TracePart):
    """A snapshot of a page: before, during or after an action."""

    call_id: str = ""
    page_id: str
    timestamp: float
    phase: str = ""
    snapshot_name: str = ""

    @property
    def moment(self) -> str:
        """``before`` the action, at its input (``action``), or ``after`` it. Until version 8 its name says so."""
        named = self.phase or self.snapshot_name.partition("@")[0]
        return "action" if named == "input" else named


class DomSnapshot(PageSnapshot):
    """The elements of a frame. Unchanged elements are references to earlier ones.

    Attributes:
        packed: the elements as compressed JSON: as objects, those of all snapshots would take ten times the file.
    """

    frame_id: str
    frame_url: str
    packed: Annotated[bytes, BeforeValidator(_pack)] = Field(alias="html")
    is_main_frame: bool = False

    @property
    def html(self) -> Any:
        """The elements as they were written."""
        return orjson.loads(zlib.decompress(self.packed))


class FrameSnapshot(TracePart):
    """A snapshot was taken."""

    type: Literal["frame-snapshot"]
    snapshot: DomSnapshot


class Tree(PageSnapshot):
    """An accessibility tree was taken."""

    type: Literal["aria-snapshot"]
    file: str


class PagePicture(PageSnapshot):
    """A picture of a page was taken: at an action, or a frame of its film."""

    type: Literal["screenshot", "screencast-frame"]
    file: str = ""
    sha1: str = ""

    @property
    def name(self) -> str:
        """Its path in the zip. Until version 8 films were stored with the other resources."""
        return self.file or f"resources/{self.sha1}"


class ConsoleMessage(TracePart):
    """A page wrote to its console."""

    type: Literal["console"]
    message_type: str
    text: str
    time: float
    page_id: str = ""

    @property
    def complaint(self) -> str:
        """The text of an error that the requests do not show; empty if it is none."""
        return "" if self.message_type != "error" or self.text.startswith(REPORTED_ANYWAY) else self.text


class Thrown(TracePart):
    """What a page has thrown: an error, or any other value."""

    error: Failure | None = None
    value: Any = ""


class Circumstances(TracePart):
    """What else is known of something that happened: an error, a dialog (type and message) or a download."""

    error: Thrown | None = None
    type: str = ""
    message: str = ""
    default_value: str = ""
    url: str = ""
    suggested_filename: str = ""
    page_id: str = ""
    opener_page_id: str = ""


class Happened(TracePart):
    """Something happened to a browser, such as an error that no script of a page caught."""

    type: Literal["event"]
    time: float
    page_id: str = ""
    method: str
    params: Circumstances = Circumstances()

    @property
    def complaint(self) -> str:
        """What a page threw, an error or any other value; empty if something else happened."""
        if self.method != "pageError":
            return ""
        thrown = self.params.error or Thrown()
        return (thrown.error.message if thrown.error else str(thrown.value)) or "an error without a message"

    @property
    def stack(self) -> str:
        """What the console says of an error that a page threw, if a script writes it there too; empty if unknown."""
        return self.params.error.error.stack if self.params.error and self.params.error.error else ""


class LoadedResource(TracePart):
    """A page asked for something."""

    type: Literal["resource-snapshot"]
    snapshot: TraceExchange


Line = Annotated[
    Options
    | Before
    | After
    | TestError
    | FrameSnapshot
    | Tree
    | PagePicture
    | ConsoleMessage
    | Happened
    | LoadedResource,
    Field(discriminator="type"),
]
