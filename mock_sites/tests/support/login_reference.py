"""The chapter about unified login of ``docs/seller_protocol.md``: what an OAuth client has to know."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from mock_sites.huawei.domain import login_tokens
from mock_sites.huawei.protocol import login, names, sources
from mock_sites.huawei.protocol.login import Endpoint
from mock_sites.tests.support.markdown import table
from mock_sites.world.agreement import AUTH_CENTRE

_HOURS: Final = login_tokens.ACCESS_LIFETIME.total_seconds() / 3600
_DAYS: Final = login_tokens.REFRESH_LIFETIME.days

_RULES: Final = f"""
- **Client id and secret are in the form** of the token request (`client_secret_post`), beside `grant_type` and `code`.
  Most clients send them in the header `Authorization` first. They are refused with `invalid_client`, and told so.
- **A code of the portal comes without `state`.** The marketplace sends members to the login address with `code` and
  `tenant` only. A client that insists on `state` begins an authorization request of its own there. The member, who is
  signed in by then, only confirms.
- **One address to come back to**: the login address, exactly as it was entered. The token request must repeat it after
  an authorization request, and may leave it out after the portal.
- **No OpenID Connect**: no discovery, no ID token, and no `sub`. `userName` is unique within its `tenant` only.
- **No PKCE**: its parameters are ignored, so a wrong `code_verifier` is not noticed.
- **Lifetimes**: access tokens {_HOURS:g} hours, refresh tokens {_DAYS} days. A refresh token stays the same, and a
  code works once.
- **Logout**: `redirect_url` must be the address that the application has registered, which for a seller of your own is
  its login address. Any other is refused on a page. The seller ends its own session as well.
- **HTTP, not HTTPS**: the mock speaks HTTP only. Some clients must be told to accept that.
- **Where it is** comes with `tenantSync`, as `domainName`. If your program does not find that host, run
  `sudo .venv/bin/mock-sites hosts --write`.

These clients were tried with a member's login in a browser, by an authorization request and from the portal, with user
information and a refresh. `mock_sites/tests/test_oauth_clients.py` sends what they send.
"""

_CLIENTS: Final = {
    "openid-client 6.9 (Node)": (
        "`new Configuration(...)` with the addresses, `ClientSecretPost` (its default), `allowInsecureRequests`;"
        " `expectedState: skipStateCheck` for a code of the portal;"
        " `fetchProtectedResource`, as `fetchUserInfo` wants `sub`"
    ),
    "simple-oauth2 5.1 (Node)": "`options: { authorizationMethod: 'body' }`",
    "requests-oauthlib 2.0 (Python)": (
        "`fetch_token(..., include_client_id=True, client_secret=...)`, and the variable"
        " `OAUTHLIB_INSECURE_TRANSPORT=1`"
    ),
    "Authlib 1.9, `OAuth2Session` (Python)": (
        '`token_endpoint_auth_method="client_secret_post"`; the variable `AUTHLIB_INSECURE_TRANSPORT=1` only if'
        " `fetch_token` gets the `authorization_response`"
    ),
    "Authlib 1.9 for Flask (Python)": (
        "the same in `client_kwargs`; `fetch_access_token(code=...)` for a code of the portal, as"
        " `authorize_access_token` wants `state`; `OAuth(app, update_token=...)` to keep refreshed tokens"
    ),
    f"Spring Security (Java), not run, only by [its documents]({sources.SPRING_SECURITY})": (
        "`client-authentication-method: client_secret_post`, `user-name-attribute: userName`;"
        " a login begins at its own `/oauth2/authorization/...`, as it wants `state`"
    ),
}


def chapter() -> Iterator[str]:
    """The lines of the chapter."""
    yield ""
    yield "## Login"
    yield ""
    yield f"Unified login is an OAuth 2.0 server. [source]({sources.LOGIN})"
    yield ""
    yield f"`tenantSync` sends the address of unified login to your service, as `{names.DOMAIN_NAME}`, such as"
    yield f"`http://{urlsplit(AUTH_CENTRE).netloc}.localhost:8700`. The paths below come after it."
    yield "The marketplace's portal sends a member to"
    yield f"`{login.portal('{appId}')}`, with `{names.APP_ID}` of applicationSync,"
    yield "and from there to the login address of your application, with `code` and `tenant` in the query. `tenant` is"
    yield f"`{names.TENANT_ID}` of tenantSync. A service can also begin a login itself:"
    for one in login.ENDPOINTS:
        yield from _endpoint(one)
    yield ""
    yield "Refusals of tokens and of user information are JSON with `error`, and most with `error_description`:"
    yield ""
    head = ("Reason", "HTTP status", "`error`", "`error_description`")
    rows = ((one.reason, str(one.status), f"`{one.error}`", one.description) for one in login.REFUSALS)
    yield from table(head, rows)
    yield ""
    yield "### What a client must know"
    yield _RULES
    yield from table(("Client", "What it needs"), _CLIENTS.items())


def _endpoint(one: Endpoint) -> Iterator[str]:
    yield ""
    yield f"### {one.title}: `{one.method} {one.path}`"
    yield ""
    yield f"[source]({one.source})"
    yield ""
    rows = ((f"`{parameter.name}`", parameter.sent, parameter.about) for parameter in one.parameters)
    yield from table((f"Parameter in the {one.place}", "Sent", "About"), rows)
    yield ""
    yield f"Answer: {one.answer}"
    if one.members:
        yield ""
        yield from table(("Member", "About"), ((f"`{name}`", about) for name, about in one.members.items()))
