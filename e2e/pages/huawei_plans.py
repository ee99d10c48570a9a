"""A period product: buying it, and the pages about its service."""

from typing import Final

from playwright.sync_api import Locator

from e2e.pages.parts import fact, field, row
from e2e.scenario.actor import Actor

PLAN_PAGE: Final = "https://marketplace.huaweicloud.com/contents/5d0c8f3e-2b6a-4c19-9e47-70a1c6d2b8f4"
"""The plan's page. No document names it."""


class PlanPage:
    """The product page of the plan, with its two ways to get it."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self.buy_now = actor.page.get_by_role("link", name=actor.labels("card").buy_now)
        self.free_trial = actor.page.get_by_role("link", name=actor.labels("plan").free_trial)

    def open(self) -> "PlanPage":
        self._actor.opens(PLAN_PAGE)
        return self


class PlanOrder:
    """The details of the order."""

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("plan"), actor.page
        self.yearly = page.get_by_role("radio", name=words.yearly)
        self.number = field(page, words.number_of_periods)
        self.total = page.locator("main output")
        self.auto_renew = page.get_by_role("checkbox", name=words.auto_renew)
        self.go_to_pay = page.get_by_role("button", name=actor.labels("card").go_to_pay)


class PlanServices:
    """The plan's services in the list of Purchased Services."""

    def __init__(self, actor: Actor) -> None:
        words = actor.labels("plan")
        self._more = actor.labels("buyer-center").more
        self._operations = [words.renew, words.upgrade, words.change_expiry_policy, words.unsubscribe]
        self._page, self._actor = actor.page, actor
        self.rows = row(actor.page, words.product)

    def open(self) -> "PlanServices":
        self._actor.opens("https://marketplace.huaweicloud.com/buyer/purchased-services")
        return self

    def operations(self) -> list[Locator]:
        """More: Renew, Upgrade, Change expiry policy, Unsubscribe."""
        self.rows.get_by_role("button", name=self._more).click()
        return [self.rows.get_by_role("link", name=name, exact=True) for name in self._operations]


class Unsubscribe:
    """The page that asks whether to unsubscribe a service."""

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("plan"), actor.page
        self.refund = fact(page, words.refund)
        self.unsubscribe = page.get_by_role("button", name=words.unsubscribe)
