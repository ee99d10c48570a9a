"""The steps of a trace: runs of one address in one tab, also where the machine was slow."""

from pathlib import Path
from typing import Any, Final

import pytest

from e2e.support.visits import HOME, NEWS, click, go, heading, read, read_on, titled
from fixtures.traces import BODY, OPTIONS, PAID, SHOP, Lines, action, asked, seen, write
from mock_sites.review.comparing.compare import compare
from mock_sites.review.traces.trace import read_trace

ADS: Final = "http://localhost:8123/ads"


def opened(at: float, tab: int) -> dict[str, Any]:
    """The first page opens another one."""
    params = {"pageId": f"p{tab}", "openerPageId": "p1"}
    return {"type": "event", "time": at, "class": "BrowserContext", "method": "page", "params": params}


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


@pytest.mark.parametrize("read_at", [40, 70])
def test_what_a_page_does_before_it_is_left_is_its_own_whenever_an_action_begins_to_read(
    tmp_path: Path, read_at: float
) -> None:
    shown, network = go(1, 10, HOME, titled("Home"))
    says = {"type": "console", "messageType": "error", "text": "broken", "time": 60, "pageId": "p1"}
    shown += [says, *read_on(2, read_at, (HOME, "Home"), (HOME, "Home again"))]
    network += [asked(55, "GET", f"{HOME}poll", kind="fetch"), asked(75, "GET", HOME)]

    first, again = read(tmp_path / "reads.zip", shown, network)

    assert (first.console, again.console) == (("broken",), ())
    assert [[request.url for request in step.requests] for step in (first, again)] == [[HOME, f"{HOME}poll"], [HOME]]


def test_steps_have_ids_of_their_own_whatever_their_addresses(tmp_path: Path) -> None:
    shown: Lines = []
    network: Lines = []
    for call, path in enumerate(("news", "news/2", "news"), 1):
        there = go(call, 20 * call, f"{HOME}{path}", titled(path))
        shown += there[0]
        network += there[1]

    ids = [step.id for step in read(tmp_path / "any.zip", shown, network)]

    assert len(set(ids)) == 3


def test_a_tab_that_was_opened_and_only_closed_is_a_step_with_its_end(tmp_path: Path) -> None:
    shown, network = go(1, 10, HOME, titled("Home"))
    shown += [*click(2, 30, HOME, titled("Home")), opened(36, 2), *click(3, 50, HOME, titled("Home"), tab=1)]
    closed = {
        "type": "event",
        "time": 75,
        "class": "BrowserContext",
        "method": "pageClosed",
        "params": {"pageId": "p2"},
    }
    shown += [*action(4, 70, "close", **{"class": "Page"}), closed]
    network += [asked(37, "GET", ADS, tab=2)]

    steps = read(tmp_path / "tabs.zip", shown, network)

    assert [(step.tab, step.url) for step in steps] == [(1, HOME), (2, ADS)]
    assert [[action for action in step.actions if action == "close"] for step in steps] == [[], ["close"]]


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


def test_what_an_action_sees_that_ends_after_a_later_one_led_elsewhere_is_not_its_page(tmp_path: Path) -> None:
    waits, waited = action(2, 30, "waitForEventInfo")
    shown = [
        OPTIONS,
        *action(1, 10, "goto", params={"url": SHOP}),
        seen(1, 19, "after", SHOP, BODY),
        waits,
        *action(3, 32, "evaluateExpression"),
        seen(3, 33, "before", SHOP, BODY),
        {**waited, "endTime": 60},
        seen(2, 61, "after", PAID, BODY),
    ]

    steps = read_trace(write(tmp_path / "a.zip", shown, [asked(11, "GET", SHOP), asked(40, "GET", PAID)])).steps

    assert [step.url for step in steps] == [SHOP, PAID]


def route(file: Path, *, seen_while_reading: bool, reads: int = 2, news: str = "News", first: str = "click") -> Path:
    """An input that leads to other news without a document; they are seen at once or while a script reads."""
    shown, network = go(1, 10, HOME, titled("Home"))
    late = [(HOME, "Home")] * 2 if seen_while_reading else [(NEWS, news)] * 2
    begun, *shots, ended = click(2, 30, HOME, titled("Home"))
    shots[-1] = shots[-1] if seen_while_reading else seen(2, 39, "after", NEWS, titled(news))
    shown += [{**begun, "method": first}, *shots, ended, *read_on(3, 50, *late)]
    for number in range(reads):
        shown += read_on(4 + number, 70 + 20 * number, (NEWS, news), (NEWS, news))
    return write(file / "trip.zip", [OPTIONS, *shown], network)


def test_a_page_that_comes_while_a_script_reads_is_that_of_the_input_before(tmp_path: Path) -> None:
    at_once = route(tmp_path / "1", seen_while_reading=False)
    later = route(tmp_path / "2", seen_while_reading=True, reads=5)
    changed = route(tmp_path / "3", seen_while_reading=True, news="Old news")

    for file in (at_once, later):
        steps = read_trace(file).steps
        assert [(step.url, step.actions[0].partition(" ")[0], heading(step)) for step in steps] == [
            (HOME, "goes", "Home"),
            (NEWS, "click", "News"),
        ]
    assert [change.what for _step, change in compare(read_trace(at_once), read_trace(later))] == []
    found = [(step.url, change.what) for step, change in compare(read_trace(at_once), read_trace(changed))]
    assert found == [(NEWS, "heading “News” is now “Old news”")]


def test_a_script_leads_elsewhere_itself_where_no_input_is_just_before_it(tmp_path: Path) -> None:
    shown, network = go(1, 10, HOME, titled("Home"))
    leads = read_on(3, 70, (HOME, "Home"), (NEWS, "News"))
    waits = read_on(4, 50, (HOME, "Home"), (HOME, "Home"), method="expect", title="Expect")
    for number, lines in enumerate(([], click(2, 30, HOME, titled("Home")) + waits)):
        file = write(tmp_path / f"{number}.zip", [OPTIONS, *shown, *lines, *leads], network)

        assert [step.actions for step in read_trace(file).steps][-1] == ("evaluateExpression",)
    filled = read_trace(route(tmp_path, seen_while_reading=True, first="fill"))
    assert [step.actions[0] for step in filled.steps][-1] == "evaluateExpression"


def test_what_happens_in_another_tab_moves_no_action_there(tmp_path: Path) -> None:
    shown, network = go(1, 10, HOME, titled("Home"))
    begun, ended = action(3, 50, "evaluateExpression")
    reads = [begun, *(seen(3, at, phase, ADS, titled("Ads"), tab=2) for at, phase in ((51, "before"), (59, "after")))]
    shown += [*click(2, 30, HOME, titled("Home")), opened(36, 2), *reads, ended]

    steps = read(tmp_path / "tabs.zip", shown, network)

    assert [(step.tab, step.url, len(step.actions)) for step in steps] == [(1, HOME, 2), (2, ADS, 1)]


def test_another_tab_of_the_same_address_is_not_seen_in_a_step(tmp_path: Path) -> None:
    shown, network = go(1, 10, HOME, titled("Home"))
    there = click(2, 30, HOME, titled("Home"), tab=2)
    shown += [opened(20, 2), *there[:-1], seen(2, 37, "after", HOME, titled("Other")), there[-1]]

    steps = read(tmp_path / "tabs.zip", shown, network)

    assert [(step.tab, {heading(state) for state in step.states}) for step in steps] == [(1, {"Home"}), (2, {"Home"})]


def test_a_page_that_is_never_seen_is_that_of_its_request(tmp_path: Path) -> None:
    goes = action(1, 10, "goto", params={"url": HOME})
    waits = action(2, 30, "expect", title="Expect")
    network = [asked(11, "GET", HOME), asked(35, "GET", ADS, tab=2)]

    steps = read(tmp_path / "tabs.zip", [*goes, opened(31, 2), *waits], network)

    assert [(step.tab, step.url, len(step.actions)) for step in steps] == [(1, HOME, 2), (2, ADS, 0)]


@pytest.mark.parametrize(
    ("method", "message", "expected"),
    [
        ("evaluateExpression", "Execution context was destroyed, most likely because of a navigation", None),
        ("evaluateExpression", "Error: no such thing", "evaluateExpression: Error: no such thing"),
        ("click", "Execution context was destroyed", "click: Execution context was destroyed"),
    ],
)
def test_a_read_that_a_navigation_interrupts_is_no_failure(
    method: str, message: str, expected: str | None, tmp_path: Path
) -> None:
    shown, network = go(1, 10, HOME, titled("Home"))
    begun, *shots, ended = read_on(2, 30, (HOME, "Home"), (HOME, "Home"), method=method)
    failed = {**ended, "error": {"message": message}}

    [step] = read(tmp_path / "trip.zip", [*shown, begun, *shots, failed], network)

    assert step.error == expected
