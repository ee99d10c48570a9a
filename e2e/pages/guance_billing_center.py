"""Guance's billing center."""

import re

from playwright.sync_api import Locator

from e2e.pages.parts import AddressedPage, Form, fact, field, row
from e2e.scenario.actor import Actor


class BillingCenterSignIn(AddressedPage):
    """The sign-in page."""

    URL = "https://boss.guance.com/"

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("guance-sign-in"), actor.page
        self._actor = actor
        self.form = Form(page.get_by_role("main"))
        self.username = field(page, words.username)
        self.password = field(page, words.password)
        self.button = page.get_by_role("button", name=words.sign_in)

    def sign_in(self, username: str, password: str) -> None:
        self.username.fill(username)
        self.password.fill(password)
        self.button.click()


class BillingCenter:
    """The account overview."""

    def __init__(self, actor: Actor) -> None:
        words, main = actor.labels("registration"), actor.page.get_by_role("main")
        self.username = fact(main, words.username)
        self.email = fact(main, words.email)


class Rail:
    """The menu on the left."""

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("billing-center"), actor.page
        self.workspace_management = page.get_by_role("link", name=words.workspace_management, exact=True)
        menu = page.get_by_role("navigation")
        self.bill_management = menu.get_by_role("link", name=words.bill_management, exact=True)
        self.prepaid_cards = menu.get_by_role("link", name=words.prepaid_cards, exact=True)


class Bills:
    """Bill Management: bills by month, and the consumption details of a month."""

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("billing-center"), actor.page
        self.view = page.get_by_role("table").get_by_role("link", name=words.view)
        self.details = page.get_by_role("region", name=words.consumption_details).get_by_role("table")


class WorkspaceManagement(AddressedPage):
    """The list of the account's workspaces."""

    URL = "https://boss.guance.com/workspaces"

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("billing-center"), actor.page
        self._actor = actor
        self.heading = page.get_by_role("heading", level=1, name=words.workspace_management)
        self.bind_workspace = page.get_by_role("link", name=words.bind_workspace)
        self.table = page.get_by_role("table")
        self.unlock_links = self.table.get_by_role("link", name=words.unlock)
        self.notice = page.get_by_role("main").get_by_role("status")

    def workspace(self, name: str) -> "ManagedWorkspace":
        """The row of the workspace ``name``."""
        return ManagedWorkspace(self._actor, row(self.table, name))


class ManagedWorkspace:
    """A row in the list of workspaces."""

    def __init__(self, actor: Actor, line: Locator) -> None:
        words = actor.labels("billing-center")
        self.row = line
        self.workspace_id = line.get_by_text(re.compile(r"^wksp_\w+$"))
        _name, self.site, _plan, self.settlement, self.cloud_account, self.state, _operation = (
            line.locator("th, td").nth(column) for column in range(7)
        )
        self.change = line.get_by_role("link", name=words.change)
        self.unlock = line.get_by_role("link", name=words.unlock)


class BindWorkspace:
    """The dialog that binds a workspace by its ID."""

    def __init__(self, actor: Actor) -> None:
        words = actor.labels("billing-center")
        self.dialog = actor.page.get_by_role("dialog", name=words.bind_workspace)
        self.form = Form(self.dialog)
        self.workspace_id = field(self.dialog, words.workspace_id)
        self.confirm = self.dialog.get_by_role("button", name=words.confirm)


class ChangeSettlement:
    """The dialog that changes the settlement method of a workspace."""

    def __init__(self, actor: Actor) -> None:
        words = actor.labels("billing-center")
        self.dialog = actor.page.get_by_role("dialog", name=words.change_settlement)
        self.form = Form(self.dialog)
        self.by_billing_center = self.dialog.get_by_role("link", name=words.by_billing_center)
        self.by_huawei = self.dialog.get_by_role("link", name=words.by_huawei)
        self.by_alibaba = self.dialog.get_by_role("link", name=words.by_alibaba)
        self.by_aws = self.dialog.get_by_role("link", name=words.by_aws)
        self.by_registered = self.dialog.get_by_role("link", name=words.by_registered)
        self.activate_first = self.dialog.get_by_role("link", name=words.activate_first)
        self.account_id = field(self.dialog, words.account_id)
        self.instance_id = field(self.dialog, words.instance_id)
        self.registered_accounts = self.dialog.get_by_role("radio")
        self.confirm = self.dialog.get_by_role("button", name=words.confirm)
        self.cancel = self.dialog.get_by_role("link", name=words.cancel)

    def settle(self, account_id: str, instance_id: str) -> None:
        """Enter the Huawei Cloud account and its instance, and confirm."""
        self.account_id.fill(account_id)
        self.instance_id.fill(instance_id)
        self.confirm.click()


class UnlockWorkspace:
    """The dialog that asks whether to unlock a workspace."""

    def __init__(self, actor: Actor) -> None:
        words = actor.labels("billing-center")
        self.dialog = actor.page.get_by_role("dialog")
        self.form = Form(self.dialog)
        self.unlock = self.dialog.get_by_role("button", name=words.unlock, exact=True)
        self.cancel = self.dialog.get_by_role("link", name=words.cancel)


class EnterpriseCertificate(AddressedPage):
    """Account Management > Real-Name Authentication."""

    URL = "https://boss.guance.com/account/real-name"

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("billing-center"), actor.page
        self._actor = actor
        self.licence_name = field(page, words.licence_name)
        self.taxpayer_number = field(page, words.taxpayer_number)
        self.confirm = page.get_by_role("button", name=words.confirm)
        self.certified = page.get_by_role("heading", name=words.certified)

    def hand_in(self, licence_name: str, taxpayer_number: str) -> None:
        """Fill in the form and confirm."""
        self.licence_name.fill(licence_name)
        self.taxpayer_number.fill(taxpayer_number)
        self.confirm.click()


class CloudAccounts(AddressedPage):
    """Account Management > Cloud Accounts."""

    URL = "https://boss.guance.com/account/cloud-accounts"

    def __init__(self, actor: Actor) -> None:
        page = actor.page
        self._actor = actor
        self.heading = page.get_by_role("heading", level=1, name=actor.labels("billing-center").cloud_accounts)
        self.main = page.get_by_role("main")


class PrepaidCards(AddressedPage):
    """The prepaid cards in the wallet."""

    URL = "https://boss.guance.com/wallet/prepaid-cards"

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("billing-center"), actor.page
        self._actor = actor
        self.heading = page.get_by_role("heading", level=1, name=words.prepaid_cards)
        self.balance = page.get_by_role("main").locator("strong")
        self.currency = words.currency
        self.cards = page.get_by_role("table").get_by_role("row").filter(has=page.get_by_role("rowheader"))
        self.purchase = page.get_by_role("link", name=words.purchase_card)


class PurchaseCard:
    """The dialog for purchasing prepaid cards."""

    def __init__(self, actor: Actor) -> None:
        words = actor.labels("billing-center")
        self.dialog = actor.page.get_by_role("dialog", name=words.purchase_card)
        self.form = Form(self.dialog)
        self.account_id = field(self.dialog, words.huawei_account_id)
        self.order_number = field(self.dialog, words.order_number)
        self.top_up = self.dialog.get_by_role("button", name=words.top_up)

    def fill_in(self, account_id: str, order_number: str) -> None:
        """Enter the buyer's account and the order, and top up."""
        self.account_id.fill(account_id)
        self.order_number.fill(order_number)
        self.top_up.click()
