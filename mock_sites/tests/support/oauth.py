"""A member who may sign in, and the seller's requests for tokens."""

import httpx

from mock_sites.huawei.domain import login_tokens, members
from mock_sites.huawei.domain.tables import Enterprise, Member
from mock_sites.tests.support.enterprises import add, ready
from mock_sites.world.agreement import seller_keys
from mock_sites.world.world import World


def authorized_member(world: World, *, first_login: bool = False) -> str:
    """The id of wendy@acme, who has changed her initial password."""
    enterprise_id = ready(world)
    member_id = add(world, enterprise_id)
    with world.uow("huawei", write=True) as uow:
        members.authorize(uow, uow.session.get_one(Enterprise, enterprise_id), [member_id], agreed=True)
        uow.session.get_one(Member, member_id).password_is_initial = first_login
    return member_id


def code_for(world: World, member_id: str, *, client_id: str = "", redirect_uri: str = "") -> str:
    """A fresh code."""
    client_id = client_id or seller_keys(world.seed).client_id
    with world.uow("huawei", write=True) as uow:
        fresh = login_tokens.new_code(uow)
        member = uow.session.get_one(Member, member_id)
        login_tokens.store_code(uow, fresh, member, client_id, redirect_uri=redirect_uri)
    return fresh


def ask_for_tokens(world: World, client: httpx.Client, **fields: str | None) -> httpx.Response:
    """Ask for tokens as the seller. A field that is None is left out."""
    keys = seller_keys(world.seed)
    known = {"client_id": keys.client_id, "client_secret": keys.client_secret, "grant_type": "authorization_code"}
    form = {name: value for name, value in (known | fields).items() if value is not None}
    return client.post("/api/v1/oauth2/token", data=form)
