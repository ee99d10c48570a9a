"""A real trace of a page that does everything: one change of each kind is one finding each."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Final, cast

from flask import Flask, Response, make_response
from PIL import Image
from playwright.sync_api import Browser, Dialog, expect
from websockets.sync.server import ServerConnection

from e2e.support.corpus.serving import SOCKETS, serve
from mock_sites.review.review import review

PAGE: Final = """<!doctype html><html lang="{language}"><title>{title}</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/shop.css">
<h1>Shop</h1><img src="/logo.png" alt="Logo" width="20" height="20"><script src="/{script}"></script>
<button onclick="output.value = confirm('{question}')">Delete</button><output id="output"></output>
<a download="{download}" href="data:text/csv,{content}">Bill</a>
<form method="post" action="/paid"><input name="name" value="Li"><input type="hidden" name="{field}" value="hunter-22">
<button>Pay</button></form><input type="file" aria-label="Photo">
<button onclick="const line = new WebSocket('{sockets}'); line.onopen = () => line.send('{sent}');
 line.onmessage = event => output.value = event.data">Prices</button>
<script>localStorage.setItem("{entry}", "1")</script>"""

AS_IT_IS: Final[Mapping[str, str]] = {
    "language": "en",
    "title": "Shop",
    "script": "shop.js",
    "question": "Sure?",
    "download": "bill.csv",
    "content": "a,b",
    "field": "note",
    "sent": "prices",
    "received": "7 euros",
    "entry": "seen",
    "cookie": "theme",
    "style": "h1 { color: black }",
    "logo": "red",
    "upload": "one",
}
CHANGES: Final[Mapping[str, tuple[str, str]]] = {
    "language": ("zh", "the page's language (lang) is zh instead of en"),
    "title": ("Store", "the page's title is “Store” instead of “Shop”"),
    "script": ("gone.js", "GET http://127.0.0.1:«port-1»/gone.js"),
    "question": ("Really?", "confirm “Sure?” now says “Really?”"),
    "download": ("bills.csv", "download of “bill.csv” has the name “bills.csv” now"),
    "content": ("a,c", "download of “bill.csv” has another content"),
    "field": ("remark", "sends the field “remark” in addition and no longer sends the field “note”"),
    "sent": ("all prices", "message “prices” sent by ws://127.0.0.1:«port-2»/ is now “all prices”"),
    "received": ("8 euros", "message “7 euros” received by ws://127.0.0.1:«port-2»/ is now “8 euros”"),
    "entry": ("known", "local storage “known” of http://127.0.0.1:«port-1» is new"),
    "cookie": ("look", "cookie “look” of 127.0.0.1 is new"),
    "style": ("h1 { color: navy }", "style “h1” in http://127.0.0.1:«port-1»/shop.css has color navy instead of black"),
    "logo": ("green", "image http://127.0.0.1:«port-1»/logo.png has another content"),
    "upload": ("two", "upload of “photo.png” has another content"),
}


def make_app(words: Mapping[str, str]) -> Flask:
    app = Flask(__name__)

    def shop() -> Response:
        sockets = cast("str", app.config[SOCKETS])
        answer = make_response(PAGE.format(**words, sockets=sockets))
        answer.set_cookie(words["cookie"], "dark")
        return answer

    def logo() -> Response:
        content = BytesIO()
        Image.new("RGB", (20, 20), words["logo"]).save(content, "PNG")
        return Response(content.getvalue(), mimetype="image/png")

    def answer_message(line: ServerConnection) -> None:
        for _message in line:
            line.send(words["received"])

    app.add_url_rule("/", view_func=shop)
    app.add_url_rule("/logo.png", view_func=logo)
    app.add_url_rule("/shop.js", "script", lambda: Response("", mimetype="text/javascript"))
    app.add_url_rule("/shop.css", "style", lambda: Response(words["style"], mimetype="text/css"))
    app.add_url_rule("/paid", "paid", lambda: "<title>Paid</title><h1>Paid</h1>", methods=["POST"])
    app.extensions[SOCKETS] = answer_message
    return app


def record(browser: Browser, words: Mapping[str, str], file: Path) -> Path:
    """Visit the page and do everything that it offers."""
    context = browser.new_context(reduced_motion="reduce")
    with serve(make_app(words)) as address:
        context.tracing.start(snapshots=True)
        page = context.new_page()
        page.on("dialog", Dialog.accept)
        page.goto(address)
        page.get_by_role("button", name="Delete").click()
        with page.expect_download():
            page.get_by_role("link", name="Bill").click()
        page.get_by_label("Photo").set_input_files(
            {"name": "photo.png", "mimeType": "image/png", "buffer": words["upload"].encode()}
        )
        page.get_by_role("button", name="Prices").click()
        expect(page.get_by_role("status")).to_have_text(words["received"])
        context.storage_state()
        page.get_by_role("button", name="Pay").click()
        expect(page).to_have_title("Paid")
        context.tracing.stop(path=file)
    context.close()
    return file


def test_each_change_of_what_a_page_does_is_found_in_a_real_trace(browser: Browser, tmp_path: Path) -> None:
    before = record(browser, AS_IT_IS, tmp_path / "before.zip")
    again = record(browser, AS_IT_IS, tmp_path / "again.zip")
    after = record(browser, {name: new for name, (new, _what) in CHANGES.items()}, tmp_path / "after.zip")

    assert [finding.what for finding in review(again, before).findings if not finding.advice] == []
    findings = review(after, before).findings
    words = [change.what for finding in findings for change in (finding.lead, *finding.folded)]
    missed = {name: what for name, (_new, what) in CHANGES.items() if not any(what in text for text in words)}
    assert missed == {}, words
    assert "hunter-22" not in repr(findings)
