"""The pages of closing and of the checkout, with two tabs and with other people's addresses."""

import pytest
from sqlalchemy import select

from mock_sites.huawei.domain.tables import Order
from mock_sites.tests.support.huawei_pages import MARKETPLACE, Visit, attempt_of, visit
from mock_sites.tests.support.sending import token
from mock_sites.tests.support.subscribing import buy, close, enterprise_with_wendy, state_of
from mock_sites.world.world import World

__all__ = ["visit"]

BUY = f"{MARKETPLACE}/contents/181f3d92-f40b-48d7-8ad5-420df0a682d2/buy"


def closing_page(world: World, instance_id: str) -> str:
    """The address of a resource's dialog."""
    return world.local(f"{MARKETPLACE}/buyer/purchased-services/{instance_id}/close")


def test_opening_the_dialog_closes_nothing_and_the_second_tab_says_so(world: World, visit: Visit) -> None:
    instance_id, buyer = buy(world), visit("hw_liwei")
    page = buyer.get(closing_page(world, instance_id))
    assert "are locked" in page.text
    assert state_of(world, instance_id) == "in_use"

    form = {"csrf_token": token(page)}
    assert buyer.post(closing_page(world, instance_id), data=form).status_code == 302
    again = buyer.post(closing_page(world, instance_id), data=form)
    assert again.status_code == 422
    assert "being closed already" in again.text
    assert len(world.journal(kind="huawei.resource.closing")) == 1


def test_the_resources_and_orders_of_others_are_not_found(world: World, visit: Visit) -> None:
    instance_id, buyer, stranger = buy(world), visit("hw_liwei"), visit("hw_wangfang")
    page = buyer.get(world.local(BUY))
    form = {"csrf_token": token(page), "attempt": attempt_of(page), "quantity": "5"}
    pay = buyer.post(world.local(BUY), data=form).headers["location"]
    own = stranger.get(world.local(BUY))
    for address in (closing_page(world, instance_id), world.local(MARKETPLACE) + pay):
        assert stranger.get(address).status_code == 404
        assert stranger.post(address, data={"csrf_token": token(own), "method": "balance"}).status_code == 404
    assert state_of(world, instance_id) == "in_use"
    assert not world.journal(kind="huawei.order.paid")


@pytest.mark.parametrize("quantity", ["", "0", "501", "1.5", "-3", "abc", "<b>", "1" * 300])
def test_a_quantity_that_is_no_number_of_units_is_refused_and_kept(world: World, visit: Visit, quantity: str) -> None:
    buyer = visit("hw_liwei")
    page = buyer.get(world.local(BUY))
    form = {"csrf_token": token(page), "attempt": attempt_of(page), "quantity": quantity}
    answer = buyer.post(world.local(BUY), data=form)
    assert answer.status_code == 422
    with world.uow("huawei") as uow:
        assert uow.session.scalars(select(Order)).all() == []


def test_an_account_that_is_not_verified_is_led_to_the_authentication(world: World, visit: Visit) -> None:
    page = visit("hw_chenjing").get(world.local(BUY))
    assert "real-name authentication" in page.text
    assert "/usercenter/authentication" in page.text


def test_a_card_is_not_subscribed_to_and_a_service_not_bought(world: World, visit: Visit) -> None:
    buyer = visit("hw_liwei")
    assert buyer.get(world.local(BUY.replace("/buy", "/subscribe"))).status_code == 404
    service = f"{MARKETPLACE}/contents/8990a122-f456-43a4-892c-a458be31e336/buy"
    assert buyer.get(world.local(service)).status_code == 404


def test_a_paid_order_shows_its_number_and_is_in_my_orders(world: World, visit: Visit) -> None:
    buyer = visit("hw_liwei")
    page = buyer.get(world.local(BUY))
    form = {"csrf_token": token(page), "attempt": attempt_of(page), "quantity": "50"}
    pay = world.local(MARKETPLACE) + buyer.post(world.local(BUY), data=form).headers["location"]
    orders = world.local(f"{MARKETPLACE}/buyer/orders")
    assert "Pending payment" in buyer.get(orders).text

    done = buyer.post(pay, data={"csrf_token": token(buyer.get(pay)), "method": "balance"})

    number = pay.split("/")[-2]
    result = buyer.get(world.local(MARKETPLACE) + done.headers["location"]).text
    assert "Payment successful" in result
    assert number in result
    listed = buyer.get(orders, params={"state": "completed"}).text
    assert number in listed
    assert "¥5,000.00" in listed
    assert number not in buyer.get(orders, params={"state": "cancelled"}).text


def test_a_new_subscription_is_offered_the_existing_enterprise(world: World, visit: Visit) -> None:
    first = buy(world)
    enterprise_id = enterprise_with_wendy(world, first)
    close(world, first)
    buyer, partner = visit("hw_liwei"), world.local(f"{MARKETPLACE}/buyer/partner-services")
    assert buyer.get(f"{partner}/members").headers["location"] == "/buyer/partner-services/use"
    buy(world, attempt=2)
    buyer.post(f"{partner}/role", data={"csrf_token": token(buyer.get(f"{partner}/role")), "role": "personal"})

    page = buyer.get(f"{partner}/enterprise")
    assert "Acme Research (acme)" in page.text
    refused = buyer.post(f"{partner}/enterprise/existing", data={"csrf_token": token(page), "enterprise": "x"})
    assert refused.status_code == 422
    form = {"csrf_token": token(page), "enterprise": enterprise_id}
    assert buyer.post(f"{partner}/enterprise/existing", data=form).status_code == 302
    assert "wendy@acme" in buyer.get(f"{partner}/members").text
