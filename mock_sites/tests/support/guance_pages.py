"""The Guance console for a signed-in user, and the workspaces of an account."""

import httpx
from sqlalchemy import select

from mock_sites.guance.domain import workspaces
from mock_sites.guance.domain.tables import Account, Workspace
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.sending import post
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.world import World


def signed_in(browse: Browse) -> httpx.Client:
    """Zhao Min, signed in to the console of cn4."""
    client = browse("https://cn4-auth.guance.com")
    assert post(client, "/login/pwd", username="zhaomin", password=PASSWORD).status_code == 302
    client.base_url = str(client.base_url).replace("cn4-auth", "cn4-console")
    return client


def in_workspace(world: World, browse: Browse, under: str = "") -> httpx.Client:
    """Zhao Min, at the pages of her workspace, or at those below one of them."""
    client = signed_in(browse)
    client.base_url = f"{str(client.base_url).rstrip('/')}/workspace/{owned(world, 'zhaomin').id}/{under}"
    return client


def owned(world: World, username: str) -> Workspace:
    """The first workspace of an account."""
    with world.uow("guance") as uow:
        account = uow.session.scalars(select(Account).where(Account.username == username)).one()
        return uow.session.scalars(workspaces.owned_by(account.id)).all()[0]
