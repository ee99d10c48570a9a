"""The mail API: look for mails and wait for one, as JSON."""

import math
import threading
import time
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from mock_sites.mailbox.reading import LARGEST_NUMBER, Mail, find, read
from mock_sites.web import refusals
from mock_sites.web.context import world
from mock_sites.world import jobs
from mock_sites.world.errors import ConflictError
from mock_sites.world.ledger import Message

LONGEST_WAIT: Final = 60.0
USUAL_WAIT: Final = 10.0
LONGEST_TEXT: Final = 998
"""Characters of a line of mail (RFC 5322, 2.1.1)."""

_waiting_lines = threading.BoundedSemaphore(8)  # half of the server's threads, so that a mail can still be sent

blueprint = Blueprint("api", __name__, url_prefix="/api/messages")


@dataclass(frozen=True)
class Wanted:
    """Which mails are asked for."""

    to: str
    subject: str
    after: int

    def look(self) -> list[Message]:
        """The mails of this world that fit, the earliest first."""
        return world().messages(self.to, self.subject, self.after)

    def __str__(self) -> str:
        """In words, for a person who debugs a test."""
        to = f" to {self.to!r}" if self.to else ""
        subject = f" with {self.subject!r} in its subject" if self.subject else ""
        after = f" after number {self.after}" if self.after else ""
        return f"mail{to}{subject}{after}"


@blueprint.get("")
def index() -> ResponseReturnValue:
    """The mails that fit ``to``, ``subject`` (a part of it) and ``after`` (a number), the earliest first."""
    return {"messages": [_describe(read(mail)) for mail in _wanted().look()]}


@blueprint.get("/wait")
def wait() -> ResponseReturnValue:
    """The earliest mail that fits, waited for at most ``seconds`` of real time; 404 when none comes."""
    wanted, seconds = _wanted("seconds"), _seconds()
    if not _waiting_lines.acquire(blocking=False):
        abort(503, "Too many are waiting for mails already. Try again.")
    try:
        found = _wait(wanted, seconds)
    except ConflictError as error:
        abort(409, str(error))
    finally:
        _waiting_lines.release()
    if found is None:
        abort(404, f"No {wanted} came within {seconds:g} seconds.")
    return _describe(read(found))


@blueprint.get("/<int:number>")
def show(number: int) -> ResponseReturnValue:
    """One mail."""
    _refuse_unknown(set())
    found = find(world(), number)
    if found is None:
        abort(404, f"There is no mail number {number}.")
    return _describe(read(found))


@blueprint.errorhandler(HTTPException)
def _show_error(error: HTTPException) -> ResponseReturnValue:  # pyright: ignore[reportUnusedFunction]
    message = error.description or error.name
    refusals.because(message)
    return {"message": message}, error.code or 500


def _wait(wanted: Wanted, seconds: float) -> Message | None:
    """Look again after each change, and do the world's jobs whenever one falls due while we wait."""
    limit = time.monotonic() + seconds
    while True:
        left = max(0.0, limit - time.monotonic())
        found = world().wait_for(lambda: next(iter(wanted.look()), None), min(left, _until_next_job()))
        if found is not None or time.monotonic() >= limit:
            return found
        jobs.run_due(world())


def _until_next_job() -> float:
    """Seconds of real time until a job of this world falls due."""
    clock = world().clock
    if clock.frozen or not (waiting := jobs.waiting(world())):
        return math.inf
    return max(0.01, (waiting[0].due - clock.now()).total_seconds())


def _describe(mail: Mail) -> dict[str, Any]:
    return {
        "number": mail.number,
        "to": mail.to,
        "from": mail.sender,
        "subject": mail.subject,
        "sent_at": mail.sent_at.isoformat(),
        "text": mail.text,
        "codes": mail.codes,
    }


def _wanted(*others: str) -> Wanted:
    _refuse_unknown({"to", "subject", "after", *others})
    for name in ("to", "subject"):
        if len(request.args.get(name, "")) > LONGEST_TEXT:
            abort(400, f"{name} is longer than {LONGEST_TEXT} characters.")
    after = request.args.get("after", "0")
    if not (
        after.isascii() and after.isdigit() and len(after) <= len(str(LARGEST_NUMBER)) and int(after) <= LARGEST_NUMBER
    ):
        abort(400, "after is the number of a mail or event: a whole number from 0.")
    return Wanted(request.args.get("to", ""), request.args.get("subject", ""), int(after))


def _seconds() -> float:
    try:
        seconds = float(request.args.get("seconds", USUAL_WAIT))
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds <= LONGEST_WAIT:
        abort(400, f"seconds is a number from 0 to {LONGEST_WAIT:g}.")
    return seconds


def _refuse_unknown(known: set[str]) -> None:
    for name, values in request.args.lists():
        if name not in known:
            abort(400, f"There is no parameter called {name!r}; known are: {', '.join(sorted(known)) or 'none'}.")
        if len(values) > 1:
            abort(400, f"{name} is given {len(values)} times.")
