"""The pages of the Billing Center for a signed-in user, and the rows behind them."""

import httpx
from sqlalchemy import select

from mock_sites.guance.domain import subscriptions, workspaces
from mock_sites.guance.domain.subscriptions import Purchase
from mock_sites.guance.domain.tables import BillingAccount, Workspace
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.sending import post
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.world import World

BUYER = "0123456789abcdef0123456789abcdef"


def workspace_of(world: World, username: str) -> Workspace:
    """The first workspace of a billing center account."""
    with world.uow("guance") as uow:
        account = uow.session.scalars(select(BillingAccount).where(BillingAccount.username == username)).one()
        return uow.session.scalars(workspaces.of_billing_account(account.id)).all()[0]


def subscribed(world: World) -> None:
    """Let the buyer have an open subscription."""
    with world.uow("guance", write=True) as uow:
        subscriptions.open_subscription(uow, Purchase("o1", "l1", BUYER, "OFFI", "Guance SaaS Edition"), "i1")


def signed_in(browse: Browse, username: str, password: str = PASSWORD) -> httpx.Client:
    """A signed-in user."""
    client = browse("https://boss.guance.com")
    assert post(client, "/signin", username=username, password=password).status_code == 302
    return client
