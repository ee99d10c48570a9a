"""Buying a product of months or years, and trying it (spec huawei 1.2)."""

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import BooleanField, HiddenField, RadioField, StringField
from wtforms.validators import InputRequired, Regexp

from mock_sites.huawei.domain import catalogue, orders, plans
from mock_sites.huawei.domain.tables import Order, Product, Specification
from mock_sites.huawei.marketplace.views import attempt_number
from mock_sites.huawei.signed_in import account, login_required
from mock_sites.web.context import uow
from mock_sites.web.forms import SiteForm, form_page, options, reason_not_to, required, submit, trimmed
from mock_sites.web.texts import lazy as _l

blueprint = Blueprint("plans", __name__)


class SpecificationForm(SiteForm):
    """What is chosen; ``attempt`` makes a form that is sent twice one order."""

    specification = RadioField(
        _l("Specification"), [InputRequired(_l("Choose one of the specifications."))], validate_choice=False
    )
    attempt = HiddenField()

    def offer(self, offered: list[Specification]) -> None:
        """Let one of these be chosen; the first one is, unless another was."""
        self.specification.choices = options({each.product_id: specification_name(each) for each in offered})
        if offered and not self.is_submitted():
            self.specification.data = offered[0].product_id


class PeriodForm(SpecificationForm):
    """A specification and for how long."""

    number = StringField(
        _l("Number of periods"),
        [*required(), Regexp(r"[0-9]{1,3}$", message=_l("Enter 1 to 12 months, or 1 to 3 years."))],
        filters=[trimmed],
        default="1",
    )


class OrderForm(PeriodForm):
    """What a new service is ordered with."""

    auto_renew = BooleanField(_l("Auto-renew"))


class TrialForm(SiteForm):
    """Agreement to the terms of a trial."""

    agreed = BooleanField(_l("I have read and agree to the terms of the marketplace and of the product"))
    attempt = HiddenField()


@blueprint.route("/contents/<content_id>/order", methods=["GET", "POST"])
@login_required
def details(content_id: str) -> ResponseReturnValue:
    """The order's details; sent, they make an order that is to be paid."""
    wanted, form, buyer = _product(content_id), OrderForm(), account()
    offered = catalogue.specifications_of(uow(), wanted)
    form.offer(offered)
    if not form.is_submitted():
        form.attempt.data = str(orders.next_attempt(uow(), buyer, wanted))

    def order() -> Order:
        number, chosen = attempt_number(form.attempt.data), form.specification.data or ""
        auto_renew, periods = bool(form.auto_renew.data), int(form.number.data or "0")
        return plans.buy(uow(), buyer, wanted, chosen, periods, attempt=number, auto_renew=auto_renew)

    if made := submit(form, order):
        return redirect(url_for("checkout.pay", order_id=made.id))
    hindrance = reason_not_to(lambda: plans.check_may_buy(uow(), buyer, wanted))
    return form_page("marketplace/plan_order.html", form, product=wanted, hindrance=hindrance)


@blueprint.route("/contents/<content_id>/trial", methods=["GET", "POST"])
@login_required
def trial(content_id: str) -> ResponseReturnValue:
    """What the trial is; sent with the terms agreed to, it is opened."""
    wanted, form, buyer = _product(content_id), TrialForm(), account()
    specification = catalogue.trial_of(uow(), wanted) or abort(404)
    if not form.is_submitted():
        form.attempt.data = str(orders.next_attempt(uow(), buyer, wanted))

    def order() -> Order:
        number = attempt_number(form.attempt.data)
        return plans.try_out(uow(), buyer, wanted, attempt=number, agreed=bool(form.agreed.data))

    if made := submit(form, order):
        return redirect(url_for("marketplace.submitted", order_id=made.id))
    hindrance = reason_not_to(lambda: plans.check_may_try(uow(), buyer, wanted))
    return form_page("marketplace/trial.html", form, product=wanted, specification=specification, hindrance=hindrance)


def specification_name(specification: Specification) -> str:
    """What a specification is called where it is chosen: its edition, period and price."""
    price = f"¥{specification.price:,.2f}"
    edition = _(specification.name)
    if specification.period_type == "year":
        return _("%(edition)s, yearly: %(price)s a year", edition=edition, price=price)
    return _("%(edition)s, monthly: %(price)s a month", edition=edition, price=price)


def _product(content_id: str) -> Product:
    return catalogue.find(uow(), content_id, kind="period") or abort(404)
