"""The Buyer Center: Pending Tasks, Purchased Services, resource details, My Orders."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from mock_sites.huawei.buyer_center.adoption import has_pending_task
from mock_sites.huawei.domain import enterprises, orders
from mock_sites.huawei.domain.tables import Resource
from mock_sites.huawei.signed_in import account, login_required
from mock_sites.web.context import book

blueprint = Blueprint("services", __name__, url_prefix="/buyer")


@blueprint.get("/")
@login_required
def overview() -> ResponseReturnValue:
    """The Buyer Center's first page, with the Pending Tasks popup after a purchase (S1, Step Two, 1)."""
    buyer = account()
    pending = has_pending_task(buyer)
    return render_template(
        "buyer_center/overview.html",
        services=orders.resources_of(book(), buyer),
        orders=orders.orders_of(book(), buyer),
        pending=pending,
        popup=pending and "later" not in request.args,
    )


@blueprint.get("/purchased-services")
@login_required
def purchased() -> ResponseReturnValue:
    """The list of Purchased Services."""
    buyer = account()
    processing = any(order.state == "processing" for order in orders.orders_of(book(), buyer))
    services = orders.resources_of(book(), buyer)
    return render_template("buyer_center/purchased.html", services=services, processing=processing)


@blueprint.get("/purchased-services/<instance_id>")
@login_required
def details(instance_id: str) -> ResponseReturnValue:
    """Resource details: Basic Information, Application Information (S1, How to Obtain Your Instance ID)."""
    resource = book().session.get(Resource, instance_id)
    if resource is None or resource.account_id != account().id:
        abort(404)
    enterprise = enterprises.enterprise_of(book(), resource)
    return render_template("buyer_center/details.html", resource=resource, enterprise=enterprise)


@blueprint.get("/orders")
@login_required
def my_orders() -> ResponseReturnValue:
    """My Orders."""
    return render_template("buyer_center/orders.html", orders=orders.orders_of(book(), account()))
