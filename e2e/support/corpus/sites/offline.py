"""Recipes that a service worker keeps, so that they can be read without a network."""

from flask import Flask, render_template_string
from flask.typing import ResponseReturnValue
from playwright.sync_api import Page, expect

from e2e.support.corpus.alterations import edit, fail
from e2e.support.corpus.site import SingleChange, Site, page
from mock_sites.review.changes import Kind

START = page(
    "Recipes",
    """<h1>Recipes</h1><p id="state">Online only</p><a href="/recipes/soup">Soup</a>
    <script>
    navigator.serviceWorker.register("/worker.js").then(() => navigator.serviceWorker.ready).then(() => {
      document.getElementById("state").textContent = "Ready to be read offline"
    })
    </script>""",
)
SOUP = page("Soup", "<h1>Soup</h1><ol><li>Boil water</li><li>Add leek</li></ol><a href='/recipes'>All recipes</a>")
WORKER = """
const KEPT = "recipes-1"
self.addEventListener("install", event => event.waitUntil(
  caches.open(KEPT).then(kept => kept.addAll(["/recipes/soup"])).then(() => self.skipWaiting())))
self.addEventListener("activate", event => event.waitUntil(self.clients.claim()))
self.addEventListener("fetch", event => event.respondWith(
  caches.match(event.request).then(kept => kept ?? fetch(event.request))))
"""


def make_app() -> Flask:
    """The recipes and the worker."""
    app = Flask(__name__)
    app.add_url_rule("/recipes", "recipes", lambda: render_template_string(START))
    app.add_url_rule("/recipes/soup", "soup", lambda: render_template_string(SOUP))

    @app.get("/worker.js")
    def worker() -> ResponseReturnValue:
        return WORKER, {"Content-Type": "text/javascript"}

    return app


def visit(tab: Page, address: str) -> None:
    """Wait until the recipes are kept, and read one without a network."""
    tab.goto(f"{address}/recipes")
    expect(tab.locator("#state")).not_to_contain_text("only")
    tab.context.set_offline(True)
    tab.locator("a").click()
    expect(tab.locator("li")).to_have_count(2)


CHANGES = (
    SingleChange(
        "the heading", edit("/recipes", "<h1>Recipes", "<h1>All recipes"), Kind.TEXT, "/recipes", "All recipes"
    ),
    SingleChange(
        "what stands there when it is ready",
        edit("/recipes", "Ready to be read offline", "Kept on this device"),
        Kind.TEXT,
        "/recipes",
        "Kept on this device",
    ),
    SingleChange(
        "a step of a kept page", edit("/recipes/soup", "Add leek", "Add onion"), Kind.TEXT, "/recipes/soup", "Add onion"
    ),
    SingleChange(
        "steps of a kept page in another order",
        edit("/recipes/soup", "<li>Boil water</li><li>Add leek</li>", "<li>Add leek</li><li>Boil water</li>"),
        Kind.STRUCTURE,
        "/recipes/soup",
        "elsewhere",
    ),
    SingleChange(
        "the title of a kept page",
        edit("/recipes/soup", "<title>Soup", "<title>Leek soup"),
        Kind.TEXT,
        "/recipes/soup",
        "Leek soup",
    ),
    SingleChange(
        "a link of a kept page",
        edit("/recipes/soup", "'/recipes'", "'/recipes?all'"),
        Kind.STRUCTURE,
        "/recipes/soup",
        "/recipes?all",
    ),
    SingleChange(
        "a file of the worker more",
        edit("/worker.js", '"/recipes/soup"]', '"/recipes/soup", "/recipes"]'),
        Kind.REQUESTS,
        "/recipes",
        "/recipes",
    ),
    SingleChange(
        "an error of the worker",
        edit("/recipes", "register(", "register(console.error('No worker') ?? "),
        Kind.CONSOLE,
        "/recipes",
        "No worker",
    ),
    SingleChange("another status of the worker", fail("/worker.js", 203), Kind.REQUESTS, "/recipes", "203"),
)

SITE = Site("offline", "a service worker that keeps pages", make_app, visit, CHANGES)
