"""Buying a product that needs payment: the prepaid card."""

from typing import Final

from e2e.pages.parts import AddressedPage, Form, fact, field
from e2e.scenario.actor import Actor

CARD_PAGE: Final = "https://marketplace.huaweicloud.com/contents/181f3d92-f40b-48d7-8ad5-420df0a682d2"
"""The documented address of the prepaid card."""


class CardPage:
    """The page of the prepaid card."""

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("card"), actor.page
        self._actor = actor
        self.heading = page.get_by_role("heading", level=1, name=words.product)
        self.buy_now = page.get_by_role("link", name=words.buy_now)

    def open(self) -> "CardPage":
        self._actor.opens(CARD_PAGE)
        return self


class OrderDetails(AddressedPage):
    """How many units of the card are ordered."""

    URL = f"{CARD_PAGE}/buy"

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("card"), actor.page
        self._actor = actor
        self.form = Form(page.get_by_role("main"))
        self.heading = page.get_by_role("heading", level=1, name=words.order_details)
        self.quantity = field(page, words.quantity)
        self.go_to_pay = page.get_by_role("button", name=words.go_to_pay)

    def order(self, units: str) -> None:
        """Order this number of units and go to the payment."""
        self.quantity.fill(units)
        self.go_to_pay.click()


class Payment:
    """The choice of the payment method."""

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("card"), actor.page
        self.form = Form(page.get_by_role("main"))
        self.heading = page.get_by_role("heading", level=1, name=words.payment, exact=True)
        self.order_number = fact(page, words.order_number)
        self.account_balance = page.get_by_role("radio", name=words.account_balance)
        self.confirm = page.get_by_role("button", name=words.confirm_payment)
        self.pay_later = page.get_by_role("link", name=words.pay_later)


class Paid:
    """The page after a purchase."""

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("card"), actor.page
        self.heading = page.get_by_role("heading", level=1, name=words.paid)
        self.order_number = fact(page, words.order_number).locator("span")
        self.my_orders = page.locator("main section").get_by_role("link", name=actor.labels("buyer-center").my_orders)


class CancelOrder:
    """The dialog that asks whether to cancel an unpaid order."""

    def __init__(self, actor: Actor) -> None:
        words = actor.labels("card")
        self.dialog = actor.page.get_by_role("dialog", name=words.cancel_order)
        self.cancel_order = self.dialog.get_by_role("button", name=words.cancel_order)
