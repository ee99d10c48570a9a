"""The Seller Center's page of vouchers, where sellers give them to buyers."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.huawei.domain import catalogue, vouchers
from mock_sites.huawei.domain.tables import Voucher
from mock_sites.huawei.seller_center.forms import VoucherForm
from mock_sites.huawei.seller_center.views import products
from mock_sites.web.context import uow
from mock_sites.web.forms import options, submit
from mock_sites.web.messages import notice
from mock_sites.web.paging import page_of
from mock_sites.world.errors import N_, Refusal

blueprint = Blueprint("vouchers", __name__)


@blueprint.route("/vouchers", methods=["GET", "POST"])
def given() -> ResponseReturnValue:
    """The vouchers of all sellers, and the form of another one."""
    form = VoucherForm()
    form.product.choices = options({one.content_id: _(one.title) for one in products() if one.kind != "service"})

    def give() -> Voucher:
        product = catalogue.find(uow(), form.product.data or "")
        if product is None or product.kind == "service":
            raise Refusal(N_("Choose one of the products."), field="product")
        numbers = {name: int(form[name].data or "0") for name in ("amount", "least", "days")}
        return vouchers.give(uow(), product, form.account.data or "", **numbers)

    if made := submit(form, give):
        notice(_("%(name)s has the voucher %(number)s now.", name=made.account.name, number=made.id))
        return redirect(url_for(".given"))
    return render_template(
        "seller_center/vouchers.html",
        form=form,
        vouchers=page_of(uow(), vouchers.given()),
        state_of=vouchers.state_of,
        now=uow().now,
    ), 422 if form.refused else 200
