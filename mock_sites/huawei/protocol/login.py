"""Unified login as an OAuth 2.0 server: where it is asked, and what it answers (spec huawei 4.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mock_sites.huawei.protocol import names, sources

SCOPE: Final = "get_user_info"
"""The only scope."""

BAD_CODE: Final = "Invalid authorization code"
BAD_REFRESH_TOKEN: Final = "Invalid refresh token"
BAD_CLIENT: Final = "Bad client credentials"
OTHER_CLIENT: Final = "Client ID mismatch"
NOT_AUTHENTICATED: Final = "Full authentication is required to access this resource"
"""``error_description`` of refusals, as documented."""

_ALWAYS: Final = "always"
_CODE: Final = "to redeem a code"
_REFRESH: Final = "to refresh"


@dataclass(frozen=True)
class LoginParameter:
    """A parameter of a request."""

    name: str
    sent: str
    """When it is sent."""
    about: str


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """An address of unified login."""

    title: str
    method: str
    path: str
    """After ``domainName`` of tenantSync."""
    place: str
    """Where its parameters stand."""
    parameters: tuple[LoginParameter, ...]
    answer: str
    members: Mapping[str, str]
    """The members of the answer, or of the query to which it redirects, with what they are."""
    source: str


@dataclass(frozen=True)
class LoginRefusal:
    """An answer in JSON to a request that is refused."""

    reason: str
    status: int
    error: str
    description: str


ENDPOINTS: Final = (
    Endpoint(
        title="Begin a login",
        method="GET",
        path="/api/v1/oauth2/authorize",
        place="query",
        parameters=(
            LoginParameter("client_id", _ALWAYS, "`clientId` of applicationSync"),
            LoginParameter("response_type", _ALWAYS, "`code`"),
            LoginParameter("redirect_uri", "", "the login address. Another one is refused on a page"),
            LoginParameter("scope", "", f"`{SCOPE}`"),
            LoginParameter("state", "", "comes back as it is"),
        ),
        answer="302 to the login address, after the member has signed in. Its query has:",
        members={"code": "is redeemed once", "state": "that of the request, if it had one"},
        source=sources.AUTHORIZE,
    ),
    Endpoint(
        title="Get tokens",
        method="POST",
        path="/api/v1/oauth2/token",
        place="form",
        parameters=(
            LoginParameter("client_id", _ALWAYS, "`clientId` of applicationSync"),
            LoginParameter("client_secret", _ALWAYS, "`clientSecret` of applicationSync, decrypted"),
            LoginParameter("grant_type", _ALWAYS, "`authorization_code` or `refresh_token`"),
            LoginParameter("code", _CODE, "that of the login address"),
            LoginParameter("redirect_uri", f"{_CODE} of an authorization request that named one", "the same again"),
            LoginParameter("refresh_token", _REFRESH, "that of the last answer"),
        ),
        answer="200 with JSON:",
        members={
            "access_token": "for the user information",
            "token_type": "`Bearer`",
            "expires_in": "seconds",
            "scope": f"`{SCOPE}`",
            "refresh_token": "not there if the settings of the product switch it off",
        },
        source=sources.LOGIN_TOKENS,
    ),
    Endpoint(
        title="Ask who has logged in",
        method="GET",
        path="/api/v1/oauth2/userinfo",
        place="header",
        parameters=(LoginParameter("Authorization", _ALWAYS, "`Bearer`, a blank, and the access token"),),
        answer="200 with JSON, all values as texts:",
        members={
            "id": "the member's id",
            "userId": "the same",
            "userName": "the account, `userName` of authSync",
            "name": "the member's name",
            "email": "empty if there is none",
            "mobile": "empty if there is none",
            "role": "`role` of authSync",
            "organizationName": "the department",
            "organizationCode": "`orgCode` of authSync",
            "projectName": "the enterprise, `name` of tenantSync",
            "tenant": "`tenantId` of tenantSync",
        },
        source=sources.LOGIN_USER,
    ),
    Endpoint(
        title="Log out",
        method="GET",
        path="/api/v1/logout",
        place="query",
        parameters=(LoginParameter("redirect_url", "", "the login address. Another one is refused on a page"),),
        answer="302 to `redirect_url`, or to a page of unified login.",
        members={},
        source=sources.LOGOUT,
    ),
)
"""What programs ask. Members begin at the marketplace, which sends them to the login address with ``code`` and
``tenant``.
"""

REFUSALS: Final = (
    LoginRefusal("The code is unknown, used or expired", 400, "invalid_grant", BAD_CODE),
    LoginRefusal("The code is another client's", 401, "invalid_client", OTHER_CLIENT),
    LoginRefusal("The refresh token is unknown, expired or another client's", 400, "invalid_grant", BAD_REFRESH_TOKEN),
    LoginRefusal("The client's id or secret is wrong or missing", 401, "invalid_client", BAD_CLIENT),
    LoginRefusal("The access token is wrong, expired or missing", 401, "unauthorized", NOT_AUTHENTICATED),
)
"""The documented refusals. The HTTP status of all but the last one is that of RFC 6749, 5.2."""


def portal(app_id: str) -> str:
    """Where the marketplace sends a member. The page turns the fragment into an address of its own."""
    return f"/unified-login/#/portal-login?ind=UNOP&{names.APP_ID}={app_id}"
