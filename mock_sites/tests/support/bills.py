"""A day, the buyer, and the account whose bills are read."""

from sqlalchemy import select

from mock_sites.guance.domain import workspaces
from mock_sites.guance.domain.tables import BillingAccount, Workspace
from mock_sites.world.unit_of_work import UnitOfWork

BUYER = "0123456789abcdef0123456789abcdef"

DAY = 86400


def account_of(uow: UnitOfWork, username: str = "zhaomin") -> BillingAccount:
    """The billing center account with this user name."""
    return uow.session.scalars(select(BillingAccount).where(BillingAccount.username == username)).one()


def workspace_of(uow: UnitOfWork, username: str = "zhaomin") -> Workspace:
    """The oldest workspace of the billing center account with this user name."""
    return uow.session.scalars(workspaces.of_billing_account(account_of(uow, username).id)).all()[0]
