"""An application for a job with a file, a hidden token against forgery, and a page that confirms what arrived."""

from hashlib import sha256
from secrets import token_urlsafe

from flask import Flask, redirect, render_template_string, request
from flask.typing import ResponseReturnValue
from playwright.sync_api import Page, expect

from e2e.support.corpus.alterations import edit
from e2e.support.corpus.site import SingleChange, Site, page
from mock_sites.review.changes import Kind

FORM = page(
    "Apply",
    """<h1>Apply</h1><form method="post" enctype="multipart/form-data">
    <input type="hidden" name="csrf_token" value="{{ csrf }}">
    <label>Name <input name="name" required></label>
    <label>Letter <input type="file" name="letter" accept=".txt"></label>
    <label><input type="checkbox" name="agree"> I agree to the rules</label><button>Send</button></form>""",
)
ARRIVED = page(
    "Thank you",
    """<h1>Thank you, {{ name }}</h1><p>We have got {{ file }}, {{ size }} bytes.</p><p>Fingerprint {{ digest }}</p>
    <a href="/apply">Apply again</a>""",
)


def make_app() -> Flask:
    """The form and its confirmation."""
    app = Flask(__name__)
    app.secret_key = token_urlsafe(16)
    arrived: dict[str, object] = {}

    @app.route("/apply", methods=["GET", "POST"])
    def apply() -> ResponseReturnValue:
        if request.method == "GET":
            return render_template_string(FORM, csrf=token_urlsafe(24))
        [file] = request.files.values()
        content = file.read()
        digest = sha256(content).hexdigest()[:8]
        arrived.update(name=request.form["name"], file=file.filename, size=len(content), digest=digest)
        return redirect("/thanks", 303)

    @app.get("/thanks")
    def thanks() -> str:
        return render_template_string(ARRIVED, **arrived)

    return app


def visit(tab: Page, address: str) -> None:
    """Send a letter."""
    tab.goto(f"{address}/apply")
    tab.locator("[name=name]").fill("Ada")
    tab.locator("[type=file]").set_input_files(
        {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"Dear Sir or Madam"}
    )
    tab.locator("[type=checkbox]").last.check()
    tab.locator("button").click()
    expect(tab.get_by_text("Fingerprint")).to_be_visible()


CHANGES = (
    SingleChange(
        "a label", edit("/apply", "<label>Letter", "<label>Cover letter"), Kind.TEXT, "/apply", "Cover letter"
    ),
    SingleChange(
        "where the form is sent",
        edit("/apply", '<form method="post"', '<form method="post" action="/apply?from=web"'),
        Kind.REQUESTS,
        "/thanks",
        "from=web",
    ),
    SingleChange(
        "the title of the confirmation",
        edit("/thanks", "<title>Thank you", "<title>Received"),
        Kind.TEXT,
        "/thanks",
        "Received",
    ),
    SingleChange("another name of the file", edit("/thanks", "letter.txt", "letter"), Kind.TEXT, "/thanks", "letter,"),
    SingleChange(
        "a field that is ticked already",
        edit("/apply", "<label>Name", '<p><input type="checkbox" aria-label="News" checked></p><label>Name'),
        Kind.STRUCTURE,
        "/apply",
        "News",
    ),
    SingleChange(
        "a note more",
        edit("/apply", "<label>Name", "<p>One file only</p><label>Name"),
        Kind.STRUCTURE,
        "/apply",
        "One file only",
    ),
    SingleChange("another size", edit("/thanks", "17 bytes", "18 bytes"), Kind.TEXT, "/thanks", "18 bytes"),
    SingleChange(
        "the heading of the confirmation",
        edit("/thanks", "<h1>Thank you", "<h1>Thanks"),
        Kind.TEXT,
        "/thanks",
        "Thanks, Ada",
    ),
    SingleChange(
        "where to apply again",
        edit("/thanks", 'href="/apply"', 'href="/apply?again=1"'),
        Kind.STRUCTURE,
        "/thanks",
        "again=1",
    ),
)

SITE = Site("upload", "a file in a form with a token against forgery", make_app, visit, CHANGES)
