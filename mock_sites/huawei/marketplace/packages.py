"""Buying a package of a pay-per-use product (spec huawei 2.6b)."""

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from mock_sites.huawei.domain import checkout, orders, packages
from mock_sites.huawei.domain.tables import Order
from mock_sites.huawei.marketplace.forms import PackageForm
from mock_sites.huawei.marketplace.views import attempt_number, product_on_sale
from mock_sites.huawei.signed_in import account, login_required
from mock_sites.web.context import uow
from mock_sites.web.forms import form_page, reason_not_to, submit

blueprint = Blueprint("packages", __name__)


@blueprint.route("/contents/<content_id>/packages/<package_id>", methods=["GET", "POST"])
@login_required
def details(content_id: str, package_id: str) -> ResponseReturnValue:
    """The order's details. Sending the form makes an order to pay."""
    product, form, buyer = product_on_sale(content_id, kind="service"), PackageForm(), account()
    package = packages.find(uow(), content_id, package_id) or abort(404)
    if not form.is_submitted():
        form.attempt.data = str(orders.next_attempt(uow(), buyer, product))

    def order() -> Order:
        return checkout.order_package(uow(), buyer, package, attempt=attempt_number(form.attempt.data))

    if made := submit(form, order):
        return redirect(url_for("checkout.pay", order_id=made.id))
    why_not = reason_not_to(lambda: packages.check_may_buy(uow(), buyer, product))
    return form_page("marketplace/package_order.html", form, product=product, package=package, why_not=why_not)
