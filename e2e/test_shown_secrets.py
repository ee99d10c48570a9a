"""Secrets that pages show are not left in a redacted trace, although nobody names them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from e2e.pages.guance_console import GuanceSignIn
from e2e.pages.huawei_account import SignInPage
from e2e.pages.huawei_buyer_center import PurchasedServices
from e2e.support.corpus.serving import serve
from e2e.support.planting import read_zip
from mock_sites.client import Person, World
from mock_sites.redaction.redact import redact

Show = Callable[[Page, World], list[str]]
"""Opens a page that shows secrets, and returns them."""


def a_new_key(page: Page, world: World) -> list[str]:
    sold_by(world, "http://localhost:9/isv")
    page.goto(world.local("https://seller.huaweicloud.com/keys"))
    page.get_by_role("link", name="New key: Guance SaaS Edition, Production interfaces").click()
    page.get_by_role("button", name="New key").click()
    return [page.get_by_label("Your new key: Guance SaaS Edition").get_by_role("textbox").input_value()]


def the_access_key(page: Page, world: World) -> list[str]:
    page.goto(world.local("https://seller.huaweicloud.com/keys"))
    return [page.get_by_role("textbox", name="Secret access key (SK)").input_value()]


def passwords_of_ready_made_people(page: Page, world: World) -> list[str]:
    page.goto(world.url)
    expect(page.get_by_label("Password: ")).not_to_have_count(0)
    return [person.password for person in world.people().values()]


def the_initial_password(page: Page, world: World) -> list[str]:
    access = {"frontEndUrl": "https://app.example.com/", "userName": "admin", "password": "Initial-Pa55-word"}
    answer = {"resultCode": "000000", "instanceId": "ins-1", "info": [{"instanceId": "ins-1", "appInfo": access}]}

    app = Flask(__name__)
    app.add_url_rule("/", view_func=lambda: answer, methods=["POST"])
    with serve(app) as address:
        world.buyer().buy(sold_by(world, address))
        sign_in(page, world, SignInPage.URL, world.people()["verified-buyer"])
        page.goto(world.local(f"{PurchasedServices.URL}/ins-1"))
    page.get_by_text("Show", exact=True).click()
    return [page.get_by_role("textbox", name="Initial password").input_value()]


def the_token_of_a_workspace(page: Page, world: World) -> list[str]:
    sign_in(page, world, GuanceSignIn.CN4, world.people()["workspace-owner"])
    page.get_by_role("link", name="Settings").click()
    page.get_by_role("link", name="Token").click()
    token = page.get_by_label("Token", exact=True).inner_text()
    page.get_by_role("link", name="Integrations").click()
    expect(page.get_by_role("region", name="Linux")).to_contain_text(token)
    return [token]


def sold_by(world: World, address: str) -> str:
    """The id of an offer that the seller at ``address`` delivers."""
    offer = next(one for one in world.buyer().offers() if one.kind == "on-demand")
    world.seller_center.configure(offer.product, production_address=address, access_key="k" * 16)
    return offer.offer


def sign_in(page: Page, world: World, url: str, person: Person) -> None:
    page.goto(world.local(url))
    page.locator("[name=name], [name=username]").fill(person.username)
    page.locator("[name=password]").fill(person.password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda now: now != world.local(url))


@pytest.mark.parametrize(
    "show",
    [a_new_key, the_access_key, the_initial_password, the_token_of_a_workspace, passwords_of_ready_made_people],
)
def test_no_shown_secret_is_left(show: Show, browser: Browser, world: World, tmp_path: Path) -> None:
    context = browser.new_context()
    context.tracing.start(snapshots=True, screenshots=True)
    shown = show(context.new_page(), world)
    context.tracing.stop(path=tmp_path / "trace.zip")
    context.close()

    redact(tmp_path / "trace.zip", tmp_path / "redacted.zip")

    texts = {name: content.decode(errors="replace") for name, content in read_zip(tmp_path / "redacted.zip").items()}
    assert shown
    assert [(name, secret) for name, text in texts.items() for secret in shown if secret in text] == []
