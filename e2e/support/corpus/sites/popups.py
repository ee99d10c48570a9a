"""An order whose receipt and terms are tabs of their own; the terms answer to the tab that opened them."""

from flask import Flask, render_template_string
from playwright.sync_api import Page, expect

from e2e.support.corpus.alterations import edit, fail, move
from e2e.support.corpus.site import SingleChange, Site, page
from mock_sites.review.changes import Kind

ORDER = page(
    "Order 4711",
    """<h1>Order 4711</h1><p id="state">Not confirmed</p>
    <button onclick="open('/receipt', 'receipt', 'width=500,height=400')">Show receipt</button>
    <a href="/terms" target="_blank" rel="opener">Delivery terms</a>
    <script>addEventListener("message", event => {
      document.getElementById("state").textContent = "Terms accepted on " + event.data
    })</script>""",
)
RECEIPT = page(
    "Receipt",
    """<h1>Receipt</h1><img src="/logo.svg" alt="Goods & Co"><table><tr><th>Item</th><th>Price</th></tr>
    <tr><td>Lamp</td><td>40.00</td></tr><tr><td>Total</td><td>40.00</td></tr></table>""",
)
TERMS = page(
    "Delivery terms",
    """<h1>Delivery terms</h1><p>Goods arrive within 3 days.</p><label><input type="checkbox"> I have read them</label>
    <button onclick="opener.postMessage('page 1', '*')">Accept</button>""",
)
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="teal"/></svg>'


def make_app() -> Flask:
    """A shop."""
    app = Flask(__name__)
    app.add_url_rule("/order", "order", lambda: render_template_string(ORDER))
    app.add_url_rule("/receipt", "receipt", lambda: render_template_string(RECEIPT))
    app.add_url_rule("/terms", "terms", lambda: render_template_string(TERMS))
    app.add_url_rule("/logo.svg", "logo", lambda: (LOGO, {"Content-Type": "image/svg+xml"}))
    return app


def visit(tab: Page, address: str) -> None:
    """Look at the receipt and leave it open, accept the terms, and see that in the first tab."""
    tab.goto(f"{address}/order")
    with tab.expect_popup() as opened:
        tab.locator("button").click()
    expect(opened.value.locator("h1")).to_be_visible()
    with tab.expect_popup() as terms:
        tab.locator("a").click()
    terms.value.locator("label input").check()
    terms.value.locator("button").click()
    terms.value.close()
    expect(tab.get_by_text("accepted")).to_be_visible()


CHANGES = (
    SingleChange(
        "a total in a popup",
        edit("/receipt", "Total</td><td>40.00", "Total</td><td>45.00"),
        Kind.TEXT,
        "/receipt",
        "45.00",
    ),
    SingleChange(
        "a heading in a popup", edit("/receipt", "<h1>Receipt", "<h1>Invoice"), Kind.TEXT, "/receipt", "Invoice"
    ),
    SingleChange(
        "the title of a popup", edit("/receipt", "<title>Receipt", "<title>Invoice"), Kind.TEXT, "/receipt", "Invoice"
    ),
    SingleChange("a picture that is not there", fail("/logo.svg", 404), Kind.REQUESTS, "/receipt", "404"),
    SingleChange(
        "a promise in a tab that is closed",
        edit("/terms", "within 3 days", "within 5 days"),
        Kind.TEXT,
        "/terms",
        "within 5 days",
    ),
    SingleChange(
        "the address of such a tab",
        move("/terms", "/conditions"),
        Kind.FLOW,
        "/order",
        "/conditions",
        ("/order 2", "/conditions", "/order 3"),
    ),
    SingleChange("a button of such a tab", edit("/terms", ">Accept<", ">Agree<"), Kind.TEXT, "/terms", "Agree"),
    SingleChange(
        "a field that is ticked already",
        edit("/terms", "<p>Goods", '<input type="checkbox" aria-label="Send news" checked><p>Goods'),
        Kind.STRUCTURE,
        "/terms",
        "Send news",
    ),
    SingleChange(
        "what a popup makes of its opener",
        edit("/order", "Terms accepted on", "You accepted"),
        Kind.TEXT,
        "/order 3",
        "You accepted",
    ),
    SingleChange(
        "what stands there until the terms are accepted",
        edit("/order", "Not confirmed", "Waiting for you"),
        Kind.TEXT,
        "/order",
        "Waiting for you",
        also=("/order 2", "/order 3"),
    ),
    SingleChange(
        "an error of a popup's script",
        edit("/receipt", "<h1>", "<script>console.error('No printer')</script><h1>"),
        Kind.CONSOLE,
        "/receipt",
        "No printer",
    ),
)

SITE = Site("popups", "tabs that a page opens, and their answer to it", make_app, visit, CHANGES)
