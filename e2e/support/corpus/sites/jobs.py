"""A job that the server works on for a while: the page asks for its state until it is done."""

from secrets import randbelow
from uuid import uuid4

from flask import Flask, jsonify, redirect, render_template_string
from flask.typing import ResponseReturnValue
from playwright.sync_api import Page, expect

from e2e.support.corpus.alterations import edit, fail, rewrite
from e2e.support.corpus.site import SingleChange, Site, page
from mock_sites.review.changes import Kind

FORM = page(
    "Convert",
    """<h1>Convert a film</h1><form method="post" action="/jobs"><label for="format">Format</label>
    <select id="format" name="format">
    <option>WebM</option><option>MP4</option></select><button>Start</button></form>""",
)
JOB = page(
    "Job",
    """<h1>Converting</h1><p>Job {{ id }}</p><p id="state" role="status">Working</p>
    <script>
    async function ask() {
      const job = await (await fetch("/api/jobs/{{ id }}")).json()
      if (!job.done) return setTimeout(ask, 30)
      document.querySelector("h1").textContent = "Converted"
      document.getElementById("state").innerHTML = `Ready, ${job.size} MB. <a href="/files/{{ id }}">Open</a>`
    }
    ask()
    </script>""",
)


def make_app() -> Flask:
    """A converter that needs some time, each time another."""
    app = Flask(__name__)
    left: dict[str, int] = {}

    @app.get("/convert")
    def form() -> str:
        return render_template_string(FORM)

    @app.post("/jobs")
    def begin() -> ResponseReturnValue:
        number = str(uuid4())
        left[number] = 1 + randbelow(6)
        return redirect(f"/jobs/{number}", 303)

    @app.get("/jobs/<number>")
    def job(number: str) -> str:
        return render_template_string(JOB, id=number)

    @app.get("/api/jobs/<number>")
    def state(number: str) -> ResponseReturnValue:
        left[number] -= 1
        return jsonify(done=left[number] < 0, size=12)

    @app.get("/files/<number>")
    def file(number: str) -> str:
        return render_template_string(page("Film", f"<h1>Film</h1><p>From job {number}</p>"))

    return app


def visit(tab: Page, address: str) -> None:
    """Start a job, and open its result."""
    tab.goto(f"{address}/convert")
    tab.locator("select").select_option("MP4")
    tab.locator("button").click()
    tab.locator("#state a").click()
    expect(tab.get_by_text("From job")).to_be_visible()


CHANGES = (
    SingleChange(
        "the heading of the form",
        edit("/convert", "<h1>Convert a film", "<h1>Convert a video"),
        Kind.TEXT,
        "/convert",
        "video",
    ),
    SingleChange(
        "a format more",
        edit("/convert", "<option>MP4", "<option>MKV</option><option>MP4"),
        Kind.STRUCTURE,
        "/convert",
        "MKV",
    ),
    SingleChange(
        "the name of a field",
        edit("/convert", 'name="format"', 'name="kind"'),
        Kind.REQUESTS,
        "/jobs/*",
        "kind",
    ),
    SingleChange(
        "the way to send a form",
        edit("/convert", ' method="post" action="/jobs"', ' method="post" action="/jobs?fast=1"'),
        Kind.REQUESTS,
        "/jobs/*",
        "fast=1",
    ),
    SingleChange("another status of a redirect", fail("/jobs", 302), Kind.REQUESTS, "/jobs/*", "302"),
    SingleChange("the words of the result", edit("/jobs/*", "Ready, ${", "Done, ${"), Kind.TEXT, "/jobs/*", "Done, 12"),
    SingleChange(
        "another job is named",
        rewrite("/files/*", "From job [0-9a-f-]+", "From job 5d2f3c51-8a0e-4d0c-9d7b-6a1f2e3b4c5d"),
        Kind.TEXT,
        "/files/*",
        "5d2f3c51",
    ),
    SingleChange(
        "the size of the result", edit("/api/jobs/*", '"size":12', '"size":13'), Kind.TEXT, "/jobs/*", "13 MB"
    ),
)

SITE = Site("jobs", "polling until a job is done", make_app, visit, CHANGES)
