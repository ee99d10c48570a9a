"""The approval of orders of IAM users, by the account itself."""

from collections.abc import Callable

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.huawei.domain import approvals
from mock_sites.huawei.domain.tables import Order
from mock_sites.huawei.marketplace.views import my_order
from mock_sites.huawei.signed_in import for_the_account
from mock_sites.web.context import uow
from mock_sites.web.forms import SiteForm, done, submit
from mock_sites.web.messages import alert, notice
from mock_sites.world.unit_of_work import UnitOfWork

blueprint = Blueprint("approvals", __name__)


@blueprint.post("/orders/<order_id>/approve")
@for_the_account
def approve(order_id: str) -> ResponseReturnValue:
    """Approve an order."""
    return _decide(order_id, approvals.approve, _("The order has been approved."))


@blueprint.post("/orders/<order_id>/reject")
@for_the_account
def reject(order_id: str) -> ResponseReturnValue:
    """Reject an order."""
    return _decide(order_id, approvals.reject, _("The order has been rejected."))


def _decide(order_id: str, verb: Callable[[UnitOfWork, Order], None], text: str) -> ResponseReturnValue:
    order, form = my_order(order_id), SiteForm()
    if submit(form, done(lambda: verb(uow(), order))):
        notice(text)
    else:
        alert(form.form_errors[0])
    return redirect(url_for("marketplace.show_order", order_id=order_id))
