"""The steps of a trace: its groups or, if there are none, the visited pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from typing import Final

from e2e.review.traces.browser import Browser
from e2e.review.traces.events import Before
from e2e.review.traces.shots import PageShots, Shot

MOST_STEPS: Final = 1_000

GROUP: Final = "tracingGroup"

LEADING: Final = {
    "check",
    "click",
    "dblclick",
    "dispatchEvent",
    "dragAndDrop",
    "evalOnSelector",
    "evaluateExpression",
    "fill",
    "goBack",
    "goForward",
    "goto",
    "keyboardDown",
    "keyboardPress",
    "keyboardType",
    "keyboardUp",
    "mouseClick",
    "mouseDown",
    "mouseUp",
    "press",
    "reload",
    "selectOption",
    "setContent",
    "setInputFiles",
    "tap",
    "touchscreenTap",
    "type",
    "uncheck",
}
"""The methods that may lead to another page. All others only read or wait."""

Place = tuple[str, str]
"""A page and its address."""


@dataclass
class TraceStep:
    """A step of a trace.

    Attributes:
        title: the name of the group; empty if it is not a group.
        place: the page it ends on, and its address; empty if none was open.
        began: when it began, and in ``ended``, when the next one did.
        leaving: the first action of the next step. The last page before it is the end of this step.
    """

    title: str
    began: float
    ended: float = inf
    place: Place = ("", "")
    own: list[Before] = field(default_factory=list[Before])
    leaving: str = ""

    def seen_in(self, shots: PageShots[Shot]) -> list[Shot]:
        """What was seen of its page, in this step or when it was left."""
        return shots.between(self.place[0], self.began, self.ended, self.leaving)


def find_visits(browser: Browser) -> list[TraceStep]:
    """The steps in order. A step is the way to a page and the actions on it."""
    visits: list[TraceStep] = []
    for action, until in _with_ends(browser.own):
        place = _place(browser, action.start_time, until)
        if action.method == GROUP:
            visits.append(TraceStep(action.title, action.start_time))
        elif not visits or visits[-1].title:
            if place is None:
                continue
            visits.append(TraceStep("", action.start_time))
        elif place and (place != visits[-1].place or browser.navigations(action.start_time, until)):
            _leave(visits, _came_about(browser, action, visits[-1].place))
        visits[-1].own.append(action)
        if place:
            visits[-1].place = place
    for visit, following in pairwise(visits):
        visit.ended, visit.leaving = following.began, following.own[0].call_id
    return visits


def _leave(visits: list[TraceStep], by_this_one: Before | None) -> None:
    """Begin another visit: with the next action, or with the last one that can have led there.

    When a page disappears is a race: it may be seen at the action that led away, or at later ones that wait.
    """
    own = visits[-1].own
    if by_this_one:
        visits.append(TraceStep("", by_this_one.start_time))
        return
    leading = max((place for place, action in enumerate(own) if action.method in LEADING), default=0)
    if leading:
        visits[-1].own, moved = own[:leading], own[leading:]
        visits.append(TraceStep("", moved[0].start_time, own=moved))


def _came_about(browser: Browser, action: Before, place: Place) -> Before | None:
    """``action``, if it can have left a place: its method can do that, and it began there."""
    if action.method not in LEADING:
        return None
    before = browser.seen_before(action)
    return action if before is None or (before.page_id, before.frame_url) == place else None


def _with_ends(actions: Sequence[Before]) -> Iterator[tuple[Before, float]]:
    """Each action, and when the next one begins."""
    for action, following in pairwise([*actions, None]):
        assert action
        yield action, following.start_time if following else inf


def _place(browser: Browser, since: float, until: float) -> Place | None:
    """The page that was last seen or asked for in a time, and its address."""
    seen, asked = browser.main_snapshots(since, until), browser.navigations(since, until)
    if asked and (not seen or seen[-1].timestamp < asked[-1].time):
        return asked[-1].pageref, asked[-1].request.url
    return (seen[-1].page_id, seen[-1].frame_url) if seen else None
