"""Forms that are sent by a double click, or again after going back, act only once."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pytest
from sqlalchemy import select, update

from mock_sites.guance.domain import openings, registrations
from mock_sites.guance.domain.tables import BillingAccount, Visit
from mock_sites.huawei.domain import catalogue
from mock_sites.huawei.domain.states import AuthenticationState
from mock_sites.huawei.domain.tables import Account, Resource
from mock_sites.tests.support import packages
from mock_sites.tests.support.numbers import CREDIT_CODE, SCAN
from mock_sites.tests.support.reaching import reach
from mock_sites.tests.support.ready import EMAIL, code_for, every, nothing, registration
from mock_sites.tests.support.typed.guance import BASICS, COMPANY, CREATE, WORKSPACE
from mock_sites.tests.support.users import Users
from mock_sites.tests.support.visitors import Visitor
from mock_sites.web.signing_in import cookie_of
from mock_sites.world import sign_ins

SHOP: Final = "huawei.marketplace"
BOSS: Final = "guance.billing_center"
BUY: Final = f"/contents/{catalogue.CARD_CONTENT}/buy"
CREATE_WORKSPACE: Final = "/huaweicloud/bind/create"
OWNER: Final = "zhao.min@northwind.example.com"
MEMBER: Final = {"name": "N", "department": "D", "email": EMAIL, "account": "n", "password": "Initial-2026"}


@dataclass(frozen=True)
class Once:
    """A form, and the kind of event that it makes once."""

    app: str
    path: str
    fields: Mapping[str, str | bytes]
    event: str
    who: str = "owner"
    prepare: Callable[[Users], dict[str, Any]] = nothing


def as_newcomer(users: Users) -> dict[str, Any]:
    """Chen Jing, verified and without any order."""
    with users.world.uow("huawei", write=True) as uow:
        chen = uow.session.scalars(select(Account).where(Account.name == "hw_chenjing")).one()
        reach(chen, AuthenticationState.APPROVED, "authentication")
        return cookie_of(sign_ins.begin(uow, "account", chen.id))


def without_enterprise(users: Users) -> dict[str, Any]:
    """The service is not used by any enterprise yet."""
    with users.world.uow("huawei", write=True) as uow:
        uow.session.execute(update(Resource).values(enterprise_id=None, role="personal"))
    return {}


FORMS: Final = {
    "top up": Once("huawei.account", "/usercenter/top-up", {"amount": "5", "attempt": "1"}, "huawei.account.topped-up"),
    "subscribe": Once(
        SHOP,
        f"/contents/{catalogue.GUANCE_CONTENT}/subscribe",
        {"agreed": "y", "attempt": "1"},
        "huawei.order.submitted",
        "newcomer",
        as_newcomer,
    ),
    "order a card": Once(SHOP, BUY, {"quantity": "2", "attempt": "2"}, "huawei.order.submitted"),
    "pay a card": Once(SHOP, "/orders/{card}/pay", {"method": "balance"}, "huawei.order.paid"),
    "cancel a card": Once(SHOP, "/orders/{card}/cancel", {}, "huawei.order.cancelled"),
    "close a resource": Once(SHOP, "/buyer/purchased-services/{instance_id}/close", {}, "huawei.resource.closing"),
    "set up an enterprise": Once(
        SHOP,
        "/buyer/partner-services/enterprise",
        {"name": "N", "domain": "twice"},
        "huawei.enterprise.requested",
        prepare=without_enterprise,
    ),
    "go on with an enterprise": Once(
        SHOP,
        "/buyer/partner-services/enterprise/existing",
        {"enterprise": "{enterprise}"},
        "huawei.enterprise.bound",
        prepare=without_enterprise,
    ),
    "add a member": Once(SHOP, "/buyer/partner-services/members/new", MEMBER, "huawei.member.added"),
    "real-name authentication": Once(
        "huawei.account",
        "/usercenter/authentication",
        {"kind": "enterprise", "real_name": "N", "number": CREDIT_CODE, "scan": SCAN, "agreed": "y"},
        "huawei.real-name.requested",
        prepare=every(Account, authentication="none"),
    ),
    "register: company": Once(
        "guance.auth",
        "/businessRegister/company",
        COMPANY,
        "guance.account.created",
        "nobody",
        registration(account=False),
    ),
    "register: workspace": Once(
        "guance.auth",
        "/businessRegister/activation?method=guance",
        WORKSPACE,
        "guance.workspace.created",
        "nobody",
        registration(account=True),
    ),
    "register: billing center account": Once(
        "guance.auth",
        "/businessRegister/activation?method=guance",
        WORKSPACE,
        "guance.billing-account.created",
        "nobody",
        registration(account=True),
    ),
    "create a workspace for a Guance account": Once(
        "guance.auth",
        f"{CREATE_WORKSPACE}/have-account",
        {**CREATE, "email": OWNER},
        "guance.workspace.created",
        prepare=code_for(openings.PURPOSE, OWNER),
    ),
    "create a workspace and a Guance account": Once(
        "guance.auth",
        f"{CREATE_WORKSPACE}/no-account",
        BASICS | CREATE,
        "guance.account.created",
        prepare=code_for(openings.PURPOSE),
    ),
    "bind a workspace": Once("guance.auth", "/huaweicloud/bind/workspaces/{free}", {}, "guance.visit.workspace-bound"),
    "unlock": Once(BOSS, "/workspaces/{locked}/unlock", {}, "guance.workspace.unlocked"),
    "change the settlement method": Once(
        BOSS,
        "/workspaces/{free}/settlement?method=registered",
        {"cloud_account": "{account}"},
        "guance.settlement.changed",
    ),
    "further workspace": Once(
        "guance.console", "/workspaces/new", {**WORKSPACE, "attempt": "4"}, "guance.workspace.created"
    ),
    "set an alert": Once(
        "guance.console",
        "/workspace/{workspace_id}/billing/high-consumption-alert",
        {"item": "logs", "threshold": "1"},
        "guance.high-consumption.alert-set",
    ),
    "remove an alert": Once(
        "guance.console",
        "/workspace/{workspace_id}/billing/high-consumption-alert/logs/remove",
        {},
        "guance.high-consumption.alert-removed",
    ),
    "recharge": Once(
        BOSS,
        "/wallet/recharge",
        {"amount": "7", "method": "alipay", "attempt": "7"},
        "guance.recharge.begun",
    ),
    "pay a recharge": Once(BOSS, "/wallet/recharges/{recharge_id}/pay", {}, "guance.wallet.credited"),
    "cancel a recharge": Once(BOSS, "/wallet/recharges/{recharge_id}/cancel", {}, "guance.recharge.cancelled"),
    "ticket": Once(
        BOSS,
        "/support/new",
        {"category": "billing", "title": "T", "text": "T", "attempt": "2"},
        "guance.ticket.submitted",
    ),
    "reply to a ticket": Once(BOSS, "/support/{ticket_id}", {"text": "R", "attempt": "2"}, "guance.ticket.replied"),
    "close a ticket": Once(BOSS, "/support/{ticket_id}/close", {}, "guance.ticket.closed"),
    "dissolve": Once("guance.console", "/workspace/{locked}/dissolve", {}, "guance.workspace.dissolved"),
    "enterprise of the billing center": Once(
        BOSS,
        "/account/real-name",
        {"licence_name": "N", "taxpayer_number": "91310000MA1FL0000X"},
        "guance.billing-account.certified",
        prepare=every(BillingAccount, certified_at=None),
    ),
}


@pytest.fixture
def users(users: Users) -> Users:
    """They came by a visit to the site that the forms name."""
    with users.world.uow("guance", write=True) as uow:
        uow.session.execute(update(Visit).values(site="cn4"))
    return users


def send_three_times(users: Users, once: Once) -> list[int]:
    """A double click, and then going back and sending it again."""
    visitor = users.visitor(once.app, once.who, **once.prepare(users))
    path = once.path.format_map(users.ids)
    texts = {name: value.format_map(users.ids) for name, value in once.fields.items() if isinstance(value, str)}
    fields = {**once.fields, **texts}
    answers = [visitor.post(path, fields).status_code for _ in range(2)]
    visitor.get(path)
    return [*answers, visitor.post(path, fields).status_code]


@pytest.mark.parametrize("name", FORMS)
def test_what_is_sent_again_is_done_once(users: Users, name: str) -> None:
    once = FORMS[name]
    before = len(users.world.journal(kind=once.event))
    first, *others = send_three_times(users, once)
    assert first == 302
    assert set(others) <= {302, 404, 422}
    assert len(users.world.journal(kind=once.event)) == before + 1


OFFER_PATH: Final = f"/contents/{catalogue.GUANCE_CONTENT}/packages/{{}}"


@pytest.mark.parametrize("kind", ["card", "package"])
def test_a_form_that_is_sent_again_after_another_one_makes_one_order(users: Users, kind: str) -> None:
    """Two tabs were opened at the same time, so that both have the same number. They order different things."""
    first, second = ((BUY, {"quantity": quantity}) for quantity in ("3", "4"))
    if kind == "package":
        first, second = ((OFFER_PATH.format(packages.offer(users.world, quota=quota)), {}) for quota in ("1", "2"))
    visitor, before = users.visitor(SHOP, "owner"), len(users.world.journal(kind="huawei.order.submitted"))
    number = {"attempt": re.findall(r'name="attempt"[^>]* value="([0-9]+)"', visitor.get(first[0]).text)[0]}
    orders = [visitor.post(path, fields | number).location for path, fields in (first, second, second, first)]
    assert orders[0] == orders[3] != orders[1] == orders[2]
    assert len(users.world.journal(kind="huawei.order.submitted")) == before + 2


def test_a_form_with_a_manipulated_number_makes_an_order_of_its_own(users: Users) -> None:
    visitor, before = users.visitor(SHOP, "owner"), len(users.world.journal(kind="huawei.order.submitted"))
    assert [visitor.post(BUY, {"quantity": "2", "attempt": "x"}).status_code for _ in range(2)] == [302, 302]
    assert len(users.world.journal(kind="huawei.order.submitted")) == before + 2


def test_a_form_that_is_sent_again_after_its_order_was_cancelled_makes_a_new_order(users: Users) -> None:
    visitor, form = users.visitor(SHOP, "owner"), {"quantity": "3", "attempt": "1"}
    first = visitor.post(BUY, form).location
    visitor.post(first.replace("/pay", "/cancel"), {})
    assert visitor.post(BUY, form).location not in {"", first}


def test_the_first_step_of_registration_sent_again_is_the_same_registration(users: Users) -> None:
    code_for(registrations.PURPOSE)(users)
    visitor: Visitor = users.visitor("guance.auth")
    answers = [visitor.post("/businessRegister", BASICS) for _ in range(3)]
    assert [answer.location for answer in answers] == ["/businessRegister/company"] * 3
    events = users.world.journal(kind="guance.registration.basics")
    assert len({event.details["registration"] for event in events}) == 1
