"""Probes: when the saved cases are sent, and the product that is hidden after five failed days in a row."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from mock_sites.huawei.domain import catalogue
from mock_sites.huawei.domain.tables import Product
from mock_sites.huawei.protocol import signing_v1
from mock_sites.huawei.seller_center import cases, probes, sending
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support import plans, subscribing
from mock_sites.tests.support.behaving import BehavingSeller
from mock_sites.tests.support.gateway import KEY, ReceivedRequest, drive, log_of, seller
from mock_sites.tests.support.huawei_pages import MARKETPLACE, Buyer, Visit, visit
from mock_sites.tests.support.plans import DAY
from mock_sites.tests.support.sending import token
from mock_sites.world import jobs
from mock_sites.world.agreement import SELLER_MAIL
from mock_sites.world.clock import BEIJING
from mock_sites.world.errors import Refusal
from mock_sites.world.world import World

__all__ = ["visit"]

PLAN = catalogue.PLAN_CONTENT
FIELDS = {"orderId": "MOCKPERIODYEARNEW", "orderLineId": "MOCKPERIODYEARNEW-000001", "businessId": "debug"}
REFUSAL = b'{"resultCode":"000005","resultMsg":"down"}'


class DailySeller(BehavingSeller):
    """A seller that refuses everything while ``down``."""

    down = False

    def __call__(self, received: ReceivedRequest) -> None:
        """Answer a call."""
        super().__call__(received)
        if self.down:
            received.answer = REFUSAL
            received.answer_headers["Body-Sign"] = signing_v1.sign_answer(KEY, REFUSAL)


@pytest.fixture
def daily(world: World) -> Iterator[DailySeller]:
    """The seller of the plan, with one saved case. It is midnight in Beijing."""
    behaving = DailySeller(protocol="v2")
    with seller(behaving) as address:
        drive(world, address, product=PLAN)
        now = world.clock.now() + BEIJING
        jobs.advance(world, DAY - (now - now.replace(hour=0, minute=0)).total_seconds())
        save_case(world)
        yield behaving


def save_case(world: World) -> int:
    """A call that is saved as a case. Returns its number."""
    number = sending.by_hand(world, PLAN, "newInstance", FIELDS)
    with world.uow("huawei", write=True) as uow:
        cases.save(uow, number)
    return number


def probed(world: World) -> list[str]:
    """When the probes were sent, in Beijing time."""
    return [f"{call.at + BEIJING:%d %H:%M}" for call in log_of(world, origin="probe")]


def on_sale(world: World) -> bool:
    """Whether the plan is offered."""
    with world.uow("huawei") as uow:
        return PLAN in {product.content_id for product in catalogue.offered(uow)}


def test_saved_cases_are_sent_each_morning_and_each_afternoon(world: World, daily: DailySeller) -> None:
    assert not daily.down
    save_case(world)
    jobs.advance(world, 2 * DAY)
    assert probed(world) == [hour for hour in ("03 09:00", "03 15:00", "04 09:00", "04 15:00") for _ in range(2)]
    assert {(call.verdict, call.repeats) for call in log_of(world, origin="probe")} == {
        ("accepted", 1),
        ("accepted", 2),
    }


def test_without_a_saved_case_nothing_is_sent(world: World, daily: DailySeller) -> None:
    with world.uow("huawei", write=True) as uow:
        cases.delete(uow, 1)
    jobs.advance(world, 3 * DAY)
    assert not daily.down
    assert not probed(world)
    with world.uow("huawei", write=True) as uow:
        cases.save(uow, 1)
    jobs.advance(world, DAY)
    assert len(probed(world)) == 2


def test_after_five_failed_days_in_a_row_the_product_is_hidden_and_cannot_be_bought(
    world: World, daily: DailySeller
) -> None:
    instance_id = plans.buy(world)
    daily.down = True
    jobs.advance(world, 4 * DAY)
    assert on_sale(world)
    assert not world.messages(SELLER_MAIL)
    jobs.advance(world, DAY)
    daily.down = False

    assert not on_sale(world)
    (mail,) = world.messages(SELLER_MAIL)
    assert mail.subject == "Not on sale any more: Guance Commercial Plan"
    sent = len(probed(world))
    with world.uow("huawei", write=True) as uow:
        other, plan = subscribing.account_of(uow, "hw_wangfang"), uow.session.get_one(Product, PLAN)
        for refused in (
            lambda: plans.plans.buy(uow, other, plan, plans.MONTH, 1, attempt=1),
            lambda: plans.plans.try_out(uow, other, plan, attempt=1, agreed=True),
        ):
            with pytest.raises(Refusal, match="not on sale"):
                refused()
    plans.renew(world, instance_id)
    jobs.advance(world, DAY)
    assert len(probed(world)) == sent


def test_a_good_day_in_between_begins_the_count_anew(world: World, daily: DailySeller) -> None:
    for down in (True, True, True, True, False, True, True, True, True):
        daily.down = down
        jobs.advance(world, DAY)
    assert on_sale(world)
    with world.uow("huawei") as uow:
        assert probes.days_failed(uow, PLAN) == 4


def test_one_failed_probe_makes_a_failed_day(world: World, daily: DailySeller) -> None:
    for _ in range(5):
        daily.down = True
        jobs.advance(world, DAY / 2)
        daily.down = False
        jobs.advance(world, DAY / 2)
    assert not on_sale(world)


def test_a_product_is_put_on_sale_again_when_its_cases_are_answered_as_before(world: World, daily: DailySeller) -> None:
    daily.down = True
    jobs.advance(world, 6 * DAY)
    with pytest.raises(Refusal, match="answered differently"):
        probes.relist(world, PLAN)
    assert not on_sale(world)
    daily.down = False
    for _ in range(2):
        probes.relist(world, PLAN)
    assert on_sale(world)
    before = len(probed(world))
    jobs.advance(world, DAY)
    assert len(probed(world)) == before + 2
    plans.buy(world)


def test_a_delisted_product_without_cases_needs_one(world: World, daily: DailySeller) -> None:
    daily.down = True
    jobs.advance(world, 6 * DAY)
    with world.uow("huawei", write=True) as uow:
        cases.delete(uow, 1)
    with pytest.raises(Refusal, match="no saved case"):
        probes.relist(world, PLAN)


@pytest.mark.parametrize(("hour", "next_hour"), [(0, 9), (9, 15), (14, 15), (15, 33), (23, 33)])
def test_the_next_probes_come_at_nine_or_at_three(world: World, hour: int, next_hour: int) -> None:
    midnight = world.clock.now().replace(hour=0, minute=0, second=0, microsecond=0) - BEIJING
    assert probes.seconds_to_next(midnight + timedelta(hours=hour)) == (next_hour - hour) * 3600


def test_the_pages_say_why_and_the_seller_sets_it_right(
    world: World, daily: DailySeller, visit: Visit, browse: Browse
) -> None:
    center = browse("https://seller.huaweicloud.com")
    daily.down = True
    jobs.advance(world, 2 * DAY)
    assert "Probes failed on 2 days in a row." in center.get("/coverage").text
    jobs.advance(world, 4 * DAY)

    buyer = Buyer(world, visit("hw_liwei"))
    assert "Guance Commercial Plan" not in buyer.text_of(f"{MARKETPLACE}/products?search=Guance")
    for page in ("", "/order", "/trial"):
        answer = buyer.client.get(world.local(f"{MARKETPLACE}/contents/{PLAN}{page}"))
        assert (answer.status_code, "is not on sale" in answer.text) == (410, True)
    page = center.get("/coverage").text
    assert "The product is hidden, and cannot be bought." in page
    for down, said in ((True, "is answered differently from the saved case"), (False, "The product is on sale.")):
        daily.down = down
        center.post(f"/coverage/{PLAN}/relist", data={"csrf_token": token(center.get("/coverage"))})
        assert said in center.get("/coverage").text
    assert "Guance Commercial Plan" in buyer.text_of(f"{MARKETPLACE}/products?search=Guance")


def test_the_api_says_it_too(world: World, daily: DailySeller, browse: Browse) -> None:
    api = browse("https://seller.huaweicloud.com")
    daily.down = True
    jobs.advance(world, 6 * DAY)
    settings = api.get(f"/api/sellers/{PLAN}").json()
    assert (settings["on_sale"], settings["failed_days"]) == (False, 5)
    assert api.post(f"/api/sellers/{PLAN}/relist", json={}).status_code == 422
    daily.down = False
    settings = api.post(f"/api/sellers/{PLAN}/relist", json={}).json()
    assert (settings["on_sale"], settings["failed_days"]) == (True, 0)
