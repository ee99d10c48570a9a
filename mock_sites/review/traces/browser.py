"""What one browser of a trace did, in order."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from math import inf
from operator import attrgetter
from typing import Any, Final, NamedTuple, TypeVar, cast

from mock_sites.review.traces.events import (
    After,
    Before,
    ConsoleMessage,
    DomSnapshot,
    FrameSnapshot,
    Happened,
    Line,
    LoadedResource,
    Options,
    PagePicture,
    PageSnapshot,
    Tree,
)
from mock_sites.review.traces.har import TraceExchange, TracePart
from mock_sites.review.unknown import SOCKETS, WAITS

_NO_PAGE: Final = re.compile(r"^(?:chrome|chrome-extension):")
_NOT_ASKED_FOR: Final = re.compile(r"^(?:about|blob|data|chrome|chrome-extension):")

DIALOG: Final = "Dialog"
"""The class of actions that answer a dialog."""

GROUP: Final = "tracingGroup"
"""The method of a group of actions."""

_EVENTS: Final = {"dialog", "download", "page"}
EVENTS: Final = frozenset({"dialogs", "downloads"})
"""The attributes of a step that are made from events, which some versions of Playwright did not write."""

_BEGAN: Final = attrgetter("start_time")
_ASKED: Final = attrgetter("time")
_TAKEN: Final = attrgetter("timestamp")

LookKey = tuple[str, str, str]
"""A page, an action, and the moment of the action."""

Shot = TypeVar("Shot", bound=PageSnapshot)
Kind = TypeVar("Kind", bound=TracePart)


class Look(NamedTuple):
    """A page as it was at an action: its elements, its accessibility tree and a picture, as far as the trace has them.

    Attributes:
        url: its address; empty if its elements are not known.
        moment: ``before`` the action, at its input (``action``), or ``after`` it.
    """

    page: str
    url: str
    moment: str
    time: float
    elements: DomSnapshot | None
    tree: Tree | None
    picture: PagePicture | None


class Complaint(NamedTuple):
    """An error of a page; the page is empty if the trace does not tell it."""

    time: float
    page: str
    text: str


@dataclass(frozen=True)
class Browser:
    """The lines of a trace, sorted by their kind. Times are in milliseconds.

    Attributes:
        opened: when it was opened, since 1970.
        answers: the actions that answer dialogs; what these show is told with the dialogs.
        version: the version of the format in which it was written.
        has_sockets: whether WebSockets would be in it.
        names_waits: whether it tells for which events was waited.
        happened: what else happened to its pages, in order.
        drawn_by: what pictures depend on, apart from the pages.
    """

    opened: float
    drawn_by: str
    version: int
    has_sockets: bool
    names_waits: bool
    actions: Sequence[Before]
    answers: Sequence[Before]
    ends: Mapping[str, After]
    snapshots: Sequence[DomSnapshot]
    trees: Sequence[Tree]
    pictures: Sequence[PagePicture]
    exchanges: Sequence[TraceExchange]
    errors: Sequence[Complaint]
    happened: Sequence[Happened]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "Browser":
        """The browser of these lines."""
        options = next(_of_type(lines, Options))
        actions = {action.call_id: action for action in reversed([*_of_type(lines, Before)])}
        exchanges = (line.snapshot for line in _of_type(lines, LoadedResource))
        thrown = {(line.page_id, line.stack) for line in _of_type(lines, Happened)}
        complaints = [
            Complaint(line.time, line.page_id, line.complaint)
            for line in (*_of_type(lines, ConsoleMessage), *_of_type(lines, Happened))
            if not (isinstance(line, ConsoleMessage) and (line.page_id, line.text) in thrown)
        ]
        return cls(
            opened=options.wall_time,
            version=options.version,
            has_sockets=options.has_sockets,
            names_waits=options.names_waits,
            drawn_by=options.drawn_by,
            actions=sorted((action for action in actions.values() if action.class_name != DIALOG), key=_BEGAN),
            answers=sorted((action for action in actions.values() if action.class_name == DIALOG), key=_BEGAN),
            ends={end.call_id: end for end in _of_type(lines, After)},
            snapshots=[line.snapshot for line in _of_type(lines, FrameSnapshot)],
            trees=[*_of_type(lines, Tree)],
            pictures=[*_of_type(lines, PagePicture)],
            exchanges=sorted(
                (exchange for exchange in exchanges if _is_own(exchange, options)),
                key=lambda exchange: exchange.time,
            ),
            errors=sorted(complaint for complaint in complaints if complaint.text),
            happened=sorted(_of_type(lines, Happened), key=_ASKED),
        )

    @property
    def unknown(self) -> frozenset[str]:
        """The attributes of a step that it cannot tell. Playwright 1.43 to 1.47 wrote no events."""
        has_events = self.version > 7 or any(event.method in _EVENTS for event in self.happened)
        known = (has_events, EVENTS), (self.has_sockets, {SOCKETS}), (self.names_waits, {WAITS})
        return frozenset(name for is_known, names in known if not is_known for name in names)

    @cached_property
    def own(self) -> list[Before]:
        """The groups and actions that are in no group."""
        inside: set[str] = set()
        found: list[Before] = []
        for action in self.actions:
            grouped = action.parent_id in inside
            if not grouped:
                found.append(action)
            if grouped or action.method == GROUP:
                inside.add(action.call_id)
        return found

    def until(self, action: Before) -> float:
        """When the next action or group that is in no group began."""
        place = bisect_right(self.own, action.start_time, key=_BEGAN)
        return self.own[place].start_time if place < len(self.own) else inf

    def actions_in(self, group: Before) -> list[Before]:
        """The actions in a group, at any depth, in order."""
        found = [group]
        for known in found:
            found += self._parts.get(known.call_id, ())
        return sorted((part for part in found if part.method != GROUP), key=_BEGAN)

    def looks(self, action: Before) -> Sequence[Look]:
        """What was seen of pages at an action, in order."""
        return self._looks.get(action.call_id, ())

    def closed_by(self, action: Before) -> str:
        """The page that an action closed; empty if it closed none."""
        if (action.class_name, action.method) != ("Page", "close"):
            return ""
        until = self.ends[action.call_id].end_time if action.call_id in self.ends else inf
        closed = (event for event in self.happened if event.method == "pageClosed")
        return next((each.params.page_id for each in closed if action.start_time <= each.time <= until), "")

    def documents(self, page: str | None, since: float = 0, until: float = inf) -> Sequence[TraceExchange]:
        """The documents that a page, or any, asked for from ``since`` to before ``until``; of redirects, the last.

        A request that was cut off, such as that of a download, has led to no document, and neither has one that is
        not answered in the end, or that asks for a page before anybody goes there.
        """
        asked = self._documents.get(page, ())
        return asked[bisect_left(asked, since, key=_ASKED) : bisect_left(asked, until, key=_ASKED)]

    def frames(self, elements: DomSnapshot) -> Sequence[DomSnapshot]:
        """The snapshots of the frames in a page that were taken together with that of the page, in order."""
        taken: dict[str, DomSnapshot] = {}
        for shot in self._frames[_key(elements)]:
            known = taken.setdefault(shot.frame_id, shot)
            if abs(shot.timestamp - elements.timestamp) < abs(known.timestamp - elements.timestamp):
                taken[shot.frame_id] = shot
        return [shot for shot in taken.values() if not shot.is_main_frame]

    @cached_property
    def films(self) -> Mapping[str, Sequence[PagePicture]]:
        """The pictures of each page in the order of time."""
        found: dict[str, list[PagePicture]] = defaultdict(list)
        for picture in sorted(self.pictures, key=lambda picture: picture.timestamp):
            found[picture.page_id].append(picture)
        return found

    @cached_property
    def _parts(self) -> dict[str, list[Before]]:
        found: dict[str, list[Before]] = {}
        for action in self.actions:
            if action.parent_id:
                found.setdefault(action.parent_id, []).append(action)
        return found

    @cached_property
    def _looks(self) -> dict[str, list[Look]]:
        main = (shot for shot in self.snapshots if shot.is_main_frame and not _NO_PAGE.match(shot.frame_url))
        exact = [picture for picture in self.pictures if picture.call_id]
        elements, trees, pictures = _by_look(_not_blank(main)), _by_look(self.trees), _by_look(exact)
        found: dict[str, list[Look]] = defaultdict(list)
        for key in elements if self.snapshots else trees:
            page, call, moment = key
            taken = elements.get(key, ()), trees.get(key, ()), pictures.get(key, ())
            for shot, tree, picture in zip_longest(*taken):
                seen = shot or tree
                if seen:
                    url = shot.frame_url if shot else ""
                    found[call].append(Look(page, url, moment, seen.timestamp, shot, tree, picture))
        for looks in found.values():
            looks.sort(key=lambda look: look.time)
        return found

    @cached_property
    def _frames(self) -> dict[LookKey, list[DomSnapshot]]:
        return _by_look(self.snapshots)

    @cached_property
    def _documents(self) -> dict[str | None, list[TraceExchange]]:
        main = {snapshot.frame_id for snapshot in self.snapshots if snapshot.is_main_frame}
        first: dict[str, str] = {}
        found: dict[str | None, list[TraceExchange]] = defaultdict(list)
        for asked in self.exchanges:
            first.setdefault(asked.pageref, asked.frame)
            is_of_page = asked.frame in main or asked.frame == first[asked.pageref]
            if asked.kind == "document" and asked.has_led and is_of_page:
                for page in (asked.pageref, None):
                    found[page].append(asked)
        return found


def _is_own(exchange: TraceExchange, options: Options) -> bool:
    """Whether a request was made while the trace was recorded: a part of a longer recording has earlier ones too."""
    return exchange.time >= options.monotonic_time and not _NOT_ASKED_FOR.match(exchange.request.url)


def _key(shot: PageSnapshot) -> LookKey:
    return shot.page_id, shot.call_id, shot.moment


def _by_look(shots: Iterable[Shot]) -> dict[LookKey, list[Shot]]:
    found: dict[LookKey, list[Shot]] = defaultdict(list)
    for shot in sorted(shots, key=_TAKEN):
        found[_key(shot)].append(shot)
    return found


def _not_blank(shots: Iterable[DomSnapshot]) -> Iterator[DomSnapshot]:
    """Those of pages that have an address, or that something was written to."""
    empty: dict[str, bool] = {}
    for shot in shots:
        frame, is_unnamed = shot.frame_id, shot.frame_url.startswith("about:")
        empty[frame] = is_unnamed and _is_empty(shot.html, earlier=empty.get(frame, True))
        if not empty[frame]:
            yield shot


def _is_empty(html: Any, *, earlier: bool) -> bool:
    """Whether the body of a page is empty; if it refers to an earlier snapshot, as it was then."""
    has_parts = isinstance(html, list) and len(cast("list[Any]", html)) > 2
    body: Any = html[-1] if has_parts else html
    if not isinstance(body, list) or not body:
        return True
    parts = cast("list[Any]", body)
    return earlier if isinstance(parts[0], list) else len(parts) < 3


def _of_type(lines: Sequence[Line], kind: type[Kind]) -> Iterator[Kind]:
    return (line for line in lines if isinstance(line, kind))
