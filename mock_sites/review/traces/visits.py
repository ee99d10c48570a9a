"""The steps of a trace: its groups or, if there are none, runs of one page and address."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from math import inf
from typing import Final, NamedTuple

from mock_sites.review.traces.browser import GROUP, Browser, Look
from mock_sites.review.traces.events import Before
from mock_sites.review.traces.har import TraceExchange

MOST_STEPS: Final = 1_000

READING: Final = {"evalOnSelector", "evaluateExpression"}
"""Methods that may lead to another page, but mostly read."""

FILLING: Final = {"check", "fill", "keyboardType", "selectOption", "setInputFiles", "type", "uncheck"}
"""Inputs that may lead to another page, but mostly stay."""

LEADING: Final = READING | {
    "check",
    "click",
    "dblclick",
    "dispatchEvent",
    "dragAndDrop",
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
"""Methods that may lead to another page. All others only read or wait, unless a page was seen at their input."""


class Place(NamedTuple):
    """A page and its address; both are empty if none was open."""

    page: str = ""
    address: str = ""


@dataclass
class TraceStep:
    """A step of a trace. Times are in milliseconds.

    Attributes:
        title: the name of the group; empty if it is not a group.
        place: where it ends.
        since: when its first action gave its input; what pages did before that belongs to earlier steps.
        came: when its document was asked for, if its first action only reads, at any moment before that; or else
            ``since``. Only what leads to its page is its own before that.
        own: its actions.
        entered: whether the first action led to its page, so that it began on another one.
        until: when the next step began, likewise.
        left: the looks at its page at the input that left it.
    """

    title: str
    place: Place
    since: float
    came: float
    own: list[Before] = field(default_factory=list[Before])
    entered: bool = False
    until: float = inf
    left: Sequence[Look] = ()

    def looks(self, browser: Browser) -> Iterator[tuple[int, Look]]:
        """What was seen of its page, or of all pages in a group: in order, each with the number of inputs before it."""
        inputs = 0
        for number, action in enumerate(self.own):
            looks = browser.looks(action)
            gives = is_input(action, looks)
            for look in looks:
                came = self.entered and not number and look.moment != "after"
                if not came and self._shows(look):
                    yield inputs + (gives and look.moment == "after"), look
            inputs += gives
        yield from ((inputs, look) for look in self.left)

    def inputs(self, browser: Browser) -> Iterator[int]:
        """The places of inputs among the actions that are compared."""
        return (number for number, action in enumerate(self.compared) if is_input(action, browser.looks(action)))

    @property
    def compared(self) -> list[Before]:
        """Its actions that every version of Playwright records."""
        return [action for action in self.own if action.is_compared]

    def _shows(self, look: Look) -> bool:
        return bool(self.title) or self.is_at(look)

    def is_at(self, look: Look) -> bool:
        """Whether a look is at the place where the step ends."""
        return look.page == self.place.page and look.url in {"", self.place.address}


@dataclass
class _Stretch:
    """Actions on a page, from one that may lead elsewhere to before the next one. Its address is that of its end.

    Attributes:
        led: whether it begins with such an action. If not, the page was turned to.
        since: when its first action gave its input.
        gave: whether that is known: it is an input, and no action that mostly reads.
    """

    page: str
    since: float
    led: bool = False
    actions: list[Before] = field(default_factory=list[Before])
    gave: bool = False

    @property
    def may_lead_later(self) -> bool:
        """Whether another page may be seen only while other actions, which read, are under way."""
        return self.actions[0].method not in FILLING

    @property
    def only_reads_on(self) -> bool:
        """Whether no action follows its first one, or such as only read."""
        return all(action.method in READING for action in self.actions[1:] if action.is_compared)


def find_steps(browser: Browser) -> list[TraceStep]:
    """The steps in order."""
    found: list[TraceStep] = []
    parts = [(is_group, [*part]) for is_group, part in groupby(browser.own, key=lambda action: action.method == GROUP)]
    for (is_group, actions), (_is_group, later) in pairwise([*parts, (False, [])]):
        until = later[0].start_time if later else inf
        found += [_group(browser, action) for action in actions] if is_group else _visits(browser, actions, until)
    for step, following in pairwise(found):
        step.until = following.since
        first = following.own[0] if following.own else None
        if first and is_input(first, browser.looks(first)):
            step.left = [look for look in _before(browser, first) if step.is_at(look)]
    return _with_unattended(browser, found)


def is_input(action: Before, looks: Iterable[Look]) -> bool:
    """Whether an action can change the page at a moment that is known."""
    return action.is_compared and (action.method in LEADING - READING or any(look.moment == "action" for look in looks))


def _group(browser: Browser, group: Before) -> TraceStep:
    own = browser.actions_in(group)
    seen = [look for action in own for look in browser.looks(action)]
    asked = browser.documents(None, group.start_time, browser.until(group))
    return TraceStep(group.title, _last(seen, asked) or Place(), group.start_time, group.start_time, own)


def _with_unattended(browser: Browser, steps: Sequence[TraceStep]) -> list[TraceStep]:
    """The steps, with those of tabs that a page opened and in which no action saw a page, after those that opened them.

    The only action on such a tab is the one that closes it.
    """
    attended = {look.page for step in steps for action in step.own for look in browser.looks(action)}
    attended |= {step.place.page for step in steps}
    opened: list[tuple[int, TraceStep]] = []
    for event in browser.happened:
        page = event.params.page_id if event.params.opener_page_id else ""
        place = _last((), browser.documents(page)) if page not in attended else None
        if place:
            number = bisect_right(steps, event.time, key=lambda step: step.since)
            ungrouped = [step for step in steps if not step.title]
            closing = [action for step in ungrouped for action in step.own if browser.closed_by(action) == page]
            for step in ungrouped if closing else ():
                step.own = [action for action in step.own if action not in closing]
            opened.append((number, TraceStep("", place, event.time, event.time, closing)))
    parts = [(number, step) for number, step in enumerate(steps, 1)]
    return [step for _number, step in sorted([*parts, *opened], key=lambda item: item[0])]


def _visits(browser: Browser, actions: Sequence[Before], ended: float) -> list[TraceStep]:
    """The steps of actions that are in no group.

    A page may come only after the next action began to read. It is that of the input before, in every run.
    """
    visits: list[TraceStep] = []
    awaited: list[_Stretch] = []
    for stretch, following in pairwise([*_stretches(browser, actions), None]):
        assert stretch
        until = following.since if following else ended
        place = _end(browser, stretch, following, until)
        last = visits[-1] if visits else None
        again = browser.documents(stretch.page, stretch.since, until)
        awaited = _awaited(awaited, stretch)
        if last and (place is None or (place == last.place and not again)):
            last.own += stretch.actions
        elif place:
            late = awaited[:-1] or [stretch]
            earlier = [action for each in awaited[:-1] for action in each.actions]
            since = late[0].since
            came = again[0].time if again and not late[0].gave else since
            visits.append(TraceStep("", place, since, came, [*earlier, *stretch.actions], stretch.led))
            if last and earlier:
                del last.own[-len(earlier) :]
            awaited = []
    return visits


def _awaited(earlier: Sequence[_Stretch], stretch: _Stretch) -> list[_Stretch]:
    """The stretches from an input that has led nowhere yet to this one, if only reads are between; or else none."""
    if stretch.gave:
        return [stretch] if stretch.may_lead_later else []
    last = earlier[-1] if earlier else None
    return [*earlier, stretch] if last and last.page == stretch.page and last.only_reads_on else []


def _stretches(browser: Browser, actions: Sequence[Before]) -> list[_Stretch]:
    found: list[_Stretch] = []
    visited: set[str] = set()
    for action in actions:
        looks = browser.looks(action)
        page = looks[-1].page if looks else _page_asking(browser, action)
        at_input = next((look.time for look in reversed(looks) if look.moment == "action"), None)
        turned = bool(page) and not (found and page == found[-1].page)
        leads = bool(page) and (action.method in LEADING or at_input is not None)
        if turned and (page in visited or at_input is not None):
            found.append(_Stretch(page, action.start_time))
        if turned or leads:
            since = action.start_time if at_input is None else at_input
            found.append(_Stretch(page, since, leads, [action], gave=action.method not in READING))
        elif found:
            found[-1].actions.append(action)
        visited.add(page)
    return found


def _page_asking(browser: Browser, action: Before) -> str:
    """The page that an action makes ask for a document first, if no page was seen; empty if it makes none."""
    if action.method not in LEADING:
        return ""
    asked = browser.documents(None, action.start_time, browser.until(action))
    return asked[0].pageref if asked else ""


def _end(browser: Browser, stretch: _Stretch, following: _Stretch | None, until: float) -> Place | None:
    """The page of a stretch, and its address at the end: that at the next input or, without one, the last one known."""
    seen = [look for action in stretch.actions for look in browser.looks(action)]
    if following and following.page == stretch.page:
        # An action that waits may end after the next one began, and then sees where that one led.
        seen = [look for look in seen if look.time < following.since] + _before(browser, following.actions[0])
    return _last(seen, browser.documents(stretch.page, stretch.since, until))


def _before(browser: Browser, action: Before) -> list[Look]:
    """The looks at pages until an action gave its input."""
    return [look for look in browser.looks(action) if look.moment != "after"]


def _last(seen: Sequence[Look], asked: Sequence[TraceExchange]) -> Place | None:
    """The page that was seen or asked for a document last, and its address."""
    places = [(look.time, Place(look.page, look.url)) for look in seen if look.url]
    places += [(document.time, Place(document.pageref, document.request.url)) for document in asked]
    return max(places)[1] if places else None
