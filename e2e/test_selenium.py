"""The main journey by a tool other than Playwright, which finds elements by their text and clicks where it sees them.

Selenium is no dependency: ``pip install selenium``, and have chromedriver on the path. Nothing is downloaded.
"""

import shutil
from collections.abc import Iterator
from typing import Any, Final

import pytest

from e2e.scenario.actor import PATIENCE
from mock_sites import find_chromium, launch_options
from mock_sites.client import World

_MISSING: Final = "Selenium is missing: pip install selenium"

PRODUCT: Final = "https://marketplace.huaweicloud.com/contents/8990a122-f456-43a4-892c-a458be31e336"
INITIAL: Final = "Northwind-2026"
CHOSEN: Final = "Wendy-Northwind-1"
EMAIL: Final = "wendy@northwind.example.com"


class Hands:
    """What somebody does with a page: the first element with a text is the one that is meant."""

    def __init__(self, driver: Any, world: World) -> None:
        """With a WebDriver, in a world."""
        self.driver, self._world = driver, world

    def open(self, url: str) -> None:
        """Go to a documented address."""
        self.driver.get(self._world.local(url))

    def find(self, xpath: str) -> Any:
        """The first element, as soon as it is there."""
        return self.driver.find_element("xpath", xpath)

    def click(self, text: str, *, within: str = "") -> None:
        """Click the first link, button or label with a text."""
        tags = " or ".join(f"self::{tag}" for tag in ("a", "button", "label"))
        self.find(f"{within}//*[{tags}][normalize-space()='{text}']").click()

    def fill(self, **values: str) -> None:
        """Type into fields, by their names, in place of what is there."""
        for name, value in values.items():
            field = self.driver.find_element("name", name)
            field.clear()
            field.send_keys(value)

    def tick(self, name: str) -> None:
        """Tick the first box with a name."""
        self.find(f"//input[@name='{name}'][@type='checkbox']").click()

    def see(self, text: str) -> None:
        """Wait until a text is there."""
        self.find(f"//main//*[contains(normalize-space(), '{text}')]")


def _of_selenium(name: str) -> Any:
    """A module of Selenium for Chrome; without it the test is skipped, not the import of this file."""
    return pytest.importorskip(f"selenium.webdriver.chrome.{name}", reason=_MISSING)


@pytest.fixture
def hands(world: World) -> Iterator[Hands]:
    chromedriver = shutil.which("chromedriver")
    if chromedriver is None:
        pytest.skip("chromedriver is missing: on Debian and Ubuntu, apt-get install chromium-driver")
    chromium = find_chromium(headed=False)
    assert chromium, "No browser was found: mock-sites doctor says what to do."
    webdriver, chrome_options, chrome_service = (_of_selenium(name) for name in ("webdriver", "options", "service"))
    options = chrome_options.Options()
    options.binary_location = str(chromium.executable)
    for switch in ("--headless=new", "--no-sandbox", *launch_options(chromium, headed=False)["args"]):
        options.add_argument(switch)
    # With the path of a driver, Selenium Manager looks for none.
    driver = webdriver.WebDriver(options=options, service=chrome_service.Service(executable_path=chromedriver))
    driver.implicitly_wait(PATIENCE)
    yield Hands(driver, world)
    driver.quit()


def test_selenium_drives_the_main_journey(hands: Hands, world: World) -> None:
    account_id = subscribe(hands, world)
    authorize(hands, world)
    log_in_as_a_member(hands)
    register(hands, world, account_id)
    hands.click("Sign in to Guance")
    hands.fill(username="wendyg", password=CHOSEN)
    hands.click("Sign in", within="//main")
    hands.see("Northwind production")
    hands.click("Logs")
    hands.see("Logs")


def subscribe(hands: Hands, world: World) -> str:
    """The buyer signs in, reads the Account ID and subscribes; tell the Account ID."""
    buyer = world.people()["verified-buyer"]
    hands.open("https://console.huaweicloud.com/")
    hands.fill(name=buyer.username, password=buyer.password)
    hands.click("Sign In", within="//main")
    hands.see("Welcome")
    hands.find("//button[@aria-label='Account menu']").click()
    hands.click("My Credentials", within="//nav[@id='account-menu']")
    account_id = hands.find("//input[@readonly]").get_attribute("value")
    hands.open(PRODUCT)
    hands.click("Subscribe Now")
    hands.tick("agreed")
    hands.click("Subscribe Now", within="//dialog")
    hands.see("SaaS subscription task submitted successfully")
    world.clock.advance(minutes=1)
    hands.click("Return to My Marketplace")
    hands.see("Guance SaaS Edition")
    return account_id


def authorize(hands: Hands, world: World) -> None:
    """The buyer sets up the enterprise and authorizes a member."""
    hands.click("Partner Services")
    hands.click("Use Now")
    hands.click("Confirm")
    hands.fill(name="Northwind", domain="northwind")
    hands.click("Create")
    hands.see("is being set up")
    world.clock.advance(minutes=3)
    hands.click("Refresh")
    hands.click("Add Members")
    hands.fill(name="Wendy", department="Sales", phone="", email=EMAIL, account="wendy", password=INITIAL)
    hands.click("Save")
    hands.see("wendy@northwind")
    hands.click("Authorize Application Members")
    hands.tick("members")
    hands.tick("agreed")
    hands.click("Confirm Authorization")
    hands.see("The members have been authorized.")


def log_in_as_a_member(hands: Hands) -> None:
    """By the login URL on the page; the initial password is changed on the way."""
    hands.find("//main//a[contains(@href, '/unified-login/')]").click()
    hands.fill(account="wendy@northwind", password=INITIAL)
    hands.click("Log In")
    hands.fill(new_password=CHOSEN, confirmation=CHOSEN)
    hands.click("Confirm")
    hands.see("What is a Fee Center Account?")


def register(hands: Hands, world: World, account_id: str) -> None:
    """The member registers with Guance and opens a workspace that the Huawei Cloud account pays for."""
    hands.click("No Fee Center Account")
    hands.click("Next")
    hands.fill(username="wendyg", password=CHOSEN, confirm=CHOSEN, email=EMAIL)
    hands.click("Get code")
    hands.find(f"//*[@role='status'][contains(., '{EMAIL}')]")
    hands.fill(code=world.mailbox.wait_for(EMAIL).codes[0])
    hands.click("Next")
    hands.fill(company="Northwind")
    hands.tick("terms")
    hands.click("Register")
    hands.fill(workspace_name="Northwind production", huawei_account_id=account_id)
    hands.tick("terms")
    hands.click("Subscribe")
    hands.see("Guance Commercial Plan opened successfully")
