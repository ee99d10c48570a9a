"""A workspace's usage, its bill at Guance and the charge to the Huawei Cloud account are one chain."""

from collections import Counter
from datetime import date
from typing import Literal

import pytest
from sqlalchemy import select

from mock_sites.guance.domain import bills, settlement, usage, usage_packages, usage_reports, wallet, workspaces
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.subscriptions import Purchase
from mock_sites.guance.domain.tables import Account as Owner
from mock_sites.guance.domain.tables import DailyBill
from mock_sites.guance.domain.telemetry import hosts
from mock_sites.guance.production_api import usage_push
from mock_sites.huawei.domain.catalogue import GUANCE_CONTENT
from mock_sites.huawei.domain.tables import DailyExpense, UsageRecord
from mock_sites.huawei.seller_gateway import live, sellers
from mock_sites.tests.support import packages
from mock_sites.tests.support.bills import account_of, workspace_of
from mock_sites.tests.support.subscribing import account_of as buyer_of
from mock_sites.tests.support.subscribing import buy, close
from mock_sites.world import jobs
from mock_sites.world.agreement import SellerKeys, seller_keys
from mock_sites.world.seed import Seed
from mock_sites.world.world import World

DAY = 86400


def charged(world: World) -> dict[tuple[str, date], int]:
    """What the marketplace charges for each instance and day, in fen."""
    with world.uow("huawei") as uow:
        return {(one.instance_id, one.day): one.fen for one in uow.session.scalars(select(DailyExpense))}


def billed(world: World) -> dict[date, int]:
    """The bills of all days that are over for which a cloud account pays, in fen."""
    with world.uow("guance", write=True) as uow:
        wallet.settle(uow)
        days = Counter[date]()
        for bill in uow.session.scalars(select(DailyBill).where(DailyBill.cloud_account_id.is_not(None))):
            days[bill.day] += bill.fen
        return days


def by_day(charges: dict[tuple[str, date], int]) -> dict[date, int]:
    """The charges of all instances by day."""
    days = Counter[date]()
    for (_instance, day), fen in charges.items():
        days[day] += fen
    return days


def settle(world: World, instance: str, number: int = 0, *, buyer: str = "hw_liwei") -> None:
    """A buyer's account pays for a workspace of zhaomin from now on."""
    with world.uow("huawei") as uow:
        payer = buyer_of(uow, buyer).id
    with world.uow("guance", write=True) as uow:
        found = uow.session.scalars(workspaces.of_billing_account(account_of(uow).id)).all()[number]
        settlement.settle_by_huawei(uow, found, huawei_account_id=payer, instance_id=instance)


def second_workspace(world: World) -> None:
    """zhaomin opens another workspace, to which a host sends data."""
    with world.uow("guance", write=True) as uow:
        owner = uow.session.scalars(select(Owner).where(Owner.username == "zhaomin")).one()
        created = workspaces.create(
            uow,
            SITES["cn4"],
            name="Second",
            language="en",
            owner=owner,
            billing_account=account_of(uow),
            cloud_account=None,
        )
        hosts.report(uow, created.token, "web-01", "linux")


@pytest.fixture
def instance(world: World) -> str:
    """An instance whose account pays for a workspace."""
    instance = buy(world)
    settle(world, instance)
    return instance


def test_what_a_workspace_used_is_on_both_bills_to_the_last_digit(world: World, instance: str) -> None:
    jobs.advance(world, 3 * DAY)
    with world.uow("guance") as uow:
        used = usage.of_day(world.seed, workspace_of(uow), date(2026, 3, 2))
    thousandths = (
        used.time_series * 60  # 0.60 CNY for 1,000
        + used.logs * 120 // 1000  # 1.20 CNY for 1,000,000
        + used.traces * 200 // 1000  # 2.00 CNY for 1,000,000
        + used.page_views * 70 // 10  # 0.70 CNY for 10,000
    )
    assert charged(world)[instance, date(2026, 3, 2)] == (thousandths + 500) // 1000
    assert by_day(charged(world)) == billed(world)
    assert len(charged(world)) == 3
    with world.uow("huawei") as uow:
        assert buyer_of(uow).used_fen == sum(charged(world).values())
    total = sum(charged(world).values())
    assert [one.value for one in live.look_up(world, instance).usage] == [f"{total / 100}"]


def test_the_chain_goes_on_over_workspaces_closing_and_subscribing_again(world: World, instance: str) -> None:
    jobs.advance(world, 2 * DAY)
    second_workspace(world)
    settle(world, instance, number=1)
    jobs.advance(world, 2 * DAY)
    assert by_day(charged(world)) == billed(world)

    close(world, instance)
    paid = billed(world)
    jobs.advance(world, 2 * DAY)
    assert by_day(charged(world)) == billed(world) == paid
    assert not jobs_waiting(world, "push-usage")

    again = buy(world, attempt=2)
    settle(world, again)
    jobs.advance(world, 2 * DAY)
    assert by_day(charged(world)) == billed(world) != paid
    assert {name for name, _day in charged(world)} == {instance, again}


def test_a_day_that_ended_before_the_resource_was_closed_is_charged(world: World, instance: str) -> None:
    """The resource is closed in the five minutes between midnight and the push."""
    with world.uow("guance") as uow:
        midnight = bills.next_settlement(uow.now)
    jobs.advance(world, (midnight - world.clock.now()).total_seconds() + 60)
    close(world, instance)
    jobs.advance(world, DAY)
    assert by_day(charged(world)) == billed(world)
    assert charged(world).keys() == {(instance, date(2026, 3, 2))}


@pytest.mark.usefixtures("instance")
@pytest.mark.parametrize("protocol", ["v1", "v2"])
@pytest.mark.parametrize("stops", [False, True])
def test_packages_come_off_what_the_marketplace_charges(
    world: World, protocol: Literal["v1", "v2"], *, stops: bool
) -> None:
    """Guance names its oldest open package. It does not know when one is used up."""
    with world.uow("huawei", write=True) as uow:
        sellers.configure(uow, GUANCE_CONTENT, protocol=protocol)
    first, second = (packages.buy(world, quota=quota, stops=stops) for quota in ("1", "2"))
    assert live.look_up(world, second).answered
    jobs.advance(world, 3 * DAY)
    bill = sum(billed(world).values())
    assert sum(by_day(charged(world)).values()) == (0 if stops else bill - 300)
    assert packages.held(world) == {first: ("used_up", 10_000), second: ("used_up", 20_000)}

    close(world, first)
    close(world, second)
    before = sum(by_day(charged(world)).values())
    jobs.advance(world, DAY)
    assert sum(by_day(charged(world)).values()) - before == sum(billed(world).values()) - bill > 0


@pytest.fixture
def another(world: World, instance: str) -> str:
    """The instance of another buyer, whose account pays for another workspace. Both accounts are charged each day."""
    another = buy(world, name="hw_wangfang")
    second_workspace(world)
    settle(world, another, number=1, buyer="hw_wangfang")
    jobs.advance(world, 2 * DAY)
    assert {name for name, day in charged(world) if day == date(2026, 3, 3)} == {instance, another}
    return another


@pytest.mark.parametrize("stops", [False, True])
def test_a_package_that_is_bought_after_midnight_does_not_cover_the_day_before(
    world: World, instance: str, another: str, *, stops: bool
) -> None:
    """It is bought in the five minutes before the push, and stops nobody's billing."""
    with world.uow("guance") as uow:
        midnight = bills.next_settlement(uow.now)
    jobs.advance(world, (midnight - world.clock.now()).total_seconds() + 60)
    packages.buy(world, quota="1", stops=stops)
    jobs.advance(world, DAY)
    assert {name for name, day in charged(world) if day == date(2026, 3, 4)} == {instance, another}
    assert by_day(charged(world))[date(2026, 3, 4)] == billed(world)[date(2026, 3, 4)]


def test_a_push_that_is_refused_because_of_one_account_is_repeated_for_each(world: World, another: str) -> None:
    """The marketplace does not know a package that Guance names."""
    with world.uow("huawei", write=True) as uow:
        sellers.configure(uow, GUANCE_CONTENT, refuses_usage_at_once=True)
        payer = buyer_of(uow).id
    with world.uow("guance", write=True) as uow:
        unknown = Purchase(order_id="CS1", order_line_id="1", huawei_account_id=payer, product_id="", product_name="")
        usage_packages.open_package(uow, unknown, "unknown-package")
    jobs.advance(world, DAY)
    assert {name for name, day in charged(world) if day == date(2026, 3, 4)} == {another}
    refused = [event.details["code"] for event in world.journal(kind="guance.usage.not-reported")]
    assert refused == ["MKT.9001", "MKT.9001"]
    assert len(jobs_waiting(world, "push-usage")) == 1


@pytest.mark.usefixtures("instance")
def test_what_the_marketplace_did_not_take_is_pushed_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usage_push, "seller_keys", keys_of_another)
    jobs.advance(world, 2 * DAY)
    assert charged(world) == {}
    lost = [event.details["code"] for event in world.journal(kind="guance.usage.not-reported")]
    assert lost == ["MKT.0102", "MKT.0102"]

    monkeypatch.undo()
    jobs.advance(world, DAY)
    assert by_day(charged(world)) == billed(world)
    assert len(charged(world)) == 3


@pytest.mark.usefixtures("instance")
def test_a_push_whose_answer_is_lost_is_charged_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(usage_reports, "done", do_nothing)
        jobs.advance(world, DAY)
    jobs.advance(world, DAY)
    assert by_day(charged(world)) == billed(world)
    with world.uow("huawei") as uow:
        found = list(uow.session.scalars(select(UsageRecord.code).order_by(UsageRecord.number)))
    assert found == ["", "005", ""]


@pytest.mark.usefixtures("instance")
def test_many_reports_are_pushed_in_several_pushes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usage_reports, "begin", do_nothing)
    jobs.advance(world, 5 * DAY)
    monkeypatch.undo()
    monkeypatch.setattr(usage_reports, "MOST", 2)
    with world.uow("guance", write=True) as uow:
        usage_reports.begin(uow)
    jobs.advance(world, DAY)
    assert by_day(charged(world)) == billed(world)
    assert len(charged(world)) == 6


def do_nothing(*_: object) -> None:
    """Takes the place of a function."""


def keys_of_another(seed: Seed) -> SellerKeys:
    """The keys of a seller that the marketplace does not know."""
    return seller_keys(seed, "another")


def jobs_waiting(world: World, kind: str) -> list[jobs.Due]:
    """The waiting jobs of a kind."""
    return [due for due in jobs.waiting(world) if due.kind == kind]
