"""The More menu of Purchased Services: Renew, Renewal change, Upgrade, Change expiry policy, Unsubscribe."""

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.huawei.buyer_center.forms import PolicyForm, UnsubscribeForm
from mock_sites.huawei.domain import orders, renewals, unsubscribing
from mock_sites.huawei.domain.tables import Order, Resource
from mock_sites.huawei.marketplace.forms import PeriodForm, SpecificationForm, ordered
from mock_sites.huawei.marketplace.views import attempt_number
from mock_sites.huawei.seller_gateway import change_check
from mock_sites.huawei.signed_in import account, login_required
from mock_sites.web.context import uow
from mock_sites.web.forms import form_page, reason_not_to, submit
from mock_sites.web.messages import notice

blueprint = Blueprint("renewing", __name__, url_prefix="/buyer/purchased-services/<opaque:instance_id>")


@blueprint.route("/renew", methods=["GET", "POST"])
@login_required
def renew(instance_id: str) -> ResponseReturnValue:
    """Renew a service, or make a trial formal. Sending the form makes an order to pay."""
    service, form = _service(instance_id), PeriodForm()
    form.offer(renewals.renewable_as(uow(), service))
    _number(form, service)

    def order() -> Order:
        chosen, number = form.specification.data or "", form.periods
        return renewals.renew(uow(), service, chosen, number, attempt=attempt_number(form.attempt.data))

    if made := ordered(form, order):
        return redirect(url_for("checkout.pay", order_id=made.id))
    why_not = reason_not_to(lambda: renewals.check_renewable(uow(), service))
    trial = renewals.is_trial(service)
    return form_page("buyer_center/renew.html", form, service=service, why_not=why_not, trial=trial)


@blueprint.route("/renewal-change", methods=["GET", "POST"])
@login_required
def renewal_change(instance_id: str) -> ResponseReturnValue:
    """Renew a service as another edition, if the seller allows it. Sending the form makes an order to pay."""
    service, form = _service(instance_id), PeriodForm()
    if not change_check.offered(uow(), service.order.content_id):
        abort(404)
    form.offer(renewals.changeable_to(uow(), service))
    _number(form, service)

    def order() -> Order:
        chosen, number = form.specification.data or "", form.periods
        return change_check.renew_as(uow(), service, chosen, number, attempt=attempt_number(form.attempt.data))

    if made := ordered(form, order):
        return redirect(url_for("checkout.pay", order_id=made.id))
    why_not = reason_not_to(lambda: renewals.check_changeable(uow(), service))
    return form_page("buyer_center/renewal_change.html", form, service=service, why_not=why_not)


@blueprint.route("/upgrade", methods=["GET", "POST"])
@login_required
def upgrade(instance_id: str) -> ResponseReturnValue:
    """The higher editions and their cost for the remaining time. Sending the form makes an order to pay."""
    service, form = _service(instance_id), SpecificationForm()
    offered = renewals.upgradable_to(uow(), service)
    form.offer(offered)
    _number(form, service)

    def order() -> Order:
        chosen, number = form.specification.data or "", attempt_number(form.attempt.data)
        return renewals.upgrade(uow(), service, chosen, attempt=number)

    if made := submit(form, order):
        return redirect(url_for("checkout.pay", order_id=made.id))
    why_not = reason_not_to(lambda: renewals.check_upgradable(uow(), service))
    prices = [(each, renewals.price_of(uow(), service, each)) for each in offered]
    return form_page("buyer_center/upgrade.html", form, service=service, why_not=why_not, prices=prices)


@blueprint.route("/unsubscribe", methods=["GET", "POST"])
@login_required
def unsubscribe(instance_id: str) -> ResponseReturnValue:
    """The refund, and the question whether to unsubscribe. Sending the form unsubscribes the service or its latest
    renewal.
    """
    service, form = _service(instance_id), UnsubscribeForm()
    _number(form, service)

    def order() -> Order:
        return unsubscribing.unsubscribe(uow(), service, attempt=attempt_number(form.attempt.data))

    if made := submit(form, order):
        return redirect(url_for("marketplace.show_order", order_id=made.id))
    why_not = reason_not_to(lambda: unsubscribing.offer(uow(), service))
    offer = None if why_not else unsubscribing.offer(uow(), service)
    had = unsubscribing.refunds_this_year(uow(), account())
    values = {"service": service, "offer": offer, "had": had, "most": unsubscribing.MOST_A_YEAR}
    return form_page("buyer_center/unsubscribe.html", form, why_not=why_not, **values)


@blueprint.route("/expiry-policy", methods=["GET", "POST"])
@login_required
def policy(instance_id: str) -> ResponseReturnValue:
    """Whether the service is renewed automatically."""
    service, form = _service(instance_id), PolicyForm()
    if not form.is_submitted():
        form.policy.data = "renew" if service.auto_renew else "expire"

    def change() -> bool:
        renewals.change_policy(uow(), service, auto_renew=form.policy.data == "renew")
        return True

    if submit(form, change):
        notice(_("The expiry policy has been changed."))
        return redirect(url_for("services.purchased"))
    why_not = reason_not_to(lambda: renewals.check_policy_changeable(service))
    return form_page("buyer_center/policy.html", form, service=service, why_not=why_not)


def _number(form: SpecificationForm | UnsubscribeForm, service: Resource) -> None:
    if not form.is_submitted():
        form.attempt.data = str(orders.next_attempt(uow(), account(), service.order.product))


def _service(instance_id: str) -> Resource:
    """The service, if it belongs to the signed-in account and is of a period product. Else a 404."""
    return orders.resource_of(uow(), account(), instance_id, period=True) or abort(404)
