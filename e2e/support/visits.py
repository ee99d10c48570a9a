"""Visits of pages, as lines of a trace."""

from pathlib import Path
from typing import Any, Final

from fixtures.traces import OPTIONS, Lines, action, asked, seen, write
from mock_sites.review.recording import RecordedState, RecordedStep
from mock_sites.review.traces.trace import read_trace

HOME: Final = "http://localhost:8123/"
NEWS: Final = "http://localhost:8123/news"


def page(*parts: Any) -> Any:
    """The elements of a page with these in its body."""
    return ["HTML", {}, ["BODY", {}, *parts]]


def titled(text: str) -> Any:
    """A page with one heading."""
    return page(["H1", {}, text])


def click(call: int, at: float, url: str, html: Any, later: Any = None, *, tab: int = 1) -> Lines:
    """A click on a page, and what the page is after it: the same, if nothing else is given."""
    shots = [
        seen(call, at + moment, phase, url, shown, tab=tab)
        for moment, phase, shown in ((1, "before", html), (5, "action", html), (9, "after", later or html))
    ]
    begun, ended = action(call, at, "click", params={"selector": f"button >> nth={call}"})
    return [begun, *shots, ended]


def go(call: int, at: float, url: str, html: Any) -> tuple[Lines, Lines]:
    """A page is opened: the lines of the trace, and those of its network log."""
    begun, ended = action(call, at, "goto", params={"url": url})
    return [begun, seen(call, at + 9, "after", url, html), ended], [asked(at + 1, "GET", url)]


def read_on(call: int, at: float, *shots: tuple[str, str], **more: Any) -> Lines:
    """An action that only reads, with what is seen before and after it: an address and a text."""
    begun, ended = action(call, at, more.pop("method", "evaluateExpression"), **more)
    moments = zip((1, 9), ("before", "after"), shots, strict=True)
    return [begun, *(seen(call, at + time, phase, url, titled(text)) for time, phase, (url, text) in moments), ended]


def read(file: Path, shown: Lines, network: Lines) -> tuple[RecordedStep, ...]:
    """The steps of a trace that is written to ``file``."""
    return read_trace(write(file, [OPTIONS, *shown], network)).steps


def heading(seen: RecordedStep | RecordedState) -> str:
    """The text of the heading, which is the first thing on the page."""
    return seen.tree.split('"')[1]
