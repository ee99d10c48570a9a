"""Signing in by a QR code that is confirmed on another device."""

import re
from typing import Final
from urllib.parse import quote

import httpx
import pytest
from sqlalchemy import select

from mock_sites.huawei.console import qr_sign_in as views
from mock_sites.huawei.domain import qr_sign_in
from mock_sites.huawei.domain.tables import Account
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.huawei_pages import AUTH, MARKETPLACE, Visit, visit, words_of
from mock_sites.tests.support.sending import post
from mock_sites.world import jobs
from mock_sites.world.world import World

__all__ = ["visit"]

PAGE: Final = "/authui/qr-login"
ORDERS: Final = f"{MARKETPLACE}/buyer/orders"


@pytest.fixture
def shown(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> tuple[httpx.Client, list[str]]:
    """A browser, and the addresses in the codes that it has shown."""
    addresses = list[str]()

    def draw(address: str) -> str:
        addresses.append(address)
        return ""

    monkeypatch.setattr(views, "qr", draw)
    return browse(AUTH), addresses


def test_who_confirms_on_another_device_is_signed_in_and_led_on(
    world: World, visit: Visit, shown: tuple[httpx.Client, list[str]]
) -> None:
    client, addresses = shown
    wanted = f"{PAGE}?next={world.local(ORDERS)}"
    assert client.get(wanted).status_code == 200
    assert client.get(wanted).status_code == 200
    assert len(set(addresses)) == 1
    phone = visit("hw_wangfang")
    assert "signed in as hw_wangfang" in words_of(phone.get(addresses[0]))
    assert client.get(wanted).status_code == 200
    post(phone, addresses[0])

    assert client.get(wanted).headers["location"] == world.local(ORDERS)
    assert "hw_wangfang" in client.get(world.local(ORDERS)).text
    assert client.get(wanted).headers["location"] == world.local(ORDERS)


def test_only_the_browser_that_shows_the_code_is_signed_in(
    visit: Visit, browse: Browse, shown: tuple[httpx.Client, list[str]]
) -> None:
    client, addresses = shown
    client.get(PAGE)
    other = browse(AUTH)
    other.get(PAGE)
    post(visit("hw_liwei"), addresses[0])

    assert addresses[0] != addresses[1]
    assert other.get(PAGE).status_code == 200
    assert client.get(PAGE).status_code == 302


def test_a_code_is_valid_for_five_minutes(world: World, visit: Visit, shown: tuple[httpx.Client, list[str]]) -> None:
    client, addresses = shown
    client.get(PAGE)
    phone = visit("hw_liwei")
    page = phone.get(addresses[0])
    jobs.advance(world, qr_sign_in.LIFETIME.total_seconds())
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    late = phone.post(addresses[0], data={"csrf_token": token and token[1]})

    assert late.status_code == 422
    assert "This QR code has expired." in late.text
    assert client.get(PAGE).status_code == 200
    assert addresses[-1] != addresses[0]


def test_a_confirmation_that_was_used_signs_nobody_in_again(world: World) -> None:
    with world.uow("huawei", write=True) as uow:
        ticket = qr_sign_in.new_ticket(uow, "browser")
        qr_sign_in.confirm(uow, ticket, uow.session.scalars(select(Account.id)).all()[0])
        assert qr_sign_in.use(uow, ticket)
        uow.session.flush()
        assert qr_sign_in.use(uow, ticket) is None


def test_who_is_not_signed_in_is_led_to_the_sign_in_and_back(
    browse: Browse, shown: tuple[httpx.Client, list[str]]
) -> None:
    client, addresses = shown
    client.get(PAGE)

    assert browse(AUTH).get(addresses[0]).headers["location"].endswith(quote(addresses[0], safe=""))
