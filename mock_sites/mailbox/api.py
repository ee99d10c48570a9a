"""The mail API: find mails and wait for one, as JSON, with its OpenAPI document at ``/api/openapi.json``."""

import threading
from typing import Any

from apiflask import APIBlueprint, APIFlask, abort

from mock_sites.mailbox import schemas
from mock_sites.mailbox.schemas import ListQuery, MailQuery, WaitQuery
from mock_sites.web.context import world
from mock_sites.web.json_api import create_api
from mock_sites.world import jobs
from mock_sites.world.errors import ConflictError
from mock_sites.world.mail_reading import ParsedMail, find, read
from mock_sites.world.shared_tables import StoredMail

_waiting_lines = threading.BoundedSemaphore(200)
"""Who waits blocks a thread. Others answer meanwhile, but there are not endlessly many (``serving.workers``)."""

blueprint = APIBlueprint("mail_api", __name__, url_prefix="/api/messages", tag="Mails")


def create_app() -> APIFlask:
    """The API."""
    return create_api(
        "mailbox.api",
        title="Mock sites: mails",
        description="Mails of one world. Moments are ISO 8601 in UTC.",
        not_found="No such mail",
        blueprints=[blueprint],
    )


@blueprint.get("")
@blueprint.input(ListQuery, location="query")
@blueprint.output(schemas.MailList)
def index(query_data: ListQuery) -> dict[str, Any]:
    """The mails that match, earliest first."""
    found = _look(query_data, query_data.limit + 1)
    messages = [_describe(read(mail)) for mail in found[: query_data.limit]]
    return {"messages": messages, "more": len(found) > query_data.limit}


@blueprint.get("/wait")
@blueprint.input(WaitQuery, location="query")
@blueprint.output(schemas.Mail)
@blueprint.doc(responses={404: "No such mail came", 409: "The world was restored or dropped", 503: "Too many wait"})
def wait(query_data: WaitQuery) -> dict[str, Any]:
    """The earliest mail that matches. Waits for it; 404 if none arrives in time."""
    if not _waiting_lines.acquire(blocking=False):
        abort(503, "Too many are waiting for mails already. Try again.")
    try:
        found = jobs.wait_for(world(), lambda: next(iter(_look(query_data, 1)), None), query_data.seconds)
    except ConflictError as error:
        abort(409, str(error))
    finally:
        _waiting_lines.release()
    if found is None:
        abort(404, f"No {query_data} came within {query_data.seconds:g} seconds.")
    return _describe(read(found))


@blueprint.get("/<int:number>")
@blueprint.output(schemas.Mail)
def show(number: int) -> dict[str, Any]:
    """One mail."""
    found = find(world(), number)
    if found is None:
        abort(404, f"There is no mail number {number}.")
    return _describe(read(found))


def _look(wanted: MailQuery, most: int) -> list[StoredMail]:
    """The mails of this world that match, at most ``most``, earliest first."""
    return world().messages(wanted.to, wanted.subject, wanted.after, most)


def _describe(mail: ParsedMail) -> dict[str, Any]:
    return {
        "number": mail.number,
        "to": mail.to,
        "from": mail.sender,
        "subject": mail.subject,
        "sent_at": mail.sent_at.isoformat(),
        "text": mail.text,
        "codes": mail.codes,
    }
