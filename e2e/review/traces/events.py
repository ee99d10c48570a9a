"""The lines of a trace, as far as a review needs them."""

import json
from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel

from e2e.recording.requests import CUT_OFF, REPORTED_ANYWAY
from e2e.review.errors import ReviewError

VERSIONS: Final = range(8, 11)
"""The versions of traces that are read: those of Playwright 1.53 to 1.65."""


class TracePart(BaseModel):
    """A part of a line. Other fields are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=to_camel)


class Options(TracePart):
    """How a browser was opened: the first line of a trace."""

    type: Literal["context-options"]
    version: int
    origin: str = "library"
    wall_time: float = 0


class Before(TracePart):
    """The beginning of an action. An action in a group has the group as its parent. Times are in milliseconds."""

    type: Literal["before"]
    call_id: str
    start_time: float
    class_name: str = Field(default="", alias="class")
    method: str = ""
    title: str = ""
    params: dict[str, Any] = {}
    parent_id: str | None = None


class Failure(TracePart):
    """Why an action failed."""

    message: str = ""


class After(TracePart):
    """An action has ended."""

    type: Literal["after"]
    call_id: str
    end_time: float
    error: Failure | None = None
    result: Any = None


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
    """The elements of a frame. Unchanged elements are references to earlier ones."""

    frame_id: str
    frame_url: str
    html: Any
    is_main_frame: bool = False


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


class Body(TracePart):
    """The body of a request or an answer, if the trace has it. For a WebSocket, its messages.

    Attributes:
        file: its path in the zip. Until version 9 ``sha1`` is its name among the resources.
    """

    mime_type: str = ""
    file: str = Field(default="", alias="_file")
    sha1: str = Field(default="", alias="_sha1")

    @property
    def name(self) -> str:
        """Its path in the zip; empty if the trace has no body."""
        return self.file or (f"resources/{self.sha1}" if self.sha1 else "")


class HarCookie(TracePart):
    """A cookie that was sent or set."""

    name: str
    value: str = ""
    path: str = ""
    domain: str = ""
    expires: str | None = None
    http_only: bool = False
    secure: bool = False
    same_site: str = ""


class HarRequest(TracePart):
    """What a browser asked for."""

    method: str
    url: str
    cookies: list[HarCookie] = []
    post_data: Body | None = None


class HarResponse(TracePart):
    """What was answered; -1 if nothing was."""

    status: int
    cookies: list[HarCookie] = []
    content: Body = Body()
    failure: str = Field(default="", alias="_failureText")


class TraceExchange(TracePart):
    """A request and its answer."""

    request: HarRequest
    response: HarResponse
    pageref: str = ""
    frame: str = Field(default="", alias="_frameref")
    time: float = Field(default=0, alias="_monotonicTime")
    kind: str = Field(default="", alias="_resourceType")
    started: str = Field(default="", alias="startedDateTime")

    @property
    def status(self) -> int:
        """The status of the answer: 0 if the request failed, -1 if it was cut off, so that nobody knows."""
        if self.response.status > 0:
            return self.response.status
        return -1 if self.response.failure in CUT_OFF else 0


class LoadedResource(TracePart):
    """A page asked for something."""

    type: Literal["resource-snapshot"]
    snapshot: TraceExchange


Line = Annotated[
    Options | Before | After | FrameSnapshot | Tree | PagePicture | ConsoleMessage | Happened | LoadedResource,
    Field(discriminator="type"),
]

_LINE: Final = TypeAdapter[Line](Line)
_KNOWN: Final = {
    "context-options",
    "before",
    "after",
    "frame-snapshot",
    "aria-snapshot",
    "screenshot",
    "screencast-frame",
    "console",
    "event",
    "resource-snapshot",
}


def read_lines(text: str, where: str) -> Iterator[Line]:
    """The lines of a trace, those of other kinds left out.

    Raises:
        ReviewError: a line is cut off, or has not the fields of its kind.
    """
    for number, written in enumerate(text.split("\n"), 1):
        if not written:
            continue
        try:
            line = json.loads(written)
            if isinstance(line, dict) and line.get("type") in _KNOWN:  # pyright: ignore[reportUnknownMemberType]
                yield _LINE.validate_python(line)
        except ValidationError as error:
            fault = error.errors()[0]
            place = ".".join(map(str, fault["loc"]))
            raise ReviewError(f"{where}, line {number}: {place}: {fault['msg']}") from error
        except (ValueError, RecursionError) as error:
            raise ReviewError(f"{where}, line {number}: truncated, or no JSON") from error
