"""Tickets of a help desk, with session ids in links, tokens against forgery, and numbers."""

from datetime import UTC, datetime
from secrets import token_hex, token_urlsafe
from typing import cast

from flask import Flask, redirect, render_template_string, request
from flask.typing import ResponseReturnValue
from playwright.sync_api import Page, expect

from e2e.support.corpus.alterations import edit, rewrite, setting
from e2e.support.corpus.site import SingleChange, Site, page
from mock_sites.review.changes import Kind

LIST = page(
    "Tickets",
    """<h1>Tickets</h1><p>{{ tickets | length }} tickets</p>
    <table><thead><tr><th>Number</th><th>Subject</th></tr></thead>
    <tbody>{% for number, subject in tickets.items() %}<tr>
    <td><a href="/tickets/{{ number }};jsessionid={{ session }}">{{ number }}</a></td><td>{{ subject }}</td></tr>
    {% endfor %}</tbody></table><a href="/new;jsessionid={{ session }}">New ticket</a>""",
)
NEW = page(
    "New ticket",
    """<h1>New ticket</h1><form method="post"><input type="hidden" name="_csrf" value="{{ csrf }}">
    <label>Subject <input name="subject" maxlength="80"></label><label>Text <textarea name="text"></textarea></label>
    <button>Save</button></form>""",
)
TICKET = page(
    "Ticket {{ number }}",
    """<h1>Ticket {{ number }}</h1><dl><dt>Subject</dt><dd>{{ subject }}</dd><dt>Opened</dt><dd>{{ at }}</dd></dl>
    <form method="post"><input type="hidden" name="_csrf" value="{{ csrf }}"><button>Close ticket {{ number }}</button>
    </form><a href="/tickets;jsessionid={{ session }}">All tickets</a>""",
)


def make_app() -> Flask:
    """The help desk."""
    app = Flask(__name__)
    app.config["SUBJECTS"] = ("Printer is broken", "No coffee")
    session = token_hex(16).upper()
    opened: dict[int, str] = {}

    @app.get("/")
    def start() -> ResponseReturnValue:
        opened.update(enumerate(cast("tuple[str, ...]", app.config["SUBJECTS"]), 49))
        return redirect(f"/tickets;jsessionid={session}")

    @app.get("/tickets;jsessionid=<_given>")
    def tickets(_given: str) -> str:
        return render_template_string(LIST, tickets=opened, session=session)

    @app.route("/new;jsessionid=<_given>", methods=["GET", "POST"])
    def new(_given: str) -> ResponseReturnValue:
        if request.method == "GET":
            return render_template_string(NEW, csrf=token_urlsafe(18))
        number = max(opened) + 1
        opened[number] = request.form["subject"]
        return redirect(f"/tickets/{number};jsessionid={session}", 303)

    @app.route("/tickets/<int:number>;jsessionid=<_given>", methods=["GET", "POST"])
    def ticket(number: int, _given: str) -> ResponseReturnValue:
        if request.method == "POST":
            del opened[number]
            return redirect(f"/tickets;jsessionid={session}", 303)
        known = {"number": number, "subject": opened[number], "at": datetime.now(UTC).strftime("%d.%m.%Y %H:%M:%S")}
        return render_template_string(TICKET, csrf=token_urlsafe(18), session=session, **known)

    return app


def visit(tab: Page, address: str) -> None:
    """Open a ticket, see it in the list, and close the first one."""
    tab.goto(address)
    tab.locator("a[href*=new]").click()
    tab.locator("[name=subject]").fill("Window does not close")
    tab.locator("button").click()
    tab.locator("a").click()
    tab.locator("td a").first.click()
    tab.locator("button").click()
    expect(tab.locator("tbody tr").first).to_contain_text("No coffee")


LISTS = ("/tickets;* 2", "/tickets;* 3")

CHANGES = (
    SingleChange(
        "a ticket more from the start",
        setting("SUBJECTS", ("Printer is broken", "No coffee", "No tea")),
        Kind.STRUCTURE,
        "/tickets;*",
        "No tea",
        also=LISTS,
    ),
    SingleChange(
        "a column with another name",
        edit("/tickets;*", "<th>Subject", "<th>What"),
        Kind.TEXT,
        "/tickets;*",
        "What",
        also=LISTS,
    ),
    SingleChange(
        "a link to another ticket",
        rewrite("/tickets;*", r"/tickets/51(?=;)", "/tickets/50"),
        Kind.STRUCTURE,
        "/tickets;* 2",
        "/tickets/50",
        also=LISTS,
    ),
    SingleChange("the name of a field", edit("/new;*", "<label>Subject", "<label>Title"), Kind.TEXT, "/new;*", "Title"),
    SingleChange(
        "the name of a field that is sent",
        edit("/new;*", 'name="text"', 'name="body"'),
        Kind.REQUESTS,
        "/tickets/51;*",
        "body",
    ),
    SingleChange(
        "a field more",
        edit("/new;*", "<label>Text", "<label>Room <input></label><label>Text"),
        Kind.STRUCTURE,
        "/new;*",
        "Room",
    ),
    SingleChange(
        "the heading of a ticket", edit("/tickets/5*", "<h1>Ticket ", "<h1>Case "), Kind.TEXT, "/tickets/51;*", "Case"
    ),
    SingleChange(
        "a subject that is cut off",
        edit("/tickets/5*", "Window does not close", "Window does not"),
        Kind.TEXT,
        "/tickets/51;*",
        "Window does not",
    ),
    SingleChange(
        "a button of another ticket",
        edit("/tickets/49*", "Close ticket 49", "Close ticket 50"),
        Kind.TEXT,
        "/tickets/49;*",
        "Close ticket 50",
    ),
)

SITE = Site("tickets", "session ids in links, tokens, and numbers that count up", make_app, visit, CHANGES)
