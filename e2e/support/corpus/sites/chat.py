"""A chat by a WebSocket: texts in both directions, a binary message, ids and times that are new each time."""

import json
from datetime import UTC, datetime
from typing import cast
from uuid import uuid4

from flask import Flask, render_template_string
from playwright.sync_api import Page, expect
from websockets.sync.server import ServerConnection

from e2e.support.corpus.alterations import edit, setting
from e2e.support.corpus.serving import SOCKETS
from e2e.support.corpus.site import SingleChange, Site, page
from mock_sites.review.changes import Kind

CHAT = page(
    "Tea room",
    """<h1>Tea room</h1><p role="status">Not connected</p><ol></ol><form><input name="text" aria-label="Message">
    <button>Send</button></form>
    <script>
    const socket = new WebSocket("{{ sockets }}/room?name=tea"), list = document.querySelector("ol")
    const say = text => document.querySelector("[role=status]").textContent = text
    socket.binaryType = "arraybuffer"
    socket.onmessage = ({data}) => {
      if (data instanceof ArrayBuffer) return
      const message = JSON.parse(data)
      if (message.type == "hello") say("Connected")
      else list.insertAdjacentHTML("beforeend", `<li id="m-${message.id}">${message.from}: ${message.text}</li>`)
    }
    document.querySelector("form").onsubmit = event => {
      event.preventDefault()
      socket.send(JSON.stringify({type: "say", text: event.target.text.value}))
      event.target.reset()
    }
    </script>""",
)


def make_app() -> Flask:
    """A room with a bot."""
    app = Flask(__name__)
    app.config.update(PROTOCOL=1, BELL=bytes(2), ANSWER="Milk or lemon?")

    def talk(socket: ServerConnection) -> None:
        socket.send(json.dumps({"type": "hello", "protocol": app.config["PROTOCOL"]}))
        socket.send(cast("bytes", app.config["BELL"]))
        for received in socket:
            said = json.loads(received)
            text = said.get("text") or said.get("message")
            if said["type"] != "say":
                continue
            for sender, words in (("You", text), ("Bot", app.config["ANSWER"])):
                about = {"id": str(uuid4()), "at": datetime.now(UTC).isoformat()}
                socket.send(json.dumps({"type": "said", "from": sender, "text": words, **about}))

    app.extensions[SOCKETS] = talk
    app.add_url_rule("/room", "room", lambda: render_template_string(CHAT, sockets=app.config[SOCKETS]))
    return app


def visit(tab: Page, address: str) -> None:
    """Ask for tea."""
    tab.goto(f"{address}/room")
    expect(tab.get_by_role("status")).not_to_contain_text("Not")
    tab.locator("input").fill("Tea, please")
    tab.locator("button").click()
    expect(tab.locator("li")).to_have_count(2)


CHANGES = (
    SingleChange("a member of a message that comes", setting("PROTOCOL", 2), "sockets", "/room", "2"),
    SingleChange("a binary message", setting("BELL", bytes(1)), "sockets", "/room", "1"),
    SingleChange(
        "the name of a member of a message that is sent",
        edit("/room", 'type: "say", text:', 'type: "say", message:'),
        "sockets",
        "/room",
        "message",
    ),
    SingleChange(
        "a message more that is sent",
        edit("/room", "event.target.reset()", 'event.target.reset(); socket.send(JSON.stringify({type: "bye"}))'),
        "sockets",
        "/room",
        "bye",
    ),
    SingleChange("another room", edit("/room", "?name=tea", "?name=coffee"), Kind.REQUESTS, "/room", "coffee"),
    SingleChange("what the bot says", setting("ANSWER", "Sugar?"), Kind.TEXT, "/room", "Sugar?"),
    SingleChange(
        "the state of the connection", edit("/room", 'say("Connected")', 'say("Online")'), Kind.TEXT, "/room", "Online"
    ),
    SingleChange("the heading", edit("/room", "<h1>Tea room", "<h1>The tea room"), Kind.TEXT, "/room", "The tea room"),
    SingleChange(
        "the name of a field",
        edit("/room", 'aria-label="Message"', 'aria-label="Your message"'),
        Kind.TEXT,
        "/room",
        "Your message",
    ),
    SingleChange(
        "a button that cannot be pressed",
        edit("/room", "event.target.reset()", 'event.target.reset(); document.querySelector("button").disabled = true'),
        Kind.STRUCTURE,
        "/room",
        "disabled",
    ),
)

SITE = Site("chat", "messages of a WebSocket in both directions", make_app, visit, CHANGES)
