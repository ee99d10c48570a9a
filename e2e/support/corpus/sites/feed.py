"""A list that loads more when it is scrolled, with new ids and relative times at each visit."""

from datetime import UTC, datetime, timedelta
from secrets import randbelow
from uuid import uuid4

from flask import Flask, jsonify, render_template_string, request
from flask.typing import ResponseReturnValue
from playwright.sync_api import Page, expect

from e2e.support.corpus.alterations import edit, fail, rewrite
from e2e.support.corpus.site import SingleChange, Site, page
from mock_sites.review.changes import Kind

FEED = page(
    "News",
    """<h1>News</h1><button>Compact</button>
    <main id="posts"></main><p id="end">Loading more</p><script src="/feed.js"></script>""",
    head="<style>article { min-height: 300px }</style>",
)
SCRIPT = """
let next = "/api/posts"
const posts = document.getElementById("posts"), end = document.getElementById("end")
async function more() {
  const {items, after} = await (await fetch(next)).json()
  posts.insertAdjacentHTML("beforeend", items.map(post => `<article id="post-${post.id}"><h2>${post.title}</h2>
    <time datetime="${post.at}">${post.ago}</time><p>${post.text}</p>
    <a href="/posts/${post.id}">Read more</a></article>`).join(""))
  next = after
  if (!next) { observer.disconnect(); end.textContent = "You have seen everything" }
}
document.querySelector("button").onclick = event => event.target.setAttribute("aria-pressed", "true")
const observer = new IntersectionObserver(([entry]) => entry.isIntersecting && more())
observer.observe(end)
"""


def make_app() -> Flask:
    """Twelve posts, four on a page."""
    app = Flask(__name__)
    ids = [str(uuid4()) for _number in range(12)]
    ages = [1 + randbelow(50) for _number in range(12)]

    @app.get("/news")
    def news() -> str:
        return render_template_string(FEED)

    @app.get("/feed.js")
    def script() -> ResponseReturnValue:
        return SCRIPT, {"Content-Type": "text/javascript"}

    @app.get("/api/posts")
    def posts() -> ResponseReturnValue:
        after = request.args.get("after")
        first = ids.index(after) + 1 if after else 0
        items = [
            {
                "id": ids[number],
                "title": f"Story {chr(65 + number)}",
                "text": f"What happened in town {chr(65 + number)}.",
                "at": (datetime.now(UTC) - timedelta(minutes=ages[number])).isoformat(),
                "ago": f"{ages[number]} minutes ago" if ages[number] > 1 else "1 minute ago",
            }
            for number in range(first, first + 4)
        ]
        last = f"/api/posts?after={items[-1]['id']}"
        return jsonify({"items": items, "after": last if first < 8 else None})

    return app


def visit(tab: Page, address: str) -> None:
    """Choose a view, and scroll to the end."""
    tab.goto(f"{address}/news")
    tab.locator("button").click()
    for count in (4, 8, 12):
        expect(tab.locator("article")).to_have_count(count)
        tab.locator("#end").scroll_into_view_if_needed()
    expect(tab.locator("#end")).to_contain_text("You")


CHANGES = (
    SingleChange("the heading", edit("/news", "<h1>News", "<h1>Latest news"), Kind.TEXT, "/news", "Latest news"),
    SingleChange(
        "a title on the first page", edit("/api/posts", "Story B", "Report B"), Kind.TEXT, "/news", "Report B"
    ),
    SingleChange("a title on the last page", edit("/api/posts", "Story K", "Report K"), Kind.TEXT, "/news", "Report K"),
    SingleChange(
        "a text on the second page", edit("/api/posts", "in town F", "in city F"), Kind.TEXT, "/news", "in city F"
    ),
    SingleChange("the level of headings", edit("/feed.js", "h2>", "h3>"), Kind.STRUCTURE, "/news", "level"),
    SingleChange("the words on links", edit("/feed.js", "Read more", "Go on"), Kind.TEXT, "/news", "Go on"),
    SingleChange(
        "where links lead", edit("/feed.js", 'href="/posts/', 'href="/stories/'), Kind.STRUCTURE, "/news", "/stories/"
    ),
    SingleChange(
        "a link to another post",
        rewrite("/feed.js", r"/posts/\$\{post.id\}", "/posts/${post.title == 'Story C' ? items[0].id : post.id}"),
        Kind.STRUCTURE,
        "/news",
        "/posts/",
    ),
    SingleChange(
        "what is said at the end",
        edit("/feed.js", "You have seen everything", "You are up to date"),
        Kind.TEXT,
        "/news",
        "up to date",
    ),
    SingleChange(
        "what is said while it loads", edit("/news", "Loading more", "Please wait"), Kind.TEXT, "/news", "Please wait"
    ),
    SingleChange("another status of the API", fail("/api/posts", 203), Kind.REQUESTS, "/news", "203"),
)

SITE = Site("feed", "an infinite list with ids and relative times", make_app, visit, CHANGES)
