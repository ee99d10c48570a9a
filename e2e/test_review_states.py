"""Every page that was seen in a trace is compared: each tab, each state of a page, and what is in frames."""

from pathlib import Path
from typing import Any

from e2e.review.recording import RecordedState, RecordedStep
from e2e.review.traces import read_trace
from fixtures.traces import OPTIONS, Lines, action, asked, seen, write

HOME, NEWS, ADS = "http://localhost:8123/", "http://localhost:8123/news", "http://localhost:8123/ads"


def page(*parts: Any) -> Any:
    return ["HTML", {}, ["BODY", {}, *parts]]


def titled(text: str) -> Any:
    return page(["H1", {}, text])


def click(call: int, at: float, url: str, html: Any, later: Any = None, *, tab: int = 1) -> Lines:
    """A click on a page, and what the page is after it: the same, if nothing else is given."""
    shots = [
        seen(call, at + moment, phase, url, shown, tab=tab)
        for moment, phase, shown in ((1, "before", html), (5, "action", html), (9, "after", later or html))
    ]
    begun, ended = action(call, at, "click", params={"selector": f"button >> nth={call}"})
    return [begun, *shots, ended]


def opened(at: float, tab: int) -> dict[str, Any]:
    """The first page opens another one."""
    params = {"pageId": f"p{tab}", "openerPageId": "p1"}
    return {"type": "event", "time": at, "class": "BrowserContext", "method": "page", "params": params}


def go(call: int, at: float, url: str, html: Any) -> tuple[Lines, Lines]:
    begun, ended = action(call, at, "goto", params={"url": url})
    return [begun, seen(call, at + 9, "after", url, html), ended], [asked(at + 1, "GET", url)]


def read(file: Path, shown: Lines, network: Lines) -> tuple[RecordedStep, ...]:
    return read_trace(write(file, [OPTIONS, *shown], network)).steps


def heading(seen: RecordedStep | RecordedState) -> str:
    return seen.tree.split('"')[1]


def test_each_tab_and_the_return_to_an_earlier_one_is_a_step_with_its_own_requests(tmp_path: Path) -> None:
    shown, network = go(1, 10, HOME, titled("Home"))
    shown += [*click(2, 30, HOME, titled("Home")), opened(36, 2), *click(3, 50, NEWS, titled("News"), tab=2)]
    shown += click(4, 70, HOME, titled("Signed in"))
    network += [asked(37, "GET", NEWS, tab=2), asked(58, "GET", f"{HOME}late", kind="fetch")]

    steps = read(tmp_path / "tabs.zip", shown, network)

    assert [(step.tab, step.actor, step.url, len(step.actions)) for step in steps] == [
        (1, "page 1", HOME, 2),
        (2, "page 2", NEWS, 1),
        (1, "page 1", HOME, 1),
    ]
    assert [[request.url for request in step.requests] for step in steps] == [[HOME, f"{HOME}late"], [NEWS], []]
    assert [step.tree for step in steps] == [
        f'- heading "{text}" [level=1]\n' for text in ("Home", "News", "Signed in")
    ]


def test_a_tab_that_was_opened_and_left_alone_is_a_step(tmp_path: Path) -> None:
    shown, network = go(1, 10, HOME, titled("Home"))
    shown += [*click(2, 30, HOME, titled("Home")), opened(36, 2), *click(3, 50, HOME, titled("Home"), tab=1)]
    network += [asked(37, "GET", ADS, tab=2)]

    steps = read(tmp_path / "tabs.zip", shown, network)

    assert [(step.tab, step.url) for step in steps] == [(1, HOME), (2, ADS)]


def test_a_page_that_is_seen_late_belongs_to_its_own_address(tmp_path: Path) -> None:
    """On a slow machine a click returns while the page before is still there."""
    for late in (False, True):
        shown, network = go(1, 10, HOME, titled("Home"))
        there = click(2, 30, HOME, titled("Home"))
        there[3] = seen(2, 39, "after", HOME if late else NEWS, titled("Home" if late else "News"))
        shown += [*there, *click(3, 50, NEWS, titled("News"))]
        if late:
            shown[-5 + 1] = seen(3, 51, "before", HOME, titled("Home"))
        network += [asked(52 if late else 36, "GET", NEWS)]

        steps = read(tmp_path / "any.zip", shown, network)

        assert [(step.url, heading(step), len(step.actions), len(step.requests)) for step in steps] == [
            (HOME, "Home", 1, 1),
            (NEWS, "News", 2, 1),
        ], late


def test_the_states_of_a_page_are_kept_each_with_the_inputs_before_it(tmp_path: Path) -> None:
    shown, network = go(1, 10, HOME, titled("Loading"))
    shown += click(2, 30, HOME, titled("One"))
    shown += click(3, 50, HOME, titled("One"), titled("Two"))

    [step] = read(tmp_path / "any.zip", shown, network)

    assert step.inputs == (0, 1, 2)
    assert [(state.inputs, state.tree.split('"')[1]) for state in step.states] == [
        (1, "Loading"),
        (1, "One"),
        (3, "Two"),
    ]
    assert step.states[-1].tree == step.tree


def test_the_content_of_frames_is_in_the_tree_at_any_depth(tmp_path: Path) -> None:
    def frame(name: str, title: str) -> Any:
        return ["IFRAME", {"src": f"/snapshot/{name}" if name else "", "title": title}]

    shown, network = go(1, 10, HOME, page(["H1", {}, "Home"], frame("outer", "one"), ["P", {}, "End"]))
    # The inner frame is not named yet when the outer one is seen.
    inside = [
        seen(1, 19, "after", NEWS, page(["P", {}, "Outer"], frame("", "two")), frame="outer"),
        seen(1, 19, "after", ADS, page(["P", {}, "Inner"]), frame="inner"),
    ]

    [step] = read(tmp_path / "any.zip", [*shown, *inside], network)

    assert step.tree.splitlines() == [
        '- heading "Home" [level=1]',
        '- iframe "one":',
        "  - paragraph: Outer",
        '  - iframe "two":',
        "    - paragraph: Inner",
        "- paragraph: End",
    ]
