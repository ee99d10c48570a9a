"""What was seen of pages, found by page and time without looking through all of it."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from operator import attrgetter
from typing import Generic, TypeVar

from e2e.review.traces.events import PageSnapshot

Shot = TypeVar("Shot", bound=PageSnapshot)

_TIME = attrgetter("timestamp")


class PageShots(Generic[Shot]):
    """Snapshots, trees or pictures of the pages of a browser."""

    def __init__(self, shots: Iterable[Shot]) -> None:
        """Sort ``shots`` by page and time."""
        self._of_page: dict[str, list[Shot]] = defaultdict(list)
        self._before_action: dict[str, list[Shot]] = defaultdict(list)
        for shot in sorted(shots, key=_TIME):
            self._of_page[shot.page_id].append(shot)
            if shot.is_before:
                self._before_action[shot.call_id].append(shot)

    def between(self, page: str, since: float, until: float, leaving: str) -> list[Shot]:
        """Those of a page from ``since`` to before ``until``, and those that show it before the action ``leaving``."""
        shots = self._of_page.get(page, [])
        found = shots[bisect_left(shots, since, key=_TIME) : bisect_left(shots, until, key=_TIME)]
        left = (shot for shot in self._before_action.get(leaving, ()) if shot.page_id == page)
        return found + [shot for shot in left if not since <= shot.timestamp < until]
