"""An application of one page: it draws tasks from JSON, and has addresses of its own by the History API."""

from flask import Flask, jsonify, render_template_string, request
from flask.typing import ResponseReturnValue
from playwright.sync_api import Page, expect

from e2e.support.corpus.alterations import delay, edit, fail
from e2e.support.corpus.site import SingleChange, Site, page
from mock_sites.review.changes import Kind

SHELL = page(
    "Tasks",
    """<nav><a href="/app/tasks">Tasks</a> <a href="/app/about">About</a></nav><main id="app">Loading…</main>
    <script src="/app.js"></script>""",
)
SCRIPT = """
const app = document.getElementById("app")
const get = path => fetch(path).then(answer => answer.json())
async function draw() {
  const [, , place, id] = location.pathname.split("/")
  if (place == "about") {
    document.title = "About"
    app.innerHTML = "<h1>About Tasks</h1><p>Version 2.1</p>"
  } else if (id) {
    const task = await get("/api/tasks/" + id)
    document.title = task.title
    app.innerHTML = `<h1>${task.title}</h1><p>${task.notes}</p><button>Done</button>`
    app.querySelector("button").onclick = async () => {
      const answer = await fetch("/api/tasks/" + id, {method: "PATCH", body: JSON.stringify({done: true})})
      app.insertAdjacentHTML("beforeend", `<p role="status">${answer.ok ? "Saved" : "Not saved"}</p>`)
    }
  } else {
    const tasks = await get("/api/tasks")
    document.title = "Tasks"
    app.innerHTML = `<h1>Tasks</h1><ul>${tasks.map(task =>
      `<li><a href="/app/tasks/${task.id}">${task.title}</a>${task.done ? " (done)" : ""}</li>`).join("")}</ul>`
  }
}
document.addEventListener("click", event => {
  const link = event.target.closest("a")
  if (link) { event.preventDefault(); history.pushState({}, "", link.href); draw() }
})
addEventListener("popstate", draw)
draw()
"""


def make_app() -> Flask:
    """The shell, the script and the API."""
    app = Flask(__name__)
    tasks = {
        1: {"id": 1, "title": "Water the plants", "notes": "Not the cactus.", "done": False},
        2: {"id": 2, "title": "Write to Ada", "notes": "About the engine.", "done": False},
    }

    @app.get("/app/tasks", endpoint="tasks")
    @app.get("/app/about", endpoint="about")
    def shell() -> str:
        return render_template_string(SHELL)

    @app.get("/app.js")
    def script() -> ResponseReturnValue:
        return SCRIPT, {"Content-Type": "text/javascript"}

    @app.get("/api/tasks")
    def all_tasks() -> ResponseReturnValue:
        return jsonify([*tasks.values()])

    @app.route("/api/tasks/<int:number>", methods=["GET", "PATCH", "PUT"])
    def one_task(number: int) -> ResponseReturnValue:
        tasks[number].update(request.get_json(force=True) if request.method != "GET" else {})
        return jsonify(tasks[number])

    return app


def visit(tab: Page, address: str) -> None:
    """Open a task, finish it, go back, and read about the application. The task stays in sight after going back."""
    tab.goto(f"{address}/app/tasks")
    expect(tab.locator("li")).to_have_count(2)
    tab.locator("li a").nth(1).click()
    tab.locator("button").click()
    expect(tab.get_by_role("status")).to_be_visible()
    tab.go_back()
    expect(tab.get_by_text("(done)")).to_be_visible()
    tab.locator("nav a").nth(1).click()
    expect(tab.get_by_text("Version")).to_be_visible()


CHANGES = (
    SingleChange(
        "the heading of a route",
        edit("/app.js", "<h1>About Tasks", "<h1>About us"),
        Kind.TEXT,
        "/app/about",
        "About us",
    ),
    SingleChange(
        "the title of a route",
        edit("/app.js", 'document.title = "About"', 'document.title = "Info"'),
        Kind.TEXT,
        "/app/about",
        "Info",
    ),
    SingleChange(
        "data of an API",
        edit("/api/tasks/2", "About the engine", "About the machine"),
        Kind.TEXT,
        "/app/tasks/2",
        "machine",
        also=("/app/tasks 2",),
    ),
    SingleChange(
        "a button of a route",
        edit("/app.js", ">Done<", ">Finish<"),
        Kind.TEXT,
        "/app/tasks/2",
        "Finish",
        also=("/app/tasks 2",),
    ),
    SingleChange(
        "a link of the navigation",
        edit("/app/tasks", 'href="/app/tasks"', 'href="/app/all"'),
        Kind.STRUCTURE,
        "/app/tasks",
        "/app/all",
        also=("/app/tasks/2", "/app/tasks 2", "/app/about"),
    ),
    SingleChange("another status of an API", fail("/api/tasks/2", 202), Kind.REQUESTS, "/app/tasks/2", "202"),
    SingleChange(
        "another method of an API",
        edit("/app.js", 'method: "PATCH"', 'method: "PUT"'),
        Kind.REQUESTS,
        "/app/tasks/2",
        "PUT",
    ),
    SingleChange(
        "a request more",
        edit("/app.js", "document.title = task.title", 'fetch("/api/tasks"); document.title = task.title'),
        Kind.REQUESTS,
        "/app/tasks/2",
        "/api/tasks",
    ),
    SingleChange(
        "an error of the console",
        edit("/app.js", 'document.title = "About"', 'document.title = "About"; console.error("No version")'),
        Kind.CONSOLE,
        "/app/about",
        "No version",
    ),
    SingleChange("a slow answer", delay("/api/tasks/2", 1.6), Kind.TIME, "/app/tasks/2", "seconds", advice=True),
)

SITE = Site("routing", "single-page routing with the History API", make_app, visit, CHANGES)
