"""A checkout whose payment form is a frame, with the fields of the card in a frame within it."""

from flask import Flask, render_template_string, request
from playwright.sync_api import Page, expect

from e2e.support.corpus.alterations import edit, fail
from e2e.support.corpus.site import SingleChange, Site, page
from mock_sites.review.changes import Kind

CHECKOUT = page(
    "Checkout",
    """<h1>Checkout</h1><p>2 items, 80.00</p><iframe title="Payment" src="/payment" width="600" height="300"></iframe>
    <p id="paid" role="status"></p><script>addEventListener("message", event => {
      document.getElementById("paid").textContent = event.data
    })</script>""",
)
PAYMENT = page(
    "Payment",
    """<h2>Pay by card</h2><p>Your bank may ask you to confirm.</p><a href="/help" target="_blank">Help</a>
    <iframe title="Card" src="/card" width="500" height="150"></iframe>""",
)
CARD = page(
    "Card",
    """<form method="post"><label>Number <input name="number"></label> <label>Valid until <input name="until"></label>
    <button>Pay 80.00</button></form>""",
)
PAID = page(
    "Paid",
    """<p>Card accepted</p><p>Reference {{ reference }}</p>
    <script>top.postMessage("Paid, thank you", "*")</script>""",
)


def make_app() -> Flask:
    """The shop and its payment service."""
    app = Flask(__name__)
    app.add_url_rule("/checkout", "checkout", lambda: render_template_string(CHECKOUT))
    app.add_url_rule("/payment", "payment", lambda: render_template_string(PAYMENT))
    app.add_url_rule("/help", "help", lambda: render_template_string(page("Help", "<h1>Help</h1>")))

    @app.route("/card", methods=["GET", "POST"])
    def card() -> str:
        if request.method == "GET":
            return render_template_string(CARD)
        return render_template_string(PAID, reference=f"R-{request.form['number'][-4:]}")

    return app


def visit(tab: Page, address: str) -> None:
    """Pay."""
    tab.goto(f"{address}/checkout")
    card = tab.frame_locator("iframe").frame_locator("iframe")
    card.locator("input").first.fill("4000 0000 0000 0002")
    card.locator("input").nth(1).fill("12/30")
    card.locator("button").click()
    expect(card.get_by_text("Reference")).to_be_visible()
    expect(tab.get_by_role("status")).not_to_be_empty()


CHANGES = (
    SingleChange("a text around the frame", edit("/checkout", "2 items", "3 items"), Kind.TEXT, "/checkout", "3 items"),
    SingleChange(
        "the name of a frame",
        edit("/checkout", 'title="Payment"', 'title="Pay here"'),
        Kind.TEXT,
        "/checkout",
        "Pay here",
    ),
    SingleChange(
        "a heading in a frame", edit("/payment", "Pay by card", "Card payment"), Kind.TEXT, "/checkout", "Card payment"
    ),
    SingleChange(
        "a link in a frame", edit("/payment", 'href="/help"', 'href="/faq"'), Kind.STRUCTURE, "/checkout", "/faq"
    ),
    SingleChange(
        "the level of a heading in a frame", edit("/payment", "h2>", "h3>"), Kind.STRUCTURE, "/checkout", "level"
    ),
    SingleChange("a frame that is not there", fail("/payment", 404), Kind.REQUESTS, "/checkout", "404"),
    SingleChange(
        "a label in a frame within a frame", edit("/card", "Valid until", "Expires"), Kind.TEXT, "/checkout", "Expires"
    ),
    SingleChange(
        "a field more in a frame within a frame",
        edit("/card", "<button>", "<label>Security code <input></label> <button>"),
        Kind.STRUCTURE,
        "/checkout",
        "Security code",
    ),
    SingleChange(
        "a button in a frame within a frame", edit("/card", "Pay 80.00", "Pay 90.00"), Kind.TEXT, "/checkout", "90.00"
    ),
    SingleChange(
        "an answer in a frame within a frame",
        edit("/card", "Card accepted", "Card charged"),
        Kind.TEXT,
        "/checkout",
        "Card charged",
    ),
    SingleChange(
        "what the frame tells the page", edit("/card", "thank you", "thanks"), Kind.TEXT, "/checkout", "thanks"
    ),
)

SITE = Site("frames", "frames in frames, and a form in the innermost", make_app, visit, CHANGES)
