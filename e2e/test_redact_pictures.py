"""Pictures of a trace lose their secrets, and a redacted trace plays in the viewer of Playwright."""

import io
import json
from pathlib import Path
from typing import Final

import playwright
from flask import Flask, send_file
from PIL import Image
from playwright.sync_api import Browser, expect

from e2e.support.corpus.serving import serve
from e2e.support.planted import UPPER, some
from e2e.support.planting import read_zip
from e2e.support.redacting import redacted
from fixtures.traces import OPTIONS, SHOP, seen
from mock_sites.redaction.redact import redact
from mock_sites.redaction.scan import scan

VIEWER: Final = Path(playwright.__file__).parent / "driver/package/lib/vite/traceViewer"


def picture(kind: str) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (200, 100), "white").save(written, kind)
    return written.getvalue()


def test_pictures_are_masked_where_a_tree_says_the_place_and_else_plain_while_a_page_shows_a_secret(
    tmp_path: Path,
) -> None:
    key = "AKIA" + some(16, UPPER)
    hidden, shown = (["HTML", {}, ["BODY", {}, ["P", {}, text]]] for text in ("wait", f"Your key: {key}"))
    again = [[1, 2]]  # the body of the snapshot before
    lines = [
        {**OPTIONS, "options": {"viewport": {"width": 100, "height": 50}}},
        seen(1, 10, "after", SHOP, hidden),
        seen(2, 20, "after", SHOP, hidden),
        seen(3, 30, "after", SHOP, shown),
        seen(4, 40, "after", SHOP, ["HTML", {}, again]),
        seen(5, 50, "after", SHOP, hidden),
        seen(6, 60, "after", SHOP, hidden),
        *(
            {"type": "screencast-frame", "pageId": page, "timestamp": at, "file": f"screencast/{page}-{at}.jpeg"}
            for page, at in (("p1", 15), ("p1", 25), ("p1", 35), ("p1", 45), ("p1", 55), ("p2", 35))
        ),
        seen(7, 170, "after", SHOP, hidden),
        seen(8, 180, "after", SHOP, shown),
        {
            "type": "aria-snapshot",
            "callId": "c8",
            "phase": "after",
            "pageId": "p1",
            "timestamp": 181,
            "file": "aria/8.json",
        },
        {
            "type": "screenshot",
            "callId": "c8",
            "phase": "after",
            "pageId": "p1",
            "timestamp": 179,
            "file": "screenshots/8.png",
        },
    ]
    tree = [{"role": "paragraph", "text": f"Your key: {key}", "box": {"x": 10, "y": 10, "width": 30, "height": 10}}]
    films = {
        f"screencast/{name}.jpeg": picture("JPEG") for name in ("p1-15", "p1-25", "p1-35", "p1-45", "p1-55", "p2-35")
    }
    more = {"aria/8.json": json.dumps(tree).encode(), "screenshots/8.png": picture("PNG"), **films}

    redacted(tmp_path, lines, more=more)

    after = read_zip(tmp_path / "out.zip")
    assert {name for name in more if more[name] != after[name]} == {
        "aria/8.json",
        "screenshots/8.png",
        "screencast/p1-25.jpeg",
        "screencast/p1-35.jpeg",
        "screencast/p1-45.jpeg",
        "screencast/p2-35.jpeg",  # nothing is known of this page
    }
    with Image.open(io.BytesIO(after["screencast/p1-35.jpeg"])) as plain:
        assert (plain.format, plain.size, plain.getcolors()) == ("JPEG", (200, 100), [(200 * 100, (102, 102, 102))])
    with Image.open(io.BytesIO(after["screenshots/8.png"])) as masked:
        places = {(50, 30): (102, 102, 102), (10, 30): (255, 255, 255), (50, 60): (255, 255, 255)}
        assert {place: masked.getpixel(place) for place in places} == places


def test_pictures_of_older_versions_and_those_attached_to_a_test_are_made_plain(tmp_path: Path) -> None:
    key = "AKIA" + some(16, UPPER)
    attached = {
        "name": "screenshot",
        "contentType": "image/png",
        "sha1": "0123456789abcdef0123456789abcdef01234567.png",
    }
    lines = [
        seen(1, 10, "after", SHOP, ["HTML", {}, ["BODY", {}, key]]),
        {"type": "screencast-frame", "pageId": "p1", "timestamp": 10, "sha1": "page@1-10.jpeg"},
        {"type": "after", "callId": "c1", "endTime": 1, "attachments": [attached]},
    ]
    names = ("resources/page@1-10.jpeg", f"resources/{attached['sha1']}")
    pictures = {name: picture("JPEG" if name.endswith("jpeg") else "PNG") for name in names}
    source = "resources/src@76543210fedcba9876543210fedcba9876543210.txt"

    files = redacted(tmp_path, lines, more={**pictures, source: key.encode()})

    changed = {content for name, content in read_zip(tmp_path / "out.zip").items() if name.endswith(("jpeg", "png"))}
    assert changed.isdisjoint(pictures.values())
    [attachment] = json.loads(files["trace.trace"].splitlines()[-1])["attachments"]
    assert f"resources/{attachment['sha1']}" in files
    assert files[source] == "«key-1»"


def test_a_redacted_trace_plays_in_the_viewer_of_playwright(browser: Browser, tmp_path: Path) -> None:
    key, token = "AKIA" + some(16, UPPER), some(20)
    body = f"<link rel=stylesheet href='/style.css?token={token}'><h1>{key}</h1><input type=password>"
    context = browser.new_context()
    context.tracing.start(snapshots=True, screenshots=True, sources=True)
    page = context.new_page()
    page.route("http://localhost/", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.route("http://localhost/style.css*", lambda route: route.fulfill(body="h1 { color: rgb(1, 2, 3) }"))
    page.goto("http://localhost/")
    page.get_by_role("textbox").fill("hunter-22")
    page.get_by_role("heading").click()
    context.tracing.stop(path=tmp_path / "in.zip")
    context.close()

    done = redact(tmp_path / "in.zip", tmp_path / "out.zip", paths=True)

    assert {*done.secrets} >= {"key", "password", "path", "token"}
    assert scan([tmp_path / "out.zip"], []).found == []
    context = browser.new_context()
    app = Flask("viewer", static_folder=VIEWER, static_url_path="/")
    app.add_url_rule("/out.zip", view_func=lambda: send_file(tmp_path / "out.zip"))
    with serve(app) as address:
        viewer = context.new_page()
        viewer.goto(f"{address}/index.html?trace={address}/out.zip")
        viewer.get_by_text("Click").first.click()
        shown = viewer.frame_locator("iframe.snapshot-visible").get_by_role("heading")
        expect(shown).to_have_text("«key-1»")
        expect(shown).to_have_css("color", "rgb(1, 2, 3)")
        expect(viewer.get_by_text("Fill").first).to_contain_text('"«password-1»"')
        viewer.get_by_role("tab", name="Source").click()
        expect(viewer.get_by_text("test_a_redacted_trace_plays_in_the_viewer")).to_be_visible()
    context.close()
