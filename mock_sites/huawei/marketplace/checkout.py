"""Buying a product that needs payment: order details, payment, cancelling (spec huawei 1.2)."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.huawei.domain import checkout, orders, vouchers
from mock_sites.huawei.domain.states import CANCELLABLE, OrderState
from mock_sites.huawei.domain.tables import Order
from mock_sites.huawei.marketplace.forms import DetailsForm, PaymentForm, ordered
from mock_sites.huawei.marketplace.views import my_order, product_on_sale
from mock_sites.huawei.signed_in import account, login_required
from mock_sites.web.context import uow
from mock_sites.web.forms import SiteForm, attempt_number, form_page, submit
from mock_sites.web.messages import notice

blueprint = Blueprint("checkout", __name__)


@blueprint.route("/contents/<content_id>/buy", methods=["GET", "POST"])
@login_required
def details(content_id: str) -> ResponseReturnValue:
    """The order's details. Sending the form makes an order to pay."""
    wanted, form, buyer = product_on_sale(content_id, kind="card"), DetailsForm(), account()
    form.unit_price = wanted.unit_price
    if not form.is_submitted():
        form.attempt.data = str(orders.next_attempt(uow(), buyer, wanted))

    def order() -> Order:
        number, quantity = attempt_number(form.attempt.data), form.units
        return checkout.order_card(uow(), buyer, wanted, attempt=number, quantity=quantity)

    if made := ordered(form, order):
        return redirect(url_for(".pay", order_id=made.id))
    return form_page("marketplace/order_details.html", form, product=wanted, most=checkout.MOST_UNITS)


@blueprint.route("/orders/<order_id>/pay", methods=["GET", "POST"])
@login_required
def pay(order_id: str) -> ResponseReturnValue:
    """Payment method and Confirm Payment. An order that needs no payment is only shown."""
    order, form = my_order(order_id, *orders.PAID), PaymentForm()
    if not form.is_submitted() and order.state is not OrderState.PENDING_PAYMENT:
        return redirect(url_for("marketplace.show_order", order_id=order.id))

    def confirm() -> Order:
        checkout.pay(uow(), order, voucher=form.voucher.data or "")
        return order

    if submit(form, confirm):
        return redirect(url_for("marketplace.show_order", order_id=order.id))
    usable = vouchers.usable_for(uow(), order)
    form.offer(usable)
    return form_page("marketplace/pay.html", form, order=order, vouchers=usable)


@blueprint.route("/orders/<order_id>/cancel", methods=["GET", "POST"])
@login_required
def cancel(order_id: str) -> ResponseReturnValue:
    """The question whether to cancel an order that is not approved or not paid."""
    order, form = my_order(order_id), SiteForm()

    def confirm() -> Order:
        checkout.cancel(uow(), order)
        return order

    if submit(form, confirm):
        notice(_("Order %(number)s has been cancelled.", number=order.id))
        return redirect(url_for("services.my_orders"))
    if not form.is_submitted() and order.state not in CANCELLABLE:
        return redirect(url_for("marketplace.show_order", order_id=order.id))
    values = {"order": order, "cancelling": True, "action_form": SiteForm(formdata=None)}
    return form_page("marketplace/order.html", form, **values)
