"""The forms of the marketplace: subscribing, plans and payment."""

from flask_babel import gettext as _
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired

from mock_sites.huawei.domain import checkout, plans, questions
from mock_sites.huawei.domain.tables import Specification, Voucher
from mock_sites.web.forms import SiteForm, follows, options, required, trimmed
from mock_sites.web.texts import lazy as _l
from mock_sites.world.clock import BEIJING


class DetailsForm(SiteForm):
    """The number of units. ``attempt`` identifies the form, so that sending it twice makes one order."""

    quantity = StringField(
        _l("Quantity"),
        [*required(), follows(checkout.UNITS)],
        filters=[trimmed],
        default="1",
    )
    attempt = HiddenField()


class PaymentForm(SiteForm):
    """The payment method, of which there is one, and the voucher."""

    method = RadioField(
        _l("Payment method"),
        choices=options({"balance": _l("Account balance")}),
        default="balance",
        validators=[AnyOf(["balance"], message=_l("Choose a payment method."))],
        validate_choice=False,
    )
    voucher = RadioField(_l("Voucher"), choices=[], default="", validate_choice=False)

    def offer(self, vouchers: list[Voucher]) -> None:
        """Set the vouchers to choose from."""
        off = {one.id: voucher_name(one) for one in vouchers}
        self.voucher.choices = options({"": _("No voucher"), **off})


class SpecificationForm(SiteForm):
    """The choice of a specification. ``attempt`` identifies the form, so that sending it twice makes one order."""

    specification = RadioField(
        _l("Specification"), [InputRequired(_l("Choose one of the specifications."))], validate_choice=False
    )
    attempt = HiddenField()

    def offer(self, offered: list[Specification]) -> None:
        """Set the specifications to choose from. The first one is selected if no other was."""
        self.specification.choices = options({each.product_id: specification_name(each) for each in offered})
        if offered and not self.is_submitted():
            self.specification.data = offered[0].product_id


class PackageForm(SiteForm):
    """The order of a package. ``attempt`` identifies the form, so that sending it twice makes one order."""

    attempt = HiddenField()


class PeriodForm(SpecificationForm):
    """A specification and the number of periods."""

    number = StringField(
        _l("Number of periods"),
        [*required(), follows(plans.NUMBER)],
        filters=[trimmed],
        default="1",
    )


class OrderForm(PeriodForm):
    """The fields of an order for a new service."""

    auto_renew = BooleanField(_l("Auto-renew"))


class TrialForm(SiteForm):
    """Agreement to the terms of a trial."""

    agreed = BooleanField(_l("I have read and agree to the terms of the marketplace and of the product"))
    attempt = HiddenField()


def voucher_name(voucher: Voucher) -> str:
    """The label of a voucher in a form: what it takes off, and until when."""
    amount, day = f"¥{voucher.amount:,.2f}", f"{voucher.expires_at + BEIJING:%Y-%m-%d}"
    return _("%(amount)s off, until %(day)s", amount=amount, day=day)


def specification_name(specification: Specification) -> str:
    """The label of a specification in a form: its edition, period and price."""
    price = f"¥{specification.price:,.2f}"
    edition = _(specification.name)
    if specification.period_type == "year":
        return _("%(edition)s, yearly: %(price)s a year", edition=edition, price=price)
    return _("%(edition)s, monthly: %(price)s a month", edition=edition, price=price)


class QuestionForm(SiteForm):
    """A question about a product."""

    question = TextAreaField(_l("Your question"), required(longest=questions.LONGEST), filters=[trimmed])


class SubscribeForm(SiteForm):
    """Agreement to the terms. ``attempt`` identifies the form, so that sending it twice makes one order."""

    agreed = BooleanField(_l("I have read and agree to the terms of the marketplace and of the product"))
    attempt = HiddenField()
