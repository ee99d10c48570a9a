"""What one browser of a trace did, in order."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Final, TypeVar

from e2e.review.traces.events import (
    After,
    Before,
    Circumstances,
    ConsoleMessage,
    DomSnapshot,
    FrameSnapshot,
    Happened,
    Line,
    LoadedResource,
    Options,
    PagePicture,
    TraceExchange,
    TracePart,
    Tree,
)
from e2e.review.traces.markup import Markup
from e2e.review.traces.shots import PageShots

_UNNAMED: Final = re.compile(r"^(?:about|blob|data|chrome|chrome-extension):")

_TAKEN: Final = attrgetter("timestamp")
_ASKED: Final = attrgetter("time")

Kind = TypeVar("Kind", bound=TracePart)


@dataclass(frozen=True)
class Browser:
    """The lines of a trace, sorted by their kind. Times are in milliseconds.

    Attributes:
        opened: when it was opened, since 1970.
        errors: the errors of its pages, with the time.
        happened: what else happened to its pages, in order.
    """

    opened: float
    actions: Sequence[Before]
    ends: Mapping[str, After]
    snapshots: Sequence[DomSnapshot]
    trees: Sequence[Tree]
    pictures: Sequence[PagePicture]
    exchanges: Sequence[TraceExchange]
    errors: Sequence[tuple[float, str]]
    happened: Sequence[Happened]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "Browser":
        """The browser of these lines."""
        options = next(_of_type(lines, Options))
        actions = {action.call_id: action for action in reversed([*_of_type(lines, Before)])}
        exchanges = (line.snapshot for line in _of_type(lines, LoadedResource))
        complaints = [
            (line.time, line.complaint) for kind in (ConsoleMessage, Happened) for line in _of_type(lines, kind)
        ]
        return cls(
            opened=options.wall_time,
            actions=sorted(actions.values(), key=lambda action: action.start_time),
            ends={end.call_id: end for end in _of_type(lines, After)},
            snapshots=[line.snapshot for line in _of_type(lines, FrameSnapshot)],
            trees=[*_of_type(lines, Tree)],
            pictures=[*_of_type(lines, PagePicture)],
            exchanges=sorted(
                (exchange for exchange in exchanges if not _UNNAMED.match(exchange.request.url)),
                key=lambda exchange: exchange.time,
            ),
            errors=sorted((time, text) for time, text in complaints if text),
            happened=sorted(_of_type(lines, Happened), key=lambda happened: happened.time),
        )

    @cached_property
    def own(self) -> list[Before]:
        """The actions that are not part of another one."""
        known = {action.call_id for action in self.actions}
        return [action for action in self.actions if action.parent_id not in known]

    def parts(self, action: Before) -> list[Before]:
        """The actions within one, at any depth, and itself."""
        found = [action]
        for known in found:
            found += self._parts.get(known.call_id, ())
        return sorted(found, key=lambda part: part.start_time)

    def main_snapshots(self, since: float, until: float) -> Sequence[DomSnapshot]:
        """The snapshots of whole pages taken later than ``since``, and not later than ``until``."""
        return self._main[bisect_right(self._main, since, key=_TAKEN) : bisect_right(self._main, until, key=_TAKEN)]

    def navigations(self, since: float, until: float) -> Sequence[TraceExchange]:
        """The pages requested later than ``since``, and not later than ``until``. Of redirects, the last one."""
        return self._pages[bisect_right(self._pages, since, key=_ASKED) : bisect_right(self._pages, until, key=_ASKED)]

    def requests(self, since: float, until: float) -> Sequence[TraceExchange]:
        """All requests from ``since`` to before ``until``."""
        asked = self.exchanges
        return asked[bisect_left(asked, since, key=_ASKED) : bisect_left(asked, until, key=_ASKED)]

    def events(self, method: str, since: float, until: float) -> list[Circumstances]:
        """What happened in this way from ``since`` to before ``until``."""
        happened = self.happened
        found = happened[bisect_left(happened, since, key=_ASKED) : bisect_left(happened, until, key=_ASKED)]
        return [event.params for event in found if event.method == method]

    def seen_before(self, action: Before) -> DomSnapshot | None:
        """The first snapshot of a whole page that was taken before an action."""
        return self._before_actions.get(action.call_id)

    def markup(self, shot: DomSnapshot) -> tuple[Markup, int]:
        """All snapshots of the frame of ``shot``, which is one of ``snapshots``, and its number among them."""
        return self._markups[id(shot)]

    @cached_property
    def page_shots(self) -> PageShots[DomSnapshot]:
        """The snapshots of whole pages."""
        return PageShots(snapshot for snapshot in self.snapshots if snapshot.is_main_frame)

    @cached_property
    def page_trees(self) -> PageShots[Tree]:
        """The accessibility trees of pages."""
        return PageShots(self.trees)

    @cached_property
    def page_pictures(self) -> PageShots[PagePicture]:
        """The pictures of pages."""
        return PageShots(self.pictures)

    @cached_property
    def _parts(self) -> dict[str, list[Before]]:
        found: dict[str, list[Before]] = {}
        for action in self.actions:
            if action.parent_id:
                found.setdefault(action.parent_id, []).append(action)
        return found

    @cached_property
    def _main(self) -> list[DomSnapshot]:
        shown = (snapshot for snapshot in self.snapshots if snapshot.is_main_frame)
        return sorted((snapshot for snapshot in shown if not _UNNAMED.match(snapshot.frame_url)), key=_TAKEN)

    @cached_property
    def _before_actions(self) -> dict[str, DomSnapshot]:
        return {shot.call_id: shot for shot in reversed(self._main) if shot.is_before}

    @cached_property
    def _markups(self) -> dict[int, tuple[Markup, int]]:
        frames: dict[str, list[DomSnapshot]] = defaultdict(list)
        for snapshot in self.snapshots:
            frames[snapshot.frame_id].append(snapshot)
        markups = map(Markup, frames.values())
        return {id(shot): (markup, number) for markup in markups for number, shot in enumerate(markup.snapshots)}

    @cached_property
    def _pages(self) -> list[TraceExchange]:
        main = {snapshot.frame_id for snapshot in self.snapshots if snapshot.is_main_frame}
        first: dict[str, str] = {}
        for exchange in self.exchanges:
            first.setdefault(exchange.pageref, exchange.frame)
        return [
            exchange
            for exchange in self.exchanges
            if exchange.kind == "document"
            and exchange.response.status // 100 != 3
            and (exchange.frame in main or exchange.frame == first[exchange.pageref])
        ]


def _of_type(lines: Sequence[Line], kind: type[Kind]) -> Iterator[Kind]:
    return (line for line in lines if isinstance(line, kind))
