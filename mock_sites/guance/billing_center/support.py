"""Support Center: tickets (spec guance C.1)."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.guance.billing_center.forms import TicketForm
from mock_sites.guance.billing_center.signed_in import account
from mock_sites.guance.domain import tickets
from mock_sites.web.context import uow
from mock_sites.web.forms import attempt_number, form_page, submit
from mock_sites.web.messages import notice
from mock_sites.web.paging import page_of
from mock_sites.web.signing_in import login_required

blueprint = Blueprint("support", __name__, url_prefix="/support")


@blueprint.get("")
@login_required
def index() -> ResponseReturnValue:
    """The account's tickets."""
    found = page_of(uow(), tickets.of_account(account().id))
    return render_template("billing_center/tickets.html", page="support", tickets=found, categories=tickets.CATEGORIES)


@blueprint.route("/new", methods=["GET", "POST"])
@login_required
def submit_ticket() -> ResponseReturnValue:
    """Submit Ticket."""
    form = TicketForm()
    if not form.is_submitted():
        form.attempt.data = str(tickets.next_attempt(uow(), account()))
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


@blueprint.get("/<ticket_id>")
@login_required
def view(ticket_id: str) -> ResponseReturnValue:
    """One ticket."""
    ticket = tickets.find(uow(), account().id, ticket_id) or abort(404)
    return render_template("billing_center/ticket.html", page="support", ticket=ticket, categories=tickets.CATEGORIES)
