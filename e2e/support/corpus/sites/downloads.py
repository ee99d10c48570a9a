"""Reports to download: by a link, by a form, and made by the page itself."""

from flask import Flask, Response, render_template_string
from flask.typing import ResponseReturnValue
from playwright.sync_api import Page

from e2e.support.corpus.alterations import edit, fail, header
from e2e.support.corpus.site import SingleChange, Site, page
from mock_sites.review.changes import Kind

REPORTS = page(
    "Reports",
    """<h1>Reports</h1><ul><li><a href="/reports/march.csv">March</a></li></ul>
    <form method="post" action="/export"><button>Export all</button></form>
    <a id="made" download="summary.txt" href="data:text/plain,4 orders">Summary</a>""",
)
MARCH = "order,amount\n4711,40.00\n4712,12.50\n"


def _file(name: str, content: str) -> Response:
    return Response(
        content, headers={"Content-Type": "text/csv", "Content-Disposition": f'attachment; filename="{name}"'}
    )


def make_app() -> Flask:
    """The reports."""
    app = Flask(__name__)

    @app.get("/reports")
    def reports() -> str:
        return render_template_string(REPORTS)

    @app.get("/reports/march.csv")
    def march() -> ResponseReturnValue:
        return _file("march.csv", MARCH)

    @app.post("/export")
    def export() -> ResponseReturnValue:
        return _file("all-orders.csv", f"{MARCH}4713,7.00\n4714,9.90\n")

    return app


def visit(tab: Page, address: str) -> None:
    """Download all three."""
    tab.goto(f"{address}/reports")
    for control in ("a[href*=march]", "button", "#made"):
        with tab.expect_download() as download:
            tab.locator(control).click()
        assert download.value.failure() is None


CHANGES = (
    SingleChange(
        "the name of a file",
        header("/reports/march.csv", "Content-Disposition", 'attachment; filename="2026-03.csv"'),
        "files",
        "/reports",
        "2026-03.csv",
    ),
    SingleChange(
        "the content of a file", edit("/reports/march.csv", "12.50", "112.50"), "files", "/reports", "march.csv"
    ),
    SingleChange(
        "the name of an exported file",
        header("/export", "Content-Disposition", 'attachment; filename="orders.csv"'),
        "files",
        "/reports",
        "orders.csv",
    ),
    SingleChange(
        "the content of an exported file", edit("/export", "9.90", "19.90"), "files", "/reports", "all-orders.csv"
    ),
    SingleChange(
        "the name of a file that the page makes",
        edit("/reports", "summary.txt", "short.txt"),
        "files",
        "/reports",
        "short.txt",
    ),
    SingleChange("the words on a button", edit("/reports", "Export all", "Export"), Kind.TEXT, "/reports", "Export"),
    SingleChange(
        "the words on a link", edit("/reports", ">March<", ">March 2026<"), Kind.TEXT, "/reports", "March 2026"
    ),
    SingleChange("the heading", edit("/reports", "<h1>Reports", "<h1>Files"), Kind.TEXT, "/reports", "Files"),
    SingleChange(
        "a report more",
        edit("/reports", "</ul>", '<li><a href="/reports/april.csv">April</a></li></ul>'),
        Kind.STRUCTURE,
        "/reports",
        "April",
    ),
    SingleChange("another status of a file", fail("/reports/march.csv", 203), Kind.REQUESTS, "/reports", "203"),
)

SITE = Site("downloads", "files by a link, by a form, and made by the page", make_app, visit, CHANGES)
