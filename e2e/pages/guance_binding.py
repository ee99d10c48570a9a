"""Binding a fee center account and its workspaces at Guance, and creating a workspace during it."""

from playwright.sync_api import Locator

from e2e.pages.parts import AddressedPage, Form, fact, field, row
from e2e.scenario.actor import Actor
from e2e.scenario.labels import LANGUAGE_NAMES, Language
from e2e.scenario.people import RegistrationDetails


class BindingPage(AddressedPage):
    """Where a visit from unified login binds a fee center account and workspaces."""

    URL = "https://auth.guance.com/huaweicloud/bind"

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("binding"), actor.page
        main = page.get_by_role("main")
        account = page.get_by_role("region", name=words.bind_account)
        workspaces = page.get_by_role("region", name=words.bind_workspace, exact=True)
        self._actor = actor
        self._bind, self._bound = words.bind, words.bound
        self.form = Form(main)
        self.notice = main.get_by_role("status").first
        self.heading = page.get_by_role("heading", level=1, name=words.bind_guance_workspace)
        self.site_picker = page.get_by_role("banner").locator("summary").filter(has_text=words.site)
        self.username = field(account, words.username)
        self.get_code = account.get_by_role("button", name=words.get_code)
        self.code_answer = account.get_by_role("status")
        self.code = field(account, words.code)
        self.bind_account = account.get_by_role("button", name=words.bind, exact=True)
        self.account = fact(account, words.fee_center_account)
        self.another_account = account.get_by_role("button", name=words.another_account)
        self.workspaces = workspaces
        self.available = workspaces.get_by_role("region", name=words.available)
        self.create_workspace = workspaces.get_by_role("link", name=words.create_workspace)
        self.confirm = main.get_by_role("button", name=words.confirm, exact=True)

    def ask_for_code(self, username: str) -> None:
        """Send a code to the holder of a fee center account."""
        self.username.fill(username)
        self.get_code.click()

    def enter(self, username: str, code: str) -> None:
        """Enter a username and a code, and bind the account."""
        self.username.fill(username)
        self.code.fill(code)
        self.bind_account.click()

    def workspace(self, name: str) -> Locator:
        """The row of the workspace ``name``."""
        return row(self.available, name)

    def bind(self, name: str) -> Locator:
        """The control that begins the binding of the workspace ``name``."""
        return self.workspace(name).get_by_role("link", name=f"{self._bind} {name}", exact=True)

    def bound(self, name: str) -> Locator:
        """The state of the workspace ``name`` after it is bound."""
        return self.workspace(name).get_by_text(self._bound, exact=True)

    def pick_site(self, name: str) -> None:
        """Choose a site in the top right corner."""
        self.site_picker.click()
        self._actor.page.get_by_role("button", name=name).click()


class BindingConfirmation:
    """The page on which the binding of a workspace is confirmed."""

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("binding"), actor.page
        main = page.get_by_role("main")
        self.heading = page.get_by_role("heading", level=1, name=words.confirm_the_binding)
        self.details = main
        self.confirm = main.get_by_role("button", name=words.confirm, exact=True)
        self.cancel = main.get_by_role("link", name=words.cancel, exact=True)


class CreateWorkspace(AddressedPage):
    """The choice between the two ways to create a workspace."""

    URL = f"{BindingPage.URL}/create"

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("binding"), actor.page
        main = page.get_by_role("main")
        self._actor = actor
        self.main = main
        self.heading = page.get_by_role("heading", level=1, name=words.create_workspace)
        self.have_account = main.get_by_role("link", name=words.have_account, exact=True)
        self.no_account = main.get_by_role("link", name=words.no_account, exact=True)


class WithAccount:
    """Create Workspace > Have Guance Account."""

    def __init__(self, actor: Actor) -> None:
        words, labels, page = actor.labels("binding"), actor.labels("registration"), actor.page
        main = page.get_by_role("main")
        self.form = Form(main)
        self.heading = page.get_by_role("heading", level=2, name=words.have_account, exact=True)
        self.site = fact(main, words.site)
        self.workspace_name = field(page, labels.workspace_name)
        self.languages = page.get_by_role("group", name=labels.workspace_language)
        self.email = field(page, labels.email)
        self.get_code = page.get_by_role("button", name=labels.get_code)
        self.code_answer = main.get_by_role("status")
        self.code = field(page, labels.code)
        self.agreements = page.get_by_role("checkbox", name=labels.agreements)
        self.create = page.get_by_role("button", name=words.create, exact=True)

    def name_it(self, name: str, language: Language) -> None:
        """Enter the name of the workspace, choose its language, and agree."""
        self.workspace_name.fill(name)
        self.languages.get_by_role("radio", name=LANGUAGE_NAMES[language]).check()
        self.agreements.check()

    def ask_for_code(self, email: str) -> None:
        """Send the code."""
        self.email.fill(email)
        self.get_code.click()


class WithoutAccount(WithAccount):
    """Create Workspace > No Guance Account."""

    def __init__(self, actor: Actor) -> None:
        super().__init__(actor)
        words, labels, page = actor.labels("binding"), actor.labels("registration"), actor.page
        self.heading = page.get_by_role("heading", level=2, name=words.no_account, exact=True)
        self.username = field(page, labels.username)
        self.password = field(page, labels.password)
        self.confirm_password = field(page, labels.confirm_password)
        self.phone = field(page, labels.phone)
        self.create = page.get_by_role("button", name=words.register_and_create)

    def introduce(self, person: RegistrationDetails) -> None:
        """Enter the owner's data, without the phone, which is optional, and without the email and its code."""
        self.username.fill(person.username)
        self.password.fill(person.password)
        self.confirm_password.fill(person.password)
