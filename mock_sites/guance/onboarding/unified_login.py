"""Redeeming the code of the marketplace's unified login (spec huawei 4.2)."""

from typing import Any
from urllib.parse import urlencode

from mock_sites.guance.domain.applications import Credentials
from mock_sites.guance.domain.tables import Tenant
from mock_sites.guance.domain.visits import VisitingMember
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.foreign_text import read_json
from mock_sites.world.transport import Call, CallResult
from mock_sites.world.world import World


def redeem(world: World, tenant: Tenant, credentials: Credentials, code: str) -> VisitingMember:
    """The member for whom ``code`` was issued, asked at the enterprise's authentication center. Call it outside
    transactions.

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
    token = _read(world.send(Call("POST", f"{domain_name}/api/v1/oauth2/token", kind, urlencode(form).encode())))
    bearer = {"Authorization": f"Bearer {token.get('access_token', '')}"}
    details = _read(world.send(Call("GET", f"{domain_name}/api/v1/oauth2/userinfo", bearer)))
    if details.get("tenant") != tenant.tenant_id:
        raise Refusal(N_("This login link belongs to another enterprise."))
    return VisitingMember(
        user_name=str(details.get("userName") or ""),
        name=str(details.get("name") or ""),
        email=str(details.get("email") or ""),
        mobile=str(details.get("mobile") or ""),
    )


def _read(result: CallResult) -> dict[str, Any]:
    if result.fault or result.status >= 500:
        raise Refusal(N_("Huawei Cloud does not answer right now."))
    try:
        answer = read_json(result.body)
    except ValueError:
        answer = None
    if result.status != 200 or not isinstance(answer, dict):
        raise Refusal(N_("This login link has been used already, or is too old."))
    return answer
