"""Huawei Cloud: signing in, the console, My Credentials, real-name authentication."""

from typing import Final

from e2e.pages.parts import AddressedPage, Form, fact, field
from e2e.scenario.actor import Actor
from mock_sites.client import Person

_SCAN: Final = b"\x89PNG\r\n\x1a\n"
"""A file that is recognized as a picture of a certificate."""


class Portal(AddressedPage):
    """The home page."""

    URL = "https://www.huaweicloud.com"

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self.sign_in = actor.page.get_by_role("banner").get_by_role("link", name=actor.labels("account").sign_in)


class SignInPage(AddressedPage):
    """The sign-in of Huawei Cloud accounts."""

    URL = "https://auth.huaweicloud.com/authui/login"

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("account"), actor.page
        self._actor = actor
        self.form = Form(page)
        self.name = field(page, words.name)
        self.password = field(page, words.password)
        self.button = page.get_by_role("button", name=words.sign_in)

    def sign_in(self, name: str, password: str) -> None:
        """Sign in with a name and a password."""
        self.name.fill(name)
        self.password.fill(password)
        self.button.click()

    def sign_in_as(self, person: Person) -> None:
        """Sign in as one of the ready-made people."""
        self.sign_in(person.username, person.password)


class AccountMenu:
    """The menu behind the avatar in the top right corner."""

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("account"), actor.page
        self.avatar = page.get_by_role("button", name=words.account_menu)
        self.my_credentials = page.get_by_role("link", name=actor.labels("credentials").my_credentials, exact=True)
        self.real_name_authentication = page.get_by_role("link", name=words.real_name_authentication, exact=True)
        self.sign_out = page.get_by_role("button", name=words.sign_out)

    def open(self) -> None:
        """Click on the avatar."""
        self.avatar.click()


class ConsolePage(AddressedPage):
    """The first page of the console."""

    URL = "https://console.huaweicloud.com/"

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self.heading = actor.page.get_by_role("heading", level=1, name=actor.labels("account").console)


class ApiCredentials:
    """My Credentials > API Credentials."""

    URL: Final = "https://console.huaweicloud.com/iam/apiCredential"

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("credentials"), actor.page
        self.heading = page.get_by_role("heading", level=1, name=words.api_credentials)
        self.account_id = page.get_by_role("textbox", name=words.account_id)


class RealNameAuthentication(AddressedPage):
    """The form of the real-name authentication, and its state."""

    URL = "https://account.huaweicloud.com/usercenter/authentication"

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("account"), actor.page
        self._actor = actor
        self.form = Form(page)
        self.heading = page.get_by_role("heading", level=1, name=words.real_name_authentication)
        self.name = field(page, words.certificate_name)
        self.number = field(page, words.certificate_number)
        self.scan = field(page, words.certificate_scan)
        self.confirmation = page.get_by_role("checkbox")
        self.submit = page.get_by_role("button", name=words.submit)
        self.being_reviewed = page.get_by_role("main").get_by_text(words.being_reviewed, exact=True)
        self.verified = page.get_by_role("main").get_by_text(words.verified, exact=True)

    def hand_in(self, name: str, number: str) -> None:
        """Fill in the form and submit it."""
        self.name.fill(name)
        self.number.fill(number)
        self.scan.set_input_files({"name": "certificate.png", "mimeType": "image/png", "buffer": _SCAN})
        self.confirmation.check()
        self.submit.click()


class TopUp(AddressedPage):
    """The top-up of the Huawei Cloud account."""

    URL = "https://account.huaweicloud.com/usercenter/top-up"

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("account"), actor.page
        self._actor = actor
        self.form = Form(page)
        self.balance = fact(page, words.balance)
        self.amount = field(page, words.amount)
        self.submit = page.get_by_role("button", name=words.top_up)
