"""The main journey as people write a Playwright script: one file, the stock switches, no helpers.

The variable GIVEN names the JSON that ``e2e.bench.comparison`` writes.
"""

import json
import os
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import BrowserContext, Page, sync_playwright  # noqa: TID251 - as people write it

Given = dict[str, Any]
PRODUCT: Final = "/contents/8990a122-f456-43a4-892c-a458be31e336"


def main() -> None:
    """Play it in English."""
    given = json.loads(Path(os.environ["GIVEN"]).read_text())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=given["chromium"])
        buyer, employee = browser.new_context(locale="en-US"), browser.new_context(locale="en-US")
        account_id = buy(given, buyer)
        login_url = bind(given, buyer)
        start(given, employee, login_url, account_id)
        browser.close()


def address(given: Given, host: str) -> str:
    """Where a documented host, with a path behind it, is served."""
    name, slash, path = host.partition("/")
    return f"http://{name}{given['suffix']}{slash}{path}"


def advance(given: Given, page: Page, seconds: int) -> None:
    """Move the world's clock forward."""
    assert page.request.post(given["clock"], data={"seconds": seconds}).ok


def buy(given: Given, context: BrowserContext) -> str:
    """Step One, up to the Account ID, and the Instance ID."""
    page = context.new_page()
    page.goto(address(given, "www.huaweicloud.com"))
    page.get_by_role("link", name="Sign In").click()
    page.get_by_label("Account name/Phone number/Email").fill(given["buyer"]["username"])
    page.get_by_label("Password").fill(given["buyer"]["password"])
    page.get_by_role("button", name="Sign In").click()
    page.get_by_role("heading", level=1, name="Console").wait_for()
    page.goto(address(given, f"marketplace.huaweicloud.com{PRODUCT}"))
    page.get_by_role("link", name="Subscribe Now").click()
    page.get_by_role("dialog").get_by_role("checkbox").check()
    page.get_by_role("dialog").get_by_role("button", name="Subscribe Now").click()
    page.get_by_role("link", name="Return to My Marketplace").click()
    page.get_by_role("heading", level=1, name="Purchased Services").wait_for()
    advance(given, page, 60)
    page.reload()
    page.get_by_role("row").filter(has_text="Guance SaaS Edition").wait_for()
    page.goto(address(given, "console.huaweicloud.com"))
    page.get_by_role("button", name="Account menu").click()
    page.get_by_role("link", name="My Credentials", exact=True).click()
    account_id = page.get_by_role("textbox", name="Account ID").input_value()
    page.goto(address(given, "marketplace.huaweicloud.com/buyer/"))
    page.keyboard.press("Escape")
    page.get_by_role("navigation", name="Buyer Center").get_by_role("link", name="Purchased Services").click()
    page.get_by_role("link", name="Resource details").click()
    page.get_by_role("region", name="Application Information").get_by_role("definition").first.inner_text()
    return account_id


def bind(given: Given, context: BrowserContext) -> str:
    """Step Two, up to the login URL."""
    page, employee = context.pages[0], given["employee"]
    page.get_by_role("banner").get_by_role("link", name="Buyer Center").click()
    page.get_by_role("link", name="Start Usage").click()
    page.get_by_role("link", name="Use Now").click()
    page.get_by_role("radio", name="For Personal Use").check()
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Enterprise name").fill(given["enterprise"]["name"])
    page.get_by_label("Enterprise domain").fill(given["enterprise"]["domain"])
    page.get_by_role("button", name="Create").click()
    page.get_by_role("progressbar").wait_for()
    advance(given, page, 59)
    page.reload()
    advance(given, page, 121)
    page.reload()
    page.get_by_role("main").get_by_role("link", name="Add Members").click()
    page.get_by_label("Password").fill(given["buyer"]["password"])
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("main").get_by_role("link", name="Add Members").click()
    page.get_by_label("Employee name").fill(employee["name"])
    page.get_by_label("Department").fill(employee["department"])
    page.get_by_label("Phone number").fill(employee["phone"])
    page.get_by_label("Email").fill(employee["email"])
    page.get_by_label("Account", exact=True).fill(employee["account"])
    page.get_by_label("Password").fill(employee["password"])
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("main").get_by_role("link", name="Authorize Application Members").click()
    page.get_by_role("row").filter(has_text=employee["name"]).get_by_role("checkbox").check()
    page.get_by_role("checkbox", name="Agree to Terms").check()
    page.get_by_role("button", name="Confirm Authorization").click()
    return page.get_by_role("definition").get_by_role("link").inner_text()


def start(given: Given, context: BrowserContext, login_url: str, account_id: str) -> None:
    """Unified login, registration, and the workspace."""
    page, employee, person = context.new_page(), given["employee"], given["registration"]
    page.goto(login_url)
    page.get_by_label("Account", exact=True).fill(f"{employee['account']}@{given['enterprise']['domain']}")
    page.get_by_label("Password").fill(employee["password"])
    page.get_by_role("button", name="Log In").click()
    page.get_by_label("New password", exact=True).fill(employee["new_password"])
    page.get_by_label("Confirm new password").fill(employee["new_password"])
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("radio", name="No Fee Center Account").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Username").fill(person["username"])
    page.get_by_label("Login password").fill(person["password"])
    page.get_by_label("Confirm password").fill(person["password"])
    page.get_by_label("Email").fill(person["email"])
    page.get_by_label("Phone number").fill(person["phone"])
    page.get_by_role("button", name="Get code").click()
    page.get_by_role("status").filter(has_text=person["email"]).wait_for()
    page.get_by_label("Verification code").fill(read_code(given, person["email"], context))
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Company name").fill(person["company"])
    page.get_by_role("checkbox", name="Read and agree").check()
    page.get_by_role("button", name="Register").click()
    page.get_by_label("Workspace name").fill(person["workspace"])
    page.get_by_role("radio", name="English").check()
    page.get_by_label("Huawei Cloud Account ID").fill(account_id)
    page.get_by_role("checkbox", name="Read and agree").check()
    page.get_by_role("button", name="Subscribe").click()
    page.get_by_role("link", name="Sign in to Guance").click()
    page.get_by_label("Username or email").fill(person["username"])
    page.get_by_label("Password").fill(person["password"])
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Billing", exact=True).click()
    page.get_by_role("heading", level=1, name="Billing").wait_for()


def read_code(given: Given, email: str, context: BrowserContext) -> str:
    """Read the code in the mailbox."""
    page = context.new_page()
    page.goto(address(given, "mail"))
    page.get_by_label("Recipient").fill(email)
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("table").get_by_role("link").first.click()
    code = page.get_by_test_id("code").inner_text()
    page.close()
    return code


if __name__ == "__main__":
    main()
