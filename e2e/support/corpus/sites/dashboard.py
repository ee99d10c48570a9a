"""Figures of a service: a clock that ticks, times of now, generated ids, and a picture with a cache buster."""

from datetime import UTC, datetime, timedelta
from secrets import token_hex

from flask import Flask, jsonify, render_template_string
from flask.typing import ResponseReturnValue
from playwright.sync_api import Page, expect

from e2e.support.corpus.alterations import edit, fail
from e2e.support.corpus.site import SingleChange, Site, page
from mock_sites.review.changes import Kind

BOARD = page(
    "Status",
    """<h1>Status</h1><p id="clock">{{ now.strftime('%H:%M:%S') }}</p>
    <section class="css-{{ name }}" aria-labelledby="h-{{ name }}">
    <h2 id="h-{{ name }}">Deploys</h2>
    <table>
    <thead><tr><th>Service</th><th>When</th><th>State</th></tr></thead><tbody>
    <tr><td>Shop</td><td>{{ first.isoformat(timespec='seconds') }}</td><td>Running</td></tr>
    <tr><td>Search</td><td>{{ second.isoformat(timespec='seconds') }}</td><td>Running</td></tr></tbody></table>
    </section>
    <img alt="Load" src="/chart.svg?t={{ (now.timestamp() * 1000) | int }}"><p id="figures"></p>
    <button>Refresh</button>
    <script>
    setInterval(() => { document.getElementById("clock").textContent = new Date().toTimeString().slice(0, 8) }, 200)
    document.querySelector("button").onclick = async () => {
      const stats = await (await fetch("/api/stats?_=" + Date.now())).json()
      document.getElementById("figures").textContent =
        `${stats.users} users, ${stats.errors} errors, updated ${new Date(stats.at).toLocaleString()}`
    }
    </script>""",
    head="<style>p { color: #222 } td { padding: 2px }</style>",
)
CHART = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><path d="M0 40L30 10L60 25" stroke="teal"/></svg>'
)


def make_app() -> Flask:
    """The figures as of now."""
    app = Flask(__name__)

    @app.get("/status")
    def status() -> str:
        now = datetime.now(UTC)
        return render_template_string(
            BOARD,
            now=now,
            name=token_hex(4),
            first=now - timedelta(minutes=7),
            second=now - timedelta(minutes=95),
        )

    @app.get("/chart.svg")
    def chart() -> ResponseReturnValue:
        return CHART, {"Content-Type": "image/svg+xml"}

    @app.get("/api/stats")
    def stats() -> ResponseReturnValue:
        return jsonify(users=128, errors=3, at=datetime.now(UTC).isoformat())

    return app


def visit(tab: Page, address: str) -> None:
    """Refresh the figures."""
    tab.goto(f"{address}/status")
    tab.locator("button").click()
    expect(tab.locator("#figures")).not_to_be_empty()


CHANGES = (
    SingleChange("a figure", edit("/api/stats", "128", "131"), Kind.TEXT, "/status", "131 users"),
    SingleChange(
        "a state in the table",
        edit("/status", "<td>Running</td></tr></tbody>", "<td>Stopped</td></tr></tbody>"),
        Kind.TEXT,
        "/status",
        "Stopped",
    ),
    SingleChange("a column less", edit("/status", "<th>State</th>", ""), Kind.STRUCTURE, "/status", "State"),
    SingleChange(
        "the heading of a section", edit("/status", ">Deploys<", ">Releases<"), Kind.TEXT, "/status", "Releases"
    ),
    SingleChange("words around a time", edit("/status", "updated ${", "as of ${"), Kind.TEXT, "/status", "as of"),
    SingleChange("a picture that is not there", fail("/chart.svg", 404), Kind.REQUESTS, "/status", "404"),
    SingleChange(
        "the text of a picture", edit("/status", 'alt="Load"', 'alt="Traffic"'), Kind.TEXT, "/status", "Traffic"
    ),
    SingleChange(
        "a parameter more beside the cache buster",
        edit("/status", "stats?_=", "stats?full=1&_="),
        Kind.REQUESTS,
        "/status",
        "full=1",
    ),
    SingleChange(
        "an error of the console",
        edit("/status", "setInterval(", "console.error('No feed');setInterval("),
        Kind.CONSOLE,
        "/status",
        "No feed",
    ),
)

SITE = Site("dashboard", "a live clock, times of now, generated ids, cache busters", make_app, visit, CHANGES)
