"""Reading mail, as part of other steps."""

from playwright.sync_api import expect

from e2e.pages.mailbox import MailboxPage, MailPage
from e2e.scenario.actor import Actor


def read_code(actor: Actor, email: str) -> str:
    """Open the mailbox in another tab, and read the code in the latest mail to ``email``."""
    reader = actor.in_another_tab()
    mailbox = MailboxPage(reader).open()
    mailbox.show_mails_to(email)
    mailbox.open_latest()
    code = MailPage(reader).code
    expect(code).to_be_visible()
    digits = code.inner_text()
    reader.page.close()
    return digits
