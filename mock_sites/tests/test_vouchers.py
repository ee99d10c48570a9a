"""Vouchers: given in the Seller Center, listed in the Buyer Center, used once when an order is paid."""

from typing import Final

import httpx
import pytest
from sqlalchemy import select

from mock_sites.huawei.domain import orders
from mock_sites.huawei.domain.catalogue import CARD_CONTENT, GUANCE_CONTENT, PLAN_CONTENT
from mock_sites.huawei.domain.tables import Voucher
from mock_sites.huawei.protocol.addresses import SELLER_CENTER_HOST
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.huawei_pages import MARKETPLACE, Buyer, Visit, page_of, visit, words_of
from mock_sites.tests.support.plans import DAY, MONTH, balance, seller
from mock_sites.tests.support.sending import post
from mock_sites.world import jobs
from mock_sites.world.world import World

__all__ = ["seller", "visit"]

LIST: Final = f"{MARKETPLACE}/buyer/vouchers"
GOOD: Final = {"product": PLAN_CONTENT, "account": "hw_liwei", "amount": "100", "least": "500", "days": "30"}


@pytest.fixture
def buyer(world: World, visit: Visit) -> Buyer:
    """The ready-made buyer."""
    return Buyer(world, visit("hw_liwei"))


@pytest.fixture
def center(browse: Browse) -> httpx.Client:
    """The Seller Center."""
    return browse(f"https://{SELLER_CENTER_HOST}")


def give(center: httpx.Client, world: World, **changes: str) -> str:
    """Give a voucher. Returns its number."""
    assert post(center, "/vouchers", **GOOD | changes).status_code == 302
    with world.uow("huawei") as uow:
        return uow.session.scalars(select(Voucher.id).order_by(Voucher.given_at.desc(), Voucher.id)).all()[0]


def order_plan(buyer: Buyer) -> str:
    """The address where an order of the plan for ¥600 is paid."""
    return buyer.goes_on(buyer.sends(f"{MARKETPLACE}/contents/{PLAN_CONTENT}/order", specification=MONTH, number="1"))


def listed(buyer: Buyer, state: str = "") -> str:
    """The words of the buyer's vouchers."""
    return words_of(buyer.client.get(buyer.world.local(f"{LIST}?state={state}")))


@pytest.mark.usefixtures("seller")
def test_an_order_costs_less_by_a_voucher_which_is_used_once_and_not_paid_back(
    world: World, buyer: Buyer, center: httpx.Client
) -> None:
    assert "There is no voucher in your account." in listed(buyer)
    number, before = give(center, world), balance(world)
    assert f"{number} ¥100.00 Guance Commercial Plan Orders of ¥500.00 and more" in listed(buyer, "usable")
    paying = order_plan(buyer)
    assert "¥100.00 off, until 2026-04-01" in buyer.text_of(paying)
    order = buyer.text_of(buyer.goes_on(buyer.sends(paying, method="balance", voucher=number)))
    assert "-¥100.00" in order
    assert balance(world) == before - 500
    assert number in listed(buyer, "used")
    assert "None of your vouchers fits." in listed(buyer, "usable")
    assert "Used up" in words_of(center.get("/vouchers"))
    jobs.advance(world, orders.PROVISIONING_SECONDS[1])
    with world.uow("huawei") as uow:
        instance = uow.session.scalars(orders.resources_of(uow.session.get_one(Voucher, number).account)).one()
    assert "¥500.00" in buyer.text_of(page_of(instance.instance_id, "unsubscribe"))


@pytest.mark.parametrize(
    "changes",
    [{"least": "601"}, {"product": CARD_CONTENT}, {"account": "hw_wangfang"}, {"days": "1"}],
    ids=["order too small", "another product", "another buyer", "expired"],
)
def test_a_voucher_that_does_not_fit_is_refused_beside_the_choice_and_nothing_is_paid(
    world: World, buyer: Buyer, center: httpx.Client, changes: dict[str, str]
) -> None:
    number, before = give(center, world, **changes), balance(world)
    if "days" in changes:
        jobs.advance(world, DAY)
        buyer.signs_in()
        assert number in listed(buyer, "expired")
    paying = order_plan(buyer)
    assert number not in buyer.text_of(paying)
    answer = buyer.sends(paying, method="balance", voucher=number)
    assert answer.status_code == 422
    assert "This order cannot be paid with this voucher." in answer.text
    assert balance(world) == before
    assert not [event for event in world.journal() if event.kind in {"huawei.voucher.used", "huawei.order.paid"}]


def test_a_voucher_of_more_than_the_price_pays_all_and_no_more(
    world: World, buyer: Buyer, center: httpx.Client
) -> None:
    number, before = give(center, world, product=CARD_CONTENT, amount="150", least="0"), balance(world)
    paying = buyer.goes_on(buyer.sends(f"{MARKETPLACE}/contents/{CARD_CONTENT}/buy", quantity="1"))
    paid = buyer.sends(paying, method="balance", voucher=number)
    assert "Payment successful" in buyer.text_of(buyer.goes_on(paid))
    assert balance(world) == before


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("account", "nobody"),
        ("account", ""),
        ("amount", "0"),
        ("amount", "1.5"),
        ("least", "-1"),
        ("days", "0"),
        ("product", GUANCE_CONTENT),
        ("product", "nothing"),
    ],
)
def test_a_voucher_that_cannot_be_given_is_refused_beside_its_field(
    world: World, center: httpx.Client, field: str, text: str
) -> None:
    answer = post(center, "/vouchers", **GOOD | {field: text})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert not [event for event in world.journal() if "voucher" in event.kind]
