"""What one browser of a trace did, in order."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeVar

from e2e.review.traces.events import (
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
    TraceExchange,
    TracePart,
    Tree,
)

_UNNAMED: Final = re.compile(r"^(?:about|blob|data|chrome|chrome-extension):")

Kind = TypeVar("Kind", bound=TracePart)
Timed = TypeVar("Timed")


@dataclass(frozen=True)
class Browser:
    """The lines of a trace, sorted by their kind. Times are in milliseconds.

    Attributes:
        opened: when it was opened, since 1970.
        errors: the errors of its pages, with the time.
    """

    opened: float
    actions: Sequence[Before]
    ends: Mapping[str, After]
    snapshots: Sequence[DomSnapshot]
    trees: Sequence[Tree]
    pictures: Sequence[PagePicture]
    exchanges: Sequence[TraceExchange]
    errors: Sequence[tuple[float, str]]

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
        """The snapshots of whole pages taken in a time."""
        return _between(self._main, self._main_times, since, until)

    def navigations(self, since: float, until: float) -> Sequence[TraceExchange]:
        """The pages that were requested in a time. Of a chain of redirects, the last one."""
        return _between(self._pages, self._page_times, since, until)

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
        return sorted(
            (snapshot for snapshot in shown if not _UNNAMED.match(snapshot.frame_url)),
            key=lambda snapshot: snapshot.timestamp,
        )

    @cached_property
    def _main_times(self) -> list[float]:
        return [snapshot.timestamp for snapshot in self._main]

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

    @cached_property
    def _page_times(self) -> list[float]:
        return [exchange.time for exchange in self._pages]


def _of_type(lines: Sequence[Line], kind: type[Kind]) -> Iterator[Kind]:
    return (line for line in lines if isinstance(line, kind))


def _between(found: Sequence[Timed], times: Sequence[float], since: float, until: float) -> Sequence[Timed]:
    """What is later than ``since``, and not later than ``until``."""
    return found[bisect_right(times, since) : bisect_right(times, until)]
