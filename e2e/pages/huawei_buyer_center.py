"""The Buyer Center: Pending Tasks, Purchased Services, resource details, My Orders."""

from playwright.sync_api import Locator

from e2e.pages.parts import AddressedPage, Form, fact, row
from e2e.scenario.actor import Actor


class Sidebar:
    """The menu on the left."""

    def __init__(self, actor: Actor) -> None:
        words = actor.labels("buyer-center")
        self._menu = actor.page.get_by_role("navigation", name=words.buyer_center)
        my_marketplace = self._menu.get_by_role("list", name=words.my_marketplace)
        self.purchased_services = my_marketplace.get_by_role("link", name=words.purchased_services)
        self.my_orders = my_marketplace.get_by_role("link", name=words.my_orders)
        self.expenses_by_day = my_marketplace.get_by_role("link", name=words.expenses_by_day)
        self.partner_services = my_marketplace.get_by_role("link", name=words.partner_services)


class BuyerCenter(AddressedPage):
    """The first page, with the popup Pending Tasks after a purchase."""

    URL = "https://marketplace.huaweicloud.com/buyer/"

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("buyer-center"), actor.page
        self._actor = actor
        self.link = page.get_by_role("banner").get_by_role("link", name=words.buyer_center)
        self.heading = page.get_by_role("heading", level=1, name=words.buyer_center)
        self.pending_tasks = page.get_by_role("dialog", name=words.pending_tasks)
        self.start_usage = self.pending_tasks.get_by_role("link", name=words.start_usage)


class PurchasedServices(AddressedPage):
    """The list of Purchased Services."""

    URL = "https://marketplace.huaweicloud.com/buyer/purchased-services"

    def __init__(self, actor: Actor) -> None:
        words = actor.labels("buyer-center")
        self._actor, self._words = actor, words
        self.heading = actor.page.get_by_role("heading", level=1, name=words.purchased_services)
        self.guance = row(actor.page, actor.labels("marketplace").product)
        self.in_use = self.guance.filter(has=actor.page.get_by_role("cell", name=words.in_use, exact=True))
        self.closing = self.guance.filter(has=actor.page.get_by_role("cell", name=words.closing, exact=True))
        self.closed = self.guance.filter(has=actor.page.get_by_role("cell", name=words.closed, exact=True))
        self.hint = actor.page.get_by_role("main").get_by_role("status")

    def refresh(self) -> None:
        """Refresh the page."""
        self._actor.page.reload()

    def open_details(self, service: Locator) -> None:
        """Open the resource details of a row."""
        service.get_by_role("link", name=self._words.resource_details).click()

    def more(self, service: Locator) -> Locator:
        """The button that opens the menu of a row."""
        return service.get_by_role("button", name=self._words.more)

    def click_close_resource(self, service: Locator) -> None:
        """More > Close Resource."""
        self.more(service).click()
        service.get_by_role("link", name=self._words.close_resource).click()


class CloseResource:
    """The dialog that asks whether to close a resource."""

    def __init__(self, actor: Actor) -> None:
        words = actor.labels("buyer-center")
        self.dialog = actor.page.get_by_role("dialog", name=words.close_resource)
        self.form = Form(self.dialog)
        self.close_resource = self.dialog.get_by_role("button", name=words.close_resource)
        self.cancel = self.dialog.get_by_role("link", name=words.cancel)


class ResourceDetails:
    """The details of a purchased service."""

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("buyer-center"), actor.page
        self.basic_information = page.get_by_role("region", name=words.basic_information)
        self.application_information = page.get_by_role("region", name=words.application_information)
        self.instance_id = fact(self.application_information, words.instance_id).locator("span")
        self.usage = ResourceUsage(actor)


class ResourceUsage:
    """What a pay-per-use service has used and cost, in its details."""

    def __init__(self, actor: Actor) -> None:
        words = actor.labels("buyer-center")
        panel = actor.page.get_by_role("region", name=words.usage, exact=True)
        self.total_cost = fact(panel, words.total_cost)
        self.days = panel.get_by_role("rowgroup").last.get_by_role("row")


class ExpensesByDay(AddressedPage):
    """What pay-per-use services cost, by day."""

    URL = "https://marketplace.huaweicloud.com/buyer/expenses"

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        groups = actor.page.get_by_role("table").get_by_role("rowgroup")
        self.days = groups.nth(1).get_by_role("row")
        self.total = groups.nth(2).get_by_role("cell")


class MyOrders(AddressedPage):
    """The list of orders."""

    URL = "https://marketplace.huaweicloud.com/buyer/orders"

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self.heading = actor.page.get_by_role("heading", level=1, name=actor.labels("buyer-center").my_orders)
        self.guance = row(actor.page, actor.labels("marketplace").product)
        self.cards = row(actor.page, actor.labels("card").product)
        self.plans = row(actor.page, actor.labels("plan").product)

    def order(self, number: str) -> "ListedOrder":
        """The row of the order with this number."""
        return ListedOrder(self._actor, row(self._actor.page, number))


class ListedOrder:
    """An order in My Orders."""

    def __init__(self, actor: Actor, line: Locator) -> None:
        words = actor.labels("card")
        self.row = line
        self.number = line.get_by_role("rowheader")
        self.pay = line.get_by_role("link", name=words.pay, exact=True)
        self.cancel = line.get_by_role("link", name=words.cancel, exact=True)
