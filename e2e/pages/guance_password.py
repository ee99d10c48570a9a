"""Changing a password at Guance: in the billing center, or in the console of a site."""

from typing import Final

from e2e.pages.parts import field
from e2e.scenario.actor import Actor


class ChangePassword:
    """Account Management > Security in the billing center, Account > Account Management in the console."""

    BILLING_CENTER: Final = "https://boss.guance.com/account/security"
    CN4: Final = "https://cn4-console.guance.com/account"

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("billing-center"), actor.page
        self._actor = actor
        self.current = field(page, words.current_password)
        self.password = field(page, words.new_password)
        self.confirmation = field(page, words.confirm_password)
        self.confirm = page.get_by_role("button", name=words.confirm, exact=True)
        self.notice = page.get_by_role("main").get_by_role("status")

    def open(self, url: str) -> "ChangePassword":
        """Open one of the two pages."""
        self._actor.opens(url)
        return self

    def change(self, current: str, new: str) -> None:
        """Enter the current password and twice the new one, and confirm."""
        self.current.fill(current)
        self.password.fill(new)
        self.confirmation.fill(new)
        self.confirm.click()
