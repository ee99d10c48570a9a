"""The seller's service, and a marketplace that sells its product."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from seller import PRODUCT, create_app
from werkzeug.serving import make_server

from mock_sites.client import Person, World

if TYPE_CHECKING:
    from playwright.sync_api import Page

KEY = "the-access-key-of-the-example"


@pytest.fixture
def app() -> Flask:
    """The seller's service."""
    return create_app(KEY)


@pytest.fixture
def service(app: Flask) -> Iterator[str]:
    """The address of the seller's service."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
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
