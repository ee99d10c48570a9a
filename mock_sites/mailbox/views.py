"""The pages of the mailbox: the list, and one mail."""

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from mock_sites.web.context import world
from mock_sites.web.paging import SIZE, page_of_records
from mock_sites.world import records
from mock_sites.world.mail_reading import envelope, find, read
from mock_sites.world.shared_tables import StoredMail

blueprint = Blueprint("mailbox", __name__)


@blueprint.get("/")
def index() -> ResponseReturnValue:
    """All mails, or those to one recipient, latest first."""
    recipient = request.args.get("to", "").strip()
    mails = page_of_records(world(), StoredMail, records.mails(recipient))
    is_latest = not recipient and mails.number == 1
    lately = mails.rows if is_latest else records.latest(world(), StoredMail, records.mails(), 0, SIZE)
    return render_template(
        "mailbox.html",
        recipient=recipient,
        recipients=sorted({mail.recipient for mail in lately}),
        mails=mails.with_rows(envelope),
    )


@blueprint.get("/messages/<int:number>")
def show(number: int) -> ResponseReturnValue:
    """One mail."""
    mail = read(_mail(number))
    return render_template("message.html", mail=mail, pieces=mail.pieces(world()))


@blueprint.get("/messages/<int:number>/source")
def source(number: int) -> ResponseReturnValue:
    """One mail as it was sent (RFC 5322)."""
    answer = Response(_mail(number).source, content_type="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = f'inline; filename="{number}.eml"'
    return answer


def _mail(number: int) -> StoredMail:
    return find(world(), number) or abort(404)
