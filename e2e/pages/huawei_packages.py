"""Packages of a pay-per-use product: the seller's page, the product page and the order."""

from e2e.pages.huawei_marketplace import PRODUCT_PAGE
from e2e.pages.parts import field
from e2e.scenario.actor import Actor


class OfferedPackages:
    """The Seller Center's page of the packages of Guance SaaS Edition."""

    URL = "https://seller.huaweicloud.com/settings/8990a122-f456-43a4-892c-a458be31e336/packages"

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("package"), actor.page
        self._actor, self._words = actor, words
        self.rows = page.get_by_role("table").get_by_role("rowgroup").last
        self.stops = page.get_by_role("checkbox", name=words.stops)
        self.put_on_sale = page.get_by_role("button", name=words.put_on_sale)

    def open(self) -> "OfferedPackages":
        self._actor.opens(self.URL)
        return self

    def offer(self, name: str, quota: str, *, unit: str, price: str) -> None:
        """Offer a package that stops when it is used up."""
        for label, text in (("name", name), ("quota", quota), ("unit", unit), ("price", price)):
            field(self._actor.page, getattr(self._words, label)).fill(text)
        self.stops.check()
        self.put_on_sale.click()


class ProductPackages:
    """The packages on the product page."""

    def __init__(self, actor: Actor) -> None:
        self._actor, self._words = actor, actor.labels("package")
        self.region = actor.page.get_by_role("region", name=self._words.packages).first
        self.go_to_pay = actor.page.get_by_role("button", name=actor.labels("card").go_to_pay)

    def open(self) -> "ProductPackages":
        self._actor.opens(PRODUCT_PAGE)
        return self

    def buy(self, name: str) -> None:
        """Go to the order of a package."""
        self.region.get_by_role("link", name=self._words.buy.format(name=name)).click()
