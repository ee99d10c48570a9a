"""OAuth clients of unified login: the applications of sellers, and the addresses they registered (spec huawei 4.4)."""

import hmac
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from authlib.oauth2.rfc6749 import ClientMixin
from sqlalchemy import case, func, select

from mock_sites.huawei.domain import login_tokens
from mock_sites.huawei.domain.applications import client_keys
from mock_sites.huawei.domain.tables import Member, Product, Seller
from mock_sites.huawei.protocol.login import SCOPE
from mock_sites.world.agreement import LOGIN_ADDRESS, SIGNED_OUT_ADDRESS, seller_keys
from mock_sites.world.errors import N_
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World

GRANT_TYPES: Final = frozenset({"authorization_code", "refresh_token"})


@dataclass(frozen=True, kw_only=True)
class OAuthClient(ClientMixin):
    """A seller's application. Browsers are redirected only to its registered addresses.

    ``name`` is an English text that pages translate: the product that it belongs to, or the seller of several ones.
    ``login_address`` and ``signed_out_address`` are those served in the world. ``registered`` are all addresses that a
    request for a code may name: the login address as documented and as served. A client ``outside`` of the mock has one
    address for all of this.
    """

    name: str
    app_id: str
    client_id: str
    client_secret: str = field(repr=False)
    login_address: str
    registered: frozenset[str]
    signed_out_address: str
    outside: bool = False
    issues_refresh_tokens: bool = True

    def get_client_id(self) -> str:
        """The id that it gives."""
        return self.client_id

    def get_default_redirect_uri(self) -> str:
        """Where a code is sent if the request names no address."""
        return self.login_address

    def get_allowed_scope(self, scope: Any) -> str:
        """There is only one scope. The server refuses others."""
        return scope or SCOPE

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        """Only a registered address, exactly as it was registered."""
        return redirect_uri in self.registered

    def check_client_secret(self, client_secret: str) -> bool:
        """Compared in constant time."""
        return hmac.compare_digest(self.client_secret.encode(), client_secret.encode())

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        """Id and secret are in the form, as documented."""
        return method == "client_secret_post" and endpoint == "token"

    def check_response_type(self, response_type: str) -> bool:
        """Only codes."""
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        """Only codes and refresh tokens, these unless the seller's settings switch them off."""
        return grant_type in GRANT_TYPES and (self.issues_refresh_tokens or grant_type != "refresh_token")


def registered(world: World) -> list[OAuthClient]:
    """All clients. An application has refresh tokens unless a product that uses it switches them off."""
    address, tokens = Seller.login_address, func.min(Seller.issues_refresh_tokens)
    title, seller = func.min(Product.title), func.min(Product.seller)
    wanted = select(address, tokens, case((func.count() == 1, title), else_=seller)).join(Product)
    with world.uow("huawei") as uow:
        rows = uow.session.execute(wanted.group_by(address).order_by(address))
        settings = {address: (name, bool(issued)) for address, issued, name in rows}
    _, issued = settings.pop("", ("", True))
    outside = settings.items()
    return [
        _built_in(world, issues_refresh_tokens=issued),
        *(_outside(world, one, name, issues_refresh_tokens=issued) for one, (name, issued) in outside),
    ]


def _built_in(world: World, *, issues_refresh_tokens: bool) -> OAuthClient:
    keys, login_address = seller_keys(world.seed), world.local(LOGIN_ADDRESS)
    return OAuthClient(
        name=N_("Guance"),
        app_id=keys.app_id,
        client_id=keys.client_id,
        client_secret=keys.client_secret,
        login_address=login_address,
        registered=frozenset({LOGIN_ADDRESS, login_address}),
        signed_out_address=world.local(SIGNED_OUT_ADDRESS),
        issues_refresh_tokens=issues_refresh_tokens,
    )


def _outside(world: World, address: str, name: str, *, issues_refresh_tokens: bool) -> OAuthClient:
    keys = client_keys(world, address)
    return OAuthClient(
        name=name,
        app_id=keys.app_id,
        client_id=keys.client_id,
        client_secret=keys.client_secret,
        login_address=address,
        registered=frozenset({address}),
        signed_out_address=address,
        outside=True,
        issues_refresh_tokens=issues_refresh_tokens,
    )


def find(world: World, client_id: str) -> OAuthClient | None:
    """The client with this id."""
    return next((client for client in registered(world) if client.client_id == client_id), None)


def of_application(world: World, app_id: str) -> OAuthClient | None:
    """The client of the application that a login URL names."""
    return next((client for client in registered(world) if client.app_id == app_id), None)


def code_for(uow: UnitOfWork, client: OAuthClient, member: Member) -> str:
    """A code with which the client learns who the member is (spec huawei 4.2)."""
    code = login_tokens.new_code(uow)
    login_tokens.store_code(uow, code, member, client.client_id)
    return code


def address_with(code: str, client: OAuthClient, member: Member) -> str:
    """The client's login address, where the browser brings the code."""
    joint = "&" if urlsplit(client.login_address).query else "?"
    return f"{client.login_address}{joint}{urlencode({'code': code, 'tenant': member.enterprise_id})}"


def signed_out_addresses(world: World) -> set[str]:
    """Where unified login may redirect after logging out."""
    return {client.signed_out_address for client in registered(world)}
