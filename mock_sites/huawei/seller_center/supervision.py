"""The Seller Center's page of orders under service supervision, where the seller confirms deliveries."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.huawei.domain import supervision
from mock_sites.huawei.domain.states import SupervisionState
from mock_sites.huawei.domain.tables import Order
from mock_sites.web.context import uow
from mock_sites.web.forms import reason_not_to, refusal_text
from mock_sites.web.messages import alert, notice
from mock_sites.web.paging import page_of
from mock_sites.world.errors import Refusal

blueprint = Blueprint("supervision", __name__)


@blueprint.get("/supervision")
def order_list() -> ResponseReturnValue:
    """The orders under service supervision."""
    found = page_of(uow(), supervision.supervised())
    stage = SupervisionState.DELIVERING
    return render_template(
        "seller_center/supervision.html",
        orders=found,
        deliverable=[
            order for order in found if not reason_not_to(lambda order=order: supervision.check_at(order, stage))
        ],
    )


@blueprint.post("/supervision/<order_id>/deliver")
def deliver(order_id: str) -> ResponseReturnValue:
    """Confirm the delivery of an order."""
    order = uow().session.get(Order, order_id)
    if order is None or order.supervision is SupervisionState.NONE:
        abort(404)
    try:
        supervision.deliver(uow(), order)
    except Refusal as refusal:
        alert(refusal_text(refusal))
    else:
        notice(_("The delivery was confirmed. Now the buyer has to accept it."))
    return redirect(url_for(".order_list"))
