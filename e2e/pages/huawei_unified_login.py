"""Unified login, where members of an enterprise sign in."""

from e2e.pages.parts import Form, field
from e2e.scenario.actor import Actor


class UnifiedLogin:
    """The sign-in page of an application. The handover panel shows its address."""

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("unified-login"), actor.page
        self._actor = actor
        self.form = Form(page)
        self.account = field(page, words.account)
        self.password = field(page, words.password)
        self.log_in = page.get_by_role("button", name=words.log_in)

    def open(self, url: str) -> "UnifiedLogin":
        """Open the login URL from the administrator."""
        self._actor.opens(url)
        return self

    def sign_in(self, account: str, password: str) -> None:
        """Sign in as ``account@enterprise-domain``."""
        self.account.fill(account)
        self.password.fill(password)
        self.log_in.click()


class NewPassword:
    """The change of the initial password."""

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("unified-login"), actor.page
        self.form = Form(page)
        self.heading = page.get_by_role("heading", level=1, name=words.change_password)
        self.new_password = field(page, words.new_password)
        self.confirmation = field(page, words.confirmation)
        self.confirm = page.get_by_role("button", name=words.confirm)

    def choose(self, password: str) -> None:
        """Enter a new password twice and confirm."""
        self.new_password.fill(password)
        self.confirmation.fill(password)
        self.confirm.click()
