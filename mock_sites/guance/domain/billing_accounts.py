"""Billing center accounts. Each has a user name, money and cloud accounts, and is valid at all sites."""

from typing import Final

from sqlalchemy import Select, or_, select

from mock_sites.guance.domain import usage_reports
from mock_sites.guance.domain.profile import REALM
from mock_sites.guance.domain.tables import Account, BillingAccount, CloudAccount
from mock_sites.world import passwords
from mock_sites.world.company import Switch, Switches
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.unit_of_work import UnitOfWork

_WRONG: Final = N_("The username, email or password is wrong.")


def is_username_taken(uow: UnitOfWork, username: str) -> bool:
    """Whether a billing center account has this user name."""
    return uow.session.scalar(select(BillingAccount.id).where(BillingAccount.username == username)) is not None


def create(
    uow: UnitOfWork, *, username: str, email: str, password_hash: str, company: str, language: str | None
) -> BillingAccount:
    """Open a billing center account.

    ``password_hash`` is a copy: a later change of the other account's password does not change it (S2).

    Raises:
        Refusal: the user name is taken.
    """
    if is_username_taken(uow, username):
        raise Refusal(
            N_("The Billing Center has an account with this username already. Register with another username.")
        )
    account = BillingAccount(
        id=f"bill_{uow.random_text('billing-account', 32)}",
        username=username,
        email=email.lower(),
        password_hash=password_hash,
        company=company,
        language=language,
        created_at=uow.now,
    )
    uow.session.add(account)
    uow.session.flush()
    uow.record("billing-account.created", billing_account=account.id, username=username, email=account.email)
    return account


def link_cloud_account(uow: UnitOfWork, billing_account: BillingAccount, huawei_account_id: str) -> CloudAccount:
    """Let a Huawei Cloud account pay for workspaces of a billing center account.

    The documents do not say whether two billing center accounts may have the same Huawei Cloud account. Here they may
    not, because a visitor from Huawei Cloud must be sent to exactly one of them.

    Raises:
        Refusal: for ``huawei_account_id``: it is linked to another billing center account.
    """
    cloud_account = uow.session.get(CloudAccount, huawei_account_id)
    if cloud_account is None:
        cloud_account = CloudAccount(id=huawei_account_id, billing_account_id=billing_account.id, linked_at=uow.now)
        uow.session.add(cloud_account)
        uow.session.flush()
        uow.record("cloud-account.linked", billing_account=billing_account.id, huawei_account=huawei_account_id)
        usage_reports.begin(uow)
    elif cloud_account.billing_account_id != billing_account.id:
        raise Refusal(
            N_("This Huawei Cloud account is linked to another Billing Center account already. Sign in with that one."),
            field="huawei_account_id",
        )
    return cloud_account


def cloud_accounts(billing_account_id: str) -> Select[CloudAccount]:
    """The cloud accounts of a billing center account, oldest first."""
    wanted = select(CloudAccount).where(CloudAccount.billing_account_id == billing_account_id)
    return wanted.order_by(CloudAccount.linked_at, CloudAccount.id)


def check_password(uow: UnitOfWork, name: str, password: str) -> BillingAccount:
    """The account with this ``name`` (user name or email) and ``password``.

    Raises:
        Refusal: there is no such account, the password is wrong, or there were too many wrong ones. The message is the
            same for all three.
    """
    name = name.strip()
    wanted = select(BillingAccount).where(or_(BillingAccount.username == name, BillingAccount.email == name.lower()))
    accounts = uow.session.scalars(wanted.order_by(BillingAccount.created_at, BillingAccount.id)).all()
    account = passwords.guessed(uow, REALM, name, password, accounts)
    if account is None:
        raise Refusal(_WRONG)
    uow.record("billing-account.signed-in", billing_account=account.id)
    return account


def by_name(uow: UnitOfWork, name: str) -> BillingAccount | None:
    """The account with this user name, or else the oldest with this email."""
    name = name.strip()
    wanted = select(BillingAccount).where(or_(BillingAccount.username == name, BillingAccount.email == name.lower()))
    accounts = uow.session.scalars(wanted.order_by(BillingAccount.created_at, BillingAccount.id)).all()
    named = [account for account in accounts if account.username.lower() == name.lower()]
    return next(iter([*named, *accounts]), None)


def find(uow: UnitOfWork, account_id: str | None) -> BillingAccount | None:
    """The account with this id."""
    return uow.session.get(BillingAccount, account_id) if account_id else None


def named(uow: UnitOfWork, username: str) -> BillingAccount | None:
    """The account with this user name."""
    return uow.session.scalar(select(BillingAccount).where(BillingAccount.username == username))


def of_owner(uow: UnitOfWork, owner: Account) -> BillingAccount | None:
    """The billing center account of the holder of a console account, or None.

    User names are unique over both kinds of account, so an account with the same name was created for the same person.
    """
    return named(uow, owner.username)


def _switch(account: BillingAccount) -> Switch:
    return Switch(
        key=account.id,
        name=N_("Arbitrary Selection of Settlement Method"),
        customer=account.username,
        on=account.any_settlement,
    )


SWITCHES: Final = Switches(
    select(BillingAccount).order_by(BillingAccount.created_at, BillingAccount.username),
    _switch,
    lambda customer: BillingAccount.username == customer,
)
"""The switches that the account manager can set for each account (spec guance A.6)."""


def turn(uow: UnitOfWork, account_id: str, on: bool) -> Switch:  # noqa: FBT001 - the state itself, not an option
    """Turn Arbitrary Selection of Settlement Method on or off for all workspaces of an account.

    Raises:
        Refusal: there is no such account.
    """
    account = find(uow, account_id)
    if account is None:
        raise Refusal(N_("There is no such switch."))
    if account.any_settlement != on:
        account.any_settlement = on
        uow.record("billing-account.any-settlement", billing_account=account.id, on=on)
    return _switch(account)
