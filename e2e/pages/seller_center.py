"""The Seller Center: calls, a call by hand, cases."""

from typing import Final

from playwright.sync_api import Locator

from e2e.pages.parts import fact, row
from e2e.scenario.actor import Actor

SELLER_CENTER: Final = "https://seller.huaweicloud.com/"
"""The address of the Seller Center. No document gives its host."""


class Center:
    """The pages of the Seller Center, by their menu."""

    def __init__(self, actor: Actor) -> None:
        self.labels = words = actor.labels("seller-center")
        self._actor, page = actor, actor.page
        menu = page.get_by_role("navigation", name=words.seller_center)
        self.calls = menu.get_by_role("link", name=words.calls, exact=True)
        self.debugging = menu.get_by_role("link", name=words.debugging)
        self.cases = menu.get_by_role("link", name=words.cases)
        self.messages = menu.get_by_role("link", name=words.messages)
        self.usage_records = menu.get_by_role("link", name=words.usage_records)
        self.coverage = menu.get_by_role("link", name=words.coverage)
        self.sellers = menu.get_by_role("link", name=words.sellers)
        self.verdict = fact(page, words.verdict)
        self.save = page.get_by_role("button", name=words.save)
        self.replay = page.get_by_role("button", name=words.replay)
        self.rows = page.get_by_role("table").get_by_role("rowgroup").last
        self.first_seller = page.get_by_role("table").get_by_role("link").first

    def open(self) -> "Center":
        self._actor.opens(SELLER_CENTER)
        return self

    def send(self, operation: str) -> None:
        """Send a call of the first product with the prefilled parameters."""
        self.debugging.click()
        self._actor.page.get_by_role("link", name=operation).first.click()
        self._actor.page.get_by_role("button", name=self.labels.send, exact=True).click()


class UsageRecords:
    """The usage records that sellers pushed."""

    def __init__(self, actor: Actor) -> None:
        self._page = actor.page

    def record(self, instance_id: str) -> "UsageRecord":
        """The record about this instance."""
        return UsageRecord(row(self._page, instance_id))


class UsageRecord:
    """A usage record in the list."""

    def __init__(self, line: Locator) -> None:
        self.row = line
        cells = line.get_by_role("cell")
        self.usage, self.state, self.code = (cells.nth(number) for number in (4, 5, 6))
