"""Logging in by what the kit told, and what a suspended subscription means for those who use it."""

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select

from mock_sites.guance.domain import (
    applications,
    billing_accounts,
    locks,
    organizations,
    settlement,
    subscriptions,
    tenants,
    visits,
)
from mock_sites.guance.domain.applications import Credentials
from mock_sites.guance.domain.organizations import Person
from mock_sites.guance.domain.subscriptions import EXPIRED, FROZEN, Purchase
from mock_sites.guance.domain.tables import Account, BillingAccount, CloudAccount, Subscription, Tenant, Workspace
from mock_sites.huawei.domain.tables import Member
from mock_sites.tests.conftest import Browse
from mock_sites.tests.test_guance_pages import post
from mock_sites.tests.test_huawei_oauth import authorized_member, code_for
from mock_sites.world.agreement import AUTH_CENTRE, seller_keys
from mock_sites.world.book import Book
from mock_sites.world.errors import Refusal
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.world import World

BUYER = "0123456789abcdef0123456789abcdef"
LOGIN = "/huaweicloud/login"


@pytest.fixture
def book(world: World) -> Iterator[Book]:
    """Guance's book, with a subscription of the buyer that settles the workspace of zhaomin."""
    with world.book("guance", write=True) as book:
        subscriptions.open_subscription(book, Purchase("CS1", "CS1-000001", BUYER, "OFFI", "Guance"), "b1")
        holder = book.session.scalars(select(BillingAccount).where(BillingAccount.username == "zhaomin")).one()
        cloud_account = billing_accounts.link_cloud_account(book, holder, BUYER)
        settlement.attach_cloud_account(book, workspace(book), cloud_account)
        book.commit()
        yield book


def workspace(book: Book) -> Workspace:
    """The workspace of zhaomin."""
    owner = book.session.scalars(select(Account).where(Account.username == "zhaomin")).one()
    return book.session.scalars(select(Workspace).where(Workspace.owner_id == owner.id)).one()


def subscription(book: Book) -> Subscription:
    """The buyer's."""
    return book.session.get_one(Subscription, "b1")


def enterprise(world: World, member_id: str) -> str:
    """Let Guance know the enterprise of a member at the instance b1; its tenant id."""
    with world.book("huawei") as book:
        tenant_id = book.session.get_one(Member, member_id).enterprise_id
    with world.book("guance", write=True) as book:
        subscriptions.open_subscription(book, Purchase("CS1", "CS1-000001", BUYER, "OFFI", "Guance"), "b1")
        tenants.sync(book, tenants.TenantFacts(tenant_id, "b1", "acme", "Acme", AUTH_CENTRE))
    return tenant_id


def log_in(world: World, client: httpx.Client, member_id: str, tenant_id: str) -> httpx.Response:
    """What Guance answers to a member whom unified login sends with a code."""
    return client.get(LOGIN, params={"code": code_for(world, member_id), "tenant": tenant_id})


def test_codes_are_redeemed_by_the_client_that_the_kit_told(world: World, browse: Browse) -> None:
    member_id = authorized_member(world)
    tenant_id, keys = enterprise(world, member_id), seller_keys(world.seed)
    client = browse("https://auth.guance.com")
    statuses: list[int] = []
    for secret in (None, "another", keys.client_secret):
        if secret:
            with world.book("guance", write=True) as book:
                tenant = book.session.get_one(Tenant, (tenant_id, "b1"))
                applications.sync(book, tenant, keys.app_id, Credentials(keys.client_id, secret))
        statuses.append(log_in(world, client, member_id, tenant_id).status_code)
    assert statuses == [302, 403, 302]


def test_who_was_disabled_or_withdrawn_is_not_let_in_whatever_unified_login_says(world: World, browse: Browse) -> None:
    member_id = authorized_member(world)
    tenant_id, client = enterprise(world, member_id), browse("https://auth.guance.com")
    wendy = Person(user_name="wendy", name="Wendy", org_code="o1", role="user", enabled=True, mobile="", email="")
    with world.book("guance", write=True) as book:
        tenant = book.session.get_one(Tenant, (tenant_id, "b1"))
        organizations.authorize(book, tenant, [wendy])
    assert log_in(world, client, member_id, tenant_id).status_code == 302
    with world.book("guance", write=True) as book:
        organizations.withdraw(book, tenant_id, "b1", ["wendy"])
    refused = log_in(world, client, member_id, tenant_id)
    assert (refused.status_code, "cancelled your authorization" in refused.text) == (403, True)


def test_while_it_is_suspended_nobody_logs_in_by_it_and_afterwards_everybody_does(world: World, browse: Browse) -> None:
    member_id = authorized_member(world)
    tenant_id, client = enterprise(world, member_id), browse("https://auth.guance.com")
    assert log_in(world, client, member_id, tenant_id).status_code == 302
    assert client.get("/huaweicloud/start").status_code == 200

    with world.book("guance", write=True) as book:
        subscriptions.suspend(book, subscription(book), FROZEN)
    for answer in (log_in(world, client, member_id, tenant_id), client.get("/huaweicloud/start")):
        assert (answer.status_code, "The Subscription Is Suspended" in answer.text) == (409, True)
    assert len(world.journal(kind="guance.visit.began")) == 1

    with world.book("guance", write=True) as book:
        subscriptions.resume(book, subscription(book))
    assert client.get("/huaweicloud/start").status_code == 200
    assert log_in(world, client, member_id, tenant_id).status_code == 302


def test_a_suspended_subscription_settles_nothing_new(book: Book) -> None:
    subscriptions.suspend(book, subscription(book), EXPIRED)
    other = book.session.scalars(select(Workspace).where(Workspace.site == "cn1")).one()
    other.billing_account.any_settlement = True
    with pytest.raises(Refusal, match="suspended"):
        settlement.settle_by_huawei(book, other, huawei_account_id=BUYER, instance_id="b1")
    mine = workspace(book)
    settlement.detach_cloud_account(book, mine)
    mine.billing_account.any_settlement = True
    with pytest.raises(Refusal, match="suspended"):
        settlement.settle_by_registered(book, mine, book.session.get_one(CloudAccount, BUYER))


def test_a_visit_of_a_suspended_subscription_has_no_payer(book: Book) -> None:
    tenants.sync(book, tenants.TenantFacts("t1", "b1", "acme", "Acme", AUTH_CENTRE))
    tenant = book.session.get_one(Tenant, ("t1", "b1"))
    visit = visits.begin(book, tenant, visits.Member("wendy", "Wendy", "", ""))
    subscriptions.suspend(book, subscription(book), FROZEN)
    with pytest.raises(Refusal, match="suspended"):
        visits.payer(book, visit)
    subscriptions.open_subscription(book, Purchase("CS2", "CS2-000001", BUYER, "OFFI", "Guance"), "b2")
    assert visits.payer(book, visit) == BUYER


def test_what_it_settles_is_locked_until_it_is_resumed(book: Book) -> None:
    locks.suspend_subscription(book, subscription(book), FROZEN)
    assert (workspace(book).state, workspace(book).cloud_account_id) == ("locked", BUYER)
    locks.resume_subscription(book, subscription(book))
    assert (workspace(book).state, workspace(book).cloud_account_id) == ("normal", BUYER)
    assert workspace(book).locked_at is None


def test_a_renewal_unlocks_what_an_expiry_has_locked(book: Book) -> None:
    locks.suspend_subscription(book, subscription(book), EXPIRED)
    assert workspace(book).state == "locked"
    until = book.now + timedelta(days=30)
    locks.renew_subscription(book, subscription(book), until=until, scene="RENEWAL", order_id="CS9")
    assert workspace(book).state == "normal"


def test_another_open_subscription_of_the_account_locks_nothing(book: Book) -> None:
    subscriptions.open_subscription(book, Purchase("CS2", "CS2-000001", BUYER, "OFFI", "Guance"), "b2")
    locks.suspend_subscription(book, subscription(book), FROZEN)
    assert workspace(book).state == "normal"


def test_what_is_released_while_it_is_suspended_loses_its_cloud_account(book: Book) -> None:
    locks.suspend_subscription(book, subscription(book), FROZEN)
    locks.cancel_subscription(book, "b1")
    assert subscription(book).state == "closed"
    assert (workspace(book).state, workspace(book).cloud_account_id) == ("locked", None)
    assert workspace(book).lock_reason == locks.CLOUD_ACCOUNT_CLOSED
    assert book.session.get(CloudAccount, BUYER) is None


def test_who_unlocks_it_pays_by_the_billing_center_and_it_stays_so(book: Book) -> None:
    locks.suspend_subscription(book, subscription(book), FROZEN)
    locks.unlock(book, workspace(book))
    assert (workspace(book).state, workspace(book).cloud_account_id) == ("normal", None)
    locks.resume_subscription(book, subscription(book))
    assert (workspace(book).state, workspace(book).settlement) == ("normal", "billing-center")


def test_its_workspaces_and_cloud_accounts_say_so(world: World, book: Book, browse: Browse) -> None:
    pages = (
        (
            "https://cn4-auth.guance.com",
            "/login/pwd",
            f"https://cn4-console.guance.com/workspace/{workspace(book).id}/",
        ),
        ("https://boss.guance.com", "/signin", "https://boss.guance.com/workspaces"),
        ("https://boss.guance.com", "/signin", "https://boss.guance.com/account/cloud-accounts"),
    )
    book.rollback()
    for host, sign_in, page in pages:
        client = browse(host)
        post(client, sign_in, username="zhaomin", password=PASSWORD)
        for change, said in ((locks.resume_subscription, False), (suspended, True)):
            with world.book("guance", write=True) as writing:
                change(writing, subscription(writing))
            text = client.get(world.local(page)).raise_for_status().text
            assert (("expired or was frozen" in text) or ("Locked" in text) or ("Suspended" in text)) is said


def suspended(book: Book, row: Subscription) -> None:
    """Freeze a subscription."""
    locks.suspend_subscription(book, row, FROZEN)
