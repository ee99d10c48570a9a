"""The marketplace's pages for a signed-in user, and the forms that a buyer sends there."""

import html
import re
from collections.abc import Callable

import httpx
import pytest
from sqlalchemy import func, select

from mock_sites.huawei.domain.tables import Order
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.sending import post, token
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.world import World

MARKETPLACE = "https://marketplace.huaweicloud.com"

AUTH = "https://auth.huaweicloud.com"

PROMPT = f"{MARKETPLACE}/contents/8990a122-f456-43a4-892c-a458be31e336/subscribe"

Visit = Callable[[str], httpx.Client]

SERVICES = f"{MARKETPLACE}/buyer/purchased-services"


def attempt_of(page: httpx.Response) -> str:
    """The value of ``attempt`` in the subscribe form."""
    found = re.search(r'name="attempt"[^>]*value="([^"]+)"', page.text)
    assert found
    return found[1]


@pytest.fixture
def visit(browse: Browse) -> Visit:
    """Signs an account in. The client then opens documented addresses by ``world.local``."""

    def sign_in(name: str) -> httpx.Client:
        client = browse(AUTH)
        page = client.get("/authui/login")
        form = {"csrf_token": token(page), "name": name, "password": PASSWORD}
        answer = client.post("/authui/login", data=form)
        assert answer.status_code == 302, answer.text
        return client

    return sign_in


def orders_in(world: World) -> int:
    """The number of orders in the world."""
    with world.uow("huawei") as uow:
        return uow.session.scalar(select(func.count()).select_from(Order)) or 0


class Buyer:
    """A user of the marketplace who sends the forms of its pages."""

    def __init__(self, world: World, client: httpx.Client) -> None:
        self.world, self.client = world, client

    def signs_in(self, name: str = "hw_liwei") -> None:
        """Sign a ready-made buyer in."""
        answer = post(self.client, self.world.local(f"{AUTH}/authui/login"), name=name, password=PASSWORD)
        assert answer.status_code == 302, answer.text

    def text_of(self, address: str) -> str:
        """The page at a documented address."""
        page = self.client.get(self.world.local(address))
        assert page.status_code == 200, page.text
        return page.text

    def sends(self, address: str, *, to: str = "", **values: str | list[str]) -> httpx.Response:
        """The answer to the form of a page, sent with ``values``, if need be to another address."""
        page = self.client.get(self.world.local(address))
        assert page.status_code == 200, page.text
        form = {"csrf_token": token(page), **values}
        if 'name="attempt"' in page.text:
            form = {"attempt": attempt_of(page)} | form
        return self.client.post(self.world.local(to or address), data=form)

    def goes_on(self, answer: httpx.Response) -> str:
        """The documented address to which an answer redirects."""
        assert answer.status_code == 302, answer.text
        return MARKETPLACE + answer.headers["location"]

    def pays(self, answer: httpx.Response) -> str:
        """Confirm the payment to which an answer redirects. Returns the page of the order."""
        paid = self.sends(self.goes_on(answer), method="balance")
        return self.text_of(self.goes_on(paid))


def page_of(instance_id: str, operation: str) -> str:
    """The address of an operation of the list."""
    return f"{SERVICES}/{instance_id}/{operation}"


def words_of(page: httpx.Response) -> str:
    """The words of a page, without its markup."""
    assert page.status_code == 200, page.text
    return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(page.text)).split())
