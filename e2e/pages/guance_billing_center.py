"""Guance's billing center."""

from typing import Final

from e2e.pages.parts import Form, fact, field
from e2e.stage.actor import Actor


class BillingCenterSignIn:
    """The sign-in page."""

    URL: Final = "https://boss.guance.com/"

    def __init__(self, actor: Actor) -> None:
        """As the actor sees it."""
        words, page = actor.words("guance-sign-in"), actor.page
        self._actor = actor
        self.form = Form(page.get_by_role("main"))
        self.username = field(page, words.username)
        self.password = field(page, words.password)
        self.button = page.get_by_role("button", name=words.sign_in)

    def open(self) -> "BillingCenterSignIn":
        """Come here."""
        self._actor.opens(self.URL)
        return self

    def sign_in(self, username: str, password: str) -> None:
        """Sign in."""
        self.username.fill(username)
        self.password.fill(password)
        self.button.click()


class BillingCenter:
    """The account overview."""

    def __init__(self, actor: Actor) -> None:
        """As the actor sees it."""
        words, main = actor.words("registration"), actor.page.get_by_role("main")
        self.username = fact(main, words.username)
        self.email = fact(main, words.email)
