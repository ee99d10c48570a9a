"""The marketplace: the product page, the prompt, the result."""

from typing import Final

from e2e.pages.parts import Form
from e2e.scenario.actor import Actor

PRODUCT_PAGE: Final = (
    "https://marketplace.huaweicloud.com/contents/8990a122-f456-43a4-892c-a458be31e336#productid=OFFI845592654693900288"
)
"""The documented address of "Guance SaaS Edition"."""


class ProductPage:
    """The page of "Guance SaaS Edition"."""

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("marketplace"), actor.page
        self._actor = actor
        self.heading = page.get_by_role("heading", level=1, name=words.product)
        self.subscribe_now = page.get_by_role("link", name=words.subscribe_now)

    def open(self) -> "ProductPage":
        self._actor.opens(PRODUCT_PAGE)
        return self


class Prompt:
    """The prompt "Purchase Guance SaaS Edition"."""

    def __init__(self, actor: Actor) -> None:
        words = actor.labels("marketplace")
        self.dialog = actor.page.get_by_role("dialog", name=words.purchase)
        self.form = Form(self.dialog)
        self.terms = self.dialog.get_by_role("checkbox")
        self.subscribe_now = self.dialog.get_by_role("button", name=words.subscribe_now)
        self.real_name_authentication = self.dialog.get_by_role(
            "link", name=actor.labels("account").real_name_authentication
        )

    def agree_and_subscribe(self) -> None:
        """Agree to the terms and click Subscribe Now again."""
        self.terms.check()
        self.subscribe_now.click()


class Submitted:
    """The result page of a subscription."""

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("marketplace"), actor.page
        self.heading = page.get_by_role("heading", level=1, name=words.submitted)
        self.return_to_my_marketplace = page.get_by_role("link", name=words.return_to_my_marketplace)
