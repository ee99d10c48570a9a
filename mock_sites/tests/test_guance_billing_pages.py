"""The pages of the billing center: what each user can see and do (spec guance C)."""

import re
from datetime import date, timedelta

import httpx
import pytest
from sqlalchemy import func, select

from mock_sites.guance import settling
from mock_sites.guance.billing_center import cards
from mock_sites.guance.domain import bills, settlement, wallet
from mock_sites.guance.domain.tables import BillingAccount, Credit, DailyBill, LedgerEntry, MonthlyBill, Workspace
from mock_sites.guance.people import PEOPLE
from mock_sites.huawei.domain import catalogue, checkout
from mock_sites.huawei.domain.tables import Account as HuaweiAccount
from mock_sites.huawei.domain.tables import Order, Product
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.billing_pages import BUYER, signed_in, subscribed, workspace_of
from mock_sites.tests.support.mailbox import last_code
from mock_sites.tests.support.sending import post
from mock_sites.tests.support.sending import token as csrf_token
from mock_sites.world import jobs
from mock_sites.world.company import Person
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.store import Worlds
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World

HOSTILE = "'; DROP TABLE x; -- <b>عمل 🚀</b>"


@pytest.fixture
def client(browse: Browse) -> httpx.Client:
    """Zhao Min, signed in."""
    return signed_in(browse, "zhaomin")


PAGES = (
    "/",
    "/workspaces",
    "/workspaces/bind",
    "/wallet",
    "/wallet/recharge",
    "/wallet/vouchers",
    "/wallet/vouchers/activate",
    "/wallet/prepaid-cards",
    "/wallet/prepaid-cards/purchase",
    "/bills",
    "/bills/details",
    "/account/profile",
    "/account/email",
    "/account/phone",
    "/account/security",
    "/account/real-name",
    "/account/cloud-accounts",
    "/support",
    "/support/new",
)


def test_every_page_needs_a_sign_in_and_opens_with_one(browse: Browse, client: httpx.Client) -> None:
    stranger = browse("https://boss.guance.com")
    for page in PAGES:
        assert "/signin?next=" in stranger.get(page).headers["location"]
        assert client.get(page).status_code == 200


def test_few_transactions_settle_many_days_and_others_can_write_in_between(
    world: World, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs.advance(world, 5 * 24 * 3600)  # the monthly mail, which also settles, is over
    client.get("/")
    stored: dict[UnitOfWork, int] = {}
    write_down = bills.write_down

    def watched(uow: UnitOfWork, until: date) -> dict[str, dict[date, int]]:
        there = select(func.count()).select_from(DailyBill)
        before = uow.session.scalar(there) or 0
        own = write_down(uow, until)
        stored[uow] = (uow.session.scalar(there) or 0) - before
        return own

    monkeypatch.setattr(bills, "write_down", watched)
    monkeypatch.setattr(settling, "MOST_BILLS", 10)
    jobs.advance(world, 20 * 24 * 3600)
    client.get("/")
    numbers = list(stored.values())
    assert sum(numbers) > settling.MOST_BILLS
    assert max(numbers) <= settling.MOST_BILLS
    assert min(numbers[:-1]) > settling.MOST_BILLS // 2


def test_bills_and_balances_are_the_same_in_however_many_transactions_days_are_settled(
    worlds: Worlds, world: World, dispatcher: Dispatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind, days in ((wallet.VOUCHER, 9), (wallet.PREPAID_CARD, 17)):
        monkeypatch.setitem(wallet.VALID_FOR, kind, timedelta(days=days))
    with world.uow("guance", write=True) as uow:
        for account in uow.session.scalars(select(BillingAccount).order_by(BillingAccount.id)):
            for kind in (wallet.VOUCHER, wallet.PREPAID_CARD, wallet.VOUCHER):
                wallet.add(uow, account, kind, 5_000)
    found: list[list[object]] = []
    for most in (1, 30, 100_000):
        monkeypatch.setattr(settling, "MOST_BILLS", most)
        copy = worlds.fork(world.name)
        jobs.advance(copy, 40 * 24 * 3600)
        transport = httpx.WSGITransport(dispatcher)
        with httpx.Client(transport=transport, base_url=copy.local("https://boss.guance.com")) as visitor:
            visitor.get("/signin")
        with copy.uow("guance") as uow:
            rows: list[object] = []
            for table in (DailyBill, MonthlyBill, LedgerEntry, Credit, BillingAccount):
                columns = [column for column in table.__table__.columns if column.name != "number"]
                columns = [column for column in columns if table is not LedgerEntry or column.name != "id"]
                rows += sorted(map(repr, uow.session.execute(select(*columns)).all()))
            found.append(rows)
        worlds.drop(copy.name)
    assert len(found[0]) > 80
    assert found[0] == found[1] == found[2]


def test_what_belongs_to_others_is_a_404(world: World, browse: Browse, client: httpx.Client) -> None:
    subscribed(world)
    foreign = workspace_of(world, "zhouhao").id
    sun_li = signed_in(browse, "sunli")
    assert post(sun_li, "/support/new", category="billing", title="Mine", text="Mine").status_code == 302
    ticket = world.journal(kind="guance.ticket.submitted")[-1].details["ticket"]
    assert sun_li.get(f"/support/{ticket}").status_code == 200
    with world.uow("guance", write=True) as uow:
        settlement.settle_by_huawei(
            uow,
            uow.session.get_one(Workspace, workspace_of(world, "zhaomin").id),
            huawei_account_id=BUYER,
            instance_id="i1",
        )
    assert client.get(f"/account/cloud-accounts/{BUYER}/bind").status_code == 200
    assert sun_li.get(f"/account/cloud-accounts/{BUYER}/bind").status_code == 404
    for path in (f"/workspaces/{foreign}/settlement", f"/workspaces/{foreign}/unlock", f"/support/{ticket}"):
        assert client.get(path).status_code == 404
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/").text)
    assert token
    fields = {"csrf_token": token[1], "huawei_account_id": BUYER, "instance_id": "i1"}
    assert client.post(f"/workspaces/{foreign}/settlement?method=huawei", data=fields).status_code == 404
    assert workspace_of(world, "zhouhao").settlement == "billing-center"


def test_a_prepaid_card_is_credited_by_account_id_and_order_number(
    monkeypatch: pytest.MonkeyPatch, client: httpx.Client
) -> None:
    def look_up_card(_world: World, order_id: str) -> wallet.CardPurchase | None:
        return wallet.CardPurchase(order_id, BUYER, wallet.CARD_PRODUCT, 50) if order_id == "CS1" else None

    monkeypatch.setattr(cards.orders, "look_up_card", look_up_card)
    path = "/wallet/prepaid-cards/purchase"
    fields = {"method": "huawei", "huawei_account_id": BUYER}
    refused = post(client, path, **fields, order_number="CS9")
    assert refused.status_code == 422
    assert 'value="CS9"' in refused.text
    assert post(client, path, **fields, order_number=" CS1 ").status_code == 302
    assert "5,000.00" in client.get("/").text
    assert post(client, path, **fields, order_number="CS1").status_code == 422
    assert "5,000.00" in client.get("/").text


def test_an_order_of_the_marketplace_is_credited_once_it_is_paid_and_never_again(
    world: World, client: httpx.Client
) -> None:
    with world.uow("huawei", write=True) as uow:
        buyer = uow.session.scalars(select(HuaweiAccount).where(HuaweiAccount.name == "hw_liwei")).one()
        card = uow.session.get_one(Product, catalogue.CARD_CONTENT)
        order = checkout.order_card(uow, buyer, card, attempt=1, quantity=3)

    def credited(huawei_account_id: str) -> bool:
        fields = {"huawei_account_id": huawei_account_id, "order_number": order.id}
        return post(client, "/wallet/prepaid-cards/purchase", method="huawei", **fields).status_code == 302

    assert not credited(buyer.id)  # not paid yet
    with world.uow("huawei", write=True) as uow:
        checkout.pay(uow, uow.session.get_one(Order, order.id))
    assert not credited("f" * 32)
    assert credited(buyer.id)
    assert not credited(buyer.id)
    assert "300.00" in client.get("/wallet/prepaid-cards").text


def test_bills_are_filtered_by_month_and_workspace(world: World, client: httpx.Client) -> None:
    assert "2026-02" in client.get("/bills").text
    own, foreign = workspace_of(world, "zhaomin").id, workspace_of(world, "zhouhao").id
    assert client.get("/bills/details?month=2026-02").text.count('class="day"') == 28
    assert client.get(f"/bills/details?month=2026-02&workspace={own}").text.count('class="day"') == 28
    other = client.get(f"/bills/details?month=2026-02&workspace={foreign}")
    assert "Nothing was billed" in other.text
    assert "Riverbank" not in other.text
    assert client.get(f"/bills/details?month={HOSTILE}&workspace={HOSTILE}").status_code == 200


def test_a_new_password_ends_the_other_sessions_and_not_this_one(browse: Browse, client: httpx.Client) -> None:
    other = signed_in(browse, "zhaomin")
    fields = {"current": PASSWORD, "password": "Another-2026", "confirm": "Another-2026"}
    assert post(client, "/account/security", **{**fields, "confirm": "Other-2026"}).status_code == 422
    assert post(client, "/account/security", **fields).status_code == 302
    assert client.get("/account/security").status_code == 200
    assert other.get("/").status_code == 302
    assert post(browse("https://boss.guance.com"), "/signin", username="zhaomin", password=PASSWORD).status_code == 422
    signed_in(browse, "zhaomin", "Another-2026")


def test_forgot_password_reads_the_same_for_everybody(world: World, browse: Browse) -> None:
    pages: set[str] = set()
    for name in ("zhaomin", "nobodyhere"):
        client = browse("https://boss.guance.com")
        assert post(client, "/forgot", username=name).headers["location"] == "/forgot/password"
        answer = post(client, "/forgot/password", code="000000", password="Another-2026", confirm="Another-2026")
        assert answer.status_code == 422
        pages.add(re.sub(r'name="csrf_token"[^>]*>', "", answer.text).replace(name, "NAME"))
    assert len(pages) == 1

    client = browse("https://boss.guance.com")
    jobs.advance(world, 61)
    post(client, "/forgot", username="zhaomin")
    code = last_code(world, "zhao.min@northwind.example.com")
    changed = post(client, "/forgot/password", code=code, password="Another-2026", confirm="Another-2026")
    assert changed.headers["location"] == "/signin"
    signed_in(browse, "zhaomin", "Another-2026")


def test_a_phone_number_is_bound_where_there_is_none(world: World, client: httpx.Client) -> None:
    for page in ("/account/profile", "/account/phone"):
        assert "Bind Phone Number" in client.get(page).text
    with world.uow("guance", write=True) as uow:
        uow.session.scalars(
            select(BillingAccount).where(BillingAccount.username == "zhaomin")
        ).one().phone = "13800138000"
    for page in ("/account/profile", "/account/phone"):
        assert "Change Phone Number" in client.get(page).text


def test_the_first_phone_is_bound_and_the_next_one_changes_it(world: World, client: httpx.Client) -> None:
    address = "zhao.min@northwind.example.com"
    for new, notice in (("13800000001", "was bound"), ("13800000002", "was changed")):
        token = csrf_token(client.get("/account/phone"))
        assert client.post("/account/phone/code", data={"csrf_token": token}).status_code == 200
        post(client, "/account/phone", code=last_code(world, address))
        assert client.post("/account/phone/new/code", data={"csrf_token": token, "new": new}).status_code == 200
        address = f"{new}@sms.localhost"
        post(client, "/account/phone/new", new=new, code=last_code(world, address))
        assert f"Your phone number {notice}." in client.get("/account/profile").text
        jobs.advance(world, 60)


def test_the_second_stage_of_a_change_is_not_reached_before_the_first(world: World, client: httpx.Client) -> None:
    assert client.get("/account/email/new").headers["location"] == "/account/email"
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/account/email").text)
    assert found
    token = {"csrf_token": found[1]}
    assert client.post("/account/email/new/code", data={**token, "new": "x@example.com"}).status_code == 409

    assert client.post("/account/email/code", data=token).status_code == 200
    code = last_code(world, "zhao.min@northwind.example.com")
    assert post(client, "/account/email", code=code).headers["location"] == "/account/email/new"
    assert client.get("/account/phone/new").headers["location"] == "/account/phone"
    new = "min@northwind.example.com"
    assert client.post("/account/email/new/code", data={**token, "new": "nonsense"}).status_code == 422
    assert client.post("/account/email/new/code", data={**token, "new": new}).status_code == 200
    assert post(client, "/account/email/new", new=new, code=last_code(world, new)).status_code == 302
    assert new in client.get("/account/profile").text
    assert client.get("/account/email/new").status_code == 302


def test_the_proof_of_the_first_stage_ends_after_ten_minutes(world: World, client: httpx.Client) -> None:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/account/email").text)
    assert found
    client.post("/account/email/code", data={"csrf_token": found[1]})
    post(client, "/account/email", code=last_code(world, "zhao.min@northwind.example.com"))
    assert client.get("/account/email/new").status_code == 200
    jobs.advance(world, 601)
    assert client.get("/account/email/new").status_code == 302


def test_what_is_typed_is_shown_harmlessly_or_refused(client: httpx.Client) -> None:
    profile = {"company": HOSTILE, "industry": HOSTILE, "region": "", "description": HOSTILE, "contact": ""}
    assert post(client, "/account/profile", **profile).status_code == 302
    assert "<b>عمل" not in client.get("/account/profile").text
    assert post(client, "/account/profile", **{**profile, "company": "x" * 256}).status_code == 422
    sent = post(client, "/support/new", category="billing", title=HOSTILE, text=f"{HOSTILE}\n{HOSTILE}")
    assert "<b>عمل" not in client.get(sent.headers["location"]).text
    assert post(client, "/support/new", category="other", title=" ", text="x" * 2001).status_code == 422
    for workspace_id in ("", "x" * 256, HOSTILE):
        assert post(client, "/workspaces/bind", workspace_id=workspace_id).status_code == 422


def test_the_username_cannot_be_changed(client: httpx.Client) -> None:
    assert 'name="username"' not in client.get("/account/profile").text
    post(client, "/account/profile", company="Northwind", username="other")
    assert "zhaomin" in client.get("/account/profile").text


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.username)
def test_the_company_of_a_ready_made_person_has_a_name_in_each_language_and_its_own_mail_domain(
    browse: Browse, person: Person
) -> None:
    client = signed_in(browse, person.username)
    english, chinese = (company_of(client, language) for language in ("en", "zh"))

    assert person.email.partition("@")[2] == f"{english.split()[0].lower()}.example.com"
    assert re.fullmatch(r"[\u4e00-\u9fff]+有限公司", chinese)
    form = client.get("/account/profile", headers={"Accept-Language": "zh"}).text
    assert f'value="{chinese}"' in form
    post(client, "/account/profile", company=chinese)
    assert [company_of(client, language) for language in ("en", "zh")] == [english, chinese]


def test_another_company_is_shown_as_it_was_typed(client: httpx.Client) -> None:
    post(client, "/account/profile", company="Members 100%")
    assert company_of(client, "zh") == "Members 100%"


def company_of(client: httpx.Client, language: str) -> str:
    """The name of the company on the overview."""
    page = client.get("/", headers={"Accept-Language": language}).text
    return re.findall(r'<span translate="no">(.*?)</span>', page)[0]
