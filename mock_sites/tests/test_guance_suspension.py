"""Login by the data of the kit, and what a suspended subscription means for its users."""

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
from mock_sites.guance.domain.organizations import OrganizationPerson
from mock_sites.guance.domain.states import LockReason, SuspendedFor
from mock_sites.guance.domain.subscriptions import Purchase
from mock_sites.guance.domain.tables import Account, BillingAccount, CloudAccount, Subscription, Tenant, Workspace
from mock_sites.huawei.domain.tables import Member
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.oauth import authorized_member, code_for
from mock_sites.tests.support.sending import post
from mock_sites.world.agreement import AUTH_CENTRE, seller_keys
from mock_sites.world.errors import Refusal
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World

BUYER = "0123456789abcdef0123456789abcdef"
LOGIN = "/huaweicloud/login"


@pytest.fixture
def uow(world: World) -> Iterator[UnitOfWork]:
    """Guance's unit of work, with a subscription of the buyer that pays for the workspace of zhaomin."""
    with world.uow("guance", write=True) as uow:
        subscriptions.open_subscription(uow, Purchase("CS1", "CS1-000001", BUYER, "OFFI", "Guance"), "b1")
        holder = uow.session.scalars(select(BillingAccount).where(BillingAccount.username == "zhaomin")).one()
        cloud_account = billing_accounts.link_cloud_account(uow, holder, BUYER)
        settlement.attach_cloud_account(uow, workspace(uow), cloud_account)
        uow.commit()
        yield uow


def workspace(uow: UnitOfWork) -> Workspace:
    """The workspace of zhaomin."""
    owner = uow.session.scalars(select(Account).where(Account.username == "zhaomin")).one()
    return uow.session.scalars(select(Workspace).where(Workspace.owner_id == owner.id)).one()


def subscription(uow: UnitOfWork) -> Subscription:
    """The buyer's subscription."""
    return uow.session.get_one(Subscription, "b1")


def enterprise(world: World, member_id: str) -> str:
    """Register the enterprise of a member with Guance at the instance b1. Returns its tenant id."""
    with world.uow("huawei") as uow:
        tenant_id = uow.session.get_one(Member, member_id).enterprise_id
    with world.uow("guance", write=True) as uow:
        subscriptions.open_subscription(uow, Purchase("CS1", "CS1-000001", BUYER, "OFFI", "Guance"), "b1")
        tenants.sync(uow, tenants.TenantFacts(tenant_id, "b1", "acme", "Acme", AUTH_CENTRE))
    return tenant_id


def log_in(world: World, client: httpx.Client, member_id: str, tenant_id: str) -> httpx.Response:
    """What Guance answers to a member who comes from unified login with a code."""
    return client.get(LOGIN, params={"code": code_for(world, member_id), "tenant": tenant_id})


def test_codes_are_redeemed_with_the_client_from_the_kit(world: World, browse: Browse) -> None:
    member_id = authorized_member(world)
    tenant_id, keys = enterprise(world, member_id), seller_keys(world.seed)
    client = browse("https://auth.guance.com")
    statuses: list[int] = []
    for secret in (None, "another", keys.client_secret):
        if secret:
            with world.uow("guance", write=True) as uow:
                tenant = uow.session.get_one(Tenant, (tenant_id, "b1"))
                applications.sync(uow, tenant, keys.app_id, Credentials(keys.client_id, secret))
        statuses.append(log_in(world, client, member_id, tenant_id).status_code)
    assert statuses == [302, 403, 302]


def test_a_disabled_or_withdrawn_member_is_refused_whatever_unified_login_says(world: World, browse: Browse) -> None:
    member_id = authorized_member(world)
    tenant_id, client = enterprise(world, member_id), browse("https://auth.guance.com")
    wendy = OrganizationPerson(
        user_name="wendy", name="Wendy", org_code="o1", role="user", enabled=True, mobile="", email=""
    )
    with world.uow("guance", write=True) as uow:
        tenant = uow.session.get_one(Tenant, (tenant_id, "b1"))
        organizations.authorize(uow, tenant, [wendy])
    assert log_in(world, client, member_id, tenant_id).status_code == 302
    with world.uow("guance", write=True) as uow:
        organizations.withdraw(uow, tenant_id, "b1", ["wendy"])
    refused = log_in(world, client, member_id, tenant_id)
    assert (refused.status_code, "cancelled your authorization" in refused.text) == (403, True)


def test_nobody_logs_in_while_it_is_suspended_and_everyone_can_afterwards(world: World, browse: Browse) -> None:
    member_id = authorized_member(world)
    tenant_id, client = enterprise(world, member_id), browse("https://auth.guance.com")
    assert log_in(world, client, member_id, tenant_id).status_code == 302
    assert client.get("/huaweicloud/start").status_code == 200

    with world.uow("guance", write=True) as uow:
        subscriptions.suspend(uow, subscription(uow), SuspendedFor.FROZEN)
    for answer in (log_in(world, client, member_id, tenant_id), client.get("/huaweicloud/start")):
        assert (answer.status_code, "The Subscription Is Suspended" in answer.text) == (409, True)
    assert len(world.journal(kind="guance.visit.began")) == 1

    with world.uow("guance", write=True) as uow:
        subscriptions.resume(uow, subscription(uow))
    assert client.get("/huaweicloud/start").status_code == 200
    assert log_in(world, client, member_id, tenant_id).status_code == 302


def test_a_suspended_subscription_settles_nothing_new(uow: UnitOfWork) -> None:
    subscriptions.suspend(uow, subscription(uow), SuspendedFor.EXPIRED)
    other = uow.session.scalars(select(Workspace).where(Workspace.site == "cn1")).one()
    other.billing_account.any_settlement = True
    with pytest.raises(Refusal, match="suspended"):
        settlement.settle_by_huawei(uow, other, huawei_account_id=BUYER, instance_id="b1")
    mine = workspace(uow)
    settlement.detach_cloud_account(uow, mine)
    mine.billing_account.any_settlement = True
    with pytest.raises(Refusal, match="suspended"):
        settlement.settle_by_registered(uow, mine, uow.session.get_one(CloudAccount, BUYER))


def test_a_visit_of_a_suspended_subscription_has_no_payer(uow: UnitOfWork) -> None:
    tenants.sync(uow, tenants.TenantFacts("t1", "b1", "acme", "Acme", AUTH_CENTRE))
    tenant = uow.session.get_one(Tenant, ("t1", "b1"))
    visit = visits.begin(uow, tenant, visits.VisitingMember("wendy", "Wendy", "", ""))
    subscriptions.suspend(uow, subscription(uow), SuspendedFor.FROZEN)
    with pytest.raises(Refusal, match="suspended"):
        visits.payer(uow, visit)
    subscriptions.open_subscription(uow, Purchase("CS2", "CS2-000001", BUYER, "OFFI", "Guance"), "b2")
    assert visits.payer(uow, visit) == BUYER


def test_what_it_settles_is_locked_until_it_is_resumed(uow: UnitOfWork) -> None:
    locks.suspend_subscription(uow, subscription(uow), SuspendedFor.FROZEN)
    assert (workspace(uow).state, workspace(uow).cloud_account_id) == ("locked", BUYER)
    locks.resume_subscription(uow, subscription(uow))
    assert (workspace(uow).state, workspace(uow).cloud_account_id) == ("normal", BUYER)
    assert workspace(uow).locked_at is None


def test_a_renewal_unlocks_what_an_expiry_has_locked(uow: UnitOfWork) -> None:
    locks.suspend_subscription(uow, subscription(uow), SuspendedFor.EXPIRED)
    assert workspace(uow).state == "locked"
    until = uow.now + timedelta(days=30)
    locks.renew_subscription(uow, subscription(uow), until=until, scene="RENEWAL", order_id="CS9")
    assert workspace(uow).state == "normal"


def test_another_open_subscription_of_the_account_locks_nothing(uow: UnitOfWork) -> None:
    subscriptions.open_subscription(uow, Purchase("CS2", "CS2-000001", BUYER, "OFFI", "Guance"), "b2")
    locks.suspend_subscription(uow, subscription(uow), SuspendedFor.FROZEN)
    assert workspace(uow).state == "normal"


def test_what_is_released_while_it_is_suspended_loses_its_cloud_account(uow: UnitOfWork) -> None:
    locks.suspend_subscription(uow, subscription(uow), SuspendedFor.FROZEN)
    locks.cancel_subscription(uow, "b1")
    assert subscription(uow).state == "closed"
    assert (workspace(uow).state, workspace(uow).cloud_account_id) == ("locked", None)
    assert workspace(uow).lock_reason == LockReason.CLOUD_ACCOUNT_CLOSED
    assert uow.session.get(CloudAccount, BUYER) is None


def test_after_unlocking_the_billing_center_pays_and_keeps_paying(uow: UnitOfWork) -> None:
    locks.suspend_subscription(uow, subscription(uow), SuspendedFor.FROZEN)
    locks.unlock(uow, workspace(uow))
    assert (workspace(uow).state, workspace(uow).cloud_account_id) == ("normal", None)
    locks.resume_subscription(uow, subscription(uow))
    assert (workspace(uow).state, workspace(uow).settlement) == ("normal", "billing-center")


def test_its_workspaces_and_cloud_accounts_say_so(world: World, uow: UnitOfWork, browse: Browse) -> None:
    pages = (
        (
            "https://cn4-auth.guance.com",
            "/login/pwd",
            f"https://cn4-console.guance.com/workspace/{workspace(uow).id}/",
        ),
        ("https://boss.guance.com", "/signin", "https://boss.guance.com/workspaces"),
        ("https://boss.guance.com", "/signin", "https://boss.guance.com/account/cloud-accounts"),
    )
    uow.rollback()
    for host, sign_in, page in pages:
        client = browse(host)
        post(client, sign_in, username="zhaomin", password=PASSWORD)
        for change, said in ((locks.resume_subscription, False), (suspended, True)):
            with world.uow("guance", write=True) as writing:
                change(writing, subscription(writing))
            text = client.get(world.local(page)).raise_for_status().text
            assert (("expired or was frozen" in text) or ("Locked" in text) or ("Suspended" in text)) is said


def suspended(uow: UnitOfWork, row: Subscription) -> None:
    """Freeze a subscription."""
    locks.suspend_subscription(uow, row, SuspendedFor.FROZEN)
