"""The world's web mail."""

import re

from playwright.sync_api import Locator

from e2e.pages.parts import field
from e2e.scenario.actor import Actor


class MailboxPage:
    """All mails of the world. Everyone can read them."""

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("mailbox"), actor.page
        self._actor = actor
        self.recipient = field(page, words.recipient)
        self.filter = page.get_by_role("button", name=words.filter)
        self.mails = page.get_by_role("table").get_by_role("link")

    def open(self) -> "MailboxPage":
        self._actor.page.goto(self._actor.world.mailbox.url)
        return self

    def show_mails_to(self, email: str) -> None:
        """Show only the mails to one address."""
        self.recipient.fill(email)
        self.filter.click()

    def open_latest(self) -> None:
        """Open the mail on top."""
        self.mails.first.click()


class MailPage:
    """A mail that was opened, with the code in it."""

    def __init__(self, actor: Actor) -> None:
        codes = actor.page.get_by_role("region", name=actor.labels("mailbox").code)
        self.text = actor.page.get_by_role("main")
        self.code: Locator = codes.get_by_text(re.compile(r"^\d{6}$"))
