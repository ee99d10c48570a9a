"""A Playwright trace of any program as a recording. Its steps are its groups, or the visited pages."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import urlsplit

from mock_sites.review.changes import Area
from mock_sites.review.comparing.pixels import unsteady_areas
from mock_sites.review.comparing.states import NEAREST
from mock_sites.review.errors import NoPageError, ReviewError
from mock_sites.review.recording import RecordedState, RecordedStep, Recording, Request, Title
from mock_sites.review.traces.appearance import AppearanceReader, Loaded
from mock_sites.review.traces.archive import Archive
from mock_sites.review.traces.browser import Browser, Look
from mock_sites.review.traces.content import ContentReader
from mock_sites.review.traces.contexts import read_browsers
from mock_sites.review.traces.elements import Content
from mock_sites.review.traces.events import Before, PagePicture
from mock_sites.review.traces.har import TraceExchange
from mock_sites.review.traces.pages import Pages
from mock_sites.review.traces.selected import ElementRule
from mock_sites.review.traces.traffic import Traffic
from mock_sites.review.traces.visits import MOST_STEPS, READING, TraceStep, find_steps, is_input

EPHEMERAL: Final = 32_768
"""The first port of those that a system assigns, which differ from run to run."""

LEFT: Final = "Execution context was destroyed"
"""How Playwright's message begins when a page left while a script read it."""

PICTURES: Final = {".png", ".jpeg", ".jpg"}

_PORT: Final = re.compile(r"(?P<host>(?:[a-z0-9.-]+\.)?localhost|127\.0\.0\.1|\[::1\]):(?P<port>[0-9]{5})(?![0-9])")
_NAMED_PORT: Final = re.compile(r"""(?P<name>port\\?"?[:=] ?\\?"?)(?P<port>[0-9]{5})(?![0-9])""")
"""A port in an address, and in a member or field of a message."""


def is_trace(file: Path) -> bool:
    """Whether a zip, or a folder in which one was unpacked, is read as a trace."""
    return any(file.glob("*.trace")) if file.is_dir() else file.suffix == ".zip"


def read_trace(file: Path, scratch: Path | None = None, rules: Sequence[ElementRule] = ()) -> Recording:
    """The trace in ``file``, a zip or a folder, with what ``rules`` leave of its elements.

    Its pictures are written to ``scratch``; without it they are left out.

    Raises:
        NoPageError: no page was visited.
        ReviewError: it does not exist, is not complete, is malicious, or has an unknown version.
    """
    with Archive(file) as archive:
        reader = _Reader(archive, scratch, rules)
        browsers = read_browsers(archive)
        steps = [step for browser in browsers for step in reader.steps(browser)]
    if not steps:
        raise NoPageError(f"{file}: no page was visited")
    name = trace_name(file)
    title = Title(en=name, zh=name)
    return Recording(
        journey=name,
        title=title,
        language="en",
        seed="",
        recorded=browsers[0].opened / 1000,
        unknown=tuple(sorted({name for browser in browsers for name in browser.unknown})),
        steps=tuple(_numbered(steps)),
    )


def trace_name(file: Path) -> str:
    """What a trace is called. All traces of pytest-playwright have the same name, each in a folder of its test."""
    return file.resolve().parent.name if file.stem == "trace" else file.stem


@dataclass
class _Reader:
    """Makes steps from what browsers did. Tabs and assigned ports are numbered over all of them."""

    archive: Archive
    scratch: Path | None
    rules: Sequence[ElementRule]
    tabs: list[str] = field(default_factory=list[str])
    ports: list[str] = field(default_factory=list[str])
    trees: dict[str, str] = field(default_factory=dict[str, str])
    pictures: int = 0
    steps_read: int = 0

    def steps(self, browser: Browser) -> Iterator[RecordedStep]:
        """The steps of a browser, not numbered yet. One in which no page was seen has none."""
        steps = find_steps(browser)
        if not steps:
            return
        if len(steps) > MOST_STEPS:
            raise ReviewError(f"{self.archive.file}: more than {MOST_STEPS} pages were visited")
        traffic = Traffic.of(browser, steps)
        pages = Pages(self.archive, browser, self.rules)
        content = ContentReader(self.archive, browser, self._number_ports)
        appearance = AppearanceReader(self.archive, browser.exchanges, self._number_ports)
        loaded = Loaded()
        for number, step in enumerate(steps):
            url = self._number_ports(short_address(step.place.address))
            where = urlsplit(url)
            title = self._number_ports(step.title) or where.path or "/"
            name = re.sub(r"\W+", "-", step.title or f"{where.hostname or where.scheme}{where.path}").strip("-")
            self.steps_read += 1
            pages.names = title, name, str(self.steps_read)
            tab = self._tab(step.place.page)
            looks = [*step.looks(browser)]
            asked = self._in_order(traffic.requests.get(number, ()))
            page_title, language = pages.head(looks[-1][1]) if looks else (None, None)
            states = self._states(pages, step, looks)
            shown = pages.contents(looks[-1][1]) if looks else ()
            end = states[-1] if states else RecordedState(inputs=0, url=url, tree="", whole=False)
            yield RecordedStep(
                number=0,
                name=name,
                title=Title(en=title, zh=title),
                actor=f"page {tab}",
                tab=tab,
                url=url,
                tree=end.tree,
                boxes=end.boxes,
                whole=end.whole,
                requests=tuple(map(self._request, asked)),
                speculative=tuple(place for place, each in enumerate(asked) if each.is_accidental),
                console=tuple(self._number_ports(error.text) for error in traffic.errors.get(number, ())),
                actions=tuple(self._number_ports(describe(action)) for action in step.compared),
                inputs=tuple(step.inputs(browser)),
                states=tuple(states),
                error=self._number_ports(_error(browser, step.own)) or None,
                seconds=_seconds(browser, step.own),
                image=end.image or self._film(browser, step),
                unsteady=tuple(self._unsteady(pages, looks)),
                drawn_by=browser.drawn_by,
                document_title=self._number_ports(page_title) if page_title is not None else None,
                document_language=language,
                **content.read(traffic.requests.get(number, ()), traffic.events.get(number, ()), step.own),
                unseen=_ends_unseen(browser),
                late=_ends_late(browser, pages, step, looks),
                passing=appearance.read_passing(_before_end(pages, looks)),
                **appearance.read(loaded.of(step.place, traffic.requests.get(number, ())), shown),
            )

    def _states(self, pages: Pages, step: TraceStep, looks: Sequence[tuple[int, Look]]) -> list[RecordedState]:
        """What was seen of its page in order, what is equal to the one before left out."""
        runs: list[tuple[RecordedState, Look]] = []
        for inputs, look in looks:
            tree, boxes = pages.tree(look)
            state = RecordedState(
                inputs=inputs,
                tab=self._tab(look.page),
                url=self._number_ports(short_address(look.url or step.place.address)),
                tree=self._numbered_tree(tree),
                boxes=boxes,
                whole=pages.is_whole(look),
            )
            if runs and _is_same(runs[-1][0], state):
                state = state.model_copy(update={"inputs": runs.pop()[0].inputs})
            runs.append((state, look))
        return [state.model_copy(update={"image": self._picture(look.picture)}) for state, look in runs]

    def _tab(self, page: str) -> int:
        if page not in self.tabs:
            self.tabs.append(page)
        return self.tabs.index(page) + 1

    def _numbered_tree(self, tree: str) -> str:
        """A tree with placeholders for ports. Equal trees are the same object."""
        if tree not in self.trees:
            self.trees[tree] = self._number_ports(tree)
        return self.trees[tree]

    def _number_ports(self, text: str) -> str:
        """``text`` with a placeholder for each port that the system has assigned."""

        def replace(found: re.Match[str]) -> str:
            port = found["port"]
            if int(port) < EPHEMERAL:
                return found[0]
            if port not in self.ports:
                self.ports.append(port)
            return f"{found['host']}:«port-{self.ports.index(port) + 1}»"

        def replace_named(found: re.Match[str]) -> str:
            port = found["port"]
            return f"{found['name']}«port-{self.ports.index(port) + 1}»" if port in self.ports else found[0]

        return _NAMED_PORT.sub(replace_named, _PORT.sub(replace, text))

    def _in_order(self, asked: Sequence[TraceExchange]) -> list[TraceExchange]:
        """Pages and forms in order, and then other requests of pages, whose order is accidental."""
        others = sorted((exchange for exchange in asked if not _is_deed(exchange)), key=self._request)
        return [*filter(_is_deed, asked), *others]

    def _request(self, exchange: TraceExchange) -> Request:
        return Request(exchange.request.method, self._number_ports(exchange.request.url), exchange.status)

    def _unsteady(self, pages: Pages, looks: Sequence[tuple[int, Look]]) -> list[Area]:
        """Where pictures of the end of a step differ, although no input was made and no element changed."""
        if not looks or not self.scratch:
            return []
        inputs, last = looks[-1]
        shown = pages.contents(last)
        same = [
            look.picture
            for made, look in looks
            if (made, look.page) == (inputs, last.page) and pages.contents(look) == shown
        ]
        return unsteady_areas([self.archive.read(picture.name) for picture in same if picture])

    def _film(self, browser: Browser, step: TraceStep) -> Path | None:
        """The last picture of the film of its page in a step."""
        film = browser.films.get(step.place.page, ())
        end = bisect_left(film, step.until, key=lambda picture: picture.timestamp)
        return self._picture(film[end - 1]) if end and film[end - 1].timestamp >= step.since else None

    def _picture(self, picture: PagePicture | None) -> Path | None:
        """A picture as a file of its own name."""
        if picture is None or not self.scratch:
            return None
        name = picture.name
        suffix = PurePosixPath(name).suffix
        if suffix not in PICTURES:
            raise ReviewError(f"{self.archive.file}: {name[:80]!r} is no picture")
        self.pictures += 1
        self.scratch.mkdir(parents=True, exist_ok=True)
        place = self.scratch / f"{self.pictures:03}{suffix}"
        place.write_bytes(self.archive.read(name))
        return place


def _before_end(pages: Pages, looks: Sequence[tuple[int, Look]]) -> Sequence[Sequence[Content]]:
    """The nearest different contents of a page before its end, since its last input."""
    found: dict[tuple[Content, ...], None] = {}
    for inputs, look in reversed(looks):
        if inputs == looks[-1][0] and len(found) <= NEAREST:
            found.setdefault(tuple(pages.contents(look)))
    return [*found][1:]


def short_address(address: str) -> str:
    """An address without the content or the accidental name that some have in them."""
    scheme, _colon, rest = address.partition(":")
    if scheme == "data":
        return f"data:{rest.partition(',')[0].partition(';')[0]}"
    return address.rpartition("/")[0] if scheme == "blob" else address


def _is_same(state: RecordedState, following: RecordedState) -> bool:
    return (state.tab, state.url, state.tree) == (following.tab, following.url, following.tree)


def describe(action: Before) -> str:
    """An action as text, with its target but without a value that is filled in, which may be a secret."""
    if action.class_name == "Frame" and action.method == "goto":
        return f"goes to {action.params.get('url', '')}"
    aim = action.params.get("selector") or (action.params.get("key") if action.method == "press" else None)
    return f"{action.label} {aim}" if aim else action.label


def _is_deed(exchange: TraceExchange) -> bool:
    return exchange.kind == "document" or exchange.request.method != "GET"


def _error(browser: Browser, actions: Sequence[Before]) -> str:
    """The first line of the error of the first action that failed, and what it did; empty if none did."""
    for action in actions:
        end = browser.ends.get(action.call_id)
        if end and end.error and not _is_interrupted(browser, action):
            [message, *_others] = end.error.message.partition("\n")
            return message if action.class_name == "Test" else f"{describe(action)}: {message}"
    return ""


def _is_interrupted(browser: Browser, action: Before) -> bool:
    """Whether an action only read, and the page left meanwhile: that depends on the time."""
    end = browser.ends.get(action.call_id)
    return bool(action.method in READING and end and end.error and end.error.message.startswith(LEFT))


def _ends_unseen(browser: Browser) -> bool:
    """Whether the last action at which a page was seen began, but was not seen to end."""
    seen = [looks for action in browser.actions if (looks := browser.looks(action))]
    return bool(seen) and seen[-1][-1].moment == "before"


def _ends_late(browser: Browser, pages: Pages, step: TraceStep, looks: Sequence[tuple[int, Look]]) -> bool:
    """Whether only the last action saw its page as it is at the end, and it cannot have made it so.

    An input or a script can have, unless the page was so before.
    """
    seeing = [(action, own) for action in step.own if (own := browser.looks(action))]
    if not seeing or not looks:
        return False
    last, own = seeing[-1]
    end = pages.tree(looks[-1][1])
    earlier = [look for _inputs, look in looks if not any(look is each for each in own)]
    by_itself = not (last.method in READING or is_input(last, own))
    was_so = own[0].moment == "before" and pages.tree(own[0]) == end
    return bool(earlier) and pages.tree(earlier[-1]) != end and (by_itself or was_so)


def _seconds(browser: Browser, actions: Sequence[Before]) -> float | None:
    ends = [end.end_time for action in actions if (end := browser.ends.get(action.call_id))]
    return round((max(ends) - actions[0].start_time) / 1000, 3) if ends else None


def _numbered(steps: Sequence[RecordedStep]) -> Iterator[RecordedStep]:
    """The steps with their numbers, and with the number of the visit of their page."""
    seen: Counter[str] = Counter()
    for number, step in enumerate(steps, 1):
        seen[step.name] += 1
        yield step.model_copy(update={"number": number, "visit": seen[step.name]})
