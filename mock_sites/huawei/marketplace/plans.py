"""Buying a period product, and its trial (spec huawei 1.2)."""

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mock_sites.huawei.domain import catalogue, orders, plans
from mock_sites.huawei.domain.tables import Order
from mock_sites.huawei.marketplace.forms import OrderForm, TrialForm, ordered
from mock_sites.huawei.marketplace.views import attempt_number, product_on_sale
from mock_sites.huawei.signed_in import account, login_required
from mock_sites.web.context import uow
from mock_sites.web.forms import form_page, reason_not_to, submit

blueprint = Blueprint("plans", __name__)


@blueprint.route("/contents/<content_id>/order", methods=["GET", "POST"])
@login_required
def details(content_id: str) -> ResponseReturnValue:
    """The order's details. Sending the form makes an order to pay."""
    wanted, form, buyer = product_on_sale(content_id, kind="period"), OrderForm(), account()
    offered = catalogue.specifications_of(uow(), wanted)
    form.offer(offered)
    if not form.is_submitted():
        chosen = request.args.get("specification", "")
        if chosen in {one.product_id for one in offered}:
            form.specification.data = chosen
        form.attempt.data = str(orders.next_attempt(uow(), buyer, wanted))

    def order() -> Order:
        number, chosen = attempt_number(form.attempt.data), form.specification.data or ""
        auto_renew, periods = bool(form.auto_renew.data), form.periods
        return plans.buy(uow(), buyer, wanted, chosen, periods, attempt=number, auto_renew=auto_renew)

    if made := ordered(form, order):
        return redirect(url_for("checkout.pay", order_id=made.id))
    why_not = reason_not_to(lambda: plans.check_may_buy(uow(), buyer, wanted))
    return form_page("marketplace/plan_order.html", form, product=wanted, why_not=why_not)


@blueprint.route("/contents/<content_id>/trial", methods=["GET", "POST"])
@login_required
def trial(content_id: str) -> ResponseReturnValue:
    """The terms of the trial. Agreeing to them opens it."""
    wanted, form, buyer = product_on_sale(content_id, kind="period"), TrialForm(), account()
    specification = catalogue.trial_of(uow(), wanted) or abort(404)
    if not form.is_submitted():
        form.attempt.data = str(orders.next_attempt(uow(), buyer, wanted))

    def order() -> Order:
        number = attempt_number(form.attempt.data)
        return plans.try_out(uow(), buyer, wanted, attempt=number, agreed=bool(form.agreed.data))

    if made := submit(form, order):
        return redirect(url_for("marketplace.submitted", order_id=made.id))
    why_not = reason_not_to(lambda: plans.check_may_try(uow(), buyer, wanted))
    return form_page("marketplace/trial.html", form, product=wanted, specification=specification, why_not=why_not)
