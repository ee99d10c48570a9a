"""A board of cards that are dragged from column to column; it keeps its state in the local storage."""

from flask import Flask, render_template_string
from playwright.sync_api import Page, expect

from e2e.support.corpus.alterations import edit, swap
from e2e.support.corpus.site import SingleChange, Site, page
from mock_sites.review.changes import Kind

BOARD = page(
    "Board",
    """<h1>Board</h1><div id="board">
    <section id="todo" aria-label="To do"><h2>To do</h2><ul><li draggable="true" id="c1">Draw</li>
    <li draggable="true" id="c2">Paint</li></ul></section>
    <section id="done" aria-label="Done"><h2>Done</h2><ul></ul></section></div><p role="status"></p>
    <script>
    const said = document.querySelector("[role=status]")
    for (const card of document.querySelectorAll("li"))
      card.ondragstart = event => event.dataTransfer.setData("text", card.id)
    for (const column of document.querySelectorAll("section")) {
      column.ondragover = event => event.preventDefault()
      column.ondrop = event => {
        event.preventDefault()
        const card = document.getElementById(event.dataTransfer.getData("text"))
        column.querySelector("ul").append(card)
        localStorage.setItem("board", JSON.stringify({[card.id]: column.id}))
        said.textContent = `${card.textContent} is in ${column.ariaLabel}`
      }
    }
    for (const [card, column] of Object.entries(JSON.parse(localStorage.getItem("board") ?? "{}")))
      document.getElementById(column).querySelector("ul").append(document.getElementById(card))
    </script>""",
    head="""<style>#board { display: flex; gap: 16px } section { background: #eee; width: 240px; min-height: 160px }
    li { background: #fff; padding: 8px }</style>""",
)


def make_app() -> Flask:
    """The board."""
    app = Flask(__name__)
    app.add_url_rule("/board", "board", lambda: render_template_string(BOARD))
    return app


def visit(tab: Page, address: str) -> None:
    """Drag a card, and see that it stays there."""
    tab.goto(f"{address}/board")
    tab.locator("#c2").drag_to(tab.locator("#done"))
    expect(tab.locator("#done li")).to_have_count(1)
    tab.context.storage_state()
    tab.reload()
    expect(tab.locator("h1, h3").first).to_be_visible()


CHANGES = (
    SingleChange(
        "the name of a card", edit("/board", ">Draw<", ">Sketch<"), Kind.TEXT, "/board", "Sketch", also=("/board 2",)
    ),
    SingleChange(
        "a card more",
        edit("/board", "</ul></section>\n    <section id", "<li>Sell</li></ul></section>\n    <section id"),
        Kind.STRUCTURE,
        "/board",
        "Sell",
        also=("/board 2",),
    ),
    SingleChange(
        "cards in another order",
        swap("/board", 'id="c1">Draw', 'id="c2">Paint'),
        Kind.STRUCTURE,
        "/board",
        "elsewhere",
        also=("/board 2",),
    ),
    SingleChange(
        "the heading of a column",
        edit("/board", "<h2>Done", "<h2>Finished"),
        Kind.TEXT,
        "/board",
        "Finished",
        also=("/board 2",),
    ),
    SingleChange(
        "the level of a heading", edit("/board", "h1>", "h3>"), Kind.STRUCTURE, "/board", "level", also=("/board 2",)
    ),
    SingleChange(
        "what is said after a drop", edit("/board", "is in ${", "was moved to ${"), Kind.TEXT, "/board", "was moved to"
    ),
    SingleChange(
        "the colour of the columns", edit("/board", "#eee", "#cde"), Kind.STYLE, "/board", "#cde", also=("/board 2",)
    ),
    SingleChange(
        "the padding of cards",
        edit("/board", "padding: 8px", "padding: 10px"),
        Kind.STYLE,
        "/board",
        "",
        also=("/board 2",),
    ),
    SingleChange(
        "an entry of the storage more",
        edit("/board", "localStorage.setItem", 'localStorage.setItem("theme", "dark"); localStorage.setItem'),
        "storage",
        "/board",
        "theme",
    ),
    SingleChange(
        "a card that is not kept",
        edit("/board", 'getItem("board")', 'getItem("cards")'),
        Kind.STRUCTURE,
        "/board 2",
        "Paint",
    ),
)

SITE = Site("board", "drag and drop, and the local storage", make_app, visit, CHANGES, pictures=True)
