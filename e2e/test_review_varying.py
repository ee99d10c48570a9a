"""Values that vary from run to run are no findings; values that are mixed up, and real changes, are."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from mock_sites.review.comparing.compare import compare
from mock_sites.review.page_content import SocketMessage, TransferredFile
from mock_sites.review.recording import Box, RecordedStep, Recording, Request, Title
from mock_sites.review.varying import align_values

SHOP = "http://shop.localhost"
NOON = 1_796_040_000.0
"""29 November 2026, 12:00:00 UTC."""
LATER = NOON + 5 * 3600 + 17


def page(*texts: str, path: str = "/", requests: Sequence[str] = (), actions: Sequence[str] = ()) -> RecordedStep:
    """A step that ends on a page with these texts. A request is ``GET /path 200``."""
    asked = [request.split(" ") for request in requests]
    return RecordedStep(
        number=1,
        name=re.sub(r"\W+", "-", path.partition("?")[0]).strip("-"),
        title=Title(en=path.partition("?")[0], zh=""),
        actor="page 1",
        url=SHOP + path,
        tree="".join(f"- {text}\n" for text in texts),
        requests=tuple(Request(method, SHOP + url, int(status)) for method, url, status in asked),
        actions=tuple(actions),
    )


def recording(*steps: RecordedStep, recorded: float = NOON, seed: str = "") -> Recording:
    numbered = tuple(step.model_copy(update={"number": number}) for number, step in enumerate(steps, 1))
    title = Title(en="shop", zh="shop")
    return Recording(journey="shop", title=title, language="en", seed=seed, recorded=recorded, steps=numbered)


def found(
    before: Sequence[RecordedStep], after: Sequence[RecordedStep], times: tuple[float, float] = (NOON, LATER)
) -> list[str]:
    """What differs between two runs, made at these times."""
    old, new = (recording(*steps, recorded=time) for steps, time in zip((before, after), times, strict=True))
    return [change.what for _step, change in compare(old, align_values(old, new))]


def text(*texts: str) -> list[RecordedStep]:
    return [page(*(f"text: {text}" for text in texts))]


U1, U2 = "3b241101-e2bb-4255-8caf-4136c566a962", "9c858901-8a57-4791-81fe-4c455b099bc9"
V1, V2 = "7d444840-9dc0-11d1-b245-5ffdce74fad2", "f47ac10b-58cc-4372-a567-0e02b2c3d479"
L1 = "01ARZ3NDEKTSV4RRFFQ69G5FAV"
M1 = "01H8XGJWBWBAQ4VVKAD84TQ5NX"
S1, S2, T1, T2 = "af0ifjsldkj8sQ", "n0S6WzA2Mjyx9P", "Qk3v81hdZx0tLw", "bb7Yc2kPq5Rm1e"


def login(state: str, nonce: str, code: str, *, back: str = "", verifier: str = "challenge") -> list[RecordedStep]:
    """The redirects of a sign-in."""
    asked = f"/authorize?client_id=shop&state={state}&nonce={nonce}&code_challenge={verifier}"
    answer = f"/callback?code={code}&state={back or state}"
    return [page("heading", path=answer, requests=[f"GET {asked} 302", f"GET {answer} 200"])]


def order(number: int, *, of: int | None = None, total: int = 3) -> list[RecordedStep]:
    """An order that was made by a form, and its page. ``of``: the number that the page tells."""
    texts = f"heading: Order {of or number}", f"text: {total} items, EUR 49"
    path = f"/orders/{number}"
    return [page(*texts, path=path, requests=["POST /orders 302", f"GET {path} 200"])]


def at_border(
    *, late: bool, asked: str = "/b", earlier: tuple[int, ...] = (0,), later: tuple[int, ...] = (), tab: int = 1
) -> list[RecordedStep]:
    """Two pages, and a request before or after the border between them. ``earlier`` and ``later`` are their inputs."""
    request = f"GET {asked} 200"
    first = page(path="/a", requests=["GET /a 200", *([] if late else [request])], actions=["goes to /a", "read"])
    second = page(path="/b", requests=[request] if late else [], actions=["read"])
    return [first.model_copy(update={"inputs": earlier}), second.model_copy(update={"inputs": later, "tab": tab})]


def hover(*asked: str, ahead: str = "") -> list[RecordedStep]:
    """A page that may ask for another one ahead of need."""
    shown = page(requests=asked)
    places = [place for place, request in enumerate(shown.requests) if ahead and request.url.endswith(ahead)]
    return [shown.model_copy(update={"speculative": tuple(places)})]


def ahead_and_visited(ahead: str, *asked: str) -> list[RecordedStep]:
    """A page that asks for another one ahead of need, or does not, and the visit of that, with what it asks for."""
    first = hover("GET / 200", *([f"GET {ahead} 200"] if ahead else []), ahead=ahead)
    return [*first, page(path="/b", requests=[f"GET {path} 200" for path in asked])]


UNCHANGED = {
    "a page asked for ahead of need": (hover("GET / 200", "GET /b 200", ahead="/b"), hover("GET / 200")),
    "a page asked for ahead, or at the visit": (hover("GET /b 200", ahead="/b"), hover("GET /b 200")),
    "a redirect that is cut off at the end of one run, and what it led to at that of the other": (
        hover("GET /go 301", "GET /b -1"),
        hover("GET /go -1"),
    ),
    "a page asked for ahead, and cut off": (hover("GET /b 200", ahead="/b"), hover("GET /b -1", ahead="/b")),
    "a page asked for ahead, and visited in the next step": (ahead_and_visited("/b"), ahead_and_visited("", "/b")),
    "a page asked for ahead, and again in both": (ahead_and_visited("/b", "/b"), ahead_and_visited("", "/b")),
    "a page that is asked for at a border without an input": (at_border(late=False), at_border(late=True)),
    "oauth": (login(S1, T1, "4aX9fQ2LmZ", verifier=U1), login(S2, T2, "9zR2bT7YkW", verifier=V1)),
    "uuids": (text(f"id {U1}", f"again {U1}"), text(f"id {V1}", f"again {V1}")),
    "ulids": (text(f"id {L1}"), text(f"id {M1}")),
    "a moment": (text("made at 2026-11-29 12:00:04"), text("made at 2026-11-29 17:00:33")),
    "a moment in another zone": (text("29 Nov 2026, 8:00 PM"), text("30 Nov 2026, 1:00 AM")),
    "a moment in two zones": (text("2026-11-29T20:00:04+08:00"), text("2026-11-29T17:00:20Z")),
    "a page of a moment": (
        [page(path="/at/12:00:04"), page(path="/at/12:00:09")],
        [page(path="/at/17:00:31"), page(path="/at/17:00:33")],
    ),
    "an expiry": (text("until 2026-12-29T12:00:04Z"), text("until 2026-12-29T17:00:21Z")),
    "a date of HTTP": (text("Sun, 29 Nov 2026 12:00:04 GMT"), text("Sun, 29 Nov 2026 17:00:24 GMT")),
    "a time of day": (text("at 12:00"), text("at 17:01")),
    "seconds since 1970": (text("t 1796040003"), text("t 1796058019")),
    "milliseconds since 1970": (text("t 1796040003123"), text("t 1796058019456")),
    "ages": (text("3 minutes ago", "just now"), text("5 minutes ago", "12 seconds ago")),
    "an age of the same thing": (text("20 hours ago"), text("1 day ago")),
    "cache busters": (
        [page(requests=["GET /prices?_=1796040003123 200", "GET /app.js?v=17 404"])],
        [page(requests=["GET /prices?_=1796058019456 200", "GET /app.js?v=18 404"])],
    ),
    "sessions in links": (
        [page(f"link: /cart;jsessionid={S1}", path=f"/cart?PHPSESSID={T1}")],
        [page(f"link: /cart;jsessionid={S2}", path=f"/cart?PHPSESSID={T2}")],
    ),
    "csrf": ([page(path=f"/buy?csrf_token={S1}")], [page(path=f"/buy?csrf_token={S2}")]),
    "ids": (
        [page(actions=["click #radix-:r1:", "fill .css-1x2y3z", "click #headlessui-menu-button-3"])],
        [page(actions=["click #radix-:r5:", "fill .css-9q8w7e", "click #headlessui-menu-button-8"])],
    ),
    "ids that end at random": (
        [page(actions=["click #accordion_panel_b08691", "click #accordion_panel_880ca5"])],
        [page(actions=["click #accordion_panel_7783c6", "click #accordion_panel_787068"])],
    ),
    "hashed files": (
        [page(requests=["GET /app.3f2a91c.js 404", "GET /index-D8b4DHJx.css 404"])],
        [page(requests=["GET /app.77be041.js 404", "GET /index-DkXbYzQw.css 404"])],
    ),
    "ports": (text("http://localhost:5173/a", "//localhost:5173"), text("http://localhost:5174/a", "//localhost:5174")),
    "polls": (
        [page(requests=["GET /status 202", "GET /status 202", "GET /status 200"])],
        [page(requests=["GET /status 202", "GET /status 202", "GET /status 202", "GET /status 200"])],
    ),
    "messages of WebSockets": (
        [
            page().model_copy(
                update={"sockets": (SocketMessage("ws://x/", "received", 29, "at 1796040003123, 59 s ago"),)}
            )
        ],
        [
            page().model_copy(
                update={"sockets": (SocketMessage("ws://x/", "received", 28, "at 1796058019456, 9 s ago"),)}
            )
        ],
    ),
    "ports that have other numbers because one run saw one more before": (
        text("a localhost:«port-1»/x", "b localhost:«port-2»/x", "a localhost:«port-1»/y"),
        text("a localhost:«port-2»/x", "b localhost:«port-3»/x", "a localhost:«port-2»/y"),
    ),
    "ports of which one run has a number and the other has none": (
        text("a localhost:«port-1»", "b localhost:17585"),
        text("a localhost:11432", "b localhost:«port-1»"),
    ),
    "a port in an encoded address": (
        text("?to=http%3A%2F%2F127.0.0.1%3A5173"),
        text("?to=http%3A%2F%2F127.0.0.1%3A5174"),
    ),
    "a number that was made": (order(49), order(51)),
    "a number of another page of the same thing": (
        [*order(49), page("text: Order 49 (#49)", path="/list?order_id=49")],
        [*order(51), page("text: Order 51 (#51)", path="/list?order_id=51")],
    ),
    "requests in the order of their values": (
        [page(f"text: a {U1}", f"text: b {U2}", requests=[f"GET /a/{U1} 200", f"GET /a/{U2} 200", "GET /a/b 200"])],
        [page(f"text: a {V2}", f"text: b {V1}", requests=[f"GET /a/{V1} 200", "GET /a/b 200", f"GET /a/{V2} 200"])],
    ),
    "requests before the page that tells them apart": (
        [page(requests=[f"GET /a/{U1} 200", f"GET /a/{U2} 200"]), page(f"text: a {U1}", f"text: b {U2}", path="/b")],
        [page(requests=[f"GET /a/{V1} 200", f"GET /a/{V2} 200"]), page(f"text: a {V2}", f"text: b {V1}", path="/b")],
    ),
    "a document that was asked for twice": (
        [page(requests=["GET /b 200", "POST /go 302", "GET /a 200", "GET /b 200", "GET /c 200"])],
        [page(requests=["GET /b 200", "POST /go 302", "GET /a 200", "GET /b 200", "GET /c 200"])],
    ),
    "folders of one run": (
        [page(path="/pytest-of-ana/pytest-12/a0/index.html", actions=["goes to file:///tmp/tmpabcdefgh/a"])],
        [page(path="/pytest-of-ana/pytest-15/a0/index.html", actions=["goes to file:///tmp/tmpq_w8rtzu/a"])],
    ),
    "pages of a value": (
        [page("heading: A", path=f"/item/{U1}"), page("heading: B", path=f"/item/{U2}")],
        [page("heading: A", path=f"/item/{V1}"), page("heading: B", path=f"/item/{V2}")],
    ),
}


@pytest.mark.parametrize("name", UNCHANGED)
def test_what_only_varies_is_no_finding(name: str) -> None:
    before, after = UNCHANGED[name]

    assert found(before, after) == []
    assert found(after, before, (LATER, NOON)) == []


def messages(*subjects: str, first: int = 49) -> list[RecordedStep]:
    """A list of messages, and the page of the last one."""
    rows = [(subject, number) for number, subject in enumerate(subjects, first)]
    links = [f'link "{subject}": /messages/{number}' for subject, number in rows]
    last, number = rows[-1]
    return [page(*links, path="/messages"), page(f"heading: {last}", path=f"/messages/{number}")]


def test_numbers_that_shift_because_something_was_added_are_those_of_the_same_things() -> None:
    before, after = messages("Welcome", "Code"), messages("Welcome", "Offer", "News", "Code")

    assert [what for what in found(before, after) if "Code" in what or "is now" in what] == []
    assert [what for what in found(after, before) if "Code" in what or "is now" in what] == []
    assert len(found(before, after)) == 2
    assert found(messages("Welcome", "Code"), messages("Welcome", "Code", first=50)) != []


def test_words_count_if_they_count_from_one() -> None:
    before, after = text("Call 1 buy", "Call 2 close"), text("Call 1 buy", "Call 2 renew", "Call 3 close")

    assert found(before, after) == ["text “Call 3 renew” is new"]
    assert len(found(text("Call 2 close"), text("Call 2 renew", "Call 3 close"))) > 1
    assert len(found(text("Top 10 close"), text("Top 10 renew", "Top 11 close"))) > 1


def test_a_picture_may_differ_where_it_shows_a_value_that_varies(tmp_path: Path) -> None:
    def picture(name: str, value: str, *, dot: int = 5) -> RecordedStep:
        image = Image.new("RGB", (100, 60), "white")
        image.paste("black", (ord(value[0]), 20, ord(value[0]) + 8, 28))
        image.paste("black", (dot, 50, dot + 5, 55))
        image.save(tmp_path / f"{name}.png")
        boxes = (Box("status", f"Session {value}", 0, 15, 60, 20),)
        return page(f'status "Session {value}"').model_copy(update={"image": tmp_path / f"{name}.png", "boxes": boxes})

    before = picture("before", U1)

    assert found([before], [picture("after", V1)]) == []
    assert found([before], [picture("other", V1, dot=70)]) != []


MIXED_UP = {
    "a state that was not sent": (login(S1, T1, "4aX9fQ2LmZ"), login(S2, T2, "9zR2bT7YkW", back=T2)),
    "uuids": (text(f"mine {U1}", f"mine {U1}"), text(f"mine {V1}", f"mine {V2}")),
    "uuids that were two": (text(f"a {U1}", f"b {U2}"), text(f"a {V1}", f"b {V1}")),
    "uuids of both runs": (text(f"a {U1}", f"b {U2}"), text(f"a {U2}", f"b {U1}")),
    "moments": (
        text("from 2026-11-29 12:00:04 until 2026-12-29 12:00:04"),
        text("from 2026-12-29 17:00:09 until 2026-11-29 17:00:09"),
    ),
    "sessions": (text(f"?sid={S1}", f"?sid={S1}"), text(f"?sid={S2}", f"?sid={T2}")),
    "ids": (
        [page(actions=["click #radix-:r1:", "click #radix-:r1:"])],
        [page(actions=["click #radix-:r1:", "click #radix-:r5:"])],
    ),
    "ports": (text("localhost:5173", "localhost:5174"), text("localhost:6001", "localhost:6001")),
    "ports with numbers": (
        text("a localhost:«port-1»", "b localhost:«port-2»", "a localhost:«port-1»/y"),
        text("a localhost:«port-2»", "b localhost:«port-1»", "a localhost:«port-1»/y"),
    ),
    "a number": (order(49), order(51, of=49)),
    "folders": (
        text("at /tmp/tmpabcdefgh/a", "at /tmp/tmpabcdefgh/b"),
        text("at /tmp/tmpq_w8rtzu/a", "at /tmp/tmpzzzzzzzz/b"),
    ),
}


@pytest.mark.parametrize("name", MIXED_UP)
def test_what_is_mixed_up_is_found(name: str) -> None:
    assert found(*MIXED_UP[name]) != []


CHANGED = {
    "an answer more than a redirect that was cut off": (hover("GET /go -1"), hover("GET /go 301", "GET /b 200")),
    "a request more that is cut off, and no redirect": (hover("GET /go -1"), hover("GET /go 200", "GET /b -1")),
    "a request more beside one ahead of need": (
        hover("GET /b 200", ahead="/b"),
        hover("GET /b 200", "GET /c 200", ahead="/b"),
    ),
    "a page asked for ahead, and again": (ahead_and_visited("/b"), ahead_and_visited("/b", "/b")),
    "another page than the one asked for ahead": (ahead_and_visited("/b"), ahead_and_visited("", "/c")),
    "a page asked for twice that was asked for ahead": (ahead_and_visited("/b"), ahead_and_visited("", "/b", "/b")),
    "a page that is asked for an input later": tuple(at_border(late=late, later=(0,)) for late in (False, True)),
    "a page that is asked for an input earlier": tuple(at_border(late=late, earlier=(0, 1)) for late in (True, False)),
    "another request at a border": tuple(at_border(late=late, asked="/c") for late in (False, True)),
    "a page that another tab asks for": tuple(at_border(late=late, tab=2) for late in (False, True)),
    "a count": (text("3 items"), text("4 items")),
    "a price": (text("EUR 49", "49.00", "$49"), text("EUR 51", "51.00", "$51")),
    "a count beside an order of the same number": (order(3, total=3), order(4, total=4)),
    "a date that is content": (text("concert on 2027-03-01"), text("concert on 2027-03-02")),
    "a time that is content": (text("2027-03-01 20:00"), text("2027-03-01 21:00")),
    "hours": (text("open from 09:00"), text("open from 10:00")),
    "an age": (text("3 minutes ago"), text("3 hours ago")),
    "an older age": (text("3 days ago"), text("5 days ago")),
    "a plan": (text("Plan Business"), text("Plan Enterprise")),
    "a filter": ([page(path="/list?state=open")], [page(path="/list?state=closed")]),
    "a coupon": ([page(path="/buy?code=SUMMER10")], [page(path="/buy?code=WINTER20")]),
    "the product of a link": (
        [page('link "Buy":', "text: /products/7")],
        [page('link "Buy":', "text: /products/8")],
    ),
    "a request more": (
        [page(requests=["GET /prices 200"])],
        [page(requests=["GET /prices 200", "GET /prices 200"])],
    ),
    "a poll that fails": (
        [page(requests=["GET /status 200", "GET /status 200"])],
        [page(requests=["GET /status 200", "GET /status 200", "GET /status 500"])],
    ),
    "a version": (text("v1.2.3"), text("v1.2.4")),
    "a test id": ([page(actions=["click #step-2"])], [page(actions=["click #step-3"])]),
    "a download": (
        [page().model_copy(update={"downloads": (TransferredFile("a.pdf", "3f" * 32),)})],
        [page().model_copy(update={"downloads": (TransferredFile("a.pdf", "4a" * 32),)})],
    ),
    "a binary message": (
        [page().model_copy(update={"sockets": (SocketMessage("ws://x/", "sent", 9, "binary 3f2a91c477be0415"),)})],
        [page().model_copy(update={"sockets": (SocketMessage("ws://x/", "sent", 9, "binary 77be04153f2a91c4"),)})],
    ),
    "a total": (text("Total 51"), text("Total 49")),
}


@pytest.mark.parametrize("name", CHANGED)
def test_what_changed_is_found(name: str) -> None:
    before, after = CHANGED[name]

    assert found(before, after) != []
    assert found(after, before) != []


def test_what_is_asked_for_ahead_of_need_counts_where_the_other_recording_asks_for_it_too() -> None:
    ahead, visited = hover("GET /b 200", ahead="/b"), hover("GET /b 500")

    assert found(ahead, visited) == [f"GET {SHOP}/b is answered with 500 instead of 200"]
    assert found(visited, ahead) == [f"GET {SHOP}/b is answered with 200 instead of 500"]
