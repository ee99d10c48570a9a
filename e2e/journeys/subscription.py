"""Subscribing and closing, as part of other steps and tests."""

from playwright.sync_api import expect

from e2e.pages.huawei_account import AccountMenu, ApiCredentials, ConsolePage
from e2e.pages.huawei_buyer_center import CloseResource, PurchasedServices, ResourceDetails
from e2e.pages.huawei_marketplace import ProductPage, Prompt, Submitted
from e2e.scenario.actor import Actor


def subscribe(buyer: Actor) -> str:
    """Subscribe to Guance, and read the instance ID."""
    ProductPage(buyer).open().subscribe_now.click()
    Prompt(buyer).agree_and_subscribe()
    expect(Submitted(buyer).heading).to_be_visible()
    buyer.world.clock.advance(minutes=1)
    services = PurchasedServices(buyer).open()
    services.open_details(services.in_use)
    return ResourceDetails(buyer).instance_id.inner_text()


def read_account_id(buyer: Actor) -> str:
    """Console > My Credentials > API Credentials."""
    ConsolePage(buyer).open()
    AccountMenu(buyer).open()
    AccountMenu(buyer).my_credentials.click()
    return ApiCredentials(buyer).account_id.input_value()


def close_resource(buyer: Actor) -> None:
    """Purchased Services > More > Close Resource, Close Resource, and wait until it is closed."""
    services = PurchasedServices(buyer).open()
    services.click_close_resource(services.in_use)
    CloseResource(buyer).close_resource.click()
    expect(services.closing).to_be_visible()
    buyer.world.clock.advance(seconds=5)
    services.refresh()
    expect(services.in_use).to_have_count(0)
