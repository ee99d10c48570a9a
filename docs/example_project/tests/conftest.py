"""The seller's service, and a marketplace that sells its product."""

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from seller import PRODUCT, create_app
from werkzeug.serving import make_server

from mock_sites.client import Person, World

KEY = "the-access-key-of-the-example"


@pytest.fixture
def service() -> Iterator[str]:
    """The address of the seller's service."""
    server = make_server("127.0.0.1", 0, create_app(KEY), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def marketplace(mock_world: World, service: str) -> World:
    """The test's world, in which the service delivers the product."""
    mock_world.seller_center.configure(
        PRODUCT, production_address=f"{service}/marketplace", access_key=KEY, protocol="v2"
    )
    return mock_world


@pytest.fixture
def buyer(marketplace: World, mock_people: dict[str, Person], page: Page) -> Page:
    """The browser of a customer who is signed in."""
    page.goto(marketplace.local("https://auth.huaweicloud.com/authui/login"))
    person = mock_people["verified-buyer"]
    page.get_by_label("Account name/Phone number/Email").fill(person.username)
    page.get_by_label("Password").fill(person.password)
    page.get_by_role("button", name="Sign In").click()
    page.get_by_role("button", name="Account menu").wait_for()
    return page
