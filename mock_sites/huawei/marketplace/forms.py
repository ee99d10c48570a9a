"""The forms of the marketplace: subscribing, plans and payment."""

import re
from collections.abc import Callable, Sequence

from flask_babel import gettext as _
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType] - newer than the type stubs
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import AnyOf, InputRequired

from mock_sites.huawei.domain import checkout, periods, plans, questions
from mock_sites.huawei.domain.tables import Order, Specification, Voucher
from mock_sites.web.context import discard
from mock_sites.web.forms import SiteForm, follows, options, required, submit, trimmed
from mock_sites.web.texts import lazy as _l
from mock_sites.world.clock import BEIJING
from mock_sites.world.errors import Refusal


class TotalForm(SiteForm):
    """An order whose total is shown before it is made: by the script, or without it by the button ``compute``."""

    compute = SubmitField(_l("Compute the total"))

    def price(self) -> int:
        """The price in CNY of what is chosen.

        Raises:
            Refusal: it cannot be ordered.
        """
        raise NotImplementedError

    @property
    def total(self) -> int | None:
        """The price in CNY of what is chosen. None: it cannot be ordered."""
        try:
            return self.price()
        except Refusal:
            return None


class DetailsForm(TotalForm):
    """The number of units. ``attempt`` identifies the form, so that sending it twice makes one order."""

    quantity = StringField(
        _l("Quantity"),
        [*required(), follows(checkout.UNITS)],
        filters=[trimmed],
        default="1",
    )
    attempt = HiddenField()
    unit_price: int = 0

    @property
    def units(self) -> int:
        """The typed number. 0 if it is none."""
        return number_in(self.quantity.data)

    def price(self) -> int:
        """The price of the units."""
        return checkout.price(self.units, self.unit_price)


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
    offered: Sequence[Specification] = ()

    def offer(self, offered: list[Specification]) -> None:
        """Set the specifications to choose from. The first one is selected if no other was."""
        self.specification.choices = [
            SelectChoice(each.product_id, specification_name(each), _for_the_script(each)) for each in offered
        ]
        self.offered = offered
        if offered and not self.is_submitted():
            self.specification.data = offered[0].product_id


class PackageForm(SiteForm):
    """The order of a package. ``attempt`` identifies the form, so that sending it twice makes one order."""

    attempt = HiddenField()


class PeriodForm(TotalForm, SpecificationForm):
    """A specification and the number of periods."""

    number = StringField(_l("Number of periods"), required(), filters=[trimmed], default="1")

    @property
    def periods(self) -> int:
        """The typed number. 0 if it is none."""
        return number_in(self.number.data)

    def price(self) -> int:
        """The price of the periods."""
        return plans.price(self.offered, self.specification.data or "", self.periods)


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


def ordered(form: TotalForm, order: Callable[[], Order]) -> Order | None:
    """What a form orders. None: it was not sent, it was refused, or only the total was asked for."""
    if not form.compute.data:
        return submit(form, order)
    submit(form, form.price)
    discard()
    return None


def number_in(text: str | None) -> int:
    """The whole number that is typed in a field. 0 if it is none, or is longer than any that a page takes."""
    return int(text) if text and re.fullmatch(r"[0-9]{1,6}", text) else 0


def _for_the_script(specification: Specification) -> dict[str, int]:
    """What the page's script computes the total from."""
    return {"data-price": specification.price, "data-most": periods.MOST_PERIODS[specification.period_type]}


class QuestionForm(SiteForm):
    """A question about a product."""

    question = TextAreaField(_l("Your question"), required(longest=questions.LONGEST), filters=[trimmed])


class SubscribeForm(SiteForm):
    """Agreement to the terms. ``attempt`` identifies the form, so that sending it twice makes one order."""

    agreed = BooleanField(_l("I have read and agree to the terms of the marketplace and of the product"))
    attempt = HiddenField()
