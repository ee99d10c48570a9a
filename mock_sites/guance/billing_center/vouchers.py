"""Manage Vouchers, and Activate Voucher (spec guance C.6)."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.guance.billing_center import exports
from mock_sites.guance.billing_center.forms import ActivateForm
from mock_sites.guance.billing_center.signed_in import account
from mock_sites.guance.domain import vouchers, wallet
from mock_sites.guance.domain.money import money
from mock_sites.web import csv_file
from mock_sites.web.context import uow
from mock_sites.web.forms import form_page, submit
from mock_sites.web.messages import notice
from mock_sites.web.paging import page_of
from mock_sites.web.signing_in import login_required

blueprint = Blueprint("vouchers", __name__, url_prefix="/wallet/vouchers")


@blueprint.get("")
@login_required
def listing() -> ResponseReturnValue:
    """Manage Vouchers."""
    if csv_file.is_asked():
        return exports.credits_file(wallet.credits_of(account().id, wallet.VOUCHER), "vouchers")
    return render_template("billing_center/vouchers.html", **_list())


@blueprint.route("/activate", methods=["GET", "POST"])
@login_required
def activate() -> ResponseReturnValue:
    """Activate Voucher, a dialog."""
    form = ActivateForm()
    voucher = submit(form, lambda: vouchers.activate(uow(), account(), form.activation_code.data or ""))
    if voucher is None:
        return form_page("billing_center/activate_voucher.html", form, **_list())
    notice(_("The voucher was activated: %(amount)s CNY.", amount=money(voucher.fen)))
    return redirect(url_for(".listing"))


def _list() -> dict[str, object]:
    found = page_of(uow(), wallet.credits_of(account().id, wallet.VOUCHER))
    balances = wallet.wallet_of(uow(), account().id)
    return {"page": "vouchers", "wallet": balances, "vouchers": found, "states": wallet.STATES}
