"""The main journey as people write a Selenium script: explicit driver, an implicit wait, elements by XPath and name.

The variable GIVEN names the JSON that ``e2e.bench.comparison`` writes. Selenium is no dependency.
"""

import json
import os
from importlib import import_module
from pathlib import Path
from typing import Any, Final
from urllib.request import Request, urlopen  # noqa: TID251 - as people write it

PRODUCT: Final = "/contents/8990a122-f456-43a4-892c-a458be31e336"


class Script:
    """One browser, and what a person does in it."""

    def __init__(self, given: dict[str, Any]) -> None:
        """Start a browser."""
        webdriver = import_module("selenium.webdriver")
        options = webdriver.ChromeOptions()
        options.binary_location = given["chromium"]
        for switch in ("--headless=new", "--no-sandbox"):
            options.add_argument(switch)
        # With the path of a driver, Selenium looks for none elsewhere.
        self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(os.environ["CHROMEDRIVER"]))
        self.driver.implicitly_wait(10)
        self.given = given

    def open(self, host: str) -> None:
        """Go to a documented host, with a path behind it."""
        name, slash, path = host.partition("/")
        self.driver.get(f"http://{name}{self.given['suffix']}{slash}{path}")

    def find(self, xpath: str) -> Any:
        """The first element, as soon as it is there."""
        return self.driver.find_element("xpath", xpath)

    def click(self, text: str, within: str = "") -> None:
        """Click the first link, button or label with a text."""
        self.find(f"{within}//*[self::a or self::button or self::label][normalize-space()='{text}']").click()

    def fill(self, **values: str) -> None:
        """Type into fields, by their names."""
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

    def wait_for_address(self, part: str) -> None:
        """Wait until the address contains ``part``."""
        support = import_module("selenium.webdriver.support.expected_conditions")
        waiting = import_module("selenium.webdriver.support.ui").WebDriverWait(self.driver, 10)
        waiting.until(support.url_contains(part))

    def advance(self, seconds: int) -> None:
        """Move the world's clock forward."""
        body = json.dumps({"seconds": seconds}).encode()
        request = Request(self.given["clock"], data=body, headers={"Content-Type": "application/json"})  # noqa: S310
        urlopen(request).close()  # noqa: S310 - this machine's


def main() -> None:
    """Play it in English."""
    given = json.loads(Path(os.environ["GIVEN"]).read_text())
    buyer = Script(given)
    try:
        account_id = buy(buyer)
        login_url = bind(buyer)
        buyer.driver.delete_all_cookies()
        start(buyer, login_url, account_id)
    finally:
        buyer.driver.quit()


def buy(script: Script) -> str:
    """Step One, up to the Account ID, and the Instance ID."""
    buyer = script.given["buyer"]
    script.open("www.huaweicloud.com")
    script.click("Sign In")
    script.fill(name=buyer["username"], password=buyer["password"])
    script.click("Sign In", within="//main")
    script.see("Welcome")
    script.open(f"marketplace.huaweicloud.com{PRODUCT}")
    script.click("Subscribe Now")
    script.tick("agreed")
    script.click("Subscribe Now", within="//dialog")
    script.click("Return to My Marketplace")
    script.see("Purchased Services")
    script.advance(60)
    script.driver.refresh()
    script.see("Guance SaaS Edition")
    script.open("console.huaweicloud.com")
    script.find("//button[@aria-label='Account menu']").click()
    script.click("My Credentials", within="//nav[@id='account-menu']")
    account_id = script.find("//dt[normalize-space()='Account ID']/following-sibling::dd[1]//input").get_attribute(
        "value"
    )
    script.open("marketplace.huaweicloud.com/buyer/")
    script.find("//body").send_keys("\ue00c")  # Escape
    script.wait_for_address("later")
    script.click("Purchased Services", within="//nav[@aria-label='Buyer Center']")
    script.click("Resource details")
    script.see("Application Information")
    return account_id


def bind(script: Script) -> str:
    """Step Two, up to the login URL."""
    given = script.given
    employee = given["employee"]
    script.click("Buyer Center", within="//header")
    script.click("Start Usage")
    script.click("Use Now")
    script.click("Confirm")
    script.fill(name=given["enterprise"]["name"], domain=given["enterprise"]["domain"])
    script.click("Create")
    script.see("is being set up")
    script.advance(59)
    script.driver.refresh()
    script.advance(121)
    script.driver.refresh()
    script.click("Add Members", within="//main")
    script.fill(password=given["buyer"]["password"])
    script.click("Save")
    script.see("Authorize Application Members")
    script.click("Add Members", within="//main")
    fields = ("name", "department", "phone", "email", "account", "password")
    script.fill(**{name: employee[name] for name in fields})
    script.click("Save")
    script.see(employee["email"])
    script.click("Authorize Application Members")
    script.find(f"//tr[contains(., '{employee['name']}')]//input[@type='checkbox']").click()
    script.tick("agreed")
    script.click("Confirm Authorization")
    script.see("The members have been authorized.")
    return script.find("//main//a[contains(@href, '/unified-login/')]").get_attribute("href")


def start(script: Script, login_url: str, account_id: str) -> None:
    """Unified login, registration, and the workspace."""
    employee, person = script.given["employee"], script.given["registration"]
    script.driver.get(login_url)
    script.fill(account=f"{employee['account']}@{script.given['enterprise']['domain']}", password=employee["password"])
    script.click("Log In")
    script.fill(new_password=employee["new_password"], confirmation=employee["new_password"])
    script.click("Confirm")
    script.see("What is a Fee Center Account?")
    script.click("No Fee Center Account")
    script.click("Next")
    script.fill(username=person["username"], password=person["password"], confirm=person["password"])
    script.fill(email=person["email"], phone=person["phone"])
    script.click("Get code")
    script.find(f"//*[@role='status'][contains(., '{person['email']}')]")
    script.fill(code=read_code(script, person["email"]))
    script.click("Next")
    script.fill(company=person["company"])
    script.tick("terms")
    script.click("Register")
    script.fill(workspace_name=person["workspace"], huawei_account_id=account_id)
    script.click("English", within="//main")
    script.tick("terms")
    script.click("Subscribe")
    script.click("Sign in to Guance")
    script.fill(username=person["username"], password=person["password"])
    script.click("Sign in", within="//main")
    script.click("Billing")
    script.see("Billing")


def read_code(script: Script, email: str) -> str:
    """Read the code in the mailbox."""
    driver, page = script.driver, script.driver.current_window_handle
    driver.switch_to.new_window("tab")
    script.open("mail")
    script.fill(to=email)
    script.click("Filter")
    script.wait_for_address("to=")
    script.find("//table//td//a").click()
    code = script.find("//*[@data-testid='code']").text
    driver.close()
    driver.switch_to.window(page)
    return code


if __name__ == "__main__":
    main()
