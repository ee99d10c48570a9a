"""Records browsers: a trace for each, the pages they request, and the errors on their consoles."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

from mock_sites.redaction.secrets import SHORTEST_TOKEN, Secret
from mock_sites.review.traces.requests import CUT_OFF, ERROR, REPORTED_ANYWAY

Images = Literal["step", "action", "none"]
"""How often a picture is taken."""


@dataclass
class BrowserActivity:
    """What browsers did since the last ``take``.

    Attributes:
        requests: method, address and status of each document and form, in order; status 0 where no answer came.
        request_times: when each began and, unless no answer came, was answered, in seconds of ``time.perf_counter``.
        failed: likewise each other part of a page that was answered with an error or not at all, in no certain order.
        failed_times: when each of them began and failed.
        console: texts of errors.
    """

    requests: list[list[str | int]] = field(default_factory=list[list[str | int]])
    request_times: list[list[float]] = field(default_factory=list[list[float]])
    failed: list[list[str | int]] = field(default_factory=list[list[str | int]])
    failed_times: list[list[float]] = field(default_factory=list[list[float]])
    console: list[str] = field(default_factory=list[str])


class Capture:
    """Records browsers from the moment they are opened."""

    def __init__(self, images: Images = "step") -> None:
        """Nothing is recorded yet."""
        self.images: Images = images
        self._activity = BrowserActivity()
        self._open: dict[Request, tuple[list[str | int], list[float]]] = {}
        self._parts: dict[Request, tuple[BrowserActivity, float]] = {}

    def watch(self, context: BrowserContext) -> None:
        """Record a browser that was just opened."""
        # Trees of actions tell which pictures of actions show a secret. A review reads the tree of each step's end.
        pictures = self.images == "action"
        context.tracing.start(snapshots=True, aria_snapshots=pictures, screen_snapshots=pictures)
        context.on("request", self._on_request)
        context.on("response", self._on_response)
        context.on("requestfailed", self._on_failure)
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)

    def take(self) -> BrowserActivity:
        """What the browsers did since the last call."""
        activity, self._activity = self._activity, BrowserActivity()
        return activity

    def stop(self, context: BrowserContext, path: Path) -> list[Secret]:
        """Write the trace of a browser so far to ``path``, begin a new one, and return the cookies it still has."""
        found = [Secret("cookie", cookie.get("value", ""), cookie.get("name", "")) for cookie in context.cookies()]
        context.tracing.stop_chunk(path=path)
        context.tracing.start_chunk()
        return [secret for secret in found if len(secret.value) >= SHORTEST_TOKEN]

    def _on_request(self, request: Request) -> None:
        if request.resource_type == "document" or request.method != "GET":
            row, times = self._open[request] = [request.method, request.url, 0], [time.perf_counter()]
            self._activity.requests.append(row)
            self._activity.request_times.append(times)
        else:
            self._parts[request] = self._activity, time.perf_counter()

    def _on_response(self, response: Response) -> None:
        if entry := self._open.pop(response.request, None):
            row, times = entry
            row[2] = response.status
            times.append(time.perf_counter())
        elif response.status >= ERROR:
            self._add_failed(response.request, response.status)
        else:
            self._parts.pop(response.request, None)

    def _on_failure(self, request: Request) -> None:
        if (request.failure or "") in CUT_OFF:
            self._parts.pop(request, None)
        else:
            self._add_failed(request, 0)

    def _add_failed(self, request: Request, status: int) -> None:
        """A part of a page is listed where it was asked for, also if that step has ended since."""
        if entry := self._parts.pop(request, None):
            activity, began = entry
            activity.failed.append([request.method, request.url, status])
            activity.failed_times.append([began, time.perf_counter()])

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(REPORTED_ANYWAY):
            self._activity.console.append(message.text)

    def _on_error(self, error: WebError) -> None:
        self._activity.console.append(str(error.error))
