"""Browsers at unified login: authorization requests, logging out, and a whole login by an independent OAuth client."""

import warnings
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from authlib.deprecate import AuthlibDeprecationWarning

from mock_sites import Server
from mock_sites.http.clients import LoopbackTransport
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.enterprises import PASSWORD
from mock_sites.tests.support.oauth import ask_for_tokens, authorized_member
from mock_sites.tests.support.sending import post
from mock_sites.world.agreement import AUTH_CENTRE, LOGIN_ADDRESS, SIGNED_OUT_ADDRESS, seller_keys
from mock_sites.world.world import World

with warnings.catch_warnings():
    warnings.simplefilter("ignore", AuthlibDeprecationWarning)  # it recommends the successor of httpx
    from authlib.integrations.httpx_client import OAuth2Client

SIGNED_IN = "You are logged in as wendy@acme"


def authorize_url(world: World, **changes: str) -> str:
    """The address that a client sends the browser to."""
    query = {
        "client_id": seller_keys(world.seed).client_id,
        "redirect_uri": world.local(LOGIN_ADDRESS),
        "response_type": "code",
        "scope": "get_user_info",
        "state": "s/1 ü",
    }
    return f"/api/v1/oauth2/authorize?{urlencode(query | changes)}"


def independent_client(world: World) -> Any:
    """Authlib's client; its types do not know that it is one of httpx."""
    keys = seller_keys(world.seed)
    return OAuth2Client(
        client_id=keys.client_id,
        client_secret=keys.client_secret,
        token_endpoint_auth_method="client_secret_post",
        scope="get_user_info",
        redirect_uri=world.local(LOGIN_ADDRESS),
        transport=LoopbackTransport(),
    )


def test_an_independent_client_logs_in_refreshes_asks_who_it_is_and_logs_out(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Authlib's client requires https except for localhost, hence the variable. Only the client reads it."""
    world = server.worlds.make(running=False)
    authorized_member(world)
    home, here = world.local(AUTH_CENTRE), world.local(LOGIN_ADDRESS)
    with (
        httpx.Client(transport=LoopbackTransport(), base_url=home) as browser,
        independent_client(world) as seller,
    ):
        url, state = seller.create_authorization_url(f"{home}/api/v1/oauth2/authorize")
        back = post(browser, url, account="wendy@acme", password=PASSWORD).headers["location"]
        assert back.startswith(f"{here}?")
        monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
        token = seller.fetch_token(f"{home}/api/v1/oauth2/token", authorization_response=back, state=state)
        monkeypatch.delenv("AUTHLIB_INSECURE_TRANSPORT")
        assert (token["token_type"], token["expires_in"], token["scope"]) == ("Bearer", 7200, "get_user_info")

        first = seller.get(f"{home}/api/v1/oauth2/userinfo").json()
        refreshed = seller.refresh_token(f"{home}/api/v1/oauth2/token")
        assert refreshed["access_token"] != token["access_token"]
        assert refreshed["refresh_token"] == token["refresh_token"]
        assert seller.get(f"{home}/api/v1/oauth2/userinfo").json() == first
        assert (first["userName"], first["projectName"], first["role"]) == ("wendy", "Acme Research", "user")

        signed_out = world.local(SIGNED_OUT_ADDRESS)
        assert SIGNED_IN in browser.get(url).text
        left = browser.get("/api/v1/logout", params={"redirect_url": signed_out})
        assert (left.status_code, left.headers["location"]) == (302, signed_out)
        assert SIGNED_IN not in browser.get(url).text
    server.worlds.drop(world.name)


def test_an_authorization_request_comes_back_with_its_state_and_its_code_wants_the_same_address(
    world: World, browse: Browse
) -> None:
    authorized_member(world)
    client, url = browse(AUTH_CENTRE), authorize_url(world)
    back = post(client, url, account="wendy@acme", password=PASSWORD).headers["location"]
    query = parse_qs(urlsplit(back).query)
    assert (back.partition("?")[0], query["state"]) == (world.local(LOGIN_ADDRESS), ["s/1 ü"])
    ask = partial(ask_for_tokens, world, client)
    assert ask(code=query["code"][0]).json()["error"] == "invalid_grant"
    assert ask(code=query["code"][0], redirect_uri=LOGIN_ADDRESS).json()["error"] == "invalid_grant"
    assert ask(code=query["code"][0], redirect_uri=world.local(LOGIN_ADDRESS)).status_code == 200
    assert world.journal(kind="huawei.member.signed-in")[-1].details["account"] == "wendy"


def test_a_signed_in_member_is_only_asked_whether_to_continue(world: World, browse: Browse) -> None:
    authorized_member(world)
    client, url = browse(AUTH_CENTRE), authorize_url(world)
    post(client, url, account="wendy@acme", password=PASSWORD)
    page = client.get(url)
    assert (page.status_code, SIGNED_IN in page.text) == (200, True)
    assert "code=" in post(client, url, go_on="1").headers["location"]


def test_the_first_login_changes_the_password_and_then_goes_where_it_was_going(world: World, browse: Browse) -> None:
    authorized_member(world, first_login=True)
    client, url = browse(AUTH_CENTRE), authorize_url(world)
    change = post(client, url, account="wendy@acme", password=PASSWORD).headers["location"]
    going = post(client, change, new_password="Changed-2026", confirmation="Changed-2026").headers["location"]
    assert "code=" in client.get(going).headers["location"]
    assert client.get(going).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"client_id": "unknown"},
        {"redirect_uri": f"{LOGIN_ADDRESS}?x=1"},
        {"redirect_uri": f"{LOGIN_ADDRESS}/"},
        {"redirect_uri": LOGIN_ADDRESS.upper()},
        {"redirect_uri": 'https://evil.example.com/"ü'},
        {"redirect_uri": 'https://evil.example.com/"ü', "response_type": "token"},
        {"client_id": "", "response_type": "ü"},
    ],
    ids=lambda wrong: ",".join(wrong.values()),
)
def test_nobody_is_sent_to_an_address_that_is_not_registered(
    world: World, browse: Browse, wrong: dict[str, str]
) -> None:
    answer = browse(AUTH_CENTRE).get(authorize_url(world, **wrong))
    assert answer.status_code == 400
    assert "location" not in answer.headers
    assert "You have not been sent anywhere" in answer.text


@pytest.mark.parametrize(
    ("wrong", "error"),
    [({"response_type": 'to"ken'}, "unsupported_response_type"), ({"scope": "everything"}, "invalid_scope")],
)
def test_other_mistakes_are_reported_to_the_client(
    world: World, browse: Browse, wrong: dict[str, str], error: str
) -> None:
    location = browse(AUTH_CENTRE).get(authorize_url(world, **wrong)).headers["location"]
    query = parse_qs(urlsplit(location).query)
    assert location.startswith(f"{world.local(LOGIN_ADDRESS)}?")
    assert (query["error"], query["state"]) == ([error], ["s/1 ü"])


def test_logging_out_leads_nowhere_but_to_a_registered_address(world: World, browse: Browse) -> None:
    authorized_member(world)
    client, url = browse(AUTH_CENTRE), authorize_url(world)
    post(client, url, account="wendy@acme", password=PASSWORD)
    for elsewhere in ("https://evil.example.com/", f"{world.local(SIGNED_OUT_ADDRESS)}/", "//evil.example.com"):
        refused = client.get("/api/v1/logout", params={"redirect_url": elsewhere})
        assert (refused.status_code, "You have not been sent anywhere" in refused.text) == (400, True)
    assert SIGNED_IN in client.get(url).text
    assert client.get("/api/v1/logout").headers["location"] == "/unified-login/logout"
    assert SIGNED_IN not in client.get(url).text
