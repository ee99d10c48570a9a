"""Real traces of a site whose values are made anew for every run, as those of OAuth are."""

import secrets
import threading
import uuid
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from flask import Flask, redirect, request
from playwright.sync_api import Browser, expect
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from mock_sites.review.review import review

ORDER = """<!doctype html><title>Order</title><link rel=stylesheet href="/app.{build}.css">
<h1>Order {number}</h1><p>Reference {reference}</p><p>Made at {now} by {person}</p><p>3 items</p>
<a href="/orders/{number}?sid={session}">Receipt</a>"""

WAY: Final[Sequence[tuple[Literal["link", "button"], str, str]]] = [
    ("link", "Sign in", "Allow?"),
    ("button", "Allow", "Welcome"),
    ("button", "Order", "Order"),
    ("link", "Receipt", "Order"),
]
"""What is clicked, and the heading of the page to which it leads."""


def make_app(first: int, *, person: str = "Li Wei", mixed_up: bool = False) -> Flask:
    """A shop with a sign-in. ``first``: the number of its next order. ``mixed_up``: the sign-in forgets the state."""
    app = Flask(__name__)
    build, session, reference = secrets.token_hex(4), secrets.token_hex(16), uuid.uuid4()

    @app.get("/")
    def start() -> str:
        asked = f"state={secrets.token_urlsafe(16)}&nonce={secrets.token_urlsafe(16)}"
        return f"<h1>Shop</h1><a href='/authorize?{asked}&code_challenge={secrets.token_urlsafe(32)}'>Sign in</a>"

    @app.get("/authorize")
    def authorize() -> str:
        state = secrets.token_urlsafe(16) if mixed_up else request.args["state"]
        form = f"<input type=hidden name=_csrf value={secrets.token_hex(8)}><button>Allow</button>"
        return f"<h1>Allow?</h1><form method=post action='/allow?state={state}'>{form}</form>"

    @app.post("/allow")
    def allow() -> Response:
        return redirect(f"/callback?code={secrets.token_urlsafe(12)}&state={request.args['state']}")

    @app.get("/callback")
    def callback() -> str:
        return "<h1>Welcome</h1><form method=post action=/orders><button>Order</button></form>"

    @app.post("/orders")
    def make() -> Response:
        return redirect(f"/orders/{first}")

    @app.get("/orders/<int:number>")
    def order(number: int) -> str:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return ORDER.format(build=build, number=number, reference=reference, now=now, session=session, person=person)

    return app


@contextmanager
def serve(app: Flask) -> Generator[str]:
    """The address of an app, on a port that the system gives it."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def record(app: Flask, browser: Browser, file: Path) -> Path:
    """The trace of a sign-in and an order."""
    with serve(app) as address:
        context = browser.new_context(reduced_motion="reduce")
        context.tracing.start(snapshots=True)
        page = context.new_page()
        page.goto(address)
        for role, name, heading in WAY:
            page.get_by_role(role, name=name).click()
            expect(page.get_by_role("heading", name=heading)).to_be_visible()
        context.tracing.stop(path=file)
        context.close()
    return file


def differences(before: Path, after: Path) -> Sequence[str]:
    reviewed = review(after, before)
    assert reviewed.faults == []
    return [finding.what for finding in reviewed.findings if not finding.advice]


def test_traces_of_a_sign_in_are_equal_unless_something_changed(browser: Browser, tmp_path: Path) -> None:
    first = record(make_app(49), browser, tmp_path / "first.zip")
    again = record(make_app(51), browser, tmp_path / "again.zip")
    other = record(make_app(53, person="Zhang San"), browser, tmp_path / "other.zip")
    mixed_up = record(make_app(55, mixed_up=True), browser, tmp_path / "mixed_up.zip")

    assert differences(first, again) == []
    changed = differences(first, other)
    assert [what for what in changed if "Zhang San" not in what] == []
    assert changed
    found = differences(first, mixed_up)
    assert found
    assert all("state=" in what for what in found), found
