"""The people of every new world, so that nobody must register first to look around."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from sqlalchemy import bindparam, select

from mock_sites.guance.domain import accounts, billing_accounts, profile, recharges, wallet, workspaces
from mock_sites.guance.domain.sites import BILLING_CENTER_HOST, SITES
from mock_sites.guance.domain.tables import Account, BillingAccount, Workspace
from mock_sites.guance.domain.telemetry import hosts
from mock_sites.world import passwords
from mock_sites.world.company import Door, Person
from mock_sites.world.errors import N_
from mock_sites.world.unit_of_work import UnitOfWork

PEOPLE: Final = (
    Person(
        key="workspace-owner",
        names={"en": "Zhao Min", "zh": "赵敏"},
        role=N_("Owns a workspace of the Commercial Plan on site cn4; the same username opens the Billing Center"),
        sign_in=SITES["cn4"].login_url,
        username="zhaomin",
        password="",
        email="zhao.min@northwind.example.com",
    ),
    Person(
        key="billing-only",
        names={"en": "Sun Li", "zh": "孙丽"},
        role=N_("Has a Billing Center account without any workspace"),
        sign_in="https://boss.guance.com/signin",
        username="sunli",
        password="",
        email="sun.li@lakeside.example.com",
    ),
    Person(
        key="second-site-owner",
        names={"en": "Zhou Hao", "zh": "周浩"},
        role=N_("Owns a workspace on site cn1, which no sign-in at cn4 opens"),
        sign_in=SITES["cn1"].login_url,
        username="zhouhao",
        password="",
        email="zhou.hao@riverbank.example.com",
    ),
)

_HISTORY: Final = timedelta(days=45)
"""How many days they have had their accounts, so that there are bills to look at."""

_CASH: Final = 1_000
"""What each of them has paid in, in CNY."""

_VOUCHER: Final = 10_000
"""The face value of their vouchers, in fen."""

_COMPANIES: Final = {
    "workspace-owner": {"en": "Northwind Data Ltd", "zh": "北风数据有限公司"},
    "billing-only": {"en": "Lakeside Retail Ltd", "zh": "湖滨零售有限公司"},
    "second-site-owner": {"en": "Riverbank Games Ltd", "zh": "河岸游戏有限公司"},
}
"""What their companies are called, by language. Their own mail addresses are of its domain."""

_CALLED: Final = {name: names for names in _COMPANIES.values() for name in names.values()}
_WORKSPACES: Final = {
    "workspace-owner": ("cn4", "northwind-prod"),
    "second-site-owner": ("cn1", "riverbank-prod"),
}


_HOSTS: Final = {"web-01": "linux", "web-02": "linux", "worker-01": "linux", "db-01": "linux", "build-01": "windows"}
"""The hosts of a ready-made workspace, with their systems."""

_STOPPED_HOST: Final = "build-01"
_STOPPED_SINCE: Final = timedelta(hours=20)
"""One of them has been silent for so long."""


_CONSOLES = (
    select(Account.username, Account.site, Account.id)
    .where(Account.site.in_(SITES), Account.username.in_(bindparam("usernames", expanding=True)))
    .order_by(Account.site)
)
"""With the sites, the index finds the rows."""
_PAYERS = select(BillingAccount.username, BillingAccount.id).where(
    BillingAccount.username.in_(bindparam("usernames", expanding=True))
)


def populate(uow: UnitOfWork) -> None:
    """Add the ready-made people to an empty database. They have the same password, so they have the same hash."""
    password_hash = passwords.ready_made_hash(uow)
    today, uow.now = uow.now, uow.now - _HISTORY
    for person in PEOPLE:
        who = {"username": person.username, "email": person.email, "password_hash": password_hash}
        company = _COMPANIES[person.key]["en"]
        billing_account = billing_accounts.create(uow, company=company, language=None, **who)
        paid_in = recharges.begin(uow, billing_account, attempt=1, cny=_CASH, method=recharges.ALIPAY)
        recharges.pay(uow, paid_in)
        wallet.add(uow, billing_account, wallet.VOUCHER, _VOUCHER)
        if person.key in _WORKSPACES:
            code, name = _WORKSPACES[person.key]
            workspace = workspaces.create(
                uow,
                SITES[code],
                name=name,
                language="en",
                owner=accounts.create(uow, SITES[code], phone="", company=company, **who),
                billing_account=billing_account,
                cloud_account=None,
            )
            for host, system in _HOSTS.items():
                hosts.report(uow, workspace.token, host, system)
    uow.now = today - _STOPPED_SINCE
    for token in uow.session.scalars(select(Workspace.token).order_by(Workspace.created_at, Workspace.id)):
        hosts.stop(uow, token, _STOPPED_HOST)
    uow.now = today
    wallet.settle(uow)


def company_names(company: str) -> Mapping[str, str]:
    """What a company is called, by language. Only the ready-made ones have a name in each."""
    return _CALLED.get(company, {"en": company})


def people(uow: UnitOfWork) -> list[Person]:
    """The ready-made people."""
    password = passwords.ready_made(uow.world.seed)
    return [replace(person, password=password) for person in PEOPLE]


def doors(uow: UnitOfWork, usernames: Collection[str]) -> dict[str, list[Door]]:
    """The console of each site where somebody has an account, and the billing center."""
    found = dict[str, list[Door]]()
    for username, code, account in uow.session.execute(_CONSOLES, {"usernames": usernames}):
        site = SITES[code]
        found.setdefault(username, []).append(Door(site.console_host, site.realm, account))
    for username, payer in uow.session.execute(_PAYERS, {"usernames": usernames}):
        found.setdefault(username, []).append(Door(BILLING_CENTER_HOST, profile.REALM, payer))
    return found
