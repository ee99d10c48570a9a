"""Guance's regional sites: signing in, and the workspace."""

from typing import Final

from playwright.sync_api import Locator

from e2e.pages.parts import Form, fact, field
from e2e.scenario.actor import Actor


class GuanceSignIn:
    """The sign-in page of a site."""

    CN4: Final = "https://cn4-auth.guance.com/login/pwd"
    CN1: Final = "https://auth.guance.com/login/pwd"

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("guance-sign-in"), actor.page
        self._actor = actor
        self.form = Form(page.get_by_role("main"))
        self.heading = page.get_by_role("heading", level=1, name=words.heading)
        self.username = field(page, words.username)
        self.password = field(page, words.password)
        self.button = page.get_by_role("button", name=words.sign_in)

    def open(self, url: str = CN4) -> "GuanceSignIn":
        """Open the sign-in page of a site."""
        self._actor.opens(url)
        return self

    def sign_in(self, username: str, password: str) -> None:
        self.username.fill(username)
        self.password.fill(password)
        self.button.click()


class WorkspacePage:
    """A workspace's overview."""

    CN4: Final = "https://cn4-console.guance.com/"
    CN1: Final = "https://console.guance.com/"

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("workspace"), actor.page
        self._actor = actor
        main = page.get_by_role("main")
        self.heading = page.get_by_role("heading", level=1)
        self.workspace_id = fact(main, words.workspace_id)
        self.site = fact(main, words.site)
        self.plan = fact(main, words.current_plan)
        self.language = fact(main, words.workspace_language)
        self.settlement = fact(main, words.settlement_method)
        self.billing = page.get_by_role("link", name=words.billing, exact=True)

    def open(self, url: str = CN4) -> "WorkspacePage":
        """Open the console of a site. It shows the first workspace."""
        self._actor.opens(url)
        return self


class WorkspacePages:
    """The menu of a workspace."""

    def __init__(self, actor: Actor) -> None:
        words = actor.labels("workspace")
        menu = actor.page.get_by_role("navigation", name=words.menu)
        self.integrations = menu.get_by_role("link", name=words.integrations)
        self.infrastructure = menu.get_by_role("link", name=words.infrastructure)


class Integrations:
    """The page with the commands that install DataKit."""

    def __init__(self, actor: Actor) -> None:
        self.command = actor.page.get_by_role("region", name=actor.labels("workspace").linux_command)

    def token(self) -> str:
        """The token of the workspace, from the command for Linux."""
        return next(word for word in self.command.inner_text().split() if word.startswith("tkn_"))


class Hosts:
    """The list of hosts of a workspace."""

    def __init__(self, actor: Actor) -> None:
        self._table = actor.page.get_by_role("region", name=actor.labels("workspace").hosts)

    def link(self, name: str) -> Locator:
        """The link to the details of a host."""
        return self._table.get_by_role("link", name=name)


class Billing:
    """The billing module of a workspace."""

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("workspace"), actor.page
        main = page.get_by_role("main")
        self.heading = page.get_by_role("heading", level=1, name=words.billing)
        self.billing_center_account = fact(main, words.billing_center_account)
        self.account_id = fact(main, words.account_id)
        self.days = BilledDays(actor)


class BilledDays:
    """The bills of the days of a month."""

    def __init__(self, actor: Actor) -> None:
        table = actor.page.get_by_role("region", name=actor.labels("workspace").bill_details)
        self.rows = table.get_by_role("rowgroup").last.get_by_role("row")
        self.cost = self.rows.first.get_by_role("cell").last


class Lock:
    """The message of a locked workspace on each of its pages."""

    def __init__(self, actor: Actor) -> None:
        words = actor.labels("locked-workspace")
        self.banner = actor.page.get_by_role("region", name=words.locked)
        self.days_left = self.banner.get_by_text(words.days_left, exact=True)
        self.unlock_now = self.banner.get_by_role("button", name=words.unlock_now)
        self.dissolve = self.banner.get_by_role("link", name=words.dissolve)


class Dissolve:
    """The dialog that asks whether to dissolve a locked workspace."""

    def __init__(self, actor: Actor) -> None:
        words = actor.labels("locked-workspace")
        self.dialog = actor.page.get_by_role("dialog", name=words.dissolve)
        self.confirm = self.dialog.get_by_role("button", name=words.confirm)
        self.cancel = self.dialog.get_by_role("link", name=words.cancel)


class LockedForGood:
    """The only page of a workspace 14 days after it was locked."""

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("locked-workspace"), actor.page
        self.heading = page.get_by_role("heading", level=1, name=words.locked_for_good)
        self.new_workspace = page.get_by_role("main").get_by_role("link", name=words.new_workspace)
