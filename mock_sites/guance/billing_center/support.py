"""Support Center: tickets (spec guance C.1)."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.guance.billing_center.forms import ReplyForm, TicketForm
from mock_sites.guance.billing_center.signed_in import account
from mock_sites.guance.domain import tickets
from mock_sites.guance.domain.tables import Ticket
from mock_sites.web.context import uow
from mock_sites.web.forms import attempt_number, form_page, submit
from mock_sites.web.messages import notice
from mock_sites.web.paging import page_of
from mock_sites.web.signing_in import login_required

blueprint = Blueprint("support", __name__, url_prefix="/support")


@blueprint.get("")
@login_required
def index() -> ResponseReturnValue:
    """The account's tickets. They can be searched, and filtered by state."""
    text, state = request.args.get("search", "").strip(), request.args.get("state", "")
    return render_template(
        "billing_center/tickets.html",
        page="support",
        tickets=page_of(uow(), tickets.of_account(account().id, text=text, state=state)),
        narrowed={"search": text or None, "state": state if state in tickets.STATES else None},
        categories=tickets.CATEGORIES,
        states=tickets.STATES,
    )


@blueprint.route("/new", methods=["GET", "POST"])
@login_required
def submit_ticket() -> ResponseReturnValue:
    """Ask the support center a question. The same form, sent twice, is one ticket."""
    form = TicketForm()
    if not form.is_submitted():
        form.attempt.data = str(tickets.next_attempt(uow(), account()))
        form.category.data = request.args.get("type", form.category.data)
    ticket = submit(
        form,
        lambda: tickets.submit(
            uow(),
            account(),
            attempt=attempt_number(form.attempt.data),
            category=form.category.data,
            title=form.title.data or "",
            text=form.text.data or "",
        ),
    )
    if ticket is None:
        return form_page("billing_center/new_ticket.html", form, page="support")
    notice(_("Ticket %(number)s was submitted.", number=ticket.id))
    return redirect(url_for(".view", ticket_id=ticket.id))


@blueprint.route("/<ticket_id>", methods=["GET", "POST"])
@login_required
def view(ticket_id: str) -> ResponseReturnValue:
    """One ticket with its thread, and a form for a reply."""
    ticket, form = _mine(ticket_id), ReplyForm()
    if not form.is_submitted():
        form.attempt.data = str(tickets.next_reply(uow(), ticket))
    if submit(form, lambda: _reply(ticket, form)) is None:
        return form_page(
            "billing_center/ticket.html",
            form,
            page="support",
            ticket=ticket,
            replies=page_of(uow(), tickets.replies_of(ticket)),
            categories=tickets.CATEGORIES,
            states=tickets.STATES,
        )
    notice(_("Your reply was sent."))
    return redirect(url_for(".view", ticket_id=ticket.id))


@blueprint.post("/<ticket_id>/close")
@login_required
def close(ticket_id: str) -> ResponseReturnValue:
    """Close a ticket that is solved."""
    ticket = _mine(ticket_id)
    tickets.close(uow(), ticket)
    notice(_("Ticket %(number)s was closed.", number=ticket.id))
    return redirect(url_for(".view", ticket_id=ticket.id))


def _mine(ticket_id: str) -> Ticket:
    return tickets.find(uow(), account().id, ticket_id) or abort(404)


def _reply(ticket: Ticket, form: ReplyForm) -> bool:
    tickets.reply(uow(), ticket, attempt=attempt_number(form.attempt.data), text=form.text.data or "")
    return True
