"""What pages asked for and complained about, by the steps of a trace."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from mock_sites.review.traces.browser import Browser, Complaint
from mock_sites.review.traces.events import Happened
from mock_sites.review.traces.har import TraceExchange
from mock_sites.review.traces.visits import TraceStep


@dataclass(frozen=True)
class Traffic:
    """The requests and the errors of each step and what else happened, by the place of the step."""

    requests: Mapping[int, Sequence[TraceExchange]]
    errors: Mapping[int, Sequence[Complaint]]
    events: Mapping[int, Sequence[Happened]]

    @classmethod
    def of(cls, browser: Browser, steps: Sequence[TraceStep]) -> "Traffic":
        """What happened on a page belongs to a step of that page, even if another page was acted on meanwhile."""
        owners = _Owners(steps)
        requests: dict[int, list[TraceExchange]] = defaultdict(list)
        errors: dict[int, list[Complaint]] = defaultdict(list)
        events: dict[int, list[Happened]] = defaultdict(list)
        for exchange in browser.exchanges:
            leads = exchange.kind == "document"
            requests[owners.at(exchange.pageref, exchange.time, leads=leads)].append(exchange)
        for error in browser.errors:
            errors[owners.at(error.page, error.time)].append(error)
        for event in browser.happened:
            events[owners.at(event.page_id or event.params.page_id, event.time)].append(event)
        return cls(requests, errors, events)


class _Owners:
    """Finds the step to which something on a page belongs."""

    def __init__(self, steps: Sequence[TraceStep]) -> None:
        """Groups may see several pages, so with groups only the time counts."""
        self._steps = steps
        self._of_page: dict[str, list[int]] = defaultdict(list)
        if not any(step.title for step in steps):
            for number, step in enumerate(steps):
                self._of_page[step.place.page].append(number)

    def at(self, page: str, time: float, *, leads: bool = False) -> int:
        """The last step of the page that had begun, or else its first one; if it has none, the last of all.

        ``leads``: whether it may lead to the page, as documents and their redirects do.
        """
        numbers = self._of_page.get(page, range(len(self._steps)))
        begins = attrgetter("since" if leads else "came")
        place = bisect_right(numbers, time, key=lambda number: begins(self._steps[number]))
        return numbers[max(place - 1, 0)]
