"""The browsers whose traces are in one archive."""

from collections.abc import Sequence
from typing import Final

from mock_sites.review.errors import ReviewError
from mock_sites.review.traces.archive import Archive
from mock_sites.review.traces.browser import Browser
from mock_sites.review.traces.events import Line, Options
from mock_sites.review.traces.lines import LineReader, version_of
from mock_sites.review.traces.runner import Runner

RUNNER: Final = "test.trace"
"""The file in which Playwright Test writes the steps of a test. Until Playwright 1.44 it does not name its version."""


def read_browsers(archive: Archive) -> list[Browser]:
    """The browsers in the order in which they were opened. Steps of a test are groups in them.

    Raises:
        ReviewError: there is none, or a line cannot be read.
    """
    names = [name for name in archive.names if name.endswith(".trace") and "/" not in name]
    recorded: list[list[Line]] = []
    version = 0
    for name in names:
        if name != RUNNER:
            version = version_of(archive.first_line(name), archive.file, name)
            lines = _read(archive, name, version)
            if _is_of_browser(lines):
                network = name.removesuffix("trace") + "network"
                recorded.append(lines + (_read(archive, network, version) if network in archive.names else []))
    if not recorded:
        raise ReviewError(f"{archive.file}: no trace of a browser is in it")
    recorded.sort(key=_opened)
    if RUNNER in names:
        recorded = Runner(_read(archive, RUNNER, version)).add_to(recorded)
    return [Browser.of(lines) for lines in recorded]


def _read(archive: Archive, name: str, version: int) -> list[Line]:
    return list(LineReader(f"{archive.file}: {name}").read(archive.lines(name), version))


def _is_of_browser(lines: Sequence[Line]) -> bool:
    """Whether they are of a browser, not of a test runner or of something that only sends requests."""
    return isinstance(lines[0], Options) and lines[0].origin == "library" and bool(lines[0].browser_name)


def _opened(lines: Sequence[Line]) -> float:
    return lines[0].wall_time if isinstance(lines[0], Options) else 0
