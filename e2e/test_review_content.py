"""A review tells what pages of a trace showed and did besides their elements, and shows no secret."""

import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from e2e.support.sample import make_sample, write_sample
from fixtures.traces import BODY, OPTIONS, PAID, SHOP, Lines, action, asked, seen, write
from mock_sites.review.comparing.compare import compare
from mock_sites.review.recording import Recording
from mock_sites.review.report import write_report
from mock_sites.review.review import review
from mock_sites.review.traces.trace import read_trace
from mock_sites.review.varying import align_values

SOCKET: Final = "ws://localhost:8123/live"
TOKEN: Final = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N"


def page(title: str, language: str) -> Any:
    """A page, whose heading and title do not depend on each other."""
    return ["HTML", {"lang": language}, ["HEAD", {}, ["TITLE", {}, title]], ["BODY", {}, ["H1", {}, "Shop"]]]


class Pages:
    """A trace of two pages that do everything. Its attributes are changed before it is written."""

    def __init__(self) -> None:
        self.title, self.language = "Shop", "en"
        self.dialogs = [("alert", "Hello"), ("confirm", "Sure?")]
        self.downloads = [("bill.csv", "data:text/csv;base64,YSxi"), ("terms.pdf", "http://localhost:8123/terms.pdf")]
        self.uploads: list[Mapping[str, Any]] = [
            {"localPaths": ["/home/li/photo.png"]},
            {"payloads": [{"name": "note.txt", "buffer": b64encode(b"one").decode()}]},
        ]
        self.messages = [("send", 1, "hello"), ("receive", 1, "price 7"), ("receive", 2, "AQID")]
        self.cookies: list[dict[str, Any]] = [
            {"name": "theme", "value": "dark", "path": "/"},
            {"name": "session", "value": "s3cr3t-of-li-wei-001", "httpOnly": True},
        ]
        self.sent_cookies = ["by_script"]
        self.kept = [("lang", "en"), ("token", TOKEN)]
        self.form, self.form_type = b"user=li&pass=hunter-22&note=", "application/x-www-form-urlencoded;charset=UTF-8"
        self.image: int = 200
        self.failure = ""
        self.length = "900"

    def write(self, file: Path) -> Path:
        """Write the trace."""
        begun: Lines = [OPTIONS, *action(1, 10, "goto", params={"url": SHOP})]
        begun += [seen(1, 19, "after", SHOP, page(self.title, self.language))]
        begun += [
            self.event(21, "dialog", type=kind, message=message, defaultValue="") for kind, message in self.dialogs
        ]
        begun += [self.event(22, "download", suggestedFilename=name, url=url) for name, url in self.downloads]
        for number, params in enumerate(self.uploads):
            begun += action(10 + number, 23, "setInputFiles", params={"selector": "input", **params})
        state = {"cookies": [], "origins": [{"origin": "http://localhost:8123", "localStorage": self.entries()}]}
        read, ended = action(20, 24, "storageState")
        begun += [read, {**ended, "result": state}]
        begun += [*action(2, 30, "click", params={"selector": "button"}), seen(2, 31, "before", SHOP, [[1, 6]])]
        begun += [*action(3, 50, "expect"), seen(3, 55, "after", PAID, page("Paid", "en"))]
        home, form = asked(11, "GET", SHOP), asked(35, "POST", PAID)
        home["snapshot"]["response"]["cookies"] = self.cookies
        form["snapshot"]["request"] |= {
            "cookies": [{"name": name, "value": "any"} for name in self.sent_cookies],
            "postData": {"mimeType": self.form_type, "params": [], "_file": "resources/form.dat"},
        }
        image = asked(12, "GET", f"{SHOP}/logo.png", self.image, "image")
        image["snapshot"]["response"]["_failureText"] = self.failure
        terms = asked(22, "GET", "http://localhost:8123/terms.pdf")
        terms["snapshot"]["response"] |= {
            "headers": [{"name": "Content-Length", "value": self.length}],
            "_failureText": "net::ERR_ABORTED",
        }
        socket = asked(13, "GET", SOCKET, 101, "websocket")
        socket["snapshot"]["response"]["content"] = {"_file": "resources/live.jsonl"}
        frames = [{"type": kind, "opcode": opcode, "data": data} for kind, opcode, data in self.messages]
        held = {"resources/live.jsonl": "\n".join(map(json.dumps, frames)).encode(), "resources/form.dat": self.form}
        return write(file, begun, [home, image, socket, terms, form], held)

    def event(self, time: float, method: str, **params: Any) -> dict[str, Any]:
        """Something that happened to the browser."""
        return {"type": "event", "time": time, "class": "BrowserContext", "method": method, "params": params}

    def entries(self) -> list[dict[str, str]]:
        """The entries of the local storage."""
        return [{"name": name, "value": value} for name, value in self.kept]


Edit = Callable[[Pages], object]


def replaced(name: str, value: Any) -> Edit:
    """Give the pages another attribute."""
    return lambda pages: setattr(pages, name, value)


def put(name: str, place: int, value: Any) -> Edit:
    """Replace an item of a list."""
    return lambda pages: getattr(pages, name).__setitem__(place, value)


def added(name: str, value: Any) -> Edit:
    """Add an item to a list."""
    return lambda pages: getattr(pages, name).append(value)


def gone(name: str, place: int) -> Edit:
    """Take an item out of a list."""
    return lambda pages: getattr(pages, name).pop(place)


NOTE: Final = {"payloads": [{"name": "note.txt", "buffer": b64encode(b"two").decode()}]}
MULTIPART: Final = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\nhunter-22\r\n--x--\r\n'

CHANGES: Final[Mapping[str, tuple[Edit, str, int, str]]] = {
    "title": (replaced("title", "Store"), "text", 1, "the page's title is “Store” instead of “Shop”"),
    "language": (replaced("language", ""), "structure", 1, "the page's language (lang) is none instead of en"),
    "dialog says": (put("dialogs", 0, ("alert", "Bye")), "dialogs", 1, "alert “Hello” now says “Bye”"),
    "dialog is": (put("dialogs", 1, ("alert", "Sure?")), "dialogs", 1, "confirm “Sure?” is now an alert"),
    "dialog new": (added("dialogs", ("prompt", "Name?")), "dialogs", 1, "prompt “Name?” opens in addition"),
    "dialog gone": (gone("dialogs", 0), "dialogs", 1, "alert “Hello” no longer opens"),
    "download name": (
        put("downloads", 1, ("rules.pdf", "http://localhost:8123/terms.pdf")),
        "files",
        1,
        "download of “terms.pdf” has the name “rules.pdf” now",
    ),
    "download content": (
        put("downloads", 0, ("bill.csv", "data:text/csv;base64,YSxj")),
        "files",
        1,
        "download of “bill.csv” has another content: SHA-256 ",
    ),
    "download size": (
        replaced("length", "901"),
        "files",
        1,
        "download of “terms.pdf” has 901 instead of 900 bytes",
    ),
    "download gone": (gone("downloads", 0), "files", 1, "download of “bill.csv” no longer happens"),
    "upload name": (
        put("uploads", 0, {"localPaths": ["C:\\photos\\other.png"]}),
        "files",
        1,
        "upload of “photo.png” has the name “other.png” now",
    ),
    "upload content": (put("uploads", 1, NOTE), "files", 1, "upload of “note.txt” has another content: SHA-256 "),
    "message": (
        put("messages", 1, ("receive", 1, "price 17")),
        "sockets",
        1,
        f"message “price 7” received by {SOCKET} is now “price 17”, 8 instead of 7 bytes",
    ),
    "message sent": (
        put("messages", 0, ("send", 1, "hallo")),
        "sockets",
        1,
        f"message “hello” sent by {SOCKET} is now “hallo”",
    ),
    "message binary": (put("messages", 2, ("receive", 2, "AQIE")), "sockets", 1, "message “binary 039058c6f2c0” "),
    "message new": (
        added("messages", ("send", 1, "bye")),
        "sockets",
        1,
        f"message “bye” sent by {SOCKET} comes in addition",
    ),
    "cookie new": (
        added("cookies", {"name": "ads", "value": "s3cr3t-number-00012"}),
        "storage",
        1,
        "cookie “ads” of localhost is new",
    ),
    "cookie gone": (gone("cookies", 0), "storage", 1, "cookie “theme” of localhost is gone"),
    "cookie word": (
        put("cookies", 0, {"name": "theme", "value": "light"}),
        "storage",
        1,
        "cookie “theme” of localhost is “light” instead of “dark”",
    ),
    "cookie unsafe": (
        put("cookies", 1, {"name": "session", "value": "another-s3cr3t-00099"}),
        "storage",
        1,
        "cookie “session” of localhost is set with no attributes instead of HttpOnly",
    ),
    "cookie sent": (gone("sent_cookies", 0), "storage", 2, "cookie “by_script” of localhost is gone"),
    "entry new": (
        added("kept", ("seen", "1")),
        "storage",
        1,
        "local storage “seen” of http://localhost:8123 is new",
    ),
    "entry": (
        put("kept", 0, ("lang", "zh-CN")),
        "storage",
        1,
        "local storage “lang” of http://localhost:8123 is “zh-CN” instead of “en”",
    ),
    "field": (
        replaced("form", b"user=li&note=&remember=on"),
        "requests",
        2,
        f"POST {PAID} sends the field “remember” in addition and no longer sends the field “pass”",
    ),
    "image lost": (
        replaced("image", 404),
        "requests",
        1,
        f"GET {SHOP}/logo.png is answered with 404 instead of 200",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_of_what_a_page_does_is_one_finding_in_its_step(name: str, tmp_path: Path) -> None:
    edit, kind, step, words = CHANGES[name]
    pages = Pages()
    before = pages.write(tmp_path / "before.zip")
    edit(pages)

    reviewed = review(pages.write(tmp_path / "after.zip"), before)

    assert reviewed.faults == []
    [finding] = reviewed.findings
    assert (finding.kind, [place.step.number for place in finding.places]) == (kind, [step])
    assert finding.what.startswith(words)
    assert not finding.advice


def test_no_secret_is_shown_and_another_secret_is_no_change(tmp_path: Path) -> None:
    files: list[Path] = []
    secrets = [("s3cr3t-of-li-wei-001", "hunter-22", TOKEN), ("s3cr3t-of-li-wei-002", "hunter-33", TOKEN[:-4] + "QQQQ")]
    for number, (session, password, token) in enumerate(secrets):
        pages = Pages()
        pages.cookies[1]["value"] = session
        pages.form = f"user=li&pass={password}&note=".encode()
        pages.kept[1] = ("token", token)
        pages.messages += [("send", 1, f"token={token}"), ("send", 1, json.dumps({"password": password}))]
        pages.dialogs.append(("alert", f"Your token is {token}"))
        files.append(pages.write(tmp_path / f"{number}.zip"))
    more = Pages()
    more.write(tmp_path / "more.zip")

    assert review(files[1], files[0]).findings == []
    for before, after in ((files[0], tmp_path / "more.zip"), (tmp_path / "more.zip", files[0])):
        reviewed = review(after, before)
        write_report(reviewed, tmp_path / "report.html")
        shown = (tmp_path / "report.html").read_text(encoding="utf-8") + repr(reviewed)
        assert len(reviewed.findings) == 3
        assert [secret for secret in secrets[0] if secret in shown] == []


def test_a_multipart_form_and_a_json_object_are_compared_by_their_names(tmp_path: Path) -> None:
    changes = {
        "multipart/form-data; boundary=x": (MULTIPART % b"pass", MULTIPART % b"old_pass"),
        "application/json": (b'{"pass": "hunter-22"}', b'{"old_pass": "hunter-22"}'),
    }
    for media_type, bodies in changes.items():
        files: list[Path] = []
        for number, body in enumerate(bodies):
            pages = Pages()
            pages.form, pages.form_type = body, media_type
            files.append(pages.write(tmp_path / f"{number}.zip"))

        [finding] = review(files[1], files[0]).findings

        assert finding.what == (
            f"POST {PAID} sends the field “old_pass” in addition and no longer sends the field “pass”"
        )


@pytest.mark.parametrize("failure", ["", "net::ERR_ABORTED"])
def test_a_request_that_was_cut_off_may_have_any_answer(failure: str, tmp_path: Path) -> None:
    pages = Pages()
    before = pages.write(tmp_path / "before.zip")
    pages.image, pages.failure = -1, failure

    assert review(pages.write(tmp_path / "after.zip"), before).findings == []


def test_a_request_that_failed_is_told(tmp_path: Path) -> None:
    pages = Pages()
    before = pages.write(tmp_path / "before.zip")
    pages.image, pages.failure = -1, "net::ERR_CONNECTION_REFUSED"
    after = pages.write(tmp_path / "after.zip")

    assert [found.what for found in review(after, before).findings] == [
        f"GET {SHOP}/logo.png gets no answer instead of 200"
    ]
    assert [found.what for found in review(before, after).findings] == [
        f"GET {SHOP}/logo.png is answered with 200; it got no answer before"
    ]


def test_the_cookie_that_a_redirect_sets_counts_only_when_it_is_sent(tmp_path: Path) -> None:
    session = {"name": "session", "value": "s3cr3t"}
    found: list[list[str]] = []
    for sent in ([], [session]):
        files: list[Path] = []
        for number, (given, returned) in enumerate([([], []), ([session], sent)]):
            network = [asked(11, "POST", SHOP, 302), asked(12, "GET", PAID)]
            network[0]["snapshot"]["response"]["cookies"] = given
            network[1]["snapshot"]["request"]["cookies"] = returned
            shown = [OPTIONS, *action(1, 10, "goto", params={"url": SHOP})]
            shown.append(seen(1, 19, "after", PAID, page("Paid", "en")))
            files.append(write(tmp_path / f"{number}.zip", shown, network))
        found.append([finding.what for finding in review(files[1], files[0]).findings])

    assert found == [[], ["cookie “session” of localhost is new"]]


def test_what_an_earlier_recording_does_not_have_is_not_compared(tmp_path: Path) -> None:
    steps = make_sample()
    later = write_sample(steps, tmp_path / "later")
    for step in steps:
        step.document_title = step.document_language = None

    assert review(later, write_sample(steps, tmp_path / "earlier")).findings == []


def live(file: Path, port: int, named: int) -> Recording:
    """A page that sends the port of its address, or another one."""
    home = f"http://localhost:{port}/"
    socket = asked(13, "GET", f"ws://localhost:{port}/live", 101, "websocket")
    socket["snapshot"]["response"]["content"] = {"_file": "resources/live.jsonl"}
    texts = [
        json.dumps({"url_port": str(named), "port": named}),
        json.dumps({"said": json.dumps({"port": str(named)})}),
    ]
    frames = [{"type": "send", "data": text.replace(": ", blank)} for text in texts for blank in (":", ": ")]
    begun = [OPTIONS, *action(1, 10, "goto", params={"url": home}), seen(1, 19, "after", home, BODY)]
    held = {"resources/live.jsonl": "\n".join(map(json.dumps, frames)).encode()}
    return read_trace(write(file / "live.zip", begun, [asked(11, "GET", home), socket], held))


@pytest.mark.parametrize(("first", "second"), [(4_562, 45_675), (45_675, 34_143), (34_143, 14_562)])
def test_a_message_may_name_the_port_of_its_page_which_varies(first: int, second: int, tmp_path: Path) -> None:
    before, after = live(tmp_path / "1", first, first), live(tmp_path / "2", second, second)
    other = live(tmp_path / "3", second, 8_080)

    assert [change.what for _step, change in compare(before, align_values(before, after))] == []
    assert [change.what for _step, change in compare(before, align_values(before, other))] != []
