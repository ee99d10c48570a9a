"""A Playwright trace of any program as a recording. Its steps are its groups, or the visited pages."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import urlsplit

from e2e.review.errors import ReviewError
from e2e.review.recording import Box, RecordedStep, Recording, Request, Title
from e2e.review.traces.archive import Archive
from e2e.review.traces.browser import Browser
from e2e.review.traces.content import ContentReader
from e2e.review.traces.events import VERSIONS, Before, Line, Options, TraceExchange, read_lines
from e2e.review.traces.trees import as_yaml, read_json_tree
from e2e.review.traces.visits import GROUP, MOST_STEPS, TraceStep, find_visits

EPHEMERAL: Final = 32_768
"""The first port of those that a system assigns, which differ from run to run."""

PICTURES: Final = {".png", ".jpeg", ".jpg"}

_PORT: Final = re.compile(r"(?P<host>(?:[a-z0-9.-]+\.)?localhost|127\.0\.0\.1|\[::1\]):(?P<port>[0-9]{5})(?![0-9])")


def is_trace(file: Path) -> bool:
    """Whether a file is read as a trace."""
    return file.suffix == ".zip" and not file.is_dir()


def read_trace(file: Path, scratch: Path | None = None) -> Recording:
    """The trace in ``file``. Its pictures are written to ``scratch``; without it they are left out.

    Raises:
        ReviewError: it does not exist, is not complete, is malicious, or has an unknown version.
    """
    with Archive(file) as archive:
        reader = _Reader(archive, scratch)
        steps = [step for browser in _browsers(archive) for step in reader.steps(browser)]
    if not steps:
        raise ReviewError(f"{file}: no page was visited")
    # All traces of pytest-playwright have the same name, each in a folder of its test.
    name = file.resolve().parent.name if file.stem == "trace" else file.stem
    title = Title(en=name, zh=name)
    return Recording(journey=name, title=title, language="en", seed="", steps=tuple(_numbered(steps)))


def _browsers(archive: Archive) -> list[Browser]:
    """The browsers of a trace, in the order in which they were opened. Lines of a test runner are ignored."""
    browsers: list[Browser] = []
    for name in archive.names:
        if name.endswith(".trace") and "/" not in name:
            lines = list(read_lines(archive.text(name), f"{archive.file}: {name}"))
            network = name.removesuffix("trace") + "network"
            if _is_of_browser(lines, archive.file) and network in archive.names:
                lines += read_lines(archive.text(network), f"{archive.file}: {network}")
                browsers.append(Browser.of(lines))
    if not browsers:
        raise ReviewError(f"{archive.file}: no trace of a browser is in it")
    return sorted(browsers, key=lambda browser: browser.opened)


def _is_of_browser(lines: Sequence[Line], file: Path) -> bool:
    options = lines[0] if lines else None
    if not isinstance(options, Options):
        raise ReviewError(f"{file}: does not begin as a trace does")
    if options.version not in VERSIONS:
        known = f"{VERSIONS[0]} to {VERSIONS[-1]}"
        raise ReviewError(f"{file}: a trace of version {options.version}; only {known} are known")
    return options.origin == "library"


@dataclass
class _Reader:
    """Makes steps from the actions of browsers. Pages and assigned ports are numbered over all of them."""

    archive: Archive
    scratch: Path | None
    pages: list[str] = field(default_factory=list[str])
    ports: list[str] = field(default_factory=list[str])
    pictures: int = 0

    def steps(self, browser: Browser) -> Iterator[RecordedStep]:
        """The steps of a browser, not numbered yet."""
        visits = find_visits(browser)
        content = ContentReader(self.archive, browser, self._number_ports)
        if len(visits) > MOST_STEPS:
            raise ReviewError(f"{self.archive.file}: more than {MOST_STEPS} pages were visited")
        for visit in visits:
            page, address = visit.place
            if page not in self.pages:
                self.pages.append(page)
            url = self._number_ports(address)
            where = urlsplit(url)
            title = self._number_ports(visit.title) or where.path or "/"
            actions = [part for action in visit.own for part in browser.parts(action) if part.method != GROUP]
            tree, boxes = self._look(browser, visit)
            title_of_page, language = self._head(browser, visit)
            yield RecordedStep(
                number=0,
                name=re.sub(r"\W+", "-", visit.title or f"{where.hostname}{where.path}").strip("-"),
                title=Title(en=title, zh=title),
                actor=f"page {self.pages.index(page) + 1}",
                url=url,
                tree=self._number_ports(tree),
                boxes=boxes,
                requests=tuple(self._requests(browser, visit)),
                console=tuple(
                    self._number_ports(text) for time, text in browser.errors if visit.began <= time < visit.ended
                ),
                actions=tuple(self._number_ports(describe(action)) for action in actions),
                error=_error(browser, actions),
                seconds=_seconds(browser, visit.began, actions),
                image=self._picture(browser, visit),
                document_title=title_of_page,
                document_language=language,
                **content.read(visit.began, visit.ended, actions),
            )

    def _number_ports(self, text: str) -> str:
        """``text`` with a placeholder for each port that the system has assigned."""

        def replace(found: re.Match[str]) -> str:
            port = found["port"]
            if int(port) < EPHEMERAL:
                return found[0]
            if port not in self.ports:
                self.ports.append(port)
            return f"{found['host']}:«port-{self.ports.index(port) + 1}»"

        return _PORT.sub(replace, text)

    def _look(self, browser: Browser, visit: TraceStep) -> tuple[str, tuple[Box, ...] | None]:
        """The tree of the page at the end of a step: from the trace, or else made from its elements."""
        if trees := visit.seen_in(browser.page_trees):
            return read_json_tree(self.archive.text(trees[-1].file), f"{self.archive.file}: {trees[-1].file}")
        seen = visit.seen_in(browser.page_shots)
        if not seen:
            return "", None
        markup, number = browser.markup(seen[-1])
        try:
            return as_yaml(markup.tree(number)), None
        except ReviewError as error:
            raise ReviewError(f"{self.archive.file}: {error}") from error

    def _head(self, browser: Browser, visit: TraceStep) -> tuple[str | None, str | None]:
        """The title and the language of the page at the end of a step; None if there is no snapshot of it."""
        seen = visit.seen_in(browser.page_shots)
        if not seen:
            return None, None
        markup, number = browser.markup(seen[-1])
        try:
            title, language = markup.head(number)
        except ReviewError as error:
            raise ReviewError(f"{self.archive.file}: {error}") from error
        return self._number_ports(title), language

    def _requests(self, browser: Browser, visit: TraceStep) -> Iterator[Request]:
        """Pages and forms in order, and then other requests of pages, whose order is accidental."""
        asked = browser.requests(visit.began, visit.ended)
        yield from (self._request(exchange) for exchange in asked if _is_deed(exchange))
        yield from sorted(self._request(exchange) for exchange in asked if not _is_deed(exchange))

    def _request(self, exchange: TraceExchange) -> Request:
        return Request(exchange.request.method, self._number_ports(exchange.request.url), exchange.status)

    def _picture(self, browser: Browser, visit: TraceStep) -> Path | None:
        """The last picture of the page in a step, as a file of its own name."""
        taken = visit.seen_in(browser.page_pictures)
        exact = [picture for picture in taken if picture.type == "screenshot"] or taken
        if not exact or not self.scratch:
            return None
        name = exact[-1].name
        suffix = PurePosixPath(name).suffix
        if suffix not in PICTURES:
            raise ReviewError(f"{self.archive.file}: {name[:80]!r} is no picture")
        self.pictures += 1
        self.scratch.mkdir(parents=True, exist_ok=True)
        place = self.scratch / f"{self.pictures:03}{suffix}"
        place.write_bytes(self.archive.read(name))
        return place


def describe(action: Before) -> str:
    """An action as text, with its target but without a value that is filled in, which may be a secret."""
    if action.class_name == "Frame" and action.method == "goto":
        return f"goes to {action.params.get('url', '')}"
    label = action.title or action.method
    aim = action.params.get("selector") or (action.params.get("key") if action.method == "press" else None)
    return f"{label} {aim}" if aim else label


def _is_deed(exchange: TraceExchange) -> bool:
    return exchange.kind == "document" or exchange.request.method != "GET"


def _error(browser: Browser, actions: Sequence[Before]) -> str | None:
    failed = (browser.ends.get(action.call_id) for action in actions)
    return next((end.error.message.partition("\n")[0] for end in failed if end and end.error), None)


def _seconds(browser: Browser, began: float, actions: Sequence[Before]) -> float | None:
    ends = [end.end_time for action in actions if (end := browser.ends.get(action.call_id))]
    return round((max(ends) - began) / 1000, 3) if ends else None


def _numbered(steps: Sequence[RecordedStep]) -> Iterator[RecordedStep]:
    """The steps with their numbers, and with the number of the visit of their page."""
    seen: Counter[str] = Counter()
    for number, step in enumerate(steps, 1):
        seen[step.name] += 1
        yield step.model_copy(update={"number": number, "visit": seen[step.name]})
