"""Registration at Guance, step by step."""

from e2e.pages.parts import AddressedPage, Form, field
from e2e.scenario.actor import Actor
from e2e.scenario.labels import LANGUAGE_NAMES, Language
from e2e.scenario.people import RegistrationDetails


class CommercialPlan(AddressedPage):
    """The page of the documentation on registering for the Commercial Plan."""

    URL = "https://docs.guance.com/plans/commercial-register/"

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self.register = actor.page.get_by_role("link", name=actor.labels("registration").free_registration)


class BasicInformation(AddressedPage):
    """Step 1."""

    URL = "https://auth.guance.com/businessRegister"

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("registration"), actor.page
        self._actor = actor
        self.form = Form(page.get_by_role("main"))
        self.heading = page.get_by_role("heading", name=words.basic_information)
        self.site = field(page, words.site)
        self.username = field(page, words.username)
        self.password = field(page, words.password)
        self.confirm_password = field(page, words.confirm_password)
        self.email = field(page, words.email)
        self.get_code = page.get_by_role("button", name=words.get_code)
        self.code_answer = page.get_by_role("main").get_by_role("status")
        self.code = field(page, words.code)
        self.phone = field(page, words.phone)
        self.next = page.get_by_role("button", name=words.next)

    def fill_in(self, person: RegistrationDetails) -> None:
        """Fill in everything except the code and the site, which stays at its default."""
        self.username.fill(person.username)
        self.password.fill(person.password)
        self.confirm_password.fill(person.password)
        self.email.fill(person.email)
        self.phone.fill(person.phone)


class CompanyInformation:
    """Step 2."""

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("registration"), actor.page
        self.form = Form(page.get_by_role("main"))
        self.heading = page.get_by_role("heading", name=words.company_information)
        self.company = field(page, words.company_name)
        self.agreements = page.get_by_role("checkbox", name=words.agreements)
        self.register = page.get_by_role("button", name=words.register)

    def provide(self, company: str) -> None:
        """Enter the name of the company, agree, and register."""
        self.company.fill(company)
        self.agreements.check()
        self.register.click()


class SubscriptionMethod:
    """Step 3. A user who does not come from Huawei Cloud chooses the method and activates."""

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("registration"), actor.page
        self.form = Form(page.get_by_role("main"))
        self.heading = page.get_by_role("heading", name=words.subscription_method)
        self.workspace_name = field(page, words.workspace_name)
        self.languages = page.get_by_role("group", name=words.workspace_language)
        self.account_id = field(page, words.account_id)
        self.agreements = page.get_by_role("checkbox", name=words.agreements)
        self.subscribe = page.get_by_role("button", name=words.subscribe)
        self.main = page.get_by_role("main")
        self.methods = page.get_by_role("navigation", name=words.activation_method)
        self.by_huawei = self.methods.get_by_role("link", name=words.huawei_activation)
        self.by_guance = self.methods.get_by_role("link", name=words.direct_activation)
        self.by_aws = self.methods.get_by_role("link", name=words.aws_activation)
        self.activate_first = page.get_by_role("link", name=actor.labels("billing-center").activate_first)
        self.activate = page.get_by_role("button", name=words.activate)

    def name_it(self, workspace: str, language: Language) -> None:
        """Enter the name of the workspace, choose its language, and agree."""
        self.workspace_name.fill(workspace)
        self.languages.get_by_role("radio", name=LANGUAGE_NAMES[language]).check()
        self.agreements.check()

    def fill_in(self, *, workspace: str, language: Language, account_id: str) -> None:
        """Enter the name of the workspace, choose its language, enter the paying Huawei Cloud account, and agree."""
        self.name_it(workspace, language)
        self.account_id.fill(account_id)

    def choose(self, *, workspace: str, language: Language, account_id: str) -> None:
        """Fill in everything and subscribe."""
        self.fill_in(workspace=workspace, language=language, account_id=account_id)
        self.subscribe.click()


class Success:
    """The end of a registration."""

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("registration"), actor.page
        self.heading = page.get_by_role("heading", name=words.opened)
        self.details = page.get_by_role("main")
        self.sign_in = page.get_by_role("link", name=words.sign_in)


class CreateAWorkspace:
    """The page at the next login of a user who stopped before the third step."""

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("registration"), actor.page
        self.heading = page.get_by_role("heading", level=1, name=words.create_a_workspace)
        self.main = page.get_by_role("main")
        self.methods = page.get_by_role("group", name=words.activation_method).get_by_role("radio")
        self.by_guance = page.get_by_role("radio", name=words.direct_activation)
        self.next = page.get_by_role("button", name=words.next)
