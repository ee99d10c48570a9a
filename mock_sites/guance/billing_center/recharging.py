"""Account Wallet: the balances, and recharges by QR code or bank transfer (spec guance C.6, Top-up)."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.guance.billing_center.forms import RechargeForm
from mock_sites.guance.billing_center.signed_in import account
from mock_sites.guance.domain import recharges, wallet
from mock_sites.guance.domain.tables import Recharge
from mock_sites.web.context import uow
from mock_sites.web.forms import SiteForm, attempt_number, form_page, submit
from mock_sites.web.messages import notice
from mock_sites.web.paging import page_of
from mock_sites.web.qr import qr
from mock_sites.web.signing_in import login_required

blueprint = Blueprint("recharging", __name__, url_prefix="/wallet")


@blueprint.get("")
@login_required
def listing() -> ResponseReturnValue:
    """Account Wallet."""
    return render_template(
        "billing_center/wallet.html",
        page="wallet",
        wallet=wallet.wallet_of(uow(), account().id),
        recharges=page_of(uow(), recharges.of_account(account().id)),
        methods=recharges.METHODS,
        states=recharges.STATES,
    )


@blueprint.route("/recharge", methods=["GET", "POST"])
@login_required
def begin() -> ResponseReturnValue:
    """Recharge: the amount and how it is paid."""
    form = RechargeForm()
    if not form.is_submitted():
        form.attempt.data = str(recharges.next_attempt(uow(), account()))
    recharge = submit(
        form,
        lambda: recharges.begin(
            uow(),
            account(),
            attempt=attempt_number(form.attempt.data),
            cny=int(form.amount.data or "0"),
            method=form.method.data,
        ),
    )
    if recharge is None:
        balances = wallet.wallet_of(uow(), account().id)
        return form_page("billing_center/recharge.html", form, page="wallet", wallet=balances)
    return redirect(url_for(".checkout", recharge_id=recharge.id))


@blueprint.get("/recharges/<recharge_id>")
@login_required
def checkout(recharge_id: str) -> ResponseReturnValue:
    """The checkout of a recharge, and later what became of it."""
    return _checkout(_mine(recharge_id), SiteForm())


@blueprint.post("/recharges/<recharge_id>/pay")
@login_required
def pay(recharge_id: str) -> ResponseReturnValue:
    """The recharge is paid."""
    recharge, form = _mine(recharge_id), SiteForm()
    if submit(form, lambda: _pay(recharge)) is None:
        return _checkout(recharge, form)
    notice(_("The payment has arrived. Your cash balance has been credited."))
    return redirect(url_for(".checkout", recharge_id=recharge.id))


@blueprint.post("/recharges/<recharge_id>/cancel")
@login_required
def cancel(recharge_id: str) -> ResponseReturnValue:
    """The recharge is not wanted any more."""
    recharge, form = _mine(recharge_id), SiteForm()
    if submit(form, lambda: _cancel(recharge)) is None:
        return _checkout(recharge, form)
    notice(_("The recharge was cancelled."))
    return redirect(url_for(".listing"))


def _mine(recharge_id: str) -> Recharge:
    return recharges.find(uow(), account().id, recharge_id) or abort(404)


def _pay(recharge: Recharge) -> bool:
    recharges.pay(uow(), recharge)
    return True


def _cancel(recharge: Recharge) -> bool:
    recharges.cancel(uow(), recharge)
    return True


def _checkout(recharge: Recharge, form: SiteForm) -> ResponseReturnValue:
    address = request.host_url.removesuffix("/") + url_for(".checkout", recharge_id=recharge.id)
    return form_page(
        "billing_center/checkout.html",
        form,
        page="wallet",
        recharge=recharge,
        picture=qr(address),
        payee_number=recharges.payee_number(uow(), account()),
        wallet=wallet.wallet_of(uow(), account().id),
        methods=recharges.METHODS,
        states=recharges.STATES,
    )
