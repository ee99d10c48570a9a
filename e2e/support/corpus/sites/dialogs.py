"""A list that asks before it deletes, asks for a new name, tells what it did, and has a dialog of its own."""

from flask import Flask, render_template_string
from playwright.sync_api import Dialog, Page, expect

from e2e.support.corpus.alterations import edit
from e2e.support.corpus.site import SingleChange, Site, page
from mock_sites.review.changes import Kind

NOTES = page(
    "Notes",
    """<h1>Notes</h1><ul><li>Milk</li><li>Bread</li></ul>
    <button id="delete">Delete</button> <button id="rename">Rename</button> <button id="share">Share</button>
    <dialog><h2>Share the list</h2><p>Everybody with the link can read it.</p><button>Close</button></dialog>
    <script>
    const items = document.querySelectorAll("li"), sheet = document.querySelector("dialog")
    document.getElementById("delete").onclick = () => {
      if (confirm("Delete Milk?")) { items[0].remove(); alert("Milk is deleted") }
    }
    document.getElementById("rename").onclick = () => { items[1].textContent = prompt("New name", "Bread") }
    document.getElementById("share").onclick = () => sheet.showModal()
    sheet.querySelector("button").onclick = () => sheet.close()
    </script>""",
)


def make_app() -> Flask:
    """The notes."""
    app = Flask(__name__)
    app.add_url_rule("/notes", "notes", lambda: render_template_string(NOTES))
    return app


def visit(tab: Page, address: str) -> None:
    """Delete, rename, and look at the dialog."""

    def answer(dialog: Dialog) -> None:
        dialog.accept("Rye bread" if dialog.type == "prompt" else "")

    tab.on("dialog", answer)
    tab.goto(f"{address}/notes")
    tab.locator("#delete").click()
    expect(tab.locator("li")).to_have_count(1)
    tab.locator("#rename").click()
    expect(tab.get_by_text("Rye bread")).to_be_visible()
    tab.locator("#share").click()
    tab.locator("dialog button").click()
    expect(tab.locator("dialog")).not_to_be_visible()


CHANGES = (
    SingleChange(
        "a question", edit("/notes", "Delete Milk?", "Delete Milk for ever?"), "dialogs", "/notes", "for ever"
    ),
    SingleChange("a message", edit("/notes", "Milk is deleted", "Deleted"), "dialogs", "/notes", "Deleted"),
    SingleChange(
        "a message less", edit("/notes", '; alert("Milk is deleted")', ""), "dialogs", "/notes", "Milk is deleted"
    ),
    SingleChange(
        "a question less", edit("/notes", 'if (confirm("Delete Milk?"))', ""), "dialogs", "/notes", "Delete Milk?"
    ),
    SingleChange(
        "what is asked for", edit("/notes", '"New name"', '"Another name"'), "dialogs", "/notes", "Another name"
    ),
    SingleChange(
        "what is proposed", edit("/notes", '"New name", "Bread"', '"New name", "Toast"'), "dialogs", "/notes", "Toast"
    ),
    SingleChange(
        "a message instead of a question", edit("/notes", "if (confirm(", "if (!alert("), "dialogs", "/notes", "alert"
    ),
    SingleChange(
        "a text of the page's own dialog",
        edit("/notes", "can read it", "can change it"),
        Kind.TEXT,
        "/notes",
        "can change it",
    ),
    SingleChange(
        "the heading of the page's own dialog", edit("/notes", "Share the list", "Share"), Kind.TEXT, "/notes", "Share"
    ),
    SingleChange("a button of the page's own dialog", edit("/notes", ">Close<", ">Done<"), Kind.TEXT, "/notes", "Done"),
    SingleChange(
        "what stands there until it is deleted",
        edit("/notes", "<li>Milk", "<li>Oat milk"),
        Kind.TEXT,
        "/notes",
        "Oat milk",
    ),
)

SITE = Site("dialogs", "alert, confirm, prompt, and a dialog of the page", make_app, visit, CHANGES)
