"""A trace that ends before its last page is seen."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pytest

from e2e.support.visits import HOME, NEWS, click, go, read_on, titled
from fixtures.older_traces import lines
from fixtures.traces import OPTIONS, action, asked, seen, write
from mock_sites.review.causes import group_by_cause
from mock_sites.review.comparing.compare import compare
from mock_sites.review.recording import TEST_ENDS, RecordedStep, Recording
from mock_sites.review.traces.trace import read_trace

NEWS_UNSEEN: Final = "step “/news” is seen in one run only; the other run ends before"
END_UNSEEN: Final = "the end of step “/news” is seen in one run only; the other run ends before"
HOME_UNSEEN: Final = "the end of step “/” is seen in one run only; the other run ends before"


def leave(file: Path, *, cut: bool, asks: bool = True) -> Path:
    """A click that leads to the news, after which nothing waits; they may not have been seen in the end."""
    shown, network = go(1, 10, HOME, titled("Home"))
    begun, *shots, ended = click(2, 30, HOME, titled("Home"))
    shots[-1] = seen(2, 39, "after", *((HOME, titled("Leaving")) if cut else (NEWS, titled("News"))))
    news = [asked(36, "GET", NEWS, kind="fetch"), asked(37, "GET", f"{HOME}a.js", kind="script")]
    return write(file / "trip.zip", [OPTIONS, *shown, begun, *shots, ended], [*network, *(news if asks else [])])


def test_a_trace_that_ends_before_its_last_page_is_seen_is_advice(tmp_path: Path) -> None:
    whole, cut, stays = (
        read_trace(leave(tmp_path / str(number), **how))
        for number, how in enumerate(({"cut": False}, {"cut": True}, {"cut": True, "asks": False}))
    )

    for pair in ((whole, cut), (cut, whole)):
        assert seen_in(*pair) == [(NEWS_UNSEEN, True)]
    assert "step “/news” is gone" in [change.what for _step, change in compare(whole, stays) if not change.advice]


def reload_at_the_end(file: Path, *, loads: bool, seen_after: bool = True, looks_on: bool = False) -> Path:
    """A script that changes the address, another one, and a check, in which the page of this address is loaded.

    ``looks_on``: another check sees the page.
    """
    shown, network = go(1, 10, HOME, titled("Home"))
    shown += read_on(2, 30, (HOME, "Home"), (NEWS, "Home"))
    shown += read_on(3, 50, (NEWS, "Home"), (NEWS, "Home"))
    last = (NEWS, "News" if loads else "Home")
    checked = read_on(4, 70, (NEWS, "Home"), last, method="expect", title='Expect "to_have_url"')
    del checked[2 : 2 if seen_after else 3]
    checked += read_on(5, 90, last, last, method="expect", title='Expect "to_be_visible"') if looks_on else []
    news = [asked(76, "GET", NEWS, 500)] if loads else []
    return write(file / "trip.zip", [OPTIONS, *shown, *checked], [*network, *news])


def test_a_page_that_only_the_last_look_of_one_run_sees_is_advice(tmp_path: Path) -> None:
    loads, stays, unseen, loads_early, stays_on = (
        read_trace(reload_at_the_end(tmp_path / str(number), **how))
        for number, how in enumerate(
            (
                {"loads": True},
                {"loads": False},
                {"loads": False, "seen_after": False},
                {"loads": True, "looks_on": True},
                {"loads": False, "looks_on": True},
            )
        )
    )

    for pair in ((loads, unseen), (unseen, loads), (loads, stays), (stays, loads)):
        assert seen_in(*pair) == [(NEWS_UNSEEN, True)]
    assert ("step “/news” is gone", False) in seen_in(loads_early, stays_on)
    other = stays.steps[-1].model_copy(update={"tree": '- heading "Other"\n'})
    elsewhere = stays.model_copy(update={"steps": (*stays.steps[:-1], other)})
    assert ("step “/news” is gone", False) in seen_in(loads, elsewhere)


def seen_in(before: Recording, after: Recording) -> list[tuple[str, bool]]:
    return [(change.what, change.advice) for _step, change in compare(before, after)]


def change_at_the_end(
    file: Path,
    before: str,
    after: str,
    *,
    method: str = "expect",
    answered: bool = True,
    more: Sequence[dict[str, Any]] = (),
) -> Recording:
    """A click, and an action that sees the page before and after it; the click asks for something."""
    shown, network = go(1, 10, HOME, titled("Home"))
    shown += click(2, 30, HOME, titled("Home"))
    shown += read_on(3, 50, (HOME, before), (HOME, after), method=method, title="Expect")
    network += [asked(41, "GET", f"{HOME}list", 200 if answered else -1, kind="fetch")]
    return read_trace(write(file / "trip.zip", [OPTIONS, *shown, *more], network))


SCRIPT: Final = "evaluateExpression"
LATER: Final = {"more": read_on(4, 70, (HOME, "List"), (HOME, "List"), method="expect", title="Expect")}
NEVER: Final = {"more": read_on(4, 70, (HOME, "Home"), (HOME, "Home"), method="expect", title="Expect")}


CHANGES: Final[Mapping[str, tuple[tuple[str, str, Any], Any, bool]]] = {
    "at the end": (("Home", "List", {}), {}, True),
    "before the last action": (("List", "List", {}), {}, True),
    "looked at": (("Home", "List", LATER), NEVER, False),
    "before a script": (("List", "List", {"method": SCRIPT}), {"method": SCRIPT}, True),
    "by a script": (("Home", "List", {"method": SCRIPT}), {"method": SCRIPT}, False),
    "no answer": (("Home", "List", {"method": SCRIPT}), {"method": SCRIPT, "answered": False}, True),
    "longer": (("Home", "List", {}), NEVER, False),
}
"""What one run sees before and after its last action; the other one sees no change, if it does not go on."""


@pytest.mark.parametrize(("changed", "unchanged", "is_advice"), CHANGES.values(), ids=CHANGES)
def test_a_change_that_only_the_last_action_of_one_run_sees_is_advice(
    changed: tuple[str, str, Any], unchanged: Any, *, is_advice: bool, tmp_path: Path
) -> None:
    *texts, how = changed
    runs = (
        change_at_the_end(tmp_path / "1", *texts, **how),
        change_at_the_end(tmp_path / "2", "Home", "Home", **unchanged),
    )

    for pair in (runs, runs[::-1]):
        found = seen_in(*pair)
        assert found
        assert all(advice for _what, advice in found) == is_advice, found
        assert any("heading" in what for what, _advice in found) != is_advice


def test_what_a_page_does_after_the_end_of_the_other_run_is_not_told_and_the_other_way_round_it_is(
    tmp_path: Path,
) -> None:
    complains = {"type": "console", "messageType": "error", "text": "broken", "time": 45, "pageId": "p1"}
    quiet, changes = (change_at_the_end(tmp_path / text, "Home", text) for text in ("Home", "List"))
    broken, both = (
        change_at_the_end(tmp_path / f"{text}!", "Home", text, more=[complains]) for text in ("Home", "List")
    )

    assert seen_in(quiet, both) == seen_in(broken, both) == [(HOME_UNSEEN, True)]
    assert seen_in(changes, broken) == [(HOME_UNSEEN, True), ("the browser says “broken”", False)]


def leave_for_the_news(file: Path, text: str, *, then: str = SCRIPT, url: str = NEWS) -> Recording:
    """A click that leads to the news, which may show still what was there before, and an action that looks at it."""
    shown, network = go(1, 10, HOME, titled("Home"))
    *begun, _after, ended = click(2, 30, HOME, titled("Home"))
    shown += [*begun, seen(2, 39, "after", url, titled(text)), ended]
    shown += read_on(3, 50, (url, text), (url, text), method=then, title="Expect")
    network += [asked(56, "GET", f"{NEWS}.json", kind="fetch")] if text == "News" else []
    return read_trace(write(file / "trip.zip", [OPTIONS, *shown], network))


def test_a_page_that_still_shows_the_one_before_when_its_run_ends_is_advice(tmp_path: Path) -> None:
    comes, stays = (leave_for_the_news(tmp_path / text, text) for text in ("News", "Home"))

    for pair in ((comes, stays), (stays, comes)):
        assert seen_in(*pair) == [(END_UNSEEN, True)]
    more = comes.steps[0].model_copy(update={"number": 3, "visit": 2})
    goes_on = [run.model_copy(update={"steps": (*run.steps, more)}) for run in (comes, stays)]
    assert ("step “/news” still shows the page of the step before", False) in seen_in(*goes_on)
    quiet = [run.model_copy(update={"steps": tuple(map(without_actions, run.steps))}) for run in (comes, stays)]
    assert ("step “/news” still shows the page of the step before", False) in seen_in(*quiet)


def wait_in_vain(file: Path, text: str) -> Recording:
    """A click that leads to the news, and a wait that has not ended when the time of the test is over."""
    shown, network = go(1, 10, HOME, titled("Home"))
    *begun, _after, ended = click(2, 30, HOME, titled("Home"))
    waits, *_ended = action(3, 50, "waitForSelector", params={"selector": ".ready"})
    shown += [*begun, seen(2, 39, "after", NEWS, titled(text)), ended]
    shown += [waits, seen(3, 51, "before", NEWS, titled(text))]
    runner = [{**OPTIONS, "origin": "testRunner"}, {"type": "error", "message": "Test timeout of 10000ms exceeded."}]
    return read_trace(write(file / "trip.zip", [OPTIONS, *shown], network, {"test.trace": lines(runner)}))


def test_a_wait_that_was_not_seen_to_end_has_not_seen_that_the_page_stays(tmp_path: Path) -> None:
    comes, stays = (wait_in_vain(tmp_path / text, text) for text in ("News", "Home"))

    for run in (comes, stays):
        assert run.steps[-1].actions[1:] == ("waitForSelector .ready", TEST_ENDS)
        assert run.steps[-1].error == "Test timeout of 10000ms exceeded."
    for pair in ((comes, stays), (stays, comes)):
        assert seen_in(*pair) == [(END_UNSEEN, True)]


def without_actions(step: RecordedStep) -> RecordedStep:
    """A step as in a recording of a journey."""
    return step.model_copy(update={"actions": (), "inputs": ()})


@pytest.mark.parametrize("how", [{"then": "expect"}, {"url": f"{HOME}#news"}], ids=["waited for", "the same page"])
def test_a_page_that_still_shows_the_one_before_is_one_finding(how: Any, tmp_path: Path) -> None:
    comes, stays = (leave_for_the_news(tmp_path / text, text, **how) for text in ("News", "Home"))

    for pair, still in (((comes, stays), "still"), ((stays, comes), "no longer")):
        changes = [change for _step, change in compare(*pair) if change.kind.group != "traffic"]
        [cause] = group_by_cause(changes)
        assert not cause[0].advice
        assert ("url" in how) or cause[0].what == f"step “/news” {still} shows the page of the step before"
