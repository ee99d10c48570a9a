"""Signing in by a QR code (auth.huaweicloud.com): the code on one device, its confirmation on another one."""

from typing import Final

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from mock_sites.huawei.console import sign_in
from mock_sites.huawei.domain import qr_sign_in, second_verification
from mock_sites.huawei.signed_in import account, iam_user, login_required, signed_in
from mock_sites.web.context import local, uow, world
from mock_sites.web.forms import SiteForm, form_page, submit
from mock_sites.web.messages import notice
from mock_sites.web.qr import qr

TICKET: Final = "qr-ticket"
"""The session key for the ticket of the code that this browser shows."""

blueprint = Blueprint("qr_sign_in", __name__, url_prefix="/authui/qr-login")


@blueprint.get("")
def code() -> ResponseReturnValue:
    """A QR code. Once it is confirmed on another device, the same person is signed in here."""
    ticket = session.get(TICKET, "")
    subject = qr_sign_in.use(uow(write=True), ticket) if _is_confirmed(ticket) else None
    if subject and (holder := second_verification.holder_of(uow(), subject)):
        return sign_in.finish(holder, sign_in.destination())
    if signed_in():
        return redirect(sign_in.destination())
    if not qr_sign_in.is_valid(uow(), ticket):
        session[TICKET] = ticket = qr_sign_in.new_ticket(uow(), generate_csrf())
    address = request.host_url.removesuffix("/") + url_for(".confirm", ticket=ticket)
    return render_template("console/qr_code.html", picture=qr(address))


@blueprint.route("/<ticket>", methods=["GET", "POST"])
@login_required
def confirm(ticket: str) -> ResponseReturnValue:
    """Where the code leads: sign in on the device that shows it."""
    if not qr_sign_in.is_ticket(ticket):
        abort(404)
    form, holder = SiteForm(), second_verification.Holder(account(), iam_user())

    def allow() -> bool:
        qr_sign_in.confirm(uow(), ticket, holder.subject)
        return True

    if submit(form, allow):
        notice(_("You are signed in on the other device."))
        return redirect(local(sign_in.HOME))
    return form_page("console/confirm_qr.html", form, holder=holder, valid=qr_sign_in.is_valid(uow(), ticket))


def _is_confirmed(ticket: str) -> bool:
    """Read with a unit of work of its own, so that only a request that signs in takes the write lock."""
    with world().uow("huawei") as reading:
        return qr_sign_in.confirmed_by(reading, ticket) is not None
