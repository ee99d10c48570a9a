"""Packages of a pay-per-use product: offered, bought, and used before the rest is charged (spec huawei 2.6b)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select

from mock_sites.huawei.domain import checkout, orders, packages, usage_records
from mock_sites.huawei.domain.catalogue import GUANCE_CONTENT, PLAN_CONTENT
from mock_sites.huawei.domain.tables import DailyExpense, Order, Package, Product, Resource, SellerCall, UsageRecord
from mock_sites.huawei.protocol import operations, usage_push
from mock_sites.huawei.seller_center import drafting
from mock_sites.huawei.seller_gateway import order_info, sellers
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support import packages as support
from mock_sites.tests.support.packages import held, offer
from mock_sites.tests.support.plans import listed
from mock_sites.tests.support.subscribing import account_of, buy, close
from mock_sites.tests.support.usage_push import body_of, codes, push, record_of, written
from mock_sites.world import jobs
from mock_sites.world.agreement import GUANCE_PRODUCT
from mock_sites.world.errors import Refusal
from mock_sites.world.world import World

DAY = 86_400


@pytest.fixture
def instance(world: World) -> str:
    """The id of an on-demand instance that is a few minutes old."""
    instance = buy(world)
    jobs.advance(world, 300)
    return instance


def collected(world: World, browse: Browse, *records: dict[str, Any]) -> None:
    """Push records, and let the world's clock go on until they are collected."""
    assert push(world, browse, body_of(*records)).json()["error_code"] == usage_push.ACCEPTED
    jobs.advance(world, DAY)


def used(world: World, instance: str, value: str, *, package: str = "", serial: str = "1") -> dict[str, Any]:
    """A record of the last minute."""
    end = world.clock.now()
    begin = written(end - timedelta(minutes=1))
    changes = {"usage_value": value, "begin_time": begin, "metering_sn": f"sn-{serial}"}
    return record_of(instance, end, **changes, relate_pkg_instance=package or None)


def charged(world: World) -> int:
    """What the buyer's account has paid for usage, in fen."""
    with world.uow("huawei") as uow:
        by_day = sum(uow.session.scalars(select(DailyExpense.fen)))
        assert account_of(uow).used_fen == by_day
        return by_day


def shares(world: World) -> list[tuple[list[tuple[str, int]], int]]:
    """What was deducted for each record from each package, and what was charged."""
    with world.uow("huawei") as uow:
        found = uow.session.scalars(select(UsageRecord).order_by(UsageRecord.number))
        return [([(one.instance_id, one.units) for one in record.deductions], record.charged_units) for record in found]


# ---------------------------------------------------------------------- offering and buying


@pytest.mark.parametrize("quota", ["", "0", "0.0000", "1.00001", "-1", "ten", "100000000000"])
def test_a_package_without_a_quota_is_not_offered(world: World, quota: str) -> None:
    with pytest.raises(Refusal, match="Enter a quota above 0") as refused:
        offer(world, quota=quota, name="Without a quota")
    assert refused.value.field == "quota"
    with world.uow("huawei") as uow:
        assert not list(uow.session.scalars(select(Package)))


def test_only_a_pay_per_use_product_has_packages(world: World) -> None:
    with world.uow("huawei", write=True) as uow:
        plan = uow.session.get_one(Product, PLAN_CONTENT)
        with pytest.raises(Refusal, match="Only a pay-per-use product"):
            packages.offer(uow, plan, name="10", quota="10", unit="GB", price="1", stops=False)


def test_a_package_is_bought_for_a_subscription_that_is_in_use(world: World) -> None:
    package = offer(world)
    with pytest.raises(Refusal, match="Subscribe to this product first"):
        support.order(world, package)

    instance = buy(world)
    order_id = support.order(world, package, pays=False)
    bought = listed(world, support.order(world, package))
    assert held(world) == {bought: ("in_use", 0)}
    with world.uow("huawei") as uow:
        assert account_of(uow).balance == 100_000 - 80
        newest = orders.resource_in_use(uow, account_of(uow))
        assert newest is not None
        assert newest.instance_id == instance
        product = uow.session.get_one(Product, GUANCE_CONTENT)
        subscription = orders.open_order(uow, account_of(uow), product)
        assert subscription is not None
        assert subscription.package_id is None

    close(world, instance)
    with world.uow("huawei", write=True) as uow:
        unpaid = uow.session.get_one(Order, order_id)
        with pytest.raises(Refusal, match="Subscribe to this product first"):
            checkout.pay(uow, unpaid)
    assert state(world, bought) == "in_use"


def state(world: World, instance: str) -> str:
    """The state of a package."""
    return held(world)[instance][0]


@pytest.mark.parametrize(("protocol", "activity"), [("v1", "newInstance"), ("v2", "newInstance")])
def test_the_seller_creates_an_instance_of_a_package_and_releases_it(
    world: World, instance: str, protocol: str, activity: str
) -> None:
    with world.uow("huawei", write=True) as uow:
        sellers.configure(uow, GUANCE_CONTENT, protocol=protocol)
    bought = support.buy(world)
    close(world, bought)
    assert state(world, bought) == "closed"
    with world.uow("huawei") as uow:
        calls = list(uow.session.scalars(select(SellerCall).order_by(SellerCall.number)))[1:]
        assert [(call.activity, call.verdict) for call in calls] == [
            (activity, "accepted"),
            ("releaseInstance", "accepted"),
        ]
        order = uow.session.get_one(Resource, bought).order
        package = order.package
        assert package is not None
        assert ("chargingMode=5" in calls[0].url) is (protocol == "v1")
        line = order_info.of_order(order)["orderLine"][0]
        assert (line["chargingMode"], line["productInfo"][0]["skuCode"]) == ("ON_DEMAND_PKG", package.sku_code)
        assert order_info.of_order(order)["orderType"] == "NEW"
    assert jobs_state_of_subscription(world, instance) == "in_use"


def jobs_state_of_subscription(world: World, instance: str) -> str:
    """The state of the on-demand instance."""
    with world.uow("huawei") as uow:
        return uow.session.get_one(Resource, instance).state


@pytest.mark.parametrize("calls", [True, False])
def test_calls_by_hand_are_prefilled_with_the_instance_of_a_service(
    world: World, instance: str, *, calls: bool
) -> None:
    """Whether the calls that created them are still in the log or not."""
    assert support.buy(world) != instance
    with world.uow("huawei", write=True) as uow:
        if not calls:
            uow.session.execute(delete(SellerCall))
        agreed = sellers.agreed(uow, GUANCE_CONTENT)
        operation = operations.find(agreed.protocol, "releaseInstance")
        assert operation is not None
        assert drafting.prefilled(uow, agreed, operation)["instanceId"] == instance


# ---------------------------------------------------------------------- using


def test_the_quota_is_deducted_first_and_the_rest_is_charged(world: World, browse: Browse, instance: str) -> None:
    bought = support.buy(world)
    collected(world, browse, used(world, instance, "4"))
    assert (held(world), charged(world)) == ({bought: ("in_use", 40_000)}, 0)
    with world.uow("huawei") as uow:
        assert not list(uow.session.scalars(select(DailyExpense)))

    collected(world, browse, used(world, instance, "8.5", serial="2"))
    assert (held(world), charged(world)) == ({bought: ("used_up", 100_000)}, 250)
    collected(world, browse, used(world, instance, "1", serial="3"))
    assert charged(world) == 350
    assert shares(world) == [([(bought, 40_000)], 0), ([(bought, 60_000)], 25_000), ([], 10_000)]
    with world.uow("huawei") as uow:
        resource = uow.session.get_one(Resource, instance)
        assert (resource.used_units, resource.used_fen) == (135_000, 350)


def test_packages_are_used_in_the_order_of_their_purchase_after_the_one_that_is_named(
    world: World, browse: Browse, instance: str
) -> None:
    first, second, third = (support.buy(world, quota=quota) for quota in ("1", "2", "3"))
    collected(world, browse, used(world, instance, "1.5"))
    assert shares(world)[-1] == ([(first, 10_000), (second, 5_000)], 0)
    collected(world, browse, used(world, instance, "5", package=third, serial="2"))
    assert shares(world)[-1] == ([(third, 30_000), (second, 15_000)], 5_000)


def test_several_records_are_deducted_one_after_the_other(world: World, browse: Browse, instance: str) -> None:
    """Each goes on with what the one before has left. The journal has each package once."""
    first, second, third = (support.buy(world, quota=quota) for quota in ("1", "2", "3"))
    values = [("1", ""), ("0.5", ""), ("4", second), ("1", "")]
    records = [
        used(world, instance, value, package=name, serial=str(n))
        | {"begin_time": written(world.clock.now() - timedelta(seconds=n))}
        for n, (value, name) in enumerate(values)
    ]
    collected(world, browse, *records)
    assert shares(world) == [
        ([(first, 10_000)], 0),
        ([(second, 5_000)], 0),
        ([(second, 15_000), (third, 25_000)], 0),
        ([(third, 5_000)], 5_000),
    ]
    deducted = [event.details for event in world.journal(kind="huawei.package.deducted")]
    assert [(one["instance"], one["usage"]) for one in deducted] == [(first, "1"), (second, "2"), (third, "3")]
    assert used_up(world) == [first, second, third]


def used_up(world: World) -> list[str]:
    """The packages that the journal calls used up."""
    return [event.details["instance"] for event in world.journal(kind="huawei.package.used-up")]


def test_only_packages_of_the_buyer_and_the_product_are_deducted(world: World, browse: Browse, instance: str) -> None:
    other = buy(world, name="hw_wangfang")
    anothers = listed(world, support.order(world, offer(world), name="hw_wangfang"))
    of_other_product = support.buy(world)
    with world.uow("huawei", write=True) as uow:
        uow.session.get_one(Resource, of_other_product).order.content_id = PLAN_CONTENT
    jobs.advance(world, 60)
    collected(world, browse, used(world, instance, "1"), used(world, other, "2", serial="2"))
    assert shares(world) == [([], 10_000), ([(anothers, 20_000)], 0)]


def test_the_package_that_was_paid_first_is_the_first(world: World, browse: Browse, instance: str) -> None:
    package = offer(world, quota="1")
    later = support.order(world, package, pays=False)
    first = listed(world, support.order(world, package))
    with world.uow("huawei", write=True) as uow:
        checkout.pay(uow, uow.session.get_one(Order, later))
    second = listed(world, later)
    collected(world, browse, used(world, instance, "1.5"))
    assert shares(world) == [([(first, 10_000), (second, 5_000)], 0)]


def test_a_closed_package_stays_closed_when_late_usage_takes_all_of_it(
    world: World, browse: Browse, instance: str
) -> None:
    bought = support.buy(world, quota="1")
    jobs.advance(world, 60)
    late = used(world, instance, "1")
    close(world, bought)
    collected(world, browse, late)
    assert (held(world), used_up(world)) == ({bought: ("closed", 10_000)}, [])


def test_a_package_that_stops_stops_at_its_quota(world: World, browse: Browse, instance: str) -> None:
    plain = support.buy(world, quota="1")
    bought = support.buy(world, stops=True)
    collected(world, browse, used(world, instance, "12", package=bought))
    assert shares(world) == [([(bought, 100_000)], 0)]
    assert (held(world), charged(world)) == ({plain: ("in_use", 0), bought: ("used_up", 100_000)}, 0)

    another = support.buy(world, quota="2", stops=True)
    collected(world, browse, used(world, instance, "1", package=bought, serial="2"))
    assert shares(world)[-1] == ([(another, 10_000)], 0)
    assert charged(world) == 0
    with world.uow("huawei") as uow:
        uncharged = {one.instance_id: one.uncharged_units for one in uow.session.scalars(select(Resource))}
    assert uncharged == {instance: 20_000, plain: 0, bought: 20_000, another: 0}


@pytest.mark.parametrize("path", [usage_push.PATH, usage_push.OLDER_PATH])
def test_a_package_that_stops_must_be_named(world: World, browse: Browse, instance: str, path: str) -> None:
    """As long as it is not closed: what is used beyond its quota is not charged either."""
    support.buy(world)
    product = {"product_id": GUANCE_PRODUCT}
    assert push(world, browse, body_of(used(world, instance, "1") | product), path=path).status_code == 200

    bought = support.buy(world, quota="1", stops=True)
    answer = push(world, browse, body_of(used(world, instance, "1") | product), path=path)
    assert (answer.status_code, answer.json()["error_code"]) == (400, usage_push.MISSING)
    assert answer.json()["diagnosis"] == (
        f"usage_records[0]: relate_pkg_instance is missing. The buyer of {instance} has the package {bought} of the"
        " same product. It stops when it is used up, and the seller had created it before the end_time."
    )
    jobs.advance(world, DAY)
    collected(world, browse, used(world, instance, "2", package=bought, serial="2"))
    assert push(world, browse, body_of(used(world, instance, "1", serial="3"))).status_code == 400

    close(world, bought)
    assert push(world, browse, body_of(used(world, instance, "1", serial="3"))).status_code == 200


def test_usage_from_before_a_package_is_reported_without_it(world: World, browse: Browse, instance: str) -> None:
    """The first of several packages that stop decides."""
    jobs.advance(world, 600)
    before = used(world, instance, "1")
    jobs.advance(world, 600)
    bought = support.buy(world, stops=True)
    jobs.advance(world, 600)
    after = used(world, instance, "1", serial="2")
    support.buy(world, stops=True)
    named = used(world, instance, "1", package=bought, serial="3")
    refused = push(world, browse, body_of(before, named, after))
    assert refused.json()["diagnosis"].startswith("usage_records[2]: relate_pkg_instance is missing.")
    assert bought in refused.json()["diagnosis"]
    collected(world, browse, before)
    assert shares(world) == [([], 10_000)]


def test_a_package_is_not_named_before_the_seller_has_created_it(world: World, browse: Browse, instance: str) -> None:
    """It was paid before. Named, it covers the window."""
    set_key(world, "another-sellers-key")
    order = support.order(world, offer(world, stops=True))
    jobs.advance(world, 60)
    between = used(world, instance, "1")
    set_key(world, "")
    jobs.advance(world, DAY)
    [bought] = held(world)
    assert push(world, browse, body_of(between)).status_code == 200
    assert push(world, browse, body_of(used(world, instance, "1"))).status_code == 400
    named = between | {"begin_time": written(paid_at(world, order)), "end_time": written(paid_at(world, order))}
    named |= {"metering_sn": "sn-2"}
    collected(world, browse, named | {"relate_pkg_instance": bought})
    assert shares(world) == [([], 10_000), ([(bought, 10_000)], 0)]


def set_key(world: World, key: str) -> None:
    """Sign calls with this key, which the built-in seller does not know. An empty one is its own."""
    with world.uow("huawei", write=True) as uow:
        sellers.configure(uow, GUANCE_CONTENT, access_key=key)


def paid_at(world: World, order: str) -> datetime:
    """When an order was paid."""
    with world.uow("huawei") as uow:
        moment = uow.session.get_one(Order, order).paid_at
        assert moment is not None
        return moment


def test_only_a_buyers_own_packages_of_the_product_are_named(world: World, browse: Browse, instance: str) -> None:
    """Neither another buyer's nor another product's."""
    bought = [support.buy(world, stops=True) for _ in range(2)]
    assert push(world, browse, body_of(used(world, instance, "1"))).status_code == 400
    with world.uow("huawei", write=True) as uow:
        anothers, other_product = (uow.session.get_one(Resource, one) for one in bought)
        anothers.account_id = account_of(uow, "hw_wangfang").id
        other_product.order.content_id = PLAN_CONTENT
    assert push(world, browse, body_of(used(world, instance, "1"))).status_code == 200


def test_a_package_that_is_being_closed_need_not_be_named(world: World, browse: Browse, instance: str) -> None:
    """The seller may have released it before the marketplace knows."""
    bought, key = support.buy(world, stops=True), "another-sellers-key"
    set_key(world, key)
    close(world, bought)
    for wait, expected in ((0, "closing"), (DAY, "closing_failed")):
        jobs.advance(world, wait)
        assert state(world, bought) == expected
        assert push(world, browse, body_of(used(world, instance, "1", serial=expected)), key=key).status_code == 200
    jobs.advance(world, 60)
    named = used(world, instance, "1", package=bought)
    assert push(world, browse, body_of(named), key=key).status_code == 200
    jobs.advance(world, usage_records.VALIDATION_SECONDS)
    assert {code for _state, code in codes(world)} == {""}


def test_the_time_of_a_seller_outside_may_be_15_minutes_early_for_a_package(
    world: World, browse: Browse, instance: str
) -> None:
    """What it measured within that time may be named, and need not be."""
    jobs.advance(world, 3600)
    bought = support.buy(world, stops=True)
    real = datetime.now(UTC)
    ends = [real - timedelta(minutes=minutes) for minutes in (10, 10, 20)]
    records = [
        record_of(instance, end, record_time=written(real), begin_time=written(end - timedelta(minutes=n)))
        | {"metering_sn": f"sn-{n}", "relate_pkg_instance": name}
        for n, (end, name) in enumerate(zip(ends, ("", bought, bought), strict=True))
    ]
    assert push(world, browse, body_of(*records)).status_code == 200
    jobs.advance(world, usage_records.VALIDATION_SECONDS)
    assert [code for _state, code in codes(world)] == ["", "", "013"]


def test_a_wrong_package_is_refused_by_the_job(world: World, browse: Browse, instance: str) -> None:
    package = offer(world)
    bought = [listed(world, support.order(world, package)) for _ in range(4)]
    closed, living, *strange = bought
    close(world, closed)
    with world.uow("huawei", write=True) as uow:
        anothers, other_product = (uow.session.get_one(Resource, one) for one in strange)
        anothers.account_id = account_of(uow, "hw_wangfang").id
        other_product.order.content_id = PLAN_CONTENT
    jobs.advance(world, 120)
    named = ["unknown", instance, *strange, closed, living]
    records = [used(world, instance, "1", package=name, serial=name) for name in named]
    assert push(world, browse, body_of(*records)).status_code == 200
    jobs.advance(world, usage_records.VALIDATION_SECONDS)
    assert [code for _state, code in codes(world)] == ["001", "001", "001", "001", "013", ""]


@pytest.mark.usefixtures("instance")
def test_a_packages_id_is_never_that_of_the_instance(world: World, browse: Browse) -> None:
    """Whether the record names the package as such or not."""
    bought = support.buy(world, stops=True)
    jobs.advance(world, 60)
    for named in (bought, ""):
        assert push(world, browse, body_of(used(world, bought, "1", package=named))).status_code == 200
    jobs.advance(world, usage_records.VALIDATION_SECONDS)
    assert codes(world) == [("refused", "012")] * 2


def test_a_seller_whose_wrong_pushes_are_refused_names_packages(world: World, browse: Browse, instance: str) -> None:
    with world.uow("huawei", write=True) as uow:
        sellers.configure(uow, GUANCE_CONTENT, refuses_usage_at_once=True)
    bought = support.buy(world)
    jobs.advance(world, 60)
    answers = [push(world, browse, body_of(used(world, instance, "1", package=name))) for name in (bought, "unknown")]
    codes_of_answers = [answer.json()["error_code"] for answer in answers]
    assert codes_of_answers == [usage_push.ACCEPTED, usage_push.NO_SUCH_INSTANCE]


def test_a_package_covers_what_is_used_from_its_purchase_until_it_is_closed(
    world: World, browse: Browse, instance: str
) -> None:
    jobs.advance(world, 600)
    before = used(world, instance, "1")
    jobs.advance(world, 600)
    bought = support.buy(world)
    assert push(world, browse, body_of(before, before | {"relate_pkg_instance": bought})).status_code == 200
    jobs.advance(world, DAY)
    assert [code for _state, code in codes(world)] == ["", "013"]
    assert (held(world)[bought], charged(world)) == (("in_use", 0), 100)

    until = used(world, instance, "1", serial="2")
    close(world, bought)
    collected(world, browse, until)
    assert (held(world)[bought], charged(world)) == (("closed", 10_000), 100)
    collected(world, browse, used(world, instance, "1", serial="3"))
    assert (held(world)[bought], charged(world)) == (("closed", 10_000), 200)


def test_a_package_is_left_for_the_next_subscription(world: World, browse: Browse, instance: str) -> None:
    bought = support.buy(world)
    close(world, instance)
    again = buy(world, attempt=3)
    jobs.advance(world, 60)
    collected(world, browse, used(world, again, "4"))
    assert held(world) == {bought: ("in_use", 40_000)}


def test_a_seller_is_not_told_of_the_packages_of_another_sellers_buyers(world: World, browse: Browse) -> None:
    instance = buy(world)
    jobs.advance(world, 600)
    support.buy(world, stops=True)
    jobs.advance(world, 600)
    with world.uow("huawei", write=True) as uow:
        sellers.configure(uow, PLAN_CONTENT, access_key="another-sellers-key")
    nameless = body_of(record_of(instance, world.clock.now()))

    assert push(world, browse, nameless, key="another-sellers-key").status_code == 200
    assert push(world, browse, nameless).json()["error_code"] == usage_push.MISSING
    jobs.advance(world, usage_records.VALIDATION_SECONDS)
    assert codes(world) == [("refused", usage_push.OTHER_SELLER)]
