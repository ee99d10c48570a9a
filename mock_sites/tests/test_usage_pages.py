"""Usage on pages: the Seller Center's records with their codes, and the buyer's usage and expenses by day."""

from datetime import date

import pytest
from sqlalchemy import select

from mock_sites.huawei.domain import expenses
from mock_sites.huawei.domain.catalogue import CARD_CONTENT, GUANCE_CONTENT
from mock_sites.huawei.domain.tables import Account, DailyExpense
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.huawei_pages import MARKETPLACE, SERVICES, Visit, visit, words_of
from mock_sites.tests.support.scenarios import Api
from mock_sites.tests.support.subscribing import buy
from mock_sites.tests.support.usage_push import body_of, push, record_of
from mock_sites.world import jobs
from mock_sites.world.world import World

__all__ = ["visit"]

EXPENSES = f"{MARKETPLACE}/buyer/expenses"


@pytest.fixture
def instance(world: World, browse: Browse) -> str:
    """An instance with 12.34 of usage that is billed, and a record that was refused."""
    instance = buy(world)
    jobs.advance(world, 3600)
    wrong = record_of(instance, world.clock.now(), usage_value="0", metering_sn="sn-wrong")
    push(world, browse, body_of(record_of(instance, world.clock.now()), wrong, record_of("lost", world.clock.now())))
    jobs.advance(world, 24 * 3600)
    return instance


@pytest.mark.usefixtures("instance")
def test_the_seller_center_lists_records_with_their_codes(browse: Browse) -> None:
    center = browse("https://seller.huaweicloud.com")
    page = words_of(center.get("/usage-records"))
    assert "12.34 Collected - Collected at" in page
    assert "Refused 003 The usage is not a number above 0 with at most 4 decimals." in page
    assert "lost sn-20260302T020008Z 2026-03-02 01:00:08 2026-03-02 02:00:08 12.34 Refused 001" in page
    narrowed = words_of(center.get("/usage-records", params={"product": GUANCE_CONTENT, "state": "refused"}))
    assert "sn-wrong" in narrowed
    assert "lost" not in narrowed
    assert "12.34" not in narrowed
    assert "No record fits." in words_of(center.get("/usage-records", params={"state": "accepted"}))


def test_the_api_lists_the_same_records(browse: Browse, instance: str) -> None:
    api = browse("https://seller.huaweicloud.com/api")
    found = api.get("/usage-records").json()
    assert (found["page"], found["pages"], found["total"]) == (1, 1, 3)
    lost, wrong, billed = found["records"]
    assert (lost["product"], lost["code"], lost["state"]) == (None, "001", "refused")
    assert (wrong["metering_sn"], wrong["explanation"][:9]) == ("sn-wrong", "The usage")
    assert (billed["instance_id"], billed["state"], billed["code"]) == (instance, "billed", "")
    assert billed["collected_at"].startswith("2026-03-02T17:00:00")
    narrowed = api.get("/usage-records", params={"product": GUANCE_CONTENT, "state": "refused"}).json()
    assert [record["metering_sn"] for record in narrowed["records"]] == ["sn-wrong"]


def test_the_cycle_of_collection_is_a_setting_of_the_product(browse: Browse) -> None:
    api = browse("https://seller.huaweicloud.com/api")
    assert api.get(f"/sellers/{GUANCE_CONTENT}").json()["billing_cycle"] == "day"
    assert api.patch(f"/sellers/{GUANCE_CONTENT}", json={"billing_cycle": "hour"}).json()["billing_cycle"] == "hour"
    assert api.patch(f"/sellers/{GUANCE_CONTENT}", json={"billing_cycle": "week"}).status_code == 422
    page = browse("https://seller.huaweicloud.com").get(f"/settings/{GUANCE_CONTENT}").text
    assert '<option selected value="hour">Hourly, at minute 15</option>' in page


def test_the_buyer_sees_usage_and_cost_with_the_resource_and_by_day(world: World, visit: Visit, instance: str) -> None:
    buyer = visit("hw_liwei")
    details = words_of(buyer.get(world.local(f"{SERVICES}/{instance}")))
    assert "Total usage 12.34 Total cost ¥12.34 Price ¥1.00 / unit" in details
    assert "2026-03-02 12.34 ¥12.34" in details
    by_day = words_of(buyer.get(world.local(EXPENSES)))
    assert f"2026-03-02 Guance SaaS Edition {instance} 12.34 ¥1.00 ¥12.34" in by_day
    assert "Total of all days ¥12.34" in by_day
    balance = words_of(buyer.get(world.local("https://account.huaweicloud.com/usercenter/top-up")))
    assert "¥99,987.66" in balance


def test_expenses_are_those_of_a_month_or_a_product_and_a_file_has_the_same(
    world: World, visit: Visit, instance: str
) -> None:
    with world.uow("huawei", write=True) as uow:
        march = uow.session.scalars(select(DailyExpense)).one()
        for day, fen in ((date(2026, 4, 1), 50), (date(2026, 5, 31), 7)):
            whose = {"account_id": march.account_id, "content_id": march.content_id, "instance_id": instance}
            uow.session.add(DailyExpense(day=day, fen=fen, **whose))
    buyer = visit("hw_liwei")

    def shows(**query: str) -> str:
        return words_of(buyer.get(world.local(EXPENSES), params=query))

    assert "Month All 2026-05 2026-04 2026-03 Product All Guance SaaS Edition Filter Export as CSV" in shows()
    april = shows(month="2026-04", product=GUANCE_CONTENT)
    assert f"2026-04-01 Guance SaaS Edition {instance} 0 ¥1.00 ¥0.50 Total of this choice ¥0.50" in april
    assert not {"2026-03-02", "2026-05-31"} & set(april.split())
    assert "Nothing was billed for this choice. Show all" in shows(product=CARD_CONTENT)
    assert "2026-03-02" in shows(month="2026-13")

    file = buyer.get(world.local(EXPENSES), params={"month": "2026-03", "export": "csv"})
    assert file.text.removeprefix("\ufeff").splitlines() == [
        "Day,Product,Instance ID,Usage,Unit,Unit price (CNY),Cost (CNY)",
        f"2026-03-02,Guance SaaS Edition,{instance},12.34,,1.00,12.34",
    ]
    assert len(buyer.get(world.local(EXPENSES), params={"export": "csv"}).text.splitlines()) == 4


def test_months_begin_with_the_latest_and_are_not_without_end(world: World, instance: str) -> None:
    with world.uow("huawei", write=True) as uow:
        march = uow.session.scalars(select(DailyExpense)).one()
        whose = {"account_id": march.account_id, "content_id": march.content_id, "instance_id": instance}
        uow.session.add(DailyExpense(day=date(2036, 1, 31), **whose))
        uow.session.flush()
        months = expenses.months_of(uow, uow.session.get_one(Account, march.account_id))
    assert (months[0], months[-1], len(months)) == ("2036-01", "2033-02", expenses.MOST_MONTHS)


@pytest.mark.usefixtures("instance")
def test_the_scenario_api_says_what_usage_has_cost(dispatcher: Dispatcher, world: World) -> None:
    account = Api(dispatcher, world, "hw_liwei").does("GET", "/account")
    assert (account["balance"], account["used_fen"]) == (100_000, 1234)


def test_another_account_sees_no_expense(world: World, visit: Visit, instance: str) -> None:
    stranger = visit("hw_wangfang")
    assert "No usage has been billed yet." in words_of(stranger.get(world.local(EXPENSES)))
    assert stranger.get(world.local(f"{SERVICES}/{instance}")).status_code == 404


def test_a_service_without_usage_says_so(world: World, visit: Visit) -> None:
    page = words_of(visit("hw_liwei").get(world.local(f"{SERVICES}/{buy(world)}")))
    assert "No usage has been billed yet. The seller reports it" in page
