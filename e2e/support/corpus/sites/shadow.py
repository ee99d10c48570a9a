"""A page of custom elements: shadow trees with slots, one in another, and one that shows more after a click."""

from flask import Flask, render_template_string
from playwright.sync_api import Page, expect

from e2e.support.corpus.alterations import edit, fail, swap
from e2e.support.corpus.site import SingleChange, Site, page
from mock_sites.review.changes import Kind

PLANS = page(
    "Plans",
    """<h1>Plans</h1><plan-card price="9"><span>Basic</span></plan-card>
    <plan-card price="19"><span>Team</span></plan-card><script src="/cards.js"></script>""",
)
CARDS = """
class PlanCard extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({mode: "open"})
    root.innerHTML = `<style>p { color: #333; padding: 4px }</style><h2><slot></slot></h2>
      <p>From ${this.getAttribute("price")} euros a month</p>
      <button>Details</button><plan-limits hidden></plan-limits>`
    root.querySelector("button").onclick = () => { root.querySelector("plan-limits").hidden = false }
  }
}
class PlanLimits extends HTMLElement {
  connectedCallback() {
    this.attachShadow({mode: "open"}).innerHTML = `<ul><li>5 projects</li><li>10 people</li></ul>
      <a href="/compare">Compare plans</a>`
  }
}
customElements.define("plan-limits", PlanLimits)
customElements.define("plan-card", PlanCard)
"""


def make_app() -> Flask:
    """The plans of a service."""
    app = Flask(__name__)
    app.add_url_rule("/plans", "plans", lambda: render_template_string(PLANS))
    app.add_url_rule("/cards.js", "cards", lambda: (CARDS, {"Content-Type": "text/javascript"}))
    return app


def visit(tab: Page, address: str) -> None:
    """Look at the details of the second plan."""
    tab.goto(f"{address}/plans")
    tab.locator("plan-card").nth(1).locator("button").click()
    expect(tab.get_by_text("projects").nth(1)).to_be_visible()


CHANGES = (
    SingleChange(
        "a text in a shadow tree",
        edit("/cards.js", "euros a month", "euros per month"),
        Kind.TEXT,
        "/plans",
        "euros per month",
    ),
    SingleChange(
        "an attribute that a shadow tree shows", edit("/plans", 'price="19"', 'price="29"'), Kind.TEXT, "/plans", "29"
    ),
    SingleChange("what is in a slot", edit("/plans", "<span>Team", "<span>Teams"), Kind.TEXT, "/plans", "Teams"),
    SingleChange("two slots exchanged", swap("/plans", "Basic", "Team"), Kind.STRUCTURE, "/plans", "Team"),
    SingleChange("a button in a shadow tree", edit("/cards.js", ">Details<", ">More<"), Kind.TEXT, "/plans", "More"),
    SingleChange(
        "a text in the inner shadow tree",
        edit("/cards.js", "5 projects", "7 projects"),
        Kind.TEXT,
        "/plans",
        "7 projects",
    ),
    SingleChange(
        "a link in the inner shadow tree",
        edit("/cards.js", '"/compare"', '"/plans/all"'),
        Kind.STRUCTURE,
        "/plans",
        "/plans/all",
    ),
    SingleChange(
        "an entry less in the inner shadow tree",
        edit("/cards.js", "<li>10 people</li>", ""),
        Kind.STRUCTURE,
        "/plans",
        "10 people",
    ),
    SingleChange(
        "a button that cannot be pressed",
        edit("/cards.js", "= false }", '= false; root.querySelector("button").disabled = true }'),
        Kind.STRUCTURE,
        "/plans",
        "disabled",
    ),
    SingleChange("a colour in a shadow tree", edit("/cards.js", "#333", "#a00"), Kind.STYLE, "/plans", "instead of"),
    SingleChange(
        "a padding in a shadow tree",
        edit("/cards.js", "padding: 4px", "padding: 9px"),
        Kind.STYLE,
        "/plans",
        "instead of",
    ),
    SingleChange("a script with another status", fail("/cards.js", 203), Kind.REQUESTS, "/plans", "203"),
)

SITE = Site("shadow", "custom elements with shadow trees and slots", make_app, visit, CHANGES, pictures=True)
