"""Orders of IAM users that wait for the approval of the account."""

from typing import Final

import pytest
from sqlalchemy import select

from mock_sites.huawei.domain import approvals, checkout, orders
from mock_sites.huawei.domain.catalogue import CARD_CONTENT, GUANCE_CONTENT, PLAN_CONTENT
from mock_sites.huawei.domain.states import OrderState
from mock_sites.huawei.domain.tables import Account, IamUser, Order, Product
from mock_sites.huawei.seller_gateway import sellers
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.huawei_pages import AUTH, MARKETPLACE, PROMPT, Buyer, Visit, page_of, visit, words_of
from mock_sites.tests.support.mailbox import received
from mock_sites.tests.support.plans import DAY, HIGHER, MONTH, AnsweringSeller, buy, order_of, seller, state_of
from mock_sites.tests.support.sending import post
from mock_sites.tests.support.subscribing import account_of
from mock_sites.world import jobs
from mock_sites.world.errors import Refusal
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.world import World

__all__ = ["seller", "visit"]

ACCOUNT_MAIL: Final = "li.wei@acme.example.com"
USER_MAIL: Final = "chen.tao@acme.example.com"
USERS: Final = "https://console.huaweicloud.com/iam/users"
CARD: Final = f"{MARKETPLACE}/contents/{CARD_CONTENT}/buy"

TRIAL: Final = f"{MARKETPLACE}/contents/{PLAN_CONTENT}/trial"


@pytest.fixture
def user(world: World, browse: Browse) -> Buyer:
    """The IAM user chen.tao, an administrator of the account hw_liwei."""
    client = browse(AUTH)
    answer = post(client, "/authui/iam-login", account="hw_liwei", name="chen.tao", password=PASSWORD)
    assert answer.status_code == 302
    return Buyer(world, client)


@pytest.fixture
def owner(world: World, visit: Visit) -> Buyer:
    """The account hw_liwei itself, which wants to approve orders."""
    buyer = Buyer(world, visit("hw_liwei"))
    assert buyer.sends(USERS, to=f"{USERS}/order-approval/wanted", wanted="y").status_code == 302
    return buyer


def states(world: World) -> list[tuple[OrderState, str]]:
    """The states of the orders, and who ordered."""
    with world.uow("huawei") as uow:
        return [(one.state, one.ordered_by) for one in uow.session.scalars(select(Order).order_by(Order.created_at))]


def decide(buyer: Buyer, page: str, verb: str) -> str:
    """Approve or reject the order of a page. Returns the words of the page afterwards."""
    answer = buyer.sends(page, to=f"{page}/{verb}")
    return words_of(buyer.client.get(buyer.world.local(buyer.goes_on(answer))))


def test_a_subscription_waits_until_the_account_approves_it(world: World, owner: Buyer, user: Buyer) -> None:
    page = user.goes_on(user.sends(PROMPT, agreed="y")).removesuffix("/submitted")
    jobs.advance(world, orders.PROVISIONING_SECONDS[1])
    assert states(world) == [(OrderState.PENDING_APPROVAL, "chen.tao")]
    assert world.journal(kind="huawei.instance.created") == []
    shown = words_of(user.client.get(world.local(f"{page}/submitted"), follow_redirects=True))
    assert "waits for the approval of the account hw_liwei" in shown
    assert "Approve" not in shown
    assert user.sends(USERS, to=f"{page}/approve").status_code == 403
    waiting = owner.text_of(f"{MARKETPLACE}/buyer/orders?state=pending_approval")
    assert "Pending approval" in waiting
    assert page.rpartition("/")[2] in waiting

    assert "The order has been approved." in decide(owner, page, "approve")
    jobs.advance(world, orders.PROVISIONING_SECONDS[1])
    assert states(world) == [(OrderState.COMPLETED, "chen.tao")]
    number = page.rpartition("/")[2]
    [(subject, text)] = received(world, ACCOUNT_MAIL)
    assert subject == "An order waits for your approval"
    assert text == f"chen.tao has ordered Guance SaaS Edition. Approve or reject the order {number} in My Orders."
    [(subject, text)] = received(world, USER_MAIL)
    assert subject == "Your order was approved"
    assert text == f"The order {number} of Guance SaaS Edition was approved by the account hw_liwei."


def test_what_is_paid_is_paid_after_the_approval(world: World, owner: Buyer, user: Buyer) -> None:
    pay = user.goes_on(user.sends(CARD, quantity="2"))
    page = pay.removesuffix("/pay")
    assert user.client.get(world.local(pay)).headers["location"] == page.removeprefix(MARKETPLACE)
    refused = user.sends(USERS, to=pay, method="balance")
    assert "This order waits for the approval of the account." in refused.text
    decide(owner, page, "approve")
    assert states(world) == [(OrderState.PENDING_PAYMENT, "chen.tao")]
    assert user.sends(pay, method="balance").status_code == 302
    assert states(world) == [(OrderState.COMPLETED, "chen.tao")]
    user.sends(CARD, quantity="3")
    jobs.advance(world, checkout.TIME_TO_PAY.total_seconds())
    assert [state for state, _who in states(world)] == [OrderState.COMPLETED, OrderState.PENDING_APPROVAL]


@pytest.mark.usefixtures("owner")
def test_the_time_limit_for_paying_begins_with_the_approval(world: World, user: Buyer) -> None:
    user.sends(CARD, quantity="2")
    limit = checkout.TIME_TO_PAY.total_seconds()
    jobs.advance(world, limit / 2)
    with world.uow("huawei", write=True) as uow:
        approvals.approve(uow, uow.session.scalars(select(Order)).one())
    jobs.advance(world, limit - 1)
    assert states(world) == [(OrderState.PENDING_PAYMENT, "chen.tao")]
    jobs.advance(world, 1)
    assert states(world) == [(OrderState.CANCELLED, "chen.tao")]
    assert "was not paid in time" in received(world, USER_MAIL)[-1][1]


def test_a_renewal_waits_and_unsubscribing_does_not(
    world: World, owner: Buyer, user: Buyer, seller: AnsweringSeller
) -> None:
    instance_id = buy(world)
    page = user.goes_on(user.sends(page_of(instance_id, "renew"), specification=MONTH, number="1")).removesuffix("/pay")
    assert states(world)[1:] == [(OrderState.PENDING_APPROVAL, "chen.tao")]
    decide(owner, page, "reject")
    user.goes_on(user.sends(page_of(instance_id, "unsubscribe")))
    jobs.advance(world, 10)
    assert states(world)[1:] == [(OrderState.CANCELLED, "chen.tao"), (OrderState.COMPLETED, "chen.tao")]
    assert len(seller.calls) == 2


def ordered_upgrade(world: World, user: Buyer, *, auto_renew: bool = False) -> tuple[str, str]:
    """An upgrade that waits for approval: the service, and the order's page."""
    instance_id = buy(world, auto_renew=auto_renew)
    pay = user.goes_on(user.sends(page_of(instance_id, "upgrade"), specification=HIGHER))
    return instance_id, pay.removesuffix("/pay")


def approve(world: World, order_id: str) -> None:
    """Approve an order."""
    with world.uow("huawei", write=True) as uow:
        approvals.approve(uow, uow.session.get_one(Order, order_id))


@pytest.mark.usefixtures("owner", "seller")
def test_an_upgrade_costs_what_is_left_when_it_is_approved(world: World, user: Buyer) -> None:
    _, page = ordered_upgrade(world, user)
    number = page.rpartition("/")[2]
    at_first = order_of(world, number)
    assert "The amount is computed again when it is approved" in user.text_of(page)
    jobs.advance(world, 16 * DAY)

    approve(world, number)

    assert at_first == ("CHANGE", "pending_approval", 1200, 0)
    assert order_of(world, number) == ("CHANGE", "pending_payment", 581, 0)


@pytest.mark.usefixtures("owner", "seller")
def test_what_cannot_be_carried_out_any_more_is_not_approved(world: World, user: Buyer) -> None:
    card = user.goes_on(user.sends(CARD, quantity="2")).removesuffix("/pay")
    _, page = ordered_upgrade(world, user)
    jobs.advance(world, 31 * DAY)
    with world.uow("huawei", write=True) as uow:
        sellers.configure(uow, CARD_CONTENT, is_withdrawn=True)

    for order, reason in ((page, "This service has expired"), (card, "This product was withdrawn")):
        with pytest.raises(Refusal, match=reason):
            approve(world, order.rpartition("/")[2])
    assert world.journal(kind="huawei.order.approved") == []


@pytest.mark.usefixtures("owner", "seller")
def test_a_service_is_renewed_automatically_while_an_order_waits_for_approval(world: World, user: Buyer) -> None:
    instance_id, _ = ordered_upgrade(world, user, auto_renew=True)
    jobs.advance(world, 32 * DAY)
    assert state_of(world, instance_id) == "in_use"


def test_only_what_an_iam_user_has_ordered_is_approved_or_rejected(owner: Buyer, user: Buyer) -> None:
    page = owner.goes_on(owner.sends(CARD, quantity="1")).removesuffix("/pay")
    for verb in ("approve", "reject"):
        answer = owner.sends(USERS, to=f"{page}/{verb}")
        shown = words_of(owner.client.get(owner.world.local(owner.goes_on(answer))))
        assert "Only what an IAM user orders is approved or rejected." in shown
    user.sends(PROMPT, agreed="y")
    assert "An order for this product is waiting for approval." in owner.sends(PROMPT, agreed="y").text
    with owner.world.uow("huawei", write=True) as uow:
        account, guance = account_of(uow), uow.session.get_one(Product, GUANCE_CONTENT)
        with pytest.raises(Refusal, match="waiting for approval"):
            orders.subscribe(uow, account, guance, attempt=9, agreed=True)


def test_a_trial_is_opened_after_the_approval(world: World, owner: Buyer, user: Buyer) -> None:
    page = user.goes_on(user.sends(TRIAL, agreed="y")).removesuffix("/submitted")
    assert states(world) == [(OrderState.PENDING_APPROVAL, "chen.tao")]
    decide(owner, page, "approve")
    jobs.advance(world, orders.PROVISIONING_SECONDS[1])
    assert states(world) == [(OrderState.COMPLETED, "chen.tao")]


def test_an_order_is_rejected_or_cancelled_while_it_waits(world: World, owner: Buyer, user: Buyer) -> None:
    for quantity in ("2", "3"):
        page = user.goes_on(user.sends(CARD, quantity=quantity)).removesuffix("/pay")
        if quantity == "2":
            assert "The order has been rejected." in decide(owner, page, "reject")
            assert "was rejected by the account hw_liwei. It is cancelled." in received(world, USER_MAIL)[-1][1]
            assert "This order was cancelled." in words_of(
                owner.client.get(world.local(owner.goes_on(owner.sends(USERS, to=f"{page}/approve"))))
            )
        else:
            assert user.sends(f"{page}/cancel").status_code == 302
    assert states(world) == [(OrderState.CANCELLED, "chen.tao")] * 2
    assert len(world.journal(kind="huawei.order.rejected")) == 1


@pytest.mark.parametrize(
    ("deleted", "phone", "to"),
    [(False, "13800000009", "13800000009@sms.localhost"), (False, "", ACCOUNT_MAIL), (True, "", ACCOUNT_MAIL)],
    ids=["a user without email", "one without phone too", "one who was deleted"],
)
@pytest.mark.usefixtures("owner")
def test_a_message_reaches_the_one_who_ordered(
    world: World, user: Buyer, phone: str, to: str, *, deleted: bool
) -> None:
    user.sends(CARD, quantity="2")
    with world.uow("huawei", write=True) as uow:
        ordering = uow.session.scalars(select(IamUser).where(IamUser.name == "chen.tao")).one()
        ordering.email, ordering.phone = "", phone
        if deleted:
            uow.session.delete(ordering)
        uow.session.flush()
        approvals.reject(uow, uow.session.scalars(select(Order)).one())
    assert received(world, to)[-1][0].startswith("Your order was rejected")


def test_only_orders_of_iam_users_wait_and_only_while_the_account_wants_it(
    world: World, owner: Buyer, user: Buyer
) -> None:
    owner.sends(CARD, quantity="1")
    assert user.sends(USERS, to=f"{USERS}/order-approval/wanted", wanted="").status_code == 403
    owner.sends(USERS, to=f"{USERS}/order-approval/wanted", wanted="")
    user.sends(CARD, quantity="2")
    assert states(world) == [(OrderState.PENDING_PAYMENT, ""), (OrderState.PENDING_PAYMENT, "chen.tao")]
    with world.uow("huawei") as uow:
        assert not uow.session.scalars(select(Account).where(Account.name == "hw_liwei")).one().approves_orders
