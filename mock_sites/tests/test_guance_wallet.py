"""Balances and their ledger, and the sums that pages and files show (spec guance C.1, C.6)."""

import csv
import re
from collections import Counter
from datetime import date
from decimal import Decimal
from html import unescape
from io import StringIO

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from mock_sites.guance.billing_center import overview
from mock_sites.guance.domain import bills, ledger, recharges, settlement, subscriptions, vouchers, wallet, workspaces
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.tables import Account, DailyBill, LedgerEntry, MonthlyBill
from mock_sites.guance.domain.telemetry import hosts
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.billing_pages import signed_in
from mock_sites.tests.support.bills import BUYER, DAY, account_of, workspace_of
from mock_sites.tests.support.sending import post, token
from mock_sites.web import charts
from mock_sites.web.csv_file import harmless
from mock_sites.web.qr import qr
from mock_sites.world import jobs
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World


def add(world: World, kind: str, fen: int) -> None:
    """Give Zhao Min a credit."""
    with world.uow("guance", write=True) as uow:
        wallet.add(uow, account_of(uow), kind, fen)


def settle(world: World) -> None:
    """Settle all days that are over."""
    with world.uow("guance", write=True) as uow:
        wallet.settle(uow)


def entries_of(uow: UnitOfWork) -> list[LedgerEntry]:
    """All entries of Zhao Min, oldest first."""
    return list(uow.session.scalars(ledger.entries_of(account_of(uow).id)))[::-1]


def check_ledger(uow: UnitOfWork) -> Counter[str]:
    """Check that the entries add up to the balances, and that each says the balance after it. Returns their kinds."""
    balances = dict.fromkeys(wallet.BALANCES, 0)
    for entry in entries_of(uow):
        balances[entry.balance] += entry.fen
        assert entry.after == balances[entry.balance]
    assert balances == wallet.wallet_of(uow, account_of(uow).id).by_kind
    return Counter(entry.kind for entry in entries_of(uow))


def rows_of(answer: httpx.Response) -> list[dict[str, str]]:
    """The rows of a file, by their columns."""
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.text.startswith("\ufeff")
    return list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff"))))


def fact_of(page: httpx.Response, name: str) -> str:
    """A value that a page names."""
    found = re.search(rf'data-fact="{name}"[^>]*>\s*([^<]*?)\s*<', page.text)
    assert found
    return found[1]


def with_payers(world: World) -> None:
    """Three workspaces of Zhao Min over some days: one of them is paid by a cloud account."""
    with world.uow("guance", write=True) as uow:
        owner = uow.session.scalars(select(Account).where(Account.username == "zhaomin")).one()
        for name in ("=Second", "Third"):
            one = workspaces.create(
                uow,
                SITES["cn4"],
                name=name,
                language="en",
                owner=owner,
                billing_account=account_of(uow),
                cloud_account=None,
            )
            hosts.report(uow, one.token, "web-01", "linux")
        bought = subscriptions.Purchase("o1", "l1", BUYER, "OFFI", "Guance SaaS Edition")
        subscriptions.open_subscription(uow, bought, "i1")
        settlement.settle_by_huawei(uow, workspace_of(uow), huawei_account_id=BUYER, instance_id="i1")
    jobs.advance(world, 3 * DAY)
    settle(world)


def test_the_ledger_adds_up_to_the_balances_whatever_pays(world: World) -> None:
    add(world, wallet.VOUCHER, 700)
    add(world, wallet.PREPAID_CARD, 10_000)
    jobs.advance(world, 400 * DAY)
    settle(world)
    with world.uow("guance") as uow:
        assert wallet.wallet_of(uow, account_of(uow).id).arrears > 0
        check_ledger(uow)
    add(world, wallet.CASH, 1_000)
    add(world, wallet.PREPAID_CARD, 500_000)
    with world.uow("guance") as uow:
        kinds = check_ledger(uow)
    assert set(kinds) == {"recharge", "voucher", "prepaid-card", "consumption", "arrears"}


def test_the_consumption_of_a_day_is_the_sum_of_its_bills_that_no_cloud_account_pays(world: World) -> None:
    with_payers(world)
    with world.uow("guance") as uow:
        paid, billed = Counter[str](), Counter[str]()
        for entry in entries_of(uow):
            paid[entry.reference] -= entry.fen if entry.kind == ledger.CONSUMPTION else 0
        mine = DailyBill.billing_account_id == account_of(uow).id
        for bill in uow.session.scalars(select(DailyBill).where(mine, DailyBill.cloud_account_id.is_(None))):
            billed[f"{bill.day}"] += bill.fen
        assert +paid == billed


def test_what_is_left_of_a_voucher_expires_after_its_last_day_and_pays_until_then(world: World) -> None:
    jobs.advance(world, 30 * DAY)
    add(world, wallet.VOUCHER, 1_000_000)
    jobs.advance(world, 365 * DAY)
    settle(world)
    with world.uow("guance") as uow:
        before = wallet.wallet_of(uow, account_of(uow).id)
        assert before.voucher > 0
        last = entries_of(uow)[-1]
        assert (last.kind, last.balance) == (ledger.CONSUMPTION, wallet.VOUCHER)
    jobs.advance(world, 2 * DAY)
    settle(world)
    with world.uow("guance") as uow:
        assert wallet.wallet_of(uow, account_of(uow).id).voucher == 0
        assert check_ledger(uow)[ledger.EXPIRY] == 1
        spent = [entry.balance for entry in entries_of(uow) if entry.kind == ledger.CONSUMPTION]
    assert spent[-2:] == [wallet.VOUCHER, wallet.CASH]


@pytest.mark.parametrize("account", ["zhaomin", "sunli"])
def test_a_voucher_expires_also_where_there_is_nothing_to_pay(world: World, account: str) -> None:
    with world.uow("guance", write=True) as uow:
        wallet.add(uow, account_of(uow, account), wallet.VOUCHER, 9_000_000)
    jobs.advance(world, 400 * DAY)
    settle(world)
    with world.uow("guance") as uow:
        assert wallet.wallet_of(uow, account_of(uow, account).id).voucher == 0


def test_the_bill_of_a_month_is_the_same_by_payer_by_item_by_day_and_by_workspace(world: World) -> None:
    with_payers(world)
    with world.uow("guance") as uow:
        months = list(uow.session.scalars(bills.months_of(account_of(uow).id)))
        for month in months:
            days = list(uow.session.scalars(bills.of_account(account_of(uow).id, month.month)))
            assert month.fen == sum(month.by_item.values()) == sum(bill.fen for bill in days)
            assert month.fen == sum(fen for _workspace, fen in bills.by_workspace(uow, month, 9))
        assert months[0].by_cloud_accounts > 0 < months[0].by_billing_center


def test_a_line_is_quantity_times_unit_price_and_the_lines_add_up_to_the_bill(world: World) -> None:
    with world.uow("guance") as uow:
        for bill in uow.session.scalars(select(DailyBill)):
            lines = bills.lines_of(bill)
            assert sum(line.fen for line in lines) == bill.fen
            for line in lines:
                assert line.exact == Decimal(line.price.fen) / 100 * line.quantity / line.price.units
                assert abs(line.exact * 100 - line.fen) < 1
            exact = sum(line.exact for line in lines) * 100
            assert bill.fen == int(exact + Decimal("0.5"))


def test_the_page_of_a_day_has_the_formula_of_each_item(world: World, browse: Browse) -> None:
    client = signed_in(browse, "zhaomin")
    with world.uow("guance") as uow:
        bill = uow.session.get_one(DailyBill, (workspace_of(uow).id, date(2026, 3, 1)))
        other = workspace_of(uow, "zhouhao").id
    page = client.get(f"/bills/{bill.workspace_id}/2026-03-01")
    series = bill.time_series
    exact = f"{Decimal(series) * 60 / 100_000:,}"
    assert f"{series:,} ÷ 1,000 × 0.60 = {exact}" in page.text
    assert fact_of(page, "total") == f"{bill.fen / 100:,.2f}"
    for path in (f"{bill.workspace_id}/2026-03-09", f"{bill.workspace_id}/x", f"{other}/2026-03-01"):
        assert client.get(f"/bills/{path}").status_code == 404


@pytest.mark.parametrize(("named", "shown"), [(overview.MOST_NAMED, {"=Second"}), (1, {"Other workspaces"})])
def test_the_overview_has_twelve_months_and_the_shares_of_one(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch, named: int, shown: set[str]
) -> None:
    monkeypatch.setattr(overview, "MOST_NAMED", named)
    with_payers(world)
    client = signed_in(browse, "zhaomin")
    page = client.get("/?month=2026-03")
    titles = re.findall(r"<title>([0-9-]{7}) ([0-9.,]+) CNY</title>", page.text)
    assert [month for month, _ in titles] == [
        *(f"2025-{month:02}" for month in range(4, 13)),
        "2026-01",
        "2026-02",
        "2026-03",
    ]
    with world.uow("guance") as uow:
        month = uow.session.get_one(MonthlyBill, (account_of(uow).id, date(2026, 3, 1)))
    assert dict(titles)["2026-03"] == f"{month.fen / 100:,.2f}"
    for shares in re.findall(r"<section data-shares.*?</section>", page.text, re.DOTALL):
        amounts = re.findall(r"<strong>([0-9.,]+)</strong>", shares)
        assert sum(Decimal(amount) for amount in amounts) == Decimal(month.fen) / 100
        assert sum(Decimal(share) for share in re.findall(r"([0-9.]+)&nbsp;%", shares)) == 100
    assert {name for name in ("=Second", "Other workspaces") if name in page.text} == shown
    assert "2026-02</h2>" in client.get("/?month=nonsense").text  # the last one that is over
    assert 'data-shares="item"' not in signed_in(browse, "sunli").get("/").text


@given(st.dictionaries(st.text(), st.integers(0, 10**12), max_size=6))
def test_shares_follow_each_other_and_add_up_to_the_whole(values: dict[str, int]) -> None:
    found = charts.shares(values)
    assert [share.name for share in found] == list(values)
    end = 0
    for share in found:
        assert share.start == end
        end += share.tenths
    assert end == (1000 if any(values.values()) else 0)


def test_a_file_has_all_rows_of_the_filter_and_no_formulas(world: World, browse: Browse) -> None:
    with_payers(world)
    client = signed_in(browse, "zhaomin")
    days = rows_of(client.get("/bills/details?month=2026-03&export=csv"))
    assert len(days) == 4 + 2 * 3
    assert {row["Workspace"] for row in days} == {"'=Second", "Third", "northwind-prod"}
    for row in days:
        items = [Decimal(row[f"{item} (CNY)"]) for item in bills.ITEMS.values()]
        assert sum(items) == Decimal(row["Amount (CNY)"])
    page = client.get("/bills/details?month=2026-03")
    assert fact_of(page, "total") == f"{sum(Decimal(row['Amount (CNY)']) for row in days):,}"
    third = rows_of(client.get("/bills/details?month=2026-03&workspace=Third&export=csv"))
    assert [row["Workspace"] for row in third] == ["Third"] * 3
    months = rows_of(client.get("/bills?export=csv"))
    assert Decimal(months[0]["Total (CNY)"]) == sum(Decimal(row["Amount (CNY)"]) for row in days)
    assert not rows_of(signed_in(browse, "sunli").get("/bills/details?export=csv"))


def test_income_and_expenditure_are_filtered_by_kind_balance_and_day_and_add_up(world: World, browse: Browse) -> None:
    add(world, wallet.PREPAID_CARD, 10_000)
    client = signed_in(browse, "zhaomin")
    path = "/bills/income-and-expenditure"
    for query in (
        "",
        "kind=consumption",
        "first=2026-02-01&last=2026-02-28",
        "kind=recharge&last=2025-01-01",
        "balance=prepaid-card",
        "kind=consumption&balance=prepaid-card&first=2026-02-01",
        "balance=cash&last=2025-01-01",
        "kind=x&balance=y&first=y",
    ):
        rows = rows_of(client.get(f"{path}?{query}&export=csv"))
        amounts = [Decimal(row["Amount (CNY)"]) for row in rows]
        page = client.get(f"{path}?{query}")
        assert fact_of(page, "income") == f"{sum((one for one in amounts if one > 0), Decimal('0.00')):,}"
        assert fact_of(page, "expenditure") == f"{-sum((one for one in amounts if one < 0), Decimal('-0.00')):,}"
        assert page.text.count('class="day"') == min(len(rows), 50)
    february = rows_of(client.get(f"{path}?first=2026-02-01&last=2026-02-28&export=csv"))
    assert len({row["Time"] for row in february}) == 28
    for query in ("last=2025-01-01", "balance=voucher&last=2025-01-01"):
        assert "No income or expenditure fits." in client.get(f"{path}?{query}").text
    cards = client.get(f"{path}?balance=prepaid-card").text
    assert '<option value="prepaid-card" selected>' in cards
    assert unescape(cards).count(f"{path}?export=csv&balance=prepaid-card") == 1
    for query, accounts in (("balance=prepaid-card", {"Prepaid card"}), ("", {"Prepaid card", "Cash", "Voucher"})):
        assert {row["Balance type"] for row in rows_of(client.get(f"{path}?{query}&export=csv"))} == accounts


@pytest.mark.parametrize(
    ("cell", "written"), [("=1+1", "'=1+1"), ("-", "'-"), (Decimal("-1.00"), Decimal("-1.00")), ("a", "a")]
)
def test_a_spreadsheet_computes_no_text(cell: object, written: object) -> None:
    assert harmless(cell) == written


def act(client: httpx.Client, page: str, verb: str) -> httpx.Response:
    """Click a button of a page."""
    return client.post(f"{page}/{verb}", data={"csrf_token": token(client.get(page))})


def cash_of(world: World, username: str = "zhaomin") -> int:
    """The cash balance of an account."""
    with world.uow("guance") as uow:
        return wallet.wallet_of(uow, account_of(uow, username).id).cash


@pytest.mark.parametrize("method", recharges.METHODS)
def test_a_recharge_is_credited_once_it_is_paid_and_only_once(world: World, browse: Browse, method: str) -> None:
    client, before = signed_in(browse, "zhaomin"), cash_of(world)
    checkout = post(client, "/wallet/recharge", amount="250", method=method, attempt="5").headers["location"]
    page = client.get(checkout)
    assert fact_of(page, "amount") == "250.00"
    assert ('class="qr"' in page.text) == (method == "alipay")
    assert cash_of(world) == before
    for _time in range(2):
        assert act(client, checkout, "pay").status_code == 302
        assert cash_of(world) == before + 25_000
    assert ">Paid</span>" in client.get(checkout).text
    refused = act(client, checkout, "cancel")
    assert (refused.status_code, "This recharge is paid." in refused.text) == (422, True)
    number = checkout.rpartition("/")[2]
    assert number in client.get("/bills/income-and-expenditure?kind=recharge").text
    assert number in client.get("/wallet").text
    with world.uow("guance") as uow:
        check_ledger(uow)


def test_a_cancelled_recharge_cannot_be_paid(world: World, browse: Browse) -> None:
    client, before = signed_in(browse, "sunli"), cash_of(world, "sunli")
    checkout = post(client, "/wallet/recharge", amount="5", method="alipay", attempt="5").headers["location"]
    assert act(client, checkout, "cancel").headers["location"] == "/wallet"
    assert "was cancelled" in client.get("/wallet").text
    assert client.get(f"{checkout}").text.count("<form") == client.get("/workspaces").text.count("<form")
    assert act(client, checkout, "pay").status_code == 422
    assert cash_of(world, "sunli") == before


@pytest.mark.parametrize("amount", ["", "0", "-5", "1.5", "1000001", "x", "1" * 30, "\u0663"])
def test_an_amount_that_cannot_be_recharged_is_refused_beside_its_field(
    browse: Browse, world: World, amount: str
) -> None:
    refused = post(signed_in(browse, "zhaomin"), "/wallet/recharge", amount=amount, method="alipay")
    assert refused.status_code == 422
    assert 'id="amount-error"' in refused.text
    assert not world.journal(kind="guance.recharge.begun")[3:]  # those of the ready-made people


def test_another_method_is_refused(browse: Browse) -> None:
    assert post(signed_in(browse, "zhaomin"), "/wallet/recharge", amount="5", method="cash").status_code == 422


def test_a_recharge_pays_arrears_first(world: World, browse: Browse) -> None:
    jobs.advance(world, 400 * DAY)
    client = signed_in(browse, "zhaomin")
    assert "in arrears by" in client.get("/wallet/recharge").text
    checkout = post(client, "/wallet/recharge", amount="5000", method="alipay").headers["location"]
    act(client, checkout, "pay")
    with world.uow("guance") as uow:
        left = wallet.wallet_of(uow, account_of(uow).id)
        assert (left.arrears, left.prepaid_card) == (0, 0)
        assert 0 < left.cash < 500_000
        assert check_ledger(uow)[ledger.ARREARS] == 2


def test_a_voucher_is_activated_by_its_code_once_and_by_its_account_only(world: World, browse: Browse) -> None:
    with world.uow("guance", write=True) as uow:
        code = vouchers.issue(uow, account_of(uow)).activation_code
        assert vouchers.issue(uow, account_of(uow)).activation_code == code
    client, path = signed_in(browse, "zhaomin"), "/wallet/vouchers/activate"
    messages: list[str] = []
    for who, typed in ((client, "AAAA-BBBB-CCCC-DDDD"), (signed_in(browse, "sunli"), code)):
        refused = post(who, path, activation_code=typed)
        assert refused.status_code == 422
        messages += re.findall(r'id="activation_code-error">(.*?)<', refused.text)
    assert len(messages) == 2
    assert len(set(messages)) == 1
    assert post(client, path, activation_code=f" {code.lower()} ").status_code == 302
    page = client.get("/wallet/vouchers")
    assert fact_of(page, "voucher") == "200.00 CNY"
    assert "2027-03-02" in page.text
    assert "activated already" in post(client, path, activation_code=code).text
    rows = rows_of(client.get("/wallet/vouchers?export=csv"))
    assert [(row["Face value (CNY)"], row["Status"]) for row in rows] == [("200.00", "Valid"), ("100.00", "Used up")]


def test_a_qr_code_is_a_picture_of_its_text_alone() -> None:
    assert qr("https://a.example/1") == qr("https://a.example/1") != qr("https://a.example/2")
    assert re.fullmatch(
        r'<svg viewBox="0 0 [0-9]+ [0-9]+" class="qr"><path [^<>]+/><path [^<>]+/></svg>', qr("</svg><script>")
    )
