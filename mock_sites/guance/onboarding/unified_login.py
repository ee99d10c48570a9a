"""Redeeming the code of the marketplace's unified login (spec huawei 4.2)."""

from typing import Any
from urllib.parse import urlencode

from mock_sites.guance.domain.applications import Credentials
from mock_sites.guance.domain.tables import Tenant
from mock_sites.guance.domain.visits import Member
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.foreign_text import read_json
from mock_sites.world.wire import Exchange, Outgoing
from mock_sites.world.world import World


def redeem(world: World, tenant: Tenant, credentials: Credentials, code: str) -> Member:
    """Whom ``code`` stands for, asked at the authentication centre of the enterprise. Never inside a transaction.

    Raises:
        Refusal: the code is wrong or used, belongs to another enterprise, or Huawei Cloud does not answer.
    """
    domain_name = tenant.domain_name.rstrip("/")
    form = {
        "client_id": credentials.client_id,
        "client_secret": credentials.client_secret,
        "code": code,
        "grant_type": "authorization_code",
    }
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    token = _read(world.send(Outgoing("POST", f"{domain_name}/api/v1/oauth2/token", kind, urlencode(form).encode())))
    bearer = {"Authorization": f"Bearer {token.get('access_token', '')}"}
    facts = _read(world.send(Outgoing("GET", f"{domain_name}/api/v1/oauth2/userinfo", bearer)))
    if facts.get("tenant") != tenant.tenant_id:
        raise Refusal(N_("This login link belongs to another enterprise."))
    return Member(
        user_name=str(facts.get("userName") or ""),
        name=str(facts.get("name") or ""),
        email=str(facts.get("email") or ""),
        mobile=str(facts.get("mobile") or ""),
    )


def _read(exchange: Exchange) -> dict[str, Any]:
    if exchange.fault or exchange.status >= 500:
        raise Refusal(N_("Huawei Cloud does not answer right now."))
    try:
        answer = read_json(exchange.body)
    except ValueError:
        answer = None
    if exchange.status != 200 or not isinstance(answer, dict):
        raise Refusal(N_("This login link has been used already, or is too old."))
    return answer
