"""The storage policy of a workspace decides prices from the day of its change on, and which data can be viewed."""

from datetime import date, timedelta

import httpx
import pytest
from sqlalchemy import select

from mock_sites.guance.domain import bill_periods, bills, locks, storage, usage, wallet
from mock_sites.guance.domain.storage import DEFAULTS, PRICES
from mock_sites.guance.domain.tables import DailyBill, Retention
from mock_sites.guance.domain.telemetry.source import source_of
from mock_sites.huawei.domain.tables import DailyExpense
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.bills import DAY, workspace_of
from mock_sites.tests.support.guance_pages import owned, signed_in
from mock_sites.tests.support.locking import lock, settle
from mock_sites.tests.support.sending import post
from mock_sites.world import jobs
from mock_sites.world.errors import Refusal
from mock_sites.world.world import World

NAME = "northwind-prod"
LONGEST = {"time-series": 360, "logs": 60, "traces": 60, "page-views": 60}


def change(world: World, days: dict[str, int], name: str = NAME) -> None:
    with world.uow("guance", write=True) as uow:
        storage.change_policy(uow, workspace_of(uow), days, name)


def stored(world: World) -> dict[date, DailyBill]:
    """The bills of a workspace whose days are over."""
    with world.uow("guance", write=True) as uow:
        wallet.settle(uow)
        wanted = select(DailyBill).where(DailyBill.workspace_id == workspace_of(uow).id)
        return {bill.day: bill for bill in uow.session.scalars(wanted)}


def cost(bill: DailyBill, days: dict[str, int]) -> int:
    """What a day costs when its items are kept for so many days, in fen: the sum of quantity by price, rounded once."""
    exact = sum(
        number * 1000 * PRICES[item][days[item]].fen // PRICES[item][days[item]].units
        for item, number in bill.used.by_item.items()
    )
    return (exact + 500) // 1000


def test_a_change_is_the_price_from_its_day_on_and_days_before_keep_theirs(world: World) -> None:
    instance = settle(world)
    jobs.advance(world, 2 * DAY)
    before = {day: bill.fen for day, bill in stored(world).items()}
    change(world, LONGEST)
    changed = date(2026, 3, 4)
    jobs.advance(world, 2 * DAY)
    after = stored(world)
    for day, bill in after.items():
        assert bill.retention == (LONGEST if day >= changed else DEFAULTS)
        assert bill.fen == cost(bill, LONGEST if day >= changed else DEFAULTS) == before.get(day, bill.fen)
        assert sum(bills.costs_of(bill.used, bill.retention).values()) == bill.fen
    assert after[changed].fen > cost(after[changed], DEFAULTS)
    with world.uow("huawei") as uow:
        charges = uow.session.scalars(select(DailyExpense).where(DailyExpense.instance_id == instance))
        assert {one.day: one.fen for one in charges} == {
            day: bill.fen for day, bill in after.items() if day >= date(2026, 3, 2)
        }
    with world.uow("guance") as uow:
        for key in ("this-month", "last-month", "this-year"):
            period = bill_periods.period_of(key, usage.day_of(uow.now))
            summary = bill_periods.summary_of(uow, workspace_of(uow), period)
            fen = sum(bill.fen for day, bill in after.items() if period.first <= day <= period.last)
            assert summary.fen == sum(item.fen for item in summary.items) == fen


def test_the_last_change_of_a_day_decides(world: World) -> None:
    change(world, {"logs": 60})
    jobs.advance(world, 60)
    change(world, {"logs": 14})
    jobs.advance(world, DAY)
    assert stored(world)[date(2026, 3, 2)].retention == DEFAULTS | {"logs": 14}


def test_a_shorter_duration_deletes_data_and_a_longer_one_does_not_bring_them_back(world: World) -> None:
    def kept() -> timedelta:
        with world.uow("guance") as uow:
            source = source_of(uow, workspace_of(uow), "logs")
            assert source
            return source.until - source.oldest

    assert kept() == timedelta(days=7)
    change(world, {"logs": 3})
    assert kept() == timedelta(days=3)
    jobs.advance(world, 60)
    change(world, {"logs": 30})
    jobs.advance(world, DAY)
    assert timedelta(days=4) <= kept() <= timedelta(days=4, minutes=1)
    jobs.advance(world, 40 * DAY)
    assert kept() == timedelta(days=30)


@pytest.mark.parametrize(
    ("days", "name", "field"),
    [
        ({"logs": 5}, NAME, "logs"),
        ({"page-views": 0}, NAME, "page_views"),
        ({"logs": 14}, "Northwind", "name"),
        ({"logs": 7}, NAME, ""),
    ],
)
def test_what_is_not_offered_or_not_confirmed_changes_nothing(
    world: World, days: dict[str, int], name: str, field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        change(world, days, name)
    assert refused.value.field == field
    with world.uow("guance") as uow:
        assert not uow.session.scalars(select(Retention)).all()


def test_the_page_changes_the_policy_and_says_so(world: World, browse: Browse) -> None:
    client, workspace = signed_in(browse), owned(world, "zhaomin").id
    address = f"/workspace/{workspace}/settings/storage"
    typed = {"time_series": "3", "logs": "14", "traces": "3", "page_views": "3", "name": NAME}

    def refused(**more: str) -> httpx.Response:
        return post(client, address, **typed | more)

    assert "This is not the name of the workspace." in refused(name="x").text
    assert refused(logs="8").status_code == 422
    assert refused().status_code == 302
    page = client.get(address).text
    assert "1.50 / 1,000,000" in page
    assert "It decides the price of this day." in page
    lock(world)
    assert "This workspace is locked." in refused(logs="30").text
    with world.uow("guance") as uow:
        assert storage.policy_of(uow, workspace_of(uow))["logs"] == 14
        assert locks.is_history_visible(workspace_of(uow))
