"""What customers do on the marketplace, and what becomes of it at the seller's."""

from playwright.sync_api import Page, expect
from seller import PRODUCT

from mock_sites.client import World


def buy_a_year(buyer: Page, marketplace: World) -> None:
    """Buy the product; the marketplace calls the service a few seconds later."""
    buyer.goto(marketplace.local(f"https://marketplace.huaweicloud.com/contents/{PRODUCT}"))
    buyer.get_by_role("link", name="Buy Now").click()
    buyer.get_by_role("radio", name="Standard edition, yearly").check()
    buyer.get_by_role("button", name="Go to Pay").click()
    buyer.get_by_role("button", name="Confirm Payment").click()
    expect(buyer.get_by_role("heading", name="Payment successful")).to_be_visible()
    marketplace.clock.advance(seconds=10)


def test_a_purchase_opens_a_subscription(buyer: Page, marketplace: World, service: str) -> None:
    buy_a_year(buyer, marketplace)

    buyer.goto(service)
    expect(buyer.get_by_role("listitem")).to_contain_text("open")
    assert [call.verdict for call in marketplace.seller_center.calls(operation="newInstance")] == ["accepted"]


def test_unsubscribing_ends_it(buyer: Page, marketplace: World, service: str) -> None:
    buy_a_year(buyer, marketplace)

    buyer.goto(marketplace.local("https://marketplace.huaweicloud.com/buyer/purchased-services"))
    buyer.get_by_role("button", name="More").click()
    buyer.get_by_role("link", name="Unsubscribe").click()
    buyer.get_by_role("button", name="Unsubscribe").click()
    marketplace.clock.advance(seconds=10)

    buyer.goto(service)
    expect(buyer.get_by_role("heading", name="Subscriptions")).to_be_visible()
    expect(buyer.get_by_role("listitem")).to_have_count(0)
    assert [call.verdict for call in marketplace.seller_center.calls(operation="releaseInstance")] == ["accepted"]


def test_a_wrong_access_key_is_seen_in_the_seller_center(page: Page, marketplace: World, service: str) -> None:
    marketplace.seller_center.configure(PRODUCT, access_key="not-the-key-of-the-service")
    page.goto(marketplace.seller_center.url)
    page.get_by_role("link", name="Application access debugging").click()
    page.get_by_role("region").filter(has_text=service).get_by_role("link", name="newInstance").click()

    page.get_by_role("button", name="Send", exact=True).click()

    expect(page.get_by_role("region", name="What to fix")).to_contain_text("another key")
