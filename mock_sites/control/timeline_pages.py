"""The timeline of a world: a list with pages, and a stream of what is new (server-sent events, HTML 9.2)."""

import json
import re
import threading
from typing import Any, Final

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from mock_sites.control.register import register
from mock_sites.web.paging import SIZE, Page, asked, nearest
from mock_sites.web.texts import lazy as _l
from mock_sites.world import jobs, timeline
from mock_sites.world.errors import ConflictError
from mock_sites.world.timeline import Filter, Kind, Position
from mock_sites.world.world import World

KINDS: Final = {
    Kind.PAGE: _l("Pages"),
    Kind.CALL: _l("Calls"),
    Kind.MAIL: _l("Mails"),
    Kind.JOB: _l("Jobs"),
    Kind.EVENT: _l("Events"),
    Kind.STEP: _l("Steps"),
}
"""The kinds of entries, with the labels of the filter."""

STREAM_SECONDS: Final = 15.0
"""How long an answer of the stream waits for something new. The browser then asks again."""

RETRY_MILLISECONDS: Final = 200
"""How soon the browser asks again. What happens within that time comes in one answer."""

MOST_STREAMS: Final = 20
"""How many streams wait at once. A stream that waits blocks a thread (``serving.workers``)."""

LONGEST_SEARCH: Final = 100

_streams = threading.BoundedSemaphore(MOST_STREAMS)

_POSITION: Final = re.compile(r"([0-9]{1,15})\.([0-9]{1,15})")

blueprint = Blueprint("timeline", __name__, url_prefix="/worlds/<name>/timeline")


@blueprint.get("")
def show(name: str) -> ResponseReturnValue:
    """A page of the timeline, the latest first."""
    wanted = _filter()
    with register().touch(name) as world:
        end = timeline.position(world)
        total = timeline.count(world, wanted)
        number = nearest(asked(), total, SIZE)
        entries = Page(timeline.latest(world, wanted, (number - 1) * SIZE, SIZE), number, total)
        return render_template(
            "timeline.html", wanted=wanted, entries=entries, kinds=KINDS, end=text_of(end), **_links(world)
        )


@blueprint.get("/stream")
def stream(name: str) -> ResponseReturnValue:
    """What is new since the position that the request names: it waits until there is something.

    Each answer is a short stream that ends, and the browser asks again by itself, with the position of the last one.
    """
    if not _streams.acquire(blocking=False):
        return "", 204  # the browser does not ask again (HTML 9.2.3)
    try:
        with register().touch(name) as world:
            return Response(_next_message(world), mimetype="text/event-stream")
    except ConflictError:
        return Response(_message(event="renewed"), mimetype="text/event-stream")
    finally:
        _streams.release()


def _next_message(world: World) -> str:
    found = _POSITION.fullmatch(request.headers.get("Last-Event-ID") or request.args.get("after", ""))
    now = timeline.position(world)
    if found is None:
        return _message(now)
    read = Position(int(found[1]), int(found[2]))
    if read.number > now.number or read.sequence > now.sequence:  # of the world before it was restored
        return _message(event="renewed")

    def look() -> Position | None:
        end = timeline.position(world)
        return end if end != read else None

    with world.sightings.watching():
        end = jobs.wait_for(world, look, STREAM_SECONDS)
    if end is None:
        return _message(read)
    entries = timeline.since(world, _filter(), read, end, SIZE)
    rows = render_template("timeline_rows.html", entries=entries, kinds=KINDS, **_links(world)) if entries else ""
    return _message(end, rows)


def _message(position: Position | None = None, rows: str = "", event: str = "entries") -> str:
    """A message of a stream. Its data is JSON, as a line break would end it."""
    lines = [f"retry: {RETRY_MILLISECONDS}", f"event: {event}", f"data: {json.dumps(rows)}"]
    if position is not None:
        lines.append(f"id: {text_of(position)}")
    return "\n".join(lines) + "\n\n"


def text_of(position: Position) -> str:
    """A position as a stream and its page write it."""
    return f"{position.number}.{position.sequence}"


def _filter() -> Filter:
    """The filter in the address. A kind that does not exist is none."""
    kind = request.args.get("kind", "")
    return Filter(Kind(kind) if kind in set(Kind) else None, request.args.get("text", "").strip()[:LONGEST_SEARCH])


def _links(world: World) -> dict[str, Any]:
    return {"chosen": world, "mailbox": register().mailbox(world)}
