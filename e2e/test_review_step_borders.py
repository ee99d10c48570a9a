"""Where the steps of a trace begin and end: tabs that are turned to, pages that come late, and pages never seen."""

from pathlib import Path
from typing import Any, Final

import pytest

from e2e.support.visits import HOME, NEWS, click, go, heading, read, titled
from fixtures.traces import OPTIONS, Lines, action, asked, seen, write
from mock_sites.review.comparing.compare import compare
from mock_sites.review.errors import NoPageError
from mock_sites.review.recording import RecordedStep
from mock_sites.review.traces.trace import read_trace

ADS: Final = "http://localhost:8123/ads"

Steps = tuple[RecordedStep, ...]


def opened(at: float, tab: int, opener: str = "p1") -> dict[str, Any]:
    params = {"pageId": f"p{tab}", "openerPageId": opener}
    return {"type": "event", "time": at, "class": "BrowserContext", "method": "page", "params": params}


def at(call: int, time: float, method: str, *shots: tuple[float, str, str, str], tab: int = 1, **more: Any) -> Lines:
    """An action with what is seen at it: when, at which moment, an address and a text."""
    begun, ended = action(call, time, method, **more)
    return [begun, *(seen(call, when, phase, url, titled(text), tab=tab) for when, phase, url, text in shots), ended]


def borders(steps: Steps) -> list[tuple[int, str, int]]:
    """The tab, the address and the number of actions of each step."""
    return [(step.tab, step.url, len(step.actions)) for step in steps]


def shown(step: RecordedStep) -> list[str]:
    return [heading(state) for state in step.states]


def ads_in_a_tab(call: int = 2, start: float = 30) -> Lines:
    """A tab that the first page opens, and what waits there."""
    return [opened(start, 2), *at(call, start + 5, "expect", (start + 9, "after", ADS, "Ads"), tab=2, title="Expect")]


@pytest.mark.parametrize("method", ["click", "evaluateExpression"])
def test_a_tab_that_is_turned_to_and_left_at_once_is_a_step(method: str, tmp_path: Path) -> None:
    lines, network = go(1, 10, HOME, titled("Home"))
    shots = [(51.0, "before", HOME, "Later"), (55.0, "action", HOME, "Later"), (59.0, "after", NEWS, "News")]
    leaves = at(3, 50, method, *(shot for shot in shots if method == "click" or shot[1] != "action"))

    steps = read(tmp_path / "a.zip", [*lines, *ads_in_a_tab(), *leaves], network)

    assert borders(steps) == [(1, HOME, 1), (2, ADS, 1), (1, HOME, 0), (1, NEWS, 1)]
    assert [shown(step) for step in steps] == [["Home"], ["Ads"], ["Later"] if method == "click" else [], ["News"]]


def test_a_new_tab_that_an_input_leaves_is_a_step_and_what_a_script_sees_before_it_leaves_is_chance(
    tmp_path: Path,
) -> None:
    lines, network = go(1, 10, HOME, titled("Home"))
    lines.append(opened(20, 2))
    clicked = at(2, 30, "click", (35, "action", ADS, "Ads"), (39, "after", NEWS, "News"), tab=2)
    late, early = (
        at(2, 30, "evaluateExpression", (31, "before", url, text), (39, "after", NEWS, "News"), tab=2)
        for url, text in ((ADS, "Ads"), (NEWS, "News"))
    )

    steps = [read(tmp_path / f"{n}.zip", [*lines, *more], network) for n, more in enumerate((clicked, late, early))]

    assert borders(steps[0]) == [(1, HOME, 1), (2, ADS, 0), (2, NEWS, 1)]
    assert borders(steps[1]) == borders(steps[2]) == [(1, HOME, 1), (2, NEWS, 1)]


def test_what_waits_in_a_tab_that_was_seen_before_is_a_step_of_that_tab(tmp_path: Path) -> None:
    lines, network = go(1, 10, HOME, titled("Home"))
    back = at(3, 50, "expect", (59, "after", HOME, "Home"), title="Expect")
    again = [*at(4, 70, "expect", (79, "after", ADS, "Ads"), tab=2, title="Expect")]
    again += at(5, 90, "expect", (99, "after", ADS, "Ads again"), tab=2, title="Expect")
    network.append(asked(92, "GET", ADS, tab=2))

    steps = read(tmp_path / "a.zip", [*lines, *ads_in_a_tab(), *back, *again], network)

    assert borders(steps) == [(1, HOME, 1), (2, ADS, 1), (1, HOME, 1), (2, ADS, 2)]


def test_an_action_is_on_the_page_that_was_seen_last_at_it(tmp_path: Path) -> None:
    lines, network = go(1, 10, HOME, titled("Home"))
    begun, *shots, ended = at(2, 30, "waitForEventInfo", (31, "before", HOME, "Home"))
    popup = [begun, *shots, seen(2, 39, "after", ADS, titled("Ads"), tab=2), ended]

    assert borders(read(tmp_path / "a.zip", [*lines, opened(35, 2), *popup], network))[1][:2] == (2, ADS)


def test_a_page_of_the_same_address_is_a_step_if_it_is_loaded_again_and_has_nothing_of_the_page_before(
    tmp_path: Path,
) -> None:
    lines, network = go(1, 10, HOME, titled("Old"))
    lines += click(2, 30, HOME, titled("Old"), titled("New"))

    first, second = read(tmp_path / "a.zip", lines, [*network, asked(37, "GET", HOME)])

    assert (shown(first), shown(second)) == (["Old"], ["New"])


@pytest.mark.parametrize(
    ("status", "purpose", "expected"),
    [(200, "", 2), (-1, "", 1), (200, "prefetch", 1)],
    ids=["answered", "not", "ahead"],
)
def test_a_page_is_loaded_again_if_it_is_asked_for_by_need_and_answered(
    status: int, purpose: str, expected: int, tmp_path: Path
) -> None:
    lines, network = go(1, 10, HOME, titled("Home"))
    lines += at(2, 30, "evaluateExpression", (31, "before", HOME, "Home"), (39, "after", HOME, "Home"))
    again = asked(35, "GET", HOME, status)
    again["snapshot"]["request"]["headers"] = [{"name": "Sec-Purpose", "value": purpose}]

    assert len(read(tmp_path / "a.zip", lines, [*network, again])) == expected


def test_a_tab_that_only_one_run_has_seen_is_not_called_empty(tmp_path: Path) -> None:
    lines, network = go(1, 10, HOME, titled("Home"))
    lines += [*click(2, 30, HOME, titled("Home")), opened(36, 2)]
    network += [asked(37, "GET", ADS, tab=2)]
    looks = at(3, 50, "title", (51, "before", ADS, "Ads"), tab=2)

    seen_there, unseen = (
        read_trace(write(tmp_path / name / "a.zip", [OPTIONS, *lines, *more], network))
        for name, more in (("1", looks), ("2", []))
    )

    assert [step.whole for step in unseen.steps] == [True, False]
    for pair in ((seen_there, unseen), (unseen, seen_there)):
        assert [change.what for _step, change in compare(*pair)] == []


def test_a_state_that_only_the_input_sees_that_leaves_it_belongs_to_the_step(tmp_path: Path) -> None:
    lines, network = go(1, 10, HOME, titled("Loading"))
    news = asked(36, "GET", NEWS)
    left = {
        "an input": click(2, 30, HOME, titled("Ready"), titled("News")),
        "a script": at(2, 30, "evaluateExpression", (31, "before", HOME, "Ready"), (39, "after", NEWS, "News")),
        "elsewhere": at(2, 30, "click", (31, "before", ADS, "Ads"), (35, "action", HOME, "Ready")),
    }
    left["an input"][3] = seen(2, 39, "after", NEWS, titled("News"))

    found = {name: read(tmp_path / f"{name}.zip", [*lines, *more], [*network, news]) for name, more in left.items()}

    assert {name: shown(steps[0]) for name, steps in found.items()} == {
        "an input": ["Loading", "Ready"],
        # Whether a script sees the page before or after the change is chance.
        "a script": ["Loading"],
        "elsewhere": ["Loading", "Ready"],
    }
    assert [[step.url for step in steps] for steps in found.values()] == [[HOME, NEWS]] * 3


def test_an_address_in_passing_is_neither_a_step_nor_seen_in_one(tmp_path: Path) -> None:
    lines, network = go(1, 10, HOME, titled("Home"))
    lines += at(2, 30, "click", (35, "action", HOME, "Home"), (39, "after", ADS, "Wait"))
    lines += at(3, 50, "expect", (59, "after", NEWS, "News"), title="Expect")

    steps = read(tmp_path / "a.zip", lines, network)

    assert [(step.url, shown(step)) for step in steps] == [(HOME, ["Home"]), (NEWS, ["News"])]


def test_inputs_are_actions_that_every_version_records_and_that_have_their_moment_or_are_known_to_lead(
    tmp_path: Path,
) -> None:
    lines, network = go(1, 10, HOME, titled("Home"))
    lines += at(2, 30, "hover", (35, "action", HOME, "Home"))
    lines += at(3, 50, "evaluateExpression", (59, "after", HOME, "Home"))
    lines += at(4, 70, "press", (79, "after", HOME, "More"), internal=True)
    lines += at(5, 90, "press", (99, "after", HOME, "All"))

    [step] = read(tmp_path / "a.zip", lines, network)

    assert [step.actions[place].partition(" ")[0] for place in step.inputs] == ["goes", "hover", "press"]
    assert [(state.inputs, heading(state)) for state in step.states] == [(1, "Home"), (2, "More"), (3, "All")]


def test_a_hover_leads_elsewhere_at_its_last_moment_of_input(tmp_path: Path) -> None:
    lines, network = go(1, 10, HOME, titled("Home"))
    tried = [(35.0, "action", HOME, "Home"), (41.0, "action", HOME, "Home"), (49.0, "after", NEWS, "News")]
    network += [asked(38, "GET", f"{HOME}before", kind="fetch"), asked(45, "GET", f"{HOME}after", kind="fetch")]

    steps = read(tmp_path / "a.zip", [*lines, *at(2, 30, "hover", *tried)], network)

    assert [[request.url for request in step.requests] for step in steps] == [[HOME, f"{HOME}before"], [f"{HOME}after"]]


def late(*between: Lines, method: str = "press", start: float = 90) -> tuple[Lines, Lines]:
    """An input that leads to the news, which are only seen while a script reads."""
    lines, network = go(1, 10, HOME, titled("Home"))
    lines += at(2, 30, method, (31, "before", HOME, "Home"), (39, "after", HOME, "Home"))
    reads = at(9, start, "evaluateExpression", (start + 1, "before", HOME, "Home"), (start + 9, "after", NEWS, "News"))
    fetch = asked(45, "GET", f"{NEWS}.json", kind="fetch")
    return [*lines, *(line for more in between for line in more), *reads], [*network, fetch]


WAITS: Final = at(4, 70, "expect", (79, "after", HOME, "Home"), title="Expect")
READS: Final = at(3, 50, "evaluateExpression", (51, "before", HOME, "Home"), (59, "after", HOME, "Home"))
INTERNAL: Final = at(5, 80, "expect", internal=True)


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        ((), ["press"]),
        ((READS,), ["press", "evaluateExpression"]),
        ((READS, INTERNAL), ["press", "evaluateExpression"]),
        ((READS, WAITS), []),
    ],
    ids=["at once", "after another script", "after what is not compared", "after what waits"],
)
def test_a_page_that_is_seen_late_begins_at_the_input_before(
    between: tuple[Lines, ...], expected: list[str], tmp_path: Path
) -> None:
    steps = read(tmp_path / "a.zip", *late(*between))

    assert [action.partition(" ")[0] for action in steps[-1].actions] == [*expected, "evaluateExpression"]
    assert [request.url for request in steps[-1].requests] == ([f"{NEWS}.json"] if expected else [])


def test_a_page_that_is_never_seen_is_asked_for_until_the_next_action_on_a_page(tmp_path: Path) -> None:
    lines, network = go(1, 10, HOME, titled("Home"))
    lines += [*click(2, 30, HOME, titled("Home")), *action(3, 50, "press"), *action(4, 60, "waitForTimeout")]

    steps = read(tmp_path / "a.zip", lines, [*network, asked(62, "GET", NEWS)])

    assert borders(steps) == [(1, HOME, 1), (1, NEWS, 3)]


def test_an_action_without_a_page_begins_no_step_and_one_that_asks_first_is_on_the_page_that_does(
    tmp_path: Path,
) -> None:
    lines = [*action(1, 5, "waitForTimeout"), *action(2, 10, "goto", params={"url": HOME})]
    lines += [opened(12, 2), *action(3, 50, "goto", params={"url": NEWS})]

    steps = read(tmp_path / "a.zip", lines, [asked(11, "GET", HOME), asked(13, "GET", ADS, tab=2)])

    assert borders(steps) == [(1, HOME, 2), (2, ADS, 0)]


def test_tabs_that_are_left_alone_follow_the_step_that_opened_them_once(tmp_path: Path) -> None:
    lines, network = go(1, 10, HOME, titled("Home"))
    lines += [*click(2, 30, HOME, titled("Home")), opened(36, 2), opened(37, 4, opener=""), opened(38, 3)]
    lines += [*action(3, 50, "goto", params={"url": NEWS})]
    ends = [(75.0, "action", HOME, "Home"), (79.0, "after", f"{HOME}end", "End")]
    lines += at(4, 70, "click", *ends)
    network += [asked(39, "GET", ADS, tab=2), asked(40, "GET", f"{ADS}/4", tab=4), asked(51, "GET", NEWS, tab=3)]

    steps = read(tmp_path / "a.zip", lines, network)

    assert [step.url for step in steps] == [HOME, ADS, NEWS, HOME, f"{HOME}end"]


def in_tree(call: int) -> dict[str, Any]:
    """What a trace without snapshots has of a page."""
    shot = {"callId": f"c{call}", "phase": "before", "pageId": "p1", "timestamp": call}
    return {"type": "aria-snapshot", **shot, "file": "aria/page.json"}


def test_the_address_of_a_page_without_snapshots_is_that_of_its_request(tmp_path: Path) -> None:
    lines = [*action(1, 10, "click"), in_tree(1), *action(2, 30, "evaluateExpression"), in_tree(2)]
    lines += [*action(3, 50, "click"), in_tree(3)]

    tree = {"aria/page.json": b"[]"}

    [step] = read_trace(write(tmp_path / "a.zip", [OPTIONS, *lines], [asked(35, "GET", HOME)], tree)).steps

    assert (step.url, len(step.actions)) == (HOME, 3)
    with pytest.raises(NoPageError):
        read_trace(write(tmp_path / "b.zip", [OPTIONS, *lines], [], tree))


def grouped(call: int, start: float, title: str, *lines: Lines) -> Lines:
    begun, ended = action(call, start, "tracingGroup", title=title, **{"class": "Tracing"})
    inside = [{**line, "parentId": f"c{call}"} if line["type"] == "before" else line for more in lines for line in more]
    return [begun, *inside, {**ended, "endTime": start + 30}]


def test_a_group_is_a_step_with_all_that_was_seen_in_it_after_what_was_before_it(tmp_path: Path) -> None:
    first = action(1, 10, "goto", params={"url": HOME})
    leaves = at(3, 51, "click", (52, "before", NEWS, "News"), (55, "action", NEWS, "News"), (59, "after", ADS, "Ads"))
    nothing = grouped(4, 90, "Nothing")
    after = at(
        5, 130, "click", (131, "before", HOME, "Home"), (135, "action", ADS, "More ads"), (139, "after", NEWS, "End")
    )

    steps = read(
        tmp_path / "a.zip",
        [*first, *grouped(2, 50, "Leave", leaves), *nothing, *after],
        [asked(11, "GET", HOME), asked(56, "GET", ADS)],
    )

    assert [(step.title.en, step.url) for step in steps][:3] == [("/", HOME), ("Leave", ADS), ("Nothing", "")]
    assert shown(steps[1]) == ["News", "Ads"]


@pytest.mark.parametrize(("address", "expected"), [(HOME, ["Home", "Ready"]), (ADS, ["Home"])])
def test_what_an_input_sees_after_a_group_is_seen_in_it_where_it_ends(
    address: str, expected: list[str], tmp_path: Path
) -> None:
    begins = grouped(1, 10, "Begin", at(2, 11, "goto", (19, "after", HOME, "Home"), params={"url": HOME}))
    leaves = at(3, 50, "press", (51, "before", address, "Ready"), (59, "after", NEWS, "News"))

    first, _second = read(tmp_path / "a.zip", [*begins, *leaves], [asked(12, "GET", HOME)])

    assert shown(first) == expected


def test_an_address_that_no_request_told_ends_a_step_too(tmp_path: Path) -> None:
    lines, network = go(1, 10, HOME, titled("Home"))
    lines[1] = seen(1, 19, "after", f"{HOME}inside", titled("Home"))
    away, asks = go(2, 30, NEWS, titled("News"))

    steps = read(tmp_path / "a.zip", [*lines, *away], [*network, *asks])

    assert [step.url for step in steps] == [f"{HOME}inside", NEWS]
