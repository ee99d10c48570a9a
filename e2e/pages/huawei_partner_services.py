"""Partner Services: onboarding, role, enterprise, members, authorization, handover."""

from typing import Final

from playwright.sync_api import Locator

from e2e.pages.parts import AddressedPage, Form, fact, field, row
from e2e.scenario.actor import Actor
from e2e.scenario.people import EnterpriseDetails, NewMember

_ROOT: Final = "https://marketplace.huaweicloud.com/buyer/partner-services"


class Onboarding(AddressedPage):
    """The onboarding page."""

    URL = _ROOT

    def __init__(self, actor: Actor) -> None:
        page = actor.page
        self._actor = actor
        self.heading = page.get_by_role("heading", level=1, name=actor.labels("buyer-center").partner_services)
        self.use_now = page.get_by_role("link", name=actor.labels("partner-services").use_now)
        self.usage_guide = page.get_by_role("link", name=actor.labels("partner-services").usage_guide)


class UsageGuide:
    """The guide to partner services in the help center."""

    def __init__(self, actor: Actor) -> None:
        self.heading = actor.page.get_by_role("heading", level=1, name=actor.labels("partner-services").usage_guide)


class Role:
    """The choice of the role."""

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("partner-services"), actor.page
        self.heading = page.get_by_role("heading", level=1, name=words.select_role)
        self.for_personal_use = page.get_by_role("radio", name=words.for_personal_use)
        self.for_a_customer = page.get_by_role("radio", name=words.for_a_customer)
        self.confirm = page.get_by_role("button", name=words.confirm)


class NewEnterprise(AddressedPage):
    """The set-up of a new enterprise."""

    URL = f"{_ROOT}/enterprise"

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("partner-services"), actor.page
        self._actor = actor
        self.form = Form(page.get_by_role("main"))
        self.heading = page.get_by_role("heading", level=1, name=words.new_enterprise)
        self.name = field(page, words.enterprise_name)
        self.domain = field(page, words.enterprise_domain)
        self.create = page.get_by_role("button", name=words.create)
        self.settled_name = fact(page, words.enterprise_name)
        self.settled_domain = fact(page, words.enterprise_domain)

    def set_up(self, enterprise: EnterpriseDetails) -> None:
        """Enter name and domain and create the enterprise."""
        self.name.fill(enterprise.name)
        self.domain.fill(enterprise.domain)
        self.create.click()


class ExistingEnterprise:
    """The choice of an enterprise that was set up for an earlier service."""

    def __init__(self, actor: Actor) -> None:
        self.enterprises = actor.page.get_by_role("radio")
        self.use = actor.page.get_by_role("button", name=actor.labels("partner-services").use_this_enterprise)


class Progress:
    """The progress of the enterprise's set-up."""

    URL: Final = f"{_ROOT}/enterprise/progress"

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("partner-services"), actor.page
        self._refresh = page.get_by_role("main").get_by_role("link", name=words.refresh)
        self.heading = page.get_by_role("heading", level=1, name=words.setting_up)
        self.bar = page.get_by_role("progressbar")
        self.message = page.get_by_role("main").get_by_role("status")

    def refresh(self) -> None:
        """Refresh the page without waiting for its own refresh, which may happen at the same moment."""
        self._refresh.click()


class Members(AddressedPage):
    """The enterprise's members."""

    URL = f"{_ROOT}/members"

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("partner-services"), actor.page
        self._actor = actor
        self.table = page.get_by_role("table")
        self.add_members = page.get_by_role("main").get_by_role("link", name=words.add_members)
        self.authorize = page.get_by_role("main").get_by_role("link", name=words.authorize_members)

    def row(self, name: str) -> Locator:
        """The row of the member ``name``."""
        return row(self.table, name)


class AddMember(AddressedPage):
    """The form that adds a member."""

    URL = f"{_ROOT}/members/new"

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("partner-services"), actor.page
        self._actor = actor
        self.form = Form(page.get_by_role("main"))
        self.heading = page.get_by_role("heading", level=1, name=words.add_members)
        self.offline_password = page.get_by_role("main").get_by_role("listitem").filter(has_text=words.offline_password)
        self.name = field(page, words.employee_name)
        self.department = field(page, words.department)
        self.phone = field(page, words.phone)
        self.email = field(page, words.email)
        self.account = field(page, words.account)
        self.password = field(page, words.password)
        self.save = page.get_by_role("button", name=words.save, exact=True)
        self.choose_department = page.get_by_role("button", name=words.choose_department)
        self.departments = page.get_by_role("dialog", name=words.choose_department)
        self.done = self.departments.get_by_role("button", name=words.done)

    def fill_in(self, member: NewMember) -> None:
        """Fill in all fields."""
        self.name.fill(member.name)
        self.department.fill(member.department)
        self.phone.fill(member.phone)
        self.email.fill(member.email)
        self.account.fill(member.account)
        self.password.fill(member.password)

    def add(self, member: NewMember) -> None:
        """Fill in the form and save it."""
        self.fill_in(member)
        self.save.click()


class Authorization(AddressedPage):
    """The authorization of members for the application."""

    URL = f"{_ROOT}/authorize"

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("partner-services"), actor.page
        self._actor = actor
        self.form = Form(page.get_by_role("main"))
        self.heading = page.get_by_role("heading", level=1, name=words.authorize_members)
        self.members = page.get_by_role("table").get_by_role("checkbox")
        self.agree_to_terms = page.get_by_role("checkbox", name=words.agree_to_terms)
        self.confirm = page.get_by_role("button", name=words.confirm_authorization)

    def member(self, name: str) -> Locator:
        """The checkbox of the member ``name``."""
        return row(self._actor.page, name).get_by_role("checkbox")

    def pick(self, name: str) -> None:
        """Select the member ``name``."""
        self.member(name).check()


class HandOver(AddressedPage):
    """The data for the authorized members."""

    URL = f"{_ROOT}/hand-over"

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("partner-services"), actor.page
        self._actor = actor
        self.main = page.get_by_role("main")
        self.heading = page.get_by_role("heading", level=1, name=words.login_information)
        self.login_url = fact(page, words.login_url).get_by_role("link")
        self.enterprise_account_name = fact(page, words.enterprise_account_name)
        self.table = page.get_by_role("table")

    def login_name(self, member_name: str) -> str:
        """The account in the row of the member ``member_name``."""
        return row(self.table, member_name).get_by_role("cell").first.inner_text()
