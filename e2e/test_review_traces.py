"""Traces that this project did not make are compared, page by page."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from playwright.sync_api import Browser, Route, expect

from e2e.cli import main
from fixtures.traces import BODY, OPTIONS, PAID, SHOP, Lines, action, asked, seen, visit_shop_and_pay, write
from mock_sites.review.review import review
from mock_sites.review.traces.trace import read_trace
from mock_sites.review.tree import read_tree


def compare(tmp_path: Path, shown: Lines, network: Lines) -> list[tuple[str, str, list[int]]]:
    """What a review tells of a trace beside that of the visit as it is."""
    before = write(tmp_path / "before.zip", *visit_shop_and_pay())
    reviewed = review(write(tmp_path / "after.zip", shown, network), before)
    assert reviewed.faults == []
    return [(str(found.kind), found.what, [place.step.number for place in found.places]) for found in reviewed.findings]


def journeys(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], env={"COLUMNS": "200"})


def test_a_visited_page_is_a_step_with_all_that_led_to_it_whenever_it_was_seen(tmp_path: Path) -> None:
    late, network = visit_shop_and_pay()
    early = [*late[:6], seen(2, 39, "after", PAID, BODY), *late[6:]]

    for shown in (late, early):
        recording = read_trace(write(tmp_path / "any.zip", shown, network))

        assert [(step.url, step.actions) for step in recording.steps] == [
            (SHOP, (f"goes to {SHOP}",)),
            (PAID, ("click internal:role=button", 'Expect "to_be_visible"')),
        ]
        assert [[tuple(request) for request in step.requests] for step in recording.steps] == [
            [("GET", SHOP, 200)],
            [("POST", PAID, 200)],
        ]
        assert [step.seconds for step in recording.steps] == [0.01, 0.03]
        assert recording.steps[0].tree == '- heading "Shop" [level=1]\n- button "Buy"\n'


def test_groups_are_steps_and_the_actions_in_them_theirs(tmp_path: Path) -> None:
    shown, network = visit_shop_and_pay()
    group = {"type": "before", "callId": "g", "startTime": 5, "class": "Tracing", "method": "tracingGroup"}
    for line in shown:
        if line["type"] == "before":
            line["parentId"] = "g"
    shown.insert(1, {**group, "title": "Pays (buy-1)", "params": {}})

    [step] = read_trace(write(tmp_path / "any.zip", shown, network)).steps

    assert (step.title.en, step.url, len(step.actions)) == ("Pays (buy-1)", PAID, 3)


def rename_button(shown: Lines, _network: Lines) -> None:
    shown[3]["snapshot"]["html"][2][3][2] = shown[6]["snapshot"]["html"][2][3][2] = "Order"
    shown[9]["snapshot"]["html"][2][3][2] = "Order"


def lose_status(_shown: Lines, network: Lines) -> None:
    network[1]["snapshot"]["response"]["status"] = 500


def fetch_more(_shown: Lines, network: Lines) -> None:
    network.append(asked(36, "GET", "http://localhost:8123/prices", kind="fetch"))


def complain(shown: Lines, _network: Lines) -> None:
    shown.append({"type": "console", "messageType": "error", "text": "Oh no", "time": 52})


def throw(shown: Lines, _network: Lines) -> None:
    error = {"error": {"message": "boom", "stack": ""}}
    shown.append(
        {"type": "event", "time": 52, "class": "BrowserContext", "method": "pageError", "params": {"error": error}}
    )


def fail(shown: Lines, _network: Lines) -> None:
    shown[8]["error"] = {"message": "Timeout 5000ms exceeded\nCall log"}


def press_elsewhere(shown: Lines, _network: Lines) -> None:
    shown[4]["params"]["selector"] = "internal:role=link"


def be_slow(shown: Lines, _network: Lines) -> None:
    shown[8]["endTime"] = 9_000


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (rename_button, ("text", "button “Buy” is now “Order”", [1, 2])),
        (lose_status, ("requests", f"POST {PAID} is answered with 500 instead of 200", [2])),
        (fetch_more, ("requests", "GET http://localhost:8123/prices is made in addition", [2])),
        (complain, ("console", "the browser says “Oh no”", [2])),
        (throw, ("console", "the browser says “boom”", [2])),
        (fail, ("flow", 'fails: Expect "to_be_visible": Timeout 5000ms exceeded', [2])),
        (press_elsewhere, ("flow", "“click link” is done instead of “click button”", [2])),
        (be_slow, ("time", "takes 9.0 instead of 0.0 seconds", [2])),
    ],
)
def test_a_change_is_found_in_its_step_and_nothing_else(
    change: Callable[[Lines, Lines], None], found: tuple[str, str, list[int]], tmp_path: Path
) -> None:
    shown, network = deepcopy(visit_shop_and_pay())
    change(shown, network)

    assert compare(tmp_path, shown, network) == [found]


def test_an_error_that_a_page_throws_and_a_script_writes_to_the_console_too_is_told_once(tmp_path: Path) -> None:
    """The console loses it if the page is left at once."""
    shown, network = deepcopy(visit_shop_and_pay())
    stack = f"Error: boom\n  at {SHOP}:1"
    about = {"time": 52, "pageId": "p1"}
    thrown = {"error": {"error": {"message": "boom", "stack": stack}}}
    shown.append({"type": "event", "class": "BrowserContext", "method": "pageError", "params": thrown, **about})
    written = {"type": "console", "messageType": "error", "text": stack, **about}

    for lines in (shown, [*shown, written]):
        assert read_trace(write(tmp_path / "any.zip", lines, network)).steps[-1].console == ("boom",)
    elsewhere = [*shown, {**written, "pageId": "p2"}]
    assert len(read_trace(write(tmp_path / "any.zip", elsewhere, network)).steps[-1].console) == 2


@pytest.mark.parametrize(
    ("kind", "transferred", "headers", "expected"),
    [
        ("image", 0, [], 0),
        ("image", 0, [{"name": "Accept", "value": "*/*"}], 1),
        ("image", 700, [], 1),
        ("fetch", 0, [], 1),
    ],
)
def test_what_a_browser_takes_from_its_memory_may_be_taken_or_not(
    kind: str, transferred: int, headers: Lines, expected: int, tmp_path: Path
) -> None:
    """It tells of it as of a request, but without the headers of one."""
    shown, network = visit_shop_and_pay()
    ring = [asked(time, "GET", f"{SHOP}/ring.svg", kind=kind) for time in (36, 40)]
    ring[1]["snapshot"]["response"]["_transferSize"] = transferred
    ring[1]["snapshot"]["request"]["headers"] = headers
    once = write(tmp_path / "once.zip", shown, [*network, ring[0]])
    twice = write(tmp_path / "twice.zip", shown, [*network, *ring])

    assert [len(review(*pair).findings) for pair in ((once, twice), (twice, once))] == [expected, expected]


def test_another_port_that_the_system_gave_out_makes_no_difference(tmp_path: Path) -> None:
    files = [tmp_path / "before.zip", tmp_path / "after.zip"]
    shown, network = deepcopy(visit_shop_and_pay())
    shown[8]["error"] = {"message": f"no answer at {SHOP}"}
    for file, port in zip(files, ("40001", "40002"), strict=True):
        text = json.dumps((shown, network)).replace("8123", port)
        write(file, *json.loads(text))

    assert {read_trace(file).steps[-1].error for file in files} == {
        'Expect "to_be_visible": no answer at http://localhost:«port-1»/shop'
    }
    result = journeys("review", *files)

    assert (result.exit_code, result.stdout) == (0, "Compared: 1, differences: 0, advice: 0, not compared: 0\n")


def test_requests_before_a_part_of_a_longer_recording_are_not_those_of_the_part(tmp_path: Path) -> None:
    shown, network = visit_shop_and_pay()
    part = [{**OPTIONS, "monotonicTime": 9}, *shown[1:]]
    earlier = asked(8, "GET", "http://localhost:8123/of-another-test", kind="fetch")

    assert compare(tmp_path, part, [earlier, *network]) == []
    earlier["snapshot"]["_monotonicTime"] = 12
    assert [what for _kind, what, _steps in compare(tmp_path, part, [earlier, *network])] == [
        "GET http://localhost:8123/of-another-test is made in addition"
    ]


def test_a_request_that_says_it_is_made_ahead_of_need_may_be_there_or_not(tmp_path: Path) -> None:
    shown, network = visit_shop_and_pay()
    more = asked(12, "GET", "http://localhost:8123/terms", kind="fetch")

    assert len(compare(tmp_path, shown, [*network, more])) == 1
    for name, value in (("Sec-Purpose", "prefetch;prerender"), ("x-sec-purpose", "prefetch")):
        more["snapshot"]["request"]["headers"] = [
            {"name": "Accept", "value": "prefetch"},
            {"name": name, "value": value},
        ]
        assert compare(tmp_path, shown, [*network, more]) == []
    more["snapshot"]["request"]["headers"].pop()
    assert len(compare(tmp_path, shown, [*network, more])) == 1


def test_a_page_more_does_not_smear_over_the_others(tmp_path: Path) -> None:
    shown, network = visit_shop_and_pay()
    terms = "http://localhost:8123/terms"
    shown[6]["snapshot"]["frameUrl"] = terms
    more = [*action(9, 22, "goto", params={"url": terms}), seen(9, 29, "after", terms, ["HTML", {}, "Terms"])]

    found = compare(tmp_path, [*shown[:4], *more, *shown[4:]], [*network, asked(23, "GET", terms)])

    assert found == [("flow", "step “/terms” is new", [2])]


def test_a_page_is_read_through_references_and_a_password_is_not_shown(tmp_path: Path) -> None:
    fields = [
        ["LABEL", {"for": "n"}, "Name"],
        ["INPUT", {"id": "n", "__playwright_value_": "Li Wei"}],
        ["LABEL", {}, "Secret", ["INPUT", {"type": "password", "__playwright_value_": "hunter-22"}]],
        ["SCRIPT", {}, "alert()"],
        ["A", {"href": "/help"}, "Help"],
    ]
    form = ["HTML", {}, ["BODY", {}, *fields]]
    # Elements and texts are counted in the order in which they end: the label's text is 0, the field 2, the link 9.
    shown, network = visit_shop_and_pay(form, ["HTML", {}, [[2, 9]], [[2, 2]]])

    first, second = (step.tree for step in read_trace(write(tmp_path / "any.zip", shown, network)).steps)

    assert first.splitlines() == [
        "- text: Name",
        '- textbox "Name": Li Wei',
        "- text: Secret",
        '- textbox "Secret": •••••••••',
        '- link "Help":',
        "  - /url: /help",
    ]
    assert second.splitlines() == ['- link "Help":', "  - /url: /help", "- textbox: Li Wei"]


@pytest.mark.parametrize("missing", [[[1, 99]], [[99, 0]], [[0, 0]]])
def test_an_element_that_a_page_refers_to_and_that_is_not_there_is_an_empty_place(
    missing: object, tmp_path: Path
) -> None:
    shown, network = visit_shop_and_pay(paid=["HTML", {}, ["BODY", {}, ["H1", {}, "Paid"], missing]])

    assert read_trace(write(tmp_path / "any.zip", shown, network)).steps[1].tree == '- heading "Paid" [level=1]\n'


def pay_and_lose_a_snapshot(file: Path, thanks: str, *, lost: bool, last: bool) -> Path:
    """A page that gets a button with a style and then a paragraph; the snapshot with the button alone may be lost.

    The last snapshot refers to the button if it is the ``last`` one that is seen, and else no snapshot does in the end.
    """
    shown, network = visit_shop_and_pay(paid=["HTML", {}, ["BODY", {}, *[["BR", {}]] * 9, ["H1", {}, "Paid"]]])
    more: list[Any] = [
        ["HTML", {}, ["BODY", {}, [[1, 10]], ["BUTTON", {}, "Print", ["STYLE", {}, "p { color: red }"]]]],
        ["HTML", {}, ["BODY", {}, [[2, 10]], [[1, 3]], ["P", {}, thanks]]],
        ["HTML", {}, ["BODY", {}, [[3, 10]], ["P", {}, thanks]]],
    ]
    for at, html in enumerate(more[lost : 2 if last else 3], 56 + lost):
        shown.append(seen(3, at, "after", PAID, html))
    return write(file / "pay.zip", shown, network)


@pytest.mark.parametrize("last", [True, False])
def test_what_stood_in_a_snapshot_that_is_lost_is_not_compared_and_all_else_is(*, last: bool, tmp_path: Path) -> None:
    whole = pay_and_lose_a_snapshot(tmp_path / "1", "Thanks", lost=False, last=last)
    lossy = pay_and_lose_a_snapshot(tmp_path / "2", "Thanks", lost=True, last=last)
    changed = pay_and_lose_a_snapshot(tmp_path / "3", "Bye", lost=True, last=last)

    assert [finding.what for finding in review(lossy, whole).findings] == []
    assert [finding.what for finding in review(whole, lossy).findings] == []
    found = [finding.what for finding in review(changed, whole).findings]
    assert found == ([] if last else ["paragraph “Thanks” is now “Bye”"])


def test_a_text_with_characters_that_are_not_printable_is_read(tmp_path: Path) -> None:
    shop, paid = (["HTML", {}, ["BODY", {}, ["P", {}, text]]] for text in ("1\u200b234 €", f"5\u200b678 € {'x' * 200}"))

    recording = read_trace(write(tmp_path / "any.zip", *visit_shop_and_pay(shop, paid)))

    found = [node.text for step in recording.steps for node in read_tree(step.tree)]
    assert found == ["1\u200b234 €", f"5\u200b678 € {'x' * 200}"]


def test_the_older_form_of_a_trace_is_read(tmp_path: Path) -> None:
    shown, network = visit_shop_and_pay()
    older = json.loads(json.dumps([{**OPTIONS, "version": 8}, *shown[1:]]).replace('"phase": "', '"snapshotName": "'))
    older.append({"type": "screencast-frame", "pageId": "p1", "timestamp": 56, "sha1": "aa.jpeg"})

    write(tmp_path / "old.zip", older, network, {"resources/aa.jpeg": b"a picture"})
    recording = read_trace(tmp_path / "old.zip", tmp_path / "scratch")

    assert [step.url for step in recording.steps] == [SHOP, PAID]
    image = recording.steps[1].image
    assert image
    assert image.read_bytes() == b"a picture"
    assert image.is_relative_to(tmp_path / "scratch")


def test_the_traces_of_two_test_runs_are_compared_test_by_test(tmp_path: Path) -> None:
    for run in ("earlier", "later"):
        for test in ("test-buying", "test-paying"):
            write(tmp_path / run / test / "trace.zip", *visit_shop_and_pay())
    shown, network = visit_shop_and_pay()
    write(tmp_path / "later" / "test-paying" / "trace.zip", shown, network[:1])

    result = journeys("review", tmp_path / "later", "--against", tmp_path / "earlier")

    assert result.exit_code == 1
    assert "test-paying" in result.stdout
    assert "test-buying" not in result.stdout
    assert "Compared: 2, differences: 1" in result.stdout


@pytest.mark.parametrize("film", [True, False])
def test_traces_of_a_plain_script_are_compared(*, film: bool, browser: Browser, tmp_path: Path) -> None:
    def serve(button: str) -> Callable[[Route], None]:
        page = f"<h1>Shop</h1><label>Name <input></label><a href='/paid'>{button}</a>"
        return lambda route: route.fulfill(body=page, content_type="text/html")

    def record(file: Path, button: str) -> Path:
        context = browser.new_context(reduced_motion="reduce")
        context.route("**/*", serve(button))
        context.tracing.start(snapshots=True, screenshots=film, aria_snapshots=not film)
        page = context.new_page()
        page.goto("http://shop.localhost/")
        page.get_by_label("Name").fill("Li Wei")
        page.get_by_role("link").click()
        expect(page).to_have_url("http://shop.localhost/paid")
        context.tracing.stop(path=file)
        context.close()
        return file

    first, again = record(tmp_path / "first.zip", "Buy"), record(tmp_path / "again.zip", "Buy")
    other = record(tmp_path / "other.zip", "Order")

    result = journeys("review", first, again)
    assert (result.exit_code, "differences: 0" in result.stdout) == (0, True), result.stdout
    result = journeys("review", first, other, "--html", tmp_path / "report.html")
    assert result.exit_code == 1
    assert " ".join(result.stdout.split()).count("link “Buy” is now “Order”") == 1
    assert "differences: 1," in result.stdout
    assert "/paid" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_download_is_no_visit_of_another_page(tmp_path: Path) -> None:
    shown: Lines = [OPTIONS]
    for number, method in enumerate(["goto", "click", "click"], 1):
        at = 20 * number
        shown += [*action(number, at, method, params={"url": SHOP}), seen(number, at + 15, "after", SHOP, BODY)]
    file = asked(45, "GET", f"{SHOP}/terms.pdf")
    file["snapshot"]["response"]["_failureText"] = "net::ERR_ABORTED"

    recording = read_trace(write(tmp_path / "any.zip", shown, [asked(21, "GET", SHOP), file]))

    assert [(step.url, len(step.actions)) for step in recording.steps] == [(SHOP, 3)]
