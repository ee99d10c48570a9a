"""Requests and their answers, as a trace has them: in the form of HTTP archives (HAR)."""

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from mock_sites.review.traces.requests import AHEAD, CUT_OFF, KEPT_IN_MEMORY, PURPOSES


class TracePart(BaseModel):
    """A part of a line. Other fields are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=to_camel, populate_by_name=True)


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


class HarHeader(TracePart):
    """A header of a request or an answer."""

    name: str
    value: str = ""


class HarRequest(TracePart):
    """What a browser asked for."""

    method: str
    url: str
    cookies: list[HarCookie] = []
    headers: list[HarHeader] = []
    post_data: Body | None = None

    @property
    def is_speculative(self) -> bool:
        """Whether it says that it asks for a page before anybody goes there."""
        purposes = (header.value.lower() for header in self.headers if header.name.lower() in PURPOSES)
        return any(purpose.startswith(AHEAD) for purpose in purposes)


class HarResponse(TracePart):
    """What was answered.

    Attributes:
        status: -1 if nothing was.
        transferred: how many bytes came over the network; -1 if that is not told.
    """

    status: int
    cookies: list[HarCookie] = []
    content: Body = Body()
    failure: str = Field(default="", alias="_failureText")
    transferred: int = Field(default=-1, alias="_transferSize")
    headers: list[HarHeader] = []

    @property
    def length(self) -> int | None:
        """How many bytes the answer has, as it says itself; None if it does not."""
        named = (header.value for header in self.headers if header.name.lower() == "content-length")
        return next((int(value) for value in named if value.isdecimal()), None)


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
    def is_accidental(self) -> bool:
        """Whether it depends on the time if it is made: ahead of need, or of the browser's memory, not of a server.

        Chromium tells of a picture, style sheet or script that it takes from its memory as of a request, but without
        the headers of one. Pages ask for it again whenever they show it, even for a moment.
        """
        names = {header.name.lower() for header in self.request.headers}
        is_kept = self.kind in KEPT_IN_MEMORY
        return (is_kept and not self.response.transferred and "accept" not in names) or self.request.is_speculative

    @property
    def has_led(self) -> bool:
        """Whether a document came to be shown: neither another one, nor a download, nor nothing in the end."""
        is_given_up = self.response.failure and self.response.failure in CUT_OFF
        return not is_given_up and self.status >= 0 and self.status // 100 != 3 and not self.request.is_speculative

    @property
    def status(self) -> int:
        """The status of the answer: 0 if the request failed, -1 if it was cut off, or has no answer in the end."""
        if self.response.status > 0:
            return self.response.status
        return -1 if self.response.failure in CUT_OFF else 0
