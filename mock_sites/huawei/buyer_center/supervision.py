"""Service Supervision: the buyer sees how far deliveries are, and accepts them (spec huawei 1.1 and 1.3)."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.huawei.domain import supervision
from mock_sites.huawei.domain.states import SupervisionState
from mock_sites.huawei.domain.tables import Order
from mock_sites.huawei.signed_in import account, login_required
from mock_sites.web.context import uow
from mock_sites.web.forms import SiteForm, reason_not_to, submit
from mock_sites.web.messages import notice
from mock_sites.web.paging import page_of

blueprint = Blueprint("service_supervision", __name__, url_prefix="/buyer/service-supervision")


@blueprint.get("/")
@login_required
def order_list() -> ResponseReturnValue:
    """The account's orders under service supervision."""
    return _page()


@blueprint.route("/<order_id>/accept", methods=["GET", "POST"])
@login_required
def accept(order_id: str) -> ResponseReturnValue:
    """The question whether to accept what was delivered, as a dialog over the list."""
    order, form = uow().session.get(Order, order_id), SiteForm()
    if order is None or order.account_id != account().id or order.supervision is SupervisionState.NONE:
        abort(404)

    def confirm() -> Order:
        supervision.accept(uow(), order)
        return order

    if submit(form, confirm):
        notice(_("You have accepted the delivery. The service will be listed shortly."))
        return redirect(url_for(".order_list"))
    return _page(order, form), 422 if form.refused else 200


def _page(to_accept: Order | None = None, form: SiteForm | None = None) -> str:
    found, stage = page_of(uow(), supervision.supervised(account())), SupervisionState.ACCEPTING
    reasons = {order.id: reason_not_to(lambda order=order: supervision.check_at(order, stage)) for order in found}
    return render_template(
        "buyer_center/supervision.html",
        orders=found,
        acceptable=[order for order in found if not reasons[order.id]],
        to_accept=to_accept,
        form=form,
        why_not=reason_not_to(lambda: supervision.check_at(to_accept, stage)) if to_accept else "",
    )
