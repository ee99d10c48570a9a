"""The pages of a period product, with two tabs, strangers and the clock, in both languages."""

import html
import re

import pytest
from sqlalchemy import select

from mock_sites.huawei.domain import orders
from mock_sites.huawei.domain.catalogue import CARD_CONTENT, GUANCE_CONTENT, PLAN_CONTENT
from mock_sites.huawei.domain.tables import Order
from mock_sites.huawei.seller_gateway.sellers import unified_login_url
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.huawei_pages import (
    MARKETPLACE,
    SERVICES,
    Buyer,
    Visit,
    orders_in,
    page_of,
    visit,
    words_of,
)
from mock_sites.tests.support.plans import (
    DAY,
    HIGHER,
    MONTH,
    YEAR,
    AnsweringSeller,
    balance,
    buy,
    seller,
    state_of,
    try_out,
)
from mock_sites.tests.support.sending import token
from mock_sites.tests.support.subscribing import buy as subscribe
from mock_sites.tests.support.subscribing import enterprise_with_wendy
from mock_sites.world import jobs
from mock_sites.world.agreement import AUTH_CENTRE
from mock_sites.world.world import World

__all__ = ["seller", "visit"]

pytestmark = pytest.mark.usefixtures("seller")

PRODUCT = f"{MARKETPLACE}/contents/{PLAN_CONTENT}"
CHINESE = {"Accept-Language": "zh-CN"}


@pytest.fixture
def buyer(world: World, visit: Visit) -> Buyer:
    """The ready-made buyer."""
    return Buyer(world, visit("hw_liwei"))


def test_a_plan_is_bought_page_by_page_and_listed_with_its_end(world: World, buyer: Buyer) -> None:
    assert "Buy Now" in buyer.text_of(PRODUCT)
    paid = buyer.pays(buyer.sends(f"{PRODUCT}/order", specification=YEAR, number="1", auto_renew="y"))
    assert "Payment successful" in paid
    assert "¥6,000.00" in paid
    jobs.advance(world, orders.PROVISIONING_SECONDS[1])
    listed = buyer.text_of(SERVICES)
    for text in ("Standard edition, yearly", "Yearly/Monthly", "2027-03-02", "Auto-renew", "Change expiry policy"):
        assert text in listed, text
    mine = buyer.text_of(f"{MARKETPLACE}/buyer/orders")
    assert ">New</td>" in mine
    assert "¥6,000.00" in mine


def test_the_whole_life_is_shown_in_chinese(world: World, visit: Visit) -> None:
    instance_id = try_out(world)
    jobs.advance(world, 16 * DAY)
    buyer = Buyer(world, visit("hw_liwei"))
    buyer.client.headers.update(CHINESE)
    assert "免费试用" in buyer.text_of(PRODUCT)
    assert "试用转正" in buyer.text_of(page_of(instance_id, "renew"))
    listed = buyer.text_of(SERVICES)
    assert "已冻结" in listed
    assert "已过期" in listed
    buyer.pays(buyer.sends(page_of(instance_id, "renew"), specification=HIGHER, number="1"))
    buyer.text_of(SERVICES)
    details = buyer.text_of(f"{SERVICES}/{instance_id}")
    for text in ("使用中", "专业版，包月", "包年/包月"):
        assert text in details, text
    order = buyer.goes_on(buyer.sends(page_of(instance_id, "unsubscribe")))
    assert "退订" in buyer.text_of(order)
    jobs.advance(world, 10)
    assert "已关闭" in buyer.text_of(SERVICES)
    assert "¥1,800.00" in buyer.text_of(f"{MARKETPLACE}/buyer/orders")
    assert balance(world) == 100_000


def test_looking_changes_nothing_and_a_form_sent_twice_is_one_order(world: World, buyer: Buyer) -> None:
    instance_id = buy(world)
    for operation in ("renew", "renewal-change", "upgrade", "unsubscribe", "expiry-policy"):
        buyer.text_of(page_of(instance_id, operation))
    assert orders_in(world) == 1

    first = buyer.sends(page_of(instance_id, "renew"), attempt="2", specification=MONTH, number="1")
    page = buyer.text_of(f"{MARKETPLACE}/buyer/orders")
    assert ">Renewal</td>" in page
    again = buyer.client.post(
        world.local(page_of(instance_id, "renew")),
        data={
            "csrf_token": token(buyer.client.get(world.local(buyer.goes_on(first)))),
            "attempt": "2",
            "specification": MONTH,
            "number": "1",
        },
    )
    assert again.headers["location"] == first.headers["location"]
    assert orders_in(world) == 2


@pytest.mark.parametrize(
    ("operation", "values", "reason"),
    [
        ("renew", {"specification": MONTH, "number": "0"}, "1 to 12 months"),
        ("renew", {"specification": MONTH, "number": "<b>"}, "Enter 1 to 12 months."),
        ("renew", {"specification": MONTH, "number": "40"}, "Enter 1 to 12 months."),
        ("renew", {"specification": YEAR, "number": "40"}, "Enter 1 to 3 years."),
        ("renew", {"specification": YEAR, "number": "40", "compute": "y"}, "Enter 1 to 3 years."),
        ("renewal-change", {"specification": HIGHER, "number": "40", "compute": "y"}, "Enter 1 to 12 months."),
        ("renew", {"specification": HIGHER, "number": "1"}, "Choose one of the specifications"),
        ("renew", {"number": "1"}, "Choose one of the specifications"),
        ("upgrade", {"specification": YEAR}, "Choose one of the specifications"),
        ("expiry-policy", {"policy": "never"}, "Choose an expiry policy"),
    ],
)
def test_what_is_not_offered_is_refused_with_the_reason(
    world: World, buyer: Buyer, operation: str, values: dict[str, str], reason: str
) -> None:
    answer = buyer.sends(page_of(buy(world), operation), **values)
    assert answer.status_code == 422
    assert reason in answer.text
    assert orders_in(world) == 1


def total_on(page: str) -> str:
    """The total of an order, as its page shows it."""
    return re.findall(r"<output [^>]*>([^<]*)</output>", page)[0]


def test_the_total_is_shown_before_anything_is_ordered(world: World, buyer: Buyer) -> None:
    ordering = f"{PRODUCT}/order"
    assert total_on(buyer.text_of(ordering)) == "¥600.00"
    assert total_on(buyer.text_of(f"{ordering}?specification={HIGHER}")) == "¥1,800.00"
    assert total_on(buyer.sends(ordering, specification=YEAR, number="3", compute="y").text) == "¥18,000.00"
    assert total_on(buyer.sends(ordering, specification=YEAR, number="4", compute="y").text) == "-"
    card = f"{MARKETPLACE}/contents/{CARD_CONTENT}/buy"
    assert total_on(buyer.text_of(card)) == "¥100.00"
    assert total_on(buyer.sends(card, quantity="50", compute="y").text) == "¥5,000.00"
    assert total_on(buyer.sends(card, quantity="501", compute="y").text) == "-"
    assert orders_in(world) == 0
    instance_id = buy(world)
    assert total_on(buyer.sends(page_of(instance_id, "renew"), specification=MONTH, number="12", compute="y").text) == (
        "¥7,200.00"
    )
    assert orders_in(world) == 1


@pytest.mark.parametrize("operation", ["order", "renew", "upgrade"])
def test_an_order_shows_its_agreements_before_it_is_made(world: World, buyer: Buyer, operation: str) -> None:
    page = buyer.text_of(f"{PRODUCT}/order" if operation == "order" else page_of(buy(world), operation))
    for agreement in ("/agreements/marketplace", f"/contents/{PLAN_CONTENT}/terms", "/agreements/privacy"):
        assert f'href="{agreement}"' in page


def test_an_order_that_is_carried_out_is_no_completed_one(world: World, buyer: Buyer) -> None:
    address = buyer.goes_on(buyer.sends(f"{PRODUCT}/order", specification=MONTH, number="1"))
    buyer.sends(address, method="balance")
    order = address.removesuffix("/pay")
    assert '<li class="now" aria-current="step">Completed</li>' in buyer.text_of(order)
    jobs.advance(world, orders.PROVISIONING_SECONDS[1])
    page = buyer.text_of(order)
    assert '<li class="done">Completed</li>' in page
    assert 'aria-label="Buyer Center"' in page
    [instance] = re.findall(r'href="(/buyer/purchased-services/[^"]+)"', page)
    assert "Resource details" in buyer.text_of(f"{MARKETPLACE}{instance}")


def test_operations_that_come_too_late_are_refused_with_the_reason(world: World, visit: Visit) -> None:
    instance_id = buy(world)
    jobs.advance(world, 32 * DAY)
    buyer = Buyer(world, visit("hw_liwei"))
    form = {"csrf_token": token(buyer.client.get(world.local(page_of(instance_id, "renew")))), "attempt": "2"}
    for operation, reason in (("upgrade", "Renew it first"), ("unsubscribe", "Renew it first"), ("close", "expired")):
        answer = buyer.client.post(world.local(page_of(instance_id, operation)), data=form | {"specification": HIGHER})
        assert answer.status_code == 422, operation
        assert reason in answer.text, operation

    jobs.advance(world, 15 * DAY)
    buyer = Buyer(world, visit("hw_liwei"))
    for operation in ("renew", "renewal-change", "upgrade", "unsubscribe", "expiry-policy"):
        page = buyer.text_of(page_of(instance_id, operation))
        assert "has been released" in page, operation
        assert "csrf_token" not in page.split("<main", 1)[1].split("</main>", 1)[0], "there is no form to send"
    assert state_of(world, instance_id) == "closed"
    assert orders_in(world) == 1


def test_the_services_of_others_and_services_without_an_end_have_no_such_pages(
    world: World, visit: Visit, buyer: Buyer
) -> None:
    endless, instance_id, stranger = subscribe(world), buy(world), visit("hw_wangfang")
    form = {"csrf_token": token(stranger.get(world.local(f"{PRODUCT}/order")))}
    for operation in ("renew", "renewal-change", "upgrade", "unsubscribe", "expiry-policy"):
        address = world.local(page_of(instance_id, operation))
        assert stranger.get(address).status_code == 404, operation
        assert stranger.post(address, data=form).status_code == 404, operation
        assert buyer.client.get(world.local(page_of(endless, operation))).status_code == 404, operation
    for content_id in (CARD_CONTENT, GUANCE_CONTENT):
        for page in ("order", "trial"):
            assert stranger.get(world.local(f"{MARKETPLACE}/contents/{content_id}/{page}")).status_code == 404
    with world.uow("huawei") as uow:
        assert {order.account.name for order in uow.session.scalars(select(Order))} == {"hw_liwei"}


def test_an_account_that_may_not_buy_or_try_sees_why(world: World, visit: Visit, buyer: Buyer) -> None:
    unverified = Buyer(world, visit("hw_chenjing"))
    buy(world)
    for page, reason in (("order", "until its service expires"), ("trial", "only once")):
        assert "real-name authentication" in unverified.text_of(f"{PRODUCT}/{page}")
        assert reason in buyer.text_of(f"{PRODUCT}/{page}")


def test_a_trial_needs_the_terms_and_is_then_submitted(buyer: Buyer) -> None:
    refused = buyer.sends(f"{PRODUCT}/trial")
    assert refused.status_code == 422
    assert "Agree to the terms" in refused.text
    submitted = buyer.text_of(buyer.goes_on(buyer.sends(f"{PRODUCT}/trial", agreed="y")))
    assert "submitted successfully" in submitted


@pytest.mark.parametrize(
    ("seconds", "left"), [(0, "15 days"), (5, "15 days"), (13 * DAY + 5, "2 days"), (14 * DAY + 5, "1 day")]
)
def test_a_part_of_the_last_day_of_a_trial_counts_as_a_day(world: World, visit: Visit, seconds: int, left: str) -> None:
    instance_id = try_out(world)
    jobs.advance(world, seconds)
    page = visit("hw_liwei").get(world.local(f"{SERVICES}/{instance_id}"))
    assert f"Remaining trial time {left} " in words_of(page)


def test_an_order_that_the_seller_fails_shows_its_refund(buyer: Buyer, seller: AnsweringSeller) -> None:
    seller.fails = True
    buyer.pays(buyer.sends(f"{PRODUCT}/order", specification=MONTH, number="2"))
    page = buyer.text_of(f"{MARKETPLACE}/buyer/orders")
    assert "Cancelled" in page
    assert page.count("¥1,200.00") == 2
    assert "Refund" in page


def test_the_pages_of_a_service_open_whatever_the_seller_calls_it(
    world: World, buyer: Buyer, seller: AnsweringSeller
) -> None:
    seller.instance = "/Ab+c//{order}/e=="
    buy(world)
    links = {
        html.unescape(link) for link in re.findall(r'href="(/buyer/purchased-services/[^"?]+)', buyer.text_of(SERVICES))
    }
    assert {"renew", "upgrade", "expiry-policy", "unsubscribe"} < {link.rsplit("/", 1)[1] for link in links}
    for link in links:
        assert "%252FAb" in link
        buyer.text_of(f"{MARKETPLACE}{link}")


def test_the_expiry_policy_is_changed_and_shown(world: World, buyer: Buyer) -> None:
    instance_id = buy(world)
    assert buyer.sends(page_of(instance_id, "expiry-policy"), policy="renew").status_code == 302
    assert "The expiry policy has been changed." in buyer.text_of(SERVICES)
    jobs.advance(world, 40 * DAY)
    assert state_of(world, instance_id) == "in_use"


def test_the_pages_of_its_members_name_the_plan_and_their_login_the_application(
    world: World, buyer: Buyer, browse: Browse
) -> None:
    enterprise_with_wendy(world, buy(world))
    for path in ("", "/authorize", "/hand-over"):
        page = buyer.text_of(f"{MARKETPLACE}/buyer/partner-services{path}")
        assert "Guance Commercial Plan" in page
        assert "SaaS Edition" not in page
    steps = buyer.text_of(f"{MARKETPLACE}/buyer/partner-services/members").partition('<ol class="steps"')[2]
    assert steps.partition("</ol>")[0].count('class="done"') == 4
    with world.uow("huawei") as uow:
        address = unified_login_url(uow, PLAN_CONTENT)
    assert "<h1>Log in to Guance</h1>" in browse(AUTH_CENTRE).get(address.replace("#/", "")).text


def test_an_edition_that_is_chosen_on_the_product_page_is_chosen_in_the_order(buyer: Buyer) -> None:
    shown = html.unescape(buyer.text_of(PRODUCT))
    for edition in (HIGHER, YEAR):
        assert f"/contents/{PLAN_CONTENT}/order?specification={edition}" in shown
        ordered = buyer.text_of(f"{PRODUCT}/order?specification={edition}")
        assert re.findall(r'<input checked[^>]* value="([^"]+)"', ordered) == [edition]
    assert re.findall(r'<input checked[^>]* value="([^"]+)"', buyer.text_of(f"{PRODUCT}/order?specification=x")) == [
        MONTH
    ]
