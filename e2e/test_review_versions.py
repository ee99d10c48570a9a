"""Traces of all versions of Playwright since 1.40 are read alike, with the steps of Playwright Test."""

from pathlib import Path
from typing import Any

import pytest

from fixtures.older_traces import as_written_before, lines
from fixtures.traces import PAID, SHOP, Lines, action, asked, visit_shop_and_pay, write
from mock_sites.review.recording import RecordedStep
from mock_sites.review.review import review
from mock_sites.review.traces.trace import read_trace
from mock_sites.review.traces.upgrade import OLDEST, upgrade

PICTURE = "resources/aa.jpeg"
DIALOG = {"pageId": "p1", "type": "confirm", "message": "Sure?", "defaultValue": ""}


def busy_visit() -> tuple[Lines, Lines]:
    """A visit with what was recorded otherwise in earlier versions."""
    shown, network = visit_shop_and_pay()
    wait = {"title": 'Wait for event "popup"', "params": {"event": "popup"}}
    [begun, ended] = action(6, 70, "expect", title='Expect "to_have_text"', params={"selector": "h1"})
    shown += [
        {"type": "event", "time": 56, "class": "BrowserContext", "method": "dialog", "params": DIALOG},
        {"type": "screencast-frame", "pageId": "p1", "timestamp": 58, "file": PICTURE},
        *action(5, 60, "__waitInfo__", **{"class": "Page"}, **wait),
        begun,
        {**ended, "error": {"message": "Expect failed"}},
    ]
    return shown, [
        *network,
        asked(36, "GET", f"{SHOP}/logo.png", 404, "image"),
        asked(37, "GET", f"{SHOP}/data", kind="fetch"),
    ]


@pytest.mark.parametrize("version", [6, 7, 8, 9])
def test_a_trace_of_an_earlier_version_is_read_as_one_of_the_newest(version: int, tmp_path: Path) -> None:
    def steps(name: str, shown: Lines, network: Lines) -> list[RecordedStep]:
        file = write(tmp_path / name, shown, network, {PICTURE: b"a picture"})
        return [
            step.model_copy(update={"image": step.image and step.image.read_bytes()})
            for step in read_trace(file, tmp_path / name.removesuffix(".zip")).steps
        ]

    newest = steps("newest.zip", *busy_visit())

    assert steps("older.zip", *as_written_before(*busy_visit(), version)) == newest
    assert [step.error for step in newest] == [None, 'Expect "to_have_text" h1: Expect failed']
    assert newest[1].actions[1:] == ('Expect "to_be_visible"', "wait for event popup", 'Expect "to_have_text" h1')
    assert [request.url for request in newest[1].requests] == [PAID, f"{SHOP}/data", f"{SHOP}/logo.png"]


def event(kind: str, method: str, params: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "event", "class": kind, "method": method, "params": params, "time": 1, **more}


@pytest.mark.parametrize(
    ("older", "method", "params"),
    [
        (
            [
                event("Dialog", "__create__", {"guid": "d", "initializer": {**DIALOG, "page": {"guid": "p1"}}}),
                event("BrowserContext", "dialog", {"dialog": {"guid": "d"}}),
            ],
            "dialog",
            {**DIALOG, "page": {"guid": "p1"}},
        ),
        (
            [event("Page", "download", {"url": "/data", "suggestedFilename": "x.txt"}, pageId="p1")],
            "download",
            {"url": "/data", "suggestedFilename": "x.txt", "pageId": "p1"},
        ),
        ([event("Page", "close", {}, pageId="p1")], "pageClosed", {"pageId": "p1"}),
        ([event("BrowserContext", "page", {"page": {"guid": "p1"}})], "page", {"pageId": "p1"}),
    ],
)
def test_an_event_of_the_oldest_version_names_its_page(older: Lines, method: str, params: dict[str, Any]) -> None:
    *_, last = upgrade(older, OLDEST)

    assert (last["class"], last["method"], last["params"]) == ("BrowserContext", method, params)


@pytest.mark.parametrize(
    ("headers", "answered", "kind"),
    [
        ({"Sec-Fetch-Dest": "iframe"}, "text/html", "document"),
        ({"Sec-Fetch-Dest": "style"}, "text/css", "stylesheet"),
        ({"sec-fetch-dest": "empty", "accept": "text/html"}, "text/html", "fetch"),
        ({"Upgrade-Insecure-Requests": "1"}, "text/html", "document"),
        ({"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}, "application/pdf", "document"),
        ({"Accept": "text/html, application/xhtml+xml"}, "text/html", "fetch"),
        ({"Accept": "image/avif,*/*"}, "text/html", "image"),
        ({"Accept": "text/css,*/*;q=0.1"}, "text/html", "stylesheet"),
        ({"Accept": "*/*"}, "text/javascript; charset=utf-8", "script"),
        ({"Accept": "*/*"}, "font/woff2", "font"),
        ({"Accept": "*/*"}, "application/json", "fetch"),
        ({}, None, "fetch"),
    ],
)
def test_what_a_request_was_for_is_read_from_its_headers(headers: dict[str, str], answered: str, kind: str) -> None:
    request = {"headers": [{"name": name, "value": value} for name, value in headers.items()]}
    line = {
        "type": "resource-snapshot",
        "snapshot": {"request": request, "response": {"content": {"mimeType": answered}}},
    }

    [upgraded] = upgrade([line], OLDEST)

    assert upgraded["snapshot"]["_resourceType"] == kind


def test_how_a_function_of_a_locator_works_is_not_told(tmp_path: Path) -> None:
    shown, network = visit_shop_and_pay()
    of_element = action(8, 66, "boundingBox", **{"class": "ElementHandle"})
    shown += [
        *action(7, 60, "waitForSelector", params={"selector": "h1", "state": "attached"}),
        of_element[0],
        {**of_element[1], "error": {"message": "Element is gone"}},
        *action(9, 80, "dispose", **{"class": "ElementHandle"}),
        *action(10, 90, "waitForSelector", params={"selector": "h1"}),
        *action(11, 95, "innerText", **{"class": "ElementHandle"}),
    ]

    step = read_trace(write(tmp_path / "any.zip", shown, network)).steps[1]

    assert step.actions[-3:] == ("waitForSelector h1", "waitForSelector h1", "innerText")
    assert step.error == "boundingBox: Element is gone"


def test_a_trace_that_was_unpacked_is_read(tmp_path: Path) -> None:
    shown, network = visit_shop_and_pay()
    folder = tmp_path / "unpacked"
    folder.mkdir()
    (folder / "trace.trace").write_bytes(lines(shown))
    (folder / "trace.network").write_bytes(lines(network))

    reviewed = review(folder, write(tmp_path / "packed.zip", shown, network))

    assert (len(reviewed.compared), reviewed.findings, reviewed.faults) == (1, [], [])


def runner_step(call: str, at: float, title: str, **more: Any) -> Lines:
    begun = {"type": "before", "callId": call, "startTime": at, "class": "Test", "title": title, "params": {}}
    return [{**begun, "method": call.partition("@")[0], **more}, {"type": "after", "callId": call, "endTime": at + 5}]


def test_the_steps_of_a_test_are_those_of_its_trace_and_name_its_attachments(tmp_path: Path) -> None:
    shown, network = visit_shop_and_pay()
    shown[1]["stepId"], shown[4]["stepId"], shown[7]["stepId"] = "pw:api@2", "pw:api@6", "expect@7"
    attach = runner_step("test.attach@8", 60, "Attach “note”")
    attach[1]["attachments"] = [{"name": "note", "contentType": "text/plain"}, {"name": "trace", "contentType": "zip"}]
    runner = [
        {**shown[0], "origin": "testRunner", "browserName": ""},
        *runner_step("hook@1", 5, "Before Hooks"),
        *runner_step("pw:api@2", 10, "Navigate", parentId="hook@1"),
        *runner_step("test.step@4", 25, "Pays"),
        *runner_step("test.step@5", 26, "Orders", parentId="test.step@4"),
        *runner_step("pw:api@6", 30, "Click", parentId="test.step@5"),
        *runner_step("expect@7", 50, "Expect", parentId="test.step@4"),
        *attach,
    ]
    of_requests = [{**shown[0], "browserName": ""}, *action(1, 3, "fetch", **{"class": "APIRequestContext"})]
    more = {"test.trace": lines(runner), "1-trace.trace": lines(of_requests), "1-trace.network": b""}

    visit, pays = read_trace(write(tmp_path / "any.zip", shown, network, more)).steps

    assert (visit.title.en, visit.actions) == ("/shop", (f"goes to {SHOP}",))
    assert (pays.title.en, pays.url) == ("Pays", PAID)
    assert "click internal:role=button" in pays.actions
    assert "attach “note” (text/plain)" in pays.actions


def test_a_test_that_fails_without_a_failing_action_says_why(tmp_path: Path) -> None:
    shown, network = visit_shop_and_pay()
    error = {"type": "error", "message": "\x1b[31mError: 1 is not 2\x1b[39m\n  at shop.spec.ts"}
    runner = lines([{**shown[0], "origin": "testRunner"}, error])

    [*_, last] = read_trace(write(tmp_path / "any.zip", shown, network, {"test.trace": runner})).steps

    assert last.error == "Error: 1 is not 2"


def test_a_step_that_fails_in_a_test_that_passes_is_no_failure(tmp_path: Path) -> None:
    """As a route does that an earlier test has left behind, or an assertion that is tried again."""
    shown, network = visit_shop_and_pay()
    route = runner_step("pw:api@2", 31, "Continue request", parentId="hook@1")
    route[1]["error"] = {"message": "Error: route.continue: Target page, context or browser has been closed"}
    runner = lines([{**shown[0], "origin": "testRunner"}, *runner_step("hook@1", 5, "Before Hooks"), *route])

    steps = read_trace(write(tmp_path / "any.zip", shown, network, {"test.trace": runner})).steps

    assert [step.error for step in steps] == [None, None]


def test_events_of_other_objects_than_browsers_are_left_out(tmp_path: Path) -> None:
    shown, network = as_written_before(*visit_shop_and_pay(), OLDEST)
    refused = event("WebSocket", "socketError", {"error": "Unexpected response code: 404"}, pageId="p1")

    reviewed = review(write(tmp_path / "a.zip", [*shown, refused], network), write(tmp_path / "b.zip", shown, network))

    assert (reviewed.findings, reviewed.faults) == ([], [])


@pytest.mark.parametrize(
    ("older", "requests"),
    [
        ({"version": 7}, []),
        ({"version": 8}, []),
        ({"version": 8, "playwrightVersion": "1.60.0"}, []),
        ({"version": 8, "playwrightVersion": "1.61.1-beta-1782139630000"}, ["requests"]),
        ({"version": 9}, ["requests"]),
    ],
)
def test_sockets_are_compared_with_traces_that_would_have_them(
    older: dict[str, Any], requests: list[str], tmp_path: Path
) -> None:
    shown, network = visit_shop_and_pay()
    opened = asked(36, "GET", "ws://localhost:8123/news", 101, "websocket")
    newest = write(tmp_path / "newest.zip", shown, [*network, opened])
    before = as_written_before([{**shown[0], **older}, *shown[1:]], network, older["version"])
    earlier = write(tmp_path / "earlier.zip", *before)

    for pair in ((earlier, newest), (newest, earlier)):
        assert [finding.kind for finding in review(*pair).findings] == requests


def test_what_one_of_two_traces_cannot_tell_is_not_compared(tmp_path: Path) -> None:
    shown, network = busy_visit()
    older, requests = as_written_before(shown, network, 7)
    silent = write(tmp_path / "older.zip", [line for line in older if line["type"] != "event"], requests)
    newest = write(tmp_path / "newest.zip", shown, network)

    assert [review(*pair).findings for pair in ((silent, newest), (newest, silent))] == [[], []]
    lost = write(tmp_path / "lost.zip", [line for line in shown if line["type"] != "event"], network)
    assert [finding.kind for finding in review(lost, newest).findings] == ["dialogs"]
